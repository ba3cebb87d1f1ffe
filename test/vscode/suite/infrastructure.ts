// The stories in infrastructure code, side by side in one folder: each is caught before anything is opened, and mended in one
// press. Runs inside the extension host, apart from the other tests; the outcomes go to a file.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodeActionKind, type Uri, workspace } from 'vscode';
import { endToEndFix, portRule, program, rightPort, wrongPort } from '../nineAm.ts';
import { type EditorTest, runAll, until } from '../outcome.ts';
import { type Story, stories } from '../stories.ts';
import { apply, codeActions, errors, finding, noFinding, openSuite, type Suite, texts, undoIn } from './editor.ts';

export async function run(): Promise<void> {
  const { uri } = await openSuite();
  const outcomes = await runAll(
    stories.flatMap((story) => testsOf(story, (path) => uri(`${story.workspace}/${path}`))),
    undefined,
  );
  await writeFile(join(__dirname, 'outcomes.json'), JSON.stringify(outcomes));
  if (outcomes.some((outcome) => outcome.error !== undefined)) {
    throw new Error('Some tests failed.');
  }
}

function testsOf(story: Story, uri: Suite['uri']): readonly EditorTest<undefined>[] {
  const { service } = story;
  return [
    { name: `${story.workspace}: one press serves the port of the program`, run: () => mendPort(story, uri) },
    ...(service === undefined
      ? []
      : [{ name: `${story.workspace}: one press adds the circuit breaker`, run: () => addBreaker(uri(service)) }]),
  ];
}

async function mendPort({ wrong, mended }: Story, uri: Suite['uri']): Promise<void> {
  const paths = [...mended, program];
  const found = await finding(uri(wrong), portRule);
  const before = await texts(paths.map(uri));
  assert.equal((await workspace.openTextDocument(uri(wrong))).getText(found.range), wrongPort);
  await press(uri(wrong), found.range, endToEndFix);
  await noFinding(uri(wrong), portRule);
  await until('no error in any file', () => paths.every((path) => errors(uri(path)).length === 0));
  const after = await texts(mended.map(uri));
  for (const [index, text] of after.entries()) {
    assert.notEqual(text, before[index], `${mended[index]} is as it was`);
    assert.ok(text.includes(rightPort) && !text.includes(wrongPort), text);
  }
  await undoIn(uri(wrong), before[mended.indexOf(wrong)] ?? '');
  assert.deepEqual(await texts(paths.map(uri)), before);
  await finding(uri(wrong), portRule);
}

async function addBreaker(service: Uri): Promise<void> {
  const rule = 'circuit-breaker-missing';
  const found = await finding(service, rule);
  const [before = ''] = await texts([service]);
  await press(service, found.range, 'Add a circuit breaker with rollback');
  await noFinding(service, rule);
  const [after = ''] = await texts([service]);
  assert.match(after, /rollback/i);
  await undoIn(service, before);
  await finding(service, rule);
}

/** The editor asks every provider of the language, and answers nothing as long as another one is starting. */
async function press(uri: Uri, range: Parameters<typeof codeActions>[1], title: string): Promise<void> {
  const action = await until(`"${title}" in ${uri.path}`, async () => {
    const actions = await codeActions(uri, range, CodeActionKind.QuickFix);
    // Behind a colon a title may say what the fix gains.
    return actions.find((one) => one.isPreferred && (one.title === title || one.title.startsWith(`${title}: `)));
  });
  await apply(action);
}
