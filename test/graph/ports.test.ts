// Which mappings of a container traffic is sent to, and which of them nobody listens on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deafMappings } from '../../server/src/graph/ports.ts';
import { analyze } from '../rules/workspace.ts';

const dockerfiles: readonly (readonly [string, string])[] = [
  ['proxy/Dockerfile', 'FROM nginx:1.27\n'],
  ['app/Dockerfile', 'FROM python:3.13\nCOPY app.py .\nCMD ["gunicorn", "--bind", "unix:/run/app.sock", "app:app"]\n'],
  ['app/app.py', 'from flask import Flask\napp = Flask(__name__)\n'],
];

async function deaf(proxyPort: number, loadBalancer?: string): Promise<readonly number[]> {
  const containers = [
    { name: 'proxy', image: 'acme/proxy:1', portMappings: [{ containerPort: proxyPort }] },
    { name: 'app', image: 'acme/app:1', portMappings: [{ containerPort: 8000 }] },
  ];
  const task = { family: 'shop', networkMode: 'awsvpc', containerDefinitions: containers };
  const files = new Map([...dockerfiles, ['task-definition.json', JSON.stringify(task)]]);
  if (loadBalancer !== undefined) {
    const loadBalancers = [{ containerName: loadBalancer, containerPort: 8000, targetGroupArn: 'arn' }];
    files.set('service.json', JSON.stringify({ serviceName: 'shop', taskDefinition: 'shop', loadBalancers }));
  }
  const host = await analyze(files);
  return host
    .deployments()
    .flatMap(({ deployment }) => deployment.containers.flatMap((container) => deafMappings(container, deployment)))
    .map(({ port }) => port.value);
}

test('a server on a unix socket behind a proxy is called through the proxy', async () => {
  assert.deepEqual(await deaf(80), []);
});

test('where the proxy does not answer either, nobody calls the server behind it', async () => {
  assert.deepEqual(await deaf(81), [81]);
});

test('a load balancer that names the container calls its port', async () => {
  assert.deepEqual(await deaf(80, 'app'), [8000]);
});
