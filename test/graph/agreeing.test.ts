// Several Dockerfiles that nothing in view decides between: what they all listen on is known.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../rules/workspace.ts';

const image = (port: number): string =>
  `FROM node:22-slim\nWORKDIR /app\nCOPY server.js .\nENV PORT=${port}\nCMD ["node", "server.js"]\n`;

async function listens(blue: number, green: number) {
  const files = new Map([
    [
      'ecs/task-definition.json',
      '{ "family": "web", "containerDefinitions": [{ "name": "app", "image": "web:1.4.2" }] }',
    ],
    ['server.js', "require('http').createServer().listen(process.env.PORT);\n"],
    ['Dockerfile.blue', image(blue)],
    ['Dockerfile.green', image(green)],
  ]);
  const [view] = (await analyze(files)).deployments();
  return view?.deployment.containers[0];
}

test('the same port in both: known, and no Dockerfile is taken', async () => {
  const container = await listens(8080, 8080);
  assert.equal(container?.dockerfile, undefined);
  assert.equal(container?.listens.state === 'known' && container.listens.ports[0]?.port.value, 8080);
});

test('different ports: unknown, and the reason names both', async () => {
  const container = await listens(8080, 9090);
  assert.match(
    container?.listens.state === 'unknown' ? container.listens.reason : '',
    /Dockerfile\.blue, Dockerfile\.green/,
  );
});
