// The calls of Python libraries that open a listening socket: what each does when it leaves port or host out. Which of
// their arguments hold port and host stands in `signatures.ts`. Read in the sources of the versions named, November 2026.

import { EVERYWHERE, type ListenerApiTable, LOOPBACK, listenerApis } from '../../facts/listenerApi.ts';

const pythonSocket = 'https://docs.python.org/3/library/socket.html#socket.socket.bind';

const table = {
  /** Flask app.run(host, port), also an app that is not seen but is given host= or port= */
  'flask.run': {
    name: 'Flask',
    port: 5000,
    host: LOOPBACK,
    source: 'https://github.com/pallets/flask 3.1.3 app.py; 3.1.3 confirmed 2026-11-23',
  },
  /** socketio.run(app, host, port) */
  'flaskSocketio.run': {
    name: 'Flask-SocketIO',
    port: 5000,
    host: LOOPBACK,
    source:
      'https://flask-socketio.readthedocs.io/en/latest/api.html#flask_socketio.SocketIO.run; 5.7.0 confirmed 2026-11-23',
  },
  /** Dash app.run / app.run_server(host, port) */
  'dash.run': {
    name: 'Dash',
    port: 8050,
    host: LOOPBACK,
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    source: 'https://github.com/plotly/dash 3 dash.py run(); 4.4.1 confirmed 2026-11-23',
  },
  'quart.run': {
    name: 'Quart',
    port: 5000,
    host: LOOPBACK,
    source: 'https://github.com/pallets/quart app.py run(); 0.22.0 confirmed 2026-11-23',
  },
  'sanic.run': {
    name: 'Sanic',
    port: 8000,
    host: LOOPBACK,
    source: 'https://sanic.dev/en/guide/running/running.html',
  },
  /** app.start(host, port) */
  'robyn.start': {
    name: 'Robyn',
    port: 8080,
    host: LOOPBACK,
    portVariables: ['ROBYN_PORT'],
    hostVariables: ['ROBYN_HOST'],
    source: 'robyn 0.88.0 __init__.py',
  },
  // Connexion 2 runs Flask on 0.0.0.0:5000, Connexion 3 runs uvicorn on 127.0.0.1:8000.
  /** connexion app.run(port, host) */
  'connexion.run': { name: 'Connexion', source: 'https://connexion.readthedocs.io/en/latest/quickstart.html' },
  /** bottle.run(app, host=, port=), Bottle().run(...) */
  'bottle.run': {
    name: 'Bottle',
    port: 8080,
    host: LOOPBACK,
    source: 'https://bottlepy.org/docs/dev/api.html#bottle.run; 0.13.4 confirmed 2026-11-23',
  },
  /** uvicorn.run and uvicorn.Config */
  'uvicorn.run': {
    name: 'uvicorn',
    port: 8000,
    host: LOOPBACK,
    source:
      'https://github.com/encode/uvicorn 0.54.0 main.py: uvicorn.run() reads no environment; 0.54.0 confirmed 2026-11-23',
  },
  /** serve(app, config) where config.bind is seen */
  'hypercorn.serve': {
    name: 'Hypercorn',
    port: 8000,
    host: LOOPBACK,
    source: 'https://github.com/pgjones/hypercorn config.py',
  },
  /** serve(app, host=, port=, listen=) */
  'waitress.serve': {
    name: 'waitress',
    port: 8080,
    host: EVERYWHERE,
    source: 'https://github.com/Pylons/waitress adjustments.py; 3.0.2 confirmed 2026-11-23',
  },
  /** web.run_app(app, host=, port=), TCPSite(runner, host, port) */
  'aiohttp.runApp': {
    name: 'aiohttp',
    port: 8080,
    host: EVERYWHERE,
    source: 'https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.run_app; 3.14.5 confirmed 2026-11-23',
  },
  /** Application or HTTPServer .listen(port, address) */
  'tornado.listen': {
    name: 'Tornado',
    host: EVERYWHERE,
    source: 'https://www.tornadoweb.org/en/stable/tcpserver.html; 6.6.1 confirmed 2026-11-23',
  },
  /** make_server(host, port, app) */
  'wsgiref.makeServer': { name: 'wsgiref', host: EVERYWHERE, source: 'https://docs.python.org/3/library/wsgiref.html' },
  /** run_simple(host, port, app) */
  'werkzeug.runSimple': { name: 'Werkzeug', source: 'https://werkzeug.palletsprojects.com/en/stable/serving/' },
  /** WSGIServer((host, port), app) */
  'gevent.server': {
    name: 'gevent',
    host: EVERYWHERE,
    source: 'https://www.gevent.org/servers.html; 26.9.0 confirmed 2026-11-23',
  },
  /** eventlet.listen((host, port)) */
  'eventlet.listen': { name: 'eventlet', host: EVERYWHERE, source: pythonSocket },
  /** wsgi.Server((host, port), app) */
  'cheroot.server': { name: 'cheroot', host: EVERYWHERE, source: pythonSocket },
  /** bjoern.run(app, host, port) */
  'bjoern.run': { name: 'bjoern', host: EVERYWHERE, source: 'https://github.com/jonashaag/bjoern' },
  /** launch(server_name=, server_port=) */
  'gradio.launch': {
    name: 'Gradio',
    port: 7860,
    host: LOOPBACK,
    portVariables: ['GRADIO_SERVER_PORT'],
    hostVariables: ['GRADIO_SERVER_NAME'],
    source: 'https://www.gradio.app/guides/environment-variables',
  },
  /** ui.run(host=, port=) */
  'nicegui.run': {
    name: 'NiceGUI',
    port: 8080,
    host: EVERYWHERE,
    source: 'https://nicegui.io/documentation/run; 3.18.0 confirmed 2026-11-23',
  },
  // Without a transport it speaks over standard input and opens no port.
  /** FastMCP(host=, port=).run(transport=, host=, port=) */
  'fastmcp.run': { name: 'FastMCP', host: LOOPBACK, source: 'https://gofastmcp.com/deployment/running-server' },
  /** http.server and socketserver classes with a (host, port) pair */
  'python.httpServer': {
    name: 'http.server',
    host: EVERYWHERE,
    source: 'https://docs.python.org/3/library/http.server.html',
  },
  /** socket.bind((host, port)), socket.create_server((host, port)) */
  'python.socket': { name: 'socket', host: EVERYWHERE, source: pythonSocket },
  /** asyncio.start_server / loop.create_server(callback, host, port) */
  'python.asyncioServer': {
    name: 'asyncio',
    host: EVERYWHERE,
    source: 'https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_server',
  },
  /** serve(handler, host, port) */
  'websockets.serve': {
    name: 'websockets',
    host: EVERYWHERE,
    source: 'https://websockets.readthedocs.io/en/stable/reference/asyncio/server.html; 17.4 confirmed 2026-11-23',
  },
  /** start_http_server(port, addr) */
  'prometheus.startHttpServer': {
    name: 'prometheus_client',
    host: EVERYWHERE,
    source: 'https://prometheus.github.io/client_python/exporting/http/; 0.26.0 confirmed 2026-11-23',
  },
  /** application.run_webhook(listen=, port=), updater.start_webhook(…) of python-telegram-bot */
  'telegram.webhook': {
    name: 'python-telegram-bot',
    port: 80,
    host: LOOPBACK,
    source: 'https://docs.python-telegram-bot.org/en/stable/telegram.ext.application.html#run_webhook',
  },
  /** executor.start_webhook(dispatcher, webhook_path, host=, port=) */
  'aiogram.webhook': { name: 'aiogram', source: 'https://docs.aiogram.dev/en/v2.25.1/utils/executor.html' },
  /** server.add_insecure_port('[::]:50051') */
  'grpc.python': { name: 'gRPC', source: 'https://grpc.github.io/grpc/python/grpc.html#grpc.Server.add_insecure_port' },
} as const satisfies ListenerApiTable;

export type PythonApi = keyof typeof table;

export const pythonApis = listenerApis(table);
