// What the extension contributes besides findings: commands, the report, rule pages, a cheap start.

import assert from 'node:assert/strict';
import { commands, TabInputWebview, Uri, window, workspace } from 'vscode';
import { portRule, taskDefinition } from '../nineAm.ts';
import { type EditorTest, until } from '../outcome.ts';
import { finding, type Suite } from './editor.ts';

const startupLimitMilliseconds = 100;

export const commandTests: readonly EditorTest<Suite>[] = [
  {
    name: `starting costs the extension host less than ${startupLimitMilliseconds} ms`,
    run: async ({ extension }) => {
      await extension.started();
      const cost = extension.startupCost();
      assert.ok(cost > 0 && cost < startupLimitMilliseconds, `It took ${cost.toFixed(1)} ms.`);
      return `${cost.toFixed(0)} ms`;
    },
  },
  {
    name: 'the commands exist',
    run: async () => {
      const all = await commands.getCommands(true);
      for (const id of ['steadystate.check', 'steadystate.restartServer', 'steadystate.showOutput']) {
        assert.ok(all.includes(id), id);
      }
    },
  },
  {
    name: 'the server tells how many errors there are',
    run: async ({ extension }) => {
      await until(
        () => `one error in one deployment, not ${JSON.stringify(extension.status())}`,
        () => {
          const status = extension.status();
          return status?.errors === 1 && status.deployments === 1;
        },
      );
    },
  },
  {
    name: 'Check Deployment opens the report',
    run: async () => {
      const result = await commands.executeCommand<{ readonly errors: number; readonly html: string }>(
        'steadystate.check',
      );
      assert.equal(result.errors, 1);
      assert.match(result.html, /5201/);
      await until('the tab of the report', () =>
        window.tabGroups.all
          .flatMap((group) => group.tabs)
          .some((tab) => tab.input instanceof TabInputWebview && tab.input.viewType.includes('steadystate.report')),
      );
      await commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
  {
    name: 'a rule has a page',
    run: async () => {
      const page = await workspace.openTextDocument(Uri.parse(`steadystate-rule:/${portRule}.md`));
      assert.match(page.getText(), /^# .+/m);
      assert.match(page.getText(), /https:\/\/docs\.aws\.amazon\.com\//);
      const none = await workspace.openTextDocument(Uri.parse('steadystate-rule:/no-such-rule.md'));
      assert.match(none.getText(), /no rule/);
    },
  },
  {
    name: 'restarting the server brings the findings back',
    run: async ({ uri }) => {
      await commands.executeCommand('steadystate.restartServer');
      await finding(uri(taskDefinition), portRule);
    },
  },
];
