// Expressions of HCL. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions

import { type HclCursor, MAX_DEPTH } from './cursor.ts';
import { forNames, readHeredoc, readQuoted } from './template.ts';
import type { HclExpression, HclObject, HclObjectEntry, HclStep } from './tree.ts';

/** Reads an expression. Where `newlines` is false it ends with the line, save inside brackets. */
export function readExpression(cursor: HclCursor, newlines: boolean): HclExpression {
  if (cursor.depth >= MAX_DEPTH) {
    const start = cursor.offset;
    cursor.giveUp();
    return { kind: 'unreadable', span: { start, end: start } };
  }
  cursor.depth++;
  const expression = conditional(cursor, newlines);
  cursor.depth--;
  return expression;
}

function readInside(cursor: HclCursor): HclExpression {
  cursor.skip(true);
  return readExpression(cursor, true);
}

function conditional(cursor: HclCursor, newlines: boolean): HclExpression {
  const condition = operation(cursor, newlines, 0);
  const { start } = condition.span;
  const end = cursor.end;
  cursor.skip(newlines);
  if (!cursor.take('?')) {
    cursor.end = end;
    return condition;
  }
  const whenTrue = readBranch(cursor, newlines);
  cursor.skip(newlines);
  if (!cursor.take(':')) cursor.problem('The other branch of this condition is missing.');
  const whenFalse = readBranch(cursor, newlines);
  return { kind: 'conditional', condition, whenTrue, whenFalse, span: { start, end: cursor.end } };
}

function readBranch(cursor: HclCursor, newlines: boolean): HclExpression {
  cursor.skip(newlines);
  return readExpression(cursor, newlines);
}

/** By precedence, the loosest first. */
const OPERATORS = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']] as const;
const MAX_OPERANDS = 200;

function operation(cursor: HclCursor, newlines: boolean, level: number): HclExpression {
  const operators: readonly string[] | undefined = OPERATORS[level];
  if (!operators) return unary(cursor, newlines);
  let left = operation(cursor, newlines, level + 1);
  for (let count = 0; ; count++) {
    const end = cursor.end;
    cursor.skip(newlines);
    const operator = OPERATOR_STARTS.has(cursor.char()) ? operators.find((one) => cursor.take(one)) : undefined;
    if (operator === undefined) {
      cursor.end = end;
      return left;
    }
    if (count >= MAX_OPERANDS) {
      cursor.giveUp();
      return left;
    }
    cursor.skip(newlines);
    const right = operation(cursor, newlines, level + 1);
    left = { kind: 'operation', operator, operands: [left, right], span: { start: left.span.start, end: cursor.end } };
  }
}

const OPERATOR_STARTS = new Set([...'|&=!<>+-*/%'].map((char) => char.charCodeAt(0)));

function unary(cursor: HclCursor, newlines: boolean): HclExpression {
  const start = cursor.offset;
  const operator = cursor.take('!') ? '!' : cursor.take('-') ? '-' : undefined;
  if (operator === undefined) return access(cursor, newlines);
  cursor.skip(newlines);
  if (cursor.depth >= MAX_DEPTH) {
    cursor.giveUp();
    return { kind: 'unreadable', span: { start, end: start } };
  }
  cursor.depth++;
  const operand = unary(cursor, newlines);
  cursor.depth--;
  const span = { start, end: cursor.end };
  if (operator === '-' && operand.kind === 'literal' && typeof operand.value === 'number') {
    return { kind: 'literal', value: -operand.value, span };
  }
  return { kind: 'operation', operator, operands: [operand], span };
}

function access(cursor: HclCursor, newlines: boolean): HclExpression {
  const start = cursor.offset;
  const of = primary(cursor, newlines);
  const steps: HclStep[] = [];
  for (let step = readStep(cursor); step; step = readStep(cursor)) steps.push(step);
  if (steps.length === 0) return of;
  const span = { start, end: cursor.end };
  return of.kind === 'reference' ? { ...of, steps, span } : { kind: 'access', of, steps, span };
}

function readStep(cursor: HclCursor): HclStep | undefined {
  const { text, offset } = cursor;
  if (text[offset] === '.' && text[offset + 1] !== '.') {
    cursor.take('.');
    if (cursor.take('*')) return { kind: 'splat', attributesOnly: true };
    const index = cursor.number();
    if (index !== undefined) {
      const span = { start: offset + 1, end: cursor.offset };
      return { kind: 'index', expression: { kind: 'literal', value: Math.trunc(index), span } };
    }
    const name = cursor.identifier();
    if (name === undefined) cursor.problem('A name is missing after this dot.', { start: offset, end: offset + 1 });
    return { kind: 'attribute', name: name ?? '' };
  }
  if (text[offset] !== '[') return undefined;
  cursor.take('[');
  cursor.skip(true);
  if (text[cursor.offset] === '*') {
    cursor.take('*');
    cursor.skip(true);
    if (!cursor.take(']')) cursor.problem('A closing bracket is missing.');
    return { kind: 'splat', attributesOnly: false };
  }
  const expression = readExpression(cursor, true);
  cursor.skip(true);
  if (!cursor.take(']')) cursor.problem('A closing bracket is missing.');
  return { kind: 'index', expression };
}

function primary(cursor: HclCursor, newlines: boolean): HclExpression {
  const start = cursor.offset;
  switch (cursor.text[start]) {
    case '"':
      return readQuoted(cursor, readInside);
    case '[':
      return readList(cursor);
    case '{':
      return readObject(cursor);
    case '(':
      return readParentheses(cursor);
    case '<': {
      const heredoc = readHeredoc(cursor, readInside);
      if (heredoc) return heredoc;
      break;
    }
  }
  const value = cursor.number();
  if (value !== undefined) return { kind: 'literal', value, span: { start, end: cursor.offset } };
  const name = cursor.identifier();
  if (name === undefined) return unreadable(cursor);
  const span = { start, end: cursor.offset };
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', span };
  if (name === 'null') return { kind: 'literal', value: null, span };
  return readCall(cursor, name, start, newlines) ?? { kind: 'reference', name, steps: [], span };
}

function unreadable(cursor: HclCursor): HclExpression {
  const { offset } = cursor;
  cursor.problem('A value is missing here.');
  return { kind: 'unreadable', span: { start: offset, end: offset } };
}

function readParentheses(cursor: HclCursor): HclExpression {
  cursor.take('(');
  const inner = readInside(cursor);
  cursor.skip(true);
  if (!cursor.take(')')) cursor.problem('A closing parenthesis is missing.');
  return inner;
}

/** `name(…)` and `provider::namespace::name(…)`. */
function readCall(cursor: HclCursor, first: string, start: number, newlines: boolean): HclExpression | undefined {
  let name = first;
  while (cursor.take('::')) name += `::${cursor.identifier() ?? ''}`;
  const before = cursor.offset;
  cursor.skip(newlines);
  if (!cursor.take('(')) {
    cursor.offset = before;
    cursor.end = before;
    return undefined;
  }
  const values: HclExpression[] = [];
  let expands = false;
  for (;;) {
    cursor.skip(true);
    if (cursor.take(')')) break;
    const value = readExpression(cursor, true);
    values.push(value);
    cursor.skip(true);
    expands = cursor.take('...');
    cursor.skip(true);
    if (cursor.take(',')) continue;
    if (!cursor.take(')')) cursor.problem('A closing parenthesis is missing.');
    break;
  }
  return { kind: 'call', name, arguments: values, expands, span: { start, end: cursor.end } };
}

function readList(cursor: HclCursor): HclExpression {
  const start = cursor.offset;
  cursor.take('[');
  cursor.skip(true);
  if (isFor(cursor)) return readFor(cursor, start, ']');
  const items: HclExpression[] = [];
  const before = cursor.problemCount;
  for (;;) {
    cursor.skip(true);
    if (cursor.take(']')) break;
    const item = readExpression(cursor, true);
    if (item.kind !== 'unreadable') items.push(item);
    cursor.skip(true);
    if (cursor.take(',')) continue;
    if (cursor.take(']')) break;
    cursor.problem('A comma or a closing bracket is missing.');
    break;
  }
  return { kind: 'list', items, complete: cursor.problemCount === before, span: { start, end: cursor.end } };
}

function readObject(cursor: HclCursor): HclExpression {
  const start = cursor.offset;
  cursor.take('{');
  cursor.skip(true);
  if (isFor(cursor)) return readFor(cursor, start, '}');
  const entries: HclObjectEntry[] = [];
  const before = cursor.problemCount;
  for (;;) {
    cursor.skip(true);
    if (cursor.take('}')) break;
    if (cursor.atTopLevelBlock) {
      cursor.problem('The closing brace of this object is missing.', { start, end: start + 1 });
      break;
    }
    const entry = readEntry(cursor);
    if (entry) entries.push(entry);
    cursor.skip(false);
    if (cursor.take(',') || cursor.text[cursor.offset] === '\n') continue;
    if (cursor.take('}')) break;
    cursor.problem('A line break, a comma or a closing brace is missing.');
    if (!entry || cursor.atEnd) break;
    cursor.skipToLineEnd();
  }
  const complete = cursor.problemCount === before;
  return { kind: 'object', entries, complete, span: { start, end: cursor.end } } satisfies HclObject;
}

function readEntry(cursor: HclCursor): HclObjectEntry | undefined {
  const start = cursor.offset;
  const parenthesized = cursor.text[start] === '(';
  const read = readExpression(cursor, false);
  // A bare name is a key; in parentheses it is a reference.
  const bare = !parenthesized && read.kind === 'reference' && read.steps.length === 0;
  const key: HclExpression = bare ? { kind: 'string', value: read.name, span: read.span, inner: read.span } : read;
  if (read.kind === 'unreadable') return undefined;
  cursor.skip(false);
  if (!cursor.take('=') && !cursor.take(':')) {
    cursor.problem('This entry has no value.', read.span);
    return undefined;
  }
  cursor.skip(false);
  const value = readExpression(cursor, false);
  return { key, value, span: { start, end: cursor.end } };
}

function isFor(cursor: HclCursor): boolean {
  return /^for\s/.test(cursor.text.slice(cursor.offset, cursor.offset + 4));
}

function readFor(cursor: HclCursor, start: number, closer: string): HclExpression {
  cursor.identifier();
  const names = forNames(cursor);
  const collection = readInside(cursor);
  cursor.skip(true);
  if (!cursor.take(':')) cursor.problem('A colon is missing here.');
  const first = readInside(cursor);
  cursor.skip(true);
  const pair = closer === '}' && cursor.take('=>');
  const value = pair ? readInside(cursor) : first;
  cursor.skip(true);
  const grouped = cursor.take('...');
  cursor.skip(true);
  const filtered = cursor.peekIdentifier() === 'if';
  if (filtered) cursor.identifier();
  const condition = filtered ? readInside(cursor) : undefined;
  cursor.skip(true);
  if (!cursor.take(closer)) cursor.problem('The end of this "for" is missing.');
  const span = { start, end: cursor.end };
  return { kind: 'for', names, collection, key: pair ? first : undefined, value, condition, grouped, span };
}
