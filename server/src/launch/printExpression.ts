// Expressions as a reader knows them from the program, for the steps of an explanation.

import type { Argument, Expression } from '../facts/expression.ts';

const LONGEST = 80;

/** The expression in the program's own spelling as far as its facts tell; cut to 80 units. */
export function printExpression(expression: Expression, language: string): string {
  const text = print(expression, language, 0);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function print(expression: Expression, language: string, depth: number): string {
  if (depth > 8) return '…';
  const python = language === 'python';
  const inner = (child: Expression) => print(child, language, depth + 1);
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.value, language);
    case 'environment':
      return printEnvironment(inner(expression.name), expression.default && inner(expression.default), language);
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
    case 'call': {
      const { callee } = expression;
      const conversion = callee.kind === 'name' && callee.name === 'int' ? conversions[language] : undefined;
      return `${conversion ?? inner(callee)}(${printArguments(expression.arguments, inner)})`;
    }
    case 'object':
      return '{…}';
    case 'array':
      return `[${expression.items.map(inner).join(', ')}]`;
    case 'lambda':
      return python ? 'lambda: …' : '() => …';
    case 'unknown':
      return expression.text;
  }
}

/** How text becomes a number, where the vocabulary of expressions says `int`. */
const conversions: Readonly<Record<string, string>> = {
  csharp: 'int.Parse',
  ruby: 'Integer',
  elixir: 'String.to_integer',
};

/** Languages whose people write strings in double quotes. */
const doubleQuotes = new Set(['python', 'csharp', 'java', 'kotlin', 'go', 'rust', 'ruby', 'elixir']);

function printLiteral(value: string | number | boolean | null, language: string): string {
  const python = language === 'python';
  if (typeof value === 'string') return doubleQuotes.has(language) ? `"${value}"` : `'${value}'`;
  if (python && value === null) return 'None';
  if (python && typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

function printEnvironment(name: string, fallback: string | undefined, language: string): string {
  switch (language) {
    case 'python':
      return fallback === undefined ? `os.environ[${name}]` : `os.environ.get(${name}, ${fallback})`;
    case 'ruby':
      return fallback === undefined ? `ENV[${name}]` : `ENV.fetch(${name}, ${fallback})`;
    case 'csharp': {
      const read = `Environment.GetEnvironmentVariable(${name})`;
      return fallback === undefined ? read : `${read} ?? ${fallback}`;
    }
    case 'elixir':
      return fallback === undefined ? `System.get_env(${name})` : `System.get_env(${name}, ${fallback})`;
    case 'go':
      return `os.Getenv(${name})`;
    case 'java':
    case 'kotlin':
      return `System.getenv(${name})`;
    case 'rust':
      return `env::var(${name})`;
    case 'php':
      return `getenv(${name})`;
  }
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
