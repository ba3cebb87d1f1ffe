// Analyses a folder for a command: finds out which folder and paths are meant, and runs the engine over it once.

import { statSync } from 'node:fs';
import path from 'node:path';
import { isWithin, type Uri } from '../base/uri.ts';
import { settingsUri } from '../config/settings.ts';
import { createAnalysisHost } from '../engine/index.ts';
import { pathToUri, uriToPath } from '../host/paths.ts';
import { readText } from '../host/read.ts';
import { errorCode, reasonOf } from '../host/reason.ts';
import { createWorkspace, type Workspace } from '../host/workspace.ts';
import { type Arguments, CommandError, type Option } from './command.ts';
import type { Terminal } from './terminal.ts';

export interface Target {
  readonly folder: string;
  /** What is reported is narrowed to these; undefined for everything. */
  readonly only: ((uri: Uri) => boolean) | undefined;
}

export interface Analyzed {
  readonly workspace: Workspace;
  readonly folder: Uri;
  readonly seconds: number;
  /** The settings file of `--config`, shown under its own name. */
  readonly renamed: ReadonlyMap<Uri, string>;
}

export const targetOptions: readonly Option[] = [
  {
    name: 'root',
    value: 'DIR',
    description: 'The folder to analyse; paths are then looked up in it. Default: the working directory.',
  },
  { name: 'config', value: 'FILE', description: "Settings to use instead of the folder's steadystate.json." },
];

/** One folder is the analysed folder; anything else narrows what is reported of the working directory or `--root`. */
export function targetOf(args: Arguments, terminal: Terminal): Target {
  const from = terminal.workingDirectory;
  const root = args.value('root');
  const paths = args.positionals.map((given) => ({ given, path: path.resolve(from, given) }));
  const isFolder = paths.map(({ given, path: resolved }) => statOf(given, resolved).isDirectory());
  const [first] = paths;
  if (root === undefined && first && paths.length === 1 && isFolder[0] === true) {
    return { folder: first.path, only: undefined };
  }
  const folder = path.resolve(from, root ?? '.');
  if (!statOf(root ?? '.', folder).isDirectory())
    throw new CommandError(`'${root}' is not a folder; --root needs one.`);
  const folderUri = pathToUri(folder);
  const wanted = paths.map(({ given, path: resolved }) => {
    const uri = pathToUri(resolved);
    if (isWithin(folderUri, uri)) return uri;
    throw new CommandError(
      `'${given}' lies outside the analysed folder ${folder}; name the folder that holds it with --root.`,
    );
  });
  if (wanted.length === 0 || wanted.includes(folderUri)) return { folder, only: undefined };
  return { folder, only: (uri) => wanted.some((candidate) => isWithin(candidate, uri)) };
}

function statOf(given: string, resolved: string): { isDirectory(): boolean } {
  try {
    return statSync(resolved);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new CommandError(`There is no file or folder '${given}'.`);
    throw new CommandError(`'${given}' cannot be read: ${reasonOf(error)}.`);
  }
}

export async function analyze(folder: string, args: Arguments, terminal: Terminal): Promise<Analyzed> {
  const started = performance.now();
  const analysis = createAnalysisHost();
  const progress = progressLine(terminal);
  const workspace = createWorkspace({
    analysis,
    log: (message) => terminal.err(`steadystate: ${message}\n`),
    progress: ({ listed, read }) => progress.show(`${read} of ${listed} files read`),
  });
  const folderUri = pathToUri(folder);
  const config = await configOf(folder, args.value('config'), terminal);
  const contents = config ? [{ uri: settingsUri(folderUri), text: config.text }] : [];
  const settingsBase = config?.base ?? folderUri;
  try {
    await workspace.scan([folderUri], { contents, settingsBase });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandError(`The folder '${folder}' cannot be read: ${reasonOf(error)}.`);
  } finally {
    progress.clear();
  }
  for (const message of analysis.takeLog()) terminal.err(`steadystate: ${message}\n`);
  const renamed = new Map(config?.name === undefined ? [] : [[settingsUri(folderUri), config.name]]);
  return { workspace, folder: folderUri, seconds: (performance.now() - started) / 1000, renamed };
}

interface Config {
  readonly text: string;
  readonly name: string | undefined;
  /** The folder it stands in. */
  readonly base: Uri;
}

/** The text of the settings file; undefined where there is none. One that cannot be read stops the command. */
async function configOf(folder: string, given: string | undefined, terminal: Terminal): Promise<Config | undefined> {
  const file =
    given === undefined
      ? (uriToPath(settingsUri(pathToUri(folder))) ?? '')
      : path.resolve(terminal.workingDirectory, given);
  const result = await readText(file, [path.parse(file).root]);
  if (result.kind === 'text') {
    const name = given === undefined ? undefined : path.relative(folder, file).replaceAll(path.sep, '/');
    return { text: result.text, name, base: pathToUri(path.dirname(file)) };
  }
  if (result.kind === 'unreadable') {
    throw new CommandError(`The settings file '${given ?? file}' cannot be read: ${result.reason}.`);
  }
  if (given !== undefined) throw new CommandError(`There is no settings file '${given}'.`);
  return undefined;
}

function progressLine(terminal: Terminal): { show(text: string): void; clear(): void } {
  let last = 0;
  let shown = false;
  return {
    show(text) {
      if (!terminal.watched || Date.now() - last < 100) return;
      last = Date.now();
      shown = true;
      terminal.err(`\r\u001b[K${terminal.errorStyle.dim(text)}`);
    },
    clear() {
      if (shown) terminal.err('\r\u001b[K');
    },
  };
}
