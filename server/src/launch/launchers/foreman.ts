// Process managers of a Procfile: foreman, honcho, hivemind, overmind, forego. Every process runs side by side, each with
// a PORT of its own: the base port plus 100 for each kind of process.
// https://ddollar.github.io/foreman/, https://honcho.readthedocs.io/en/latest/using_procfiles.html

import { factOf } from '../../facts/fileFacts.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, containerPath, knownCommand, workspaceFile } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { explained } from '../environment.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, step } from '../text.ts';
import { sliceWord } from '../words.ts';

const BASE_PORT = '5000';

export const foreman: Launcher = {
  id: 'foreman',
  runs: (command) => /^(?:foreman|honcho|hivemind|overmind|forego|goreman)$/.test(command),
  resolve(process) {
    const tool = lastSegment(knownCommand(process) ?? '');
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['-f', '--procfile'],
        ['-p', '--port'],
        ['-m', '-c', '--formation', '--concurrency'],
        ['-e', '--env'],
        ['-d', '--root'],
        ['-l'],
        ['-r'],
        ['-t'],
      ],
    });
    const words =
      tool === 'hivemind' ? [known('start', process.argv[0]?.at ?? nowhere), ...flags.positionals] : flags.positionals;
    const [command, ...names] = words;
    if (flags.open !== undefined) return unknownOutcome(process, `the arguments of ${tool} are open`);
    const verb = command?.state === 'known' ? command.value : '';
    if (verb === 'run') return { kind: 'run', process: { ...process, argv: names } };
    if (verb !== 'start' && verb !== 's') return unknownOutcome(process, `what \`${tool} ${verb}\` runs is not known`);
    const file = flags.last('-f') ?? (tool === 'hivemind' ? names[0] : undefined);
    if (file !== undefined && file.state !== 'known') return unknownOutcome(process, 'which Procfile is read is open');
    const name = file?.value ?? 'Procfile';
    const text = containerTexts(process).read(containerPath(process, name));
    if (text?.state !== 'known') return unknownOutcome(process, `${name} is not among the files in view`);
    const wanted = new Set(tool === 'hivemind' ? [] : names.map((word) => (word.state === 'known' ? word.value : '')));
    const all = processesOf(text);
    const chosen = all.filter((entry) => wanted.size === 0 || wanted.has(entry.name));
    // honcho counts the chosen processes, the others all of the file.
    const counted = tool === 'honcho' ? chosen : all;
    const own = withEnvironmentFile(process);
    const processes = chosen.map((entry) => started(own, entry, portOf(own, flags.last('-p'), counted.indexOf(entry))));
    return { kind: 'branches', branches: [{ processes }] };
  },
};

/** `.env` beside the Procfile beats what is set outside. */
function withEnvironmentFile(process: ContainerProcess): ContainerProcess {
  const uri = workspaceFile(process, '.env');
  const file = uri === undefined ? undefined : factOf(process.files.facts(uri), 'environmentFile');
  if (file === undefined) return process;
  const entries = file.entries.map(({ name, value }) => ({ name, value: explained(name, value, value.at, '.env') }));
  return { ...process, environment: process.environment.with(entries) };
}

const nowhere = { uri: '', span: { start: 0, end: 0 } };

interface Entry {
  readonly name: string;
  readonly command: Known<string>;
}

function processesOf(text: Known<string>): readonly Entry[] {
  return [...text.value.matchAll(/^([\w-]+):[ \t]*(\S.*)$/gm)].map((match) => {
    const [whole, name = '', command = ''] = match;
    const start = match.index + whole.length - command.length;
    return { name, command: sliceWord(text, start, start + command.trimEnd().length) };
  });
}

/** The flag, else PORT, else 5000; 100 more for each process above it. */
function portOf(process: ContainerProcess, flag: Value<string> | undefined, index: number): Value<string> {
  const at = process.argv[0]?.at ?? nowhere;
  const base =
    flag ?? process.environment.get('PORT') ?? known(BASE_PORT, at, [step(at, `PORT starts at ${BASE_PORT}`)]);
  if (base.state !== 'known' || index === 0 || !/^\d{1,5}$/.test(base.value)) return base;
  const value = String(Number(base.value) + 100 * index);
  const hop = step(base.at, `process ${index + 1} of the Procfile gets PORT ${value}`);
  return known(value, base.at, [...(base.trail ?? []), hop]);
}

function started(process: ContainerProcess, { name, command }: Entry, port: Value<string>): ContainerProcess {
  const value =
    port.state === 'known' && port.trail === undefined ? explained('PORT', port, port.at, 'Procfile') : port;
  return {
    ...process,
    argv: [known('sh', command.at), known('-c', command.at), command],
    environment: process.environment.with([{ name: 'PORT', value }]),
    trail: [...process.trail, step(command.at, `${name}: ${command.value}`)],
  };
}
