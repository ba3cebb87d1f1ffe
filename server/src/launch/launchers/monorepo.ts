// Task runners of monorepos: `nx serve api`, `turbo run start --filter=api`, `lerna run start --scope=api`.

import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone, runs, workspaceFile } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile, dataValue } from '../settingsFiles.ts';
import { lastSegment, wordText } from '../text.ts';
import { runScript } from './node.ts';

export const monorepo: Launcher = {
  id: 'monorepo',
  runs: (command) => command === 'nx' || command === 'turbo' || command === 'lerna',
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--filter', '-F'], ['--scope'], ['--project', '-p'], ['--target', '-t'], ['--configuration', '-c']],
    });
    return command === 'nx' ? runNx(process, flags) : runFiltered(process, command, flags);
  },
};

function runFiltered(process: ContainerProcess, command: string, flags: Flags): Outcome {
  const words = flags.positionals.filter((word) => wordText(word) !== 'run');
  const [script] = words;
  const name = flags.last('--filter') ?? flags.last('--scope');
  if (script?.state !== 'known') return unknownOutcome(process, `what ${command} runs is open`);
  if (/^(?:build|lint|test|typecheck|prune|bootstrap|clean)$/.test(script.value)) return listensNone(process);
  if (name === undefined) return unknownOutcome(process, `${command} runs "${script.value}" of several packages`);
  const at = script.at;
  return runs(process, [known('npm', at), known('run', at), known('--workspace', at), name, script]);
}

function runNx(process: ContainerProcess, flags: Flags): Outcome {
  const [first, second] = flags.positionals;
  if (first?.state !== 'known') return unknownOutcome(process, 'what nx runs is open');
  const [project, target] =
    first.value === 'run' ? wordText(second ?? first).split(':') : projectAndTarget(flags, first, second);
  if (target !== 'serve' && target !== 'start') {
    return /^(?:build|lint|test|e2e)$/.test(target ?? '')
      ? listensNone(process)
      : unknownOutcome(process, `what \`nx ${target}\` runs is not known`);
  }
  const main = project === undefined ? undefined : projectMain(process, project);
  if (main === undefined) return unknownOutcome(process, `the project that nx serves is not among the files in view`);
  return runScript(process, main, []);
}

function projectAndTarget(
  flags: Flags,
  first: Known<string>,
  second: Value<string> | undefined,
): readonly [string | undefined, string] {
  const named = flags.last('--project') ?? second;
  return [named === undefined ? undefined : wordText(named), first.value];
}

/** `targets.build.options.main` of the project's file; a file counts from the root of the workspace. */
function projectMain(process: ContainerProcess, project: string): Value<string> | undefined {
  for (const folder of [`apps/${project}`, `packages/${project}`, `services/${project}`, project]) {
    const file = dataFile(process, `${folder}/project.json`);
    const main = dataValue(process, file, 'targets.build.options.main');
    if (main !== undefined) return main;
    const path = `${folder}/src/main.ts`;
    if (file !== undefined && workspaceFile(process, path)) return known(path, file.at);
  }
  return undefined;
}
