// The loop between disk, editors and engine, with the real engine.

import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Uri } from '../../server/src/base/uri.ts';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import { pathToUri } from '../../server/src/host/paths.ts';
import { createWorkspace, type Workspace } from '../../server/src/host/workspace.ts';
import { addFiles, temporaryFolder } from './folder.ts';

interface Opened {
  readonly workspace: Workspace;
  readonly folder: string;
  readonly uri: (file: string) => Uri;
  /** Container ports of all deployments, by family. */
  readonly ports: () => Readonly<Record<string, unknown>>;
}

function taskDefinition(family: string, containerPort: number): string {
  const container = { name: 'app', image: 'acme/web:1', portMappings: [{ containerPort }] };
  return JSON.stringify({ family, networkMode: 'awsvpc', containerDefinitions: [container] });
}

async function open(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): Promise<Opened> {
  const folder = temporaryFolder(t, files);
  const analysis = createAnalysisHost();
  const workspace = createWorkspace({ analysis });
  await workspace.scan([pathToUri(folder)]);
  const ports = (): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      analysis.deployments().map(({ deployment }) => {
        const [mapping] = deployment.containers[0]?.container.portMappings.items ?? [];
        return [deployment.name, mapping?.containerPort.state === 'known' ? mapping.containerPort.value : undefined];
      }),
    );
  return { workspace, folder, uri: (file) => pathToUri(path.join(folder, file)), ports };
}

test('an open editor beats the disk until it is closed', async (t) => {
  const { workspace, folder, uri, ports } = await open(t, { 'ecs/td.json': taskDefinition('web', 80) });
  assert.deepEqual(ports(), { web: 80 });
  await workspace.edit(uri('ecs/td.json'), taskDefinition('web', 81));
  assert.deepEqual(ports(), { web: 81 });
  writeFileSync(path.join(folder, 'ecs/td.json'), taskDefinition('web', 82));
  await workspace.filesChanged({ changed: [uri('ecs/td.json')] });
  assert.deepEqual(ports(), { web: 81 });
  await workspace.scan([pathToUri(folder)]);
  assert.deepEqual(ports(), { web: 81 });
  await workspace.close(uri('ecs/td.json'));
  assert.deepEqual(ports(), { web: 82 });
});

test('a document that was never saved goes when it is closed', async (t) => {
  const { workspace, uri, ports } = await open(t, {});
  await workspace.edit(uri('new.json'), taskDefinition('new', 80));
  assert.deepEqual(ports(), { new: 80 });
  await workspace.close(uri('new.json'));
  assert.deepEqual(ports(), {});
});

test('files that come, change and go', async (t) => {
  const { workspace, folder, uri, ports } = await open(t, { 'a.json': taskDefinition('a', 1) });
  addFiles(folder, { 'b/b.json': taskDefinition('b', 2) });
  await workspace.filesChanged({ created: [uri('b/b.json')] });
  assert.deepEqual(ports(), { a: 1, b: 2 });
  addFiles(folder, { 'b/b.json': taskDefinition('b', 3) });
  await workspace.filesChanged({ changed: [uri('b/b.json')] });
  assert.deepEqual(ports(), { a: 1, b: 3 });
  rmSync(path.join(folder, 'a.json'));
  await workspace.filesChanged({ deleted: [uri('a.json')] });
  assert.deepEqual(ports(), { b: 3 });
  renameSync(path.join(folder, 'b'), path.join(folder, 'c'));
  await workspace.filesChanged({ deleted: [uri('b')], created: [uri('c/b.json')] });
  assert.deepEqual(ports(), { b: 3 });
  assert.equal(workspace.analysis.deployments()[0]?.deployment.taskDefinition?.at.uri, uri('c/b.json'));
});

test('an editor that replaces a file by deleting and making it again', async (t) => {
  const { workspace, folder, uri, ports } = await open(t, { 'a.json': taskDefinition('a', 1) });
  addFiles(folder, { 'a.json': taskDefinition('a', 2) });
  await workspace.filesChanged({ deleted: [uri('a.json')], created: [uri('a.json')] });
  assert.deepEqual(ports(), { a: 2 });
});

test('ignored files stay out, also when they come later, until .gitignore changes', async (t) => {
  const { workspace, folder, uri, ports } = await open(t, {
    '.gitignore': 'out/\n',
    'out/a.json': taskDefinition('a', 1),
  });
  assert.deepEqual(ports(), {});
  addFiles(folder, { 'out/b.json': taskDefinition('b', 2), 'node_modules/x/c.json': taskDefinition('c', 3) });
  await workspace.filesChanged({ created: [uri('out/b.json'), uri('node_modules/x/c.json')] });
  assert.deepEqual(ports(), {});
  addFiles(folder, { '.gitignore': '' });
  await workspace.filesChanged({ changed: [uri('.gitignore')] });
  assert.deepEqual(ports(), { a: 1, b: 2 });
});

test('events about files outside the folder read nothing', async (t) => {
  const outside = temporaryFolder(t, { 'x.json': taskDefinition('x', 1) });
  const { workspace, folder, uri, ports } = await open(t, {});
  symlinkSync(path.join(outside, 'x.json'), path.join(folder, 'link.json'));
  await workspace.filesChanged({ created: [pathToUri(path.join(outside, 'x.json')), uri('link.json')] });
  assert.deepEqual(ports(), {});
});

test('a rescan finds what changed unseen', async (t) => {
  const { workspace, folder, ports } = await open(t, {
    'a.json': taskDefinition('a', 1),
    'b.json': taskDefinition('b', 1),
  });
  rmSync(path.join(folder, 'a.json'));
  addFiles(folder, { 'b.json': taskDefinition('b', 2), 'c.json': taskDefinition('c', 3) });
  await workspace.scan([pathToUri(folder)]);
  assert.deepEqual(ports(), { b: 2, c: 3 });
});

test('what is written is on the disk and in the engine', async (t) => {
  const { workspace, folder, uri, ports } = await open(t, { 'a.json': `\uFEFF${taskDefinition('a', 1)}` });
  await workspace.write([{ uri: uri('a.json'), text: taskDefinition('a', 2) }]);
  assert.deepEqual(ports(), { a: 2 });
  assert.equal(readFileSync(path.join(folder, 'a.json'), 'utf8'), `\uFEFF${taskDefinition('a', 2)}`);
});

test('settings beside the files exclude some of them', async (t) => {
  const { ports } = await open(t, {
    'a/a.json': taskDefinition('a', 1),
    'b/b.json': taskDefinition('b', 2),
    'steadystate.json': '{ "exclude": ["a"] }',
  });
  assert.deepEqual(ports(), { b: 2 });
});
