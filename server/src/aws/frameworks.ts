// What a listen call does when it names no port or no host, per framework. Numbers only: which calls there are stands in
// `facts/listenerApis`, and reading the calls' arguments is the languages' business.
// Read in the sources of the versions named, November 2026.

import type { ListenerApi } from '../facts/listenerApis.ts';

export interface FrameworkDefaults {
  /** As people call it: `Flask`. */
  readonly name: string;
  /** Absent where a call without a port picks a random one, opens none, or where versions differ. */
  readonly port?: number;
  /** Absent where versions differ. */
  readonly host?: string;
  /** Variables that the framework itself reads when the call names no port or host, strongest first. */
  readonly portVariables?: readonly string[];
  readonly hostVariables?: readonly string[];
  /** What it rests on. */
  readonly source: string;
}

/** Binds every interface. */
const EVERYWHERE = '0.0.0.0';
const EVERYWHERE_IPV6 = '::';
const LOOPBACK = '127.0.0.1';

const nodeNet = 'https://nodejs.org/api/net.html#serverlistenport-host-backlog-callback';
const pythonSocket = 'https://docs.python.org/3/library/socket.html#socket.socket.bind';

function node(name: string, source = nodeNet): FrameworkDefaults {
  return { name, host: EVERYWHERE_IPV6, source };
}

const python: Partial<Record<ListenerApi, FrameworkDefaults>> = {
  'flask.run': { name: 'Flask', port: 5000, host: LOOPBACK, source: 'https://github.com/pallets/flask 3.1.3 app.py' },
  'flaskSocketio.run': {
    name: 'Flask-SocketIO',
    port: 5000,
    host: LOOPBACK,
    source: 'https://flask-socketio.readthedocs.io/en/latest/api.html#flask_socketio.SocketIO.run',
  },
  'dash.run': {
    name: 'Dash',
    port: 8050,
    host: LOOPBACK,
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    source: 'https://github.com/plotly/dash 3 dash.py run()',
  },
  'quart.run': { name: 'Quart', port: 5000, host: LOOPBACK, source: 'https://github.com/pallets/quart app.py run()' },
  'sanic.run': {
    name: 'Sanic',
    port: 8000,
    host: LOOPBACK,
    source: 'https://sanic.dev/en/guide/running/running.html',
  },
  // Connexion 2 runs Flask on 0.0.0.0:5000, Connexion 3 runs uvicorn on 127.0.0.1:8000.
  'connexion.run': { name: 'Connexion', source: 'https://connexion.readthedocs.io/en/latest/quickstart.html' },
  'bottle.run': {
    name: 'Bottle',
    port: 8080,
    host: LOOPBACK,
    source: 'https://bottlepy.org/docs/dev/api.html#bottle.run',
  },
  'uvicorn.run': {
    name: 'uvicorn',
    port: 8000,
    host: LOOPBACK,
    source: 'https://github.com/encode/uvicorn 0.54.0 main.py: uvicorn.run() reads no environment',
  },
  'hypercorn.serve': {
    name: 'Hypercorn',
    port: 8000,
    host: LOOPBACK,
    source: 'https://github.com/pgjones/hypercorn config.py',
  },
  'waitress.serve': {
    name: 'waitress',
    port: 8080,
    host: EVERYWHERE,
    source: 'https://github.com/Pylons/waitress adjustments.py',
  },
  'aiohttp.runApp': {
    name: 'aiohttp',
    port: 8080,
    host: EVERYWHERE,
    source: 'https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.run_app',
  },
  'tornado.listen': {
    name: 'Tornado',
    host: EVERYWHERE,
    source: 'https://www.tornadoweb.org/en/stable/tcpserver.html',
  },
  'wsgiref.makeServer': { name: 'wsgiref', host: EVERYWHERE, source: 'https://docs.python.org/3/library/wsgiref.html' },
  'werkzeug.runSimple': { name: 'Werkzeug', source: 'https://werkzeug.palletsprojects.com/en/stable/serving/' },
  'gevent.server': { name: 'gevent', host: EVERYWHERE, source: 'https://www.gevent.org/servers.html' },
  'eventlet.listen': { name: 'eventlet', host: EVERYWHERE, source: pythonSocket },
  'cheroot.server': { name: 'cheroot', host: EVERYWHERE, source: pythonSocket },
  'bjoern.run': { name: 'bjoern', host: EVERYWHERE, source: 'https://github.com/jonashaag/bjoern' },
  'gradio.launch': {
    name: 'Gradio',
    port: 7860,
    host: LOOPBACK,
    portVariables: ['GRADIO_SERVER_PORT'],
    hostVariables: ['GRADIO_SERVER_NAME'],
    source: 'https://www.gradio.app/guides/environment-variables',
  },
  'nicegui.run': { name: 'NiceGUI', port: 8080, host: EVERYWHERE, source: 'https://nicegui.io/documentation/run' },
  // Without a transport it speaks over standard input and opens no port.
  'fastmcp.run': { name: 'FastMCP', host: LOOPBACK, source: 'https://gofastmcp.com/deployment/running-server' },
  'python.httpServer': {
    name: 'http.server',
    host: EVERYWHERE,
    source: 'https://docs.python.org/3/library/http.server.html',
  },
  'python.socket': { name: 'socket', host: EVERYWHERE, source: pythonSocket },
  'python.asyncioServer': {
    name: 'asyncio',
    host: EVERYWHERE,
    source: 'https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_server',
  },
  'websockets.serve': {
    name: 'websockets',
    host: EVERYWHERE,
    source: 'https://websockets.readthedocs.io/en/stable/reference/asyncio/server.html',
  },
  'prometheus.startHttpServer': {
    name: 'prometheus_client',
    host: EVERYWHERE,
    source: 'https://prometheus.github.io/client_python/exporting/http/',
  },
  'grpc.python': { name: 'gRPC', source: 'https://grpc.github.io/grpc/python/grpc.html#grpc.Server.add_insecure_port' },
};

const javascript: Partial<Record<ListenerApi, FrameworkDefaults>> = {
  'express.listen': node('Express', 'https://expressjs.com/en/4x/api.html#app.listen'),
  // Fastify 4 and 5 bind `localhost` unless told otherwise: https://fastify.dev/docs/latest/Reference/Server/#listen
  'fastify.listen': {
    name: 'Fastify',
    host: 'localhost',
    source: 'https://fastify.dev/docs/latest/Reference/Server/#listen',
  },
  'koa.listen': node('Koa'),
  'nest.listen': node('NestJS', 'https://docs.nestjs.com/first-steps'),
  'hapi.server': { name: 'hapi', host: EVERYWHERE, source: 'https://hapi.dev/api/#-serveroptionshost' },
  'restify.listen': node('restify'),
  'polka.listen': node('Polka'),
  'hono.serve': {
    name: '@hono/node-server',
    port: 3000,
    host: EVERYWHERE_IPV6,
    source: 'https://github.com/honojs/node-server server.ts',
  },
  'elysia.listen': { name: 'Elysia', host: EVERYWHERE, source: 'https://elysiajs.com/patterns/configuration.html' },
  'bun.serve': {
    name: 'Bun.serve',
    port: 3000,
    host: EVERYWHERE,
    portVariables: ['BUN_PORT', 'PORT', 'NODE_PORT'],
    source: 'https://bun.sh/docs/api/http#changing-the-port-and-hostname',
  },
  'deno.serve': {
    name: 'Deno.serve',
    port: 8000,
    host: EVERYWHERE,
    source: 'https://docs.deno.com/api/deno/~/Deno.serve',
  },
  'oak.listen': { name: 'oak', host: EVERYWHERE, source: 'https://github.com/oakserver/oak' },
  'apollo.listen': {
    name: 'Apollo Server',
    port: 4000,
    host: EVERYWHERE_IPV6,
    source: 'https://www.apollographql.com/docs/apollo-server/v3/api/apollo-server#listen',
  },
  'apollo.startStandaloneServer': {
    name: 'Apollo Server',
    port: 4000,
    host: EVERYWHERE_IPV6,
    source: 'https://www.apollographql.com/docs/apollo-server/api/standalone',
  },
  'graphqlYoga.start': { name: 'graphql-yoga', source: 'https://github.com/dotansimha/graphql-yoga v1: PORT or 4000' },
  'node.http': node('http'),
  'node.net': node('net'),
  'node.listen': node('listen'),
  'ws.server': node('ws', 'https://github.com/websockets/ws/blob/master/doc/ws.md'),
  'socketio.listen': node('Socket.IO', 'https://socket.io/docs/v4/server-initialization/'),
  'uws.listen': { name: 'uWebSockets.js', host: EVERYWHERE, source: 'https://github.com/uNetworking/uWebSockets.js' },
  'grpc.node': { name: 'gRPC', source: 'https://grpc.github.io/grpc/node/grpc.Server.html' },
};

const table: Partial<Record<ListenerApi, FrameworkDefaults>> = { ...python, ...javascript };

/** What an API does without port and host. */
export function frameworkDefaults(api: ListenerApi): FrameworkDefaults {
  return table[api] ?? { name: api, source: '' };
}

/** Servers that are started as commands. */
export const commandDefaults = {
  flask: { port: 5000, host: LOOPBACK, source: 'flask 3.1.3 cli.py' },
  django: { port: 8000, host: LOOPBACK, source: 'django 5.2.17 runserver.py' },
  uvicorn: { port: 8000, host: LOOPBACK, source: 'uvicorn 0.54.0 main.py' },
  fastapiRun: { port: 8000, host: EVERYWHERE, source: 'https://github.com/fastapi/fastapi-cli cli.py' },
  fastapiDev: { port: 8000, host: LOOPBACK, source: 'https://github.com/fastapi/fastapi-cli cli.py' },
  /** Without PORT; with it, 0.0.0.0:$PORT. */
  gunicorn: { port: 8000, host: LOOPBACK, source: 'gunicorn 26.2.0 config.py' },
  hypercorn: { port: 8000, host: LOOPBACK, source: 'https://github.com/pgjones/hypercorn config.py' },
  daphne: { port: 8000, host: LOOPBACK, source: 'https://github.com/django/daphne cli.py' },
  waitress: { port: 8080, host: EVERYWHERE, source: 'https://github.com/Pylons/waitress runner.py' },
  chainlit: { port: 8000, host: LOOPBACK, source: 'https://docs.chainlit.io/backend/command-line' },
  streamlit: { port: 8501, host: EVERYWHERE, source: 'streamlit 1.64.0 config.py' },
  /** `python -m http.server` binds every interface: https://docs.python.org/3/library/http.server.html#command-line-interface */
  httpServer: { port: 8000, host: EVERYWHERE, source: 'https://docs.python.org/3/library/http.server.html' },
  next: { port: 3000, host: EVERYWHERE, source: 'next 16.4.6' },
  nuxt: { port: 3000, host: EVERYWHERE, source: 'nitropack 2.13.6' },
  viteDev: { port: 5173, host: 'localhost', source: 'vite 8.3.8' },
  vitePreview: { port: 4173, host: 'localhost', source: 'vite 8.3.8' },
  angular: { port: 4200, host: 'localhost', source: '@angular/build 21' },
  serve: { port: 3000, host: EVERYWHERE, source: 'https://github.com/vercel/serve' },
  httpServerNode: { port: 8080, host: EVERYWHERE, source: 'https://github.com/http-party/http-server' },
  jsonServer: { port: 3000, host: 'localhost', source: 'https://github.com/typicode/json-server' },
  reactRouterServe: { port: 3000, host: EVERYWHERE, source: '@react-router/serve 7.18' },
  reactScripts: { port: 3000, host: EVERYWHERE, source: 'https://create-react-app.dev/docs/advanced-configuration/' },
} as const;
