// Settings that Go programs read by libraries: tags of structs, viper, options and files.

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

test('settings libraries', () =>
  assertRows([
    {
      name: 'tags that name variables',
      files: program(
        'var cfg Config\nenv.Parse(&cfg)\nhttp.ListenAndServe(":" + cfg.Port, nil)\n}\ntype Config struct {\nPort string `env:"PORT" envDefault:"8091"`',
        '"net/http"\n"github.com/caarlos0/env/v11"',
      ),
      listens: '8091',
    },
    {
      name: 'envconfig with a prefix',
      files: program(
        'var cfg Config\nenvconfig.Process("shop", &cfg)\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.Port), nil)\n}\ntype Config struct {\nPort int `default:"8092"`',
        '"net/http"\n"fmt"\n"github.com/kelseyhightower/envconfig"',
      ),
      task: { environment: [{ name: 'SHOP_PORT', value: '7002' }] },
      listens: '7002',
    },
    {
      name: 'a default inside the tag',
      files: program(
        'var cfg Config\nenvconfig.Process(ctx, &cfg)\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.Port), nil)\n}\ntype Config struct {\nPort int `env:"PORT,default=8093"`',
        '"net/http"\n"fmt"\n"github.com/sethvargo/go-envconfig"',
      ),
      listens: '8093',
    },
    {
      name: 'a prefix of the struct inside',
      files: program(
        'var cfg Config\nenv.Parse(&cfg)\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.HTTP.Port), nil)\n}\ntype Config struct {\nHTTP Server `envPrefix:"HTTP_"`\n}\ntype Server struct {\nPort int `env:"PORT" envDefault:"1"`',
        '"net/http"\n"fmt"\n"github.com/caarlos0/env/v11"',
      ),
      task: {
        environment: [
          { name: 'PORT', value: '2' },
          { name: 'HTTP_PORT', value: '8094' },
        ],
      },
      listens: '8094',
    },
    {
      name: 'a prefix of all',
      files: program(
        'var cfg Config\nenv.ParseWithOptions(&cfg, env.Options{Prefix: "SHOP_"})\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.Port), nil)\n}\ntype Config struct {\nPort int `env:"PORT"`',
        '"net/http"\n"fmt"\n"github.com/caarlos0/env/v11"',
      ),
      task: {
        environment: [
          { name: 'PORT', value: '2' },
          { name: 'SHOP_PORT', value: '8095' },
        ],
      },
      listens: '8095',
    },
    {
      name: 'envconfig with a struct inside',
      files: program(
        'var cfg Config\nenvconfig.Process("", &cfg)\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.HTTP.Port), nil)\n}\ntype Config struct {\nHTTP Server\n}\ntype Server struct {\nPort int `default:"1"`',
        '"net/http"\n"fmt"\n"github.com/kelseyhightower/envconfig"',
      ),
      task: {
        environment: [
          { name: 'PORT', value: '2' },
          { name: 'HTTP_PORT', value: '8096' },
        ],
      },
      listens: '8096',
    },
    {
      name: 'kong',
      files: program(
        'var cfg Config\nkong.Parse(&cfg)\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.ListenPort), nil)\n}\ntype Config struct {\nListenPort int `default:"8097" env:"LISTEN_PORT"`',
        '"net/http"\n"fmt"\n"github.com/alecthomas/kong"',
      ),
      listens: '8097',
    },
    {
      name: 'go-arg',
      files: program(
        'var cfg Config\narg.MustParse(&cfg)\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.Port), nil)\n}\ntype Config struct {\nPort int `arg:"--port,env:APP_PORT" default:"1"`',
        '"net/http"\n"fmt"\n"github.com/alexflint/go-arg"',
      ),
      task: { environment: [{ name: 'APP_PORT', value: '8098' }] },
      listens: '8098',
    },
    {
      name: 'an option of kong',
      files: {
        ...program(
          'var cfg Config\nkong.Parse(&cfg)\nhttp.ListenAndServe(fmt.Sprintf(":%d", cfg.ListenPort), nil)\n}\ntype Config struct {\nListenPort int `default:"1"`',
          '"net/http"\n"fmt"\n"github.com/alecthomas/kong"',
        ),
        Dockerfile: built(undefined, '["/app/server", "--listen-port=8099"]'),
      },
      listens: '8099',
      at: 'Dockerfile:8099',
    },
    {
      name: 'viper: default, file, variable',
      files: {
        ...program(
          'viper.SetDefault("server.port", "1")\nviper.SetConfigName("config")\nviper.AddConfigPath(".")\nviper.AutomaticEnv()\nviper.ReadInConfig()\nhttp.ListenAndServe(":" + viper.GetString("server.port"), nil)',
          '"net/http"\n"github.com/spf13/viper"',
        ),
        Dockerfile: 'FROM golang:1.23\nWORKDIR /app\nCOPY . .\nRUN go build -o server\nCMD ["./server"]\n',
        'config.yaml': 'server:\n  port: 8093\n',
      },
      listens: '8093',
      at: 'config.yaml:8093',
    },
    {
      name: 'viper with the default of a flag',
      files: program(
        'rootCmd.Flags().String("addr", "", "")\nrootCmd.Flags().Int("port", 8081, "")\nviper.BindPFlag("addr", rootCmd.Flags().Lookup("addr"))\nviper.BindPFlag("port", rootCmd.Flags().Lookup("port"))\nhttp.ListenAndServe(fmt.Sprintf("%s:%d", viper.GetString("addr"), viper.GetInt("port")), nil)',
        '"fmt"\n"net/http"\n"github.com/spf13/viper"\n"github.com/spf13/cobra"',
      ),
      listens: '8081',
      at: 'main.go:8081',
    },
    {
      name: 'viper with all flags, one of them given',
      files: {
        ...program(
          'viper.SetDefault("port", 1)\nrootCmd.Flags().IntP("port", "p", 8081, "")\nviper.BindPFlags(rootCmd.Flags())\nviper.AutomaticEnv()\nhttp.ListenAndServe(fmt.Sprintf(":%d", viper.GetInt("port")), nil)',
          '"fmt"\n"net/http"\n"github.com/spf13/viper"\n"github.com/spf13/cobra"',
        ),
        Dockerfile: built(undefined, '["/app/server", "--port", "8082"]'),
      },
      task: { environment: [{ name: 'PORT', value: '2' }] },
      listens: '8082',
      at: 'Dockerfile:8082',
    },
    {
      name: 'viper into a struct',
      files: {
        ...program(
          'viper.SetConfigFile("config.yaml")\nviper.ReadInConfig()\nvar cfg Config\nviper.Unmarshal(&cfg)\nhttp.ListenAndServe(":" + cfg.Server.Port, nil)\n}\ntype Config struct {\nServer Server `mapstructure:"server"`\n}\ntype Server struct {\nPort string `mapstructure:"port"`',
          '"net/http"\n"github.com/spf13/viper"',
        ),
        Dockerfile: 'FROM golang:1.23\nWORKDIR /app\nCOPY . .\nRUN go build -o server\nCMD ["./server"]\n',
        'config.yaml': 'server:\n  port: 8094\n',
      },
      listens: '8094',
    },
    {
      name: 'yaml into a struct',
      files: {
        ...program(
          'data, _ := os.ReadFile("config.yaml")\ncfg := Config{}\nyaml.Unmarshal(data, &cfg)\nhttp.ListenAndServe(":" + cfg.Server.Port, nil)\n}\ntype Config struct {\nServer struct {\nPort string `yaml:"port"`\n} `yaml:"server"`',
          '"net/http"\n"os"\n"gopkg.in/yaml.v3"',
        ),
        Dockerfile: 'FROM golang:1.23\nWORKDIR /app\nCOPY . .\nRUN go build -o server\nCMD ["./server"]\n',
        'config.yaml': 'server:\n  port: 8095\n',
      },
      listens: '8095',
    },
  ]));
