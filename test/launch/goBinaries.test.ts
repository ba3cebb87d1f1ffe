// How Go binaries come into their images: built, moved, started by scripts and tools.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const goMod = 'module example.com/shop\n';
const main = (imports: string, body: string) => `package main\nimport (\n${imports}\n)\nfunc main() {\n${body}\n}\n`;

test('binaries and commands', () =>
  assertRows([
    {
      name: 'renamed by cp among two',
      files: {
        'go.mod': goMod,
        'cmd/api/main.go': main('"net/http"', 'http.ListenAndServe(":8001", nil)'),
        'cmd/w/main.go': main('"fmt"', 'fmt.Println()'),
        Dockerfile:
          'FROM golang:1.23 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/api ./cmd/api\nRUN go build -o /out/w ./cmd/w\nRUN cp /out/api /server\nFROM alpine\nCOPY --from=b /server /bin/start\nCMD ["start"]\n',
      },
      listens: '8001',
    },
    {
      name: 'entry script then exec',
      files: {
        'go.mod': goMod,
        'main.go': main('"net/http"', 'http.ListenAndServe(":8001", nil)'),
        'run.sh': '#!/bin/sh\n./migrate up\nexec ./server\n',
        Dockerfile:
          'FROM golang:1.23 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o server .\nFROM alpine\nWORKDIR /app\nCOPY --from=b /src/server .\nCOPY run.sh .\nCMD ["./run.sh"]\n',
      },
      listens: '8001',
    },
    {
      name: 'a main.go that was copied beside the module',
      files: {
        'go.mod': goMod,
        'src/main.go': main('"net/http"', 'http.ListenAndServe(":8001", nil)'),
        Dockerfile:
          'FROM golang:1.23-alpine\nWORKDIR /app\nCOPY go.mod ./\nCOPY /src/main.go ./\nRUN go build -o /shop\nCMD ["/shop"]\n',
      },
      listens: '8001',
    },
    {
      name: 'air',
      files: {
        'go.mod': goMod,
        'cmd/api/main.go': main('"net/http"', 'http.ListenAndServe(":8001", nil)'),
        '.air.toml': '[build]\ncmd = "go build -o ./tmp/main ./cmd/api"\n',
        Dockerfile: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nCMD ["air", "-c", ".air.toml"]\n',
      },
      listens: '8001',
    },
    {
      name: 'beego conf',
      files: {
        'go.mod': goMod,
        'main.go': main('beego "github.com/beego/beego/v2/server/web"', 'beego.Run()'),
        'conf/app.conf': 'appname = shop\nhttpport = 9001\n',
        Dockerfile: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nRUN go build -o app\nCMD ["./app"]\n',
      },
      listens: /^unknown: .*conf.app.conf is not read/,
    },
    {
      name: 'urfave cli',
      files: {
        'go.mod': goMod,
        'main.go': main(
          '"net/http"\n"github.com/urfave/cli/v2"',
          'app := &cli.App{Flags: []cli.Flag{&cli.StringFlag{Name: "port", Value: "8020", EnvVars: []string{"PORT"}}}, Action: serve}\napp.Run(os.Args)\n}\nfunc serve(c *cli.Context) error {\nreturn http.ListenAndServe(":" + c.String("port"), nil)',
        ),
        Dockerfile: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nRUN go build -o app\nCMD ["./app"]\n',
      },
      listens: '8020',
    },
    {
      name: 'a tool of the base image is not the program of the workspace',
      files: {
        'go.mod': goMod,
        'main.go': main('"net/http"', 'http.ListenAndServe(":8001", nil)'),
        Dockerfile: 'FROM acme/tools:1\nWORKDIR /app\nCOPY . .\nCMD ["sometool", "run"]\n',
      },
      listens: 'unknown: the command `sometool` is not known',
    },
  ]));
