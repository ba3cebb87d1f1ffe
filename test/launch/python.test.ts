// What Python programs listen on: frameworks in code, settings modules, the environment.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const flaskApp = (run: string, head = '') => `import os
from flask import Flask
${head}
app = Flask(__name__)

if __name__ == '__main__':
    ${run}
`;
const python = dockerfile('python:3.12-slim', 'CMD ["python", "app.py"]');

test('Flask programs', () =>
  assertRows([
    {
      name: 'a literal port',
      files: { Dockerfile: python, 'app.py': flaskApp("app.run(host='0.0.0.0', port=5201)") },
      listens: '5201',
      at: 'app.py:5201',
      steps: ['CMD ["python", "app.py"]', 'port=5201'],
    },
    {
      name: 'the default port is on loopback',
      files: { Dockerfile: python, 'app.py': flaskApp('app.run()') },
      listens: '127.0.0.1:5000',
      steps: ['Flask listens on 5000 when no port is given'],
    },
    {
      name: 'a default in code',
      files: {
        Dockerfile: python,
        'app.py': flaskApp('app.run(host="0.0.0.0", port=int(os.environ.get("PORT", 8080)))'),
      },
      listens: '8080',
      at: 'app.py:8080',
      steps: ['os.environ.get("PORT", 8080)'],
    },
    {
      name: 'ENV beats the default in code',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'ENV PORT=9000\nCMD ["python", "app.py"]'),
        'app.py': flaskApp('app.run(host="0.0.0.0", port=int(os.environ.get("PORT", 8080)))'),
      },
      listens: '9000',
      at: 'Dockerfile:9000',
      steps: ['ENV PORT=9000'],
    },
    {
      name: 'the task definition beats ENV',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'ENV PORT=9000\nCMD ["python", "app.py"]'),
        'app.py': flaskApp('app.run(host="0.0.0.0", port=int(os.environ["PORT"]))'),
      },
      task: { environment: [{ name: 'PORT', value: '7000' }] },
      listens: '7000',
      at: 'task.json:7000',
      steps: ['environment PORT=7000'],
    },
    {
      name: 'a secret is open',
      files: { Dockerfile: python, 'app.py': flaskApp('app.run(port=int(os.environ.get("PORT", 8080)))') },
      task: { secrets: [{ name: 'PORT', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/port' }] },
      listens: /^unknown: .*PORT is a secret/,
    },
    {
      name: 'an environment file in S3 leaves the variable open',
      files: { Dockerfile: python, 'app.py': flaskApp('app.run(port=int(os.environ.get("PORT", 8080)))') },
      task: { environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::bucket/app.env' }] },
      listens: /^unknown: .*S3/,
    },
    {
      name: 'a variable that nothing sets',
      files: { Dockerfile: python, 'app.py': flaskApp('app.run(port=int(os.environ["PORT"]))') },
      listens: 'unknown: PORT is read from the environment in app.py, and nothing in view sets it',
    },
    {
      name: 'a decoy with another name',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'ENV DB_PORT=5432 REDIS_PORT=6379\nCMD ["python", "app.py"]'),
        'app.py': flaskApp(
          'app.run(host="0.0.0.0", port=int(os.getenv("PORT", "5000")))',
          'DB_PORT = os.environ["DB_PORT"]',
        ),
      },
      listens: '5000',
    },
    {
      name: 'a constant of a settings module',
      files: {
        Dockerfile: python,
        'app.py': flaskApp('app.run(host=settings.HOST, port=settings.PORT)', 'import settings'),
        'settings.py': 'HOST = "0.0.0.0"\nPORT = 5050\n',
      },
      listens: '5050',
      at: 'settings.py:5050',
      steps: ['PORT = 5050'],
    },
    {
      name: 'a name imported from a package',
      files: {
        Dockerfile: python,
        'app.py': flaskApp('app.run(host="0.0.0.0", port=PORT)', 'from config.base import PORT'),
        'config/__init__.py': '',
        'config/base.py': 'import os\nPORT = int(os.getenv("APP_PORT", "6001"))\n',
      },
      listens: '6001',
    },
    {
      name: 'a relative import in a package',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'CMD ["python", "-m", "server"]'),
        'server/__init__.py': '',
        'server/__main__.py': 'from .web import main\nmain()\n',
        'server/web.py':
          'from flask import Flask\nfrom .conf import PORT\napp = Flask(__name__)\ndef main():\n    app.run("0.0.0.0", PORT)\n',
        'server/conf.py': 'PORT = 7070\n',
      },
      listens: '7070',
    },
    {
      name: 'a class of settings',
      files: {
        Dockerfile: python,
        'app.py': flaskApp('app.run(host="0.0.0.0", port=Config.PORT)', 'from config import Config'),
        'config.py': 'import os\nclass Config:\n    PORT = int(os.environ.get("PORT") or 8090)\n',
      },
      listens: '8090',
    },
    {
      name: 'pydantic settings with a default',
      files: {
        Dockerfile: python,
        'app.py': flaskApp('app.run(host="0.0.0.0", port=get_settings().port)', 'from config import get_settings'),
        'config.py': `from functools import lru_cache
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    port: int = 8123

@lru_cache
def get_settings():
    return Settings()
`,
      },
      listens: '8123',
      at: 'config.py:8123',
    },
    {
      name: 'pydantic settings from the environment',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'ENV APP_PORT=8124\nCMD ["python", "app.py"]'),
        'app.py': flaskApp('app.run(host="0.0.0.0", port=settings.port)', 'from config import settings'),
        'config.py': `from pydantic_settings import BaseSettings, SettingsConfigDict

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")
    port: int = 8123

settings = Settings()
`,
      },
      listens: '8124',
      at: 'Dockerfile:8124',
    },
    {
      name: 'a committed .env that the program loads',
      files: {
        Dockerfile: python,
        '.env': 'PORT=4321\n',
        'app.py': flaskApp(
          'app.run(host="0.0.0.0", port=int(os.getenv("PORT", "1")))',
          'from dotenv import load_dotenv\nload_dotenv()',
        ),
      },
      listens: '4321',
      at: '.env:4321',
    },
    {
      name: 'load_dotenv does not override',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'ENV PORT=8000\nCMD ["python", "app.py"]'),
        '.env': 'PORT=4321\n',
        'app.py': flaskApp('app.run(port=int(os.getenv("PORT")))', 'from dotenv import load_dotenv\nload_dotenv()'),
      },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'a function of the program',
      files: {
        Dockerfile: python,
        'app.py': flaskApp(
          'app.run(host="0.0.0.0", port=env("PORT", 8085))',
          'def env(name, default):\n    return os.environ.get(name, default)',
        ),
      },
      listens: '8085',
    },
    {
      name: 'argparse under the command line',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'CMD ["python", "app.py", "--port", "8700"]'),
        'app.py': `import argparse
from flask import Flask
app = Flask(__name__)
parser = argparse.ArgumentParser()
parser.add_argument('--port', type=int, default=5000)
args = parser.parse_args()
app.run(host='0.0.0.0', port=args.port)
`,
      },
      listens: '8700',
      at: 'Dockerfile:8700',
    },
    {
      name: 'main() under the guard',
      files: {
        Dockerfile: python,
        'app.py':
          'from flask import Flask\napp = Flask(__name__)\ndef main(port=8099):\n    app.run("0.0.0.0", port)\nif __name__ == "__main__":\n    main()\n',
      },
      listens: '8099',
    },
    {
      name: 'a conditional setting that is decided',
      files: {
        Dockerfile: dockerfile('python:3.12-slim', 'ENV APP_ENV=production\nCMD ["python", "app.py"]'),
        'app.py': flaskApp(
          'app.run(host="0.0.0.0", port=PORT)',
          'PORT = 5000\nif os.environ.get("APP_ENV") == "production":\n    PORT = 80',
        ),
      },
      listens: '80',
    },
    {
      name: 'a conditional setting that stays open',
      files: {
        Dockerfile: python,
        'app.py': flaskApp('app.run(host="0.0.0.0", port=PORT)', 'PORT = 5000\nif check():\n    PORT = 80'),
      },
      listens: /^unknown/,
    },
  ]));

test('servers of the standard library and FastAPI', () =>
  assertRows([
    {
      name: 'uvicorn.run',
      files: {
        Dockerfile: python,
        'app.py':
          'import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\nif __name__ == "__main__":\n    uvicorn.run("app:app", host="0.0.0.0", port=8181)\n',
      },
      listens: '8181',
    },
    {
      name: 'uvicorn.run ignores UVICORN_PORT',
      files: {
        Dockerfile: dockerfile('python:3.12', 'ENV UVICORN_PORT=9\nCMD python app.py'),
        'app.py': 'import uvicorn\nuvicorn.run("x:app")\n',
      },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'http.server in code',
      files: {
        Dockerfile: python,
        'app.py':
          "from http.server import HTTPServer, BaseHTTPRequestHandler\nHTTPServer(('', 8321), BaseHTTPRequestHandler).serve_forever()\n",
      },
      listens: '8321',
    },
    {
      name: 'two servers',
      files: {
        Dockerfile: python,
        'app.py':
          'from prometheus_client import start_http_server\nfrom flask import Flask\napp = Flask(__name__)\nstart_http_server(9090)\napp.run("0.0.0.0", 8080)\n',
      },
      listens: /^(?:9090 8080|8080 9090)$/,
    },
    {
      name: 'a worker of plain libraries listens nowhere',
      files: { Dockerfile: python, 'app.py': 'import boto3, time\nwhile True:\n    time.sleep(1)\n' },
      listens: 'none',
    },
    {
      name: 'a client of aiohttp listens nowhere',
      files: {
        Dockerfile: python,
        'app.py': 'import asyncio\nimport aiohttp\nasync def main():\n    pass\nasyncio.run(main())\n',
      },
      listens: 'none',
    },
    {
      name: 'a server of aiohttp that is not seen to start',
      files: { Dockerfile: python, 'app.py': 'from aiohttp import web\nhandler = web.Application()\n' },
      listens: /^unknown: no listen call was found in app\.py, and whether aiohttp opens a port is not known$/,
    },
    {
      name: 'a job with the library of an application',
      files: { Dockerfile: python, 'app.py': 'from fastapi import HTTPException\nraise HTTPException(500)\n' },
      listens: 'none',
    },
    {
      name: 'a program that may start another',
      files: { Dockerfile: python, 'app.py': 'import subprocess\nimport twisted\nrun = subprocess.run\n' },
      listens: /^unknown: no listen call was found in app\.py, and whether twisted/,
    },
    {
      name: 'a program that starts another',
      files: { Dockerfile: python, 'app.py': 'import os\nos.system("gunicorn -b :80 a:a")\n' },
      listens: 'unknown: app.py starts other programs',
    },
    {
      name: 'a host that should come from the environment',
      files: { Dockerfile: python, 'app.py': flaskApp('app.run(host=os.environ.get("HOST"), port=80)') },
      listens: '?:80',
    },
    {
      name: 'a library that may listen',
      files: { Dockerfile: python, 'app.py': 'import twisted\n' },
      listens: /^unknown: no listen call was found in app\.py, and whether \w+ opens a port is not known$/,
    },
    {
      name: 'a listener in a function that nothing calls',
      files: {
        Dockerfile: python,
        'app.py': 'from flask import Flask\napp = Flask(__name__)\ndef serve():\n    app.run(port=5)\n',
      },
      listens: /^unknown: no listen call/,
    },
  ]));
