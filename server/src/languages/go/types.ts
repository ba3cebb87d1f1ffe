// Types of a Go program as expressions that name them, and the conversions between them.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { callExpression, memberExpression, nameExpression, place, textOf } from '../expressions.ts';
import type { GoFile } from './names.ts';

/** A struct type by its name: `Config`, `config.Config`. */
export function typeExpression(file: GoFile, node: SyntaxNode | undefined): Expression | undefined {
  switch (node?.type) {
    case 'type_identifier':
    case 'identifier':
      return nameExpression(textOf(file, node), place(file, node));
    case 'qualified_type': {
      const owner = childOf(node, 'package');
      const name = textOf(file, childOf(node, 'name'));
      return (
        owner && memberExpression(nameExpression(textOf(file, owner), place(file, owner)), name, place(file, node))
      );
    }
    case 'selector_expression': {
      const operand = typeExpression(file, childOf(node, 'operand'));
      return operand && memberExpression(operand, textOf(file, childOf(node, 'field')), place(file, node));
    }
    case 'pointer_type':
    case 'generic_type':
    case 'unary_expression':
      return typeExpression(
        file,
        node.children.find(({ type }) => type !== '*'),
      );
    default:
      return undefined;
  }
}

/** A struct that is not filled yet: `new(Config)`, `var config Config`. */
export function emptyStruct(file: GoFile, type: SyntaxNode | undefined): Expression | undefined {
  const callee = typeExpression(file, type);
  const isBuiltIn =
    callee?.kind === 'name' && /^(?:string|u?int\d*|bool|error|byte|rune|any|float\d+)$/.test(callee.name);
  if (callee === undefined || isBuiltIn || type === undefined) return undefined;
  return { kind: 'call', callee, arguments: [], at: place(file, type) };
}

/** `int(x)` of a text. */
export function toInteger(value: Expression, at: Expression['at']): Expression {
  return callExpression('int', [{ value }], at);
}
