// What one editor test came to, and how it is printed. Shared by the suite in the extension host and the tests of the page.

export interface EditorTest<Context> {
  readonly name: string;
  readonly run: (context: Context) => Promise<void>;
}

export interface Outcome {
  readonly name: string;
  readonly milliseconds: number;
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
    const error = await test.run(context).then(
      () => undefined,
      (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
    );
    const milliseconds = Math.round(performance.now() - start);
    outcomes.push(error === undefined ? { name: test.name, milliseconds } : { name: test.name, milliseconds, error });
    if (error !== undefined) {
      await failed(test);
    }
  }
  return outcomes;
}

export function printed(outcome: Outcome): string {
  if (outcome.error === undefined) {
    return `✔ ${outcome.name} (${outcome.milliseconds} ms)`;
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
