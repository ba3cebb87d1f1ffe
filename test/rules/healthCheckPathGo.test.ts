// Which paths Go programs serve.

import { type Row, testServed } from './servedPaths.ts';

const program = (imports: readonly string[], body: string, files = ''): string => `--- Dockerfile
FROM golang:1.24 AS build
WORKDIR /src
COPY . .
RUN go build -o /server .
FROM alpine:3.22
COPY --from=build /server /server
CMD ["/server"]
--- go.mod
module example.com/web
go 1.24
--- main.go
package main
import (
${imports.map((path) => `\t"${path}"`).join('\n')}
)
${body}
${files}`;

const standard = (body: string, files = ''): string =>
  program(['net/http'], `func main() {\n${body}\n\thttp.ListenAndServe(":8080", nil)\n}`, files);
const gin = (body: string, files = '', imports: readonly string[] = []): string =>
  program(
    ['github.com/gin-gonic/gin', ...imports],
    `func main() {\n\tr := gin.Default()\n${body}\n\tr.Run(":8080")\n}`,
    files,
  );

const rows: readonly Row[] = [
  {
    name: 'net/http: patterns of the default mux',
    files: standard(
      '\thttp.HandleFunc("/status", h)\n\thttp.Handle("GET /items/{id}", x)\n\thttp.HandleFunc("/files/", f)',
    ),
    unserved: ['/', '/health', '/items'],
    served: ['/status', '/items/7', '/files/a/b'],
  },
  { name: 'net/http: everything', files: standard('\thttp.HandleFunc("/", h)'), served: ['/health'] },
  {
    name: 'net/http: the root alone',
    files: standard('\thttp.HandleFunc("GET /{$}", h)'),
    unserved: ['/health'],
    served: ['/'],
  },
  {
    name: 'net/http: a mux below another one',
    files: program(
      ['net/http'],
      'func main() {\n\tmux := http.NewServeMux()\n\tapi := http.NewServeMux()\n\tapi.HandleFunc("/status", h)\n\tmux.Handle("/api/", http.StripPrefix("/api", api))\n\thttp.ListenAndServe(":8080", log(mux))\n}\nfunc log(next http.Handler) http.Handler { return next }',
    ),
    unserved: ['/health', '/'],
    served: ['/api/status', '/status'],
  },
  {
    name: 'net/http: a handler of its own that looks at the path',
    files: program(
      ['net/http'],
      'type server struct{}\nfunc (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) { w.Write(nil) }\nfunc main() {\n\thttp.HandleFunc("/x", nil)\n\thttp.ListenAndServe(":8080", &server{})\n}',
    ),
    served: ['/health'],
  },
  {
    name: 'net/http: a function that compares the path',
    files: standard(
      '\thttp.HandleFunc("/x", h)',
      'func h(w http.ResponseWriter, r *http.Request) { if r.URL.Path == "/up" { return } }',
    ),
    unserved: ['/health'],
    served: ['/up'],
  },
  {
    name: 'net/http: paths of a table',
    files: standard('\tfor path, handler := range handlers {\n\t\thttp.HandleFunc(path, handler)\n\t}'),
    served: ['/health'],
  },
  {
    name: 'gin: groups',
    files: gin(
      '\tr.GET("/ping", h)\n\tv1 := r.Group("/api/v1")\n\t{\n\t\tv1.GET("/health", h)\n\t\tv1.GET("", h)\n\t}',
    ),
    unserved: ['/', '/health', '/api'],
    served: ['/ping', '/api/v1/health', '/api/v1'],
  },
  {
    name: 'gin: functions of another package',
    files: gin(
      '\tapi := r.Group("/api")\n\troutes.Register(api)',
      '--- routes/routes.go\npackage routes\nimport "github.com/gin-gonic/gin"\nfunc Register(g *gin.RouterGroup) {\n\tg.GET("/health", h)\n}\n',
      ['example.com/web/routes'],
    ),
    unserved: ['/', '/health'],
    served: ['/api/health'],
  },
  {
    name: 'gin: a router that a function returns, and methods that are given it',
    files: program(
      ['github.com/gin-gonic/gin', 'example.com/web/handlers'],
      'func main() {\n\tsetup().Run(":8080")\n}\nfunc setup() *gin.Engine {\n\tr := gin.New()\n\tr.Use(gin.Recovery())\n\th := handlers.New()\n\th.Register(r.Group("/v1"))\n\treturn r\n}',
      '--- handlers/handlers.go\npackage handlers\nimport "github.com/gin-gonic/gin"\ntype Handler struct{}\nfunc New() *Handler { return &Handler{} }\nfunc (h *Handler) Register(g gin.IRouter) {\n\tg.GET("/up", nil)\n}\n',
    ),
    unserved: ['/', '/health'],
    served: ['/v1/up'],
  },
  {
    name: 'gin: a library that is given the router',
    files: gin('\tpprof.Register(r)', '', ['github.com/gin-contrib/pprof']),
    served: ['/health'],
  },
  {
    name: 'gin: middleware of a library that may answer',
    files: gin('\tr.Use(healthcheck.Default())', '', ['github.com/acme/healthcheck']),
    served: ['/health'],
  },
  {
    name: 'gin: middleware of its own',
    files: gin(
      '\tr.Use(cors.Default(), auth())\n\tr.GET("/x", h)',
      'func auth() gin.HandlerFunc { return func(c *gin.Context) { c.Next() } }',
      ['github.com/gin-contrib/cors'],
    ),
    unserved: ['/health'],
    served: ['/x'],
  },
  {
    name: 'gin: missing pages are answered with the page of a browser program',
    files: gin('\tr.NoRoute(func(c *gin.Context) { c.File("./dist/index.html") })'),
    served: ['/health'],
  },
  {
    name: 'gin: missing pages',
    files: gin('\tr.GET("/x", h)\n\tr.NoRoute(func(c *gin.Context) { c.JSON(404, nil) })'),
    unserved: ['/health'],
  },
  {
    name: 'gin: static files',
    files: gin('\tr.Static("/assets", "./assets")\n\tr.StaticFile("/robots.txt", "./robots.txt")'),
    unserved: ['/health'],
    served: ['/assets/a/b', '/robots.txt'],
  },
  {
    name: 'gin: a constant path, and one that is not known',
    files: gin('\tr.GET(healthPath, h)', 'const healthPath = "/hz"'),
    unserved: ['/health'],
    served: ['/hz'],
  },
  {
    name: 'gin: a path of the environment',
    files: gin('\tr.GET(os.Getenv("HEALTH"), h)', '', ['os']),
    served: ['/health'],
  },
  {
    name: 'chi: nested routers',
    files: program(
      ['net/http', 'github.com/go-chi/chi/v5', 'github.com/go-chi/chi/v5/middleware'],
      'func main() {\n\tr := chi.NewRouter()\n\tr.Use(middleware.Logger)\n\tr.Use(middleware.Heartbeat("/beat"))\n\tr.Route("/api", func(r chi.Router) {\n\t\tr.Get("/health", h)\n\t\tr.Group(func(r chi.Router) {\n\t\t\tr.Use(auth)\n\t\t\tr.With(page).Get("/list", h)\n\t\t})\n\t})\n\tr.Mount("/admin", admin())\n\thttp.ListenAndServe(":8080", r)\n}\nfunc admin() http.Handler {\n\tr := chi.NewRouter()\n\tr.Get("/users", h)\n\treturn r\n}\nfunc auth(next http.Handler) http.Handler { return next }',
    ),
    unserved: ['/', '/health', '/list'],
    served: ['/beat', '/api/health', '/api/list', '/admin/users'],
  },
  {
    name: 'gorilla: subrouters and prefixes',
    files: program(
      ['net/http', 'github.com/gorilla/mux'],
      'func main() {\n\tr := mux.NewRouter()\n\tapi := r.PathPrefix("/api").Subrouter()\n\tapi.HandleFunc("/health", h).Methods("GET")\n\tr.Methods("GET").Path("/one").HandlerFunc(h)\n\tr.PathPrefix("/static/").Handler(files)\n\thttp.Handle("/", r)\n\thttp.ListenAndServe(":8080", nil)\n}',
    ),
    unserved: ['/', '/health'],
    served: ['/api/health', '/one', '/static/a'],
  },
  {
    name: 'gorilla: a single page',
    files: program(
      ['net/http', 'github.com/gorilla/mux'],
      'func main() {\n\tr := mux.NewRouter()\n\tr.PathPrefix("/").Handler(spa)\n\thttp.ListenAndServe(":8080", r)\n}',
    ),
    served: ['/health'],
  },
  {
    name: 'gorilla: a field of a struct in another file',
    files: program(
      ['net/http', 'github.com/gorilla/mux'],
      'type App struct {\n\tRouter *mux.Router\n}\nfunc main() {\n\ta := &App{Router: mux.NewRouter()}\n\ta.routes()\n\thttp.ListenAndServe(":8080", a.Router)\n}',
      '--- routes.go\npackage main\nfunc (a *App) routes() {\n\ta.Router.HandleFunc("/up", h)\n\ta.Router.HandleFunc(usersPath, h)\n}\nconst usersPath = "/users"\n',
    ),
    unserved: ['/', '/health'],
    served: ['/up', '/users'],
  },
  {
    name: 'echo: groups and middleware',
    files: program(
      ['github.com/labstack/echo/v4', 'github.com/labstack/echo/v4/middleware'],
      'func main() {\n\te := echo.New()\n\te.Use(middleware.Logger(), middleware.CORSWithConfig(middleware.CORSConfig{}))\n\tg := e.Group("/v1", auth)\n\tg.GET("/health", h)\n\te.Static("/static", "assets")\n\te.Start(":8080")\n}',
    ),
    unserved: ['/', '/health'],
    served: ['/v1/health', '/static/x'],
  },
  {
    name: 'echo: static files from everywhere',
    files: program(
      ['github.com/labstack/echo/v4', 'github.com/labstack/echo/v4/middleware'],
      'func main() {\n\te := echo.New()\n\te.Use(middleware.Static("public"))\n\te.Start(":8080")\n}',
    ),
    served: ['/health'],
  },
  {
    name: 'fiber: routes, groups and mounted applications',
    files: program(
      ['github.com/gofiber/fiber/v2', 'github.com/gofiber/fiber/v2/middleware/cors'],
      'func main() {\n\tapp := fiber.New()\n\tapp.Use(cors.New())\n\tapi := app.Group("/api")\n\tapi.Get("/health", func(c *fiber.Ctx) error { return c.SendString(c.Get("X")) })\n\tsub := fiber.New()\n\tsub.Get("/x", h)\n\tapp.Mount("/sub", sub)\n\tapp.Use(func(c *fiber.Ctx) error { return c.SendStatus(404) })\n\tapp.Listen(":8080")\n}',
    ),
    unserved: ['/', '/health'],
    served: ['/api/health', '/sub/x'],
  },
  {
    name: 'fiber: health checks of the library',
    files: program(
      ['github.com/gofiber/fiber/v2', 'github.com/gofiber/fiber/v2/middleware/healthcheck'],
      'func main() {\n\tapp := fiber.New()\n\tapp.Use(healthcheck.New())\n\tapp.Listen(":8080")\n}',
    ),
    served: ['/livez'],
  },
];

testServed(rows);
