import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text.ts';
import { factOf } from '../../server/src/facts/fileFacts.ts';
import { shellScript } from '../../server/src/sources/shellScript.ts';

test('claims scripts by ending, and other files by their first line', () => {
  const table: readonly (readonly [string, 'yes' | 'maybe' | 'no'])[] = [
    ['run.sh', 'yes'],
    ['run.bash', 'yes'],
    ['entrypoint', 'maybe'],
    ['Dockerfile', 'no'],
    ['Procfile', 'no'],
    ['app.py', 'no'],
    ['.env', 'no'],
  ];
  for (const [name, answer] of table) assert.equal(shellScript.claims(`file:///w/${name}`), answer, name);
  assert.equal(shellScript.recognizes?.('#!/usr/bin/env bash\nx'), true);
  assert.equal(shellScript.recognizes?.('#!/bin/sh -e\r\nx'), true);
  assert.equal(shellScript.recognizes?.('#!/usr/bin/env python3\nx'), false);
  assert.equal(shellScript.recognizes?.('x\n#!/bin/sh'), false);
});

test('keeps the text and replaces plain words in it', () => {
  const uri = 'file:///w/run.sh';
  const text = '#!/bin/sh\nexec gunicorn -b :8000 app:app\n';
  assert.equal(factOf(shellScript.extract({ uri, text }), 'shellScript')?.text, text);
  const start = text.indexOf('8000');
  const at = { uri, span: { start, end: start + 4 } };
  const edit = (value: string | number) =>
    applyEdits(text, shellScript.edit({ uri, text }, { kind: 'replace', at, value }));
  assert.match(edit(9000), /-b :9000 app/);
  assert.equal(edit('a b; rm'), text);
});
