// The Go programs that a Dockerfile builds: which package each `go build` and `go install` reads, and where it writes
// the binary.

import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri, normalizePath } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Files } from '../files.ts';
import { goFiles, moduleAt, packageFolder } from '../modules/go.ts';
import type { BuildCommand } from './buildCommands.ts';

const valued =
  /^--?(?:o|p|asmflags|buildmode|buildvcs|compiler|gccgoflags|gcflags|installsuffix|ldflags|mod|modfile|overlay|pgo|pkgdir|tags|toolexec|exec|C|coverpkg|covermode|trimpath_)$/;

export interface BinaryBuild {
  /** The container path of the binary in the stage that builds it; undefined where the command does not say. */
  readonly output: string | undefined;
  readonly source: Uri;
}

/** What one command builds; `folderAt` answers the workspace folder behind a container path of its stage. */
export function goBuilds(
  command: BuildCommand,
  files: Files,
  folderAt: (path: string) => Uri | undefined,
): readonly BinaryBuild[] {
  const [name, verb, ...rest] = command.words;
  if (basename(name ?? '') !== 'go' || (verb !== 'build' && verb !== 'install')) return [];
  const { output, packages, folder } = readArguments(rest, command.folder);
  const builds: BinaryBuild[] = [];
  const targets =
    packages.length === 0 ? ['.'] : packages.every((word) => word.endsWith('.go')) ? packages.slice(0, 1) : packages;
  for (const target of targets) {
    for (const found of mainPackages(target, folder, files, folderAt)) {
      const path = verb === 'install' ? `/go/bin/${found.name}` : outputPath(output, folder, found.name);
      builds.push({ output: path, source: found.entry });
    }
  }
  return builds;
}

function readArguments(words: readonly (string | undefined)[], folder: string) {
  let output: string | undefined | 'open';
  let inner = folder;
  const packages: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) continue;
    const joined = /^--?(o|C)=(.+)$/.exec(word);
    const flag = joined?.[1] ?? /^--?(o|C)$/.exec(word)?.[1];
    const value = joined?.[2] ?? (flag === undefined ? undefined : words[index + 1]);
    if (flag === 'o') output = value ?? 'open';
    if (flag === 'C' && value !== undefined) inner = absolute(folder, value);
    if (!joined && valued.test(word)) index++;
    else if (!word.startsWith('-')) packages.push(word);
  }
  return { output, packages, folder: inner };
}

function absolute(folder: string, path: string): string {
  return normalizePath(path.startsWith('/') ? path : `${folder}/${path}`);
}

/** `-o bin/` and `-o /usr/local/bin` name the folder. */
function outputPath(output: string | undefined, folder: string, name: string): string | undefined {
  if (output === 'open') return undefined;
  if (output === undefined) return absolute(folder, name);
  const path = absolute(folder, output);
  return /(?:^|\/)(?:|\.\.?|s?bin)$/.test(output) ? `${path}/${name}` : path;
}

interface MainPackage {
  readonly entry: Uri;
  /** The name of its binary. */
  readonly name: string;
}

function mainPackages(
  target: string,
  folder: string,
  files: Files,
  folderAt: (path: string) => Uri | undefined,
): readonly MainPackage[] {
  if (target.endsWith('.go')) {
    const uri = folderAt(absolute(folder, target));
    const entry = uri === undefined ? undefined : (mainOf(files, [uri]) ?? mainFile(files, dirname(uri)));
    return entry === undefined ? [] : [{ entry, name: basename(target).replace(/\.go$/, '') }];
  }
  const all = target.endsWith('...');
  const path = all ? target.replace(/\/?\.{3}$/, '') : target;
  const here = folderAt(folder);
  const isPath = path === '' || /^\.{1,2}(?:\/|$)|^\//.test(path);
  const uri = isPath
    ? folderAt(absolute(folder, path))
    : ((here && packageFolder(files, here, path)) ?? folderAt(absolute(folder, path)));
  const inside = uri === undefined || !all ? [] : files.folders(uri);
  const folders = [...(uri === undefined ? [] : [uri]), ...inside, ...inside.flatMap((each) => files.folders(each))];
  const found = folders.flatMap((each) => {
    const entry = mainFile(files, each);
    return entry === undefined ? [] : [{ entry, name: binaryName(files, each) }];
  });
  if (found.length > 0 || !isPath || all) return found;
  // The file itself was copied from elsewhere.
  const copied = folderAt(absolute(folder, `${path}/main.go`));
  const entry = copied === undefined ? undefined : mainOf(files, [copied]);
  return entry === undefined ? [] : [{ entry, name: basename(absolute(folder, path)) }];
}

/** The last part of the package's import path. */
function binaryName(files: Files, folder: Uri): string {
  const module = moduleAt(files, joinUri(folder, 'go.mod'))?.module;
  return basename((module ?? folder).replace(/\/v\d+$/, ''));
}

/** The file of a package that holds its `main`. */
export function mainFile(files: Files, folder: Uri): Uri | undefined {
  const uris = goFiles(files, folder);
  // Most often it is there, and the others need not be read.
  const likely = uris.filter((uri) => basename(uri) === 'main.go');
  return mainOf(files, likely) ?? mainOf(files, uris);
}

function mainOf(files: Files, uris: readonly Uri[]): Uri | undefined {
  return uris.find((uri) => {
    const program = factOf(files.facts(uri), 'program');
    return program?.calls.some(({ callee, scope }) => callee === 'main' && scope.main && scope.path.length === 0);
  });
}
