import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dockerfile, ImageCommand } from '../../server/src/facts/dockerfile.ts';
import { factOf } from '../../server/src/facts/fileFacts.ts';
import { knownValue } from '../../server/src/facts/value.ts';
import { buildImage, type Image } from '../../server/src/launch/image.ts';
import { matchesGlob } from '../../server/src/launch/imageFiles.ts';
import { imageHasTool } from '../../server/src/launch/imageTools.ts';
import { dockerfile as source } from '../../server/src/sources/dockerfile.ts';
import { cpuMilliseconds } from '../cpuTime.ts';

function read(text: string): Dockerfile {
  const fact = factOf(source.extract({ uri: 'file:///w/Dockerfile', text }), 'dockerfile');
  assert.ok(fact);
  return fact;
}

/** The image of the last stage, in a workspace of these files. */
function image(text: string, files: readonly string[] = []): Image {
  const dockerfile = read(text);
  const uris = new Set(files.map((file) => `file:///w/${file}`));
  return buildImage(dockerfile, dockerfile.stages.length - 1, 'file:///w', {
    exists: (uri) => uris.has(uri),
    folderExists: (uri) => uri === 'file:///w' || [...uris].some((file) => file.startsWith(`${uri}/`)),
  });
}

const words = (command: ImageCommand | undefined) =>
  command && `${command.form}: ${command.words.map((word) => knownValue(word) ?? '?').join(' ')}`;

test('the command is inherited as Docker inherits it', () => {
  const table: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['FROM unknown/base\nCMD a', undefined, 'shell: a'],
    ['FROM unknown/base', undefined, undefined],
    ['FROM python:3.12', undefined, 'exec: python3'],
    ['FROM node:20\nCMD ["server.js"]', undefined, 'exec: server.js'],
    ['FROM nginx:1.27', undefined, 'exec: nginx -g daemon off;'],
    ['FROM python:3.12\nENTRYPOINT ["x"]', 'exec: x', undefined],
    ['FROM python:3.12\nCMD ["y"]\nENTRYPOINT ["x"]', 'exec: x', 'exec: y'],
    ['FROM a AS one\nCMD ["y"]\nFROM one\nENTRYPOINT ["x"]', 'exec: x', undefined],
    ['FROM a AS one\nENTRYPOINT ["x"]\nCMD ["y"]\nFROM one\nCMD ["z"]', 'exec: x', 'exec: z'],
    ['FROM a AS one\nENTRYPOINT ["x"]\nFROM one\nENTRYPOINT []', undefined, undefined],
    ['FROM gcr.io/distroless/nodejs20-debian12\nCMD ["app.js"]', 'exec: /nodejs/bin/node', 'exec: app.js'],
  ];
  for (const [text, entrypoint, cmd] of table) {
    const built = image(text);
    assert.equal(words(built.entrypoint), entrypoint, text);
    assert.equal(words(built.cmd), cmd, text);
  }
});

test('environment, working directory, shell and health check are inherited', () => {
  const built = image(
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0 AS one\nENV A=1 B=1\nWORKDIR /srv\nSHELL ["/bin/bash", "-c"]\nHEALTHCHECK CMD x\nFROM one\nENV B=2\nWORKDIR app\nWORKDIR ../web',
  );
  const environment = Object.fromEntries([...built.environment].map(([name, value]) => [name, knownValue(value)]));
  assert.deepEqual(environment, { ASPNETCORE_HTTP_PORTS: '8080', A: '1', B: '2' });
  assert.equal(built.workingDirectory, '/srv/web');
  assert.deepEqual(built.shell, ['/bin/bash', '-c']);
  assert.notEqual(built.healthCheck, undefined);
  assert.equal(knownValue(built.baseImage), 'mcr.microsoft.com/dotnet/aspnet:8.0');
  assert.equal(image('FROM a\nARG D\nWORKDIR $D').workingDirectory, undefined);
  assert.equal(image('FROM a\nARG D\nWORKDIR $D\nWORKDIR /x').workingDirectory, '/x');
  assert.equal(image('FROM a').workingDirectory, '/');
  assert.equal(image('FROM golang:1.23').workingDirectory, '/go');
});

interface FileCase {
  readonly name: string;
  readonly text: string;
  readonly files?: readonly string[];
  /** Container path → workspace path, or undefined. */
  readonly map: Readonly<Record<string, string | undefined>>;
  readonly complete?: boolean;
}

const fileCases: readonly FileCase[] = [
  {
    name: 'the whole context into the working directory',
    text: 'FROM python:3.12\nWORKDIR /app\nCOPY . .',
    files: ['app.py', 'src/x.py'],
    map: {
      '/app/app.py': 'app.py',
      '/app/src/x.py': 'src/x.py',
      '/app/none.py': 'none.py',
      '/app': '',
      '/srv/app.py': undefined,
    },
    complete: true,
  },
  {
    name: 'a folder copies what is in it',
    text: 'FROM python:3.12\nWORKDIR /app\nCOPY src/ ./\nCOPY lib /opt/lib\nCOPY src ./src',
    files: ['src/a.py', 'lib/b.py'],
    map: { '/app/a.py': 'src/a.py', '/opt/lib/b.py': 'lib/b.py', '/app/src/a.py': 'src/a.py' },
  },
  {
    name: 'a file keeps its name in a folder and takes another one elsewhere',
    text: 'FROM python:3.12\nWORKDIR /app\nCOPY a.py .\nCOPY a.py /x/\nCOPY a.py /y\nCOPY a.py /z/main.py\nCOPY a.py b.py sub/\nCOPY b.py /z\nCOPY a.py /app',
    files: ['a.py', 'b.py'],
    map: {
      '/app/a.py': 'a.py',
      '/x/a.py': 'a.py',
      '/y': 'a.py',
      '/z/main.py': 'a.py',
      '/app/sub/b.py': 'b.py',
      '/z/b.py': 'b.py',
      '/x/b.py': undefined,
    },
  },
  {
    name: 'wildcards',
    text: 'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nCOPY src/*.py /srv/\nCOPY target/*.jar app.jar',
    files: ['package.json', 'package-lock.json', 'src/a.py'],
    map: {
      '/app/package.json': 'package.json',
      '/app/package-lock.json': 'package-lock.json',
      '/app/other.json': undefined,
      '/srv/a.py': 'src/a.py',
      '/app/app.jar': 'target/*.jar',
    },
  },
  {
    name: 'later copies win, and files that exist before those that do not',
    text: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCOPY conf/prod.py settings.py\nCOPY gone/ ./',
    files: ['settings.py', 'app.py', 'conf/prod.py'],
    map: { '/app/settings.py': 'conf/prod.py', '/app/app.py': 'app.py' },
  },
  {
    name: 'copies from another stage follow its own copies',
    text: 'FROM node:20 AS Build\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM node:20-slim\nWORKDIR /app\nCOPY --from=build /src/dist ./dist\nCOPY --from=build /src/package.json .\nCOPY --from=0 /src/server /srv/server',
    files: ['package.json', 'src/main.ts', 'server/a.js'],
    map: {
      '/app/dist/main.js': 'dist/main.js',
      '/app/package.json': 'package.json',
      '/srv/server/a.js': 'server/a.js',
      '/app/src/main.ts': undefined,
    },
    complete: false,
  },
  {
    name: 'a stage keeps the files of the stage it starts from',
    text: 'FROM python:3.12 AS base\nWORKDIR /app\nCOPY a.py .\nFROM base\nCOPY b.py .',
    files: ['a.py', 'b.py'],
    map: { '/app/a.py': 'a.py', '/app/b.py': 'b.py' },
    complete: true,
  },
  {
    name: 'JSON form, options and ADD',
    text: 'FROM python:3.12\nCOPY --chown=1:1 ["a b.py", "/x/"]\nADD --chmod=755 run.sh /run.sh',
    files: ['a b.py', 'run.sh'],
    map: { '/x/a b.py': 'a b.py', '/run.sh': 'run.sh' },
    complete: true,
  },
  {
    name: 'a folder that is built outside the image',
    text: 'FROM node:20\nWORKDIR /app\nCOPY build/ ./build/',
    files: ['package.json'],
    map: { '/app/build/index.js': 'build/index.js' },
    complete: false,
  },
  {
    name: 'what is not in view',
    text: 'FROM python:3.12\nARG D\nCOPY --from=other/image /x /x\nCOPY a.py $D/\nADD https://x.org/y /y',
    files: ['a.py'],
    map: { '/x/a': undefined, '/y': undefined },
    complete: false,
  },
  {
    name: 'a stage that copies from itself or from one that is not there',
    text: 'FROM python:3.12 AS one\nCOPY --from=one /a /b\nCOPY --from=7 /a /b',
    map: { '/b': undefined },
    complete: false,
  },
];

for (const { name, text, files, map, complete } of fileCases) {
  test(`maps files: ${name}`, () => {
    const built = image(text, files).files;
    for (const [path, file] of Object.entries(map)) {
      const expected = file === undefined ? undefined : file === '' ? 'file:///w' : `file:///w/${file}`;
      assert.equal(built.workspaceUri(path), expected, path);
      if (expected !== undefined && files?.includes(file ?? '')) {
        assert.ok(built.containerPaths(expected).includes(path), `${expected} at ${path}`);
      }
    }
    if (complete !== undefined) assert.equal(built.complete, complete);
  });
}

test('which RUN may create files', () => {
  const harmless = [
    'apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*',
    'pip install --no-cache-dir -r requirements.txt',
    'python -m pip install x 2>&1 >/dev/null',
    'npm ci --omit=dev && npm cache clean --force',
    'yarn --frozen-lockfile',
    'yarn install',
    'apk add --no-cache bash; chmod +x /run.sh; chown -R a:a /app; mkdir -p /data',
    'useradd -m app',
    'go mod download',
    'poetry install --no-root',
    'bundle install',
    'npm prune --omit=dev',
    'pip install "flask>=2.0"',
  ];
  const creating = [
    'npm run build',
    'git clone https://x.y/z',
    'curl -o /run.sh https://x.y/z',
    'cp a b',
    'echo "x" > /run.sh',
    './build.sh',
    'python manage.py collectstatic',
    'ln -s /a /b',
    'for f in a b; do $f; done',
    'bundle exec rake assets:precompile',
    'sh -c "cp a b"',
    'if true; then mv a b; fi',
  ];
  for (const run of harmless) assert.equal(image(`FROM python:3.12\nRUN ${run}`).files.complete, true, run);
  for (const run of creating) assert.equal(image(`FROM python:3.12\nRUN ${run}`).files.complete, false, run);
  assert.equal(image('FROM acme/base\nCOPY a b').files.complete, false);
  assert.equal(image('FROM python:3.12-onbuild').files.complete, false);
});

test('stages that copy from each other in many ways end', () => {
  const lines = ['FROM scratch AS s0', 'COPY . /'];
  for (let stage = 1; stage < 40; stage++) {
    lines.push(`FROM scratch AS s${stage}`);
    for (let copy = 0; copy < 6; copy++) lines.push(`COPY --from=s${stage - 1} /d${copy} /`);
  }
  const started = cpuMilliseconds();
  const built = image(lines.join('\n'), ['a.py']);
  built.files.workspaceUri('/x/y');
  built.files.containerPaths('file:///w/a.py');
  const dockerfile = read(lines.join('\n'));
  imageHasTool(dockerfile, 39, 'curl');
  assert.ok(cpuMilliseconds() - started < 3000);
});

test('globs match names as Go does', () => {
  const table: readonly (readonly [string, string, boolean])[] = [
    ['*.py', 'a.py', true],
    ['*.py', 'a.pyc', false],
    ['package*.json', 'package.json', true],
    ['?.txt', 'ab.txt', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['*', '', true],
    ['a*b*c', 'aXbYc', true],
    ['[', '[', false],
  ];
  for (const [glob, name, expected] of table) assert.equal(matchesGlob(glob, name), expected, `${glob} ${name}`);
  const started = cpuMilliseconds();
  matchesGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(20_000));
  assert.ok(cpuMilliseconds() - started < 1000);
});

const tools: readonly (readonly [string, string, boolean | undefined])[] = [
  ['FROM python:3.12', 'curl', true],
  ['FROM python:3.12-slim', 'curl', false],
  ['FROM python:3.12-alpine', 'curl', false],
  ['FROM python:3.12-alpine', 'wget', true],
  ['FROM python:3.12-slim', 'python', true],
  ['FROM python:3.12-slim', 'pg_isready', undefined],
  ['FROM acme/base', 'curl', undefined],
  ['FROM scratch', 'curl', false],
  ['FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends gcc curl', 'curl', true],
  [
    'FROM python:3.12-slim\nRUN apt-get update && \\\n  # tools\n  apt-get install -y \\\n    curl=7.88.1-10+deb12u5 \\\n    git',
    'curl',
    true,
  ],
  ['FROM python:3.12-slim\nRUN pip install curl && npm i -g curl', 'curl', false],
  ['FROM python:3.12-slim\nRUN apt-get install -y libcurl4-openssl-dev curlftpfs', 'curl', false],
  ['FROM acme/base\nRUN apk add --no-cache curl', 'curl', true],
  ['FROM alpine\nRUN apk --no-cache add curl~=8', 'curl', true],
  ['FROM alpine\nRUN apk add --virtual .deps curl && apk del .deps', 'curl', false],
  ['FROM debian\nRUN apt-get install -y curl && apt-get purge -y --auto-remove curl', 'curl', false],
  ['FROM debian\nRUN apt-get install -y curl && curl -fsSL x | bash - && apt-get install -y nodejs', 'curl', true],
  ['FROM debian\nRUN if [ "$X" = y ]; then apt-get install -y curl; fi', 'curl', undefined],
  ['FROM debian\nARG P\nRUN apt-get install -y $P', 'curl', undefined],
  ['FROM debian\nRUN ./setup.sh', 'curl', undefined],
  ['FROM debian\nRUN ["apt-get", "install", "curl"]', 'curl', true],
  ['FROM debian\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF', 'curl', true],
  ['FROM debian\nRUN bash -c "apt-get install -y curl"', 'curl', true],
  ['FROM debian\nRUN sudo apt-get install -y netcat-openbsd', 'nc', true],
  ['FROM debian\nCOPY entrypoint.sh /usr/local/bin/\nCOPY . /app', 'curl', false],
  ['FROM debian\nCOPY bin/ /usr/local/bin/', 'curl', undefined],
  ['FROM debian\nCOPY --from=curlimages/curl /usr/bin/curl /usr/bin/curl', 'curl', true],
  ['FROM debian\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/', 'curl', false],
  ['FROM debian\nCOPY --from=acme/tools /usr /usr', 'curl', undefined],
  [
    'FROM python:3.12 AS b\nFROM python:3.12-slim\nCOPY --from=b /install /usr/local\nCOPY --from=b /usr/local/bin /usr/local/bin',
    'curl',
    false,
  ],
  ['FROM python:3.12 AS b\nFROM debian\nCOPY --from=b /usr/bin /usr/bin', 'curl', true],
  ['FROM debian AS b\nRUN apt-get install -y curl\nFROM b\nCMD x', 'curl', true],
  ['FROM debian AS b\nRUN apt-get install -y curl\nFROM debian', 'curl', false],
  ['FROM amazonlinux:2023\nRUN dnf install -y python3.12 && dnf clean all', 'curl', true],
  ['FROM nginx:alpine', 'curl', true],
  ['FROM nginx:1.27-alpine-slim', 'curl', false],
  ['FROM nginx:1.14-alpine', 'curl', undefined],
  ['FROM nginx:1.14-alpine', 'wget', true],
  ['FROM gcr.io/distroless/python3-debian12', 'curl', false],
  ['FROM mcr.microsoft.com/dotnet/aspnet:8.0', 'curl', false],
  ['FROM eclipse-temurin:21-jre', 'curl', true],
  ['FROM eclipse-temurin:25-jre', 'curl', false],
  ['FROM debian\nADD rootfs.tar.gz /', 'curl', undefined],
  ['FROM debian\nRUN unzip -q x.zip -d /tmp && mv /tmp/x/driver /usr/local/bin/driver', 'curl', false],
  ['FROM debian\nRUN tar -xzf x.tar.gz -C /usr/local', 'curl', undefined],
  ['FROM debian\nRUN apt-get install -y google-chrome-stable', 'wget', undefined],
];

for (const [text, tool, expected] of tools) {
  test(`${tool} in ${JSON.stringify(text)}`, () => {
    const dockerfile = read(text);
    assert.equal(imageHasTool(dockerfile, dockerfile.stages.length - 1, tool), expected);
  });
}
