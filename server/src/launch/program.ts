// The ports that a program opens: its listen calls that run, evaluated under its argv, environment and other files.

import type { Uri } from '../base/uri.ts';
import type { ListenedPort, Listens } from '../facts/listens.ts';
import { isLoopback } from '../facts/listens.ts';
import type { Listener } from '../facts/program.ts';
import type { Step, Value } from '../facts/value.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation, Frame } from './evaluated.ts';
import { callFrame } from './evaluateInstance.ts';
import { functionAt, scopeHolds } from './evaluateName.ts';
import type { ContainerProcess } from './launcher.ts';
import type { Opened } from './listenCall.ts';
import { evaluateListener } from './listenCall.ts';
import type { Module } from './modules.ts';
import { createModules } from './modules.ts';
import type { OpenImport } from './runningCode.ts';
import { callablePath, frameKey, moduleFrames, reachModules, runningFrames } from './runningCode.ts';

const BUDGET = 20_000;
const LONGEST = 500_000;

export interface ProgramStart {
  readonly process: ContainerProcess;
  readonly entry: Uri;
  /** Whether the main guard of the entry holds. */
  readonly main: boolean;
  /** The words behind the script. */
  readonly arguments: readonly Value<string>[];
  /** Folders that Python's absolute imports count from. */
  readonly folders: readonly Uri[];
  readonly containerFolders: readonly string[];
  /** A function of the entry that is called from outside: the one that a console script names. */
  readonly calls?: string;
}

export interface RunningProgram {
  /** The body of the function that is called from outside. */
  readonly started?: Frame;
  readonly evaluation: Evaluation;
  readonly entry: Module;
  readonly open: readonly OpenImport[];
}

/** Reads a program and what it imports; undefined where its file is not read. */
export function startProgram(start: ProgramStart): RunningProgram | undefined {
  const { process, entry } = start;
  const modules = createModules({
    files: process.files,
    image: process.image,
    main: start.main ? entry : undefined,
    folders: start.folders,
    containerFolders: start.containerFolders,
  });
  const module = modules.load(entry);
  // Longer files are not parsed, and what is not parsed says nothing.
  if (module === undefined || module.program.at.span.end > LONGEST) return undefined;
  const reached: Module[] = [];
  const open = reachModules(modules, module, reached);
  const evaluation: Evaluation = {
    modules,
    environment: process.environment,
    arguments: start.arguments,
    reached,
    instances: new Map(),
    shownPath: (uri) => process.shownPath(uri),
    workingDirectory: process.workingDirectory,
    environmentFiles: undefined,
    budget: BUDGET,
    depth: 0,
    active: new Set(),
    activeVariables: new Set(),
    exporting: new Set(),
  };
  const path = start.calls === undefined ? [] : [start.calls];
  const called = path.length === 0 ? undefined : functionAt(module, path);
  const started = called && callFrame({ module, path }, called.parameters, [], { module, path: [] });
  return { evaluation, entry: module, open, ...(started === undefined ? {} : { started }) };
}

/** What a program listens on when it is started. */
export function programListens(start: ProgramStart): Listens {
  const { process } = start;
  const program = startProgram(start);
  if (program === undefined) {
    return unknown(`${process.shownPath(start.entry)} could not be read`, process.trail);
  }
  return composeListens(program, runningListeners(program), process);
}

/** What calls that run open together. */
export function composeListens(
  program: RunningProgram,
  calls: readonly ListenCall[],
  process: ContainerProcess,
): Listens {
  // Which code runs may have taken much of it.
  program.evaluation.budget = BUDGET;
  const opened = calls.map((call) => ({
    ...call,
    result: evaluateListener(program.evaluation, call.listener, call.frame, process.trail),
  }));
  return compose(program, opened, process);
}

export interface ListenCall {
  readonly listener: Listener;
  readonly frame: Frame;
  /** Whether it surely runs. */
  readonly certain: boolean;
}

interface OpenedCall extends ListenCall {
  readonly result: Opened;
}

/** The listen calls of a program that run, or may. */
export function runningListeners(program: RunningProgram): readonly ListenCall[] {
  const { evaluation } = program;
  const withListeners = evaluation.reached.filter((module) => module.program.listeners.length > 0);
  if (withListeners.length === 0) return [];
  // Which functions run matters only where one of them listens.
  const isTopLevel = withListeners.every((module) =>
    module.program.listeners.every((listener) => callablePath(module, listener.scope) === ''),
  );
  const frames = isTopLevel ? moduleFrames(evaluation) : runningFrames(evaluation, program.started);
  const byKey = new Map<string, Frame[]>();
  for (const frame of frames) {
    const key = frameKey(frame);
    byKey.set(key, [...(byKey.get(key) ?? []), frame]);
  }
  const calls: ListenCall[] = [];
  for (const module of withListeners) {
    for (const listener of module.program.listeners) {
      const key = `${module.uri}#${callablePath(module, listener.scope)}`;
      for (const frame of byKey.get(key) ?? []) {
        const inner: Frame = { ...frame, path: listener.scope.path };
        const holds = scopeHolds(evaluation, listener.scope, inner);
        if (holds !== false && isListeningMethod(evaluation, listener, inner))
          calls.push({ listener, frame: inner, certain: holds === true });
      }
    }
  }
  return calls.length > 0 ? calls : presumedListeners(evaluation, withListeners);
}

/** Whether a call that is known by its method's name alone is a library's, not a function of the program. */
function isListeningMethod(evaluation: Evaluation, { method }: Listener, frame: Frame): boolean {
  if (method === undefined) return true;
  const callee = evaluate(evaluation, method.callee, frame);
  if (callee.kind === 'function') return false;
  if (callee.kind !== 'library') return method.presumed;
  return method.libraries.some((library) => callee.name.startsWith(library));
}

/**
 * Listen calls in functions that nothing is seen to call, where the function is at least handed out and used: exported
 * and imported by name, or a method of such a class. Frameworks call such functions out of sight.
 */
function presumedListeners(evaluation: Evaluation, modules: readonly Module[]): readonly ListenCall[] {
  const imported = importedNames(evaluation);
  const calls: ListenCall[] = [];
  for (const module of modules) {
    if (module.program.language === 'python') continue;
    for (const listener of module.program.listeners) {
      const { scope } = listener;
      const outermost = scope.path[0];
      if (outermost === undefined || (scope.main && !module.main)) continue;
      const isExported = module.program.exports.some((definition) => exportsName(definition, outermost));
      if (isExported && imported.has(module.uri)) {
        calls.push({ listener, frame: { module, path: scope.path }, certain: false });
      }
    }
  }
  return calls;
}

function exportsName(definition: Module['program']['exports'][number], name: string): boolean {
  const { value } = definition;
  if (definition.name === name) return true;
  if (value.kind === 'name') return value.name === name;
  if (value.kind === 'call') return value.callee.kind === 'name' && value.callee.name === name;
  if (value.kind === 'object') return value.entries.some((entry) => entry.key === name);
  return value.kind === 'function' || value.kind === 'class';
}

/** Files that some other file of the program imports. */
function importedNames(evaluation: Evaluation): ReadonlySet<Uri> {
  const uris = new Set<Uri>();
  for (const module of evaluation.reached) {
    for (const found of module.program.imports) {
      const resolution = evaluation.modules.resolve(module.uri, module.program.language, found.module);
      if (resolution.kind === 'file') uris.add(resolution.uri);
    }
  }
  return uris;
}

function compose(program: RunningProgram, calls: readonly OpenedCall[], process: ContainerProcess): Listens {
  const relevant = calls.filter((call) => call.result.kind !== 'none');
  const certain = relevant.filter((call) => call.certain);
  const open = certain.find((call) => call.result.kind === 'open');
  if (open?.result.kind === 'open') return unknown(open.result.reason, open.result.because);
  const sure = portsOf(certain);
  const possible = relevant.filter((call) => !call.certain);
  if (sure.length > 0) return { state: 'known', ports: distinct([...sure, ...portsOf(possible)]) };
  if (possible.length > 0) return composePossible(program, possible, process);
  return withoutListener(program, calls, process);
}

/** Calls of which it is not seen that they run: believed where they agree on one port. */
function composePossible(program: RunningProgram, calls: readonly OpenedCall[], process: ContainerProcess): Listens {
  const open = calls.find((call) => call.result.kind === 'open');
  if (open?.result.kind === 'open') return unknown(open.result.reason, open.result.because);
  const ports = distinct(portsOf(calls));
  const [first] = calls;
  if (ports.length === 1) return { state: 'known', ports };
  const file = first === undefined ? '' : program.evaluation.shownPath(first.listener.at.uri);
  return unknown(`which of the listen calls in ${file} runs cannot be decided`, process.trail);
}

function portsOf(calls: readonly OpenedCall[]): readonly ListenedPort[] {
  return calls.flatMap((call) => (call.result.kind === 'port' ? [call.result.port] : []));
}

/** One entry a port; of several addresses the one that can be reached. */
export function distinct(ports: readonly ListenedPort[]): readonly ListenedPort[] {
  const byPort = new Map<number, ListenedPort>();
  for (const port of ports) {
    const earlier = byPort.get(port.port.value);
    if (earlier === undefined || isLocal(earlier)) byPort.set(port.port.value, port);
  }
  return [...byPort.values()];
}

function isLocal(port: ListenedPort): boolean {
  return port.host.state === 'known' && isLoopback(port.host.value);
}

function withoutListener(program: RunningProgram, calls: readonly OpenedCall[], process: ContainerProcess): Listens {
  const { evaluation, entry, open } = program;
  const file = evaluation.shownPath(entry.uri);
  const hidden = open.find(({ kind }) => kind !== 'external');
  if (hidden !== undefined)
    return unknown(`${file} imports ${hidden.found.module}, which could not be read`, process.trail);
  const portless = calls.find((call) => call.result.kind === 'none' && call.result.reason !== undefined);
  if (portless?.result.kind === 'none' && portless.result.reason !== undefined) {
    return unknown(portless.result.reason, process.trail);
  }
  const openers = open.filter(({ found }) => !found.quiet);
  const opener = openers.find(({ found }) => !startsOthers.test(found.module)) ?? openers[0];
  if (evaluation.reached.some(startsProcesses) || (opener && startsOthers.test(opener.found.module))) {
    return unknown(`${file} starts other programs`, process.trail);
  }
  const hasListener = evaluation.reached.some((module) => module.program.listeners.length > 0);
  if (opener === undefined && !hasListener) return { state: 'none', because: process.trail };
  const library =
    opener === undefined ? '' : `, and whether ${libraryName(opener.found.module)} opens a port is not known`;
  return unknown(`no listen call was found in ${file}${library}`, process.trail);
}

function libraryName(module: string): string {
  return module.endsWith('vendor/autoload.php') ? 'a package of Composer' : module;
}

const startsOthers = /^(?:node:)?child_process$|^subprocess$|^(?:execa|cross-spawn|shelljs|zx|pexpect|sh)$/;

/** `os.system("gunicorn …")`; imports of subprocess and child_process count as libraries that may listen. */
function startsProcesses({ program }: Module): boolean {
  const starts =
    program.language === 'php'
      ? /^(?:exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec)$/
      : /^os\.(?:system|popen|exec|spawn|posix_spawn)|^asyncio\.create_subprocess_/;
  return program.calls.some(({ callee }) => starts.test(callee));
}

function unknown(reason: string, because: readonly Step[]): Listens {
  return { state: 'unknown', reason, because };
}
