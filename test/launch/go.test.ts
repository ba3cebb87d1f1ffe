// What Go programs listen on: binaries traced to their packages, servers, the environment, flags and settings.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import { assertRows } from './rows.ts';

const built = (build = 'go build -o /app/server .', command = '["/app/server"]') =>
  `FROM golang:1.23 AS build\nWORKDIR /src\nCOPY . .\nRUN ${build}\nFROM alpine:3.20\nWORKDIR /app\nCOPY --from=build /app/server /app/server\nCMD ${command}\n`;
const goMod = 'module example.com/shop\n\ngo 1.23\n';

/** A program of which `main` has this body; `imports` in Go's own spelling. */
function main(body: string, imports = '"net/http"\n"os"'): string {
  return `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${body}\n}\n`;
}

function program(body: string, imports?: string, files: Workspace = {}): Workspace {
  return { Dockerfile: built(), 'go.mod': goMod, 'main.go': main(body, imports), ...files };
}

test('servers', () =>
  assertRows([
    {
      name: 'net/http',
      files: program('http.ListenAndServe(":8080", nil)'),
      listens: '8080',
      at: 'main.go:8080',
      steps: ['CMD ["/app/server"]', 'go build -o /app/server .', ':8080'],
    },
    {
      name: 'a server in a goroutine',
      files: program(
        'srv := &http.Server{Addr: ":" + port(), Handler: nil}\ngo func() { log.Fatal(srv.ListenAndServe()) }()\n}\nfunc port() string { return "3000"',
      ),
      listens: '3000',
    },
    {
      name: 'a server without an address',
      files: program('srv := &http.Server{Handler: nil}\nsrv.ListenAndServe()'),
      listens: '80',
    },
    {
      name: 'net.Listen for gRPC',
      files: program('lis, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 50051))', '"net"\n"fmt"'),
      listens: '127.0.0.1:50051',
    },
    {
      name: 'a unix socket and a UDP socket are no port',
      files: program('net.Listen("unix", "/tmp/a.sock")', '"net"'),
      listens: 'none',
    },
    {
      name: 'gin listens on 8080 by itself',
      files: program('r := gin.Default()\nr.Run()', '"github.com/gin-gonic/gin"'),
      listens: '8080',
      steps: ['Gin listens on 8080 when no port is given'],
    },
    {
      name: 'gin reads PORT',
      files: program('r := gin.Default()\nr.Run()', '"github.com/gin-gonic/gin"'),
      task: { environment: [{ name: 'PORT', value: '9000' }] },
      listens: '9000',
    },
    {
      name: 'echo',
      files: program('e := echo.New()\ne.Logger.Fatal(e.Start(":1323"))', '"github.com/labstack/echo/v4"'),
      listens: '1323',
    },
    {
      name: 'fiber',
      files: program('app := fiber.New()\napp.Listen(":3000")', '"github.com/gofiber/fiber/v2"'),
      listens: '3000',
    },
    {
      name: 'two servers, one for profiles on loopback',
      files: program('go http.ListenAndServe("localhost:6060", nil)\nhttp.ListenAndServe(":8081", nil)'),
      listens: 'localhost:6060 8081',
    },
    {
      name: 'a Lambda function opens none',
      files: program('lambda.Start(handle)', '"github.com/aws/aws-lambda-go/lambda"'),
      listens: 'none',
    },
  ]));

test('the environment', () =>
  assertRows([
    {
      name: 'a default behind an empty variable',
      files: program(
        'port := os.Getenv("PORT")\nif port == "" {\nport = "8080"\n}\nhttp.ListenAndServe(":"+port, nil)',
      ),
      listens: '8080',
    },
    {
      name: 'the variable beats it',
      files: program(
        'port := os.Getenv("PORT")\nif port == "" {\nport = "8080"\n}\nhttp.ListenAndServe(":"+port, nil)',
      ),
      task: { environment: [{ name: 'PORT', value: '7000' }] },
      listens: '7000',
      at: 'task.json:7000',
    },
    {
      name: 'LookupEnv with its second value',
      files: program(
        'port, ok := os.LookupEnv("PORT")\nif !ok {\nport = "8082"\n}\nhttp.ListenAndServe(":"+port, nil)',
      ),
      listens: '8082',
    },
    {
      name: 'a helper with a default',
      files: program(
        'http.ListenAndServe(":"+getEnv("PORT", "8083"), nil)\n}\nfunc getEnv(key, fallback string) string {\nif value, ok := os.LookupEnv(key); ok {\nreturn value\n}\nreturn fallback',
      ),
      listens: '8083',
    },
    {
      name: 'a helper with a default and a value',
      files: program(
        'http.ListenAndServe(":"+getEnv("PORT", "8083"), nil)\n}\nfunc getEnv(key, fallback string) string {\nvalue := os.Getenv(key)\nif len(value) == 0 {\nreturn fallback\n}\nreturn value',
      ),
      task: { environment: [{ name: 'PORT', value: '7001' }] },
      listens: '7001',
    },
    {
      name: 'a number that does not parse',
      files: program(
        'port, err := strconv.Atoi(os.Getenv("PORT"))\nif err != nil {\nport = 8084\n}\nhttp.ListenAndServe(fmt.Sprintf(":%d", port), nil)',
        '"net/http"\n"os"\n"strconv"\n"fmt"',
      ),
      listens: '8084',
    },
    {
      name: 'nothing sets it',
      files: program('http.ListenAndServe(":"+os.Getenv("PORT"), nil)'),
      listens: /^unknown: .*PORT is read from the environment/,
    },
    {
      name: 'a committed .env that the image holds',
      files: {
        ...program(
          'godotenv.Load()\nhttp.ListenAndServe(":"+os.Getenv("PORT"), nil)',
          '"net/http"\n"os"\n"github.com/joho/godotenv"',
        ),
        Dockerfile: 'FROM golang:1.23\nWORKDIR /app\nCOPY . .\nRUN go build -o server\nCMD ["./server"]\n',
        '.env': 'PORT=4000\n',
      },
      listens: '4000',
    },
  ]));

test('flags', () =>
  assertRows([
    {
      name: 'the default of a flag',
      files: program(
        'addr := flag.String("addr", ":9090", "")\nflag.Parse()\nhttp.ListenAndServe(*addr, nil)',
        '"net/http"\n"flag"',
      ),
      listens: '9090',
    },
    {
      name: 'a flag of the command',
      files: {
        ...program(
          'var port int\nflag.IntVar(&port, "port", 9090, "")\nflag.Parse()\nhttp.ListenAndServe(fmt.Sprintf(":%d", port), nil)',
          '"net/http"\n"flag"\n"fmt"',
        ),
        Dockerfile: built(undefined, '["/app/server", "-port=5050"]'),
      },
      listens: '5050',
    },
    {
      name: 'a cobra command',
      files: {
        ...program('root.Execute()', '"net/http"\n"github.com/spf13/cobra"'),
        'root.go':
          'package main\nimport (\n"net/http"\n"github.com/spf13/cobra"\n)\nvar port string\nvar root = &cobra.Command{Use: "app", Run: serve}\nfunc init() {\nroot.Flags().StringVarP(&port, "port", "p", "6060", "")\n}\nfunc serve(cmd *cobra.Command, args []string) {\nhttp.ListenAndServe(":" + port, nil)\n}\n',
      },
      listens: '6060',
    },
  ]));

test('packages', () =>
  assertRows([
    {
      name: 'a package of settings',
      files: program(
        'cfg := config.Load()\nhttp.ListenAndServe(":"+cfg.Port, nil)',
        '"net/http"\n"example.com/shop/internal/config"',
        {
          'internal/config/config.go':
            'package config\nimport "os"\ntype Config struct {\nPort string\n}\nfunc Load() *Config {\nreturn &Config{Port: envOr("PORT", "8088")}\n}\n',
          'internal/config/env.go':
            'package config\nimport "os"\nfunc envOr(key, fallback string) string {\nif v := os.Getenv(key); v != "" {\nreturn v\n}\nreturn fallback\n}\n',
        },
      ),
      listens: '8088',
      at: 'internal/config/config.go:8088',
    },
    {
      name: 'fields that are set one by one, and a constructor of the server',
      files: program(
        'cfg, err := config.Load()\nif err != nil {\nlog.Fatal(err)\n}\nsrv := server.New(cfg)\nsrv.Start()',
        '"log"\n"example.com/shop/config"\n"example.com/shop/server"',
        {
          'config/config.go':
            'package config\nimport "os"\ntype Config struct {\nHTTP HTTPConfig\n}\ntype HTTPConfig struct {\nAddr string\n}\nfunc Load() (*Config, error) {\ncfg := &Config{}\ncfg.HTTP.Addr = ":8090"\nif os.Getenv("A") == "x" {\nreturn nil, errors.New("x")\n}\nreturn cfg, nil\n}\n',
          'server/server.go':
            'package server\nimport (\n"net/http"\n"example.com/shop/config"\n)\ntype Server struct {\nhttp *http.Server\n}\nfunc New(cfg *config.Config) *Server {\nreturn &Server{http: &http.Server{Addr: cfg.HTTP.Addr}}\n}\n',
          'server/start.go': 'package server\nfunc (s *Server) Start() error {\nreturn s.http.ListenAndServe()\n}\n',
        },
      ),
      listens: '8090',
    },
  ]));

const api = {
  'go.mod': goMod,
  'cmd/api/main.go': main('http.ListenAndServe(":8001", nil)'),
  'cmd/worker/main.go': main('run()', '"os"'),
};

test('binaries', () =>
  assertRows([
    {
      name: 'one of two packages',
      files: {
        ...api,
        Dockerfile:
          'FROM golang:1.23 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 GOOS=linux go build -a -ldflags "-s -w" -o /out/api ./cmd/api && go build -o /out/worker ./cmd/worker\nFROM scratch\nCOPY --from=build /out/api /api\nENTRYPOINT ["/api"]\n',
      },
      listens: '8001',
    },
    {
      name: 'go install',
      files: {
        ...api,
        Dockerfile:
          'FROM golang:1.23 AS build\nWORKDIR /src\nCOPY . .\nRUN go install ./cmd/...\nFROM gcr.io/distroless/base\nCOPY --from=build /go/bin/api /usr/local/bin/\nCMD ["api"]\n',
      },
      listens: '8001',
    },
    {
      name: 'no output named: the folder of the package',
      files: {
        ...api,
        Dockerfile: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nRUN go build ./cmd/api\nCMD ["./api"]\n',
      },
      listens: '8001',
    },
    {
      name: 'an output folder',
      files: {
        ...api,
        Dockerfile: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nRUN go build -o bin/ ./cmd/...\nCMD ["bin/api"]\n',
      },
      listens: '8001',
    },
    {
      name: 'go run',
      files: {
        ...api,
        Dockerfile: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nCMD ["go", "run", "./cmd/api"]\n',
      },
      listens: '8001',
    },
    {
      name: 'a binary from before the build',
      files: {
        'go.mod': goMod,
        'main.go': main('http.ListenAndServe(":8002", nil)'),
        Dockerfile: 'FROM alpine:3.20\nCOPY app /app\nCMD ["/app"]\n',
      },
      listens: '8002',
    },
    {
      name: 'make',
      files: {
        ...api,
        Makefile: 'build:\n\tgo build -o bin/api ./cmd/api\n',
        Dockerfile: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nRUN make build\nCMD ["/src/bin/api"]\n',
      },
      listens: '8001',
    },
  ]));
