// Expressions as a person would write them, for reasons and steps. What is long is cut short.

import type { HclExpression, HclStep } from '../../syntax/hcl/tree.ts';

const MAX_LENGTH = 80;

export function printExpression(expression: HclExpression): string {
  const text = print(expression, 0);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}

function print(expression: HclExpression, depth: number): string {
  if (depth > 5) return '…';
  const inner = (one: HclExpression): string => print(one, depth + 1);
  switch (expression.kind) {
    case 'literal':
      return String(expression.value);
    case 'string':
      return `"${expression.value}"`;
    case 'reference':
      return expression.name + printSteps(expression.steps, inner);
    case 'access':
      return inner(expression.of) + printSteps(expression.steps, inner);
    case 'call':
      return `${expression.name}(${expression.arguments.slice(0, 3).map(inner).join(', ')})`;
    case 'conditional':
      return `${inner(expression.condition)} ? ${inner(expression.whenTrue)} : ${inner(expression.whenFalse)}`;
    case 'operation': {
      const [left, right] = expression.operands;
      if (!left) return '…';
      return right ? `${inner(left)} ${expression.operator} ${inner(right)}` : expression.operator + inner(left);
    }
    case 'list':
      return '[…]';
    case 'object':
      return '{…}';
    default:
      return '…';
  }
}

function printSteps(steps: readonly HclStep[], inner: (one: HclExpression) => string): string {
  return steps
    .slice(0, 8)
    .map((step) => {
      if (step.kind === 'attribute') return `.${step.name}`;
      return step.kind === 'splat' ? '[*]' : `[${inner(step.expression)}]`;
    })
    .join('');
}
