// Tables of small workspaces and what their container listens on.

import assert from 'node:assert/strict';
import type { Workspace } from './helper.ts';
import { decidedAt, launchWorkspace, loadGrammars, steps, summary, taskOf } from './helper.ts';

export interface Row {
  readonly name: string;
  readonly files: Workspace;
  /** Keys of the container definition. */
  readonly task?: Readonly<Record<string, unknown>>;
  /** Variables that a pipeline writes into the container. */
  readonly injected?: Readonly<Record<string, string>>;
  /** See `summary`. */
  readonly listens: string | RegExp;
  /** `path:token` of the place that decides the port. */
  readonly at?: string;
  /** Texts that must occur in the steps, in this order; each may be a part of a step. */
  readonly steps?: readonly string[];
}

export function dockerfile(base: string, rest: string): string {
  return `FROM ${base}\nWORKDIR /app\nCOPY . .\n${rest}\n`;
}

/** Judges all rows, so that one failure does not hide another. */
export async function assertRows(rows: readonly Row[]): Promise<void> {
  await loadGrammars();
  const failures = rows.flatMap((row) => {
    const failure = failureOf(row);
    return failure === undefined ? [] : [`${row.name}: ${failure}`];
  });
  assert.deepEqual(failures, []);
}

function failureOf(row: Row): string | undefined {
  const files: Workspace = row.task === undefined ? row.files : { ...row.files, 'task.json': taskOf(row.task) };
  const result = launchWorkspace(files, row.injected);
  const found = summary(result);
  const fits = typeof row.listens === 'string' ? found === row.listens : row.listens.test(found);
  if (!fits) return `expected ${row.listens}, found ${found}`;
  const place = decidedAt(result, files);
  if (row.at !== undefined && place !== row.at) return `expected to be decided at ${row.at}, found ${place}`;
  const texts = steps(result);
  let from = 0;
  for (const step of row.steps ?? []) {
    const index = texts.findIndex((text, position) => position >= from && text.includes(step));
    if (index < 0) return `no step \`${step}\` in ${JSON.stringify(texts)}`;
    from = index;
  }
  return undefined;
}
