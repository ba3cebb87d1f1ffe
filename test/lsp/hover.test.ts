// What a place is linked to, and because of what.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Hover, Location } from 'vscode-languageserver/node';
import { textAt } from './applyEdit.ts';
import { type Client, startClient, uriOf } from './client.ts';
import { copyOf, type Folder } from './folders.ts';

const TASK = 'ecs/task-definition.json';
const SERVICE = 'ecs/service-definition.json';
const clients: Client[] = [];
after(async () => {
  for (const client of clients) await client.stop();
});

async function start(folder: Folder): Promise<Client> {
  const client = await startClient({ folders: [folder.path] });
  clients.push(client);
  return client;
}

/** The first place where a file says something. */
function placeOf(folder: Folder, file: string, what: string) {
  const lines = folder.read(file).split('\n');
  const line = lines.findIndex((text) => text.includes(what));
  assert.ok(line >= 0, `${file} does not say ${what}`);
  return {
    textDocument: { uri: uriOf(folder.file(file)) },
    position: { line, character: (lines[line] ?? '').indexOf(what) + 1 },
  };
}

for (const [file, what, says] of [
  [TASK, '5001', /5201/],
  [SERVICE, '5001', /5201|flask-app/],
  ['Dockerfile', '5001', /5201/],
  ['app.py', '5201', /5001/],
  [TASK, 'flask-app:latest', /Dockerfile/],
] as const) {
  test(`hovering over ${what} in ${file} says what it is linked to`, async () => {
    const folder = copyOf('nine-am');
    const client = await start(folder);
    const hover = await client.request<Hover | null>('textDocument/hover', placeOf(folder, file, what));
    assert.ok(hover, 'nothing to say');
    assert.match((hover.contents as { value: string }).value, says);
    assert.ok(hover.range);
    assert.ok(
      what.includes(textAt(folder.read(file), hover.range)) || textAt(folder.read(file), hover.range).includes(what),
    );
  });
}

test('goes from the container port to the program, and finds all places of the port', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const at = placeOf(folder, TASK, '5001');
  const targets = await client.request<Location[]>('textDocument/definition', at);
  assert.ok(targets.some(({ uri }) => uri === uriOf(folder.file('app.py'))));
  const references = await client.request<Location[]>('textDocument/references', {
    ...at,
    context: { includeDeclaration: true },
  });
  assert.ok(references.some(({ uri }) => uri === uriOf(folder.file('app.py'))));
  assert.ok(references.some(({ uri }) => uri === uriOf(folder.file(TASK))));
});

test('says nothing where nothing is linked', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  assert.equal(await client.request('textDocument/hover', placeOf(folder, 'app.py', 'jsonify')), null);
  const far = { textDocument: { uri: uriOf(folder.file('app.py')) }, position: { line: 9999, character: 9999 } };
  for (const method of ['hover', 'definition']) {
    assert.equal(await client.request(`textDocument/${method}`, far), null);
  }
});

test('hovering over the desired count tells the forecast', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const place = placeOf(folder, SERVICE, '"desiredCount"');
  const character = place.position.character + '"desiredCount": '.length - 1;
  const position = { ...place.position, character };
  const hover = await client.request<Hover | null>('textDocument/hover', { ...place, position });
  const { value } = (hover?.contents ?? { value: '' }) as { value: string };
  assert.match(value, /would not notice a broken deployment/);
  assert.match(value, /With the circuit breaker and rollback on: about \*\*\d/);
});
