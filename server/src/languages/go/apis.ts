// The calls of Go libraries that open a listening socket: what each does when it leaves the address out. Which of their
// arguments holds the address stands in `signatures.ts`. Read in the documentation and sources named, November 2026.

import { EVERYWHERE, type ListenerApiTable, LOOPBACK, listenerApis } from '../../facts/listenerApi.ts';

const table = {
  /** http.ListenAndServe(addr, handler), server.ListenAndServe() */
  'net/http': { name: 'net/http', port: 80, host: EVERYWHERE, source: 'https://pkg.go.dev/net/http#Server' },
  'net/http.tls': {
    name: 'net/http',
    port: 443,
    host: EVERYWHERE,
    source: 'https://pkg.go.dev/net/http#ListenAndServeTLS',
  },
  /** net.Listen("tcp", addr) */
  'net.listen': { name: 'net.Listen', source: 'https://pkg.go.dev/net#Listen' },
  autocert: {
    name: 'autocert',
    port: 443,
    host: EVERYWHERE,
    source: 'https://pkg.go.dev/golang.org/x/crypto/acme/autocert#NewListener',
  },
  gin: {
    name: 'Gin',
    port: 8080,
    host: EVERYWHERE,
    portVariables: ['PORT'],
    source: 'https://github.com/gin-gonic/gin/blob/v1.11.0/utils.go resolveAddress; 1.12.0 confirmed 2026-11-23',
  },
  echo: { name: 'Echo', source: 'https://pkg.go.dev/github.com/labstack/echo/v4#Echo.Start' },
  fiber: { name: 'Fiber', source: 'https://docs.gofiber.io/api/fiber#listen' },
  iris: { name: 'Iris', source: 'https://pkg.go.dev/github.com/kataras/iris/v12#Application.Listen' },
  fasthttp: { name: 'fasthttp', source: 'https://pkg.go.dev/github.com/valyala/fasthttp#ListenAndServe' },
  negroni: {
    name: 'Negroni',
    port: 8080,
    host: EVERYWHERE,
    portVariables: ['PORT'],
    source: 'https://pkg.go.dev/github.com/urfave/negroni#Negroni.Run',
  },
  martini: {
    name: 'Martini',
    port: 3000,
    host: EVERYWHERE,
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    source: 'https://pkg.go.dev/github.com/go-martini/martini#Martini.Run',
  },
  hertz: {
    name: 'Hertz',
    port: 8888,
    host: EVERYWHERE,
    source: 'https://pkg.go.dev/github.com/cloudwego/hertz/pkg/app/server#Default',
  },
  beego: { name: 'Beego', port: 8080, host: EVERYWHERE, source: 'https://beego.gocn.vip/beego/zh/developing/config/' },
  buffalo: {
    name: 'Buffalo',
    port: 3000,
    host: LOOPBACK,
    portVariables: ['PORT'],
    hostVariables: ['ADDR'],
    source: 'https://pkg.go.dev/github.com/gobuffalo/buffalo#Options',
  },
  /** A method of that name whose receiver is not seen. */
  'go.serve': { name: 'the server', source: 'https://pkg.go.dev/net#Listen' },
} satisfies ListenerApiTable;

export type GoApi = keyof typeof table;

export const goApis = listenerApis(table);
