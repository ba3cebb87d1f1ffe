// nodemon: a script or `--exec`, given on the command line, in nodemon.json or in package.json.
// https://github.com/remy/nodemon#config-files

import { factOf } from '../../facts/fileFacts.ts';
import type { Known, Value } from '../../facts/value.ts';
import { isKnown, known } from '../../facts/value.ts';
import { argumentsOf, runs, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile, dataValue } from '../settingsFiles.ts';
import { wordText } from '../text.ts';

export const nodemon: Launcher = {
  id: 'nodemon',
  runs: (command) => command === 'nodemon',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['--exec', '-x'],
        ['--watch', '-w'],
        ['--ext', '-e'],
        ['--ignore', '-i'],
        ['--delay'],
        ['--config'],
        ['--signal'],
      ],
      ignored: ['-r', '--require'],
      stopsAtPositional: true,
    });
    const file = dataFile(process, wordText(flags.last('--config') ?? known('nodemon.json', nowhere)));
    const command = flags.last('--exec') ?? dataValue(process, file, 'exec');
    const script = flags.rest[0] ?? dataValue(process, file, 'script');
    const rest = flags.rest.slice(1);
    if (command !== undefined) return execute(process, command, script === undefined ? [] : [script, ...rest]);
    const program = script ?? mainOf(process);
    if (program === undefined) return unknownOutcome(process, 'what nodemon runs is not among the files in view');
    const runner = /\.[cm]?tsx?$/.test(wordText(program)) ? 'ts-node' : 'node';
    return runs(process, [known(runner, program.at), program, ...rest]);
  },
};

const nowhere = { uri: '', span: { start: 0, end: 0 } };

function execute(process: ContainerProcess, command: Value<string>, words: readonly Value<string>[]): Outcome {
  if (command.state !== 'known') return unknownOutcome(process, 'what nodemon runs is open');
  const { at } = command;
  if (words.length === 0) return runs(process, [known('sh', at), known('-c', at), command]);
  const whole = { ...command, value: `${command.value} "$@"` };
  return runs(process, [known('sh', at), known('-c', at), whole, known('sh', at), ...words]);
}

/** The `main` of package.json, else index.js. */
function mainOf(process: ContainerProcess): Known<string> | undefined {
  const uri = workspaceFile(process, 'package.json');
  const main = uri === undefined ? undefined : factOf(process.files.facts(uri), 'packageManifest')?.main;
  if (isKnown(main)) return main;
  return workspaceFile(process, 'index.js') === undefined
    ? undefined
    : known('index.js', process.argv[0]?.at ?? nowhere);
}
