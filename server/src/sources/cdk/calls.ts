// Calls in a CDK program: its own functions and classes run, calls of the library are kept as they are written.

import { type Location, locationOf } from '../../base/text.ts';
import type { CallExpression, Expression } from '../../facts/expression.ts';
import { builtIn, methodOfPlain } from './builtIns.ts';
import { baseOf, memberOf, methodOf } from './members.ts';
import { camelCase, isCdk, moduleValue } from './modules.ts';
import { declare, type Frame, type Given, isExhausted, lookUp, methodFrame, type Run, uniquePath } from './scope.ts';
import {
  type CdkValue,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  isNothing,
  type Made,
  nothing,
  type ObjectEntry,
  type ObjectValue,
  open,
  plainOf,
} from './values.ts';

/** Deeper calls are recursion. */
const MAX_CALLS = 40;
const MAX_MADE = 5_000;
const COMPUTED = 'the program computes it';

export function evaluateCall(run: Run, expression: CallExpression, frame: Frame): CdkValue {
  const { callee, at } = expression;
  const nameAt = nameOf(callee);
  const given = callArguments(run, expression, frame);
  const parent = superCall(callee);
  if (parent !== undefined) return callSuper(run, parent, given, at, nameAt, frame);
  if (callee.kind === 'name' && callee.name === 'require' && lookUp(frame, 'require') === undefined) {
    const module = moduleOf(frame);
    const specifier = plainOf(given[0]?.value);
    if (module && typeof specifier === 'string') return moduleValue(run, module, specifier, at);
  }
  if (callee.kind !== 'member') return run.call(run.evaluate(callee, frame), given, at, nameAt);
  const receiver = run.evaluate(callee.object, frame);
  const key = plainOf(run.evaluate(callee.property, frame));
  if (key === undefined) return open('…', at, COMPUTED);
  return callMember(run, receiver, String(key), given, at, nameAt);
}

function callMember(
  run: Run,
  receiver: CdkValue,
  key: string,
  given: readonly Given[],
  at: Location,
  nameAt: Location,
): CdkValue {
  const plainMethod = methodOfPlain(run, receiver, key, given, at);
  if (plainMethod) return plainMethod;
  if (receiver.kind === 'made' && !receiver.writes.has(camelCase(key)))
    return callMade(run, receiver, key, given, at, nameAt);
  if (
    receiver.kind === 'instance' &&
    receiver.made &&
    !receiver.fields.has(key) &&
    !methodOf(run, receiver.class, key)
  ) {
    return callMade(run, receiver.made, key, given, at, nameAt);
  }
  const method = memberOf(run, receiver, key, at);
  const isOpen = method.kind === 'scalar' || method.kind === 'choice';
  const isKnown = !isOpen && !(method.kind === 'library' && !isCdk(method.path));
  if (isKnown || !ON_LISTENERS.test(camelCase(key))) return run.call(method, given, at, nameAt);
  // Only listeners have methods of these names: whose it is need not be known.
  return callMade(run, make(run, 'listener', undefined, [], at, nameAt), key, given, at, nameAt);
}

const ON_LISTENERS = /^addTarget(?:s|Groups)$/;

function moduleOf(frame: Frame) {
  let current = frame;
  while (current.outer) current = current.outer;
  return current.module;
}

/** The last name of a callee: `FargateService` of `ecs.FargateService`. */
function nameOf({ kind, at, ...rest }: Expression): Location {
  if (kind !== 'member' || !('property' in rest) || rest.property.kind !== 'literal') return at;
  const { end } = at.span;
  return locationOf(at.uri, Math.max(at.span.start, end - String(rest.property.value).length), end);
}

// Arguments

const SPREAD = /^\*\*([A-Za-z_]\w*)$/;

export function callArguments(run: Run, { arguments: written }: CallExpression, frame: Frame): readonly Given[] {
  return written.flatMap(({ name, nameAt, value }): readonly Given[] => {
    const spread = value.kind === 'unknown' && name === undefined ? SPREAD.exec(value.text)?.[1] : undefined;
    if (spread !== undefined) {
      const object = lookUp(frame, spread);
      if (object?.kind !== 'object') return [{ name: '**', value: open(spread, value.at, COMPUTED) }];
      const rest = object.unsaid === undefined ? [] : [{ name: '**', value: open(spread, value.at, object.unsaid) }];
      return [
        ...object.entries.map(({ key, keyAt, value: held }) => ({ name: key, nameAt: keyAt, value: held })),
        ...rest,
      ];
    }
    const evaluated = run.evaluate(value, frame);
    if (name === undefined) return [{ value: evaluated }];
    const named = evaluated.kind === 'object' && nameAt ? { ...evaluated, nameAt } : evaluated;
    return [{ name, value: named, ...(nameAt ? { nameAt } : {}) }];
  });
}

// The program's own

export function callValue(
  run: Run,
  callee: CdkValue,
  given: readonly Given[],
  at: Location,
  nameAt: Location,
): CdkValue {
  switch (callee.kind) {
    case 'function':
      return callFunction(run, callee, given, at);
    case 'class':
      return instantiate(run, callee, given, at);
    case 'library':
      return builtIn(run, callee.path, given, at) ?? callLibrary(run, callee.path, given, at, nameAt);
    default:
      letGo(given);
      return open('…', at, COMPUTED);
  }
}

function callFunction(run: Run, callee: FunctionValue, given: readonly Given[], at: Location): CdkValue {
  if (run.calls >= MAX_CALLS || isExhausted(run)) return open('…', at, 'the program calls itself');
  run.calls++;
  const completion = run.execute(callee.code.body, frameOf(run, callee, given, at));
  run.calls--;
  return completion?.kind === 'return' ? completion.value : nothing(at);
}

/** A frame with the parameters of a function bound. */
function frameOf(
  run: Run,
  { code, frame: outer, owner, home }: FunctionValue,
  given: readonly Given[],
  at: Location,
): Frame {
  const frame: Frame = {
    module: undefined,
    outer,
    names: new Map(),
    ...(owner ? { owner } : {}),
    ...(home ? { home } : {}),
  };
  const byPlace = given.filter((one) => one.name === undefined);
  const isMethod = owner !== undefined && /^(?:self|cls)$/.test(code.parameters[0]?.name ?? '');
  const parameters = isMethod ? code.parameters.slice(1) : code.parameters;
  if (isMethod && owner) declare(run, frame, code.parameters[0]?.name ?? 'self', owner);
  const hidden = given.find((one) => one.name === '**');
  for (const [index, parameter] of parameters.entries()) {
    const value = given.findLast((one) => one.name === parameter.name)?.value ?? byPlace[index]?.value;
    const isMissing = value === undefined || (isNothing(value) && parameter.default !== undefined);
    if (!isMissing) declare(run, frame, parameter.name, value);
    else if (hidden) declare(run, frame, parameter.name, hidden.value);
    else declare(run, frame, parameter.name, parameter.default ? run.evaluate(parameter.default, frame) : nothing(at));
  }
  if (code.rest !== undefined) {
    const names = new Set(parameters.map(({ name }) => name));
    const rest = given.filter(({ name }) => name !== undefined && name !== '**' && !names.has(name));
    declare(
      run,
      frame,
      code.rest,
      keywordObject(rest, at, hidden !== undefined, (name) => name),
    );
  }
  return frame;
}

function instantiate(run: Run, home: ClassValue, given: readonly Given[], at: Location): CdkValue {
  const instance: InstanceValue = { kind: 'instance', class: home, fields: new Map(), path: '' };
  construct(run, home, instance, given, at, home.code.at);
  if (instance.path === '') instance.path = uniquePath(run, pathOf(given, home.code.name));
  return instance;
}

/** Runs the constructor of a class, or that of the class it extends, on an instance. */
function construct(
  run: Run,
  home: ClassValue,
  instance: InstanceValue,
  given: readonly Given[],
  at: Location,
  nameAt: Location,
): void {
  const { code, frame } = home;
  const isPython = code.methods.has('__init__');
  const own = code.methods.get('constructor') ?? code.methods.get('__init__');
  // JavaScript sets the fields of a class when the class it extends has been made.
  if (isPython || !code.base) setFields(run, home, instance);
  if (own) {
    callFunction(run, { kind: 'function', code: own, frame, owner: instance, home }, given, at);
    return;
  }
  if (!code.base) for (const index of code.fields.keys()) setRecordField(home, instance, index, given);
  constructBase(run, home, instance, given, at, nameAt);
  setFields(run, home, instance);
}

function setFields(run: Run, home: ClassValue, instance: InstanceValue): void {
  const frame: Frame = { module: undefined, outer: home.frame, names: new Map(), owner: instance, home };
  for (const { name, value } of home.code.fields) {
    if (value && !instance.fields.has(name)) instance.fields.set(name, run.evaluate(value, frame));
  }
}

/** A data class of Python takes a value for each field. */
function setRecordField(home: ClassValue, instance: InstanceValue, index: number, given: readonly Given[]): void {
  const { name = '' } = home.code.fields[index] ?? {};
  const byPlace = given.filter((one) => one.name === undefined);
  const value = given.findLast((one) => one.name === name)?.value ?? byPlace[index]?.value;
  if (value) instance.fields.set(name, value);
}

function constructBase(
  run: Run,
  home: ClassValue,
  instance: InstanceValue,
  given: readonly Given[],
  at: Location,
  nameAt: Location,
): void {
  const base = home.code.base && run.evaluate(home.code.base, home.frame);
  if (base?.kind === 'class') {
    // A class that extends itself has no end.
    if (run.calls >= MAX_CALLS) return;
    run.calls++;
    construct(run, base, instance, given, at, nameAt);
    run.calls--;
    return;
  }
  if (base?.kind === 'library') {
    instance.made = make(run, base.path, undefined, given, at, nameAt);
    instance.path = instance.made.path;
  }
}

// `super`

/** The method that `super(…)`, `super().__init__(…)` or `super.method(…)` calls. */
function superCall(callee: Expression): string | undefined {
  if (callee.kind === 'name') return callee.name === 'super' ? 'constructor' : undefined;
  if (callee.kind !== 'member' || callee.property.kind !== 'literal') return undefined;
  const { object } = callee;
  const isSuper =
    (object.kind === 'name' && object.name === 'super') ||
    (object.kind === 'call' && object.callee.kind === 'name' && object.callee.name === 'super');
  return isSuper ? String(callee.property.value) : undefined;
}

function callSuper(
  run: Run,
  name: string,
  given: readonly Given[],
  at: Location,
  nameAt: Location,
  frame: Frame,
): CdkValue {
  const method = methodFrame(frame);
  const { owner, home } = method ?? {};
  if (!owner || !home) return nothing(at);
  if (name === 'constructor' || name === '__init__') {
    constructBase(run, home, owner, given, at, nameAt);
    setFields(run, home, owner);
    return nothing(at);
  }
  const base = baseOf(run, home);
  const found = base && methodOf(run, base, name);
  if (!found) return owner.made ? callMade(run, owner.made, name, given, at, nameAt) : nothing(at);
  return callFunction(run, { kind: 'function', ...found, owner }, given, at);
}

// The library

/** What only looks at its arguments. */
const HARMLESS =
  /^(?:cdk-nag|cdk_nag|global\.(?:console|JSON|Object|Array|Math|print|len|isinstance|str|repr))(?:\.|$)/;

function callLibrary(run: Run, path: string, given: readonly Given[], at: Location, nameAt: Location): CdkValue {
  if (!isCdk(path)) {
    if (!HARMLESS.test(path)) letGo(given);
    return open('…', at, 'a library that is not in view decides it');
  }
  return make(run, path, undefined, given, at, nameAt);
}

const LATER = /^(?:tryGetContext|getContext|valueFromLookup|valueForStringParameter|getAtt)$/;

function callMade(
  run: Run,
  receiver: Made,
  key: string,
  given: readonly Given[],
  at: Location,
  nameAt: Location,
): CdkValue {
  const name = camelCase(key);
  if (LATER.test(name))
    return open(`\${${String(plainOf(given[0]?.value) ?? name)}}`, at, 'it is known only at the synthesis');
  const made = make(run, name, receiver, given, at, nameAt);
  receiver.calls.push(made);
  return made;
}

function make(
  run: Run,
  callee: string,
  receiver: Made | undefined,
  given: readonly Given[],
  at: Location,
  nameAt: Location,
): Made {
  const named = given.filter(({ name }) => name !== undefined);
  const isHidden = named.some(({ name }) => name === '**');
  const keywords = named.filter(({ name }) => name !== '**');
  const path = receiver ? `${receiver.path}.${callee}` : callee === 'core.App' ? '' : pathOf(given, callee);
  const made: Made = {
    kind: 'made',
    callee,
    ...(receiver ? { receiver } : {}),
    isMember: false,
    values: given.flatMap(({ name, value }) => (name === undefined ? [value] : [])),
    ...(named.length > 0 ? { keywords: keywordObject(keywords, at, isHidden, camelCase) } : {}),
    at,
    nameAt,
    path: uniquePath(run, path),
    conditional: run.depth > 0,
    escaped: false,
    calls: [],
    members: new Map(),
    writes: new Map(),
  };
  if (run.made.length < MAX_MADE) run.made.push(made);
  return made;
}

/** Named arguments as an object; an argument is named where its value's call would name it. */
function keywordObject(
  named: readonly Given[],
  at: Location,
  isHidden: boolean,
  spell: (name: string) => string,
): ObjectValue {
  const entries = named.map(
    ({ name = '', nameAt, value }): ObjectEntry => ({ key: spell(name), keyAt: nameAt ?? at, value }),
  );
  return { kind: 'object', at, entries, ...(isHidden ? { unsaid: 'more arguments are handed on' } : {}) };
}

/** The scope's path and the construct's id. */
function pathOf(given: readonly Given[], callee: string): string {
  const argument = (index: number, name: string): CdkValue | undefined =>
    given.find((one) => one.name === name)?.value ?? given.filter((one) => one.name === undefined)[index]?.value;
  const scope = argument(0, 'scope');
  const parent = scope?.kind === 'instance' || scope?.kind === 'made' ? scope.path : '';
  const id = plainOf(argument(1, 'id'));
  return `${parent}/${id === undefined ? callee : String(id)}`;
}

/** What code that cannot be seen is given, it may change. */
function letGo(given: readonly Given[]): void {
  for (const { value } of given) release(value, 0);
}

function release(value: CdkValue, depth: number): void {
  if (value.kind === 'made') value.escaped = true;
  if (value.kind === 'made' && value.receiver && value.callee === 'loadBalancerTarget') value.receiver.escaped = true;
  if (value.kind === 'instance' && value.made) value.made.escaped = true;
  if (depth > 3) return;
  if (value.kind === 'list') for (const item of value.items) release(item, depth + 1);
  if (value.kind === 'object') for (const entry of value.entries) release(entry.value, depth + 1);
}
