// Documents of infrastructure code: found wrong as they stand in the editor, saved or not, and mended there. Other documents of
// the same languages cost nothing.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { analyze, type Files, settle, uriOf as workspaceUri } from '../rules/workspace.ts';
import { stories } from '../vscode/stories.ts';
import { applyEdit, titled } from './applyEdit.ts';
import { type Client, startClient, uriOf } from './client.ts';
import { copyOf, type Folder } from './folders.ts';

const RULE = 'container-port-not-listened-on';

const clients: Client[] = [];
after(async () => {
  for (const client of clients) await client.stop();
});

async function start(folder: Folder): Promise<Client> {
  const client = await startClient({ folders: [folder.path] });
  clients.push(client);
  await client.settled();
  return client;
}

const findingIn = (client: Client, file: string): Diagnostic | undefined =>
  client.diagnostics(file).find(({ code }) => code === RULE);

for (const { workspace, wrong, mended } of stories) {
  test(`${workspace}: an open document is found wrong as it stands, and mended with the others`, async () => {
    const folder = copyOf(workspace);
    const client = await start(folder);
    const file = folder.file(wrong);
    const text = `\n${folder.read(wrong)}`;
    const before = findingIn(client, file) ?? assert.fail(`no ${RULE} in ${wrong}`);
    client.open(file, text, 7);
    const actions = client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf(file) },
      range: { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } },
      context: { diagnostics: [] },
    });
    const action = titled(await actions, /^Serve port 5201 end to end/);
    await client.settled();
    const finding = findingIn(client, file) ?? assert.fail(`no ${RULE} in the open ${wrong}`);
    assert.equal(finding.range.start.line, before.range.start.line + 1);
    assert.equal(action.isPreferred, true);
    const texts = applyEdit(action.edit, (path) =>
      path === file ? text : folder.read(path.slice(folder.path.length + 1)),
    );
    assert.deepEqual([...texts.keys()].sort(), mended.map(folder.file).sort());
    for (const [path, mendedText] of texts) if (path !== file) client.open(path, mendedText);
    client.change(file, texts.get(file) ?? '', 8);
    await client.settled();
    assert.equal(findingIn(client, file), undefined);
    client.change(file, text, 9);
    await client.settled();
    assert.ok(findingIn(client, file), 'wrong again');
  });
}

test('a YAML document that describes nothing is read by nobody, and nothing is joined again', async () => {
  const files: Files = new Map([
    ['stack.yml', copyOf('nine-am-cloudformation').read('infra/service.yaml')],
    ['values.yaml', 'replicas: 1\n'],
  ]);
  const host = await analyze(files);
  const before = host.deployments().map(({ deployment }) => deployment);
  assert.equal(before.length, 1);
  for (const count of [2, 3, 4]) {
    const changed = host.apply({ contents: [{ uri: workspaceUri('values.yaml'), text: `replicas: ${count}\n` }] });
    assert.deepEqual([...changed], []);
    assert.deepEqual(host.wanted, { files: [], grammars: [] });
  }
  await settle(host, files);
  for (const [index, { deployment }] of host.deployments().entries()) assert.equal(deployment, before[index]);
});
