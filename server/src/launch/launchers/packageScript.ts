// `npm start`, `yarn serve`, `pnpm run x`: the script of package.json is what runs. And `npx tool`, `pnpm exec tool`.

import type { Uri } from '../../base/uri.ts';
import type { PackageManifest } from '../../facts/configFile.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone, runs, workspaceFile } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { packageFolder, readManifest } from '../packages.ts';
import { lastSegment, step, wordText } from '../text.ts';

const valued = [
  ['--prefix', '-C', '--cwd', '--dir'],
  ['--workspace', '-w'],
  ['--filter', '-F'],
  ['--loglevel'],
] as const;

/** Commands of the package managers that end. */
const ending =
  /^(?:ci|install|i|add|update|prune|cache|config|set|audit|publish|version|pack|link|dedupe|rebuild|ls|list)$/;

export const packageScript: Launcher = {
  id: 'packageScript',
  runs: (command) => /^(?:npm|yarn|pnpm)$/.test(command),
  resolve(process) {
    const manager = lastSegment(knownCommand(process) ?? 'npm');
    const flags = parseFlags(argumentsOf(process), { valued, stopsAtPositional: true });
    const [command, ...rest] = flags.rest;
    if (command === undefined) return listensNone(process);
    if (command.state !== 'known') return unknownOutcome(process, `what ${manager} runs is open`);
    const folder = folderOf(process, flags);
    return runCommand(process, manager, command, rest, folder);
  },
};

function runCommand(
  process: ContainerProcess,
  manager: string,
  command: Known<string>,
  rest: readonly Value<string>[],
  folder: string | undefined,
): Outcome {
  const { value } = command;
  if (/^(?:exec|x|dlx|node)$/.test(value)) {
    const words = parseFlags(rest, { valued: [], stopsAtPositional: true }).rest;
    return runs(process, value === 'node' ? [command, ...words] : words);
  }
  if (ending.test(value) && !(manager === 'yarn' && hasScript(process, folder, value))) return listensNone(process);
  if (value === 'workspace' && manager === 'yarn') {
    const [name, next, ...others] = rest;
    if (next?.state !== 'known') return unknownOutcome(process, 'what yarn runs is open');
    return runCommand(process, manager, next, others, packageFolder(process, name));
  }
  if (!/^(?:run|run-script|rum)$/.test(value)) {
    const isLifecycle = /^(?:start|stop|restart|test|t)$/.test(value);
    if (manager === 'npm' && !isLifecycle) return unknownOutcome(process, `what \`npm ${value}\` runs is not known`);
    const later = manager === 'npm' ? optionFolder(process, parseFlags(beforeDashes(rest), { valued })) : undefined;
    return runScript(process, manager, command, rest, later === undefined ? folder : later.folder);
  }
  const flags = parseFlags(rest, { valued, stopsAtPositional: true });
  const [script, ...others] = flags.rest;
  if (script?.state !== 'known') return unknownOutcome(process, `the script that ${manager} runs is open`);
  // npm takes its options behind the script too: `npm start -w api`.
  const later = manager === 'npm' ? parseFlags(beforeDashes(others), { valued }) : flags;
  const named = optionFolder(process, flags) ?? optionFolder(process, later);
  return runScript(process, manager, script, others, named === undefined ? folder : named.folder);
}

function folderOf(process: ContainerProcess, flags: Flags): string | undefined {
  const named = optionFolder(process, flags);
  return named === undefined ? process.workingDirectory : named.folder;
}

/** The folder that an option names; `folder` is undefined where it cannot be found. */
function optionFolder(process: ContainerProcess, flags: Flags): { readonly folder: string | undefined } | undefined {
  const named = flags.last('--prefix') ?? flags.last('--workspace') ?? flags.last('--filter');
  return named && { folder: packageFolder(process, named) };
}

function beforeDashes(words: readonly Value<string>[]): readonly Value<string>[] {
  const dashes = words.findIndex((word) => wordText(word) === '--');
  return dashes < 0 ? words : words.slice(0, dashes);
}

function hasScript(process: ContainerProcess, folder: string | undefined, name: string): boolean {
  return readManifest(process, folder)?.scripts.some((script) => script.name === name) ?? false;
}

function runScript(
  process: ContainerProcess,
  manager: string,
  name: Known<string>,
  rest: readonly Value<string>[],
  folder: string | undefined,
): Outcome {
  const manifest = readManifest(process, folder);
  if (manifest === undefined || folder === undefined) {
    return unknownOutcome(
      process,
      `the package.json that \`${manager} ${name.value}\` reads is not among the files in view`,
    );
  }
  const script = manifest.scripts.findLast((candidate) => candidate.name === name.value);
  const inside: ContainerProcess = { ...process, workingDirectory: folder };
  if (script === undefined) return withoutScript(inside, manager, name, rest, manifest);
  const { command } = script;
  if (command.state !== 'known') return unknownOutcome(process, `the script "${name.value}" is open`);
  const hop = step(command.at, `"${name.value}": "${command.value}"`);
  const words = appended(manager, rest);
  const at = process.argv[0]?.at ?? command.at;
  const shell = [known('sh', at), known('-c', at)];
  if (words.length === 0) return runs(inside, [...shell, command], hop);
  const whole: Known<string> = { ...command, value: `${command.value} "$@"` };
  return runs(inside, [...shell, whole, known('sh', at), ...words], hop);
}

/** npm hands on what follows `--`; yarn and pnpm everything. */
function appended(manager: string, rest: readonly Value<string>[]): readonly Value<string>[] {
  const dashes = rest.findIndex((word) => wordText(word) === '--');
  if (manager === 'npm') {
    if (dashes >= 0) return rest.slice(dashes + 1);
    return rest.filter((word) => !wordText(word).startsWith('-'));
  }
  return dashes === 0 ? rest.slice(1) : rest;
}

function withoutScript(
  process: ContainerProcess,
  manager: string,
  name: Known<string>,
  rest: readonly Value<string>[],
  manifest: PackageManifest,
): Outcome {
  const file = process.shownPath(manifest.at.uri);
  // https://docs.npmjs.com/cli/commands/npm-start: without a script it is `node server.js`.
  if (name.value === 'start' && manager !== 'yarn' && serverFile(process) !== undefined) {
    return runs(
      process,
      [known('node', name.at), known('server.js', name.at), ...rest],
      step(name.at, 'node server.js'),
    );
  }
  if (manager === 'npm') return unknownOutcome(process, `${file} has no script "${name.value}"`);
  // yarn and pnpm run a tool of that name.
  return runs(process, [name, ...rest]);
}

function serverFile(process: ContainerProcess): Uri | undefined {
  return workspaceFile(process, 'server.js');
}

export const packageRunner: Launcher = {
  id: 'packageRunner',
  runs: (command) => command === 'npx' || command === 'pnpx' || command === 'bunx',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['-p', '--package'],
        ['-c', '--call'],
      ],
      stopsAtPositional: true,
    });
    const call = flags.last('-c');
    const at = process.argv[0]?.at ?? call?.at;
    if (call !== undefined && at !== undefined) return runs(process, [known('sh', at), known('-c', at), call]);
    const [tool, ...rest] = flags.rest;
    if (tool?.state !== 'known') return unknownOutcome(process, 'what npx runs is open');
    // `serve@14` is the tool `serve`.
    const version = tool.value.lastIndexOf('@');
    const name = version > 0 ? tool.value.slice(0, version) : tool.value;
    return runs(process, [{ ...tool, value: lastSegment(name) }, ...rest]);
  },
};
