// The story of the wrong port as a person meets it: squiggle, Problems, light bulb, fix, undo.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endToEndFix, mendedFiles, program, rightPort, taskDefinition, wrongPort } from '../nineAm.ts';
import { type EditorTest, until } from '../outcome.ts';
import type { PageContext } from './index.ts';
import { openFile, pointAt, pressLightBulb, problem, showProblems, waitForErrors } from './workbench.ts';

export const problemTests: readonly EditorTest<PageContext>[] = [
  {
    name: 'opening the task definition shows the port underlined',
    run: async ({ page, screenshot }) => {
      await openFile(page, taskDefinition);
      const squiggle = page.locator('.editor-group-container.active .squiggly-error');
      await squiggle.first().waitFor();
      assert.equal(await squiggle.count(), 1);
      const underlined = await squiggle.first().boundingBox();
      const port = await pointAt(page, wrongPort);
      assert.ok(underlined !== null && underlined.x <= port.x && port.x <= underlined.x + underlined.width);
      await screenshot('squiggle');
    },
  },
  {
    name: 'hovering over the port tells the finding and where the program listens',
    run: async ({ page, screenshot }) => {
      const { x, y } = await pointAt(page, wrongPort);
      await page.mouse.move(x, y, { steps: 5 });
      const hover = page.locator('.monaco-hover:visible', { hasText: rightPort });
      await hover.first().waitFor();
      await screenshot('hover');
      await page.mouse.move(x, y + 300);
    },
  },
  {
    name: 'the Problems panel lists the error with its related places',
    run: async ({ page, screenshot }) => {
      await showProblems(page);
      await problem(page, rightPort, wrongPort).first().waitFor();
      await waitForErrors(page, 1);
      await screenshot('problems');
    },
  },
  {
    name: 'the light bulb offers the fix, and one press mends every file',
    run: async ({ page, folder, screenshot }) => {
      const before = await texts(folder);
      await pressLightBulb(page, wrongPort);
      const offer = page.locator('.action-widget .monaco-list-row', { hasText: endToEndFix });
      await offer.waitFor();
      await screenshot('light-bulb');
      await offer.click();
      await waitForErrors(page, 0);
      await until('the mended files on disk', async () => {
        const after = await texts(folder);
        return mendedFiles.every((path) => after.get(path) === before.get(path)?.replaceAll(wrongPort, rightPort));
      });
      assert.equal((await texts(folder)).get(program), before.get(program));
      await page.locator('.editor-group-container.active .squiggly-error').waitFor({ state: 'detached' });
      await screenshot('fixed');
    },
  },
  {
    name: 'undo restores every file',
    run: async ({ page, folder, screenshot }) => {
      await page.locator('.editor-group-container.active .view-line').first().click();
      await page.keyboard.press('Control+Z');
      const question = page.locator('.monaco-dialog-box .monaco-button', { hasText: /Undo in \d+ Files/ });
      const squiggle = page.locator('.editor-group-container.active .squiggly-error');
      await question.or(squiggle).first().waitFor();
      if (await question.isVisible()) {
        await screenshot('undo');
        await question.click();
      }
      await waitForErrors(page, 1);
      await until('the files as they were', async () => {
        const now = await texts(folder);
        return mendedFiles.every((path) => !now.get(path)?.includes(rightPort));
      });
      await page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    },
  },
  {
    name: 'pinning the image selects the tag, to be typed over',
    run: async ({ page, folder, screenshot }) => {
      await pressLightBulb(page, 'latest');
      const offer = page.locator('.action-widget .monaco-list-row', { hasText: 'Pin the image' });
      await offer.click();
      await page.locator('.editor-group-container.active .view-line', { hasText: /:IMAGE_TAG"/ }).waitFor();
      await screenshot('pin');
      await page.keyboard.type('2026.11.23');
      await until('the typed tag on disk', async () => {
        const text = await readFile(join(folder, taskDefinition), 'utf8');
        return text.includes('/flask-app:2026.11.23",');
      });
      await problem(page, 'image-tag-latest').waitFor({ state: 'detached' });
      await until('the tag as it was', async () => {
        // A notice or a panel may have taken the focus meanwhile.
        await page.locator('.editor-group-container.active .view-line', { hasText: 'flask-app:' }).first().click();
        await page.keyboard.press('Control+Z');
        await page.waitForTimeout(500);
        return (await readFile(join(folder, taskDefinition), 'utf8')).includes('/flask-app:latest",');
      });
    },
  },
];

async function texts(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of [...mendedFiles, program]) {
    found.set(path, await readFile(join(folder, path), 'utf8'));
  }
  return found;
}
