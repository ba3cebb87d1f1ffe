// A Python file as statements in the order in which they run.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { CodeClass, CodeFunction, CodeModule, CodeParameter, Statement } from '../code.ts';
import { partsName } from '../code.ts';
import { memberExpression, nameExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { pythonExpression, testExpression } from './expressions.ts';
import type { PythonFile } from './names.ts';
import { plainDotted, positionalArguments } from './names.ts';

interface Reading {
  readonly file: PythonFile;
  readonly lambdas: Map<number, CodeFunction>;
}

export function readPythonCode(file: PythonFile, root: SyntaxNode): CodeModule {
  const reading: Reading = { file, lambdas: new Map() };
  return { statements: readAll(reading, root.children), lambdas: reading.lambdas };
}

function readAll(reading: Reading, nodes: readonly SyntaxNode[] | undefined): readonly Statement[] {
  return (nodes ?? []).flatMap((node) => readStatement(reading, node));
}

function read(reading: Reading, node: SyntaxNode): Expression {
  return pythonExpression(reading.file, node);
}

function readStatement(reading: Reading, node: SyntaxNode): readonly Statement[] {
  const { file } = reading;
  switch (node.type) {
    case 'expression_statement':
      return node.children.flatMap((child) => readExpressionStatement(reading, child));
    case 'function_definition':
      return [{ kind: 'function', name: textOf(file, childOf(node, 'name')), code: readFunction(reading, node) }];
    case 'decorated_definition': {
      const definition = childOf(node, 'definition');
      return definition ? readStatement(reading, definition) : [];
    }
    case 'class_definition':
      return [readClass(reading, node)];
    case 'return_statement': {
      const [value] = node.children;
      const at = place(file, node);
      return [value ? { kind: 'return', value: read(reading, value), at } : { kind: 'return', at }];
    }
    case 'raise_statement':
    case 'break_statement':
    case 'continue_statement':
      return [{ kind: 'leave' }];
    default:
      return readBranch(reading, node);
  }
}

function readBranch(reading: Reading, node: SyntaxNode): readonly Statement[] {
  switch (node.type) {
    case 'if_statement':
      return readIf(reading, [node, ...node.children.filter(({ field }) => field === 'alternative')]);
    case 'for_statement':
      return [readFor(reading, node)];
    case 'while_statement':
      return [{ kind: 'loop', item: '', body: readAll(reading, childOf(node, 'body')?.children) }];
    case 'with_statement':
      return readAll(reading, childOf(node, 'body')?.children);
    case 'match_statement':
      return (childOf(node, 'body')?.children ?? []).map((clause) => ({
        kind: 'maybe',
        body: readAll(reading, childOf(clause, 'consequence')?.children),
      }));
    case 'try_statement':
      return node.children.flatMap((child): readonly Statement[] => {
        if (child.type === 'block') return readAll(reading, child.children);
        const body = readAll(reading, child.children.find(({ type }) => type === 'block')?.children);
        return child.type === 'finally_clause' ? body : [{ kind: 'maybe', body }];
      });
    default:
      return [];
  }
}

/** `if __name__ == "__main__":` always runs: programs of the CDK are started. */
function readIf(reading: Reading, [clause, ...rest]: readonly SyntaxNode[]): readonly Statement[] {
  if (!clause) return [];
  const { file } = reading;
  if (clause.type === 'else_clause') return readAll(reading, childOf(clause, 'body')?.children);
  const condition = childOf(clause, 'condition');
  const body = readAll(reading, childOf(clause, 'consequence')?.children);
  const text = textOf(file, condition);
  if (text.includes('__name__') && text.includes('__main__')) return body;
  const test = condition ? testExpression(file, condition) : unknownExpression(file, clause);
  return [{ kind: 'if', test, body, otherwise: readIf(reading, rest) }];
}

function readFor(reading: Reading, node: SyntaxNode): Statement {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const item = partsName(node);
  const parts = left ? bindParts(reading, left, nameExpression(item, place(reading.file, left)), true) : [];
  const body = [...parts, ...readAll(reading, childOf(node, 'body')?.children)];
  return { kind: 'loop', item, body, ...(right ? { over: read(reading, right) } : {}) };
}

function readExpressionStatement(reading: Reading, node: SyntaxNode): readonly Statement[] {
  if (node.type !== 'assignment') return [{ kind: 'run', value: read(reading, node) }];
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return [];
  return bindParts(reading, left, read(reading, right), left.type === 'identifier');
}

function bindParts(reading: Reading, target: SyntaxNode, value: Expression, declares: boolean): readonly Statement[] {
  const { file } = reading;
  const at = place(file, target);
  if (plainDotted(file, target) !== undefined || target.type === 'subscript') {
    return [{ kind: 'bind', target: read(reading, target), value, declares }];
  }
  if (!/^(?:pattern_list|tuple_pattern|list_pattern)$/.test(target.type)) return [];
  const held = nameExpression(partsName(target), at);
  const whole: Statement = { kind: 'bind', target: held, value, declares: true };
  const parts = target.children.flatMap((part, index) =>
    bindParts(reading, part, memberExpression(held, index, place(file, part)), true),
  );
  return [whole, ...parts];
}

function readFunction(reading: Reading, node: SyntaxNode): CodeFunction {
  const { file } = reading;
  const parameters: CodeParameter[] = [];
  let rest: string | undefined;
  for (const child of childOf(node, 'parameters')?.children ?? []) {
    const inner = child.type === 'typed_parameter' ? child.children[0] : child;
    if (inner?.type === 'dictionary_splat_pattern') rest = textOf(file, inner.children[0]);
    else if (inner?.type === 'identifier') parameters.push({ name: textOf(file, inner) });
    else if (/default_parameter$/.test(child.type)) {
      const value = childOf(child, 'value');
      const name = textOf(file, childOf(child, 'name'));
      parameters.push(value ? { name, default: read(reading, value) } : { name });
    }
  }
  const body = readAll(reading, childOf(node, 'body')?.children);
  return { parameters, body, at: place(file, node), ...(rest === undefined ? {} : { rest }) };
}

function readClass(reading: Reading, node: SyntaxNode): CodeClass {
  const { file } = reading;
  const [base] = positionalArguments(childOf(node, 'superclasses'));
  const fields: CodeClass['fields'][number][] = [];
  const methods = new Map<string, CodeFunction & { isStatic: boolean; isGetter: boolean }>();
  for (const member of childOf(node, 'body')?.children ?? []) {
    const decorators = member.children.filter(({ type }) => type === 'decorator').map((one) => textOf(file, one));
    const definition = member.type === 'decorated_definition' ? childOf(member, 'definition') : member;
    if (definition?.type === 'function_definition') {
      const isStatic = decorators.some((name) => /^@(?:staticmethod|classmethod)\b/.test(name));
      const isGetter = decorators.some((name) => /property$/.test(name));
      methods.set(textOf(file, childOf(definition, 'name')), {
        ...readFunction(reading, definition),
        isStatic,
        isGetter,
      });
      continue;
    }
    const [assignment] = member.type === 'expression_statement' ? member.children : [];
    const left = assignment?.type === 'assignment' ? childOf(assignment, 'left') : undefined;
    const right = assignment && childOf(assignment, 'right');
    if (left?.type !== 'identifier') continue;
    fields.push({
      name: textOf(file, left),
      isStatic: right !== undefined,
      ...(right ? { value: read(reading, right) } : {}),
    });
  }
  return {
    kind: 'class',
    name: textOf(file, childOf(node, 'name')),
    ...(base ? { base: read(reading, base) } : {}),
    fields,
    methods,
    at: place(file, node),
  };
}
