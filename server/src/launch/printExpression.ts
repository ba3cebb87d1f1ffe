// Expressions as a reader knows them from the program, for the steps of an explanation.

import type { Argument, Expression } from '../facts/expression.ts';

const LONGEST = 80;

/** The expression in the program's own spelling as far as its facts tell; cut to 80 units. */
export function printExpression(expression: Expression, language: string): string {
  const text = print(expression, language === 'python', 0);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function print(expression: Expression, python: boolean, depth: number): string {
  if (depth > 8) return '…';
  const inner = (child: Expression) => print(child, python, depth + 1);
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.value, python);
    case 'environment':
      return printEnvironment(inner(expression.name), expression.default && inner(expression.default), python);
    case 'name':
      return expression.name;
    case 'member': {
      const { property } = expression;
      const named = property.kind === 'literal' && /^[\w$]+$/.test(String(property.value));
      return named
        ? `${inner(expression.object)}.${property.value}`
        : `${inner(expression.object)}[${inner(property)}]`;
    }
    case 'concat':
      return expression.parts.map(inner).join(' + ');
    case 'fallback': {
      const operator = python ? ' or ' : expression.skips === 'falsy' ? ' || ' : ' ?? ';
      return expression.options.map(inner).join(operator);
    }
    case 'conditional':
      return python
        ? `${inner(expression.then)} if ${inner(expression.test)} else ${inner(expression.otherwise)}`
        : `${inner(expression.test)} ? ${inner(expression.then)} : ${inner(expression.otherwise)}`;
    case 'comparison':
      return expression.right === undefined
        ? `${python ? 'not ' : '!'}${inner(expression.left)}`
        : `${inner(expression.left)} ${operatorText(expression.operator, python)} ${inner(expression.right)}`;
    case 'call':
      return `${inner(expression.callee)}(${printArguments(expression.arguments, inner)})`;
    case 'object':
      return '{…}';
    case 'array':
      return `[${expression.items.map(inner).join(', ')}]`;
    case 'unknown':
      return expression.text;
  }
}

function printLiteral(value: string | number | boolean | null, python: boolean): string {
  if (typeof value === 'string') return python ? `"${value}"` : `'${value}'`;
  if (python && value === null) return 'None';
  if (python && typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

function printEnvironment(name: string, fallback: string | undefined, python: boolean): string {
  if (python) return fallback === undefined ? `os.environ[${name}]` : `os.environ.get(${name}, ${fallback})`;
  const read = /^'[A-Za-z_]\w*'$/.test(name) ? `process.env.${name.slice(1, -1)}` : `process.env[${name}]`;
  return fallback === undefined ? read : `${read} ?? ${fallback}`;
}

function operatorText(operator: '==' | '!=' | 'and' | 'not', python: boolean): string {
  if (operator === 'and') return python ? 'and' : '&&';
  return python ? operator : operator === '==' ? '===' : '!==';
}

function printArguments(values: readonly Argument[], inner: (child: Expression) => string): string {
  return values.map(({ name, value }) => (name === undefined ? inner(value) : `${name}=${inner(value)}`)).join(', ');
}
