// A JavaScript or TypeScript file as statements in the order in which they run.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { CodeClass, CodeFunction, CodeModule, CodeParameter, Statement } from '../code.ts';
import { partsName } from '../code.ts';
import { literal, memberExpression, nameExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { scriptExpression } from './expressions.ts';
import type { ScriptFile } from './names.ts';
import { baseClass, isFunction, unwrap } from './names.ts';
import { bindPattern, keyText } from './objects.ts';
import { parameterNodes } from './walk.ts';

interface Reading {
  readonly file: ScriptFile;
  readonly lambdas: Map<number, CodeFunction>;
}

export function readScriptCode(file: ScriptFile, root: SyntaxNode): CodeModule {
  const reading: Reading = { file, lambdas: new Map() };
  const statements = readAll(reading, root.children);
  return { statements, lambdas: reading.lambdas };
}

function readAll(reading: Reading, nodes: readonly SyntaxNode[]): readonly Statement[] {
  return nodes.flatMap((node) => readStatement(reading, node));
}

/** The statements of a block, or a statement that stands alone. */
function readBody(reading: Reading, node: SyntaxNode | undefined): readonly Statement[] {
  if (!node) return [];
  return node.type === 'statement_block' || node.type === 'else_clause'
    ? readAll(reading, node.children)
    : readStatement(reading, node);
}

/** An expression; the functions without a name in it are kept aside. */
function read(reading: Reading, node: SyntaxNode): Expression {
  collectLambdas(reading, node);
  return scriptExpression(reading.file, node);
}

function collectLambdas(reading: Reading, node: SyntaxNode): void {
  if (isFunction(node)) {
    reading.lambdas.set(node.start, readFunction(reading, node));
    return;
  }
  for (const child of node.children) collectLambdas(reading, child);
}

function readStatement(reading: Reading, node: SyntaxNode): readonly Statement[] {
  const { file } = reading;
  switch (node.type) {
    case 'lexical_declaration':
    case 'variable_declaration':
    case 'export_statement':
    case 'statement_block':
    case 'labeled_statement':
    case 'finally_clause':
      return readExported(reading, node);
    case 'variable_declarator':
      return readDeclarator(reading, node);
    case 'expression_statement':
      return node.children.flatMap((child) => readExpressionStatement(reading, child));
    case 'function_declaration':
      return [{ kind: 'function', name: textOf(file, childOf(node, 'name')), code: readFunction(reading, node) }];
    case 'class_declaration':
    case 'abstract_class_declaration':
      return [readClass(reading, node)];
    case 'return_statement': {
      const [value] = node.children;
      const at = place(file, node);
      return [value ? { kind: 'return', value: read(reading, value), at } : { kind: 'return', at }];
    }
    case 'throw_statement':
    case 'break_statement':
    case 'continue_statement':
      return [{ kind: 'leave' }];
    default:
      return readBranch(reading, node);
  }
}

function readExported(reading: Reading, node: SyntaxNode): readonly Statement[] {
  const value = node.type === 'export_statement' ? childOf(node, 'value') : undefined;
  if (!value) return readAll(reading, node.children);
  const name = nameExpression('default', place(reading.file, value));
  return [{ kind: 'bind', target: name, value: read(reading, value), declares: true }];
}

function readBranch(reading: Reading, node: SyntaxNode): readonly Statement[] {
  switch (node.type) {
    case 'if_statement': {
      const condition = childOf(node, 'condition');
      return [
        {
          kind: 'if',
          test: condition ? read(reading, condition) : unknownExpression(reading.file, node),
          body: readBody(reading, childOf(node, 'consequence')),
          otherwise: readBody(reading, childOf(node, 'alternative')),
        },
      ];
    }
    case 'for_in_statement':
      return [readForOf(reading, node)];
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return [{ kind: 'loop', item: '', body: readBody(reading, childOf(node, 'body')) }];
    case 'switch_statement':
      return (childOf(node, 'body')?.children ?? []).map((clause) => ({
        kind: 'maybe',
        body: readAll(
          reading,
          clause.children.filter((child) => child.field !== 'value'),
        ),
      }));
    case 'try_statement':
      return node.children.flatMap((child): readonly Statement[] => {
        if (child.type === 'catch_clause') return [{ kind: 'maybe', body: readBody(reading, childOf(child, 'body')) }];
        return readBody(reading, child);
      });
    default:
      return [];
  }
}

function readForOf(reading: Reading, node: SyntaxNode): Statement {
  const { file } = reading;
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const item = partsName(node);
  const parts = left ? bindParts(reading, left, nameExpression(item, place(file, left))) : [];
  const body = [...parts, ...readBody(reading, childOf(node, 'body'))];
  const isOf = /\bof\s*$/.test(file.text.slice(left?.end ?? node.start, right?.start ?? node.start));
  return { kind: 'loop', item, body, ...(right && isOf ? { over: read(reading, right) } : {}) };
}

/** A variable for every name of a pattern. */
function bindParts(reading: Reading, pattern: SyntaxNode, value: Expression): readonly Statement[] {
  const parts = bindPattern(reading.file, pattern, value, (node) => read(reading, node));
  return parts.map(({ name, value: part, node }) => ({
    kind: 'bind',
    target: nameExpression(name, place(reading.file, node)),
    value: part,
    declares: true,
  }));
}

function readDeclarator(reading: Reading, node: SyntaxNode): readonly Statement[] {
  const { file } = reading;
  const name = childOf(node, 'name');
  const value = childOf(node, 'value');
  if (!name) return [];
  const bound = value ? read(reading, value) : literal(null, place(file, name));
  if (name.type === 'identifier') {
    const target = nameExpression(textOf(file, name), place(file, name));
    return [{ kind: 'bind', target, value: bound, declares: true }];
  }
  const held = nameExpression(partsName(node), place(file, name));
  const whole: Statement = { kind: 'bind', target: held, value: bound, declares: true };
  return [whole, ...bindParts(reading, name, held)];
}

function readExpressionStatement(reading: Reading, whole: SyntaxNode): readonly Statement[] {
  const node = unwrap(whole);
  const ignored = node?.type === 'unary_expression' ? childOf(node, 'argument') : undefined;
  if (ignored && node && /^void\b/.test(textOf(reading.file, node))) return readExpressionStatement(reading, ignored);
  if (node?.type !== 'assignment_expression') return [{ kind: 'run', value: read(reading, whole) }];
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return [];
  return [{ kind: 'bind', target: read(reading, left), value: read(reading, right), declares: false }];
}

function readFunction(reading: Reading, node: SyntaxNode): CodeFunction {
  const { file } = reading;
  const parameters: CodeParameter[] = [];
  const parts: Statement[] = [];
  for (const { pattern, value } of parameterNodes(node)) {
    const isName = pattern.type === 'identifier';
    const name = isName ? textOf(file, pattern) : partsName(pattern);
    parameters.push(value ? { name, default: read(reading, value) } : { name });
    if (!isName) parts.push(...bindParts(reading, pattern, nameExpression(name, place(file, pattern))));
  }
  const body = childOf(node, 'body');
  const at = place(file, node);
  if (body && body.type !== 'statement_block') {
    return { parameters, body: [...parts, { kind: 'return', value: read(reading, body), at: place(file, body) }], at };
  }
  return { parameters, body: [...parts, ...readBody(reading, body)], at };
}

function readClass(reading: Reading, node: SyntaxNode): CodeClass {
  const { file } = reading;
  const base = baseClass(node);
  const fields: CodeClass['fields'][number][] = [];
  const methods = new Map<string, CodeFunction & { isStatic: boolean; isGetter: boolean }>();
  for (const member of childOf(node, 'body')?.children ?? []) {
    const key = childOf(member, 'name') ?? childOf(member, 'property');
    const name = keyText(file, key);
    if (!key || name === undefined) continue;
    const words = file.text.slice(member.start, key.start);
    const isStatic = /\bstatic\b/.test(words);
    if (member.type === 'method_definition') {
      const code = readFunction(reading, member);
      const body = name === 'constructor' ? [...ownParameters(file, member), ...code.body] : code.body;
      methods.set(name, { ...code, body, isStatic, isGetter: /\bget\s*$/.test(words) });
    } else if (/field_definition$/.test(member.type)) {
      const value = childOf(member, 'value');
      fields.push({ name, isStatic, ...(value ? { value: read(reading, value) } : {}) });
    }
  }
  return {
    kind: 'class',
    name: textOf(file, childOf(node, 'name')) || 'default',
    ...(base ? { base: read(reading, base) } : {}),
    fields,
    methods,
    at: place(file, node),
  };
}

/** TypeScript's `constructor(private readonly port: number)` is `this.port = port`. */
function ownParameters(file: ScriptFile, node: SyntaxNode): readonly Statement[] {
  return (childOf(node, 'parameters')?.children ?? []).flatMap((parameter): readonly Statement[] => {
    const pattern = childOf(parameter, 'pattern');
    if (pattern?.type !== 'identifier') return [];
    const words = file.text.slice(parameter.start, pattern.start);
    if (!/\b(?:public|private|protected|readonly)\b/.test(words)) return [];
    const at = place(file, pattern);
    const name = textOf(file, pattern);
    const target = memberExpression(nameExpression('this', at), name, at);
    return [{ kind: 'bind', target, value: nameExpression(name, at), declares: false }];
  });
}
