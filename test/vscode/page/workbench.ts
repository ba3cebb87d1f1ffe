// The parts of VS Code's window that the tests look at and press.

import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../outcome.ts';

export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  await pick(page, 'Control+P', path, name);
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor();
}

export function runCommand(page: Page, title: string): Promise<void> {
  return pick(page, 'F1', `>${title}`, title);
}

/** Types into the box that a key opens and takes the row; again where something else took the focus and closed the box. */
async function pick(page: Page, key: string, text: string, rowText: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: rowText }).first();
  await until(`"${rowText}" among the choices`, async () => {
    await page.keyboard.press(key);
    await input.fill(text, { timeout: 3000 });
    await row.click({ timeout: 5000 });
    return true;
  });
}

export async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? '';
}

/** The row of the Problems panel that holds all of these texts. */
export function problem(page: Page, ...texts: readonly string[]): Locator {
  return texts.reduce(
    (rows, hasText) => rows.filter({ hasText }),
    page.locator('.markers-panel-container .monaco-list-row'),
  );
}

export async function showProblems(page: Page): Promise<void> {
  const panel = page.locator('.markers-panel-container');
  if (!(await panel.isVisible())) {
    await page.keyboard.press('Control+Shift+M');
  }
  await panel.waitFor();
}

/** As the status bar says it. */
export async function errorCount(page: Page): Promise<number | undefined> {
  const label = await page.locator('[id="status.problems"] a').getAttribute('aria-label');
  if (label === null) {
    return undefined;
  }
  return /No Problems/.test(label) ? 0 : Number(/Errors: (\d+)/.exec(label)?.[1] ?? 0);
}

export function waitForErrors(page: Page, count: number): Promise<boolean> {
  return until(`${count} errors in the status bar`, async () => (await errorCount(page)) === count);
}

/** The document inside a webview: VS Code nests two frames. */
export function webview(page: Page): FrameLocator {
  return page.locator('iframe.webview.ready').last().contentFrame().locator('iframe#active-frame').contentFrame();
}

/** The middle of the text in the active editor, as a person would point at it. */
export async function pointAt(page: Page, text: string): Promise<{ readonly x: number; readonly y: number }> {
  const line = page.locator('.editor-group-container.active .view-line', { hasText: text }).first();
  const box = await line.evaluate((element, wanted) => {
    const walker = element.ownerDocument.createTreeWalker(element, 4);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at >= 0) {
        const range = element.ownerDocument.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
    }
    return undefined;
  }, text);
  if (box === undefined) {
    throw new Error(`"${text}" is not to be seen.`);
  }
  return box;
}

/** The one of the line that holds the text; the former line's stays for a moment. */
export async function pressLightBulb(page: Page, text: string): Promise<void> {
  const { x, y } = await pointAt(page, text);
  await page.mouse.click(x, y);
  const editor = page.locator('.editor-group-container.active');
  const bulb = editor.locator('.glyph-margin-widgets [class*="lightbulb"], .lightBulbWidget:visible').first();
  await until(`a light bulb beside "${text}"`, async () => {
    const box = await bulb.boundingBox();
    return box !== null && box.y < y && y < box.y + box.height;
  });
  await bulb.click();
}
