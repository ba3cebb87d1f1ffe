// What Python's servers listen on when they are started as commands: gunicorn, uvicorn, flask run, runserver.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

test('python commands', () =>
  assertRows([
    {
      name: 'python -m http.server',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["python", "-m", "http.server", "8088"]') },
      listens: '8088',
      at: 'Dockerfile:8088',
    },
    {
      name: 'python -m http.server on loopback',
      files: { Dockerfile: dockerfile('python:3', 'CMD python3 -m http.server --bind 127.0.0.1') },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'runserver',
      files: { Dockerfile: dockerfile('python:3', 'CMD python manage.py runserver 0.0.0.0:8001') },
      listens: '8001',
      at: 'Dockerfile:8001',
    },
    {
      name: 'runserver without an address',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["python", "manage.py", "runserver"]') },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'runserver with a port alone',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["python", "manage.py", "runserver", "9000"]') },
      listens: '127.0.0.1:9000',
    },
    {
      name: 'runserver 0:8000',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["python", "manage.py", "runserver", "0:8000"]') },
      listens: '8000',
    },
    {
      name: 'migrations',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["python", "manage.py", "migrate"]') },
      listens: 'none',
    },
    {
      name: 'celery',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["celery", "-A", "app", "worker", "-l", "info"]') },
      listens: 'none',
    },
    {
      name: 'flask run',
      files: {
        Dockerfile: dockerfile(
          'python:3',
          'ENV FLASK_APP=app.py\nCMD ["flask", "run", "--host=0.0.0.0", "-p", "5005"]',
        ),
      },
      listens: '5005',
      at: 'Dockerfile:5005',
    },
    {
      name: 'flask run by its variables, not PORT',
      files: {
        Dockerfile: dockerfile(
          'python:3',
          'ENV PORT=1 FLASK_RUN_PORT=5006 FLASK_RUN_HOST=0.0.0.0\nCMD ["flask", "run"]',
        ),
      },
      listens: '5006',
    },
    {
      name: 'flask run with .env',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["flask", "run"]'), '.env': 'FLASK_RUN_PORT=5007\n' },
      listens: '127.0.0.1:5007',
      at: '.env:5007',
    },
    {
      name: 'flask run without anything',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["python", "-m", "flask", "--app", "hello", "run"]') },
      listens: '127.0.0.1:5000',
    },
    {
      name: 'gunicorn -b',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["gunicorn", "-w", "4", "-b", "0.0.0.0:8002", "app:app"]') },
      listens: '8002',
      at: 'Dockerfile:8002',
    },
    {
      name: 'gunicorn --bind=:port',
      files: { Dockerfile: dockerfile('python:3', 'CMD gunicorn --bind=:8003 app:app') },
      listens: '8003',
    },
    {
      name: 'gunicorn twice and a socket',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD gunicorn -b 0.0.0.0:8003 -b [::]:8004 -b unix:/tmp/a.sock app:app'),
      },
      listens: '8003 8004',
    },
    {
      name: 'gunicorn on a socket alone',
      files: { Dockerfile: dockerfile('python:3', 'CMD gunicorn --bind unix:/run/gunicorn.sock app:app') },
      listens: 'none',
    },
    {
      name: 'gunicorn reads PORT',
      files: { Dockerfile: dockerfile('python:3', 'ENV PORT=8005\nCMD gunicorn app:app') },
      listens: '8005',
      at: 'Dockerfile:8005',
    },
    {
      name: 'gunicorn without anything',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["gunicorn", "app:app"]') },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'gunicorn in exec form does not expand',
      files: { Dockerfile: dockerfile('python:3', 'ENV PORT=1\nCMD ["gunicorn", "-b", "0.0.0.0:$PORT", "app:app"]') },
      listens: /^unknown/,
    },
    {
      name: 'gunicorn with PORT of the task definition',
      files: { Dockerfile: dockerfile('python:3', 'CMD gunicorn --bind 0.0.0.0:$PORT app:app') },
      task: { environment: [{ name: 'PORT', value: '7001' }] },
      listens: '7001',
      at: 'task.json:7001',
      steps: ['environment PORT=7001'],
    },
    {
      name: 'gunicorn with a default of the shell',
      files: { Dockerfile: dockerfile('python:3', 'CMD exec gunicorn --bind 0.0.0.0:${PORT:-8006} app:app') },
      listens: '8006',
      at: 'Dockerfile:8006',
      steps: ['${PORT:-8006}'],
    },
    {
      name: 'gunicorn with a variable that nothing sets',
      files: { Dockerfile: dockerfile('python:3', 'CMD gunicorn --bind 0.0.0.0:$PORT app:app') },
      listens: /^unknown: .*PORT is empty, and nothing in view sets it/,
    },
    {
      name: "gunicorn's configuration file",
      files: {
        Dockerfile: dockerfile('python:3', 'CMD gunicorn -c conf/gunicorn.py app:app'),
        'conf/gunicorn.py': 'import os\nport = os.getenv("PORT", "8007")\nbind = f"0.0.0.0:{port}"\nworkers = 2\n',
      },
      listens: '8007',
      at: 'conf/gunicorn.py:8007',
    },
    {
      name: "gunicorn's default configuration file",
      files: {
        Dockerfile: dockerfile('python:3', 'CMD gunicorn app:app'),
        'gunicorn.conf.py': 'bind = ["0.0.0.0:8008"]\n',
      },
      listens: '8008',
    },
    {
      name: 'the command line beats the configuration file',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD gunicorn -b :8009 app:app'),
        'gunicorn.conf.py': 'bind = "0.0.0.0:1"\n',
      },
      listens: '8009',
    },
    {
      name: 'GUNICORN_CMD_ARGS',
      files: {
        Dockerfile: dockerfile(
          'python:3',
          'ENV GUNICORN_CMD_ARGS="--bind=0.0.0.0:8010 --workers=2"\nCMD ["gunicorn", "app:app"]',
        ),
      },
      listens: '8010',
      at: 'Dockerfile:8010',
    },
    {
      name: 'uvicorn',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8011"]'),
      },
      listens: '8011',
      at: 'Dockerfile:8011',
    },
    {
      name: 'uvicorn ignores PORT',
      files: {
        Dockerfile: dockerfile('python:3', 'ENV PORT=80\nCMD ["uvicorn", "app.main:app", "--host", "0.0.0.0"]'),
      },
      listens: '8000',
    },
    {
      name: 'uvicorn by its variables',
      files: {
        Dockerfile: dockerfile('python:3', 'ENV UVICORN_PORT=8012 UVICORN_HOST=0.0.0.0\nCMD python -m uvicorn a:app'),
      },
      listens: '8012',
    },
    {
      name: 'uvicorn on a socket',
      files: { Dockerfile: dockerfile('python:3', 'CMD uvicorn a:app --uds /tmp/a.sock') },
      listens: 'none',
    },
    {
      name: 'fastapi run',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["fastapi", "run", "app/main.py", "--port", "80"]') },
      listens: '80',
    },
    {
      name: 'streamlit',
      files: { Dockerfile: dockerfile('python:3', 'CMD streamlit run app.py --server.port=8502') },
      listens: '8502',
    },
    {
      name: 'chainlit',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD ["chainlit", "run", "app.py", "--host", "0.0.0.0", "--port", "8503"]'),
      },
      listens: '8503',
    },
    {
      name: 'an image that starts gunicorn on PORT',
      files: { Dockerfile: 'FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11\nENV PORT=8504\nCOPY . /app\n' },
      listens: '8504',
      at: 'Dockerfile:8504',
    },
    {
      name: 'poetry run, uv run',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD ["poetry", "run", "uv", "run", "gunicorn", "-b", ":8013", "a:a"]'),
      },
      listens: '8013',
    },
    {
      name: 'a Procfile is not run',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD ["gunicorn", "-b", "0.0.0.0:8014", "a:a"]'),
        Procfile: 'web: gunicorn -b 0.0.0.0:${PORT:-5000} a:a\n',
      },
      listens: '8014',
    },
  ]));
