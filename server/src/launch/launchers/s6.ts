// Supervisors of folders of services: s6-overlay's `/init`, runit's `runsvdir`, phusion's `my_init`. The `run` script of
// every service runs beside the container's command. https://github.com/just-containers/s6-overlay

import { basename, dirname } from '../../base/uri.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, workspaceFile } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, step, wordText } from '../text.ts';

const SERVICE_FOLDERS = ['/etc/services.d', '/etc/s6-overlay/s6-rc.d', '/etc/service', '/service'];

export const s6: Launcher = {
  id: 's6',
  runs: (command, process) =>
    command === 'runsvdir' || command === 's6-svscan' || command === 'my_init' || isInit(command, process),
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const words = parseFlags(argumentsOf(process), { valued: [], stopsAtPositional: true }).rest;
    const isInitCommand = command === 'init' || command === 'my_init';
    const folders = isInitCommand ? SERVICE_FOLDERS : words.slice(0, 1).map(wordText);
    const scripts = folders.flatMap((folder) => runScripts(process, folder));
    if (scripts.length === 0 && (!isInitCommand || words.length === 0)) {
      return unknownOutcome(process, `no service that ${command} starts is among the files in view`);
    }
    const open = scripts.find((script) => script.words === undefined);
    if (open !== undefined) return unknownOutcome(process, `the service script ${open.path} is not followed`);
    const services = scripts.flatMap(({ path, words: argv }) =>
      argv === undefined ? [] : [started(process, path, argv)],
    );
    const main = isInitCommand && words.length > 0 ? [{ ...process, argv: words }] : [];
    return { kind: 'branches', branches: [{ processes: [...services, ...main] }] };
  },
};

/** `/init` of s6-overlay, which comes in an archive or with the base image. */
function isInit(command: string, process: ContainerProcess): boolean {
  if (command !== 'init' || process.base?.bringsProgram) return false;
  const isOwn = workspaceFile(process, knownCommand(process) ?? '') !== undefined;
  return !isOwn && process.buildTexts.some((text) => /s6-overlay|s6-rc\.d|services\.d/.test(text));
}

interface Service {
  readonly path: string;
  /** Undefined for a script that is no shell's and no single command. */
  readonly words: readonly string[] | undefined;
}

/** The `run` files of the services in a folder, as far as they come from the workspace. */
function runScripts(process: ContainerProcess, folder: string): readonly Service[] {
  const texts = containerTexts(process);
  const services: Service[] = [];
  for (const name of serviceNames(process, folder)) {
    const path = `${folder}/${name}/run`;
    const type = texts.read(`${folder}/${name}/type`);
    if (type?.state === 'known' && type.value.trim() !== 'longrun') continue;
    const text = texts.read(path);
    if (text === undefined) continue;
    services.push({ path, words: text.state === 'known' ? commandOf(path, text.value) : undefined });
  }
  return services;
}

/** Names of folders that a COPY line, or the folder it copies, has below the services' folder. */
function serviceNames(process: ContainerProcess, folder: string): readonly string[] {
  const names = new Set<string>();
  const uri = process.image.workspaceUri(folder);
  if (uri !== undefined) for (const child of process.files.folders(uri)) names.add(basename(child));
  for (const text of process.buildTexts) {
    for (let at = text.indexOf(`${folder}/`); at >= 0; at = text.indexOf(`${folder}/`, at + 1)) {
      const name = /^[\w.-]+/.exec(text.slice(at + folder.length + 1, at + folder.length + 80))?.[0];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].filter((name) => name !== 'user' && name !== 'user2').sort();
}

/** A shell script is run as one; a script of execline only where it is one command. */
function commandOf(path: string, text: string): readonly string[] | undefined {
  const [first = '', ...rest] = text.split(/\r?\n/);
  if (!/\bexeclineb\b/.test(first)) return [/\bbash\b/.test(first) ? 'bash' : 'sh', path];
  const lines = rest.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const commands = lines.filter((line) => !/^(?:with-contenv|fdmove\b.*|s6-setuidgid\s+\S+)$/.test(line));
  const [only] = commands;
  if (only === undefined || commands.length > 1 || /[${}"'\\]/.test(only)) return undefined;
  return only.replace(/^(?:with-contenv\s+|s6-setuidgid\s+\S+\s+|exec\s+)+/, '').split(/\s+/);
}

function started(process: ContainerProcess, path: string, words: readonly string[]): ContainerProcess {
  const uri = process.image.workspaceUri(path);
  const at = uri === undefined ? (process.argv[0]?.at ?? nowhere) : { uri, span: { start: 0, end: 0 } };
  return {
    ...process,
    argv: words.map((word) => known(word, at)),
    workingDirectory: dirname(path),
    trail: [...process.trail, step(at, `the service ${basename(dirname(path))}`)],
  };
}

const nowhere = { uri: '', span: { start: 0, end: 0 } };
