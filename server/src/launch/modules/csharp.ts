// Which files of the workspace a `using` of C# brings in. Namespaces are spread over files; by habit they follow folders
// below the project's own name, and the folders of projects beside it.

import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri } from '../../base/uri.ts';
import type { Files } from '../files.ts';
import { external, type ModuleResolver, type ModulesOptions, type Resolution } from './resolver.ts';

const MOST_FOLDERS = 12;

export const csharpModules: ModuleResolver = {
  languages: ['csharp'],
  resolve: resolveNamespace,
};

function resolveNamespace({ files }: ModulesOptions, from: Uri, namespace: string): Resolution {
  if (namespace === '.') return besideAndBelow(files, dirname(from));
  const root = projectFolder(files, from);
  if (root === undefined) return external;
  const parts = namespace.split('.');
  for (const folder of candidates(root, parts)) {
    const found = filesIn(files, folder);
    if (found !== undefined) return found;
  }
  return external;
}

/**
 * A project is every file below its folder, whatever names it. Those that a program starts by are read by their names:
 * extension methods, hosts, start-up classes.
 */
function besideAndBelow(files: Files, folder: Uri): Resolution {
  const beside = files.list(folder).filter((uri) => uri.endsWith('.cs'));
  const isRoot = files.list(folder).some((uri) => uri.endsWith('.csproj'));
  const uris = isRoot ? [...beside, ...likelyFiles(files, folder)] : beside;
  return uris.length === 0 ? external : { kind: 'files', uris };
}

const STARTING =
  /(?:Startup|Program|Host(?:ing)?|Kestrel|WebServer|WebApplication|Builder|Bootstrap(?:per)?|Extensions?|Setup|Configuration|Options|Settings)\.cs$/;
const OTHER_FOLDERS = /^(?:bin|obj|Migrations|wwwroot|node_modules|Views|Pages|Components|Tests?|\..*)$/i;
const MOST_LIKELY = 60;
const MOST_VISITED = 200;

function likelyFiles(files: Files, root: Uri): readonly Uri[] {
  const found: Uri[] = [];
  const folders = [...files.folders(root)];
  for (let index = 0; index < folders.length && index < MOST_VISITED; index++) {
    const folder = folders[index] ?? root;
    const inside = files.list(folder);
    // Another project's files are its own.
    if (OTHER_FOLDERS.test(basename(folder)) || inside.some((uri) => uri.endsWith('.csproj'))) continue;
    found.push(...inside.filter((uri) => STARTING.test(uri)));
    folders.push(...files.folders(folder));
  }
  return found.slice(0, MOST_LIKELY);
}

function candidates(root: { readonly folder: Uri; readonly name: string }, parts: readonly string[]): readonly Uri[] {
  const { folder, name } = root;
  const namespace = parts.join('.');
  const inside =
    namespace === name ? '' : namespace.startsWith(`${name}.`) ? namespace.slice(name.length + 1) : undefined;
  const own = inside === undefined ? [] : [joinUri(folder, inside.replaceAll('.', '/'))];
  const tails = parts.slice(1).map((_part, index) => joinUri(folder, parts.slice(index + 1).join('/')));
  const beside = parts.map((_part, index) => {
    const length = parts.length - index;
    return joinUri(dirname(folder), [parts.slice(0, length).join('.'), ...parts.slice(length)].join('/'));
  });
  return [...own, ...tails, ...beside];
}

/** The nearest folder above with a project file. */
function projectFolder(files: Files, from: Uri): { readonly folder: Uri; readonly name: string } | undefined {
  let folder = dirname(from);
  for (let depth = 0; depth < MOST_FOLDERS && folder !== ''; depth++, folder = dirname(folder)) {
    const project = files.list(folder).find((uri) => uri.endsWith('.csproj'));
    if (project !== undefined) return { folder, name: basename(project).replace(/\.csproj$/, '') };
  }
  return undefined;
}

function filesIn(files: Files, folder: Uri): Resolution | undefined {
  const uris = files.list(folder).filter((uri) => uri.endsWith('.cs'));
  return uris.length === 0 ? undefined : { kind: 'files', uris };
}
