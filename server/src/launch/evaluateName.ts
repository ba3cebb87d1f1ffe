// What a name means in a program: parameters, definitions (the last one that holds wins), imports and their exports.

import type { Uri } from '../base/uri.ts';
import type { Expression, NameExpression } from '../facts/expression.ts';
import type { Definition, FunctionDefinition, Import, Scope } from '../facts/program.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame } from './evaluated.ts';
import { sameScalar, scalar, truth, unknownResult, withHop } from './evaluated.ts';
import { selfInstance } from './evaluateInstance.ts';
import { memberOf } from './evaluateMember.ts';
import { ownPath } from './evaluatePath.ts';
import { settingsMember } from './evaluateSettings.ts';
import type { Module } from './modules.ts';
import { packageFolder } from './modules.ts';
import { printExpression } from './printExpression.ts';
import { step } from './text.ts';

/** Languages whose files say what others may use; of all others everything at the top level can be used. */
const explicitExports: ReadonlySet<string> = new Set(['javascript', 'typescript']);

const MOST_VARIABLES = 6;

export function evaluateName(evaluation: Evaluation, expression: NameExpression, frame: Frame): Evaluated {
  const { name } = expression;
  if (name === 'this' || name === 'self') {
    const self = selfInstance(evaluation, frame);
    if (self !== undefined) return self;
  }
  const found = lookUp(evaluation, name, frame) ?? ownPath(name, expression.at, frame);
  return found ?? unknownResult(name, expression.at, `\`${name}\` is not defined where it can be read`);
}

/** Undefined where nothing in view defines the name. */
export function lookUp(evaluation: Evaluation, name: string, frame: Frame): Evaluated | undefined {
  const { module, path } = frame;
  const all = module.definitions.get(name) ?? [];
  for (let length = path.length; length > 0; length--) {
    const local = all.filter((definition) => standsIn(definition.scope, path, length));
    const found = evaluateDefinitions(evaluation, local, frame);
    if (found !== undefined) return found;
  }
  const parameter = evaluateParameter(evaluation, name, frame);
  if (parameter !== undefined) return parameter;
  return evaluateDefinitions(evaluation, all.filter(isTopLevel), frame) ?? lookUpImport(evaluation, name, module);
}

function isTopLevel({ scope, outer }: Definition): boolean {
  return scope.path.length === 0 || outer === true;
}

function standsIn(scope: Scope, path: readonly string[], length: number): boolean {
  return scope.path.length === length && scope.path.every((name, index) => name === path[index]);
}

function evaluateParameter(evaluation: Evaluation, name: string, frame: Frame): Evaluated | undefined {
  const bound = frame.bindings?.get(name);
  if (bound !== undefined) return evaluate(evaluation, bound.expression, bound.frame);
  for (let length = frame.path.length; length > 0; length--) {
    const path = frame.path.slice(0, length);
    const definition = functionAt(frame.module, path);
    if (!definition?.parameters.some((parameter) => parameter.name === name)) continue;
    return length === frame.boundLength
      ? scalar(null, definition.at)
      : unknownResult(name, definition.at, `\`${name}\` is given by whoever calls \`${path.at(-1)}\``);
  }
  return undefined;
}

/** The function whose body has this path. */
export function functionAt(module: Module, path: readonly string[]): FunctionDefinition | undefined {
  const outer = path.length - 1;
  const found = module.definitions
    .get(path[outer] ?? '')
    ?.find(
      ({ scope, value }) =>
        value.kind === 'function' && (outer === 0 ? scope.path.length === 0 : standsIn(scope, path, outer)),
    );
  return found?.value.kind === 'function' ? found.value : undefined;
}

/** Whether code in a scope runs at all: its main guard and the test around it. Undefined where that is open. */
export function scopeHolds(evaluation: Evaluation, scope: Scope, frame: Frame): boolean | undefined {
  if (scope.main && scope.path.length === 0 && !frame.module.main) return false;
  if (!scope.conditional) return true;
  if (scope.test === undefined) return undefined;
  const holds = truth(evaluate(evaluation, scope.test, { ...frame, path: scope.path }));
  return holds === undefined ? undefined : holds !== (scope.negated === true);
}

/** One value of a name that several definitions may give it. */
export function evaluateDefinitions(
  evaluation: Evaluation,
  definitions: readonly Definition[],
  frame: Frame,
): Evaluated | undefined {
  // Inside a definition's own value the name still means what it meant before.
  const current = definitions.findIndex((definition) => evaluation.active.has(definition));
  const usable = current < 0 ? definitions : definitions.slice(0, current);
  const candidates: Definition[] = [];
  for (const definition of usable) {
    const holds = guarded(evaluation, definition, () => scopeHolds(evaluation, definition.scope, frame));
    if (holds === false) continue;
    if (holds === true) candidates.length = 0;
    candidates.push(definition);
  }
  const [first] = candidates;
  if (first === undefined) return undefined;
  const results = candidates.map((definition) => evaluateDefinition(evaluation, definition, frame));
  return oneOf(results) ?? unknownResult(first.name, first.at, `\`${first.name}\` is set in several places`);
}

function guarded<T>(evaluation: Evaluation, definition: Definition, run: () => T): T {
  evaluation.active.add(definition);
  try {
    return run();
  } finally {
    evaluation.active.delete(definition);
  }
}

function evaluateDefinition(evaluation: Evaluation, definition: Definition, frame: Frame): Evaluated {
  const { value, name } = definition;
  const inner = frameOf(definition, frame);
  if (value.kind === 'function') return { kind: 'function', name, definition: value, frame: inner, trail: [] };
  if (value.kind === 'class') return { kind: 'class', name, definition: value, frame: inner, trail: [] };
  const result = guarded(evaluation, definition, () => evaluate(evaluation, value, inner));
  const text = `${name} = ${printExpression(value, frame.module.program.language)}`;
  return withHop(heldBy(result, name, inner), step(definition.at, text));
}

/** Of another function than the one that asks, the parameters are not known. */
function frameOf({ scope, outer }: Definition, frame: Frame): Frame {
  const isElsewhere = scope.path.length === 0 || (outer === true && !standsIn(scope, frame.path, scope.path.length));
  return isElsewhere ? { module: frame.module, path: scope.path } : { ...frame, path: scope.path };
}

/** An instance remembers the variable through which its fields are set. */
function heldBy(result: Evaluated, name: string, frame: Frame): Evaluated {
  if (result.kind !== 'instance' || name.includes('.') || explicitExports.has(frame.module.program.language)) {
    return result;
  }
  return { ...result, variables: [{ name, frame }, ...(result.variables ?? [])].slice(0, MOST_VARIABLES) };
}

/**
 * The value that is the same whichever candidate holds. A candidate that comes to nothing does not count where another
 * one gives a value: a port cannot be null, and a read of a variable that is not set would have failed.
 */
export function oneOf(results: readonly Evaluated[]): Evaluated | undefined {
  const usable = results.filter(
    (result) => result.kind !== 'scalar' || (result.value !== null && result.value !== false),
  );
  const [first, ...rest] = usable.length > 0 ? usable : results;
  if (first === undefined || rest.length === 0) return first;
  const unknown = usable.find((result) => result.kind === 'unknown');
  if (unknown !== undefined) return unknown;
  return rest.every((result) => sameScalar(first, result)) ? first : undefined;
}

function lookUpImport(evaluation: Evaluation, name: string, module: Module): Evaluated | undefined {
  const found = module.program.imports.findLast((candidate) => candidate.local === name);
  if (found !== undefined) return evaluateImport(evaluation, found, module);
  for (const star of module.program.imports) {
    if (!isStar(star)) continue;
    const result = exportedBy(evaluation, star, module, name);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** `from x import *` and `export * from 'x'`. */
function isStar(found: Import): boolean {
  return found.name === '*' && found.local === '*';
}

function exportedBy(evaluation: Evaluation, star: Import, module: Module, name: string): Evaluated | undefined {
  const resolution = evaluation.modules.resolve(module.uri, module.program.language, star.module);
  if (resolution.kind === 'files') return exportOfAny(evaluation, resolution.uris, name);
  return resolution.kind === 'file' ? exportOf(evaluation, resolution.uri, name) : undefined;
}

/** What several files that are one module give under a name. */
export function exportOfAny(evaluation: Evaluation, uris: readonly Uri[], name: string): Evaluated | undefined {
  for (const uri of uris) {
    const found = exportOf(evaluation, uri, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function evaluateImport(evaluation: Evaluation, found: Import, module: Module): Evaluated {
  const { modules } = evaluation;
  const resolution = modules.resolve(module.uri, module.program.language, found.module);
  const whole = found.name === undefined || (found.name === '*' && found.local !== '*');
  switch (resolution.kind) {
    case 'missing':
      return unknownResult(found.local, found.at, `\`${found.module}\` is not among the files in view`);
    case 'external': {
      const name = whole ? found.module : `${found.module}.${found.name}`;
      return { kind: 'library', name, at: found.at, trail: [] };
    }
    case 'folder':
      if (whole || found.name === undefined) return { kind: 'package', folder: resolution.uri, trail: [] };
      return submoduleOf(evaluation, resolution.uri, found.name) ?? missingExport(found);
    case 'files': {
      if (whole || found.name === undefined) return { kind: 'modules', uris: resolution.uris, trail: [] };
      return exportOfAny(evaluation, resolution.uris, found.name) ?? missingExport(found);
    }
    case 'file': {
      if (whole || found.name === undefined) return { kind: 'module', uri: resolution.uri, trail: [] };
      return exportOf(evaluation, resolution.uri, found.name) ?? missingExport(found);
    }
  }
}

function missingExport(found: Import): Evaluated {
  return unknownResult(
    found.local,
    found.at,
    `\`${found.module}\` does not define \`${found.name}\` where it can be read`,
  );
}

export function submoduleOf(evaluation: Evaluation, folder: Uri, name: string): Evaluated | undefined {
  const found = evaluation.modules.submodule(folder, name);
  if (found.kind === 'file') return { kind: 'module', uri: found.uri, trail: [] };
  return found.kind === 'folder' ? { kind: 'package', folder: found.uri, trail: [] } : undefined;
}

/** What a file gives to others under a name. Undefined where the file is read and gives no such thing. */
export function exportOf(evaluation: Evaluation, uri: Uri, name: string): Evaluated | undefined {
  const { exporting } = evaluation;
  const key = `${uri}\n${name}`;
  if (exporting.has(key)) return undefined;
  const isOutermost = exporting.size === 0;
  exporting.add(key);
  const found = findExport(evaluation, uri, name);
  // Where a search found nothing, the search around it need not look again: files may pass on each other's names in circles.
  if (found !== undefined) exporting.delete(key);
  if (isOutermost) exporting.clear();
  return found;
}

function findExport(evaluation: Evaluation, uri: Uri, name: string): Evaluated | undefined {
  const module = evaluation.modules.load(uri);
  if (module === undefined) return exportOfSettings(evaluation, uri, name);
  const frame: Frame = { module, path: [] };
  if (module.program.language === 'python') {
    const folder = packageFolder(uri);
    return (
      lookUp(evaluation, name, frame) ?? (folder === undefined ? undefined : submoduleOf(evaluation, folder, name))
    );
  }
  if (!explicitExports.has(module.program.language)) return visibleName(evaluation, name, frame);
  const named = module.program.exports.filter((definition) => definition.name === name);
  const direct = evaluateDefinitions(evaluation, named, frame);
  if (direct !== undefined) return direct;
  for (const star of name === 'default' ? [] : module.program.imports) {
    const passedOn = isStar(star) ? exportedBy(evaluation, star, module, name) : undefined;
    if (passedOn !== undefined) return passedOn;
  }
  const whole = wholeExport(evaluation, uri);
  if (name === 'default') return whole ?? { kind: 'module', uri, trail: [] };
  if (whole === undefined || whole.kind === 'module') return undefined;
  const property: Expression = { kind: 'literal', value: name, at: module.program.at };
  return memberOf(evaluation, whole, name, property, frame);
}

/** A name at a file's top level, or one that the file passes on, in languages where other files see both. */
function visibleName(evaluation: Evaluation, name: string, frame: Frame): Evaluated | undefined {
  const { module } = frame;
  const own = evaluateDefinitions(evaluation, (module.definitions.get(name) ?? []).filter(isTopLevel), frame);
  if (own !== undefined) return own;
  const passed = module.program.imports.filter((found) => found.private !== true);
  const named = passed.findLast((found) => found.local === name);
  if (named !== undefined) return evaluateImport(evaluation, named, module);
  for (const star of passed.filter(isStar)) {
    const found = exportedBy(evaluation, star, module, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The other files of the same package, where a file's names are those of all its files. */
export function siblingModules(evaluation: Evaluation, module: Module): readonly Module[] {
  const { modules } = evaluation;
  const siblings = new Set<Uri>();
  for (const star of module.program.imports) {
    if (!isStar(star) || star.private !== true) continue;
    const resolution = modules.resolve(module.uri, module.program.language, star.module);
    if (resolution.kind === 'files') for (const uri of resolution.uris) siblings.add(uri);
  }
  siblings.delete(module.uri);
  return [...siblings].flatMap((uri) => modules.load(uri) ?? []);
}

function exportOfSettings(evaluation: Evaluation, uri: Uri, name: string): Evaluated {
  const file = evaluation.modules.config(uri);
  if (file !== undefined) {
    const whole = { kind: 'settings', file, prefix: '', trail: [] } as const;
    if (name === 'default') return whole;
    const place: Expression = { kind: 'literal', value: name, at: file.at };
    return settingsMember(whole, name, place) ?? unknownResult(name, file.at);
  }
  const at = { uri, span: { start: 0, end: 0 } };
  return unknownResult(name, at, `${evaluation.shownPath(uri)} could not be read`);
}

/** What `module.exports = …` gave; undefined for a module of named exports. */
export function wholeExport(evaluation: Evaluation, uri: Uri): Evaluated | undefined {
  const module = evaluation.modules.load(uri);
  if (module === undefined) return exportOfSettings(evaluation, uri, 'default');
  const whole = module.program.exports.filter((definition) => definition.name === '*');
  return whole.length === 0 ? undefined : evaluateDefinitions(evaluation, whole, { module, path: [] });
}
