// Object literals, enums and destructuring patterns of JavaScript and TypeScript.

import type { Expression, ObjectExpression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, memberExpression, nameExpression, place, textOf, unknownExpression } from '../expressions.ts';
import type { ScriptFile } from './names.ts';
import { stringText } from './names.ts';

type Read = (node: SyntaxNode) => Expression;

/** A property's name; undefined for a computed one. */
export function keyText(file: ScriptFile, key: SyntaxNode | undefined): string | undefined {
  if (!key) return undefined;
  if (key.type === 'computed_property_name') return stringText(file, key.children[0]);
  return stringText(file, key) ?? textOf(file, key);
}

export function objectExpression(file: ScriptFile, node: SyntaxNode, read: Read): ObjectExpression {
  let complete = true;
  let hidden = false;
  const spreads: { value: Expression; before: number }[] = [];
  const entries = node.children.flatMap((child, index) => {
    const at = place(file, child);
    const spread = child.type === 'spread_element' ? child.children[0] : undefined;
    if (spread) {
      complete = false;
      spreads.push({ value: read(spread), before: index - spreads.length });
      return [];
    }
    if (child.type === 'shorthand_property_identifier') return [{ key: textOf(file, child), value: read(child), at }];
    const value = childOf(child, 'value');
    const key = keyText(file, childOf(child, child.type === 'pair' ? 'key' : 'name'));
    if (key !== undefined && child.type === 'pair' && value) return [{ key, value: read(value), at }];
    if (key !== undefined && child.type === 'method_definition') {
      return [{ key, value: unknownExpression(file, child), at }];
    }
    complete = false;
    hidden = true;
    return [];
  });
  const shown = spreads.length > 0 && !hidden ? { spreads } : {};
  return { kind: 'object', entries, complete, ...shown, at: place(file, node) };
}

/** The value of a property that is written out in an object literal. */
export function propertyNode(file: ScriptFile, object: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const child of object.children) {
    if (child.type === 'shorthand_property_identifier' && textOf(file, child) === name) return child;
    if (child.type === 'pair' && keyText(file, childOf(child, 'key')) === name) return childOf(child, 'value');
  }
  return undefined;
}

/** `enum Port { Http = 3000, Admin }` as an object. */
export function enumExpression(file: ScriptFile, body: SyntaxNode, read: Read): ObjectExpression {
  let next: number | undefined = 0;
  const entries = body.children.map((child) => {
    const at = place(file, child);
    const isAssigned = child.type === 'enum_assignment';
    const key = keyText(file, isAssigned ? childOf(child, 'name') : child) ?? '';
    const valueNode = isAssigned ? childOf(child, 'value') : undefined;
    if (!valueNode) {
      const value = next === undefined ? unknownExpression(file, child) : literal(next, at);
      if (next !== undefined) next++;
      return { key, value, at };
    }
    const value = read(valueNode);
    next = value.kind === 'literal' && typeof value.value === 'number' ? value.value + 1 : undefined;
    return { key, value, at };
  });
  return { kind: 'object', entries, complete: true, at: place(file, body) };
}

export interface Bound {
  readonly name: string;
  readonly value: Expression;
  readonly node: SyntaxNode;
}

/** The names that a pattern binds to parts of a value: `{ port = 3000, host: h }`, `[, port]`, nested ones too. */
export function bindPattern(file: ScriptFile, pattern: SyntaxNode, value: Expression, read: Read): readonly Bound[] {
  switch (pattern.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return [{ name: textOf(file, pattern), value, node: pattern }];
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const left = childOf(pattern, 'left');
      const right = childOf(pattern, 'right');
      return left ? bindPattern(file, left, right ? withDefault(value, read(right), pattern, file) : value, read) : [];
    }
    case 'object_pattern':
      return pattern.children.flatMap((part) => bindProperty(file, part, value, read));
    case 'array_pattern':
      return bindItems(file, pattern, value, read);
    case 'rest_pattern': {
      const [name] = pattern.children;
      return name ? [{ name: textOf(file, name), value: unknownExpression(file, pattern), node: name }] : [];
    }
    default:
      return [];
  }
}

/** Holes are not nodes: `[, , port]`. */
function bindItems(file: ScriptFile, pattern: SyntaxNode, value: Expression, read: Read): readonly Bound[] {
  let index = 0;
  let offset = pattern.start;
  return pattern.children.flatMap((part) => {
    index += file.text.slice(offset, part.start).split(',').length - 1;
    offset = part.end;
    return bindPattern(file, part, itemOf(file, value, index, part), read);
  });
}

function bindProperty(file: ScriptFile, part: SyntaxNode, value: Expression, read: Read): readonly Bound[] {
  if (part.type === 'rest_pattern') return bindPattern(file, part, value, read);
  const isPair = part.type === 'pair_pattern';
  const target = isPair ? childOf(part, 'value') : part;
  const keyNode = isPair
    ? childOf(part, 'key')
    : part.type === 'object_assignment_pattern'
      ? childOf(part, 'left')
      : part;
  const key = keyText(file, keyNode);
  if (!target || !keyNode) return [];
  const item = key === undefined ? unknownExpression(file, part) : propertyOf(file, value, key, keyNode);
  return bindPattern(file, target, item, read);
}

function propertyOf(file: ScriptFile, value: Expression, key: string, node: SyntaxNode): Expression {
  const at = place(file, node);
  if (value.kind === 'member' && isProcessEnvironment(value))
    return { kind: 'environment', name: literal(key, at), at };
  return memberExpression(value, key, at);
}

function isProcessEnvironment({ object, property }: Extract<Expression, { kind: 'member' }>): boolean {
  if (object.kind !== 'name' || property.kind !== 'literal' || property.value !== 'env') return false;
  return object.name === 'process' || object.name === 'Bun';
}

function itemOf(file: ScriptFile, value: Expression, index: number, node: SyntaxNode): Expression {
  const item = value.kind === 'array' ? value.items[index] : undefined;
  return item ?? memberExpression(value, index, place(file, node));
}

function withDefault(value: Expression, fallback: Expression, pattern: SyntaxNode, file: ScriptFile): Expression {
  if (value.kind === 'environment') return { ...value, default: fallback, at: place(file, pattern) };
  return { kind: 'fallback', skips: 'missing', options: [value, fallback], at: place(file, pattern) };
}

/** The names that a pattern binds, whatever to. */
export function patternNamesOf(file: ScriptFile, pattern: SyntaxNode): readonly string[] {
  const unknown = nameExpression('', place(file, pattern));
  return bindPattern(file, pattern, unknown, () => unknown).map(({ name }) => name);
}
