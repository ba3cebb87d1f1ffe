// Commands that run several others at once: concurrently, npm-run-all, supervisors of that kind.

import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { readManifest } from '../packages.ts';
import { lastSegment, step, wordText } from '../text.ts';
import { sliceWord } from '../words.ts';

export const sideBySide: Launcher = {
  id: 'sideBySide',
  runs: (command) => command === 'concurrently' || /^(?:npm-run-all2?|run-p|run-s)$/.test(command),
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['-n', '--names'],
        ['-c', '--prefix-colors'],
        ['-p', '--prefix'],
        ['-s', '--success'],
      ],
    });
    if (flags.open !== undefined) return unknownOutcome(process, `what ${command} runs is open`);
    const isSequence = command === 'run-s' || (command.startsWith('npm-run-all') && !flags.has('--parallel', '-l'));
    const all = flags.positionals.flatMap((word) => scriptsLike(process, word));
    const words = isSequence ? all.slice(-1) : all;
    return { kind: 'branches', branches: [{ processes: words.map((word) => started(process, command, word)) }] };
  },
};

/** `run-p serve:*` runs every script of such a name; one star stands for one part of it. */
function scriptsLike(process: ContainerProcess, word: Value<string>): readonly Value<string>[] {
  const glob = word.state === 'known' ? /^(?:npm:)?([\w:-]*\*{1,2})$/.exec(word.value)?.[1] : undefined;
  if (glob === undefined) return [word];
  const names = readManifest(process, '.')?.scripts.map(({ name }) => name) ?? [];
  const start = glob.replace(/\*+$/, '');
  const matching = names.filter(
    (name) => name.startsWith(start) && (glob.endsWith('**') || !name.slice(start.length).includes(':')),
  );
  const prefix = wordText(word).startsWith('npm:') ? 'npm:' : '';
  return matching.map((name) => known(prefix + name, word.at));
}

function started(process: ContainerProcess, command: string, word: Value<string>): ContainerProcess {
  const { at } = word;
  const trail = [...process.trail, step(at, wordText(word))];
  const script = command === 'concurrently' ? scriptName(word) : word;
  if (script !== undefined) return { ...process, argv: [known('npm', at), known('run', at), script], trail };
  return { ...process, argv: [known('sh', at), known('-c', at), word], trail };
}

/** `concurrently "npm:start"`. */
function scriptName(word: Value<string>): Value<string> | undefined {
  return word.state === 'known' && /^(?:npm|yarn|pnpm):/.test(word.value)
    ? sliceWord(word, word.value.indexOf(':') + 1)
    : undefined;
}
