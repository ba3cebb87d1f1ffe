// Quick-fixes as VS Code offers and applies them.

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { CodeActionKind, commands, DiagnosticSeverity, Range, window, workspace } from 'vscode';
import { endToEndFix, mendedFiles, portRule, program, rightPort, taskDefinition, wrongPort } from '../nineAm.ts';
import { type EditorTest, until } from '../outcome.ts';
import { codeActions, errors, finding, noFinding, ours, ruleOf, type Suite } from './editor.ts';

export const fixTests: readonly EditorTest<Suite>[] = [
  {
    name: 'every error and warning can be ignored in place, and prefers at most one fix',
    run: async ({ uri }) => {
      for (const path of [...mendedFiles, program]) {
        for (const diagnostic of ours(uri(path))) {
          if (diagnostic.severity > DiagnosticSeverity.Warning) {
            continue;
          }
          const actions = await codeActions(uri(path), diagnostic.range, CodeActionKind.QuickFix);
          const titles = actions.map((action) => action.title).join(' | ');
          assert.ok(titles.includes(`Ignore ${ruleOf(diagnostic)} here`), `${ruleOf(diagnostic)} offers: ${titles}`);
          const findings = ours(uri(path)).filter(({ range }) => range.intersection(diagnostic.range) !== undefined);
          const preferred = actions.filter((action) => action.isPreferred);
          assert.ok(preferred.length <= findings.length, `${ruleOf(diagnostic)} prefers several of: ${titles}`);
        }
      }
    },
  },
  {
    name: 'ignoring a rule and changing its severity are offered beside the fix',
    run: async ({ uri }) => {
      const { range } = await finding(uri(taskDefinition), portRule);
      const titles = (await codeActions(uri(taskDefinition), range)).map((action) => action.title);
      assert.ok(
        titles.some((title) => /ignore/i.test(title)),
        titles.join(' | '),
      );
      assert.ok(
        titles.some((title) => /severity|turn off/i.test(title)),
        titles.join(' | '),
      );
    },
  },
  {
    name: 'the safe fixes are offered as one source action',
    run: async ({ uri }) => {
      const service = uri('ecs/service-definition.json');
      const kind = CodeActionKind.SourceFixAll.append('steadystate');
      const actions = await codeActions(service, new Range(0, 0, 0, 0), kind);
      assert.equal(actions.length, 1, `${actions.length} source actions`);
    },
  },
  {
    name: 'the preferred fix makes all files agree, and undo restores every one',
    run: async ({ uri }) => {
      const before = await texts(uri);
      const { range } = await finding(uri(taskDefinition), portRule);
      const actions = await codeActions(uri(taskDefinition), range, CodeActionKind.QuickFix);
      const preferred = actions.find((action) => action.isPreferred);
      assert.equal(preferred?.title, endToEndFix);
      assert.ok(preferred?.edit !== undefined, 'the fix carries no edit');
      assert.ok(await workspace.applyEdit(preferred.edit), 'the edit was refused');
      await noFinding(uri(taskDefinition), portRule);
      const after = await texts(uri);
      for (const path of mendedFiles) {
        assert.equal(after.get(path), before.get(path)?.replaceAll(wrongPort, rightPort), path);
      }
      assert.equal(after.get(program), before.get(program));
      await until('no error in any file', () =>
        [...mendedFiles, program].every((path) => errors(uri(path)).length === 0),
      );
      await window.showTextDocument(uri(taskDefinition));
      await commands.executeCommand('undo');
      await until('the texts as they were', async () => isDeepStrictEqual(await texts(uri), before));
      await finding(uri(taskDefinition), portRule);
    },
  },
];

async function texts(uri: Suite['uri']): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of [...mendedFiles, program]) {
    found.set(path, (await workspace.openTextDocument(uri(path))).getText());
  }
  return found;
}
