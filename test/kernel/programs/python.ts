// Python programs, on the standard library alone.

import { imageOf, type KernelProgram } from '../program.ts';

const base = 'python:3.12-slim';

function script(
  name: string,
  text: string,
  more: Partial<KernelProgram> = {},
  last = 'CMD ["python3", "app.py"]',
): KernelProgram {
  return {
    name,
    runtime: 'python3',
    files: { Dockerfile: imageOf(base, last), 'app.py': text, ...more.files },
    ...(more.environment && { environment: more.environment }),
  };
}

const serve = 'from http.server import HTTPServer, BaseHTTPRequestHandler\n';

export const python: readonly KernelProgram[] = [
  script(
    'a literal port on every interface',
    `${serve}HTTPServer(("0.0.0.0", 5201), BaseHTTPRequestHandler).serve_forever()\n`,
  ),
  script('loopback', `${serve}HTTPServer(("127.0.0.1", 5202), BaseHTTPRequestHandler).serve_forever()\n`),
  script('localhost by name', `${serve}HTTPServer(("localhost", 5203), BaseHTTPRequestHandler).serve_forever()\n`),
  script('an empty host', `${serve}HTTPServer(("", 5204), BaseHTTPRequestHandler).serve_forever()\n`),
  script(
    'a variable with a default',
    `import os\n${serve}port = int(os.environ.get("PORT", "5205"))\nHTTPServer(("", port), BaseHTTPRequestHandler).serve_forever()\n`,
  ),
  script(
    'the same variable, set by the task',
    `import os\n${serve}port = int(os.environ.get("PORT", "5205"))\nHTTPServer(("", port), BaseHTTPRequestHandler).serve_forever()\n`,
    { environment: { PORT: '6205' } },
  ),
  script(
    'ENV of the image, and the task on top',
    `import os\n${serve}HTTPServer((os.getenv("HOST", "127.0.0.1"), int(os.environ["PORT"])), BaseHTTPRequestHandler).serve_forever()\n`,
    { environment: { HOST: '0.0.0.0' } },
    'ENV PORT=5206\nCMD ["python3", "app.py"]',
  ),
  script(
    'settings in a module',
    `from config import settings\n${serve}HTTPServer((settings.host, settings.port), BaseHTTPRequestHandler).serve_forever()\n`,
    {
      files: {
        'config.py':
          'import os\n\n\nclass Settings:\n    host = "0.0.0.0"\n    port = int(os.getenv("APP_PORT", 5207))\n\n\nsettings = Settings()\n',
      },
    },
  ),
  script(
    'settings in JSON',
    `import json\n${serve}with open("config.json") as file:\n    config = json.load(file)\nHTTPServer((config["host"], config["port"]), BaseHTTPRequestHandler).serve_forever()\n`,
    {
      files: { 'config.json': '{ "host": "0.0.0.0", "port": 5208 }\n' },
    },
  ),
  script(
    'an argument of argparse',
    `import argparse\n${serve}parser = argparse.ArgumentParser()\nparser.add_argument("--port", type=int, default=5209)\nargs = parser.parse_args()\nHTTPServer(("", args.port), BaseHTTPRequestHandler).serve_forever()\n`,
    {},
    'CMD ["python3", "app.py", "--port", "6209"]',
  ),
  script(
    'the default of argparse',
    `import argparse\n${serve}parser = argparse.ArgumentParser()\nparser.add_argument("--port", type=int, default=5210)\nargs = parser.parse_args()\nHTTPServer(("", args.port), BaseHTTPRequestHandler).serve_forever()\n`,
  ),
  script(
    'a main function behind the guard',
    `${serve}\n\ndef main(port=5211):\n    HTTPServer(("", port), BaseHTTPRequestHandler).serve_forever()\n\n\nif __name__ == "__main__":\n    main()\n`,
  ),
  script(
    'wsgiref',
    'from wsgiref.simple_server import make_server\n\n\ndef app(environ, start_response):\n    start_response("200 OK", [])\n    return [b""]\n\n\nmake_server("", 5212, app).serve_forever()\n',
  ),
  script(
    'asyncio',
    'import asyncio\n\n\nasync def handle(reader, writer):\n    writer.close()\n\n\nasync def main():\n    server = await asyncio.start_server(handle, "0.0.0.0", 5213)\n    async with server:\n        await server.serve_forever()\n\n\nasyncio.run(main())\n',
  ),
  script(
    'a plain socket',
    'import socket\n\nserver = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\nserver.bind(("0.0.0.0", 5214))\nserver.listen()\nwhile True:\n    server.accept()\n',
  ),
  script(
    'socketserver',
    'import socketserver\n\nPORT = 5215\nwith socketserver.TCPServer(("", PORT), socketserver.BaseRequestHandler) as server:\n    server.serve_forever()\n',
  ),
  script(
    'two servers',
    `import threading\n${serve}threading.Thread(target=HTTPServer(("127.0.0.1", 9216), BaseHTTPRequestHandler).serve_forever).start()\nHTTPServer(("", 5216), BaseHTTPRequestHandler).serve_forever()\n`,
  ),
  script('a worker', 'import time\n\nwhile True:\n    time.sleep(1)\n'),
  script('the module http.server', '', {}, 'CMD ["python3", "-m", "http.server"]'),
  script(
    'the module http.server with a port and an address',
    '',
    {},
    'CMD ["python3", "-m", "http.server", "5217", "--bind", "127.0.0.1"]',
  ),
  script(
    'a package with __main__',
    '',
    {
      files: {
        'web/__init__.py': '',
        'web/__main__.py': `${serve}HTTPServer(("", 5218), BaseHTTPRequestHandler).serve_forever()\n`,
      },
    },
    'CMD ["python3", "-m", "web"]',
  ),
];
