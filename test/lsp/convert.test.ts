import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPlaces, fromEditorUri, toEditorUri } from '../../server/src/lsp/convert.ts';
import { snippet } from '../../server/src/lsp/workspaceEdit.ts';

const spellings: readonly (readonly [editor: string, engine: string | undefined])[] = [
  ['file:///home/me/app.py', 'file:///home/me/app.py'],
  ['file:///home/me/a%20b/%C3%A9%23%3F.json', 'file:///home/me/a b/é#?.json'],
  ['file:///home/me/folder/', 'file:///home/me/folder'],
  ['file:///c%3A/work/Dockerfile', 'file:///c:/work/Dockerfile'],
  ['file:///C:/work/Dockerfile', 'file:///c:/work/Dockerfile'],
  ['file://server/share/td.json', 'file://server/share/td.json'],
  ['vscode-vfs://github/acme/web/td.json', 'vscode-vfs://github/acme/web/td.json'],
  ['untitled:Untitled-1', undefined],
  ['git:/home/me/app.py?%7B%22ref%22%3A%22HEAD%22%7D', undefined],
  ['output:steadystate', undefined],
  ['not a uri', undefined],
  ['', undefined],
];

for (const [editor, engine] of spellings) {
  test(`reads the address '${editor}'`, () => assert.equal(fromEditorUri(editor), engine));
}

for (const uri of ['file:///a b/é#?.json', 'file:///c:/x/100%25.json', 'vscode-vfs://github/a/b.json', 'file:///']) {
  test(`writes an address that reads as ${uri}`, () =>
    assert.equal(fromEditorUri(toEditorUri(uri)), uri === 'file:///' ? 'file://' : uri));
}

test('counts lines and UTF-16 columns, with the mark an editor counts', () => {
  const text = 'é😀x\r\nsecond\rthird';
  const places = (startsWithMark: boolean) =>
    createPlaces({ text: () => text, editorUri: () => undefined, startsWithMark: () => startsWithMark });
  const at = (offset: number, mark = false) => places(mark).range('file:///f', { start: offset, end: offset }).start;
  assert.deepEqual(at(3), { line: 0, character: 3 });
  assert.deepEqual(at(3, true), { line: 0, character: 4 });
  assert.deepEqual(at(6, true), { line: 1, character: 0 });
  assert.deepEqual(at(13), { line: 2, character: 0 });
  for (const mark of [false, true]) {
    for (let offset = 0; offset <= text.length; offset++) {
      if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
      assert.equal(places(mark).offset('file:///f', at(offset, mark)), offset);
    }
  }
});

test('says nothing about files it does not know', () => {
  const places = createPlaces({ text: () => undefined, editorUri: () => undefined, startsWithMark: () => false });
  assert.equal(places.offset('file:///f', { line: 3, character: 1 }), undefined);
  assert.deepEqual(places.range('file:///f', { start: 5, end: 9 }).start, { line: 0, character: 0 });
});

test('turns placeholders into the tab stops of a snippet', () => {
  const placeholder = /<([A-Z][A-Z0-9_]*)>/g;
  assert.equal(snippet('acme/web:<IMAGE_TAG>', placeholder), 'acme/web:${1:IMAGE_TAG}');
  assert.equal(snippet('a\\b ${X} <A> <B>', placeholder), 'a\\\\b \\${X\\} ${1:A} ${2:B}');
  assert.equal(
    snippet('# steadystate-ignore x -- TODO: say why\n', /(TODO: say why)/g),
    '# steadystate-ignore x -- ${1:TODO: say why}\n',
  );
});
