// What one editor test came to, and how it is printed. Shared by the suite in the extension host and the tests of the page.

export interface EditorTest<Context> {
  readonly name: string;
  /** Answers what is worth printing, if anything. */
  readonly run: (context: Context) => Promise<string | undefined> | Promise<void>;
}

export interface Outcome {
  readonly name: string;
  readonly milliseconds: number;
  readonly note?: string;
  /** Absent when it passed. */
  readonly error?: string;
}

/** One after the other, because they share one editor. */
export async function runAll<Context>(
  tests: readonly EditorTest<Context>[],
  context: Context,
  failed: (test: EditorTest<Context>) => Promise<void> = async () => {},
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const test of tests) {
    const start = performance.now();
    const result = await attempt(() => test.run(context));
    outcomes.push({ name: test.name, milliseconds: Math.round(performance.now() - start), ...result });
    if (result.error !== undefined) {
      await failed(test);
    }
  }
  return outcomes;
}

async function attempt(
  run: () => Promise<string | undefined> | Promise<void>,
): Promise<Pick<Outcome, 'note' | 'error'>> {
  try {
    const note = await run();
    return note === undefined ? {} : { note };
  } catch (reason) {
    return { error: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason) };
  }
}

export function printed(outcome: Outcome): string {
  if (outcome.error === undefined) {
    const note = outcome.note === undefined ? '' : `: ${outcome.note}`;
    return `✔ ${outcome.name} (${outcome.milliseconds} ms)${note}`;
  }
  return `✖ ${outcome.name} (${outcome.milliseconds} ms)\n    ${outcome.error.replaceAll('\n', '\n    ')}`;
}

/** Asks again until the answer is no longer undefined or false; an error of the question counts as no answer. */
export async function until<T>(
  what: string | (() => string),
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 15,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) {
        return answer;
      }
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      const wanted = typeof what === 'string' ? what : what();
      throw new Error(`Waited ${seconds} s for ${wanted}.${last === undefined ? '' : ` Last: ${String(last)}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
