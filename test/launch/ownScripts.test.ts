// Scripts of the project that bear the name of a server or of a tool: what they say counts, not their name.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

test('Scripts of the project with names of servers', () =>
  assertRows([
    {
      name: "startup.sh is not Tomcat's",
      files: {
        Dockerfile: dockerfile('python:3.12', 'CMD ["./startup.sh"]'),
        'startup.sh': '#!/bin/bash\nexec uvicorn engine.main:app --host 0.0.0.0 --port 8002\n',
      },
      listens: '8002',
      at: 'startup.sh:8002',
    },
    {
      name: 'serve without an ending is read by its first line',
      files: {
        Dockerfile: dockerfile('python:3.12', 'CMD ["/app/serve"]'),
        serve: '#!/bin/sh\nexec gunicorn -b 0.0.0.0:8080 wsgi:app\n',
      },
      listens: '8080',
      at: 'serve:8080',
    },
    {
      name: 'start.sh beside an image that starts by a script of that name',
      files: {
        Dockerfile:
          'FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11\nCOPY start.sh /start.sh\nCOPY app /app\nCMD ["/start.sh"]\n',
        'start.sh': '#!/bin/sh\nexec uvicorn main:app --host 0.0.0.0 --port 9000\n',
        'app/main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
      },
      listens: '9000',
      at: 'start.sh:9000',
    },
    {
      name: "Tomcat's own script stays Tomcat's",
      files: { Dockerfile: dockerfile('tomcat:10.1', 'CMD ["catalina.sh", "run"]') },
      listens: '8080',
    },
  ]));
