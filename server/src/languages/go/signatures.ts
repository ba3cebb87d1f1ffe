// Which calls of Go libraries open a listening socket, and where their address stands.

import type { GoApi } from './apis.ts';

export interface Signature {
  readonly api: GoApi;
  /** The argument that holds the address; `receiver` and `server` where it is the `Addr` of the receiver or first argument. */
  readonly address: number | 'receiver' | 'server' | 'none';
  /** The argument that holds the network; only `tcp` counts. */
  readonly network?: number;
}

/** Functions by their full name, import paths without their version. */
const functions: Readonly<Record<string, Signature>> = {
  'net/http.ListenAndServe': { api: 'net/http', address: 0 },
  'net/http.ListenAndServeTLS': { api: 'net/http.tls', address: 0 },
  'net.Listen': { api: 'net.listen', address: 1, network: 0 },
  'crypto/tls.Listen': { api: 'net.listen', address: 1, network: 0 },
  'github.com/libp2p/go-reuseport.Listen': { api: 'net.listen', address: 1, network: 0 },
  'github.com/kavu/go_reuseport.Listen': { api: 'net.listen', address: 1, network: 0 },
  'github.com/valyala/fasthttp.ListenAndServe': { api: 'fasthttp', address: 0 },
  'github.com/valyala/fasthttp.ListenAndServeTLS': { api: 'fasthttp', address: 0 },
  'github.com/valyala/fasthttp/reuseport.Listen': { api: 'net.listen', address: 1, network: 0 },
  'github.com/fvbock/endless.ListenAndServe': { api: 'net/http', address: 0 },
  'github.com/fvbock/endless.ListenAndServeTLS': { api: 'net/http.tls', address: 0 },
  'github.com/braintree/manners.ListenAndServe': { api: 'net/http', address: 0 },
  'github.com/tylerb/graceful.Run': { api: 'net/http', address: 0 },
  'gopkg.in/tylerb/graceful.Run': { api: 'net/http', address: 0 },
  'github.com/facebookgo/grace/gracehttp.Serve': { api: 'net/http', address: 'server' },
  'golang.org/x/crypto/acme/autocert.NewListener': { api: 'autocert', address: 'none' },
  'github.com/astaxie/beego.Run': { api: 'beego', address: 0 },
  'github.com/beego/beego.Run': { api: 'beego', address: 0 },
  'github.com/beego/beego/server/web.Run': { api: 'beego', address: 0 },
};

interface Method extends Signature {
  readonly library: RegExp;
  readonly name: RegExp;
}

const methods: readonly Method[] = [
  { library: /^github\.com\/gin-gonic\/gin$/, name: /^Run(?:TLS)?$/, api: 'gin', address: 0 },
  { library: /^github\.com\/labstack\/echo$/, name: /^Start(?:TLS|AutoTLS|H2CServer)?$/, api: 'echo', address: 0 },
  { library: /^github\.com\/labstack\/echo$/, name: /^StartServer$/, api: 'net/http', address: 'server' },
  { library: /^github\.com\/gofiber\/fiber$/, name: /^Listen(?:TLS\w*|MutualTLS\w*)?$/, api: 'fiber', address: 0 },
  { library: /^github\.com\/kataras\/iris$/, name: /^(?:Listen|Run)$/, api: 'iris', address: 0 },
  { library: /^github\.com\/(?:urfave|codegangsta)\/negroni$/, name: /^Run$/, api: 'negroni', address: 0 },
  { library: /^github\.com\/(?:go-martini|codegangsta)\/martini$/, name: /^Run$/, api: 'martini', address: 'none' },
  { library: /^github\.com\/(?:go-martini|codegangsta)\/martini$/, name: /^RunOnAddr$/, api: 'martini', address: 0 },
  { library: /^github\.com\/valyala\/fasthttp$/, name: /^ListenAndServe(?:TLS)?$/, api: 'fasthttp', address: 0 },
  { library: /^github\.com\/gobuffalo\/buffalo$/, name: /^Serve$/, api: 'buffalo', address: 'none' },
  { library: /^github\.com\/cloudwego\/hertz\//, name: /^(?:Spin|Run)$/, api: 'hertz', address: 'none' },
  { library: /^net$/, name: /^Listen$/, api: 'net.listen', address: 2, network: 1 },
  { library: /^net\/http$/, name: /^ListenAndServe$/, api: 'net/http', address: 'receiver' },
  { library: /^net\/http$/, name: /^ListenAndServeTLS$/, api: 'net/http.tls', address: 'receiver' },
];

export function functionSignature(full: string): Signature | undefined {
  return Object.hasOwn(functions, full) ? functions[full] : undefined;
}

export function methodSignature(library: string, name: string): Signature | undefined {
  return methods.find((method) => method.library.test(library) && method.name.test(name));
}

export interface NamedMethod extends Signature {
  /** Import paths, without versions, of the libraries that have such a method. */
  readonly libraries: readonly string[];
}

/** Methods whose receiver is not seen, by their name and the number of their arguments. */
export function namedMethod(name: string, count: number): NamedMethod | undefined {
  if (name === 'ListenAndServe' && count === 0) {
    return { api: 'net/http', address: 'receiver', libraries: ['net/http'] };
  }
  if (name === 'ListenAndServeTLS' && count === 2) {
    return { api: 'net/http.tls', address: 'receiver', libraries: ['net/http'] };
  }
  if (name === 'Run' && count === 0) return { api: 'gin', address: 0, libraries: ['github.com/gin-gonic/gin'] };
  const libraries = addressed[name];
  return libraries === undefined || count === 0 ? undefined : { api: 'go.serve', address: 0, libraries };
}

const addressed: Readonly<Record<string, readonly string[]>> = {
  Run: ['github.com/gin-gonic/gin', 'github.com/urfave/negroni', 'github.com/kataras/iris'],
  RunTLS: ['github.com/gin-gonic/gin'],
  Start: ['github.com/labstack/echo'],
  StartTLS: ['github.com/labstack/echo'],
  Listen: ['github.com/gofiber/fiber', 'github.com/kataras/iris'],
  ListenTLS: ['github.com/gofiber/fiber'],
  ListenAndServe: ['github.com/valyala/fasthttp'],
};
