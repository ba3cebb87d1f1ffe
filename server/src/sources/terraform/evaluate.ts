// Expressions to values: literals, operators, conditions, collections, `for`. Names, functions and templates have modules of
// their own.

import type { Location } from '../../base/text.ts';
import type { Address } from '../../facts/reference.ts';
import {
  type HclCall,
  type HclConditional,
  type HclExpression,
  type HclFor,
  type HclList,
  type HclObject,
  type HclOperation,
  hclToken,
} from '../../syntax/hcl/tree.ts';
import { type Context, placeIn, type Scope } from './context.ts';
import { withNames } from './expansion.ts';
import { callFunction } from './functions.ts';
import { MISSING, takeSteps, valueOfReference } from './names.ts';
import { printExpression } from './print.ts';
import { renderFile, renderTemplate } from './templates.ts';
import {
  areEqual,
  choose,
  eachBranch,
  knownBoolean,
  knownNumber,
  knownText,
  type ListValue,
  MAX_SIZE,
  type ObjectEntry,
  scalar,
  sizeOf,
  sortedEntries,
  type TerraformValue,
  unknown,
} from './values.ts';

export function evaluateExpression(expression: HclExpression, scope: Scope, context: Context): TerraformValue {
  const at = placeIn(scope, hclToken(expression));
  switch (expression.kind) {
    case 'literal':
    case 'string':
      return scalar(expression.value, at);
    case 'template':
      return renderTemplate(expression.parts, at, scope, context);
    case 'list':
      return evaluateList(expression, at, scope, context);
    case 'object':
      return evaluateObject(expression, at, scope, context);
    case 'for':
      return evaluateFor(expression, at, scope, context);
    case 'call':
      return evaluateCall(expression, at, scope, context);
    case 'reference':
      return valueOfReference(expression, at, scope, context);
    case 'access':
      return takeSteps(context.evaluate(expression.of, scope), expression.steps, at, scope, context);
    case 'conditional':
      return evaluateConditional(expression, at, scope, context);
    case 'operation':
      return evaluateOperation(expression, at, scope, context);
    case 'unreadable':
      return unknown('', at, 'the text there cannot be read');
  }
}

function evaluateList(list: HclList, at: Location, scope: Scope, context: Context): ListValue {
  const items = list.items.map((item) => context.evaluate(item, scope));
  return { kind: 'list', items, complete: list.complete, at };
}

function evaluateObject(object: HclObject, at: Location, scope: Scope, context: Context): TerraformValue {
  const entries: ObjectEntry[] = [];
  let unsaid = object.complete ? undefined : 'the text around it cannot be read whole';
  for (const entry of object.entries) {
    const key = knownText(context.evaluate(entry.key, scope));
    if (key === undefined) unsaid ??= 'the name of an entry is not decided by the files';
    else entries.push({ key, keyAt: placeIn(scope, hclToken(entry.key)), value: context.evaluate(entry.value, scope) });
  }
  return { kind: 'object', entries, at, ...(unsaid === undefined ? {} : { unsaid }) };
}

function evaluateConditional(node: HclConditional, at: Location, scope: Scope, context: Context): TerraformValue {
  const condition = knownBoolean(context.evaluate(node.condition, scope));
  if (condition !== undefined) return context.evaluate(condition ? node.whenTrue : node.whenFalse, scope);
  const when = printExpression(node.condition);
  const branches = [
    { when, value: context.evaluate(node.whenTrue, scope) },
    { when: `not ${when}`, value: context.evaluate(node.whenFalse, scope) },
  ];
  return choose(branches, at);
}

// Operators

function evaluateOperation(node: HclOperation, at: Location, scope: Scope, context: Context): TerraformValue {
  const [left, right] = node.operands.map((operand) => context.evaluate(operand, scope));
  const result = left && (right ? binary(node.operator, left, right) : prefix(node.operator, left));
  return result === undefined
    ? unknown(printExpression(node), at, 'it is computed from values that are not known')
    : scalar(result, at);
}

function prefix(operator: string, operand: TerraformValue): number | boolean | undefined {
  if (operator === '!') {
    const value = knownBoolean(operand);
    return value === undefined ? undefined : !value;
  }
  const value = knownNumber(operand);
  return value === undefined ? undefined : -value;
}

function binary(operator: string, left: TerraformValue, right: TerraformValue): number | boolean | undefined {
  switch (operator) {
    case '==':
      return areEqual(left, right);
    case '!=': {
      const equal = areEqual(left, right);
      return equal === undefined ? undefined : !equal;
    }
    case '&&':
    case '||': {
      const [a, b] = [knownBoolean(left), knownBoolean(right)];
      const deciding = operator === '||';
      if (a === deciding || b === deciding) return deciding;
      return a === undefined || b === undefined ? undefined : !deciding;
    }
    default: {
      const [a, b] = [knownNumber(left), knownNumber(right)];
      return a === undefined || b === undefined ? undefined : arithmetic(operator, a, b);
    }
  }
}

function arithmetic(operator: string, a: number, b: number): number | boolean | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    case '%':
      return b === 0 ? undefined : a % b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

// For

function evaluateFor(node: HclFor, at: Location, scope: Scope, context: Context): TerraformValue {
  const collection = context.evaluate(node.collection, scope);
  return eachBranch(collection, (branch) => evaluateLoop(node, branch, at, scope, context));
}

function evaluateLoop(
  node: HclFor,
  collection: TerraformValue,
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue {
  const members = membersOf(collection);
  const text = printExpression(node.collection);
  if (!members || members.items.length > MAX_SIZE || !context.spend(members.items.length))
    return unknown(text, at, `${text} is not decided by the files`);
  const [first = '', second] = node.names;
  const results: { readonly key: TerraformValue | undefined; readonly value: TerraformValue }[] = [];
  let complete = members.complete;
  for (const { key, value } of members.items) {
    const inner = withNames(
      scope,
      second === undefined
        ? [[first, value]]
        : [
            [first, key],
            [second, value],
          ],
    );
    if (node.condition) {
      const holds = knownBoolean(context.evaluate(node.condition, inner));
      if (holds === undefined) complete = false;
      if (holds !== true) continue;
    }
    results.push({ key: node.key && context.evaluate(node.key, inner), value: context.evaluate(node.value, inner) });
  }
  if (!node.key) return { kind: 'list', items: results.map(({ value }) => value), complete, at };
  return objectOf(results, node.grouped, complete, at);
}

function objectOf(
  results: readonly { readonly key: TerraformValue | undefined; readonly value: TerraformValue }[],
  grouped: boolean,
  complete: boolean,
  at: Location,
): TerraformValue {
  const entries = new Map<string, ObjectEntry>();
  let whole = complete;
  for (const { key, value } of results) {
    const name = knownText(key);
    if (name === undefined || !key) {
      whole = false;
      continue;
    }
    const before = entries.get(name)?.value;
    const items = before?.kind === 'list' ? before.items : [];
    const list: TerraformValue = { kind: 'list', items: [...items, value], complete: true, at };
    entries.set(name, { key: name, keyAt: key.at, value: grouped ? list : value });
  }
  const unsaid = whole ? {} : { unsaid: 'not all entries are decided by the files' };
  return { kind: 'object', entries: [...entries.values()], at, ...unsaid };
}

function membersOf(value: TerraformValue):
  | {
      readonly items: readonly { readonly key: TerraformValue; readonly value: TerraformValue }[];
      readonly complete: boolean;
    }
  | undefined {
  if (value.kind === 'list') {
    const items = value.items.map((item, index) => ({ key: scalar(index, item.at), value: item }));
    return { items, complete: value.complete };
  }
  if (value.kind !== 'object') return undefined;
  const items = sortedEntries(value).map((entry) => ({ key: scalar(entry.key, entry.keyAt), value: entry.value }));
  return { items, complete: value.unsaid === undefined };
}

// Calls

function evaluateCall(node: HclCall, at: Location, scope: Scope, context: Context): TerraformValue {
  if (node.name === 'try' || node.name === 'can') return evaluateTry(node, at, scope, context);
  const evaluated = node.arguments.map((argument) => context.evaluate(argument, scope));
  const last = evaluated.at(-1);
  if (node.expands && last?.kind !== 'list') return unknown(printExpression(node), at, 'its arguments are not known');
  const values = node.expands && last?.kind === 'list' ? [...evaluated.slice(0, -1), ...last.items] : evaluated;
  const tooMuch = !context.spend(values.reduce((total, value) => total + sizeOf(value), 0));
  if (tooMuch) return unknown(printExpression(node), at, 'it takes too much to compute');
  if (node.name === 'file' || node.name === 'templatefile') {
    return renderFile(node.name, values, at, scope, context);
  }
  const result = callFunction(node.name, values, at);
  if (result) return result;
  const reason = `${node.name}(…) cannot be computed from the files`;
  return unknown(printExpression(node), at, reason, commonReference(values));
}

/** What is computed from one resource alone belongs to it: the larger of two of its revisions. */
function commonReference(values: readonly TerraformValue[]): Address | undefined {
  const references = new Set(values.map((value) => ('reference' in value ? value.reference : undefined)));
  const [only, second] = references;
  return second === undefined && references.size === 1 ? only : undefined;
}

/** The first argument that is no error; a reference into nothing is one. */
function evaluateTry(node: HclCall, at: Location, scope: Scope, context: Context): TerraformValue {
  for (const argument of node.arguments) {
    const value = context.evaluate(argument, scope);
    const failed = value.kind === 'unknown' && value.reason === MISSING;
    if (failed) continue;
    return node.name === 'can' ? (value.kind === 'unknown' ? value : scalar(true, at)) : value;
  }
  return node.name === 'can' ? scalar(false, at) : unknown(printExpression(node), at, MISSING);
}
