// Servers and frameworks of PyPI.

import { commandDefaults } from '../../../server/src/aws/commandDefaults.ts';
import { type PythonApi, pythonApis } from '../../../server/src/languages/python/apis.ts';
import { type Framework, NAMED_PORT } from './framework.ts';

const wsgi = 'def app(environ, start_response):\n    start_response("200 OK", [])\n    return [b""]\n';
const asgi = 'async def app(scope, receive, send):\n    pass\n';

/** A server that is started as a command. */
function command(
  name: string,
  way: string,
  file: string,
  text: string,
  words: string,
  expected: Framework['expected'],
): Framework {
  return { package: name, way, file: `${file}.py`, text, argv: ['python3', '-m', ...words.split(' ')], expected };
}

/** A program that calls the framework itself. */
function program(name: string, api: PythonApi, lines: readonly string[], requires?: readonly string[]): Framework {
  const file = `call_${api.replaceAll('.', '_').toLowerCase()}.py`;
  const text = `${lines.join('\n')}\n`;
  const way = api;
  return {
    package: name,
    way,
    file,
    text,
    argv: ['python3', file],
    expected: pythonApis[api],
    ...(requires && { requires }),
  };
}

export const pythonFrameworks: readonly Framework[] = [
  command(
    'Flask',
    'flask run',
    'flask_app',
    'from flask import Flask\napp = Flask(__name__)\n',
    'flask --app flask_app run',
    commandDefaults.flask,
  ),
  command(
    'Django',
    'runserver',
    'django_settings',
    'SECRET_KEY = "x"\nDEBUG = True\nROOT_URLCONF = "django_urls"\n',
    'django runserver --noreload --skip-checks --settings django_settings',
    commandDefaults.django,
  ),
  command('uvicorn', 'uvicorn', 'asgi_app', asgi, 'uvicorn asgi_app:app --lifespan off', commandDefaults.uvicorn),
  command('gunicorn', 'gunicorn', 'wsgi_app', wsgi, 'gunicorn wsgi_app:app', commandDefaults.gunicorn),
  command('hypercorn', 'hypercorn', 'asgi_app', asgi, 'hypercorn asgi_app:app', commandDefaults.hypercorn),
  command('daphne', 'daphne', 'asgi_app', asgi, 'daphne asgi_app:app', commandDefaults.daphne),
  command('waitress', 'waitress-serve', 'wsgi_app', wsgi, 'waitress wsgi_app:app', commandDefaults.waitress),
  {
    ...command(
      'fastapi-cli',
      'fastapi run',
      'fastapi_app',
      'from fastapi import FastAPI\napp = FastAPI()\n',
      'fastapi run fastapi_app.py',
      commandDefaults.fastapiRun,
    ),
    requires: ['fastapi[standard]'],
  },
  {
    ...command(
      'fastapi-cli',
      'fastapi dev',
      'fastapi_app',
      'from fastapi import FastAPI\napp = FastAPI()\n',
      'fastapi dev --no-reload fastapi_app.py',
      commandDefaults.fastapiDev,
    ),
    requires: ['fastapi[standard]'],
  },
  command(
    'streamlit',
    'streamlit run',
    'streamlit_app',
    'import streamlit as st\nst.write("ok")\n',
    'streamlit run streamlit_app.py --server.headless true',
    commandDefaults.streamlit,
  ),
  program('Flask', 'flask.run', ['from flask import Flask', 'Flask(__name__).run()']),
  program('Flask-SocketIO', 'flaskSocketio.run', [
    'from flask import Flask',
    'from flask_socketio import SocketIO',
    'app = Flask(__name__)',
    'SocketIO(app).run(app, allow_unsafe_werkzeug=True)',
  ]),
  program('dash', 'dash.run', ['from dash import Dash, html', 'app = Dash()', 'app.layout = html.Div()', 'app.run()']),
  program('quart', 'quart.run', ['from quart import Quart', 'Quart(__name__).run()']),
  program('sanic', 'sanic.run', [
    'from sanic import Sanic',
    'app = Sanic("Shop")',
    'app.add_route(lambda request: None, "/")',
    'if __name__ == "__main__":',
    '    app.run(single_process=True)',
  ]),
  program('bottle', 'bottle.run', ['import bottle', 'bottle.run()']),
  program('uvicorn', 'uvicorn.run', ['import uvicorn', 'uvicorn.run("asgi_app:app", lifespan="off")']),
  program('waitress', 'waitress.serve', ['from waitress import serve', 'from wsgi_app import app', 'serve(app)']),
  program('aiohttp', 'aiohttp.runApp', ['from aiohttp import web', 'web.run_app(web.Application())']),
  program('nicegui', 'nicegui.run', ['from nicegui import ui', 'ui.label("ok")', 'ui.run(show=False, reload=False)']),
  program('tornado', 'tornado.listen', [
    'import asyncio, tornado.web',
    'async def main():',
    `    tornado.web.Application().listen(${NAMED_PORT})`,
    '    await asyncio.Event().wait()',
    'asyncio.run(main())',
  ]),
  program('websockets', 'websockets.serve', [
    'import asyncio',
    'from websockets.asyncio.server import serve',
    'async def main():',
    `    async with serve(lambda socket: None, None, ${NAMED_PORT}) as server:`,
    '        await server.serve_forever()',
    'asyncio.run(main())',
  ]),
  program('prometheus-client', 'prometheus.startHttpServer', [
    'import time',
    'from prometheus_client import start_http_server',
    `start_http_server(${NAMED_PORT})`,
    'time.sleep(60)',
  ]),
  program('gevent', 'gevent.server', [
    'from gevent.pywsgi import WSGIServer',
    'from wsgi_app import app',
    `WSGIServer(("", ${NAMED_PORT}), app).serve_forever()`,
  ]),
];
