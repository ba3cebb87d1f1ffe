// The light bulb: each fix is applied to the files and the files are checked again.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ClientCapabilities, CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { applyEdit, titled } from './applyEdit.ts';
import { type Client, fullCapabilities, startClient, uriOf } from './client.ts';
import { copyOf, type Folder } from './folders.ts';

const clients: Client[] = [];
after(async () => {
  for (const client of clients) await client.stop();
});

const TASK = 'ecs/task-definition.json';
const SERVICE = 'ecs/service-definition.json';

async function start(folder: Folder, capabilities?: ClientCapabilities): Promise<Client> {
  const client = await startClient({ folders: [folder.path], ...(capabilities && { capabilities }) });
  clients.push(client);
  await client.settled();
  return client;
}

function findingOf(client: Client, folder: Folder, file: string, rule: string): Diagnostic {
  const found = client.diagnostics(folder.file(file)).find(({ code }) => code === rule);
  return found ?? assert.fail(`no ${rule} in ${file}`);
}

function actionsAt(client: Client, folder: Folder, file: string, finding: Diagnostic, only?: readonly string[]) {
  return client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf(folder.file(file)) },
    range: finding.range,
    context: { diagnostics: [finding], ...(only && { only }) },
  });
}

async function resolved(client: Client, action: CodeAction): Promise<CodeAction> {
  return action.edit ? action : client.request<CodeAction>('codeAction/resolve', action);
}

/** Writes the outcome of an action to the disk and tells the server of it. */
async function apply(client: Client, folder: Folder, action: CodeAction): Promise<readonly string[]> {
  const { edit } = await resolved(client, action);
  const texts = applyEdit(edit, (file) => folder.read(file.slice(folder.path.length + 1)));
  const changes = [...texts].map(([file, text]) => {
    folder.write(file.slice(folder.path.length + 1), text);
    return { uri: uriOf(file), type: 2 };
  });
  client.notify('workspace/didChangeWatchedFiles', {
    changes: [...changes, ...changes.map((it) => ({ ...it, type: 1 }))],
  });
  await client.settled();
  return [...texts.keys()].map((file) => file.slice(folder.path.length + 1)).sort();
}

const errors = (client: Client, folder: Folder, files: readonly string[]) =>
  files.flatMap((file) => client.diagnostics(folder.file(file)).filter(({ severity }) => severity === 1));

const all = [TASK, SERVICE, 'Dockerfile', 'app.py'];

/** With one task a rollback is slow, which only a person can weigh. */
function codesIn(client: Client, folder: Folder, file: string): readonly unknown[] {
  return client.diagnostics(folder.file(file)).map(({ code }) => code);
}

test('one press serves the port of the program end to end', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const finding = findingOf(client, folder, TASK, 'container-port-not-listened-on');
  const action = titled(await actionsAt(client, folder, TASK, finding), /end to end/);
  assert.equal(action.kind, 'quickfix');
  assert.equal(action.isPreferred, true);
  assert.deepEqual(
    action.diagnostics?.map(({ code }) => code),
    ['container-port-not-listened-on'],
  );
  assert.deepEqual(await apply(client, folder, action), ['Dockerfile', SERVICE, TASK]);
  assert.deepEqual(errors(client, folder, all), []);
  assert.deepEqual(client.diagnostics(folder.file('Dockerfile')), []);
  for (const file of [TASK, SERVICE, 'Dockerfile']) assert.equal(folder.read(file).includes('5001'), false, file);
});

test('or lets the program listen where the manifests say', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const finding = findingOf(client, folder, TASK, 'container-port-not-listened-on');
  const action = titled(await actionsAt(client, folder, TASK, finding), /[Ll]isten on 5001/);
  assert.deepEqual(await apply(client, folder, action), ['app.py']);
  assert.deepEqual(errors(client, folder, all), []);
  assert.match(folder.read('app.py'), /port=5001/);
});

test('names the version of open documents, and none of closed ones', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  client.open(folder.file(TASK), folder.read(TASK), 41);
  await client.settled();
  const finding = findingOf(client, folder, TASK, 'container-port-not-listened-on');
  const action = titled(await actionsAt(client, folder, TASK, finding), /end to end/);
  const versions = Object.fromEntries(
    (action.edit?.documentChanges ?? []).flatMap((change) =>
      'textDocument' in change ? [[change.textDocument.uri, change.textDocument.version]] : [],
    ),
  );
  assert.equal(versions[uriOf(folder.file(TASK))], 41);
  assert.equal(versions[uriOf(folder.file(SERVICE))], null);
});

test('gives a service its circuit breaker', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const finding = findingOf(client, folder, SERVICE, 'circuit-breaker-missing');
  const [action] = await actionsAt(client, folder, SERVICE, finding);
  assert.deepEqual(await apply(client, folder, action ?? assert.fail('no action')), [SERVICE]);
  const service = JSON.parse(folder.read(SERVICE));
  assert.deepEqual(service.deploymentConfiguration.deploymentCircuitBreaker, { enable: true, rollback: true });
  assert.deepEqual(codesIn(client, folder, SERVICE), ['rollback-slow']);
});

test('fixes on save what is safe, when asked for source.fixAll', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const finding = findingOf(client, folder, SERVICE, 'circuit-breaker-missing');
  for (const only of ['source', 'source.fixAll', 'source.fixAll.steadystate']) {
    const actions = await actionsAt(client, folder, SERVICE, finding, [only]);
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.fixAll.steadystate'],
      only,
    );
  }
  const quick = await actionsAt(client, folder, SERVICE, finding, ['quickfix']);
  assert.ok(quick.length > 0 && quick.every(({ kind }) => kind === 'quickfix'));
  assert.deepEqual(await actionsAt(client, folder, SERVICE, finding, ['refactor']), []);
  const [fixAll] = await actionsAt(client, folder, SERVICE, finding, ['source.fixAll']);
  await apply(client, folder, fixAll ?? assert.fail('no action'));
  assert.deepEqual(codesIn(client, folder, SERVICE), ['rollback-slow']);
});

test('pins an image with the cursor in the tag, or with a placeholder', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const finding = findingOf(client, folder, TASK, 'image-tag-latest');
  const action = titled(await actionsAt(client, folder, TASK, finding), /[Pp]in/);
  assert.match(JSON.stringify(action.edit), /\$\{1:IMAGE_TAG\}/);
  assert.notEqual(action.isPreferred, true);
  const plainClient = await start(folder, {
    ...fullCapabilities,
    workspace: { ...fullCapabilities.workspace, workspaceEdit: { documentChanges: true } },
  });
  const plain = titled(await actionsAt(plainClient, folder, TASK, finding), /[Pp]in/);
  assert.match(JSON.stringify(plain.edit), /<IMAGE_TAG>/);
  assert.doesNotMatch(JSON.stringify(plain.edit), /\$\{1/);
});

const withoutResolving: ClientCapabilities = {
  ...fullCapabilities,
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } },
};

for (const [name, capabilities] of [
  ['resolved when chosen', fullCapabilities],
  ['given at once', withoutResolving],
] as const) {
  test(`ignores a finding in place and in the settings file, ${name}`, async () => {
    const folder = copyOf('nine-am');
    const client = await start(folder, capabilities);
    const expose = findingOf(client, folder, 'Dockerfile', 'expose-differs-from-listen');
    const inPlace = titled(
      await actionsAt(client, folder, 'Dockerfile', expose),
      /^Ignore expose-differs-from-listen here/,
    );
    assert.deepEqual(await apply(client, folder, inPlace), ['Dockerfile']);
    assert.match(
      folder.read('Dockerfile'),
      /# steadystate-ignore expose-differs-from-listen -- TODO: say why\nEXPOSE 5001/,
    );
    assert.deepEqual(client.diagnostics(folder.file('Dockerfile')), []);

    const breaker = findingOf(client, folder, SERVICE, 'circuit-breaker-missing');
    const inSettings = titled(
      await actionsAt(client, folder, SERVICE, breaker),
      /^Ignore circuit-breaker-missing here/,
    );
    assert.deepEqual(await apply(client, folder, inSettings), ['steadystate.json']);
    assert.deepEqual(JSON.parse(folder.read('steadystate.json')).ignore[0].rule, 'circuit-breaker-missing');
    assert.deepEqual(client.diagnostics(folder.file(SERVICE)), []);
    assert.deepEqual(client.diagnostics(folder.file('steadystate.json')), []);
  });
}

test('changes the severity of a rule, making the settings file where there is none', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const finding = findingOf(client, folder, TASK, 'image-tag-latest');
  const action = titled(await actionsAt(client, folder, TASK, finding), /severity of image-tag-latest to info/);
  assert.equal(action.edit, undefined, 'computed when chosen');
  const { edit } = await resolved(client, action);
  assert.equal(JSON.stringify(edit?.documentChanges?.[0]).includes('"create"'), true);
  await apply(client, folder, action);
  assert.deepEqual(JSON.parse(folder.read('steadystate.json')).rules, { 'image-tag-latest': 'info' });
  assert.equal(findingOf(client, folder, TASK, 'image-tag-latest').severity, 3);
  const off = titled(
    await actionsAt(client, folder, TASK, findingOf(client, folder, TASK, 'image-tag-latest')),
    /^Turn image-tag-latest off/,
  );
  await apply(client, folder, off);
  assert.equal(
    client.diagnostics(folder.file(TASK)).some(({ code }) => code === 'image-tag-latest'),
    false,
  );
});

test('gives plain changes to an editor without versioned edits, and no file creation', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder, {
    textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
  });
  const finding = findingOf(client, folder, TASK, 'container-port-not-listened-on');
  const actions = await actionsAt(client, folder, TASK, finding);
  const action = titled(actions, /end to end/);
  assert.equal(action.edit?.documentChanges, undefined);
  assert.equal(
    actions.some(({ title }) => /severity/.test(title)),
    false,
  );
  await apply(client, folder, action);
  assert.deepEqual(errors(client, folder, all), []);
});

test('offers nothing where nothing is wrong', async () => {
  const folder = copyOf('nine-am');
  const client = await start(folder);
  const nowhere = { line: 0, character: 0 };
  const actions = await client.request('textDocument/codeAction', {
    textDocument: { uri: uriOf(folder.file('app.py')) },
    range: { start: nowhere, end: nowhere },
    context: { diagnostics: [] },
  });
  assert.deepEqual(actions, []);
});
