// Which calls of Python libraries open a listening socket, and which of their arguments hold host and port.

import type { PythonApi } from './apis.ts';

/** An argument by its keyword, by its place, or either. */
export interface Parameter {
  readonly keyword?: string;
  readonly position?: number;
}

export interface Signature {
  readonly api: PythonApi;
  readonly host?: Parameter;
  readonly port?: Parameter;
  /** Host and port in one text. */
  readonly address?: Parameter;
  /** Host and port in one tuple. */
  readonly pair?: Parameter;
}

const byKeyword = { host: { keyword: 'host' }, port: { keyword: 'port' } } as const;

function positions(host: number, port: number): { readonly host: Parameter; readonly port: Parameter } {
  return { host: { keyword: 'host', position: host }, port: { keyword: 'port', position: port } };
}

const websockets: Signature = { api: 'websockets.serve', ...positions(1, 2) };
const makeServer: Signature = { api: 'wsgiref.makeServer', ...positions(0, 1) };

/** By full name. */
const functions: Readonly<Record<string, Signature>> = {
  'uvicorn.run': { api: 'uvicorn.run', ...byKeyword },
  'uvicorn.Config': { api: 'uvicorn.run', ...positions(1, 2) },
  'uvicorn.config.Config': { api: 'uvicorn.run', ...positions(1, 2) },
  'waitress.serve': { api: 'waitress.serve', ...byKeyword, address: { keyword: 'listen' } },
  'aiohttp.web.run_app': { api: 'aiohttp.runApp', ...byKeyword },
  'aiohttp.web.TCPSite': { api: 'aiohttp.runApp', ...positions(1, 2) },
  'wsgiref.simple_server.make_server': makeServer,
  'werkzeug.serving.make_server': makeServer,
  'werkzeug.serving.run_simple': {
    api: 'werkzeug.runSimple',
    host: { keyword: 'hostname', position: 0 },
    port: { keyword: 'port', position: 1 },
  },
  'bottle.run': { api: 'bottle.run', ...positions(2, 3) },
  'eventlet.listen': { api: 'eventlet.listen', pair: { keyword: 'addr', position: 0 } },
  'bjoern.run': { api: 'bjoern.run', ...positions(1, 2) },
  'bjoern.listen': { api: 'bjoern.run', ...positions(1, 2) },
  'socket.create_server': { api: 'python.socket', pair: { keyword: 'address', position: 0 } },
  'asyncio.start_server': { api: 'python.asyncioServer', ...positions(1, 2) },
  'websockets.serve': websockets,
  'websockets.server.serve': websockets,
  'websockets.asyncio.server.serve': websockets,
  'websockets.sync.server.serve': websockets,
  'websockets.legacy.server.serve': websockets,
  'prometheus_client.start_http_server': {
    api: 'prometheus.startHttpServer',
    port: { keyword: 'port', position: 0 },
    host: { keyword: 'addr', position: 1 },
  },
  'nicegui.ui.run': { api: 'nicegui.run', ...byKeyword },
};

/** Servers that bind when they are made, by the last part of their name: they are also subclassed under local names. */
const servers: Readonly<Record<string, Signature>> = {
  HTTPServer: { api: 'python.httpServer', pair: { keyword: 'server_address', position: 0 } },
  ThreadingHTTPServer: { api: 'python.httpServer', pair: { keyword: 'server_address', position: 0 } },
  TCPServer: { api: 'python.httpServer', pair: { keyword: 'server_address', position: 0 } },
  ThreadingTCPServer: { api: 'python.httpServer', pair: { keyword: 'server_address', position: 0 } },
  ForkingTCPServer: { api: 'python.httpServer', pair: { keyword: 'server_address', position: 0 } },
  SimpleXMLRPCServer: { api: 'python.httpServer', pair: { keyword: 'addr', position: 0 } },
};

const aiogramWebhook = /^aiogram\.(?:utils\.)?executor\.start_webhook$/;
const serverModules = /^(?:http\.server|socketserver|xmlrpc\.server|wsgiref\.simple_server)\.(\w+)$/;
const geventServers = /^(?:gevent\.(?:pywsgi|wsgi|server|baseserver)|geventwebsocket(?:\.\w+)*)\.\w*Server$/;
const cherootServers = /^(?:cheroot|cherrypy)\.(?:wsgi|wsgiserver)\.\w*Server$/;

const gevent: Signature = { api: 'gevent.server', pair: { keyword: 'listener', position: 0 } };
const cheroot: Signature = { api: 'cheroot.server', pair: { keyword: 'bind_addr', position: 0 } };

/** Methods of objects, by the full name of the call that made the object and the method. */
const methods: readonly { readonly name: RegExp; readonly signature: Signature }[] = [
  {
    name: /^(?:flask\.Flask|apiflask\.APIFlask|flask_openapi3\.OpenAPI|flask_api\.FlaskAPI|eve\.Eve|(?:.*\.)?Flask)\(\)\.run$/,
    signature: { api: 'flask.run', ...positions(0, 1) },
  },
  { name: /^(?:quart|quart_trio)\.\w+\(\)\.run$/, signature: { api: 'quart.run', ...positions(0, 1) } },
  { name: /^robyn\.(?:robyn\.)?Robyn\(\)\.start$/, signature: { api: 'robyn.start', ...positions(0, 1) } },
  { name: /^sanic\.(?:app\.)?Sanic\(\)\.run$/, signature: { api: 'sanic.run', ...positions(0, 1) } },
  {
    name: /^(?:dash|jupyter_dash)\.(?:dash\.)?\w*Dash\(\)\.run(?:_server)?$/,
    signature: { api: 'dash.run', ...byKeyword },
  },
  {
    name: /^connexion\.(?:\w+\.)*(?:App|FlaskApp|FlaskApi|AsyncApp|AioHttpApp)\(\)\.run$/,
    signature: { api: 'connexion.run', host: { keyword: 'host' }, port: { keyword: 'port', position: 0 } },
  },
  { name: /^bottle\.(?:Bottle|default_app|app)\(\)\.run$/, signature: { api: 'bottle.run', ...byKeyword } },
  { name: /^flask_socketio\.SocketIO\(\)\.run$/, signature: { api: 'flaskSocketio.run', ...positions(1, 2) } },
  {
    name: /^gradio\.(?:\w+\.)*\w+\(\)(?:\.queue\(\))?\.launch$/,
    signature: { api: 'gradio.launch', host: { keyword: 'server_name' }, port: { keyword: 'server_port' } },
  },
  {
    name: /^tornado\.(?:web\.Application|httpserver\.HTTPServer|tcpserver\.TCPServer)\(\)\.(?:listen|bind)$/,
    signature: {
      api: 'tornado.listen',
      port: { keyword: 'port', position: 0 },
      host: { keyword: 'address', position: 1 },
    },
  },
  {
    name: /^asyncio\.(?:get_event_loop|new_event_loop|get_running_loop)\(\)\.create_server$/,
    signature: { api: 'python.asyncioServer', ...positions(1, 2) },
  },
  {
    name: /\.(?:run|start)_webhook$/,
    signature: { api: 'telegram.webhook', host: { keyword: 'listen' }, port: { keyword: 'port' } },
  },
  {
    name: /\.add_(?:insecure|secure)_port$/,
    signature: { api: 'grpc.python', address: { keyword: 'address', position: 0 } },
  },
];

/** Arguments that hand the server a socket of another kind instead of host and port. */
export const otherSockets: readonly string[] = ['uds', 'fd', 'sock', 'path', 'unix_socket', 'unix', 'reuse_socket'];

/** By a call's full name; undefined for what opens no socket, or none that is known. */
export function signatureOf(full: string): Signature | undefined {
  if (Object.hasOwn(functions, full)) return functions[full];
  const server = serverModules.exec(full)?.[1];
  if (server !== undefined && Object.hasOwn(servers, server)) return servers[server];
  if (aiogramWebhook.test(full)) return { api: 'aiogram.webhook', ...byKeyword };
  if (geventServers.test(full)) return gevent;
  if (cherootServers.test(full)) return cheroot;
  return methods.find(({ name }) => name.test(full))?.signature;
}

export const socketBind: Signature = { api: 'python.socket', pair: { keyword: 'address', position: 0 } };
export const flaskRun: Signature = { api: 'flask.run', ...positions(0, 1) };
export const socketioRun: Signature = { api: 'flaskSocketio.run', ...positions(1, 2) };
export const gradioLaunch: Signature = {
  api: 'gradio.launch',
  host: { keyword: 'server_name' },
  port: { keyword: 'server_port' },
};
export const dashRun: Signature = { api: 'dash.run', ...byKeyword };
export const tornadoListen: Signature = {
  api: 'tornado.listen',
  port: { keyword: 'port', position: 0 },
  host: { keyword: 'address', position: 1 },
};
export const fastmcpRun: Signature = { api: 'fastmcp.run', ...byKeyword };
export const hypercornServe: Signature = { api: 'hypercorn.serve', address: { position: 1 } };
