// Nothing an editor sends ends the server, save its goodbye; and the goodbye always does.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { type Client, ResponseFailure, serverCommand, spawnServer, startClient, uriOf } from './client.ts';
import { copyOf, emptyFolder } from './folders.ts';

const TASK = 'ecs/task-definition.json';

async function stillWorks(client: Client, file: string): Promise<void> {
  await client.settled();
  assert.ok(client.diagnostics(file).some(({ code }) => code === 'container-port-not-listened-on'));
}

test('survives messages that are no messages', async () => {
  const folder = copyOf('nine-am');
  const client = await startClient({ folders: [folder.path] });
  const frame = (body: string) => client.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  frame('{ not json');
  frame('[]');
  frame('null');
  frame('{"jsonrpc":"2.0"}');
  frame('{"jsonrpc":"2.0","method":5}');
  frame('{"jsonrpc":"2.0","id":99999,"result":{}}');
  frame('{"jsonrpc":"2.0","method":"$/unheardOf","params":[1,2]}');
  frame('{"jsonrpc":"2.0","method":"workspace/unheardOf"}');
  await assert.rejects(client.request('textDocument/unheardOf', {}), ResponseFailure);
  await stillWorks(client, folder.file(TASK));
  assert.equal(await client.stop(), 0);
});

test('survives requests and notifications with wrong parameters', async () => {
  const folder = copyOf('nine-am');
  const client = await startClient({ folders: [folder.path] });
  const document = { uri: uriOf(folder.file('app.py')) };
  const nonsense = [
    undefined,
    null,
    {},
    [],
    { textDocument: null },
    { textDocument: { uri: 5 } },
    { textDocument: document },
  ];
  const requests = ['codeAction', 'hover', 'definition', 'references'].map((name) => `textDocument/${name}`);
  for (const method of [...requests, 'codeAction/resolve', 'steadystate/check', 'steadystate/rulePage']) {
    for (const params of nonsense)
      await client.request(method, params).catch((error) => assert.ok(error instanceof ResponseFailure));
  }
  const notifications = ['didOpen', 'didChange', 'didClose', 'didSave'].map((name) => `textDocument/${name}`);
  for (const method of [
    ...notifications,
    'workspace/didChangeWatchedFiles',
    'workspace/didChangeConfiguration',
    'workspace/didChangeWorkspaceFolders',
  ]) {
    for (const params of nonsense) client.notify(method, params);
  }
  client.notify('textDocument/didChange', {
    textDocument: { ...document, version: 2 },
    contentChanges: [{ range: { start: { line: -4, character: 1e9 }, end: { line: 1e9, character: -1 } }, text: 'x' }],
  });
  await stillWorks(client, folder.file(TASK));
  assert.equal(await client.stop(), 0);
});

test('leaves documents alone that are no files', async () => {
  const folder = copyOf('nine-am');
  const client = await startClient({ folders: [folder.path] });
  await client.settled();
  const before = client.publications.length;
  for (const uri of [
    'untitled:Untitled-1',
    `git:${folder.file(TASK)}?ref`,
    'output:steadystate',
    'vscode-notebook-cell:/a.ipynb#1',
    '::',
    '',
  ]) {
    const text = folder.read(TASK);
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: '{}' }] });
    assert.equal(
      await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 1, character: 1 } }),
      null,
    );
    client.notify('textDocument/didClose', { textDocument: { uri } });
  }
  await stillWorks(client, folder.file(TASK));
  assert.equal(client.publications.length, before);
  await client.stop();
});

test('survives any text in a document', async () => {
  const folder = copyOf('nine-am');
  const client = await startClient({ folders: [folder.path] });
  const texts = [
    '',
    '\uFEFF',
    '\0\u0001\uD800',
    '{'.repeat(5000),
    '[{"'.repeat(3000),
    'é😀'.repeat(1000),
    '${{ <X> {{ }}',
  ];
  let version = 1;
  for (const file of [TASK, 'ecs/service-definition.json', 'Dockerfile', 'app.py', 'steadystate.json']) {
    client.open(folder.file(file), '');
    for (const text of texts) client.change(folder.file(file), text, ++version);
    for (const text of texts) {
      client.change(folder.file(file), text, ++version);
      await client.settled();
    }
    client.close(folder.file(file));
  }
  await stillWorks(client, folder.file(TASK));
  assert.equal(await client.stop(), 0);
});

test('survives a folder that is not there', async () => {
  const client = await startClient({ folders: [`${emptyFolder().path}/gone`] });
  await client.settled();
  const folder = copyOf('nine-am');
  client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: uriOf(folder.path), name: 'x' }], removed: [] },
  });
  await stillWorks(client, folder.file(TASK));
  assert.equal(await client.stop(), 0);
});

test('answers a cancelled request as cancelled, and goes on', async () => {
  const folder = copyOf('nine-am');
  const client = await startClient({ folders: [folder.path] });
  const { id, answer } = client.requestWithId('steadystate/check', {});
  client.notify('$/cancelRequest', { id });
  await assert.rejects(answer, (error) => error instanceof ResponseFailure && error.code === -32800);
  await stillWorks(client, folder.file(TASK));
  assert.equal(await client.stop(), 0);
});

test('refuses requests before it is initialized', async () => {
  const child = spawnServer();
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'textDocument/hover', params: {} });
  child.stdin?.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  let answer = '';
  for await (const chunk of child.stdout ?? []) {
    answer += chunk;
    if (answer.includes('}}')) break;
  }
  assert.match(answer, /-32002/);
  child.stdin?.end();
  await once(child, 'exit');
});

test('ends with 0 after a shutdown, with 1 without', async () => {
  const folder = copyOf('nine-am-fixed');
  assert.equal(await (await startClient({ folders: [folder.path] })).stop(), 0);
  const rude = await startClient({ folders: [folder.path] });
  rude.notify('exit');
  assert.equal(await rude.exited, 1);
});

test('ends when its input closes', async () => {
  const client = await startClient({ folders: [copyOf('nine-am').path] });
  client.process.stdin?.end();
  assert.equal(await client.exited, 1);
});

test('ends when the process of the editor is gone', { timeout: 20_000 }, async () => {
  const editor = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600)']);
  const child = spawnServer();
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: editor.pid, rootUri: null, capabilities: {} },
  });
  child.stdin?.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
});

test('speaks over the channel of the process that forked it', async () => {
  const child = spawn(process.execPath, [...serverCommand(), '--node-ipc'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  const [answer] = await once(child, 'message');
  assert.equal(answer.result.capabilities.positionEncoding, 'utf-16');
  child.disconnect();
  await once(child, 'exit');
});
