// What the server pushes: findings of open and closed files, after every edit, and nothing else.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver/node';
import { textAt } from './applyEdit.ts';
import { type Client, fullCapabilities, startClient, uriOf } from './client.ts';
import { copyOf, type Folder, folderWith } from './folders.ts';

const clients: Client[] = [];
after(async () => {
  for (const client of clients) await client.stop();
});

async function start(folder: Folder, options: Partial<Parameters<typeof startClient>[0]> = {}): Promise<Client> {
  const client = await startClient({ folders: [folder.path], ...options });
  clients.push(client);
  await client.settled();
  return client;
}

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code).sort();
const TASK = 'ecs/task-definition.json';
const PORT_RULE = 'container-port-not-listened-on';

const portFinding = (client: Client, folder: Folder) =>
  client.diagnostics(folder.file(TASK)).find(({ code }) => code === PORT_RULE);

test('finds the 9 AM incident in files that nobody has opened', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const finding = portFinding(client, folder);
  assert.ok(finding);
  assert.equal(textAt(folder.read(TASK), finding.range), '5001');
  assert.equal(finding.severity, 1);
  assert.equal(finding.source, 'steadystate');
  assert.match(String(finding.message), /5201.*5001|5001.*5201/);
  assert.ok(codes(client.diagnostics(folder.file(TASK))).includes('image-tag-latest'));
  assert.deepEqual(codes(client.diagnostics(folder.file('ecs/service-definition.json'))), ['circuit-breaker-missing']);
  assert.deepEqual(codes(client.diagnostics(folder.file('Dockerfile'))), ['expose-differs-from-listen']);
  assert.deepEqual(client.diagnostics(folder.file('app.py')), []);
});

test('names the related places, and the page of the rule in the scheme of the editor', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder, { initializationOptions: { uriScheme: 'code-oss' } });
  const finding = portFinding(client, folder);
  const program = finding?.relatedInformation?.find(({ location }) => location.uri === uriOf(folder.file('app.py')));
  assert.ok(program);
  assert.match(textAt(folder.read('app.py'), program.location.range), /5201/);
  assert.equal(finding?.codeDescription?.href, `code-oss://steadystate.steadystate/rules/${PORT_RULE}`);
});

test('leaves out what the editor cannot show', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder, { capabilities: {} });
  const finding = portFinding(client, folder);
  assert.ok(finding);
  assert.deepEqual(
    Object.keys(finding).filter((key) => ['codeDescription', 'relatedInformation', 'data'].includes(key)),
    [],
  );
});

test('says nothing about a workspace that is right', async () => {
  const client = await start(copyOf('nine-am-fixed'));
  assert.deepEqual(
    client.publications.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity !== 3)),
    [],
  );
});

test('an unsaved edit of the program clears and brings back the finding in the closed task definition', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const wrong = folder.read('app.py');
  client.open(folder.file('app.py'), wrong);
  client.change(folder.file('app.py'), wrong.replace('5201', '5001'), 2);
  await client.settled();
  assert.equal(portFinding(client, folder), undefined);
  client.change(folder.file('app.py'), wrong, 3);
  await client.settled();
  assert.ok(portFinding(client, folder));
  client.change(folder.file('app.py'), wrong.replace('5201', '5001'), 4);
  client.close(folder.file('app.py'));
  await client.settled();
  assert.ok(portFinding(client, folder), 'closing without saving goes back to the disk');
});

test('publishes only the files whose findings changed, open ones with their version', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const task = folder.read(TASK);
  client.open(folder.file(TASK), task, 7);
  await client.settled();
  const before = client.publications.length;
  client.change(folder.file(TASK), task.replace('flask-app:latest', 'flask-app:1.4.2'), 8);
  await client.settled();
  const since = client.publications.slice(before);
  assert.deepEqual(
    since.map(({ uri, version }) => ({ uri, version })),
    [{ uri: uriOf(folder.file(TASK)), version: 8 }],
  );
  assert.equal(codes(since[0]?.diagnostics ?? []).includes('image-tag-latest'), false);
});

test('publishes nothing for an edit that changes no finding', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  client.open(folder.file('requirements.txt'), folder.read('requirements.txt'));
  client.open(folder.file('app.py'), folder.read('app.py'));
  await client.settled();
  const before = client.publications.length;
  client.change(folder.file('app.py'), `${folder.read('app.py')}\n# a remark\n`, 2);
  client.change(folder.file('requirements.txt'), 'Flask==3.1.4\n', 2);
  await client.settled();
  assert.equal(client.publications.length, before);
});

test('moves related places along with the lines of another file', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const program = folder.read('app.py');
  client.open(folder.file('app.py'), program);
  client.change(folder.file('app.py'), program.replace('Flask(__name__)\n\n', 'Flask(__name__) '), 2);
  await client.settled();
  const related = portFinding(client, folder)?.relatedInformation?.map(({ location }) => location) ?? [];
  const there = related.find(({ uri }) => uri === uriOf(folder.file('app.py')));
  assert.ok(there);
  assert.match(textAt(program.replace('Flask(__name__)\n\n', 'Flask(__name__) '), there.range), /5201/);
});

test('moves findings along when only line ends change', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const task = folder.read(TASK);
  client.open(folder.file(TASK), task);
  const changed = task.replace('{\n', '{ ').replace('"cpu"', '"cpu"');
  client.change(folder.file(TASK), changed, 2);
  await client.settled();
  const finding = portFinding(client, folder);
  assert.ok(finding);
  assert.equal(textAt(changed, finding.range), '5001');
});

test('understands incremental edits', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const program = folder.read('app.py');
  const lines = program.split('\n');
  const line = lines.findIndex((text) => text.includes('5201'));
  const character = (lines[line] ?? '').indexOf('5201');
  client.open(folder.file('app.py'), program);
  client.notify('textDocument/didChange', {
    textDocument: { uri: uriOf(folder.file('app.py')), version: 2 },
    contentChanges: [
      { range: { start: { line, character }, end: { line, character: character + 4 } }, text: '50' },
      { range: { start: { line, character: character + 2 }, end: { line, character: character + 2 } }, text: '01' },
    ],
  });
  await client.settled();
  assert.equal(portFinding(client, folder), undefined);
});

test('a rapid series of edits ends with the findings of the last one', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const program = folder.read('app.py');
  client.open(folder.file('app.py'), program);
  const before = client.publications.length;
  for (let i = 1; i <= 200; i++) {
    client.change(folder.file('app.py'), program.replace('5201', String(5201 + (i % 7))), i + 1);
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  client.change(folder.file('app.py'), program.replace('5201', '5001'), 202);
  await client.settled();
  assert.equal(portFinding(client, folder), undefined);
  client.change(folder.file('app.py'), program.replace('5201', '6123'), 203);
  await client.settled();
  assert.match(String(portFinding(client, folder)?.message), /6123/);
  assert.ok(client.publications.length - before < 3 * 203, 'edits that wait together are analysed together');
});

for (const [name, change] of [
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['emoji', (text: string) => text.replace('{ "containerPort"', '{ "name": "🚀🚀", "containerPort"')],
  ['a byte-order mark', (text: string) => `\uFEFF${text}`],
] as const) {
  test(`places are right in a file with ${name}, closed and open`, async () => {
    const folder = copyOf('nine-am');
    folder.write(TASK, change(folder.read(TASK)));
    const client = await start(folder);
    const shown = folder.read(TASK).replace(/^\uFEFF/, '');
    assert.equal(textAt(shown, portFinding(client, folder)?.range ?? assert.fail('no finding')), '5001');
    client.open(folder.file(TASK), `${shown} `);
    await client.settled();
    assert.equal(textAt(shown, portFinding(client, folder)?.range ?? assert.fail('no finding')), '5001');
  });
}

test('keeps the spelling of an address by the editor that opened the document', async () => {
  const folder = folderWith(
    { Dockerfile: copyOf('nine-am').read('Dockerfile'), 'app.py': copyOf('nine-am').read('app.py') },
    'a b(c)',
  );
  folder.write('td.json', copyOf('nine-am').read(TASK));
  const client = await start(folder);
  const spelled = `${uriOf(folder.path)}/td.json`.replace('(', '%28').replace(')', '%29');
  const text = folder.read('td.json').replace('5001,', '5002,');
  client.notify('textDocument/didOpen', { textDocument: { uri: spelled, languageId: 'json', version: 1, text } });
  await client.settled();
  assert.equal(client.publications.at(-1)?.uri, spelled);
  const counts = new Map(
    client.publications.map(({ uri, diagnostics }) => [decodeURIComponent(uri), [uri, diagnostics.length]]),
  );
  for (const { uri } of client.publications) {
    const last = client.publications.filter((publication) => publication.uri === uri).at(-1);
    assert.ok(
      last?.diagnostics.length === 0 || counts.get(decodeURIComponent(uri))?.[0] === uri,
      `${uri} is left behind`,
    );
  }
});

test('tells how the scan goes: progress, then a status with the numbers', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder, { capabilities: fullCapabilities });
  const statuses = client.received.filter(({ method }) => method === 'steadystate/status').map(({ params }) => params);
  assert.deepEqual(statuses[0], { state: 'scanning', errors: 0, warnings: 0, infos: 0, deployments: 0 });
  const last = statuses.at(-1) as { state: string; errors: number; warnings: number; deployments: number };
  assert.equal(last.state, 'ready');
  assert.equal(last.errors, 1);
  assert.ok(last.warnings >= 2);
  assert.equal(last.deployments, 1);
  assert.ok(client.received.some(({ method }) => method === 'window/workDoneProgress/create'));
});
