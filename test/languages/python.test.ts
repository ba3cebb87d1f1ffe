import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { extract, loadGrammars, show, showDefinitions, showListeners, showScope } from './programs.ts';

before(() => loadGrammars('python'));

const flask = 'from flask import Flask\napp = Flask(__name__)\n';

const listening: readonly (readonly [text: string, ...listeners: readonly string[]])[] = [
  [`${flask}app.run(host='0.0.0.0', port=5201, debug=False)`, 'flask.run host "0.0.0.0" port 5201'],
  [`${flask}app.run()`, 'flask.run host - port -'],
  [`${flask}app.run('0.0.0.0', 5_000)`, 'flask.run host "0.0.0.0" port 5000'],
  [`${flask}app.run(port=0x1451)`, 'flask.run host - port 5201'],
  [`${flask}app.run(**options)`, 'flask.run host ? port ?'],
  ['import flask\nflask.Flask(__name__).run(port=1)', 'flask.run host - port 1'],
  [
    'from flask import Flask\ndef create_app():\n  app = Flask(__name__)\n  return app\nserver = create_app()\nserver.run(port=80)',
    'flask.run host - port 80',
  ],
  ['from app import create_app\napp = create_app()\napp.run()', 'flask.run host - port -'],
  ['from project import app\napp.run(debug=True)', 'flask.run host - port -'],
  ['from project import thing\nthing.run(host="0.0.0.0")', 'flask.run host "0.0.0.0" port -'],
  [
    'from flask import Flask\nclass Api(Flask):\n  pass\napi = Api(__name__)\napi.run(port=7)',
    'flask.run host - port 7',
  ],
  [
    'class App:\n  def __init__(self):\n    self.app = Flask(__name__)\n  def go(self):\n    self.app.run(port=self.port)',
    'flask.run host - port self.port',
  ],
  [
    'from flask_socketio import SocketIO\nsocketio = SocketIO(app)\nsocketio.run(app, host="0.0.0.0", port=5)',
    'flaskSocketio.run host "0.0.0.0" port 5',
  ],
  ['from ext import socketio\nsocketio.run(app, "0.0.0.0", 5)', 'flaskSocketio.run host "0.0.0.0" port 5'],
  [
    'import dash\napp = dash.Dash(__name__)\napp.run_server(host="0.0.0.0", port=8050)',
    'dash.run host "0.0.0.0" port 8050',
  ],
  ['from dash import Dash\napp = Dash()\napp.run(port="8050")', 'dash.run host - port "8050"'],
  ['from quart import Quart\napp = Quart(__name__)\napp.run()', 'quart.run host - port -'],
  [
    'from sanic import Sanic\napp = Sanic("x")\napp.run(host="0.0.0.0", port=8000)',
    'sanic.run host "0.0.0.0" port 8000',
  ],
  ['import connexion\napp = connexion.FlaskApp(__name__)\napp.run(port=8080)', 'connexion.run host - port 8080'],
  ['from bottle import run, route\nrun(host="localhost", port=8080)', 'bottle.run host "localhost" port 8080'],
  ['from bottle import Bottle\nBottle().run(port=1)', 'bottle.run host - port 1'],
  [
    'import uvicorn\nuvicorn.run("main:app", host="0.0.0.0", port=int(os.environ.get("PORT", 8080)))',
    'uvicorn.run host "0.0.0.0" port int($PORT|8080)',
  ],
  [
    'import uvicorn\nuvicorn.Server(uvicorn.Config(app, "0.0.0.0", 9000)).run()',
    'uvicorn.run host "0.0.0.0" port 9000',
  ],
  ['import uvicorn\nuvicorn.run(app, uds="/tmp/app.sock")'],
  ['from uvicorn import run\nrun(app, port=5)', 'uvicorn.run host - port 5'],
  [
    'from http.server import HTTPServer\nHTTPServer(("", 8000), Handler).serve_forever()',
    'python.httpServer host "" port 8000',
  ],
  [
    'from http.server import *\nimport http.server\nhttp.server.ThreadingHTTPServer((HOST, PORT), H)',
    'python.httpServer host HOST port PORT',
  ],
  [
    'import http.server as hs\naddress = ("", 8)\nhs.HTTPServer(address, H)',
    'python.httpServer host address[0] port address[1]',
  ],
  [
    'import socketserver\nwith socketserver.TCPServer(("", PORT), H) as httpd:\n  httpd.serve_forever()',
    'python.httpServer host "" port PORT',
  ],
  [
    'from http.server import HTTPServer\nclass S(ThreadingMixIn, HTTPServer):\n  pass\nS(("0.0.0.0", 81), H)',
    'python.httpServer host "0.0.0.0" port 81',
  ],
  [
    'from wsgiref.simple_server import make_server\nwith make_server("", 8000, app) as s:\n  s.serve_forever()',
    'wsgiref.makeServer host "" port 8000',
  ],
  ['from waitress import serve\nserve(app, host="0.0.0.0", port=8080)', 'waitress.serve host "0.0.0.0" port 8080'],
  ['import waitress\nwaitress.serve(app, listen="*:8041")', 'waitress.serve address "*:8041"'],
  ['from aiohttp import web\nweb.run_app(app, port=8080)', 'aiohttp.runApp host - port 8080'],
  ['from aiohttp import web\nsite = web.TCPSite(runner, "0.0.0.0", 8081)', 'aiohttp.runApp host "0.0.0.0" port 8081'],
  [
    'import tornado.web\napp = tornado.web.Application([])\napp.listen(8888, address="127.0.0.1")',
    'tornado.listen host "127.0.0.1" port 8888',
  ],
  [
    'import tornado.httpserver\nserver = tornado.httpserver.HTTPServer(make_app())\nserver.listen(options.port)',
    'tornado.listen host - port options.port',
  ],
  ['server.add_insecure_port("[::]:50051")', 'grpc.python address "[::]:50051"'],
  [
    'import grpc\ns = grpc.server(pool)\ns.add_insecure_port(f"[::]:{port}")',
    'grpc.python address concat("[::]:", port)',
  ],
  [
    'import socket\ns = socket.socket()\ns.bind(("0.0.0.0", 9999))\ns.listen(5)',
    'python.socket host "0.0.0.0" port 9999',
  ],
  [
    'import socket\nwith socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:\n  s.bind((HOST, PORT))\n  s.listen()',
    'python.socket host HOST port PORT',
  ],
  [
    'from gevent.pywsgi import WSGIServer\nWSGIServer(("", 5000), app).serve_forever()',
    'gevent.server host "" port 5000',
  ],
  [
    'import asyncio\nasync def main():\n  await asyncio.start_server(cb, "0.0.0.0", 8888)',
    'python.asyncioServer host "0.0.0.0" port 8888',
  ],
  ['import websockets\nwebsockets.serve(h, "localhost", 8765)', 'websockets.serve host "localhost" port 8765'],
  [
    'import gradio as gr\ndemo = gr.Interface(f, "text", "text")\ndemo.launch(server_name="0.0.0.0", server_port=7860)',
    'gradio.launch host "0.0.0.0" port 7860',
  ],
  ['import gradio as gr\nwith gr.Blocks() as demo:\n  pass\ndemo.queue().launch()', 'gradio.launch host - port -'],
  ['from nicegui import ui\nui.run(port=80)', 'nicegui.run host - port 80'],
  [
    'from prometheus_client import start_http_server\nstart_http_server(9090)',
    'prometheus.startHttpServer host - port 9090',
  ],
  [
    'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x", host="0.0.0.0", port=9)\nmcp.run(transport="sse")',
    'fastmcp.run host "0.0.0.0" port 9',
  ],
  [
    'from hypercorn.asyncio import serve\nconfig = Config()\nconfig.bind = ["0.0.0.0:8080", "0.0.0.0:81"]\nasyncio.run(serve(app, config))',
    'hypercorn.serve address "0.0.0.0:8080"',
    'hypercorn.serve address "0.0.0.0:81"',
  ],
  [
    'class S(http.server.HTTPServer):\n  def __init__(self, port):\n    super().__init__(("", port), H)\nimport http.server\nS(5)',
    'python.httpServer host "" port port',
  ],
  // Nothing of this listens.
  ['import subprocess\nsubprocess.run(["ls"], check=True)'],
  ['import asyncio\nasyncio.run(main())'],
  ['import asyncio\nloop = asyncio.get_event_loop()\nloop.run(main())'],
  ['import discord\nbot = discord.Client()\nbot.run(TOKEN)'],
  ['from telegram import Application\napp = Application()\napp.run()'],
  ['from pyrogram import Client\napp = Client("x")\napp.run()'],
  ['from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\nmcp.run()'],
  ['import socket\ns = socket.socket()\ns.bind(("", 0))'],
  ['import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.bind(("", 53))\nx.listen()'],
  ['button.bind("<Enter>", f)\ns.listen(1)'],
  ['# app.run(port=80)\n"""app.run(port=80)"""'],
  ['store.listen(8000)'],
];

describe('Python: calls that listen', () => {
  for (const [text, ...listeners] of listening) {
    it(text.split('\n').at(-1) ?? '', () => assert.deepEqual(showListeners(extract('.py', text)), listeners));
  }
});

const expressions: readonly (readonly [text: string, shown: string])[] = [
  ['os.environ["PORT"]', '$PORT'],
  ['os.environ.get("PORT")', '$PORT'],
  ['os.environ.get("PORT", 8080)', '$PORT|8080'],
  ['os.getenv("PORT", default="80")', '$PORT|"80"'],
  ['int(os.getenv(NAME, "80"))', 'int($NAME|"80")'],
  ['environ["PORT"]', '$PORT'],
  ['getenv("A") or getenv("B") or 5', '($A or $B or 5)'],
  ['5 if debug else 6', '(debug ? 5 : 6)'],
  ['int(sys.argv[1])', 'int(argv.positional(1))'],
  ['int(sys.argv[1]) if len(sys.argv) > 1 else 80', '((argv.positional(1) != null) ? int(argv.positional(1)) : 80)'],
  ['sys.argv[1] if sys.argv[1:] else 80', '((argv.positional(1) != null) ? argv.positional(1) : 80)'],
  ['a if len(sys.argv) == 2 else b', '(((argv.positional(1) != null) and not (argv.positional(2) != null)) ? a : b)'],
  ['f"{HOST}:{port}/{{x}}"', 'concat(HOST, ":", port, "/{x}")'],
  ['f"0.0.0.0"', '"0.0.0.0"'],
  ['"0.0.0.0:" + str(port)', 'concat("0.0.0.0:", str(port))'],
  ['"{}:{}".format(h, p)', 'concat(h, ":", p)'],
  ['"%s:%d" % (h, p)', 'concat(h, ":", p)'],
  ['"a" "b"', 'concat("a", "b")'],
  ['base + 1', '?'],
  ['-1', '?'],
  ['{"port": 80, "h": x}', '{port: 80, h: x}'],
  ['{**other, "port": 80}', '{port: 80, …}'],
  ['dict(port=80)', '{port: 80}'],
  ['config["port"]', 'config.port'],
  ['config["a"][0]', 'config.a[0]'],
  ['settings.PORT', 'settings.PORT'],
  ['"PORT" in os.environ', '($PORT != null)'],
  ['x is not None and not y', '((x != null) and not y)'],
  ['(yield)', '?'],
  ["r'\\d'", '"\\\\d"'],
  ["'\\x41\\n'", '"A\\n"'],
  ['True', 'true'],
  ['None', 'null'],
  ['[1, "a"]', '[1, "a"]'],
  ['(n := 5)', '5'],
  ['env.int("PORT", default=80)', 'env.int("PORT", default=80)'],
];

describe('Python: expressions', () => {
  for (const [text, shown] of expressions) {
    it(text, () => {
      const program = extract('.py', `import os, sys\nfrom os import environ, getenv\nvalue = ${text}\n`);
      const definition = program.definitions.find(({ name }) => name === 'value');
      assert.ok(definition && definition.value.kind !== 'function' && definition.value.kind !== 'class');
      assert.equal(show(definition.value), shown);
    });
  }
});

const programs: readonly (readonly [name: string, text: string, ...definitions: readonly string[]])[] = [
  [
    'several targets',
    'a = b = 3\nx, y = f()\n(p, q) = 1, 2',
    'a = 3',
    'b = 3',
    'x = f()[0]',
    'y = f()[1]',
    'p = 1',
    'q = 2',
  ],
  [
    'functions',
    'def f(a, b=1, *, c: int = 2, **k):\n  return a\ndef g():\n  def h():\n    return 1\n  return 2',
    'f = (a, b=1, c=2) => [a]',
    'g = () => [2]',
    '[g] h = () => [1]',
  ],
  [
    'settings',
    'class S(BaseSettings):\n  port: int = 8000\n  host: str = Field("x", env="H")\n  class Config:\n    env_prefix = "APP_"',
    'S = class(BaseSettings) {port: 8000, host: Field("x", env="H")}',
    '[S] Config = class() {env_prefix: "APP_"}',
  ],
  [
    'instances',
    'class S:\n  def __init__(self, port=1):\n    self.port = port',
    'S = class() {}',
    '[S] __init__ = (self, port=1) => []',
    '[S.__init__] self.port = port',
  ],
  [
    'branches',
    'if a == 1:\n  p = 1\nelif b:\n  p = 2\nelse:\n  p = 3',
    '[if (a == 1)] p = 1',
    '[if (not (a == 1) and b)] p = 2',
    '[if (not (a == 1) and not b)] p = 3',
  ],
  [
    'what has no one value',
    'for p in ports:\n  pass\np += 1\nwith open(x) as p:\n  pass',
    '[if ?] p = ?',
    'p = ?',
    'p = open(x)',
  ],
  [
    'argparse',
    'parser.add_argument("-p", "--port", type=int, default=8000)\nparser.add_argument("file")\nargs = parser.parse_args()',
    'args = {port: argv.option("-p", "--port", default=8000), file: argv.positional(1)}',
  ],
  [
    'argparse without a default',
    'p.add_argument("--port", dest="x")\np.add_argument("--host", required=True)\na, _ = p.parse_known_args()',
    'a = {x: argv.option("--port", default=null), host: argv.option("--host")}',
    '_ = ?',
  ],
  [
    'argparse with two meanings',
    'a.add_argument("--port", default=1)\nb.add_argument("--port", default=2)\nargs = a.parse_args()',
    'args = {port: ?, port: ?}',
  ],
  [
    'click',
    'import click\n@click.command()\n@click.option("--port", "-p", default=8000, envvar="PORT")\n@click.argument("name")\ndef main(port, name):\n  pass',
    'main = (port=argv.option("--port", "-p", default=$PORT|8000), name=argv.positional(1)) => []',
  ],
  [
    'typer',
    'import typer\napp = typer.Typer()\n@app.command()\ndef main(port: int = typer.Option(8000, "--port"), host: str = "x"):\n  pass\napp()',
    'app = typer.Typer()',
    'main = (port=argv.option("--port", default=8000), host=argv.option("--host", default="x")) => []',
  ],
  [
    'tornado options',
    'from tornado.options import define, options\ndefine("port", default=8888, type=int)\np = options.port',
    'p = argv.option("--port", "-port", default=8888)',
  ],
  ['items', 'app.config["PORT"] = 80', 'app.config.PORT = 80'],
];

describe('Python: definitions', () => {
  for (const [name, text, ...definitions] of programs) {
    it(name, () => assert.deepEqual(showDefinitions(extract('.py', text).definitions), definitions));
  }
});

describe('Python: scopes and calls', () => {
  const scopes: readonly (readonly [text: string, scope: string])[] = [
    ['app.run(port=1)', ''],
    ['if __name__ == "__main__":\n  app.run(port=1)', 'main'],
    ["if '__main__' == __name__:\n  app.run(port=1)", 'main'],
    ['def main():\n  app.run(port=1)', 'main'],
    ['class A:\n  def go(self):\n    if x:\n      pass\n    app.run(port=1)', 'A.go'],
    ['try:\n  app.run(port=1)\nexcept E:\n  pass', ''],
    ['try:\n  pass\nexcept E:\n  app.run(port=1)', 'if ?'],
    ['if DEBUG:\n  app.run(port=1)', 'if DEBUG'],
    ['if DEBUG:\n  pass\nelse:\n  app.run(port=1)', 'unless DEBUG'],
    ['while True:\n  app.run(port=1)', ''],
    ['while x:\n  app.run(port=1)', 'if ?'],
    ['if __name__ == "__main__":\n  if os.environ.get("X") == "1":\n    app.run(port=1)', 'main if ($X == "1")'],
  ];
  for (const [text, scope] of scopes) {
    it(text.replaceAll('\n', ' ⏎ '), () => {
      assert.deepEqual(
        extract('.py', text).listeners.map((listener) => showScope(listener.scope)),
        [scope],
      );
    });
  }

  it('calls of own and imported functions, also through libraries that call them', () => {
    const text = `import asyncio, threading, typer
from server import start
def main(): pass
if __name__ == '__main__':
    asyncio.run(main())
    threading.Thread(target=serve, daemon=True).start()
start(port=80)
typer.run(main)
`;
    const calls = extract('.py', text).calls.map(
      ({ callee, arguments: given, scope }) =>
        `${callee}(${given.map(({ value }) => show(value)).join()}) ${showScope(scope)}`,
    );
    for (const call of ['main() main', 'serve() main', 'start(80) ', 'main() ']) assert.ok(calls.includes(call), call);
  });

  it('imports', () => {
    const text = 'import a, b.c as d\nfrom . import x\nfrom ..core import (y as z, w)\nfrom m import *\n';
    assert.deepEqual(
      extract('.py', text).imports.map(({ module, name, local }) => [module, name, local]),
      [
        ['a', undefined, 'a'],
        ['b.c', undefined, 'd'],
        ['.', 'x', 'x'],
        ['..core', 'y', 'z'],
        ['..core', 'w', 'w'],
        ['m', '*', '*'],
      ],
    );
  });

  it('environment writes and files', () => {
    const text = `import os
from dotenv import load_dotenv, find_dotenv
load_dotenv()
load_dotenv(find_dotenv())
load_dotenv(".env.prod")
os.environ["PORT"] = "80"
os.environ.setdefault("HOST", "x")
os.environ.update({"A": "1"})
os.environ.update(B="2")
`;
    const program = extract('.py', text);
    assert.deepEqual(
      program.environmentFiles.map(({ path }) => show(path)),
      ['-', '-', '".env.prod"'],
    );
    assert.deepEqual(showDefinitions(program.environmentWrites), [
      'PORT = "80"',
      'HOST = $HOST|"x"',
      'A = "1"',
      'B = "2"',
    ]);
  });
});
