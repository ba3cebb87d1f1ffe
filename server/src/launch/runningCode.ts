// Which code of a program runs: the modules it reaches by imports, and of their functions those that are called.

import type { Uri } from '../base/uri.ts';
import type { Expression } from '../facts/expression.ts';
import type { Call, Import, Program, Scope } from '../facts/program.ts';
import { evaluate } from './evaluate.ts';
import type { ClassResult, Evaluation, Frame, FunctionResult } from './evaluated.ts';
import { callFrame } from './evaluateInstance.ts';
import { functionAt, scopeHolds, wholeExport } from './evaluateName.ts';
import type { Resolution } from './modules/resolver.ts';
import type { Module, Modules } from './modules.ts';
import { packageFolder } from './modules.ts';

const MOST_MODULES = 400;
const MOST_FRAMES = 600;
/** Calls of one function that are followed with their own arguments. */
const MOST_CALLS = 4;

/** What an import leads to outside of the files that were read. */
export interface OpenImport {
  readonly found: Import;
  readonly from: Uri;
  readonly kind: 'external' | 'missing' | 'unread';
}

/** Fills `reached` with every module of the program, breadth first; answers what could not be followed. */
export function reachModules(modules: Modules, entry: Module, reached: Module[]): readonly OpenImport[] {
  const open: OpenImport[] = [];
  const seen = new Set<Uri>([entry.uri]);
  reached.push(entry);
  for (let index = 0; index < reached.length; index++) {
    const module = reached[index];
    if (module === undefined) break;
    for (const found of module.program.imports) {
      const resolution = modules.resolve(module.uri, module.program.language, found.module);
      if (resolution.kind === 'external' || resolution.kind === 'missing') {
        open.push({ found, from: module.uri, kind: resolution.kind });
      }
      for (const uri of importedFiles(modules, found, resolution)) {
        if (seen.has(uri) || seen.size >= MOST_MODULES) continue;
        seen.add(uri);
        const next = modules.load(uri);
        if (next !== undefined) reached.push(next);
        else if (!uri.endsWith('.json') && modules.config(uri) === undefined)
          open.push({ found, from: module.uri, kind: 'unread' });
      }
    }
  }
  return open;
}

/** `from package import module` reads the package and the module. */
function importedFiles(modules: Modules, found: Import, resolution: Resolution): readonly Uri[] {
  if (resolution.kind === 'files') return resolution.uris;
  const files: Uri[] = resolution.kind === 'file' ? [resolution.uri] : [];
  const folder = resolution.kind === 'folder' ? resolution.uri : files[0] && packageFolder(files[0]);
  if (folder === undefined || found.name === undefined || found.name === '*') return files;
  const submodule = modules.submodule(folder, found.name);
  return submodule.kind === 'file' ? [...files, submodule.uri] : files;
}

/** The frames of all code that runs: every module's own level, and the body of each function that is called. */
export function runningFrames(evaluation: Evaluation, started?: Frame): readonly Frame[] {
  const { budget } = evaluation;
  const frames = followedFrames(evaluation, started, withoutConstructors);
  if (evaluation.budget > 0) return frames;
  // Too much to follow: only what may lead to a listening call is followed then.
  evaluation.budget = budget;
  evaluation.instances.clear();
  return followedFrames(evaluation, started, undefined);
}

/** `pruned`: languages of which only calls that may lead to a listening one are followed; undefined for all. */
function followedFrames(
  evaluation: Evaluation,
  started: Frame | undefined,
  pruned: ReadonlySet<string> | undefined,
): readonly Frame[] {
  const frames: Frame[] = [...moduleFrames(evaluation), ...(started === undefined ? [] : [started])];
  const calls = new Map<string, number>();
  const leading = leadingNames(evaluation, pruned);
  for (let index = 0; index < frames.length && frames.length < MOST_FRAMES; index++) {
    const frame = frames[index];
    if (frame === undefined) break;
    for (const call of callsAt(frame)) {
      if (pruned?.has(frame.module.program.language) !== false && !mayLead(call, leading)) continue;
      if (scopeHolds(evaluation, call.scope, frame) === false) continue;
      for (const called of calledFrames(evaluation, call, { ...frame, path: call.scope.path })) {
        const key = frameKey(called);
        const count = calls.get(key) ?? 0;
        if (count >= MOST_CALLS) continue;
        calls.set(key, count + 1);
        frames.push(called);
      }
    }
  }
  return frames;
}

/** Languages in which no call makes an instance whose construction matters to other calls. */
const withoutConstructors: ReadonlySet<string> = new Set(['go', 'rust']);

/** Names of functions that listen, and of those that call them: only they need to be followed. */
function leadingNames(evaluation: Evaluation, pruned: ReadonlySet<string> | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const callers = new Map<string, string[]>();
  for (const { program } of evaluation.reached) {
    if (pruned?.has(program.language) === false) continue;
    // Who makes an instance of a class may run any of its methods.
    const own = ({ path }: Scope) => (withoutConstructors.has(program.language) ? path.slice(-1) : path);
    for (const { scope } of program.listeners) for (const name of own(scope)) names.add(name);
    for (const call of program.calls) {
      const around = own(call.scope);
      if (around.length === 0) continue;
      for (const called of calledNames(call)) {
        const known = callers.get(called);
        if (known === undefined) callers.set(called, [...around]);
        else known.push(...around);
      }
    }
  }
  // A set grows while it is walked.
  for (const name of names) for (const caller of callers.get(name) ?? []) names.add(caller);
  return names;
}

function mayLead(call: Call, leading: ReadonlySet<string>): boolean {
  return calledNames(call).some((name) => leading.has(name));
}

/** The last part of the callee's name, and those of the functions that are handed on. */
function calledNames(call: Call): readonly string[] {
  const handed = call.arguments.flatMap(({ value }) => {
    if (value.kind === 'name') return [value.name];
    return value.kind === 'member' && value.property.kind === 'literal' ? [String(value.property.value)] : [];
  });
  return [call.callee.slice(call.callee.lastIndexOf('.') + 1), ...handed];
}

/** The frames of what stands outside of functions. */
export function moduleFrames(evaluation: Evaluation): readonly Frame[] {
  return evaluation.reached.map((module) => ({ module, path: [] }));
}

export function frameKey(frame: Frame): string {
  return `${frame.module.uri}#${frame.path.join('.')}`;
}

/** The functions and classes around a scope that can be called by name; anonymous ones run where they stand. */
export function callablePath(module: Module, scope: Scope): string {
  const { path } = scope;
  if (path.length === 0) return '';
  let length = path.length;
  while (length > 0 && functionAt(module, path.slice(0, length)) === undefined) length--;
  return path.slice(0, length).join('.');
}

const callIndexes = new WeakMap<Program, ReadonlyMap<string, readonly Call[]>>();

function callsAt(frame: Frame): readonly Call[] {
  let index = callIndexes.get(frame.module.program);
  if (index === undefined) {
    index = groupCalls(frame.module);
    callIndexes.set(frame.module.program, index);
  }
  return index.get(frame.path.join('.')) ?? [];
}

function groupCalls(module: Module): ReadonlyMap<string, readonly Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of module.program.calls) {
    const key = callablePath(module, call.scope);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [call]);
    else group.push(call);
  }
  return groups;
}

function calledFrames(evaluation: Evaluation, call: Call, frame: Frame): readonly Frame[] {
  const frames = calleeFrames(evaluation, call, frame);
  for (const { value } of call.arguments) {
    if (value.kind !== 'name' && value.kind !== 'member') continue;
    const result = evaluate(evaluation, value, frame);
    // A function that is handed on is called by whoever gets it, with arguments that are not seen.
    if (result.kind === 'function') frames.push(bodyFrame(result));
  }
  return frames;
}

function bodyFrame(target: FunctionResult): Frame {
  return { ...target.frame, path: [...target.frame.path, target.name] };
}

function calleeFrames(evaluation: Evaluation, call: Call, frame: Frame): Frame[] {
  const found = evaluate(evaluation, calleeExpression(call), frame);
  const result = found.kind === 'module' ? (wholeExport(evaluation, found.uri) ?? found) : found;
  if (result.kind === 'function') {
    return [callFrame(bodyFrame(result), result.definition.parameters, call.arguments, frame)];
  }
  if (result.kind === 'class') return construction(evaluation, result, call, frame);
  const method = call.callee.includes('.') ? call.callee.slice(call.callee.lastIndexOf('.') + 1) : undefined;
  if (method === undefined || result.kind === 'library') return [];
  return methodsNamed(evaluation, method).map((target) =>
    callFrame(bodyFrame(target), target.definition.parameters, call.arguments, frame),
  );
}

function construction(evaluation: Evaluation, of: ClassResult, call: Call, frame: Frame): Frame[] {
  const key = `${of.frame.module.uri}#${of.name}`;
  const self = evaluation.instances.get(key) ?? {
    kind: 'instance' as const,
    of,
    arguments: call.arguments,
    frame,
    trail: [],
  };
  evaluation.instances.set(key, self);
  const frames: Frame[] = [];
  for (const name of ['constructor', '__init__']) {
    const path = [...of.frame.path, of.name, name];
    const definition = functionAt(of.frame.module, path);
    const own: Frame = { module: of.frame.module, path, self };
    if (definition !== undefined) frames.push(callFrame(own, definition.parameters, call.arguments, frame));
  }
  return frames;
}

/** Methods of the program's classes by their name alone, for receivers that cannot be evaluated. */
function methodsNamed(evaluation: Evaluation, name: string): readonly FunctionResult[] {
  const found: FunctionResult[] = [];
  for (const module of evaluation.reached) {
    for (const { value, scope } of module.definitions.get(name) ?? []) {
      if (value.kind !== 'function' || scope.path.length === 0) continue;
      found.push({ kind: 'function', name, definition: value, frame: { module, path: scope.path }, trail: [] });
    }
  }
  return found;
}

function calleeExpression(call: Call): Expression {
  const [root = '', ...members] = call.callee.split('.');
  let expression: Expression = { kind: 'name', name: root, at: call.at };
  for (const member of members) {
    const property: Expression = { kind: 'literal', value: member, at: call.at };
    expression = { kind: 'member', object: expression, property, at: call.at };
  }
  return expression;
}
