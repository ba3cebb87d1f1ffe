// Walks the tree of a PHP file: variables and constants, included files, functions, and calls that open a socket.

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { ClassDefinition, FunctionDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { underCondition, within } from '../builder.ts';
import { place, textOf } from '../expressions.ts';
import { phpArguments, phpExpression } from './expressions.ts';
import { calledListener, constructedListener, exposedListener } from './listeners.ts';

interface PhpFile {
  readonly file: SourceFile;
  readonly builder: Builder;
  /** Full names of imported classes by their local name. */
  readonly uses: ReadonlyMap<string, string>;
}

export function walkPhp(file: SourceFile, root: SyntaxNode, builder: Builder, scope: Scope): void {
  const uses = new Map<string, string>();
  collectUses(file, root, uses);
  walkAll({ file, builder, uses }, root.children, scope);
}

/** `use A\B;`, `use A\B as C;`, `use A\{B, C};` at the top or inside a namespace. */
function collectUses(file: SourceFile, root: SyntaxNode, uses: Map<string, string>): void {
  const blocks = [root, ...root.children.filter(({ type }) => type === 'namespace_definition')];
  const all = blocks.flatMap(({ children }) =>
    children.flatMap((child) => [child, ...(child.type === 'compound_statement' ? child.children : [])]),
  );
  for (const node of all.filter(({ type }) => type === 'namespace_use_declaration')) {
    const prefix = node.children.find(({ type }) => type === 'namespace_name');
    const group = childOf(node, 'body');
    for (const clause of (group ?? node).children.filter(({ type }) => type === 'namespace_use_clause')) {
      const [name] = clause.children;
      const alias = childOf(clause, 'alias');
      const own = textOf(file, name).replace(/^\\/, '');
      const full = prefix && group ? `${textOf(file, prefix)}\\${own}` : own;
      const local = alias ? textOf(file, alias) : full.slice(full.lastIndexOf('\\') + 1);
      uses.set(local, full);
    }
  }
}

function walkAll(php: PhpFile, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) walk(php, node, scope);
}

function walk(php: PhpFile, node: SyntaxNode, scope: Scope): void {
  const { file } = php;
  switch (node.type) {
    case 'assignment_expression':
      assignment(php, node, scope);
      return;
    case 'const_element':
      constant(php, node, scope);
      return;
    case 'function_definition':
      functionDefinition(php, node, scope);
      return;
    case 'class_declaration':
      classDefinition(php, node, scope);
      return;
    case 'require_expression':
    case 'require_once_expression':
    case 'include_expression':
    case 'include_once_expression':
      included(php, node);
      return;
    case 'if_statement':
      conditionalStatement(php, node, scope);
      return;
    case 'while_statement':
    case 'for_statement':
    case 'foreach_statement':
    case 'switch_statement':
    case 'try_statement':
      walkAll(php, node.children, underCondition(scope, undefined, false));
      return;
    case 'object_creation_expression': {
      const [name] = node.children;
      const listener = constructedListener(
        file,
        node,
        fullName(php, textOf(file, name)),
        phpArguments(file, node),
        scope,
      );
      if (listener) php.builder.listeners.push(listener);
      walkAll(php, node.children, scope);
      return;
    }
    case 'function_call_expression':
    case 'scoped_call_expression':
    case 'member_call_expression':
      called(php, node, scope);
      walkAll(php, node.children, scope);
      return;
    default:
      walkAll(php, node.children, scope);
      return;
  }
}

function fullName({ uses }: PhpFile, written: string): string {
  if (written.startsWith('\\')) return written.slice(1);
  const [first = '', ...rest] = written.split('\\');
  return [uses.get(first) ?? first, ...rest].join('\\');
}

function define(php: PhpFile, name: string, node: SyntaxNode, value: Expression, scope: Scope): void {
  php.builder.definitions.push({ name, value, at: place(php.file, node), scope });
}

function assignment(php: PhpFile, node: SyntaxNode, scope: Scope): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return;
  if (left.type === 'variable_name') define(php, textOf(php.file, left), left, phpExpression(php.file, right), scope);
  walk(php, right, scope);
}

function constant(php: PhpFile, node: SyntaxNode, scope: Scope): void {
  const [name, value] = node.children;
  if (name && value) define(php, textOf(php.file, name), name, phpExpression(php.file, value), scope);
}

function functionDefinition(php: PhpFile, node: SyntaxNode, scope: Scope): void {
  const { file } = php;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name || !body) return;
  const parameters = (childOf(node, 'parameters')?.children ?? []).flatMap((parameter) => {
    const variable = childOf(parameter, 'name');
    const value = childOf(parameter, 'default_value');
    if (!variable) return [];
    return [{ name: textOf(file, variable), ...(value && { default: phpExpression(file, value) }) }];
  });
  const returns = body.children.flatMap(({ type, children: [value] }) =>
    type === 'return_statement' && value ? [phpExpression(file, value)] : [],
  );
  const definition: FunctionDefinition = { kind: 'function', parameters, returns, at: place(file, node) };
  php.builder.definitions.push({ name: textOf(file, name), value: definition, at: place(file, name), scope });
  walkAll(php, body.children, within(scope, textOf(file, name)));
}

/** Constants and static properties; methods are walked for what they open. */
function classDefinition(php: PhpFile, node: SyntaxNode, scope: Scope): void {
  const { file } = php;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name || !body) return;
  const members = body.children.flatMap(({ type, children }) => {
    if (type !== 'const_declaration') return [];
    return children.flatMap((element) => {
      const [key, value] = element.children;
      if (element.type !== 'const_element' || !key || !value) return [];
      return [{ name: textOf(file, key), value: phpExpression(file, value), at: place(file, key) }];
    });
  });
  const definition: ClassDefinition = { kind: 'class', bases: [], members, at: place(file, node) };
  php.builder.definitions.push({ name: textOf(file, name), value: definition, at: place(file, name), scope });
  const inner = within(scope, textOf(file, name));
  for (const method of body.children) {
    const methodBody = childOf(method, 'body');
    const methodName = childOf(method, 'name');
    if (methodBody && methodName) walkAll(php, methodBody.children, within(inner, textOf(file, methodName)));
  }
}

/** `require __DIR__ . '/config.php'`; what Composer loads is a library. */
function included(php: PhpFile, node: SyntaxNode): void {
  const [path] = node.children;
  if (!path) return;
  const text = textOf(php.file, path);
  const inner = /^\(?\s*(?:(?:__DIR__|dirname\(__FILE__\))\s*\.\s*)?(['"])([^'"$\\]*)\1\s*\)?$/.exec(text)?.[2];
  const at = place(php.file, node);
  const module = inner === undefined ? text.slice(0, 80) : `./${inner.replace(/^\//, '')}`;
  php.builder.imports.push({ module, name: '*', local: '*', at });
}

function conditionalStatement(php: PhpFile, node: SyntaxNode, scope: Scope): void {
  const condition = childOf(node, 'condition');
  const test = condition && phpExpression(php.file, condition);
  for (const child of node.children) {
    if (child.field === 'body') walk(php, child, underCondition(scope, test, false));
    else if (child.field === 'alternative') walk(php, child, underCondition(scope, test, true));
    else walk(php, child, scope);
  }
}

function called(php: PhpFile, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = php;
  const values = phpArguments(file, node);
  const name = calledName(php, node);
  if (name === 'define' && values[0]?.value.kind === 'literal' && values[1]) {
    define(php, String(values[0].value.value), node, values[1].value, scope);
    return;
  }
  const isExpose = node.type === 'member_call_expression' && name.endsWith('->expose');
  const listener = isExpose
    ? exposedListener(file, node, values, scope)
    : calledListener(file, node, name, values, scope);
  if (listener) builder.listeners.push(listener);
  else builder.calls.push({ callee: name.replaceAll(/::|->/g, '.'), arguments: values, at: place(file, node), scope });
}

function calledName(php: PhpFile, node: SyntaxNode): string {
  const { file } = php;
  const method = textOf(file, childOf(node, 'name'));
  switch (node.type) {
    case 'scoped_call_expression':
      return `${fullName(php, textOf(file, childOf(node, 'scope')))}::${method}`;
    case 'member_call_expression':
      return `${textOf(file, childOf(node, 'object'))}->${method}`;
    default:
      return textOf(file, childOf(node, 'function')).replace(/^\\/, '');
  }
}
