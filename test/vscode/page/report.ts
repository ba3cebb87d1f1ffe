// The report of Check Deployment, its links, the page of a rule, and the status bar.

import assert from 'node:assert/strict';
import { portRule, program, rightPort, wrongPort } from '../nineAm.ts';
import type { EditorTest } from '../outcome.ts';
import type { PageContext } from './index.ts';
import { problem, runCommand, textOf, webview } from './workbench.ts';

export const reportTests: readonly EditorTest<PageContext>[] = [
  {
    name: 'the palette runs Check Deployment, which shows the chain of ports and the Problems panel',
    run: async ({ page, screenshot }) => {
      await runCommand(page, 'Steady State: Check Deployment');
      const report = webview(page);
      await report.getByRole('heading', { name: 'flask-app' }).first().waitFor();
      const text = await textOf(report.locator('main'));
      for (const word of [wrongPort, rightPort, program, 'Dockerfile', 'ecs/task-definition.json']) {
        assert.ok(text.includes(word), `The report does not name ${word}:\n${text}`);
      }
      await problem(page, rightPort).first().waitFor();
      await screenshot('report');
    },
  },
  {
    name: 'a link of the report opens the program at the line',
    run: async ({ page, screenshot }) => {
      await webview(page).getByRole('link', { name: program }).first().click();
      await page.locator('.tab.active', { hasText: program }).waitFor();
      const line = page.locator('.editor-group-container.active .view-line', { hasText: rightPort });
      await line.first().waitFor();
      const status = page.locator('[id="status.editor.selection"]');
      await status.filter({ hasText: 'Ln 12' }).waitFor();
      await screenshot('report-link');
    },
  },
  {
    name: 'a rule named in the report opens its page',
    run: async ({ page }) => {
      await webview(page).getByRole('link', { name: portRule }).first().click();
      await page.locator('.tab.active', { hasText: `Preview ${portRule}` }).waitFor();
      await runCommand(page, 'View: Close Editor');
      await page.locator('.tab', { hasText: portRule }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'the link of a finding opens the page of its rule inside the editor',
    run: async ({ page, screenshot }) => {
      await problem(page, rightPort)
        .locator('a', { hasText: portRule })
        .first()
        .click({ modifiers: ['Control'] });
      const allow = page.locator('.monaco-dialog-box .monaco-button', { hasText: /^Open$/ });
      const preview = page.locator('.tab.active', { hasText: portRule });
      await allow.or(preview).first().waitFor();
      if (await allow.isVisible()) {
        await allow.click();
      }
      await preview.waitFor();
      await webview(page).locator('h1').first().waitFor();
      await screenshot('rule-page');
      await runCommand(page, 'View: Close Editor');
    },
  },
  {
    name: 'the status bar counts what is wrong and checks at a click',
    run: async ({ page, screenshot }) => {
      await runCommand(page, 'View: Close All Editors');
      const item = page
        .locator('[id="steadystate.steadystate.steadystate.status"], [id="steadystate.steadystate"]')
        .first();
      await item.waitFor();
      assert.match(await textOf(item), /Steady State/);
      await item.click();
      await webview(page).getByRole('heading', { name: 'flask-app' }).first().waitFor();
      await screenshot('status-bar');
    },
  },
];
