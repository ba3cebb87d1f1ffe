// The script that a command names and that the image does not hold: said only where it is sure.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import { launchWorkspace, loadGrammars } from './helper.ts';

interface Row {
  readonly name: string;
  readonly files: Workspace;
  readonly missing: string | undefined;
}

const rows: readonly Row[] = [
  {
    name: 'a script outside of what was copied',
    files: {
      Dockerfile: 'FROM python:3\nWORKDIR /app\nCOPY src/ ./src/\nCMD ["python", "app.py"]\n',
      'src/app.py': '',
    },
    missing: '/app/app.py',
  },
  {
    name: 'an entry script that is not copied',
    files: {
      Dockerfile: 'FROM python:3\nWORKDIR /app\nCOPY app.py .\nENTRYPOINT ["./start.sh"]\n',
      'app.py': '',
      'start.sh': '#!/bin/sh\n',
    },
    missing: '/app/start.sh',
  },
  {
    name: 'a script that is there',
    files: { Dockerfile: 'FROM python:3\nWORKDIR /app\nCOPY app.py .\nCMD ["python", "app.py"]\n', 'app.py': '' },
    missing: undefined,
  },
  {
    name: 'a copy of everything may bring what is made before the build',
    files: { Dockerfile: 'FROM python:3\nWORKDIR /app\nCOPY . .\nCMD ["python", "generated.py"]\n' },
    missing: undefined,
  },
  {
    name: 'a file that RUN makes',
    files: {
      Dockerfile:
        'FROM node:20\nWORKDIR /app\nCOPY src src\nRUN node src/make.js > server.js\nCMD ["node", "server.js"]\n',
      'src/make.js': '',
    },
    missing: undefined,
  },
  {
    name: 'installing brings no program',
    files: {
      Dockerfile:
        'FROM python:3\nWORKDIR /app\nRUN apt-get update && apt-get install -y gcc\nCOPY src src\nRUN pip install -r src/req.txt\nCMD ["python", "app.py"]\n',
      'src/app.py': '',
      'src/req.txt': '',
    },
    missing: '/app/app.py',
  },
  {
    name: 'any other RUN may bring one',
    files: {
      Dockerfile:
        'FROM python:3\nWORKDIR /app\nCOPY src src\nRUN django-admin startproject site .\nCMD ["python", "manage.py", "runserver"]\n',
      'src/app.py': '',
    },
    missing: undefined,
  },
  {
    name: 'a RUN of an earlier stage',
    files: {
      Dockerfile:
        'FROM node:20 AS build\nWORKDIR /b\nCOPY src src\nRUN npm run build\nFROM node:20\nWORKDIR /app\nCOPY --from=build /b/result ./\nCMD ["node", "server.js"]\n',
      'src/a.ts': '',
    },
    missing: undefined,
  },
  {
    name: 'a file of the base image',
    files: { Dockerfile: 'FROM acme/base:1\nCOPY conf /conf\nENTRYPOINT ["/usr/local/bin/start.sh"]\n', 'conf/a': '' },
    missing: undefined,
  },
  {
    name: 'an unknown base image may hold anything',
    files: { Dockerfile: 'FROM acme/base:1\nWORKDIR /app\nCOPY conf /conf\nCMD ["python", "app.py"]\n', 'conf/a': '' },
    missing: undefined,
  },
  {
    name: 'a built file',
    files: {
      Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY src src\nCMD ["node", "dist/main.js"]\n',
      'src/main.js': '',
    },
    missing: undefined,
  },
  {
    name: 'a command of the path',
    files: { Dockerfile: 'FROM python:3\nWORKDIR /app\nCOPY a.py .\nCMD ["gunicorn", "a:a"]\n', 'a.py': '' },
    missing: undefined,
  },
];

test('missing entry files', async () => {
  await loadGrammars();
  for (const { name, files, missing } of rows) {
    assert.equal(launchWorkspace(files).missingEntry?.path, missing, name);
  }
});
