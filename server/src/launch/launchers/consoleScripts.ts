// Commands that a Python project installs or names itself: `[project.scripts]`, poetry's scripts, `entry_points` of
// setup.cfg and setup.py; and the tasks of Pipfile, pdm, poe and hatch, which are shell texts.

import type { Uri } from '../../base/uri.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, runs, workspaceFile } from '../argv.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile, dataValue } from '../settingsFiles.ts';
import { lastSegment, step, wordText } from '../text.ts';
import { programOutcome, pythonFolders } from './programOutcome.ts';

const entryTables = ['project.scripts', 'tool.poetry.scripts', 'project.gui-scripts'];
const taskTables = [
  'tool.pdm.scripts',
  'tool.poe.tasks',
  'tool.hatch.envs.default.scripts',
  'tool.rye.scripts',
  'tool.taskipy.tasks',
];

export const consoleScripts: Launcher = {
  id: 'consoleScripts',
  runs: (command, process) => command !== '' && (entryOf(process, command) ?? taskOf(process, command)) !== undefined,
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const entry = entryOf(process, command);
    if (entry === undefined) return runTask(process, command);
    const hop = step(entry.at, `${command} = ${wordText(entry)}`);
    const inside = { ...process, trail: [...process.trail, hop] };
    const [module = '', name] = wordText(entry).replace(/\[.*$/, '').trim().split(':');
    const uri = moduleFile(process, module);
    if (uri === undefined) return unknownOutcome(inside, `the module ${module} is not among the files in view`);
    return programOutcome(inside, uri, {
      main: true,
      arguments: argumentsOf(process),
      language: 'python',
      fromFolder: false,
      ...(name === undefined ? {} : { calls: name }),
    });
  },
};

function moduleFile(process: ContainerProcess, module: string): Uri | undefined {
  const path = module.split('.').join('/');
  for (const folder of pythonFolders(process)) {
    const uri =
      workspaceFile(process, `${folder}/${path}.py`) ?? workspaceFile(process, `${folder}/${path}/__init__.py`);
    if (uri !== undefined) return uri;
  }
  return undefined;
}

function entryOf(process: ContainerProcess, command: string): Value<string> | undefined {
  const project = dataFile(process, 'pyproject.toml');
  for (const table of entryTables) {
    const found =
      dataValue(process, project, `${table}.${command}`) ?? dataValue(process, project, `${table}.${command}.callable`);
    if (found !== undefined) return found;
  }
  return entryOfSetupCfg(dataFile(process, 'setup.cfg'), command) ?? entryOfSetup(process, command);
}

function entryOfSetupCfg(file: ConfigFile | undefined, command: string): Value<string> | undefined {
  const scripts = file?.entries.findLast(({ key }) => key === 'options.entry_points.console_scripts')?.value;
  return scripts?.state === 'known' ? entryIn(scripts.value.split('\n'), command, scripts) : undefined;
}

/** `setup(entry_points={"console_scripts": ["svc=svc.main:main"]})` */
function entryOfSetup(process: ContainerProcess, command: string): Value<string> | undefined {
  const uri = workspaceFile(process, 'setup.py');
  const program = uri === undefined ? undefined : factOf(process.files.facts(uri, 'program'), 'program');
  const points = program?.calls
    .find(({ callee }) => /(?:^|\.)setup$/.test(callee))
    ?.arguments.find(({ name }) => name === 'entry_points')?.value;
  if (points?.kind !== 'object') return undefined;
  const scripts = points.entries.find(({ key }) => key === 'console_scripts')?.value;
  if (scripts?.kind !== 'array') return undefined;
  const lines = scripts.items.flatMap((item) => (item.kind === 'literal' ? [String(item.value)] : []));
  return entryIn(lines, command, scripts);
}

function entryIn(
  lines: readonly string[],
  command: string,
  { at }: Pick<Value<string>, 'at'>,
): Value<string> | undefined {
  for (const line of lines) {
    const equals = line.indexOf('=');
    if (equals > 0 && line.slice(0, equals).trim() === command) return known(line.slice(equals + 1).trim(), at);
  }
  return undefined;
}

function taskOf(process: ContainerProcess, command: string): Value<string> | undefined {
  const pipfile = dataValue(process, dataFile(process, 'Pipfile'), `scripts.${command}`);
  if (pipfile !== undefined) return pipfile;
  const project = dataFile(process, 'pyproject.toml');
  for (const table of taskTables) {
    for (const key of ['', '.cmd', '.shell']) {
      const found = dataValue(process, project, `${table}.${command}${key}`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function runTask(process: ContainerProcess, command: string) {
  const task = taskOf(process, command);
  const [first] = process.argv;
  if (task?.state !== 'known' || first === undefined) return unknownOutcome(process, `the task ${command} is open`);
  // What calls itself would run for ever.
  if (task.value.split(/\s/)[0] === command) return unknownOutcome(process, `the task ${command} runs itself`);
  const whole = { ...task, value: `${task.value} "$@"` };
  return runs(process, [
    known('sh', first.at),
    known('-c', first.at),
    whole,
    known('sh', first.at),
    ...argumentsOf(process),
  ]);
}
