// Quick-fixes as VS Code offers and applies them.

import assert from 'node:assert/strict';
import { CodeActionKind, DiagnosticSeverity, Range, type Uri, WorkspaceEdit, workspace } from 'vscode';
import { endToEndFix, mendedFiles, portRule, program, rightPort, taskDefinition, wrongPort } from '../nineAm.ts';
import { type EditorTest, until } from '../outcome.ts';
import { apply, codeActions, errors, finding, noFinding, ours, ruleOf, type Suite, undoIn } from './editor.ts';

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
    name: 'one source action applies the safe fixes',
    run: async ({ uri }) => {
      const service = uri('ecs/service-definition.json');
      await finding(service, 'circuit-breaker-missing');
      const before = (await workspace.openTextDocument(service)).getText();
      const kind = CodeActionKind.SourceFixAll.append('steadystate');
      const actions = await codeActions(service, new Range(0, 0, 0, 0), kind);
      assert.equal(actions.length, 1, `${actions.length} source actions`);
      await apply(actions[0]);
      await noFinding(service, 'circuit-breaker-missing');
      const { deploymentConfiguration } = JSON.parse((await workspace.openTextDocument(service)).getText());
      assert.deepEqual(deploymentConfiguration.deploymentCircuitBreaker, { enable: true, rollback: true });
      await undoIn(service, before);
      await finding(service, 'circuit-breaker-missing');
    },
  },
  {
    name: 'ignoring a finding of a JSON file writes steadystate.json',
    run: async ({ uri }) => {
      const settings = uri('steadystate.json');
      const { range } = await finding(uri(taskDefinition), portRule);
      const actions = await codeActions(uri(taskDefinition), range, CodeActionKind.QuickFix);
      await apply(actions.find((action) => action.title.startsWith(`Ignore ${portRule} here`)));
      try {
        await noFinding(uri(taskDefinition), portRule);
        const { ignore } = JSON.parse((await workspace.openTextDocument(settings)).getText());
        assert.equal(ignore.length, 1);
        assert.equal(ignore[0].rule, portRule);
        assert.equal(ignore[0].path, taskDefinition);
      } finally {
        await deleteFile(settings);
      }
      await finding(uri(taskDefinition), portRule);
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
      await apply(preferred);
      await noFinding(uri(taskDefinition), portRule);
      const after = await texts(uri);
      for (const path of mendedFiles) {
        assert.equal(after.get(path), before.get(path)?.replaceAll(wrongPort, rightPort), path);
      }
      assert.equal(after.get(program), before.get(program));
      await until('no error in any file', () =>
        [...mendedFiles, program].every((path) => errors(uri(path)).length === 0),
      );
      await undoIn(uri(taskDefinition), before.get(taskDefinition) ?? '');
      assert.deepEqual(await texts(uri), before);
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

async function deleteFile(uri: Uri): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.deleteFile(uri, { ignoreIfNotExists: true });
  assert.ok(await workspace.applyEdit(edit));
}
