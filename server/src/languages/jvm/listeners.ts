// Which calls of Java and Kotlin programs open a listening socket, and which of their arguments hold host and port. Both
// languages describe a call in the same words.

import type { Expression } from '../../facts/expression.ts';
import { dottedName } from '../../facts/expression.ts';
import type { Listener } from '../../facts/program.ts';
import type { JvmApi } from './apis.ts';

export interface JvmCall {
  /** The method, or the class that is made. */
  readonly name: string;
  readonly creates: boolean;
  /** The text before the method's dot; empty where there is none. */
  readonly receiver: string;
  readonly values: readonly Expression[];
  /** Kotlin's named arguments. */
  readonly named: ReadonlyMap<string, Expression>;
}

/** What of a file its calls depend on. */
export interface JvmFile {
  /** Full names of what it imports; `a.b.*` of a package. */
  readonly imports: readonly string[];
  /** The value that a name was given first. */
  readonly value: (name: string) => Expression | undefined;
  /** The class that a name was declared or made with. */
  readonly typeOf: (name: string) => string | undefined;
}

export type JvmListener = Pick<Listener, 'port' | 'host' | 'address'> & { readonly api: JvmApi };

type Read = (call: JvmCall, file: JvmFile) => JvmListener | undefined;

const readers: Readonly<Record<string, Read>> = {
  ServerSocket: ({ creates, values }) =>
    creates && values[0] ? withHost('java.serverSocket', values[0], hostOf(values[2])) : undefined,
  create: ({ receiver, values }, file) =>
    /(?:^|\.)Https?Server$/.test(receiver) ? atSocketAddress('java.httpServer', values[0], file) : undefined,
  bind: (call, file) => bound(call, file),
  start: (call, file) =>
    isOf(call, file, 'Javalin', 'io.javalin') ? hostAndPort('javalin.start', call.values) : undefined,
  port: (call, file) => portCall(call, file),
  http: ({ values, receiver }, file) =>
    uses(file, 'com.linecorp.armeria') && values[0] && /builder|Server/i.test(receiver)
      ? { api: 'armeria.port', port: values[0] }
      : undefined,
  listen: (call, file) => (uses(file, 'io.vertx') ? listening(call, file) : undefined),
  setPort: ({ receiver, values }, file) => setPort(receiver, values[0], file),
  Server: ({ creates, values }, file) =>
    creates && values.length === 1 && uses(file, 'org.eclipse.jetty.server') ? ofServer(values[0], file) : undefined,
  addHttpListener: ({ values }) => (values[0] ? withHost('undertow.listener', values[0], values[1]) : undefined),
  addHttpsListener: ({ values }) => (values[0] ? withHost('undertow.listener', values[0], values[1]) : undefined),
  forPort: ({ receiver, values }) =>
    /ServerBuilder$/.test(receiver) && values[0] ? { api: 'grpc.forPort', port: values[0] } : undefined,
  newServerBuilderForPort: ({ values }) => (values[0] ? { api: 'grpc.forPort', port: values[0] } : undefined),
  forAddress: ({ receiver, values }, file) =>
    /NettyServerBuilder$/.test(receiver) ? atSocketAddress('grpc.forPort', values[0], file) : undefined,
  createHttpServer: ({ receiver, values }, file) => (/Factory$/.test(receiver) ? atUri(values[0], file) : undefined),
  newServerAt: ({ values }) => (values[1] ? withHost('akka.bind', values[1], values[0]) : undefined),
  embeddedServer: ({ values, named }) => embedded(values, named),
  asServer: ({ values }, file) => (uses(file, 'org.http4k') ? http4k(values[0]) : undefined),
  HTTPServer: ({ creates, values }, file) =>
    creates && values[0] && uses(file, 'io.prometheus')
      ? { api: 'prometheus.server', port: values.at(-1) ?? values[0] }
      : undefined,
};

/** What a call opens; undefined for all others. */
export function jvmListener(call: JvmCall, file: JvmFile): JvmListener | undefined {
  return Object.hasOwn(readers, call.name) ? readers[call.name]?.(call, file) : undefined;
}

export function uses(file: JvmFile, prefix: string): boolean {
  return file.imports.some((name) => name.startsWith(prefix));
}

function withHost(api: JvmApi, port: Expression, host: Expression | undefined): JvmListener {
  return host === undefined ? { api, port } : { api, port, host };
}

/** `start()`, `start(port)`, `start(host, port)`. */
function hostAndPort(api: JvmApi, [first, second]: readonly Expression[]): JvmListener {
  if (first === undefined) return { api };
  return second === undefined ? { api, port: first } : { api, port: second, host: first };
}

/** Whether a method is called on a class, on what it made, or on a name of that class. */
function isOf({ receiver }: JvmCall, file: JvmFile, type: string, library: string): boolean {
  if (!uses(file, library)) return false;
  if (new RegExp(`^${type}\\b`).test(receiver)) return true;
  const name = /^(?:this\.)?(\w+)$/.exec(receiver)?.[1];
  return name !== undefined && file.typeOf(name) === type;
}

/** `InetAddress.getByName("0.0.0.0")`. */
function hostOf(expression: Expression | undefined): Expression | undefined {
  if (expression?.kind !== 'call') return expression;
  return /(?:^|\.)InetAddress\.(?:getByName)$/.test(dottedName(expression.callee) ?? '')
    ? expression.arguments[0]?.value
    : expression;
}

/** `new InetSocketAddress(8000)`, `new InetSocketAddress("0.0.0.0", 8000)`, or a name that holds one. */
function atSocketAddress(api: JvmApi, given: Expression | undefined, file: JvmFile): JvmListener | undefined {
  const address = given?.kind === 'name' ? file.value(given.name) : given;
  if (address?.kind !== 'call' || !/(?:^|\.)InetSocketAddress$/.test(dottedName(address.callee) ?? ''))
    return undefined;
  const [first, second] = address.arguments.map(({ value }) => value);
  if (first === undefined) return undefined;
  return second === undefined ? { api, port: first } : withHost(api, second, hostOf(first));
}

function bound(call: JvmCall, file: JvmFile): JvmListener | undefined {
  const { values, receiver } = call;
  if (uses(file, 'io.netty') && (/Bootstrap/.test(receiver) || file.typeOf(receiver) === 'ServerBootstrap')) {
    const [first, second] = values;
    if (second !== undefined && first !== undefined) return withHost('netty.bind', second, first);
    return atSocketAddress('netty.bind', first, file) ?? (first ? { api: 'netty.bind', port: first } : undefined);
  }
  const type = file.typeOf(receiver.replace(/^this\.|\.socket\(\)$/g, ''));
  const isSocket =
    type === 'ServerSocket' ||
    type === 'ServerSocketChannel' ||
    type === 'HttpServer' ||
    /ServerSocketChannel/.test(receiver);
  return isSocket ? atSocketAddress('java.serverSocket', values[0], file) : undefined;
}

function portCall({ receiver, values }: JvmCall, file: JvmFile): JvmListener | undefined {
  const [port] = values;
  if (port === undefined) return undefined;
  const isSpark = uses(file, 'spark.Spark') || uses(file, 'spark.kotlin') || uses(file, 'spark.Service');
  if (
    isSpark &&
    (receiver === '' ||
      receiver === 'Spark' ||
      /(?:^|\.)ignite\(\)$/.test(receiver) ||
      file.typeOf(receiver) === 'Service')
  ) {
    return { api: 'spark.port', port };
  }
  if (uses(file, 'com.linecorp.armeria') && /\b(?:Server\.builder|sb|ServerBuilder)\b/.test(receiver))
    return { api: 'armeria.port', port };
  if (uses(file, 'io.helidon') && /WebServer|server/i.test(receiver)) return { api: 'helidon.port', port };
  return uses(file, 'io.prometheus') && /HTTPServer/.test(receiver) ? { api: 'prometheus.server', port } : undefined;
}

/** `listen(8888)`, `listen(8888, "0.0.0.0")`, also with a handler behind; options name the port elsewhere. */
function listening({ values, receiver }: JvmCall, file: JvmFile): JvmListener | undefined {
  const plain = values.filter(({ kind }) => kind !== 'unknown');
  const [port, host] = plain;
  if (port === undefined)
    return /HttpServerOptions/.test(receiver) || uses(file, 'io.vertx.core.http.HttpServerOptions')
      ? undefined
      : { api: 'vertx.listen' };
  return withHost('vertx.listen', port, host);
}

function setPort(receiver: string, port: Expression | undefined, file: JvmFile): JvmListener | undefined {
  if (port === undefined) return undefined;
  const type = /new\s+(\w+)/.exec(receiver)?.[1] ?? file.typeOf(receiver.replace(/^this\./, ''));
  if (type === 'HttpServerOptions' || type === 'NetServerOptions') return { api: 'vertx.listen', port };
  return type === 'ServerConnector' ? { api: 'jetty.server', port } : undefined;
}

/** `new Server(8080)`; a thread pool in its place is no port. */
function ofServer(value: Expression | undefined, file: JvmFile): JvmListener | undefined {
  const address = atSocketAddress('jetty.server', value, file);
  if (address !== undefined || value === undefined) return address;
  const named = value.kind === 'name' ? file.value(value.name) : value;
  return named?.kind === 'call' && /Pool|Connector/.test(dottedName(named.callee) ?? '')
    ? undefined
    : { api: 'jetty.server', port: value };
}

/** `URI.create("http://0.0.0.0:8080/api")`, or a name that holds one. */
function atUri(given: Expression | undefined, file: JvmFile): JvmListener | undefined {
  const uri = given?.kind === 'name' ? (file.value(given.name) ?? given) : given;
  const inner =
    uri?.kind === 'call' && /(?:^|\.)URI\.create$/.test(dottedName(uri.callee) ?? '') ? uri.arguments[0]?.value : uri;
  const text = inner?.kind === 'name' ? (file.value(inner.name) ?? inner) : inner;
  if (text?.kind !== 'literal' || typeof text.value !== 'string')
    return text && { api: 'grizzly.create', address: text };
  const end = /^[a-z]+:\/\/[^/]*/.exec(text.value)?.[0].length ?? text.value.length;
  const { uri: at, span } = text.at;
  const address: Expression = {
    ...text,
    value: text.value.slice(0, end),
    at: { uri: at, span: { start: span.start, end: span.start + end } },
  };
  return { api: 'grizzly.create', address };
}

/** `embeddedServer(Netty, port = 8080, host = "0.0.0.0")`. */
function embedded(values: readonly Expression[], named: ReadonlyMap<string, Expression>): JvmListener {
  const port = named.get('port') ?? values[1];
  const host = named.get('host') ?? values[2];
  return {
    api: 'ktor.embeddedServer',
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  };
}

/** `asServer(Netty(9000))`. */
function http4k(server: Expression | undefined): JvmListener | undefined {
  if (server?.kind !== 'call') return undefined;
  const port = server.arguments[0]?.value;
  return port === undefined ? { api: 'http4k.asServer' } : { api: 'http4k.asServer', port };
}
