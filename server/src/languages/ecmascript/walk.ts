// What the parts of the walk over a JavaScript or TypeScript file share.

import type { Expression } from '../../facts/expression.ts';
import type { Definition, FunctionDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { place } from '../expressions.ts';
import { functionReturns, scriptExpression } from './expressions.ts';
import type { ScriptFile } from './names.ts';
import { bindPattern } from './objects.ts';

export interface Walk {
  readonly file: ScriptFile;
  readonly builder: Builder;
  readonly visit: (node: SyntaxNode, scope: Scope) => void;
  /** Defines a function or a class under a name and walks its body. */
  readonly defineCode: (name: string, node: SyntaxNode, scope: Scope) => void;
}

export function define(walk: Walk, name: string, value: Definition['value'], node: SyntaxNode, scope: Scope): void {
  walk.builder.definitions.push({ name, value, at: place(walk.file, node), scope });
}

export function read(walk: Walk, node: SyntaxNode): Expression {
  return scriptExpression(walk.file, node);
}

/** Binds every name of a pattern to its part of a value. */
export function bind(walk: Walk, pattern: SyntaxNode, value: Expression, scope: Scope): void {
  for (const bound of bindPattern(walk.file, pattern, value, (node) => read(walk, node))) {
    define(walk, bound.name, bound.value, bound.node, scope);
  }
}

/** The patterns of a function's parameters, with their defaults. */
export function parameterNodes(
  node: SyntaxNode,
): readonly { readonly pattern: SyntaxNode; readonly value?: SyntaxNode }[] {
  const single = childOf(node, 'parameter');
  if (single) return [{ pattern: single }];
  return (childOf(node, 'parameters')?.children ?? []).flatMap((child) => {
    const isTyped = child.type === 'required_parameter' || child.type === 'optional_parameter';
    const pattern = isTyped ? childOf(child, 'pattern') : child;
    if (!pattern || pattern.type === 'this' || pattern.type === 'decorator') return [];
    const value = isTyped ? childOf(child, 'value') : childOf(child, 'right');
    if (!isTyped && child.type === 'assignment_pattern') {
      const left = childOf(child, 'left');
      return left ? [value ? { pattern: left, value } : { pattern: left }] : [];
    }
    return [value ? { pattern, value } : { pattern }];
  });
}

/** The name of a parameter; one of its own for a pattern, whose parts are then members of it. */
export function parameterName(file: ScriptFile, pattern: SyntaxNode, index: number): string {
  return pattern.type === 'identifier' ? file.text.slice(pattern.start, pattern.end) : `{${index}}`;
}

export function readFunction(walk: Walk, node: SyntaxNode): FunctionDefinition {
  const parameters = parameterNodes(node).flatMap(({ pattern, value }, index) => {
    if (pattern.type === 'rest_pattern') return [];
    const name = parameterName(walk.file, pattern, index);
    return [value ? { name, default: read(walk, value) } : { name }];
  });
  return { kind: 'function', parameters, returns: functionReturns(walk.file, node), at: place(walk.file, node) };
}
