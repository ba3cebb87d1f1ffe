// The source of a bundle: by the command that makes it, in the scripts of package.json or in the Dockerfile, or by the
// configuration of the bundler.

import type { Uri } from '../../base/uri.ts';
import { joinUri } from '../../base/uri.ts';
import type { Expression } from '../../facts/expression.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { knownValue } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { foldersAbove, scriptFile } from '../modules/script.ts';
import { optionValue } from '../runCommands.ts';
import type { Settings } from '../settingsFiles.ts';
import { settingsAt } from '../settingsFiles.ts';

const MOST_SCRIPTS = 60;

/** The workspace file that `dist/index.js` is bundled from. */
export function bundledSource(process: ContainerProcess, target: Uri): Uri | undefined {
  for (const folder of foldersAbove(target)) {
    const uri = joinUri(folder, 'package.json');
    if (!process.files.exists(uri)) continue;
    const manifest = factOf(process.files.facts(uri), 'packageManifest');
    const scripts = (manifest?.scripts ?? []).flatMap(({ command }) => knownValue(command) ?? []);
    for (const command of [...scripts, ...process.buildTexts]) {
      const source = bundlerSource(command, target, folder);
      const found = source === undefined ? undefined : scriptFile(process.files, joinUri(folder, source));
      if (found !== undefined) return found;
    }
    return programmedBundle(process, folder, target, scripts) ?? configuredBundle(process, folder, target);
  }
  return undefined;
}

function bundlerSource(command: string, target: Uri, folder: Uri): string | undefined {
  if (command.length > 5000 || !/\b(?:esbuild|tsup|ncc build|bun build|rollup)\b/.test(command)) return undefined;
  const words = command.split(/\s+/);
  const source = words.find((word) => /^[\w./-]+\.[cm]?[jt]sx?$/.test(word));
  if (source === undefined) return undefined;
  const file = optionValue(words, ['--outfile', '--file']);
  if (file !== undefined) return joinUri(folder, file) === target ? source : undefined;
  if (/\bncc\b/.test(command)) {
    // ncc writes `index.js`, which `node dist` finds.
    const output = joinUri(folder, optionValue(words, ['--out', '-o']) ?? 'dist');
    return target === output || target === `${output}/index.js` ? source : undefined;
  }
  return stem(source) === stem(target) ? source : undefined;
}

/** `build({ entryPoints: ['server/index.ts'], outfile: 'dist/index.cjs' })` in a program that a script starts. */
function programmedBundle(
  { files }: ContainerProcess,
  folder: Uri,
  target: Uri,
  scripts: readonly string[],
): Uri | undefined {
  const started = /(?:^|[\s/])(?:node|tsx|ts-node|bun|swc-node) (?:run )?([\w./-]+\.[cm]?[jt]s)(?=\s|$)/g;
  const paths = scripts
    .slice(0, MOST_SCRIPTS)
    .flatMap((script) => [...script.matchAll(started)].map(([, path]) => path));
  for (const path of paths) {
    // What bundles is called so; programs that serve need not be read for it.
    if (path === undefined || !/build|bundle|compile/.test(path)) continue;
    const program = factOf(files.facts(joinUri(folder, path)), 'program');
    for (const { arguments: given } of program?.calls ?? []) {
      for (const source of given.flatMap(({ value }) => bundledEntry(value, folder, target))) {
        const found = scriptFile(files, joinUri(folder, source));
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function bundledEntry(options: Expression, folder: Uri, target: Uri): readonly string[] {
  if (options.kind !== 'object') return [];
  const texts = (name: string) => {
    const value = options.entries.find(({ key }) => key === name)?.value;
    const items = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
    return items.flatMap((item) => (item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : []));
  };
  const sources = [...texts('entryPoints'), ...texts('entrypoints')];
  const [file] = texts('outfile');
  if (file !== undefined) return joinUri(folder, file) === target ? sources.slice(0, 1) : [];
  const [output] = texts('outdir');
  if (output === undefined || !target.startsWith(`${joinUri(folder, output)}/`)) return [];
  return sources.filter((source) => stem(source) === stem(target));
}

/** `entry` of webpack and tsup, `input` of rollup: the only one, or that of the bundle's name. */
function configuredBundle(process: ContainerProcess, folder: Uri, target: Uri): Uri | undefined {
  for (const name of ['webpack.config', 'webpack.prod', 'tsup.config', 'rollup.config', 'tsdown.config']) {
    for (const ending of ['js', 'ts', 'mjs', 'cjs']) {
      const uri = joinUri(folder, `${name}.${ending}`);
      const settings = process.files.exists(uri) ? settingsAt(process, uri) : undefined;
      const source = settings && entryOf(settings, stem(target));
      const found = source === undefined ? undefined : scriptFile(process.files, joinUri(folder, source));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function entryOf(settings: Settings, name: string): string | undefined {
  for (const key of ['entry', 'input']) {
    const single = knownValue(settings.value(key));
    if (single !== undefined) return single;
    const listed = settings.items(key).flatMap((item) => knownValue(item.value()) ?? []);
    const named = settings.entries(key).find((entry) => entry.name === name);
    const found =
      knownValue(named?.value) ??
      listed.find((path) => stem(path) === name) ??
      (listed.length === 1 ? listed[0] : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');
}
