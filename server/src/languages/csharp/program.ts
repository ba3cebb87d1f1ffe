// Walks a C# file and collects what it defines, imports, calls and listens on, each with its scope. Namespaces are left
// out of scopes: a project's files see each other's types by `using`.

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { ClassDefinition, FunctionDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { moduleScope, underCondition, underMainGuard, within } from '../builder.ts';
import { callExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { argumentNodes, csharpExpression, dottedText, readArguments } from './expressions.ts';
import { readListeners } from './listeners.ts';

interface Walk {
  readonly file: SourceFile;
  readonly builder: Builder;
}

/** The other files of the project's folder, whose types need no `using`. */
const BESIDE = '.';

export function walkCsharp(file: SourceFile, root: SyntaxNode, builder: Builder): void {
  builder.imports.push({ module: BESIDE, name: '*', local: '*', at: place(file, { start: 0, end: 0 }) });
  visitAll({ file, builder }, root.children, moduleScope);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) visit(walk, node, scope);
}

function visit(walk: Walk, node: SyntaxNode, scope: Scope): void {
  switch (node.type) {
    case 'using_directive':
      visitUsing(walk, node);
      return;
    case 'class_declaration':
    case 'struct_declaration':
    case 'record_declaration':
      visitClass(walk, node, scope);
      return;
    case 'method_declaration':
    case 'local_function_statement':
    case 'constructor_declaration':
      visitMethod(walk, node, scope);
      return;
    case 'if_statement':
      visitIf(walk, node, scope);
      return;
    case 'for_statement':
    case 'foreach_statement':
    case 'while_statement':
    case 'switch_statement':
    case 'switch_expression':
    case 'catch_clause':
    case 'conditional_expression':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return;
    case 'variable_declarator':
      visitDeclarator(walk, node, scope);
      break;
    case 'assignment_expression':
      visitAssignment(walk, node, scope);
      break;
    case 'object_creation_expression':
      walk.builder.listeners.push(...readListeners(walk.file, node, scope));
      break;
    case 'invocation_expression':
      visitCall(walk, node, scope);
      break;
  }
  visitAll(walk, node.children, scope);
}

/** `using A.B;`, `using static A.B.C;`, `using Name = A.B.C;` */
function visitUsing({ file, builder }: Walk, node: SyntaxNode): void {
  const alias = childOf(node, 'name');
  const full = dottedText(file, node.children.find((child) => child !== alias) ?? alias);
  if (full === undefined) return;
  const at = place(file, node);
  const isStatic = /^(?:global\s+)?using\s+static\b/.test(textOf(file, node));
  const dot = full.lastIndexOf('.');
  if (alias && node.children.length > 1 && dot > 0) {
    builder.imports.push({ module: full.slice(0, dot), name: full.slice(dot + 1), local: textOf(file, alias), at });
    return;
  }
  builder.imports.push({ module: isStatic && dot > 0 ? full.slice(0, dot) : full, name: '*', local: '*', at });
}

function visitClass(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name) {
    visitAll(walk, node.children, scope);
    return;
  }
  const members: ClassDefinition['members'][number][] = [];
  const bases = (node.children.find(({ type }) => type === 'base_list')?.children ?? []).flatMap(
    (base) => dottedText(file, base) ?? [],
  );
  const value: ClassDefinition = { kind: 'class', bases, members, at: place(file, node) };
  const definition = { name: textOf(file, name), value, at: place(file, name), scope };
  builder.definitions.push(definition);
  builder.exports.push({ ...definition, scope: moduleScope });
  const inner = within(scope, textOf(file, name));
  for (const member of body?.children ?? []) {
    const found = memberValue(file, member);
    if (found) members.push(found);
    visit(walk, member, inner);
  }
}

/** Fields and properties with a value. */
function memberValue(file: SourceFile, member: SyntaxNode): ClassDefinition['members'][number] | undefined {
  if (member.type === 'property_declaration') {
    const name = childOf(member, 'name');
    const value = arrowValue(childOf(member, 'value'));
    return name && value
      ? { name: textOf(file, name), value: csharpExpression(file, value), at: place(file, name) }
      : undefined;
  }
  if (member.type !== 'field_declaration') return undefined;
  const declarator = member.children
    .find(({ type }) => type === 'variable_declaration')
    ?.children.find(({ type }) => type === 'variable_declarator');
  const name = declarator && childOf(declarator, 'name');
  const value = declarator && initialValue(declarator);
  return name && value
    ? { name: textOf(file, name), value: csharpExpression(file, value), at: place(file, name) }
    : undefined;
}

function arrowValue(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.type === 'arrow_expression_clause' ? node.children[0] : node;
}

function initialValue(declarator: SyntaxNode): SyntaxNode | undefined {
  return declarator.children.find(({ field, type }) => field !== 'name' && type !== 'bracketed_argument_list');
}

function visitMethod(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const named = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!named) {
    visitAll(walk, node.children, scope);
    return;
  }
  // Evaluation knows constructors by this name.
  const name = node.type === 'constructor_declaration' ? 'constructor' : textOf(file, named);
  const returns: Expression[] = [];
  collectReturns(file, body, returns);
  const value: FunctionDefinition = {
    kind: 'function',
    parameters: readParameters(file, childOf(node, 'parameters')),
    returns,
    at: place(file, node),
  };
  builder.definitions.push({ name, value, at: place(file, named), scope });
  if (name === 'Main' && node.type === 'method_declaration' && scope.path.length > 0) {
    const callee = [...scope.path, name].join('.');
    const runs = underMainGuard({ ...scope, path: [] });
    builder.calls.push({ callee, arguments: [], at: place(file, named), scope: runs });
  }
  if (body) visitAll(walk, body.children, within(scope, name));
}

function readParameters(file: SourceFile, list: SyntaxNode | undefined): FunctionDefinition['parameters'] {
  return (list?.children ?? []).flatMap((parameter) => {
    const name = childOf(parameter, 'name');
    if (parameter.type !== 'parameter' || !name) return [];
    const fallback = parameter.children.find(
      ({ field, type }) => field !== 'name' && field !== 'type' && /_literal$|expression$|^identifier$/.test(type),
    );
    return [
      fallback ? { name: textOf(file, name), default: csharpExpression(file, fallback) } : { name: textOf(file, name) },
    ];
  });
}

/** The values a function gives back; those of functions inside it are their own. */
function collectReturns(file: SourceFile, node: SyntaxNode | undefined, returns: Expression[]): void {
  if (node?.type === 'arrow_expression_clause') {
    const [value] = node.children;
    if (value) returns.push(csharpExpression(file, value));
    return;
  }
  for (const child of node?.children ?? []) {
    if (/^(?:lambda_expression|anonymous_method_expression|local_function_statement)$/.test(child.type)) continue;
    if (child.type === 'return_statement') {
      const [value] = child.children;
      if (value) returns.push(csharpExpression(file, value));
    } else collectReturns(file, child, returns);
  }
}

function visitIf(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const condition = childOf(node, 'condition');
  if (condition) visit(walk, condition, scope);
  const test = condition && csharpExpression(walk.file, condition);
  const consequence = childOf(node, 'consequence');
  const alternative = childOf(node, 'alternative');
  if (consequence) visit(walk, consequence, underCondition(scope, test, false));
  if (alternative) visit(walk, alternative, underCondition(scope, test, true));
}

function visitDeclarator({ file, builder }: Walk, node: SyntaxNode, scope: Scope): void {
  const name = childOf(node, 'name');
  const value = initialValue(node);
  if (!name || !value) return;
  builder.definitions.push({
    name: textOf(file, name),
    value: csharpExpression(file, value),
    at: place(file, name),
    scope,
  });
}

function visitAssignment({ file, builder }: Walk, node: SyntaxNode, scope: Scope): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const name = dottedText(file, left);
  if (!left || !right || name === undefined) return;
  const isPlain = /^\s*=(?!=)/.test(file.text.slice(left.end, right.start));
  const value = isPlain ? csharpExpression(file, right) : unknownExpression(file, node);
  builder.definitions.push({ name, value, at: place(file, left), scope });
}

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const listeners = readListeners(file, node, scope);
  builder.listeners.push(...listeners);
  const dotted = dottedText(file, childOf(node, 'function')) ?? methodText(file, node);
  const list = childOf(node, 'arguments');
  const [first, second] = argumentNodes(list);
  const at = place(file, node);
  if (dotted !== undefined && /(?:^|\.)Environment\.SetEnvironmentVariable$/.test(dotted)) {
    const name = first && csharpExpression(file, first);
    if (name?.kind !== 'literal' || !first || !second) return;
    const value = csharpExpression(file, second);
    builder.environmentWrites.push({ name: String(name.value), value, at: place(file, first), scope });
    return;
  }
  if (dotted !== undefined && /\.TryParse$/.test(dotted)) bindParsed(walk, first, second, scope);
  if (/(?:^|\.)Env\.(?:Load|TraversePath)$/.test(dotted ?? '')) builder.environmentFiles.push({ at });
  if (dotted === undefined || listeners.length > 0) return;
  builder.calls.push({ callee: dotted, arguments: readArguments(file, list), at, scope });
}

/** `…().AddApi()`: a method of what another call gave. */
function methodText(file: SourceFile, call: SyntaxNode): string | undefined {
  const callee = childOf(call, 'function');
  const name = callee?.type === 'member_access_expression' ? dottedText(file, childOf(callee, 'name')) : undefined;
  return name === undefined ? undefined : `().${name}`;
}

/** `int.TryParse(text, out var port)`. */
function bindParsed(
  { file, builder }: Walk,
  text: SyntaxNode | undefined,
  target: SyntaxNode | undefined,
  scope: Scope,
): void {
  const name = target?.type === 'declaration_expression' ? childOf(target, 'name') : target;
  if (!text || name?.type !== 'identifier') return;
  const value = callExpression('int', [{ value: csharpExpression(file, text) }], place(file, text));
  builder.definitions.push({ name: textOf(file, name), value, at: place(file, name), scope });
}
