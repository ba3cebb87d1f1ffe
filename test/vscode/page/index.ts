// VS Code driven through its page, by mouse and keyboard.

import type { Page } from 'playwright-core';
import type { EditorTest } from '../outcome.ts';
import { problemTests } from './problems.ts';
import { reportTests } from './report.ts';

export interface PageContext {
  readonly page: Page;
  /** The opened folder. */
  readonly folder: string;
  /** Into `out/screenshots`. */
  readonly screenshot: (name: string) => Promise<void>;
}

export const pageTests: readonly EditorTest<PageContext>[] = [...problemTests, ...reportTests];
