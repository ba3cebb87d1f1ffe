// Fields that a program names without `this`: in an expression they become members of it, so that what a constructor
// assigned is found.

import type { Argument, Expression } from '../../facts/expression.ts';
import { conditional, memberExpression, nameExpression } from '../expressions.ts';

const DEEPEST = 60;

/** The expression with each name of a field as `this.name`. */
export function qualified(expression: Expression, fields: ReadonlySet<string>, depth = 0): Expression {
  if (fields.size === 0 || depth > DEEPEST) return expression;
  const inner = (child: Expression) => qualified(child, fields, depth + 1);
  switch (expression.kind) {
    case 'name': {
      const { name, at } = expression;
      return fields.has(name) ? memberExpression(nameExpression('this', at), name, at) : expression;
    }
    case 'member':
      return { ...expression, object: inner(expression.object), property: inner(expression.property) };
    case 'environment':
      return expression.default === undefined ? expression : { ...expression, default: inner(expression.default) };
    case 'concat':
      return { ...expression, parts: expression.parts.map(inner) };
    case 'fallback':
      return { ...expression, options: expression.options.map(inner) };
    case 'conditional': {
      const { test, then, otherwise, at } = expression;
      return conditional(inner(test), [inner(then), inner(otherwise)], at);
    }
    case 'comparison': {
      const left = inner(expression.left);
      return expression.right === undefined
        ? { ...expression, left }
        : { ...expression, left, right: inner(expression.right) };
    }
    case 'call':
      return {
        ...expression,
        callee: expression.callee.kind === 'name' ? expression.callee : inner(expression.callee),
        arguments: qualifiedArguments(expression.arguments, fields, depth + 1),
      };
    default:
      return expression;
  }
}

export function qualifiedArguments(
  values: readonly Argument[],
  fields: ReadonlySet<string>,
  depth = 0,
): readonly Argument[] {
  return values.map((argument) => ({ ...argument, value: qualified(argument.value, fields, depth) }));
}

export function without(fields: ReadonlySet<string>, names: ReadonlySet<string>): ReadonlySet<string> {
  return names.size === 0 ? fields : new Set([...fields].filter((name) => !names.has(name)));
}
