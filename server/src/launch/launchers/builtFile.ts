// The source of a built JavaScript file: `dist/main.js` comes from `src/main.ts`. By tsconfig's `outDir` where it is
// read, else by the habits of the usual tools.

import type { Uri } from '../../base/uri.ts';
import { joinUri, relativePath } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { isKnown } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { foldersAbove, scriptFile } from '../modules/script.ts';

const outputFolders = new Set(['dist', 'build', 'lib', 'out', 'output', 'compiled', 'js', '.output', 'bin', 'prod']);

/** The workspace file behind a container path: the file itself, or what it was built from. */
export function sourceOfBuilt(process: ContainerProcess, containerPath: string): Uri | undefined {
  const { files, image } = process;
  const target = image.workspaceUri(containerPath);
  if (target !== undefined) {
    // `bin/www` has no ending.
    if (files.exists(target)) return target;
    return scriptFile(files, target) ?? builtFrom(process, target);
  }
  // Only the output was copied, from a stage that holds the sources elsewhere: the build's folder is searched instead.
  const path = relativePath(process.workingDirectory, containerPath);
  if (process.context === undefined || path === undefined || path === '') return undefined;
  const guess = joinUri(process.context, path);
  return (
    scriptFile(files, guess) ?? builtFrom(process, guess) ?? scriptFile(files, joinUri(process.context, `src/${path}`))
  );
}

function builtFrom(process: ContainerProcess, target: Uri): Uri | undefined {
  for (const candidate of candidates(process, target)) {
    const found = scriptFile(process.files, candidate);
    if (found !== undefined) return found;
  }
  return bundledSource(process, target);
}

/** Places the source may stand at, likeliest first; without the file's ending. */
function candidates(process: ContainerProcess, target: Uri): readonly Uri[] {
  const stem = target.replace(/\.[cm]?js$/, '');
  const found: Uri[] = [];
  for (const folder of foldersAbove(target)) {
    const configured = configuredSource(process, folder, stem);
    if (configured !== undefined) found.push(configured);
    const rest = stem.slice(folder.length + 1).split('/');
    const [output = '', ...path] = rest;
    if (!outputFolders.has(output) || path.length === 0) continue;
    const inner = path.join('/');
    found.push(joinUri(folder, `src/${inner}`), joinUri(folder, inner));
    // Monorepos of Nest and Nx: dist/apps/api/main.js comes from apps/api/src/main.ts.
    const name = path.at(-1) ?? '';
    found.push(joinUri(folder, [...path.slice(0, -1), 'src', name].join('/')));
    if (path.length > 1) found.push(joinUri(folder, `src/${path.slice(1).join('/')}`));
  }
  return found;
}

function configuredSource(process: ContainerProcess, folder: Uri, stem: string): Uri | undefined {
  const uri = joinUri(folder, 'tsconfig.json');
  if (!process.files.exists(uri)) return undefined;
  const config = factOf(process.files.facts(uri, 'configFile'), 'configFile');
  const text = (key: string) => {
    const value = config?.entries.find((entry) => entry.key === `compilerOptions.${key}`)?.value;
    return isKnown(value) ? value.value : undefined;
  };
  const outDir = text('outDir');
  if (outDir === undefined) return undefined;
  const output = joinUri(folder, outDir);
  if (!stem.startsWith(`${output}/`)) return undefined;
  return joinUri(joinUri(folder, text('rootDir') ?? 'src'), stem.slice(output.length + 1));
}

/** `esbuild src/server.ts --bundle --outfile=dist/index.js` and `tsup src/server.ts` in the scripts of package.json. */
function bundledSource(process: ContainerProcess, target: Uri): Uri | undefined {
  for (const folder of foldersAbove(target)) {
    const uri = joinUri(folder, 'package.json');
    if (!process.files.exists(uri)) continue;
    const manifest = factOf(process.files.facts(uri), 'packageManifest');
    for (const { command } of manifest?.scripts ?? []) {
      if (!isKnown(command)) continue;
      const source = bundlerSource(command.value, target, folder);
      const found = source === undefined ? undefined : scriptFile(process.files, joinUri(folder, source));
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return undefined;
}

function bundlerSource(command: string, target: Uri, folder: Uri): string | undefined {
  if (!/\b(?:esbuild|tsup|ncc build|bun build)\b/.test(command)) return undefined;
  const words = command.split(/\s+/);
  const source = words.find((word) => /^[\w./-]+\.[cm]?[jt]sx?$/.test(word));
  if (source === undefined) return undefined;
  const file = optionValue(words, ['--outfile']);
  if (file !== undefined) return joinUri(folder, file) === target ? source : undefined;
  if (/\bncc\b/.test(command)) {
    // ncc writes `index.js`, which `node dist` finds.
    const output = joinUri(folder, optionValue(words, ['--out', '-o']) ?? 'dist');
    return target === output || target === `${output}/index.js` ? source : undefined;
  }
  return stem(source) === stem(target) ? source : undefined;
}

/** `--outfile=x` or `--outfile x`. */
function optionValue(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const equals = word.indexOf('=');
    if (names.includes(word)) return words[index + 1];
    if (equals > 0 && names.includes(word.slice(0, equals))) return word.slice(equals + 1);
  }
  return undefined;
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');
}
