// Dockerfiles that are linked by the place of the task definition, and by paths that differ from the file's in their letters.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue } from '../../server/src/facts/value.ts';
import { analyze, pathOf } from '../rules/workspace.ts';
import { build, ecr, linked, type Row, workflow } from './linking.ts';

const rows: readonly Row[] = [
  {
    name: 'the only Dockerfile of the project that the task definition is a part of',
    file: 'shop/infra/live/task-definition.json',
    others: { 'desk/infra/task-definition.json': { containers: [{ name: 'app', image: '<DESK>' }] } },
    containers: [{ name: 'app', image: '<IMAGE>' }],
    dockerfiles: ['shop/src/site/Dockerfile', 'shop/src/site/Dockerfile.dev', 'desk/src/Dockerfile'],
    expected: ['shop/src/site/Dockerfile'],
  },
  {
    name: 'the only Dockerfile of a project that deploys one image in two ways',
    file: 'shop/infra/production.json',
    others: { 'shop/infra/staging.json': { containers: [{ name: 'app', image: '<IMAGE>' }] } },
    containers: [{ name: 'app', image: '<IMAGE>' }],
    dockerfiles: ['shop/src/Dockerfile', 'desk/src/Dockerfile'],
    expected: ['shop/src/Dockerfile'],
  },
  {
    name: 'the only Dockerfile of a project that deploys two images',
    file: 'shop/infra/site.json',
    others: { 'shop/infra/jobs.json': { containers: [{ name: 'app', image: '<JOBS>' }] } },
    containers: [{ name: 'app', image: '<IMAGE>' }],
    dockerfiles: ['shop/src/Dockerfile', 'desk/src/Dockerfile'],
    expected: [undefined],
  },
  {
    name: 'several Dockerfiles in the project',
    file: 'shop/infra/task-definition.json',
    containers: [{ name: 'app', image: '<IMAGE>' }],
    dockerfiles: ['shop/one/Dockerfile', 'shop/two/Dockerfile', 'desk/Dockerfile'],
    expected: [undefined],
  },
  {
    name: 'a Dockerfile among the infrastructure of a project',
    file: 'infra/live/task-definition.json',
    containers: [{ name: 'app', image: '<IMAGE>' }],
    dockerfiles: ['infra/runner/Dockerfile', 'site/Dockerfile'],
    expected: [undefined],
  },
  {
    name: 'the only Dockerfile of the project, built for another repository',
    file: 'shop/infra/task-definition.json',
    containers: [{ name: 'app', image: ecr('shop') }],
    dockerfiles: ['shop/src/Dockerfile', 'desk/Dockerfile'],
    workflow: workflow(build('$REGISTRY/tools:1', 'shop/src')),
    expected: [undefined],
  },
  {
    name: 'a container beside the one that the only Dockerfile of the project builds',
    file: 'shop/infra/task-definition.json',
    containers: [
      { name: 'src', image: '<IMAGE>' },
      { name: 'mesh', image: '<MESH>' },
    ],
    dockerfiles: ['shop/src/Dockerfile', 'desk/Dockerfile'],
    expected: ['shop/src/Dockerfile', undefined],
  },
  {
    name: 'an image that is called like its family, beside another family',
    family: 'greeting',
    containers: [{ name: 'web', image: 'acme/greeting:1' }],
    others: { 'ecs/name.json': { family: 'name', containers: [{ name: 'web', image: 'acme/name:1' }] } },
    dockerfiles: ['Dockerfile'],
    expected: [undefined],
  },
  {
    name: 'an image that is called like all families, but for those of published programs',
    family: 'shop-site',
    containers: [{ name: 'web', image: 'acme/shop:1' }],
    others: {
      'ecs/jobs.json': { family: 'shop-jobs', containers: [{ name: 'jobs', image: 'acme/shop:1' }] },
      'ecs/traces.json': { family: 'traces', containers: [{ name: 'traces', image: 'grafana/tempo:2.3.1' }] },
    },
    dockerfiles: ['Dockerfile'],
    expected: ['Dockerfile'],
  },
  {
    name: 'an image of others in a project with one Dockerfile',
    file: 'shop/infra/task-definition.json',
    containers: [{ name: 'app', image: 'someone/thing:1' }],
    dockerfiles: ['shop/src/Dockerfile', 'desk/Dockerfile'],
    expected: [undefined],
  },
];

for (const row of rows) {
  test(row.name, async () => {
    assert.deepEqual(await linked(row), row.expected);
  });
}

const manifests: readonly {
  readonly build: string;
  readonly dockerfiles: readonly string[];
  readonly expected: string;
}[] = [
  { build: 'Front/Dockerfile', dockerfiles: ['front/dockerfile'], expected: 'front/dockerfile 4000' },
  { build: '.\\front\\Dockerfile', dockerfiles: ['front/Dockerfile'], expected: 'front/Dockerfile 4000' },
  { build: '{ context: Front }', dockerfiles: ['front/dockerfile'], expected: 'front/dockerfile 4000' },
  { build: 'FRONT/Dockerfile', dockerfiles: ['front/dockerfile', 'front/Dockerfile'], expected: 'none' },
  {
    build: 'front/Dockerfile',
    dockerfiles: ['front/dockerfile', 'front/Dockerfile'],
    expected: 'front/Dockerfile 4000',
  },
];

for (const { build: written, dockerfiles, expected } of manifests) {
  test(`a manifest that names ${written} among ${dockerfiles.join(', ')}`, async () => {
    const manifest = `name: front\ntype: Backend Service\nimage:\n  build: ${written}\n`;
    const files = new Map([['copilot/front/manifest.yml', manifest]]);
    for (const path of dockerfiles) files.set(path, 'FROM node:22\nCOPY server.js .\nCMD ["node", "server.js"]\n');
    files.set('front/server.js', 'require("http").createServer().listen(4000)\n');
    const host = await analyze(files);
    const [container] = host.deployments().flatMap(({ deployment }) => deployment.containers);
    const listens = container?.listens;
    const ports = listens?.state === 'known' ? listens.ports.map(({ port }) => knownValue(port)) : [];
    assert.equal(container?.dockerfile ? [pathOf(container.dockerfile.uri), ...ports].join(' ') : 'none', expected);
  });
}

test('a function of Lambda is none of the images of its project', async () => {
  const containers = [{ name: 'app', image: '<IMAGE>' }];
  const files = new Map([
    ['shop/infra/task-definition.json', JSON.stringify({ family: 'shop', containerDefinitions: containers })],
    ['shop/src/Dockerfile', 'FROM public.ecr.aws/lambda/nodejs:22 AS base\nFROM base\nCMD ["index.handler"]\n'],
    ['desk/Dockerfile', 'FROM node:22\n'],
  ]);
  const host = await analyze(files);
  const [container] = host.deployments().flatMap(({ deployment }) => deployment.containers);
  assert.equal(container?.dockerfile, undefined);
  files.set('shop/src/Dockerfile', 'FROM node:22\n');
  const other = await analyze(files);
  const [built] = other.deployments().flatMap(({ deployment }) => deployment.containers);
  assert.equal(built?.dockerfile && pathOf(built.dockerfile.uri), 'shop/src/Dockerfile');
});
