// `node server.js` and the runners of TypeScript: ts-node, tsx, bun, deno. A built file is traced to its source.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, containerPath, listensNone, runs, serverListens } from '../argv.ts';
import { withVariablesOf } from '../environmentFiles.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { printExpression } from '../printExpression.ts';
import { dataFile, dataValue } from '../settingsFiles.ts';
import { wordText } from '../text.ts';
import { sourceOfBuilt } from './builtFile.ts';
import { builtServer } from './builtServers.ts';
import { programOutcome } from './programOutcome.ts';

/** Options of node that take the next word. */
const nodeValued = [
  ['-r', '--require'],
  ['--import'],
  ['--loader', '--experimental-loader'],
  ['--env-file'],
  ['-C', '--conditions'],
  ['--env-file-if-exists'],
  ['--dns-result-order'],
] as const;

export const node: Launcher = {
  id: 'node',
  runs: (command) => command === 'node' || command === 'nodejs',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued: nodeValued, stopsAtPositional: true });
    if (flags.has('-e', '--eval', '-p', '--print'))
      return unknownOutcome(process, 'node runs text given as an argument');
    const [script, ...rest] = flags.rest;
    if (script === undefined) return unknownOutcome(process, 'node is started without a program');
    return runScript(withPreloaded(process, flags), script, rest);
  },
};

/** `--env-file=.env` and `-r dotenv/config`. */
function withPreloaded(process: ContainerProcess, flags: Flags): ContainerProcess {
  const files = [...flags.all('--env-file'), ...flags.all('--env-file-if-exists')];
  const loaded = files.reduce(withVariablesOf, process);
  const usesDotenv = [...flags.all('-r'), ...flags.all('--import')].some((word) => wordText(word) === 'dotenv/config');
  const path = process.environment.get('DOTENV_CONFIG_PATH') ?? known('.env', noWord.at);
  return usesDotenv ? withVariablesOf(loaded, path) : loaded;
}

export const typeScriptRunner: Launcher = {
  id: 'typeScriptRunner',
  runs: (command) =>
    /^(?:ts-node(?:-dev|-esm|-script)?|tsx|tsnd|babel-node|esno|esr|swc-node|vite-node|jiti)$/.test(command),
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['-r', '--require'], ['-P', '--project'], ['-O', '--compiler-options'], ['--import'], ['--tsconfig']],
      ignored: ['--env-file', '-D', '--ignore-diagnostics', '--cwd', '-x', '--extensions', '--presets', '--watch-path'],
      stopsAtPositional: true,
    });
    let words = flags.rest;
    if (wordText(words[0] ?? noWord) === 'watch') {
      words = parseFlags(words.slice(1), {
        valued: [['--include'], ['--exclude'], ['--env-file']],
        stopsAtPositional: true,
      }).rest;
    }
    const [script, ...rest] = words;
    return script === undefined ? listensNone(process) : runScript(process, script, rest);
  },
};

const noWord: Value<string> = { state: 'absent', at: { uri: '', span: { start: 0, end: 0 } } };

export const bun: Launcher = {
  id: 'bun',
  runs: (command) => command === 'bun',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--cwd'], ['-r', '--preload'], ['--env-file']],
      stopsAtPositional: true,
    });
    const [first, ...rest] = flags.rest;
    if (first === undefined) return listensNone(process);
    if (first.state !== 'known') return unknownOutcome(process, 'what bun runs is open');
    if (/^(?:install|i|add|test|build|x|create|init|pm|link)$/.test(first.value)) {
      return first.value === 'x' ? runs(process, rest) : listensNone(process);
    }
    if (first.value !== 'run') return bunTarget(process, first, rest);
    const [target, ...others] = parseFlags(rest, { valued: [], stopsAtPositional: true }).rest;
    if (target?.state !== 'known') return unknownOutcome(process, 'what bun runs is open');
    return bunTarget(process, target, others);
  },
};

function bunTarget(process: ContainerProcess, target: Known<string>, rest: readonly Value<string>[]): Outcome {
  const isFile = /[./]/.test(target.value);
  if (!isFile) return runs(process, [npmWord(process), runWord(process), target, ...rest]);
  const outcome = runScript(process, target, rest);
  if (outcome.kind !== 'listens' || outcome.listens.state === 'known' || outcome.program === undefined) return outcome;
  return servedByBun(process, outcome.program) ?? outcome;
}

/** Bun serves what a program exports by default, where that has a `fetch`: https://bun.sh/docs/api/http#export-default-syntax */
function servedByBun(process: ContainerProcess, uri: Uri): Outcome | undefined {
  const program = factOf(process.files.facts(uri, 'program'), 'program');
  const exported = program?.exports.find(({ name }) => name === 'default')?.value;
  if (program === undefined || exported?.kind !== 'name') return undefined;
  const made = program.definitions.findLast(({ name }) => name === exported.name)?.value;
  if (made?.kind !== 'call' || !/\b(?:Hono|OpenAPIHono)\(/.test(printExpression(made, program.language)))
    return undefined;
  const portVariable = ['BUN_PORT', 'PORT', 'NODE_PORT'].find((name) => process.environment.get(name) !== undefined);
  const sources = { server: 'Bun', port: undefined, host: undefined, defaults: commandDefaults.bun };
  return serverListens(process, portVariable === undefined ? sources : { ...sources, portVariable }, uri);
}

function npmWord(process: ContainerProcess): Value<string> {
  return { state: 'known', value: 'npm', at: process.argv[0]?.at ?? noWord.at };
}

function runWord(process: ContainerProcess): Value<string> {
  return { state: 'known', value: 'run', at: process.argv[0]?.at ?? noWord.at };
}

export const deno: Launcher = {
  id: 'deno',
  runs: (command) => command === 'deno',
  resolve(process) {
    const [command, ...rest] = argumentsOf(process);
    const name = command?.state === 'known' ? command.value : '';
    const valued = [['-c', '--config'], ['--import-map'], ['--port'], ['--host'], ['--env-file']];
    const flags = parseFlags(rest, { valued, stopsAtPositional: true });
    const [script, ...others] = flags.rest;
    if (name === 'task') return runTask(process, script);
    if (name === 'serve') {
      const sources = { server: 'deno serve', port: flags.last('--port'), host: flags.last('--host') };
      return serverListens(process, { ...sources, defaults: commandDefaults.deno });
    }
    if (name !== 'run') return unknownOutcome(process, `what \`deno ${name}\` listens on is not known`);
    return script === undefined ? listensNone(process) : runScript(process, script, others);
  },
};

function runTask(process: ContainerProcess, task: Value<string> | undefined): Outcome {
  if (task?.state !== 'known') return unknownOutcome(process, 'what deno runs is open');
  const file = dataFile(process, 'deno.json') ?? dataFile(process, 'deno.jsonc');
  const command =
    dataValue(process, file, `tasks.${task.value}`) ?? dataValue(process, file, `tasks.${task.value}.command`);
  if (command?.state !== 'known') return unknownOutcome(process, `deno.json has no task "${task.value}" in view`);
  return runs(process, [known('sh', task.at), known('-c', task.at), command]);
}

export function runScript(process: ContainerProcess, script: Value<string>, rest: readonly Value<string>[]): Outcome {
  if (script.state !== 'known') return unknownOutcome(process, `the script \`${wordText(script)}\` is open`);
  const tool = toolOfModules(script.value);
  if (tool !== undefined) return runs(process, [{ ...script, value: tool }, ...rest]);
  const found = findScript(process, script.value);
  if (found === undefined) {
    const built = builtServer(process, script.value);
    if (built !== undefined) return built;
    const path = containerPath(process, script.value);
    return unknownOutcome(process, `${path} is made by the build, and its source was not found`);
  }
  return programOutcome(process, found, { main: true, arguments: rest, language: undefined });
}

/** `node_modules/.bin/next`, `node node_modules/next/dist/bin/next`. */
function toolOfModules(path: string): string | undefined {
  return /(?:^|\/)node_modules\/(?:\.bin\/)?([\w.-]+)(?:\/(?:dist\/)?bin\/[\w.-]+|\/[\w./-]+)?$/.exec(path)?.[1];
}

function findScript(process: ContainerProcess, path: string): Uri | undefined {
  return sourceOfBuilt(process, containerPath(process, path));
}
