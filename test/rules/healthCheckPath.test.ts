// Which paths programs of Flask, FastAPI, Express and Fastify serve: a row says what the health check asks for, and whether that is
// surely not served. Silence wherever something in the program may answer it.

import { type Row, testServed } from './servedPaths.ts';

const python = (command: string): string => `--- Dockerfile
FROM python:3.13-slim
WORKDIR /app
RUN apt-get update && apt-get install -y wget
COPY . .
CMD ${command}
`;
const node = `--- Dockerfile
FROM node:22
WORKDIR /app
COPY . .
CMD ["node", "server.js"]
--- package.json
{ "name": "web", "dependencies": { "express": "5.1.0", "cors": "2.8.5" } }
`;

const flask = (body: string): string =>
  `${python('["python", "app.py"]')}--- app.py\nfrom flask import Flask, Blueprint\n${body}\napp.run(host="0.0.0.0", port=8080)\n`;
const uvicorn = python('["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8080"]');
const fastapi = (body: string): string => `${uvicorn}--- main.py\nfrom fastapi import FastAPI, APIRouter\n${body}\n`;
const express = (body: string): string =>
  `${node}--- server.js\nconst express = require('express')\nconst app = express()\n${body}\napp.listen(8080)\n`;

const fastify = (body: string): string =>
  `${node}--- server.js\nconst app = require('fastify')({ logger: true })\n${body}\napp.listen({ port: 8080, host: '0.0.0.0' })\n`;

const rows: readonly Row[] = [
  {
    name: 'Flask: decorators, parameters and a query',
    files: flask(
      'app = Flask(__name__)\n@app.route("/users/<int:id>")\ndef user(id): return "u"\n@app.get("/ready")\ndef ready(): return "ok"',
    ),
    unserved: ['/health', '/', '', '/users', '/ready/now'],
    served: ['/ready', '/ready/', '/ready?deep=1', '/users/7', '/READY'],
  },
  {
    name: 'Flask: a blueprint of another file, its prefix replaced',
    files: `${flask('from views.users import users\napp = Flask(__name__)\napp.register_blueprint(users, url_prefix="/v2")')}--- views/__init__.py\n--- views/users.py\nfrom flask import Blueprint\nusers = Blueprint("users", __name__, url_prefix="/v1")\n@users.route("/list")\ndef list(): return "l"\n`,
    unserved: ['/list', '/v1/list'],
    served: ['/v2/list'],
  },
  {
    name: 'Flask: blueprints in a loop',
    files: flask(
      'one = Blueprint("one", __name__)\napp = Flask(__name__)\nfor part in [one]:\n    app.register_blueprint(part)',
    ),
    served: ['/health'],
  },
  {
    name: 'Flask: an extension that adds resources',
    files: flask('from flask_restful import Api\napp = Flask(__name__)\napi = Api(app)'),
    served: ['/health'],
  },
  {
    name: 'Flask: extensions that add nothing',
    files: flask(
      'from flask_cors import CORS\napp = Flask(__name__)\nCORS(app)\napp.config["A"] = 1\napp.logger.info("up")\n@app.get("/")\ndef index(): return "i"',
    ),
    unserved: ['/health'],
    served: ['/'],
  },
  {
    name: 'Flask: a function that runs before the routes',
    files: flask('app = Flask(__name__)\n@app.before_request\ndef first():\n    return "ok"'),
    served: ['/health'],
  },
  {
    name: 'Flask: a function that runs before the routes and answers nothing',
    files: flask('app = Flask(__name__)\n@app.before_request\ndef first():\n    print("in")'),
    unserved: ['/health'],
  },
  {
    name: 'Flask: missing pages are answered with the page of a browser program',
    files: flask('app = Flask(__name__)\n@app.errorhandler(404)\ndef missing(error):\n    return "<html>"'),
    served: ['/health'],
  },
  {
    name: 'Flask: static files at the root',
    files: flask('app = Flask(__name__, static_url_path="")'),
    served: ['/health'],
  },
  {
    name: 'Flask: a file that is not in view',
    files: flask('from routes import attach\nimport .missing\napp = Flask(__name__)\nattach(app)'),
    served: ['/health'],
  },
  {
    name: 'Flask: a factory',
    files: flask(
      'def create():\n    app = Flask(__name__)\n    app.add_url_rule("/up", view_func=up)\n    return app\ndef up(): return "u"\napp = create()',
    ),
    unserved: ['/health'],
    served: ['/up'],
  },
  {
    name: 'FastAPI: routers with prefixes, and its own pages',
    files: `${fastapi('from api import users\nfrom settings import PREFIX\napp = FastAPI(title="Shop")\napp.include_router(users.router, prefix=PREFIX)')}--- settings.py\nPREFIX = "/api"\n--- api/__init__.py\n--- api/users.py\nfrom fastapi import APIRouter\nrouter = APIRouter(prefix="/users")\n@router.get("/{id}/photo")\nasync def photo(id): return 1\n@router.get("")\nasync def all(): return 1\n`,
    unserved: ['/health', '/users', '/api'],
    served: ['/api/users', '/api/users/3/photo', '/docs', '/openapi.json'],
  },
  {
    name: 'FastAPI: a prefix that only the environment knows',
    files: fastapi(
      'import os\nrouter = APIRouter()\n@router.get("/ok")\ndef ok(): return 1\napp = FastAPI()\napp.include_router(router, prefix=os.environ["P"])',
    ),
    served: ['/health'],
  },
  {
    name: 'FastAPI: mounted applications answer all below',
    files: fastapi('app = FastAPI()\napp.mount("/static", something)'),
    unserved: ['/health'],
    served: ['/static', '/static/a/b'],
  },
  {
    name: 'FastAPI: middleware of its own',
    files: fastapi('from own import Probe\napp = FastAPI()\napp.add_middleware(Probe)'),
    served: ['/health'],
  },
  {
    name: 'FastAPI: metrics from a library',
    files: fastapi(
      'from prometheus_fastapi_instrumentator import Instrumentator\napp = FastAPI()\nInstrumentator().instrument(app).expose(app)',
    ),
    served: ['/metrics'],
  },
  {
    name: 'Express: routes, parameters, lists',
    files: express(
      "app.use(express.json())\napp.get('/users/:id', (req, res) => res.send('u'))\napp.all(['/a', '/b'], (req, res) => res.end())\napp.use((req, res) => res.status(404).end())",
    ),
    unserved: ['/health', '/users', '/'],
    served: ['/users/1', '/a', '/b/'],
  },
  {
    name: 'Express: a router of another file',
    files: `${express("const users = require('./users')\napp.use('/users', users)\napp.use('/more', require('./more'))")}--- users.js\nconst { Router } = require('express')\nconst router = Router()\nrouter.route('/list').get((req, res) => res.end())\nmodule.exports = router\n--- more.js\nconst router = require('express').Router()\nrouter.get('/', (req, res) => res.end())\nmodule.exports = router\n`,
    unserved: ['/health', '/list', '/users'],
    served: ['/users/list', '/more'],
  },
  {
    name: 'Express: static files',
    files: express("app.use(express.static('public'))"),
    served: ['/health'],
  },
  {
    name: 'Express: static files below a path',
    files: express("app.use('/assets', express.static('public'))"),
    unserved: ['/health'],
    served: ['/assets/logo.svg'],
  },
  {
    name: 'Express: middleware that looks at the path',
    files: express("app.use((req, res, next) => { if (req.path === '/health') return res.send('ok'); next() })"),
    served: ['/health'],
  },
  {
    name: 'Express: an application that is handed to somebody',
    files: express("require('./routes')(app)"),
    served: ['/health'],
  },
  {
    name: 'Express: functions that are given the application',
    files: `${express("require('./routes')(app)\nconst { admin } = require('./admin')\nadmin('x', app)")}--- routes.js
module.exports = function (app) {
  app.get('/list', (req, res) => res.end())
}
--- admin.js
exports.admin = (name, app) => { app.use('/admin', (req, res) => res.end()) }
`,
    unserved: ['/health', '/'],
    served: ['/list', '/admin/x'],
  },
  {
    name: 'Flask: functions that are given the application',
    files: `${flask('from routes import register\napp = Flask(__name__)\nregister(app)')}--- routes.py
def register(app):
    @app.route("/list")
    def all():
        return "l"

    def inner():
        return 1
`,
    unserved: ['/health', '/'],
    served: ['/list'],
  },
  {
    name: 'Flask: a function that gives the application to a library',
    files: `${flask('from routes import register\napp = Flask(__name__)\nregister(app)')}--- routes.py
from flask_admin import Admin
def register(app):
    Admin(app)
`,
    served: ['/health'],
  },
  {
    name: 'Fastify: routes, options and plugins with a prefix',
    files: `${fastify("app.register(require('@fastify/cors'))\napp.register(require('./users'), { prefix: '/users' })\napp.get('/', async () => 'i')\napp.route({ method: 'GET', url: '/ready', handler })")}--- users.js
module.exports = async function (fastify, options) {
  fastify.get('/:id', async () => 1)
}
`,
    unserved: ['/health', '/users'],
    served: ['/', '/ready', '/users/1'],
  },
  {
    name: 'Fastify: a plugin of a library',
    files: fastify("app.register(require('fastify-healthcheck'))"),
    served: ['/health'],
  },
  {
    name: 'Fastify: a plugin in place below a prefix',
    files: fastify("app.register(async (instance) => { instance.get('/x', h) }, { prefix: '/v1' })"),
    unserved: ['/health'],
    served: ['/v1/x'],
  },
  {
    name: 'Fastify: a hook that answers',
    files: fastify(
      "app.addHook('onRequest', async (request, reply) => { if (request.url === '/health') reply.send('ok') })",
    ),
    served: ['/health'],
  },
  {
    name: 'Fastify: a hook that answers nothing',
    files: fastify("app.addHook('onRequest', async (request, reply) => { reply.header('a', 'b') })"),
    unserved: ['/health'],
  },
  {
    name: 'Flask: routes added to what a factory returns',
    files: `${python('["python", "app.py"]')}--- app.py
from factory import create
web = create()
@web.get("/health")
def health():
    return "ok"
web.run(host="0.0.0.0", port=8080)
--- factory.py
from flask import Flask
def create():
    app = Flask(__name__)
    return app
`,
    served: ['/health'],
  },
  {
    name: 'Express: routes added to what a function returns',
    files: `${node}--- server.js
const { make } = require('./make')
const web = make()
web.get('/health', (req, res) => res.end())
web.listen(8080)
--- make.js
const express = require('express')
exports.make = () => { const app = express(); return app }
`,
    served: ['/health'],
  },
  {
    name: 'Express: an application under another name in another file',
    files: `${express("module.exports = app\nrequire('./more')\nconst cache = new Map()\ncache.get('/x')")}--- more.js
const web = require('./server')
web.get('/health', (req, res) => res.end())
`,
    unserved: ['/other'],
    served: ['/health'],
  },
  {
    name: 'FastAPI: queues, clients and tasks beside the application',
    files: `${fastapi('from worker import celery_app\nfrom queues import Jobs\napp = FastAPI()\n@app.get("/up")\ndef up(): return 1')}--- worker.py
from celery import Celery
celery_app = Celery("x")
@celery_app.task
def work(): return 1
--- queues.py
class Jobs:
    def __init__(self, pool):
        self.pool = pool
        self.client = pool.client()
    def next(self):
        self.client.delete()
        return self.pool.get()
`,
    unserved: ['/health'],
    served: ['/up'],
  },
  {
    name: 'Express: the server beside the application, and a client',
    files: `${express("let server = null\nconst { attach } = require('./socket')\napp.get('/up', (req, res) => res.end())\nserver = app.listen(8080)\nif (server) attach(server)")}--- socket.js
class Caller { call() { return this.httpClient.post('/chat', {}) } }
exports.attach = (socket) => new Caller(socket)
`,
    unserved: ['/health'],
    served: ['/up'],
  },
  {
    name: 'Express: a chain of uses',
    files: express("app.use(express.json()).get('/health', (req, res) => res.end())"),
    served: ['/health'],
  },
  {
    name: 'Express: everything',
    files: express("app.get('*', (req, res) => res.end())"),
    served: ['/health'],
  },
];

testServed(rows);
