// Shells, entry scripts and wrappers: which command keeps running in the end.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

/** An image whose entry script is `start.sh`. */
function script(text: string, more = '', base = 'python:3.12-slim') {
  return { Dockerfile: dockerfile(base, `${more}\nENTRYPOINT ["./start.sh"]`), 'start.sh': `#!/bin/sh\n${text}\n` };
}

test('shell texts', () =>
  assertRows([
    {
      name: 'shell form',
      files: { Dockerfile: dockerfile('python:3', 'CMD uvicorn a:app --host 0.0.0.0 --port 8100') },
      listens: '8100',
      at: 'Dockerfile:8100',
      steps: ['CMD uvicorn a:app --host 0.0.0.0 --port 8100'],
    },
    {
      name: 'sh -c of the task definition',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["true"]') },
      task: { command: ['sh', '-c', 'python manage.py migrate && gunicorn -b 0.0.0.0:8101 a:a'] },
      listens: '8101',
      at: 'task.json:8101',
    },
    {
      name: 'cd and an assignment before the command',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD cd src && PORT=8102 python app.py'),
        'src/app.py': 'import os\nfrom flask import Flask\nFlask(__name__).run("0.0.0.0", int(os.environ["PORT"]))\n',
      },
      listens: '8102',
      at: 'Dockerfile:8102',
    },
    {
      name: 'export and a later use',
      files: script('export PORT=8103\ngunicorn --bind "0.0.0.0:$PORT" a:a'),
      listens: '8103',
      at: 'start.sh:8103',
      steps: ['ENTRYPOINT ["./start.sh"]', 'gunicorn --bind', 'PORT=8103'],
    },
    {
      name: 'exec "$@" of an entry script',
      files: {
        Dockerfile: dockerfile('python:3', 'ENTRYPOINT ["/app/entry.sh"]\nCMD ["gunicorn", "-b", ":8104", "a:a"]'),
        'entry.sh': '#!/bin/bash\nset -e\npython manage.py migrate --noinput\nexec "$@"\n',
      },
      listens: '8104',
      at: 'Dockerfile:8104',
    },
    {
      name: 'the task command is what exec "$@" runs',
      files: {
        Dockerfile: dockerfile('python:3', 'ENTRYPOINT ["/app/entry.sh"]\nCMD ["gunicorn", "-b", ":8104", "a:a"]'),
        'entry.sh': '#!/bin/bash\nexec "$@"\n',
      },
      task: { command: ['celery', '-A', 'a', 'worker'] },
      listens: 'none',
    },
    {
      name: 'an entryPoint of the task drops the CMD of the image',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["-b", ":1", "a:a"]') },
      task: { entryPoint: ['gunicorn', 'a:a'] },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'an empty entryPoint keeps everything',
      files: { Dockerfile: dockerfile('python:3', 'ENTRYPOINT ["gunicorn"]\nCMD ["-b", ":8105", "a:a"]') },
      task: { entryPoint: [] },
      listens: '8105',
    },
    {
      name: 'a shell-form ENTRYPOINT takes no arguments',
      files: { Dockerfile: dockerfile('python:3', 'ENTRYPOINT gunicorn -b :8106 a:a\nCMD ["-b", ":1"]') },
      task: { command: ['-b', ':2'] },
      listens: '8106',
    },
    {
      name: 'an open command',
      files: { Dockerfile: dockerfile('python:3', 'ENTRYPOINT ["gunicorn", "a:a"]') },
      task: { command: ['{{ must_env `ARGS` }}'] },
      listens: /^unknown/,
    },
    {
      name: 'a test that is decided',
      files: script(
        'if [ "$APP_ENV" = "production" ]; then\n  exec gunicorn -b :8107 a:a\nelse\n  exec flask run\nfi',
        'ENV APP_ENV=production',
      ),
      listens: '8107',
    },
    {
      name: 'a test whose branches agree',
      files: script('if wget -q x; then\n  exec gunicorn -b :8108 a:a --reload\nfi\nexec gunicorn -b :8108 a:a'),
      listens: '8108',
    },
    {
      name: 'a test whose branches differ',
      files: script('if wget -q x; then\n  exec gunicorn -b :8108 a:a\nfi\nexec gunicorn -b :8109 a:a'),
      listens: /^unknown: which command/,
    },
    {
      name: 'a branch that refuses to start',
      files: script('if [ -z "$(ls /data)" ]; then echo empty; exit 1; fi\nexec gunicorn -b :8110 a:a'),
      listens: '8110',
    },
    {
      name: 'case',
      files: script('case "$MODE" in\n web) gunicorn -b :8111 a:a ;;\n worker) celery worker ;;\nesac', 'ENV MODE=web'),
      listens: '8111',
    },
    {
      name: 'case over an argument',
      files: {
        Dockerfile: dockerfile('python:3', 'ENTRYPOINT ["sh", "run.sh"]\nCMD ["web"]'),
        'run.sh': 'case "$1" in\n web) exec gunicorn -b :8112 a:a ;;\n *) exec "$@" ;;\nesac\n',
      },
      listens: '8112',
    },
    {
      name: 'a function',
      files: script('serve() {\n  gunicorn -b ":$1" a:a\n}\nserve 8113'),
      listens: '8113',
    },
    {
      name: 'a server in the background and one in the foreground',
      files: script('uvicorn a:app --port 8114 --host 0.0.0.0 &\ngunicorn -b :8115 b:b'),
      listens: '8114 8115',
    },
    {
      name: 'a worker in the background',
      files: script('celery -A a worker &\ngunicorn -b :8116 b:b'),
      listens: '8116',
    },
    {
      name: 'background and wait',
      files: script('gunicorn -b :8117 b:b &\nwait'),
      listens: '8117',
    },
    {
      name: 'a loop that waits',
      files: script('until nc -z db 5432; do\n  sleep 1\ndone\ngunicorn -b :8118 b:b'),
      listens: '8118',
    },
    {
      name: 'a default that was assigned',
      files: script(': "${PORT:=8119}"\nPORT=${PORT:-8119}\nexec gunicorn -b 0.0.0.0:$PORT b:b'),
      listens: '8119',
    },
    {
      name: 'set -- with the pattern of the official images',
      files: {
        Dockerfile: dockerfile('python:3', 'ENTRYPOINT ["/app/e.sh"]\nCMD ["-b", ":8120", "a:a"]'),
        'e.sh': '#!/bin/sh\nif [ "${1#-}" != "$1" ]; then\n  set -- gunicorn "$@"\nfi\nexec "$@"\n',
      },
      listens: '8120',
    },
    {
      name: 'variables that the script computes',
      files: script('export $(cat /run/secrets/env | xargs)\ngunicorn -b 0.0.0.0:$PORT b:b', 'ENV PORT=1'),
      listens: /^unknown/,
    },
    {
      name: 'a sourced file',
      files: { ...script('. ./env.sh\ngunicorn -b 0.0.0.0:$PORT b:b'), 'env.sh': 'PORT=8121\n' },
      listens: '8121',
      at: 'env.sh:8121',
    },
    {
      name: 'two servers in a row: the second never starts',
      files: script('gunicorn -b :8122 a:a\ngunicorn -b :8123 b:b'),
      listens: '8122',
    },
    {
      name: 'nginx in front of gunicorn on loopback',
      files: script('service nginx start\ngunicorn -b 127.0.0.1:8124 a:a'),
      listens: /^unknown: nginx's configuration .* is not among the files in view/,
    },
    {
      name: 'cron beside the server',
      files: script('service cron start\ngunicorn -b 0.0.0.0:8125 a:a'),
      listens: '8125',
    },
    {
      name: 'a shell without anything to run',
      files: { Dockerfile: dockerfile('debian:12', '') },
      listens: /^unknown/,
    },
    {
      name: 'a script that is only a one-off',
      files: script('python manage.py migrate\necho done'),
      listens: 'none',
    },
    {
      name: 'a script that the image does not hold',
      files: { Dockerfile: 'FROM python:3\nWORKDIR /app\nCOPY src ./\nCMD ["sh", "/opt/run.sh"]\n', 'src/a.py': '' },
      listens: /^unknown: the script \/opt\/run.sh/,
    },
  ]));

test('wrappers', () =>
  assertRows([
    {
      name: 'tini, dumb-init, gosu',
      files: {
        Dockerfile: dockerfile(
          'python:3',
          'ENTRYPOINT ["tini", "-g", "--"]\nCMD ["gosu", "app", "gunicorn", "-b", ":8200", "a:a"]',
        ),
      },
      listens: '8200',
    },
    {
      name: 'env',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["env", "PORT=8201", "gunicorn", "a:a"]') },
      listens: '8201',
      at: 'Dockerfile:8201',
    },
    {
      name: 'wait-for-it',
      files: {
        Dockerfile: dockerfile(
          'python:3',
          'CMD ["./wait-for-it.sh", "db:5432", "--", "gunicorn", "-b", ":8202", "a:a"]',
        ),
      },
      listens: '8202',
    },
    {
      name: 'instrumentation',
      files: {
        Dockerfile: dockerfile(
          'python:3',
          'CMD ["ddtrace-run", "opentelemetry-instrument", "newrelic-admin", "run-program", "gunicorn", "-b", ":8203", "a:a"]',
        ),
      },
      listens: '8203',
    },
    {
      name: 'an unknown command',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["frobnicate", "--port", "1"]') },
      listens: 'unknown: the command `frobnicate` is not known',
    },
    {
      name: 'a secret store sets what it likes',
      files: { Dockerfile: dockerfile('python:3', 'CMD ["chamber", "exec", "app", "--", "gunicorn", "a:a"]') },
      listens: /^unknown/,
    },
  ]));

test('images that are built elsewhere', () =>
  assertRows([
    {
      name: 'a private image',
      files: {},
      listens: 'unknown: the image is built elsewhere, so its program cannot be read',
    },
    { name: 'nginx as it is', files: {}, task: { image: 'nginx:1.27' }, listens: '80' },
    {
      name: 'a private image with a whole command line of a server',
      files: {},
      task: { entryPoint: ['gunicorn', '-b', '0.0.0.0:8300', 'a:a'] },
      listens: '8300',
    },
    {
      name: 'a private image with a command behind an unseen entrypoint',
      files: {},
      task: { command: ['gunicorn', '-b', '0.0.0.0:8300', 'a:a'] },
      listens: /^unknown/,
    },
    {
      name: 'an image whose ENV is not seen',
      files: {},
      task: { entryPoint: ['flask', 'run'] },
      listens: /^unknown/,
    },
    {
      name: 'redis with a port of its own',
      files: {},
      task: { image: 'redis:7', command: ['redis-server', '--port', '1'] },
      listens: '?:1',
    },
    {
      name: 'nginx with a page',
      files: { Dockerfile: 'FROM nginx:alpine\nCOPY html /usr/share/nginx/html\n', 'html/index.html': '' },
      listens: '80',
    },
    {
      name: 'nginx with a configuration of its own',
      files: {
        Dockerfile: 'FROM nginx:alpine\nCOPY nginx.conf /etc/nginx/conf.d/default.conf\n',
        'nginx.conf': 'server { listen 3000; }',
      },
      listens: '3000',
    },
  ]));
