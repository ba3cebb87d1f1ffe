// The files of a CDK program, and what their imports name: other files of the program, or modules of libraries. CDK's own
// are called alike in every language and version: `aws_ecs`, `core`.

import type { Location } from '../../base/text.ts';
import { basename, dirname, extension, joinUri, type Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Import, Program } from '../../facts/program.ts';
import type { CodeModule } from '../../languages/code.ts';
import { languages } from '../../languages/index.ts';
import type { Module, Run } from './scope.ts';
import { type CdkValue, open } from './values.ts';

/** More files than this no program for deployments has. */
const MAX_MODULES = 300;

/** The code of a program, which is the same object as long as its file says the same. */
const codes = new WeakMap<Program, CodeModule | undefined>();

function codeOf(run: Run, uri: Uri, program: Program): CodeModule | undefined {
  if (codes.has(program)) return codes.get(program);
  const text = run.files.text(uri);
  const language = languages.find((one) => one.id === program.language);
  const code = text === undefined ? undefined : language?.code?.({ uri, text });
  codes.set(program, code);
  return code;
}

/** A file of the program, run once; undefined where it is not there or cannot be read. */
export function moduleAt(run: Run, uri: Uri): Module | undefined {
  if (run.modules.has(uri)) return run.modules.get(uri);
  if (run.modules.size >= MAX_MODULES) return undefined;
  const program = factOf(run.files.facts(uri, 'program'), 'program');
  const code = program && codeOf(run, uri, program);
  if (!program || !code) {
    run.modules.set(uri, undefined);
    return undefined;
  }
  const names = new Map();
  const module: { -readonly [K in keyof Module]: Module[K] } = {
    uri,
    program,
    code,
    frame: { module: undefined, names },
  };
  module.frame = { module, names };
  run.modules.set(uri, module);
  // `import './stacks'` runs a file that gives no names.
  for (const one of program.imports.filter(({ local, module: from }) => local === '' && from.startsWith('.'))) {
    const imported = resolveImport(run, module, one.module);
    if (imported !== undefined) moduleAt(run, imported);
  }
  run.execute(code.statements, module.frame);
  return module;
}

/** What a name stands for that the file imports. */
export function importedValue(run: Run, module: Module, name: string, at: Location): CdkValue | undefined {
  const found = module.program.imports.find((one) => one.local === name || dottedLocal(one, name));
  if (found) return valueOfImport(run, module, found, at);
  for (const star of module.program.imports.filter((one) => one.name === '*' && one.local === '*')) {
    const uri = resolveImport(run, module, star.module);
    const value = uri === undefined ? undefined : exportOf(run, moduleAt(run, uri), name, at);
    if (value) return value;
  }
  return undefined;
}

/** Python's `import aws_cdk.aws_ecs` binds `aws_cdk`. */
function dottedLocal(found: Import, name: string): boolean {
  return found.name === undefined && found.local.startsWith(`${name}.`);
}

function valueOfImport(run: Run, module: Module, found: Import, at: Location): CdkValue | undefined {
  const first = found.local.includes('.') ? found.local.slice(0, found.local.indexOf('.')) : found.module;
  const value = moduleValue(run, module, first, at);
  if (found.name === undefined || found.name === '*') return value;
  const exported = value.kind === 'module' ? exportOf(run, value.module, found.name, at) : undefined;
  if (exported) return exported;
  // `from infrastructure import stack` names a file too.
  const isPython = module.program.language === 'python';
  const specifier = found.module.endsWith('.') ? found.module + found.name : `${found.module}.${found.name}`;
  const uri = isPython ? resolveImport(run, module, specifier) : undefined;
  const submodule = uri === undefined ? undefined : moduleAt(run, uri);
  if (submodule) return { kind: 'module', module: submodule };
  if (value.kind === 'library') return { ...value, path: joinLibrary(value.path, found.name) };
  return open(found.name, at, 'what it stands for cannot be seen');
}

/** A whole module: a file of the program, or a library. */
export function moduleValue(run: Run, module: Module, specifier: string, at: Location): CdkValue {
  const uri = resolveImport(run, module, specifier);
  const found = uri === undefined ? undefined : moduleAt(run, uri);
  if (found) return { kind: 'module', module: found };
  if (specifier.startsWith('.')) return open(specifier, at, `${specifier} cannot be read`);
  return { kind: 'library', path: libraryPath(specifier), at };
}

/** What a file gives to others under a name. */
export function exportOf(run: Run, module: Module | undefined, name: string, at: Location): CdkValue | undefined {
  if (!module) return undefined;
  const { program, frame } = module;
  if (program.language === 'python') return frame.names.get(name)?.value ?? importedValue(run, module, name, at);
  const found = program.exports.findLast((one) => one.name === name);
  const { value } = found ?? {};
  if (value && (value.kind === 'function' || value.kind === 'class')) return frame.names.get(name)?.value;
  if (value)
    return frame.names.get(name)?.value ?? run.evaluate(value as Exclude<typeof value, { kind: 'class' }>, frame);
  const whole = program.exports.findLast((one) => one.name === '*')?.value;
  if (whole?.kind === 'object') {
    const entry = whole.entries.findLast((one) => one.key === name);
    if (entry) return run.evaluate(entry.value, frame);
  } else if (whole && whole.kind !== 'function' && whole.kind !== 'class' && name === 'default') {
    return run.evaluate(whole, frame);
  }
  for (const star of program.imports.filter((one) => one.name === '*' && one.local === '*')) {
    const uri = resolveImport(run, module, star.module);
    const passed = uri === undefined ? undefined : exportOf(run, moduleAt(run, uri), name, at);
    if (passed) return passed;
  }
  return undefined;
}

// Files

function resolveImport(run: Run, module: Module, specifier: string): Uri | undefined {
  return module.program.language === 'python' ? pythonFile(run, module, specifier) : scriptFile(run, module, specifier);
}

const ENDINGS = ['.ts', '.js', '.mjs', '.cjs', '.mts', '.cts', '/index.ts', '/index.js'];

function scriptFile(run: Run, module: Module, specifier: string): Uri | undefined {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return scriptAt(run, joinUri(dirname(module.uri), specifier));
  if (libraryPath(specifier) !== specifier || !specifier.includes('/')) return undefined;
  // Paths that `tsconfig.json` counts from its own folder.
  const plain = specifier.replace(/^[@~#]\//, '');
  for (const folder of [run.folder, joinUri(run.folder, 'src'), joinUri(run.folder, 'lib')]) {
    const found = scriptAt(run, joinUri(folder, plain));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The file that a path with, without or with another ending means. */
export function scriptAt(run: Pick<Run, 'files'>, path: Uri): Uri | undefined {
  if (/^\.[cm]?[jt]s$/.test(extension(path)) && run.files.exists(path)) return path;
  const stem = /^\.[cm]?js$/.test(extension(path)) ? path.slice(0, -extension(path).length) : path;
  const ending = ENDINGS.find((one) => run.files.exists(stem + one));
  return ending === undefined ? undefined : stem + ending;
}

function pythonPaths(run: Run, module: Module, specifier: string): readonly Uri[] {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).replaceAll('.', '/');
  let folder = dirname(module.uri);
  for (let level = 1; level < dots; level++) folder = dirname(folder);
  const folders = dots > 0 ? [folder] : [folder, run.folder];
  return folders.map((one) => (path === '' ? one : joinUri(one, path)));
}

function pythonFile(run: Run, module: Module, specifier: string): Uri | undefined {
  if (/^aws_cdk(?:\.|$)/.test(specifier)) return undefined;
  const paths = pythonPaths(run, module, specifier);
  const candidates = paths.flatMap((path) => [`${path}.py`, `${path}/__init__.py`]);
  return candidates.find((uri) => run.files.exists(uri) && basename(uri) !== '.py');
}

// Libraries

/** `aws-cdk-lib/aws-ecs`, `@aws-cdk/aws-ecs` and `aws_cdk.aws_ecs` are `aws_ecs`; what they share is `core`. */
export function libraryPath(specifier: string): string {
  const plain = specifier.replace(/^node:/, '');
  if (plain === 'aws-cdk-lib' || plain === 'aws_cdk' || plain === 'aws-cdk-lib/core') return 'core';
  const part = /^(?:aws-cdk-lib\/|@aws-cdk\/|aws_cdk\.)([\w-]+)$/.exec(plain)?.[1];
  if (part === undefined) return plain.replaceAll('/', '.');
  return part.replaceAll('-', '_');
}

export function joinLibrary(path: string, name: string): string {
  if (name === 'default') return path;
  if (path === 'core' && (/^aws_/.test(name) || name === 'core')) return name;
  return `${path}.${camelCase(name)}`;
}

/** Python's names of arguments and methods as the CDK itself spells them; names of constants and classes stay. */
export function camelCase(name: string): string {
  if (!/^[a-z][a-z0-9]*_/.test(name) || /^aws_/.test(name)) return name;
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/Mib$/, 'MiB');
}

export function isCdk(path: string): boolean {
  return /^(?:core|constructs|aws_\w+)(?:\.|$)/.test(path);
}
