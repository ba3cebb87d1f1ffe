// Scripts of Ruby that prepare something and then start a server: `exec "bundle exec puma"`, `system! "bin/rails server"`.

import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Known } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { step } from '../text.ts';

const STARTS = /^(?:Kernel\.)?(?:system!?|exec|sh|spawn)$/;

/** The command that a script runs last, as a shell reads it; undefined where it runs none that is written as a text. */
export function startedByScript(process: ContainerProcess, script: Uri): ContainerProcess | undefined {
  const program = factOf(process.files.facts(script, 'program'), 'program');
  if (program?.language !== 'ruby') return undefined;
  const last = program.calls.findLast(
    ({ callee, arguments: [first] }) => STARTS.test(callee) && first?.value.kind === 'literal',
  );
  const [first] = last?.arguments ?? [];
  if (last === undefined || first?.value.kind !== 'literal' || typeof first.value.value !== 'string') return undefined;
  const words = last.arguments.flatMap(({ value }): readonly Known<string>[] =>
    value.kind === 'literal' && typeof value.value === 'string' ? [known(value.value, value.at)] : [],
  );
  if (words.length < last.arguments.length) return undefined;
  const { at } = first.value;
  const argv = words.length > 1 ? words : [known('sh', at), known('-c', at), ...words];
  const hop = step(last.at, `${last.callee} ${words.map(({ value }) => JSON.stringify(value)).join(', ')}`);
  return { ...process, argv, trail: [...process.trail, hop] };
}
