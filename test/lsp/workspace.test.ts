// Folders, files and settings that change while the server runs.

import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { type Client, startClient, uriOf } from './client.ts';
import { copyOf, emptyFolder, type Folder, folderWith } from './folders.ts';

const clients: Client[] = [];
after(async () => {
  for (const client of clients) await client.stop();
});

const TASK = 'ecs/task-definition.json';
const SERVICE = 'ecs/service-definition.json';

async function start(folders: readonly Folder[], settings?: unknown, capabilities?: object): Promise<Client> {
  const client = await startClient({
    folders: folders.map((folder) => folder.path),
    settings,
    ...(capabilities && { capabilities }),
  });
  clients.push(client);
  await client.settled();
  return client;
}

const codes = (client: Client, folder: Folder, file: string) =>
  client.diagnostics(folder.file(file)).map(({ code }) => code);

async function changed(client: Client, changes: readonly (readonly [Folder, string, 1 | 2 | 3])[]): Promise<void> {
  client.notify('workspace/didChangeWatchedFiles', {
    changes: changes.map(([folder, file, type]) => ({ uri: uriOf(folder.file(file)), type })),
  });
  await client.settled();
}

test('watches files where the editor can', async () => {
  const client = await start([copyOf('nine-am')]);
  const registered = client.received
    .filter(({ method }) => method === 'client/registerCapability')
    .flatMap(({ params }) => (params as { registrations: { method: string }[] }).registrations)
    .map(({ method }) => method);
  assert.ok(registered.includes('workspace/didChangeWatchedFiles'));
});

test('reads files again that changed on the disk', async () => {
  const folder = copyOf('nine-am');
  const client = await start([folder]);
  const wrong = folder.read('app.py');
  folder.write('app.py', wrong.replace('5201', '5001'));
  await changed(client, [[folder, 'app.py', 2]]);
  assert.equal(codes(client, folder, TASK).includes('container-port-not-listened-on'), false);
  folder.write('app.py', wrong);
  await changed(client, [[folder, 'app.py', 2]]);
  assert.ok(codes(client, folder, TASK).includes('container-port-not-listened-on'));
});

test('an open document beats the disk', async () => {
  const folder = copyOf('nine-am');
  const client = await start([folder]);
  client.open(folder.file('app.py'), folder.read('app.py').replace('5201', '5001'));
  await changed(client, [[folder, 'app.py', 2]]);
  assert.equal(codes(client, folder, TASK).includes('container-port-not-listened-on'), false);
});

test('sees files come, go and come back under another name', async () => {
  const folder = emptyFolder();
  const original = copyOf('nine-am');
  const client = await start([folder]);
  for (const file of [TASK, SERVICE, 'Dockerfile', 'app.py']) folder.write(file, original.read(file));
  await changed(
    client,
    [TASK, SERVICE, 'Dockerfile', 'app.py'].map((file) => [folder, file, 1] as const),
  );
  assert.ok(codes(client, folder, TASK).includes('container-port-not-listened-on'));
  renameSync(folder.file('ecs'), folder.file('deploy'));
  await changed(client, [
    [folder, 'ecs', 3],
    [folder, 'deploy/task-definition.json', 1],
    [folder, 'deploy/service-definition.json', 1],
  ]);
  assert.deepEqual(codes(client, folder, TASK), []);
  assert.ok(codes(client, folder, 'deploy/task-definition.json').includes('container-port-not-listened-on'));
  rmSync(folder.file('app.py'));
  await changed(client, [[folder, 'app.py', 3]]);
  assert.equal(codes(client, folder, 'deploy/task-definition.json').includes('container-port-not-listened-on'), false);
});

test('hears of saved files from an editor that does not watch', async () => {
  const folder = copyOf('nine-am');
  const client = await start([folder], undefined, {});
  folder.write('steadystate.json', '{ "rules": { "image-tag-latest": "off" } }');
  client.notify('textDocument/didSave', { textDocument: { uri: uriOf(folder.file('steadystate.json')) } });
  await client.settled();
  assert.equal(codes(client, folder, TASK).includes('image-tag-latest'), false);
});

test('keeps the folders of a multi-root workspace apart, and follows as they come and go', async () => {
  const wrong = copyOf('nine-am');
  const right = copyOf('nine-am-fixed');
  const client = await start([right]);
  const errors = (folder: Folder) => client.diagnostics(folder.file(TASK)).filter(({ severity }) => severity === 1);
  assert.equal(errors(right).length, 0);
  client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: uriOf(wrong.path), name: 'wrong' }], removed: [] },
  });
  await client.settled();
  assert.equal(errors(wrong).length, 1);
  assert.equal(errors(right).length, 0);
  client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: uriOf(wrong.path), name: 'wrong' }] },
  });
  await client.settled();
  assert.deepEqual(client.diagnostics(wrong.file(TASK)), []);
});

test('takes the settings of the editor, and new ones when they change', async () => {
  const folder = copyOf('nine-am');
  const client = await start([folder], { rules: { 'image-tag-latest': 'error', 'circuit-breaker-missing': 'off' } });
  const image = () => client.diagnostics(folder.file(TASK)).find(({ code }) => code === 'image-tag-latest');
  assert.equal(image()?.severity, 1);
  assert.deepEqual(codes(client, folder, SERVICE), []);
  client.settings = { rules: { 'image-tag-latest': 'info' } };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.settled();
  assert.equal(image()?.severity, 3);
  assert.deepEqual(codes(client, folder, SERVICE), ['circuit-breaker-missing']);
});

test('takes settings that are pushed, and is not hurt by nonsense', async () => {
  const folder = copyOf('nine-am');
  const client = await start([folder], undefined, {});
  for (const settings of [
    { steadystate: { rules: { 'circuit-breaker-missing': 'off' } } },
    { steadystate: { rules: 5, ignore: 'x', links: [null], 'trace.server': 'verbose' } },
    5,
    { rules: { 'circuit-breaker-missing': 'off' } },
  ]) {
    client.notify('workspace/didChangeConfiguration', { settings });
    await client.settled();
  }
  assert.deepEqual(codes(client, folder, SERVICE), []);
});

test('the settings file of the repository beats the editor, saved or not', async () => {
  const folder = copyOf('nine-am');
  const client = await start([folder], { rules: { 'image-tag-latest': 'off' } });
  assert.equal(codes(client, folder, TASK).includes('image-tag-latest'), false);
  folder.write('steadystate.json', '{ "rules": { "image-tag-latest": "info" } }');
  await changed(client, [[folder, 'steadystate.json', 1]]);
  const severity = () =>
    client.diagnostics(folder.file(TASK)).find(({ code }) => code === 'image-tag-latest')?.severity;
  assert.equal(severity(), 3);
  client.open(folder.file('steadystate.json'), '{ "rules": { "image-tag-latest": "error", "no-such-rule": "off" } }');
  await client.settled();
  assert.equal(severity(), 1);
  assert.deepEqual(codes(client, folder, 'steadystate.json'), ['settings-invalid']);
});

test('looks at open documents of a folder that is not on the disk', async () => {
  const original = copyOf('nine-am');
  const root = 'vscode-vfs://github/acme/web';
  const client = await startClient({ folders: [] });
  clients.push(client);
  client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: root, name: 'web' }], removed: [] } });
  for (const file of [TASK, 'Dockerfile', 'app.py']) {
    client.notify('textDocument/didOpen', {
      textDocument: { uri: `${root}/${file}`, languageId: 'x', version: 1, text: original.read(file) },
    });
  }
  await client.settled();
  const published = client.publications.filter(({ uri }) => uri === `${root}/${TASK}`).at(-1);
  assert.ok(published?.diagnostics.some(({ code }) => code === 'container-port-not-listened-on'));
});

test('looks at a single file without any folder', async () => {
  const folder = folderWith({ 'td.json': copyOf('nine-am').read(TASK) });
  const client = await start([]);
  client.open(folder.file('td.json'), folder.read('td.json'));
  await client.settled();
  assert.ok(codes(client, folder, 'td.json').includes('image-tag-latest'));
  client.close(folder.file('td.json'));
  await client.settled();
  assert.deepEqual(codes(client, folder, 'td.json'), []);
});

test('a document outside the folders is left alone', async () => {
  const other = copyOf('nine-am');
  const client = await start([copyOf('nine-am-fixed')]);
  client.open(other.file(TASK), other.read(TASK));
  await client.settled();
  assert.deepEqual(codes(client, other, TASK), []);
});

test('checks on request: everything, or the deployment of one document', async () => {
  const wrong = copyOf('nine-am');
  const right = copyOf('nine-am-fixed');
  const client = await start([wrong, right]);
  interface Result {
    readonly title: string;
    readonly html: string;
    readonly markdown: string;
    readonly errors: number;
    readonly deployments: number;
  }
  const whole = await client.request<Result>('steadystate/check', {});
  assert.deepEqual([whole.errors, whole.deployments], [1, 2]);
  const program = await client.request<Result>('steadystate/check', { uri: uriOf(wrong.file('app.py')) });
  assert.deepEqual([program.errors, program.deployments], [1, 1]);
  assert.match(program.title, /flask-app/);
  assert.match(program.html, /href="file:[^"]*app\.py#L\d+,\d+"/);
  assert.match(program.markdown, /5201/);
  const healthy = await client.request<Result>('steadystate/check', { uri: uriOf(right.file('Dockerfile')) });
  assert.deepEqual([healthy.errors, healthy.deployments], [0, 1]);
  const foreign = await client.request<Result>('steadystate/check', { uri: 'untitled:Untitled-1' });
  assert.deepEqual([foreign.errors, foreign.deployments], [0, 0]);
});

test('has the page of each rule', async () => {
  const client = await start([copyOf('nine-am-fixed')]);
  const page = await client.request<{ markdown: string }>('steadystate/rulePage', { rule: 'image-tag-latest' });
  assert.match(page.markdown, /# image-tag-latest/);
  assert.equal(await client.request('steadystate/rulePage', { rule: 'no-such-rule' }), null);
});
