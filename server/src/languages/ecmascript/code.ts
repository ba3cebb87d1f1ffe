// Functions and classes of a JavaScript or TypeScript file: defined under their names, their bodies walked in their own
// scope. Functions without a name run where they stand, in the scope around them.

import type { ClassDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { within } from '../builder.ts';
import { nameExpression, place, textOf } from '../expressions.ts';
import { baseClass, isFunction, plainDotted } from './names.ts';
import { keyText, patternNamesOf } from './objects.ts';
import type { Walk } from './walk.ts';
import { bind, define, parameterName, parameterNodes, read, readFunction } from './walk.ts';

export function defineCode(walk: Walk, name: string, node: SyntaxNode, scope: Scope): void {
  if (name === '') {
    for (const child of node.children) walk.visit(child, scope);
    return;
  }
  if (/class/.test(node.type)) {
    defineClass(walk, name, node, scope);
    return;
  }
  define(walk, name, readFunction(walk, node), childOf(node, 'name') ?? node, scope);
  visitBody(walk, node, within(scope, name));
}

/** The parts of parameters that are patterns, then the statements. */
function visitBody(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  parameterNodes(node).forEach(({ pattern }, index) => {
    if (pattern.type === 'identifier') return;
    bind(walk, pattern, nameExpression(parameterName(file, pattern, index), place(file, pattern)), scope);
  });
  for (const child of node.children) {
    if (child.field !== 'name' && child.field !== 'parameters' && child.field !== 'parameter') walk.visit(child, scope);
  }
}

/** A function handed to a call: its body runs in the scope around it, its parameters are nobody else's. */
export function visitHidden(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { hidden } = walk.file;
  const names = isFunction(node)
    ? parameterNodes(node).flatMap(({ pattern }) => patternNamesOf(walk.file, pattern))
    : [];
  const added = names.filter((name) => !hidden.has(name));
  for (const name of added) hidden.add(name);
  const own = childOf(node, 'name');
  for (const child of node.children) {
    if (child !== own && child.field !== 'parameters' && child.field !== 'parameter') walk.visit(child, scope);
  }
  for (const name of added) hidden.delete(name);
}

function defineClass(walk: Walk, name: string, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  const base = baseClass(node);
  const baseName = base && plainDotted(file, base);
  const members: ClassDefinition['members'][number][] = [];
  const bases = baseName === undefined ? [] : [baseName];
  define(walk, name, { kind: 'class', bases, members, at: place(file, node) }, childOf(node, 'name') ?? node, scope);
  for (const child of node.children) if (child.type === 'decorator') walk.visit(child, scope);
  const inner = within(scope, name);
  for (const member of childOf(node, 'body')?.children ?? []) {
    const key = childOf(member, 'name') ?? childOf(member, 'property');
    const text = keyText(file, key);
    const value = childOf(member, 'value');
    if (member.type === 'method_definition' && text !== undefined) {
      defineMethod(walk, text, member, inner);
    } else if (key && text !== undefined && value && /field_definition$/.test(member.type)) {
      if (isFunction(value)) defineCode(walk, text, value, inner);
      else members.push({ name: text, value: read(walk, value), at: place(file, key) });
      if (!isFunction(value)) walk.visit(value, inner);
    } else {
      walk.visit(member, inner);
    }
  }
}

function defineMethod(walk: Walk, name: string, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  defineCode(walk, name, node, scope);
  if (name !== 'constructor') return;
  // TypeScript's `constructor(private readonly port: number)` is `this.port = port`.
  for (const parameter of childOf(node, 'parameters')?.children ?? []) {
    const pattern = childOf(parameter, 'pattern');
    if (pattern?.type !== 'identifier') continue;
    const modifiers = file.text.slice(parameter.start, pattern.start);
    if (!/\b(?:public|private|protected|readonly)\b/.test(modifiers)) continue;
    const own = textOf(file, pattern);
    define(walk, `this.${own}`, nameExpression(own, place(file, pattern)), pattern, within(scope, name));
  }
}
