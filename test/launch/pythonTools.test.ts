// Servers and commands of the Python world: uWSGI, tools with flags and files of their own, console scripts.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';
import { flaskProgram, pythonImage, row } from './shortRows.ts';

test('uWSGI', () =>
  assertRows([
    row('uwsgi http', '5300', {
      Dockerfile: pythonImage('["uwsgi","--http","0.0.0.0:5300","--module","app:app"]'),
      'app.py': 'x=1',
    }),
    row('uwsgi ini', '5301', {
      Dockerfile: pythonImage('["uwsgi","--ini","uwsgi.ini"]'),
      'uwsgi.ini': '[uwsgi]\nmodule = wsgi:app\nhttp-socket = :5301\nmaster = true\n',
    }),
    row('uwsgi ini plain', '5302', {
      Dockerfile: pythonImage('["uwsgi","app.ini"]'),
      'app.ini': '[uwsgi]\nhttp=0.0.0.0:5302\n',
    }),
    row('uwsgi socket', '5303', {
      Dockerfile: pythonImage('["uwsgi","--socket","0.0.0.0:5303","--protocol=http","-w","wsgi:app"]'),
    }),
    row('uwsgi env in ini', '5304', {
      Dockerfile: pythonImage('["uwsgi","uwsgi.ini"]', 'ENV PORT=5304\n'),
      'uwsgi.ini': '[uwsgi]\nhttp = :$(PORT)\n',
    }),
    row('uwsgi unix', /none|unknown/, {
      Dockerfile: pythonImage('["uwsgi","uwsgi.ini"]'),
      'uwsgi.ini': '[uwsgi]\nsocket = /tmp/u.sock\n',
    }),
  ]));

test('servers', () =>
  assertRows([
    row('hypercorn toml', '5305', {
      Dockerfile: pythonImage('["hypercorn","-c","hypercorn.toml","app:app"]'),
      'hypercorn.toml': 'bind = ["0.0.0.0:5305"]\n',
      'app.py': 'x=1',
    }),
    row('hypercorn file:', '5306', {
      Dockerfile: pythonImage('["hypercorn","-c","file:conf.py","app:app"]'),
      'conf.py': 'bind = "0.0.0.0:5306"\n',
      'app.py': 'x=1',
    }),
    row('streamlit config', '5307', {
      Dockerfile: pythonImage('["streamlit","run","app.py"]'),
      '.streamlit/config.toml': '[server]\nport = 5307\naddress = "0.0.0.0"\n',
      'app.py': 'x=1',
    }),
    row('gradio cli', '7860', {
      Dockerfile: pythonImage('["gradio","app.py"]', 'ENV GRADIO_SERVER_NAME=0.0.0.0\n'),
      'app.py': 'import gradio as gr\ndemo = gr.Interface(None, None, None)\ndemo.launch()',
    }),
    row('marimo', '5308', {
      Dockerfile: pythonImage('["marimo","run","app.py","--host","0.0.0.0","-p","5308"]'),
      'app.py': 'x=1',
    }),
    row('jupyter', '8888', { Dockerfile: pythonImage('["jupyter","lab","--ip=0.0.0.0","--allow-root"]') }),
    row('jupyter port', '5309', { Dockerfile: pythonImage('["jupyter","notebook","--ip=0.0.0.0","--port=5309"]') }),
    row('mlflow', '5310', { Dockerfile: pythonImage('["mlflow","server","--host","0.0.0.0","--port","5310"]') }),
    row('mlflow default', '5000', { Dockerfile: pythonImage('["mlflow","ui","--host","0.0.0.0"]') }),
    row('airflow webserver', '8080', { Dockerfile: pythonImage('["airflow","webserver"]') }),
    row('airflow scheduler', 'none', { Dockerfile: pythonImage('["airflow","scheduler"]') }),
    row('flower', '5555', { Dockerfile: pythonImage('["celery","-A","app","flower"]') }),
    row('flower port', '5556', { Dockerfile: pythonImage('["celery","--app=app","flower","--port=5556"]') }),
    row('rq', 'none', { Dockerfile: pythonImage('["rq","worker","high"]') }),
    row('dramatiq', 'none', { Dockerfile: pythonImage('["dramatiq","tasks"]') }),
    row('gunicorn conf', '5311', {
      Dockerfile: pythonImage('["gunicorn","-c","gunicorn.conf.py","app:app"]'),
      'gunicorn.conf.py': "import os\nbind = '0.0.0.0:' + os.environ.get('PORT', '5311')\n",
      'app.py': 'x=1',
    }),
    row('gunicorn python: conf', '5312', {
      Dockerfile: pythonImage('["gunicorn","-c","python:config.gunicorn","app:app"]'),
      'config/gunicorn.py': "bind = '0.0.0.0:5312'\n",
      'app.py': 'x=1',
    }),
  ]));

test('console scripts and tasks', () =>
  assertRows([
    row('project.scripts', '5313', {
      Dockerfile: dockerfile('python:3.12', 'RUN pip install .\nCMD ["myapp"]'),
      'pyproject.toml': '[project]\nname = "myapp"\n[project.scripts]\nmyapp = "myapp.cli:main"\n',
      'myapp/__init__.py': '',
      'myapp/cli.py': "import uvicorn\ndef main():\n    uvicorn.run('myapp.app:app', host='0.0.0.0', port=5313)\n",
    }),
    row('poetry scripts', '5314', {
      Dockerfile: dockerfile('python:3.12', 'RUN pip install poetry && poetry install\nCMD ["poetry","run","serve"]'),
      'pyproject.toml': '[tool.poetry.scripts]\nserve = "app.main:start"\n',
      'app/__init__.py': '',
      'app/main.py': "import uvicorn\ndef start():\n    uvicorn.run('app.main:app', host='0.0.0.0', port=5314)\n",
    }),
    row('uv run script', '5315', {
      Dockerfile: dockerfile('python:3.12', 'RUN uv sync\nCMD ["uv","run","api"]'),
      'pyproject.toml': '[project.scripts]\napi = "pkg.server:main"\n',
      'src/pkg/__init__.py': '',
      'src/pkg/server.py': "import uvicorn\ndef main():\n    uvicorn.run('x:app', host='0.0.0.0', port=5315)\n",
    }),
    row('setup.py entry_points', '5316', {
      Dockerfile: dockerfile('python:3.12', 'RUN pip install .\nCMD ["svc"]'),
      'setup.py':
        "from setuptools import setup\nsetup(name='svc', entry_points={'console_scripts': ['svc=svc.main:main']})",
      'svc/__init__.py': '',
      'svc/main.py':
        "from flask import Flask\napp = Flask(__name__)\ndef main():\n    app.run(host='0.0.0.0', port=5316)\n",
    }),
    row('setup.cfg entry_points', '5317', {
      Dockerfile: dockerfile('python:3.12', 'RUN pip install .\nCMD ["svc"]'),
      'setup.cfg': '[options.entry_points]\nconsole_scripts =\n    svc = svc.main:main\n',
      'svc/__init__.py': '',
      'svc/main.py':
        "from flask import Flask\napp = Flask(__name__)\ndef main():\n    app.run(host='0.0.0.0', port=5317)\n",
    }),
    row('Pipfile scripts', '5319', {
      Dockerfile: pythonImage('["pipenv","run","start"]'),
      Pipfile: '[scripts]\nstart = "python app.py"\n',
      'app.py': flaskProgram('5319'),
    }),
    row('pdm scripts', '5320', {
      Dockerfile: pythonImage('["pdm","run","start"]'),
      'pyproject.toml': '[tool.pdm.scripts]\nstart = "python app.py"\n',
      'app.py': flaskProgram('5320'),
    }),
    row('poe', '5321', {
      Dockerfile: pythonImage('["poetry","run","poe","start"]'),
      'pyproject.toml': '[tool.poe.tasks]\nstart = "python app.py"\n',
      'app.py': flaskProgram('5321'),
    }),
  ]));

test('bots', () =>
  assertRows([
    row('aiogram', 'none', {
      Dockerfile: pythonImage('["python","bot.py"]'),
      'bot.py':
        "import asyncio\nfrom aiogram import Bot, Dispatcher\nasync def main():\n    await Dispatcher().start_polling(Bot('x'))\nasyncio.run(main())",
    }),
    row('discord bot', 'none', {
      Dockerfile: pythonImage('["python","bot.py"]'),
      'bot.py':
        "import os, discord\nfrom discord.ext import commands\nfrom dotenv import load_dotenv\nload_dotenv()\nbot = commands.Bot(command_prefix='!')\nbot.run(os.getenv('TOKEN'))",
    }),
  ]));

const group = (rest: string) => `import click
import uvicorn
@click.group()
def cli():
    pass
@cli.command()
@click.option('--port', default=5318, type=int)
def serve(port):
    uvicorn.run('svc.app:app', host='0.0.0.0', port=port)
@cli.command('work')
def run_worker():
    print('working')
${rest}`;

test('commands with subcommands', () =>
  assertRows([
    row('click group', '5318', {
      Dockerfile: pythonImage('["python","app.py","serve"]'),
      'app.py': group("if __name__ == '__main__':\n    cli()\n"),
    }),
    row('click group with an option', '99', {
      Dockerfile: pythonImage('["python","app.py","serve","--port","99"]'),
      'app.py': group("if __name__ == '__main__':\n    cli()\n"),
    }),
    row('another command of the group', /^unknown|^none/, {
      Dockerfile: pythonImage('["python","app.py","work"]'),
      'app.py': group("if __name__ == '__main__':\n    cli()\n"),
    }),
    row('click group as a console script', '5318', {
      Dockerfile: pythonImage('["svc","serve"]'),
      'pyproject.toml': '[project.scripts]\nsvc = "svc.cli:cli"\n',
      'svc/__init__.py': '',
      'svc/cli.py': group(''),
    }),
    row('typer.run', '5225', {
      Dockerfile: pythonImage('["python","app.py"]'),
      'app.py': `import typer
import uvicorn
def main(port: int = 5225):
    uvicorn.run('x:app', host='0.0.0.0', port=port)
if __name__ == '__main__':
    typer.run(main)
`,
    }),
  ]));

test('scripts of many open tests', () =>
  assertRows([
    row('shell 20 ifs agree', '5324', {
      Dockerfile: pythonImage('["sh","start.sh"]'),
      'start.sh':
        '#!/bin/sh\n' +
        'abcdefgh'
          .split('')
          .map((x) => `if [ "$(cat /x${x})" = "1" ]; then\n  echo ${x}\nfi\n`)
          .join('') +
        'exec gunicorn -b 0.0.0.0:5324 app:app\n',
      'app.py': 'x=1',
    }),
    row('shell 20 secrets ifs', '5325', {
      Dockerfile: pythonImage('["sh","start.sh"]'),
      'start.sh':
        '#!/bin/sh\n' +
        'abcdefgh'
          .split('')
          .map((x) => `if [ -f /x${x} ]; then\n  export V${x}=1\nfi\n`)
          .join('') +
        'exec gunicorn -b 0.0.0.0:5325 app:app\n',
      'app.py': 'x=1',
    }),
  ]));
