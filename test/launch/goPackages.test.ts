// How Go programs are put together: servers, settings and routers in packages of their own.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import { assertRows } from './rows.ts';

const goMod = 'module example.com/shop\n';
const image = 'FROM golang:1.23\nWORKDIR /app\nCOPY . .\nRUN go build -o server\nCMD ["./server"]\n';
const program = (imports: string, body: string, more: Workspace = {}): Workspace => ({
  Dockerfile: image,
  'go.mod': goMod,
  'main.go': `package main\nimport (\n${imports}\n)\nfunc main() {\n${body}\n}\n`,
  ...more,
});
test('programs of several packages', () =>
  assertRows([
    {
      name: 'gin in another package',
      files: program('"example.com/shop/router"', 'r := router.Setup()\nr.Run()', {
        'router/r.go':
          'package router\nimport "github.com/gin-gonic/gin"\nfunc Setup() *gin.Engine {\nr := gin.Default()\nr.GET("/", h)\nreturn r\n}\n',
      }),
      listens: '8080',
    },
    {
      name: 'gin in another package with port',
      files: program(
        '"os"\n"example.com/shop/router"',
        'port := os.Getenv("PORT")\nif port == "" {\nport = "8000"\n}\nr := router.Setup()\nif err := r.Run(":" + port); err != nil {\nlog.Fatal(err)\n}',
        {
          'router/r.go':
            'package router\nimport "github.com/gin-gonic/gin"\nfunc Setup() *gin.Engine {\nr := gin.Default()\nreturn r\n}\n',
        },
      ),
      listens: '8000',
    },
    {
      name: 'struct server with field echo',
      files: program('"example.com/shop/app"', 'a := app.App{}\na.Initialize("x")\na.Run(":8010")', {
        'app/a.go':
          'package app\nimport ("net/http"\n"github.com/gorilla/mux")\ntype App struct {\nRouter *mux.Router\n}\nfunc (a *App) Initialize(s string) {\na.Router = mux.NewRouter()\n}\nfunc (a *App) Run(addr string) {\nlog.Fatal(http.ListenAndServe(addr, a.Router))\n}\n',
      }),
      listens: '8010',
    },
    {
      name: 'package-level config var filled in init',
      files: program('"net/http"\n"example.com/shop/config"', 'http.ListenAndServe(":" + config.Conf.Port, nil)', {
        'config/c.go':
          'package config\nimport "os"\nvar Conf Config\ntype Config struct {\nPort string\n}\nfunc init() {\nConf.Port = os.Getenv("PORT")\nif Conf.Port == "" {\nConf.Port = "8011"\n}\n}\n',
      }),
      listens: '8011',
    },
    {
      name: 'package-level config var assigned in init',
      files: program(
        '"net/http"\n"example.com/shop/config"',
        'config.Load()\nhttp.ListenAndServe(config.Conf.Addr(), nil)',
        {
          'config/c.go':
            'package config\nimport ("os"\n"fmt")\nvar Conf *Config\ntype Config struct {\nPort int\n}\nfunc Load() {\nConf = &Config{Port: 8012}\n}\nfunc (c *Config) Addr() string {\nreturn fmt.Sprintf("0.0.0.0:%d", c.Port)\n}\n',
        },
      ),
      listens: '8012',
    },
    {
      name: 'options that are functions',
      files: program(
        '"net/http"',
        's := NewServer(WithPort(1))\ns.Start()\n}\ntype S struct{ port int }\nfunc (s *S) Start() {\nhttp.ListenAndServe(fmt.Sprintf(":%d", s.port), nil)',
      ),
      listens: /^unknown/,
    },
    {
      name: 'const block',
      files: program(
        '"net/http"',
        'http.ListenAndServe(addr, nil)\n}\nconst (\naddr = ":8013"\nother = 1\n)\nfunc x() {',
      ),
      listens: '8013',
    },
    {
      name: 'errgroup',
      files: program(
        '"net/http"\n"golang.org/x/sync/errgroup"',
        'var g errgroup.Group\ng.Go(func() error {\nreturn http.ListenAndServe(":8014", nil)\n})\ng.Wait()',
      ),
      listens: '8014',
    },
    {
      name: 'a settings struct with a method',
      files: program(
        '"net/http"\n"os"',
        'cfg := LoadConfig()\nserver := &http.Server{\nAddr: cfg.ServerAddress(),\n}\nserver.ListenAndServe()\n}\ntype Config struct { Host, Port string }\nfunc LoadConfig() Config {\nreturn Config{Host: getEnv("HOST", "0.0.0.0"), Port: getEnv("PORT", "8015")}\n}\nfunc (c Config) ServerAddress() string { return c.Host + ":" + c.Port }\nfunc getEnv(k, d string) string {\nif v, ok := os.LookupEnv(k); ok && v != "" {\nreturn v\n}\nreturn d',
      ),
      listens: '8015',
    },
    {
      name: 'env file with viper',
      files: program(
        '"net/http"\n"github.com/spf13/viper"',
        'config, err := LoadConfig(".")\nif err != nil {\nlog.Fatal(err)\n}\nserver, err := NewServer(config)\nerr = server.Start(config.HTTPServerAddress)\n}\ntype Config struct {\nHTTPServerAddress string `mapstructure:"HTTP_SERVER_ADDRESS"`\n}\nfunc LoadConfig(path string) (config Config, err error) {\nviper.AddConfigPath(path)\nviper.SetConfigName("app")\nviper.SetConfigType("env")\nviper.AutomaticEnv()\nerr = viper.ReadInConfig()\nif err != nil {\nreturn\n}\nerr = viper.Unmarshal(&config)\nreturn\n}\ntype Server struct { router *gin.Engine }\nfunc NewServer(c Config) (*Server, error) {\nserver := &Server{}\nreturn server, nil\n}\nfunc (server *Server) Start(address string) error {\nreturn server.router.Run(address)',
        { 'app.env': 'HTTP_SERVER_ADDRESS=0.0.0.0:8016\n' },
      ),
      listens: '8016',
    },
    {
      name: 'a helper for numbers',
      files: program(
        '"net/http"\n"os"\n"strconv"',
        'http.ListenAndServe(":"+strconv.Itoa(getInt("PORT", 8017)), nil)\n}\nfunc getInt(key string, def int) int {\ns := os.Getenv(key)\nif s == "" {\nreturn def\n}\nv, err := strconv.Atoi(s)\nif err != nil {\nreturn def\n}\nreturn v',
      ),
      listens: '8017',
    },
    {
      name: 'several commands by argument',
      files: {
        ...program(
          '"net/http"\n"os"',
          'switch os.Args[1] {\ncase "api":\nhttp.ListenAndServe(":8018", nil)\ncase "admin":\nhttp.ListenAndServe(":9018", nil)\n}',
        ),
        Dockerfile: image.replace('"./server"', '"./server", "admin"'),
      },
      listens: '9018',
    },
    {
      name: 'fx',
      files: program(
        '"net/http"\n"net"\n"go.uber.org/fx"',
        'fx.New(fx.Provide(NewServer), fx.Invoke(func(*http.Server) {})).Run()\n}\nfunc NewServer(lc fx.Lifecycle) *http.Server {\nsrv := &http.Server{Addr: ":8019"}\nlc.Append(fx.Hook{OnStart: func(ctx context.Context) error {\nln, err := net.Listen("tcp", srv.Addr)\ngo srv.Serve(ln)\nreturn nil\n}})\nreturn srv',
      ),
      listens: '8019',
    },
    {
      name: 'a function that sets fields through its parameter',
      files: program(
        '"net/http"',
        'cfg := Config{}\nfill(&cfg)\nhttp.ListenAndServe(cfg.Addr, nil)\n}\ntype Config struct { Addr string }\nfunc fill(c *Config) {\nc.Addr = ":8030"',
      ),
      listens: '8030',
    },
    {
      name: 'a function that does something else with the struct',
      files: program(
        '"net/http"',
        'cfg := Config{}\nfill(&cfg)\nhttp.ListenAndServe(cfg.Addr, nil)\n}\ntype Config struct { Addr string }\nfunc fill(c *Config) {\nother(c)',
      ),
      listens: /^unknown/,
    },
    {
      name: 'a method of another file that sets a field',
      files: program(
        '"net/http"\n"example.com/shop/config"',
        'cfg := config.New()\ncfg.Load()\nhttp.ListenAndServe(":" + cfg.Port, nil)',
        {
          'config/config.go':
            'package config\ntype Config struct { Port string }\nfunc New() *Config { return &Config{} }\n',
          'config/load.go': 'package config\nfunc (c *Config) Load() {\nc.Port = "8031"\n}\n',
        },
      ),
      listens: '8031',
    },
  ]));
