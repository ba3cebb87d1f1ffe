// Scripts of Ruby that prepare something and then start a server: `exec "bundle exec puma"`, `system! "bin/rails server"`.

import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Call } from '../../facts/program.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { printExpression } from '../printExpression.ts';
import { step } from '../text.ts';

const STARTS = /^(?:Kernel\.)?(?:system!?|exec|sh|spawn)$/;

/** The command that a script runs last; `open` where it is computed, undefined where there is none. */
export function startedByScript(
  process: ContainerProcess,
  script: Uri,
  given: readonly Value<string>[],
): ContainerProcess | 'open' | undefined {
  const program = factOf(process.files.facts(script, 'program'), 'program');
  if (program?.language !== 'ruby') return undefined;
  const last = program.calls
    .filter(({ callee }) => STARTS.test(callee))
    .reduce<Call | undefined>(
      (found, call) => (found && found.at.span.start > call.at.span.start ? found : call),
      undefined,
    );
  const [first] = last?.arguments ?? [];
  if (last === undefined || first === undefined) return undefined;
  const text = printExpression(first.value, 'ruby');
  // `exec(*ARGV)` is the `exec "$@"` of a shell.
  if (/^\*?ARGV$/.test(text))
    return { ...process, argv: given, trail: [...process.trail, step(last.at, 'exec(*ARGV)')] };
  const words = last.arguments.flatMap(({ value }): readonly Known<string>[] =>
    value.kind === 'literal' && typeof value.value === 'string' ? [known(value.value, value.at)] : [],
  );
  if (words.length < last.arguments.length) return 'open';
  const { at } = first.value;
  const argv = words.length > 1 ? words : [known('sh', at), known('-c', at), ...words];
  const hop = step(last.at, `${last.callee} ${words.map(({ value }) => JSON.stringify(value)).join(', ')}`);
  return { ...process, argv, trail: [...process.trail, hop] };
}
