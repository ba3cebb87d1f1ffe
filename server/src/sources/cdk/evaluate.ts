// Expressions of a CDK program as values. Calls stand in `calls.ts`.

import type { Location } from '../../base/text.ts';
import { locationOf } from '../../base/text.ts';
import { dirname } from '../../base/uri.ts';
import {
  type ComparisonExpression,
  dottedName,
  type Expression,
  type LiteralExpression,
  type MemberExpression,
  type ObjectExpression,
} from '../../facts/expression.ts';
import type { Value } from '../../facts/value.ts';
import { joinedText } from '../described/join.ts';
import { knownText } from '../knownText.ts';
import { evaluateCall } from './calls.ts';
import { memberOf } from './members.ts';
import { importedValue } from './modules.ts';
import { type Frame, isExhausted, lookUp, methodFrame, type Run } from './scope.ts';
import {
  type CdkValue,
  type ChoiceValue,
  isNothing,
  nothing,
  type ObjectEntry,
  open,
  plain,
  plainOf,
  scalar,
} from './values.ts';

/** More branches than this are not told apart. */
const MAX_BRANCHES = 8;
/** Longer texts and lists are made by loops, not by people. */
const MAX_TEXT = 4_000;
const MAX_ITEMS = 500;

export const COMPUTED = 'the program computes it';

export function evaluate(run: Run, expression: Expression, frame: Frame): CdkValue {
  const { at } = expression;
  if (isExhausted(run)) return open('', at, 'the program takes too long to follow');
  run.steps++;
  const inner = (part: Expression): CdkValue => run.evaluate(part, frame);
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression);
    case 'environment':
      return open(environmentText(expression.name), at, 'an environment variable of the synthesis decides it');
    case 'name':
      return nameValue(run, expression.name, at, frame);
    case 'member':
      return memberValue(run, expression, frame);
    case 'concat':
      return concatenated(
        expression.parts.map((part) => textValue(inner(part), part)),
        at,
      );
    case 'fallback':
      return fallback(expression.options.map(inner), expression.skips === 'falsy', at);
    case 'conditional':
      return choose(
        inner(expression.test),
        expression.test,
        () => inner(expression.then),
        () => inner(expression.otherwise),
      );
    case 'comparison':
      return compare(expression, inner);
    case 'call':
      return evaluateCall(run, expression, frame);
    case 'object':
      return objectValue(expression, inner);
    case 'array':
      return listValue(run, expression.items, at, frame);
    default:
      return functionOrOpen(expression, frame);
  }
}

function environmentText(name: Expression): string {
  return name.kind === 'literal' ? `\${${String(name.value)}}` : '${…}';
}

/** A value as text that others are joined with. */
function textValue(value: CdkValue, part: Expression): Value<string> {
  if (value.kind === 'scalar') {
    const inner = value.value;
    if (inner.state === 'known') return { ...inner, value: String(inner.value) };
    return inner.state === 'choice' ? { state: 'dynamic', text: '${…}', at: part.at, reason: COMPUTED } : inner;
  }
  return { state: 'dynamic', text: dottedName(part) ?? '…', at: part.at, reason: COMPUTED };
}

function literalValue({ value, at, runs }: LiteralExpression): CdkValue {
  if (value === null) return nothing(at);
  return typeof value === 'string' ? scalar(knownText(value, at, runs)) : plain(value, at);
}

function concatenated(parts: readonly Value<string>[], at: Location): CdkValue {
  const length = parts.reduce((sum, part) => sum + (part.state === 'known' ? part.value.length : 1), 0);
  return length > MAX_TEXT ? open('…', at, COMPUTED) : scalar(joinedText(parts, at));
}

function nameValue(run: Run, name: string, at: Location, frame: Frame): CdkValue {
  const { module } = root(frame);
  if (name === 'this') return methodFrame(frame)?.owner ?? open(name, at, COMPUTED);
  const found = lookUp(frame, name);
  if (found) return reached(found, name, at);
  if (!module) return open(name, at, COMPUTED);
  if (name === '__dirname') return plain(dirname(module.uri), at);
  if (name === '__file__' || name === '__filename') return plain(module.uri, at);
  const imported = importedValue(run, module, name, at);
  if (!imported) return { kind: 'library', path: `global.${name}`, at };
  if (imported.kind === 'library') return { ...imported, at };
  return reached(imported, name, at);
}

function root(frame: Frame): Frame {
  let current = frame;
  while (current.outer) current = current.outer;
  return current;
}

/** A plain value that a name led to. */
export function reached(value: CdkValue, text: string, at: Location): CdkValue {
  if (value.kind !== 'scalar' || value.value.state !== 'known') return value;
  const { value: found } = value;
  if (found.at.uri === at.uri && found.at.span.start === at.span.start) return value;
  return scalar({ ...found, trail: [{ at, text }, ...(found.trail ?? [])].slice(0, 6) });
}

/** https://nodejs.org/api/esm.html#importmeta */
function moduleProperty({ object, property, at }: MemberExpression, frame: Frame): CdkValue | undefined {
  const { module } = root(frame);
  if (object.kind !== 'unknown' || object.text !== 'import.meta' || property.kind !== 'literal' || !module)
    return undefined;
  switch (property.value) {
    case 'url':
    case 'filename':
      return plain(module.uri, at);
    case 'dirname':
      return plain(dirname(module.uri), at);
    default:
      return undefined;
  }
}

function memberValue(run: Run, expression: MemberExpression, frame: Frame): CdkValue {
  const own = moduleProperty(expression, frame);
  if (own) return own;
  const object = run.evaluate(expression.object, frame);
  const key = plainOf(run.evaluate(expression.property, frame));
  if (key === undefined) return open('…', expression.at, COMPUTED);
  const value = memberOf(run, object, String(key), expression.at);
  return reached(value, dottedName(expression) ?? String(key), expression.at);
}

function fallback(values: readonly CdkValue[], falsy: boolean, at: Location): CdkValue {
  for (const [index, value] of values.entries()) {
    if (isNothing(value) || (falsy && truthOf(value) === false)) continue;
    if (value.kind !== 'choice') return value;
    const rest = values.slice(index + 1);
    const branches = value.branches.map((one) => ({ ...one, value: fallback([one.value, ...rest], falsy, at) }));
    return choiceOf(branches, value.at);
  }
  return values.at(-1) ?? nothing(at);
}

/** Whether a value counts as true; undefined where that is not known. */
export function truthOf(value: CdkValue): boolean | undefined {
  if (value.kind === 'choice') {
    const truths = new Set(value.branches.map((branch) => truthOf(branch.value)));
    return truths.size === 1 ? [...truths][0] : undefined;
  }
  if (value.kind === 'library') return value.path.startsWith('global.') ? undefined : true;
  if (value.kind !== 'scalar') return true;
  const { value: inner } = value;
  if (inner.state === 'known') return Boolean(inner.value);
  return inner.state === 'absent' ? false : undefined;
}

/** One branch, or both where the program does not decide which. */
export function choose(test: CdkValue, written: Expression, yes: () => CdkValue, no: () => CdkValue): CdkValue {
  const truth = truthOf(test);
  if (truth !== undefined) return truth ? yes() : no();
  const name = dottedName(written) ?? 'the condition';
  const branches = [
    { when: `${name} holds`, value: yes() },
    { when: `${name} does not hold`, value: no() },
  ];
  return choiceOf(branches, written.at);
}

/** A choice, unless it has too many branches. */
export function choiceOf(branches: ChoiceValue['branches'], at: Location): CdkValue {
  const count = branches.reduce((sum, { value }) => sum + leavesOf(value), 0);
  return count > MAX_BRANCHES ? open('…', at, 'conditions decide it') : { kind: 'choice', at, branches };
}

function leavesOf(value: CdkValue): number {
  return value.kind === 'choice' ? value.branches.reduce((sum, one) => sum + leavesOf(one.value), 0) : 1;
}

function compare(expression: ComparisonExpression, inner: (part: Expression) => CdkValue): CdkValue {
  const { operator, left, right, at } = expression;
  const first = inner(left);
  if (operator === 'not') {
    const truth = truthOf(first);
    return truth === undefined ? open(dottedName(left) ?? '…', at, COMPUTED) : plain(!truth, at);
  }
  if (!right) return first;
  if (operator === 'and') {
    return choose(
      first,
      left,
      () => inner(right),
      () => (truthOf(first) === false ? first : nothing(at)),
    );
  }
  const same = areSame(first, inner(right));
  return same === undefined ? open('…', at, COMPUTED) : plain(operator === '==' ? same : !same, at);
}

function areSame(left: CdkValue, right: CdkValue): boolean | undefined {
  const [a, b] = [plainOf(left), plainOf(right)];
  if (a !== undefined && b !== undefined) return a === b;
  const missing = [left, right].filter((one) => isNothing(one)).length;
  if (missing === 2) return true;
  const other = isNothing(left) ? right : left;
  return missing === 1 && truthOf(other) !== undefined ? false : undefined;
}

function objectValue(expression: ObjectExpression, inner: (part: Expression) => CdkValue): CdkValue {
  const entries: ObjectEntry[] = [];
  let unsaid = expression.complete || expression.spreads ? undefined : 'keys of it are computed';
  const spreads = [...(expression.spreads ?? [])];
  const addSpreads = (before: number): void => {
    while (spreads[0] && spreads[0].before <= before) {
      const spread = spreads.shift();
      const value = spread && inner(spread.value);
      if (value?.kind === 'object') entries.push(...lastEntries(value.entries));
      const isWhole =
        value?.kind === 'object'
          ? value.unsaid === undefined
          : isNothing(value) || truthOf(value ?? nothing(expression.at)) === false;
      if (!isWhole) unsaid = 'what is spread into it cannot be seen';
    }
  };
  for (const [index, entry] of expression.entries.entries()) {
    addSpreads(index);
    const keyAt = keyPlace(entry.key, entry.at);
    const value = inner(entry.value);
    entries.push({ key: entry.key, keyAt, value: value.kind === 'object' ? { ...value, nameAt: keyAt } : value });
  }
  addSpreads(Number.POSITIVE_INFINITY);
  return { kind: 'object', at: expression.at, entries, ...(unsaid === undefined ? {} : { unsaid }) };
}

/** Of keys that are repeated, the last. */
function lastEntries(entries: readonly ObjectEntry[]): readonly ObjectEntry[] {
  return [...new Map(entries.map((entry) => [entry.key, entry])).values()];
}

/** An entry stands where its key starts. */
function keyPlace(key: string, { uri, span }: Location): Location {
  return locationOf(uri, span.start, Math.min(span.start + key.length, span.end));
}

const SPREAD = /^(?:\.\.\.|\*)([A-Za-z_$][\w$.]*)$/;

function listValue(run: Run, parts: readonly Expression[], at: Location, frame: Frame): CdkValue {
  const items: CdkValue[] = [];
  let complete = true;
  for (const part of parts) {
    const spread = part.kind === 'unknown' ? SPREAD.exec(part.text)?.[1] : undefined;
    const value = spread === undefined ? run.evaluate(part, frame) : dottedValue(run, spread, part.at, frame);
    if (spread === undefined && !(part.kind === 'unknown' && /^[.*]/.test(part.text))) items.push(value);
    else if (value.kind === 'list') {
      items.push(...value.items);
      complete &&= value.complete;
    } else complete = false;
  }
  return { kind: 'list', at, items: items.slice(0, MAX_ITEMS), complete: complete && items.length <= MAX_ITEMS };
}

function dottedValue(run: Run, dotted: string, at: Location, frame: Frame): CdkValue {
  const [first = '', ...rest] = dotted.split('.');
  return rest.reduce((value, key) => memberOf(run, value, key, at), nameValue(run, first, at, frame));
}

function functionOrOpen(expression: Expression, frame: Frame): CdkValue {
  const { at } = expression;
  const code = root(frame).module?.code.lambdas.get(at.span.start);
  if (code && code.at.span.end === at.span.end) {
    const method = methodFrame(frame);
    return {
      kind: 'function',
      code,
      frame,
      ...(method?.owner ? { owner: method.owner } : {}),
      ...(method?.home ? { home: method.home } : {}),
    };
  }
  if (expression.kind === 'lambda' && expression.returns.length === 1 && expression.returns[0]) {
    const value = expression.returns[0];
    return { kind: 'function', code: { parameters: [], body: [{ kind: 'return', value, at }], at }, frame };
  }
  return open(expression.kind === 'unknown' ? expression.text : '…', at, COMPUTED);
}
