// Walks a Kotlin file and collects what it defines, imports, calls and listens on, each with its scope. The files of a
// package see each other's functions without an import.

import type { SourceFile } from '../../base/text.ts';
import type { Argument, Expression } from '../../facts/expression.ts';
import type { ClassDefinition, FunctionDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { moduleScope, underCondition, underMainGuard, within } from '../builder.ts';
import { memberExpression, nameExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { jvmApis } from '../jvm/apis.ts';
import type { JvmFile } from '../jvm/listeners.ts';
import { jvmListener } from '../jvm/listeners.ts';
import { callParts, dottedText, isLambdaCall, kotlinExpression } from './expressions.ts';

interface Walk {
  readonly file: SourceFile;
  readonly builder: Builder;
  readonly jvm: JvmFile;
  readonly imports: string[];
  readonly types: Map<string, string>;
}

const LONGEST_RECEIVER = 200;

export function walkKotlin(file: SourceFile, root: SyntaxNode, builder: Builder): void {
  const imports: string[] = [];
  const types = new Map<string, string>();
  const value = (name: string) => {
    const found = builder.definitions.find((definition) => definition.name === name)?.value;
    return found === undefined || found.kind === 'function' || found.kind === 'class' ? undefined : found;
  };
  const walk: Walk = { file, builder, imports, types, jvm: { imports, value, typeOf: (name) => types.get(name) } };
  builder.imports.push({ module: '.', name: '*', local: '*', at: place(file, { start: 0, end: 0 }) });
  visitAll(walk, root.children, moduleScope);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) visit(walk, node, scope);
}

function visit(walk: Walk, node: SyntaxNode, scope: Scope): void {
  switch (node.type) {
    case 'package_header':
      return;
    case 'import':
      visitImport(walk, node);
      return;
    case 'class_declaration':
    case 'object_declaration':
      visitClass(walk, node, scope);
      return;
    case 'companion_object':
      // Its members are called by the class's own name.
      visitAll(walk, node.children, scope);
      return;
    case 'function_declaration':
      visitFunction(walk, node, scope);
      return;
    case 'if_expression':
      visitIf(walk, node, scope);
      return;
    case 'for_statement':
    case 'while_statement':
    case 'when_expression':
    case 'catch_block':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return;
    case 'property_declaration':
      visitProperty(walk, node, scope);
      break;
    case 'assignment':
      define(walk, childOf(node, 'left'), childOf(node, 'right'), scope);
      break;
    case 'call_expression':
      visitCall(walk, node, scope);
      break;
  }
  visitAll(walk, node.children, scope);
}

/** `import a.b.C`, `import a.b.*`, `import a.b.C as D`. */
function visitImport({ file, builder, imports }: Walk, node: SyntaxNode): void {
  const found = /^import\s+([\w.`]+?)(\.\*)?(?:\s+as\s+(\w+))?\s*;?\s*$/.exec(textOf(file, node).slice(0, 500));
  const full = found?.[1]?.replaceAll('`', '');
  if (full === undefined) return;
  const at = place(file, node);
  const isStar = found?.[2] !== undefined;
  imports.push(isStar ? `${full}.*` : full);
  const last = full.slice(full.lastIndexOf('.') + 1);
  if (isStar) builder.imports.push({ module: `${full}.*`, name: '*', local: '*', at });
  else builder.imports.push({ module: full, name: last, local: found?.[3] ?? last, at });
}

function visitClass(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const name = childOf(node, 'name') ?? node.children.find(({ type }) => type === 'identifier');
  if (!name) {
    visitAll(walk, node.children, scope);
    return;
  }
  const parameters = classParameters(node);
  const body = node.children.find(({ type }) => type === 'class_body');
  const members = [...parameters.flatMap((parameter) => parameterMember(file, parameter)), ...propertiesOf(file, body)];
  const value: ClassDefinition = { kind: 'class', bases: basesOf(file, node), members, at: place(file, node) };
  const definition = { name: textOf(file, name), value, at: place(file, name), scope };
  builder.definitions.push(definition);
  builder.exports.push({ ...definition, scope: moduleScope });
  const inner = within(scope, textOf(file, name));
  addConstructor(walk, node, parameters, inner);
  if (body) visitAll(walk, body.children, inner);
  if (value.bases.some((base) => /Verticle$/.test(base))) {
    builder.calls.push({ callee: `${textOf(file, name)}.start`, arguments: [], at: place(file, name), scope });
  }
}

function basesOf(file: SourceFile, node: SyntaxNode): readonly string[] {
  const list = node.children.find(({ type }) => type === 'delegation_specifiers')?.children ?? [];
  return list.flatMap((specifier) => {
    const [first] = specifier.children;
    const type = first?.type === 'constructor_invocation' ? first.children[0] : first;
    return dottedText(file, type) ?? [];
  });
}

function classParameters(node: SyntaxNode): readonly SyntaxNode[] {
  const primary = node.children.find(({ type }) => type === 'primary_constructor');
  const list = primary?.children.find(({ type }) => type === 'class_parameters');
  return list?.children.filter(({ type }) => type === 'class_parameter') ?? [];
}

interface Parameter {
  readonly name: SyntaxNode;
  readonly value: SyntaxNode | undefined;
}

function parameterOf(node: SyntaxNode): Parameter | undefined {
  const index = node.children.findIndex(({ type }) => type === 'identifier');
  const name = node.children[index];
  const value = node.children.slice(index + 1).find(({ type }) => !/type$|modifiers$/.test(type));
  return name && { name, value };
}

function parameterMember(file: SourceFile, node: SyntaxNode): ClassDefinition['members'] {
  const parameter = parameterOf(node);
  if (!parameter?.value) return [];
  const { name, value } = parameter;
  return [{ name: textOf(file, name), value: kotlinExpression(file, value), at: place(file, name) }];
}

/** The primary constructor assigns its parameters. */
function addConstructor(
  { file, builder }: Walk,
  node: SyntaxNode,
  parameters: readonly SyntaxNode[],
  scope: Scope,
): void {
  if (parameters.length === 0) return;
  const read = parameters.flatMap((parameter) => parameterOf(parameter) ?? []);
  const value: FunctionDefinition = {
    kind: 'function',
    parameters: read.map(({ name, value: fallback }) => ({
      name: textOf(file, name),
      ...(fallback === undefined ? {} : { default: kotlinExpression(file, fallback) }),
    })),
    returns: [],
    at: place(file, node),
  };
  const at = place(file, node);
  builder.definitions.push({ name: 'constructor', value, at, scope });
  for (const { name } of read) {
    const text = textOf(file, name);
    const assigned = nameExpression(text, place(file, name));
    builder.definitions.push({
      name: `this.${text}`,
      value: assigned,
      at: place(file, name),
      scope: within(scope, 'constructor'),
    });
    // Methods name it without `this`.
    const member = memberExpression(nameExpression('this', place(file, name)), text, place(file, name));
    builder.definitions.push({ name: text, value: member, at: place(file, name), scope });
  }
}

function propertiesOf(file: SourceFile, body: SyntaxNode | undefined): ClassDefinition['members'] {
  const nodes = (body?.children ?? []).flatMap((child) =>
    child.type === 'companion_object'
      ? (child.children.find(({ type }) => type === 'class_body')?.children ?? [])
      : [child],
  );
  return nodes.flatMap((node) => {
    const property = node.type === 'property_declaration' ? propertyOf(node) : undefined;
    if (!property?.value) return [];
    const { name, value } = property;
    return [{ name: textOf(file, name), value: kotlinExpression(file, value), at: place(file, name) }];
  });
}

/** `val port: Int = 8080`; delegates and getters have no value that is seen. */
function propertyOf(node: SyntaxNode): Parameter | undefined {
  const index = node.children.findIndex(({ type }) => type === 'variable_declaration');
  const name = node.children[index]?.children.find(({ type }) => type === 'identifier');
  const value = node.children
    .slice(index + 1)
    .find(({ type }) => !/^(?:property_delegate|getter|setter|type_constraints|modifiers)$/.test(type));
  return name && { name, value };
}

function visitFunction(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const named = childOf(node, 'name');
  const body = node.children.find(({ type }) => type === 'function_body');
  if (!named) {
    visitAll(walk, node.children, scope);
    return;
  }
  const name = textOf(file, named);
  const definition = { name, value: readFunction(file, node, body), at: place(file, named), scope };
  builder.definitions.push(definition);
  if (scope.path.length === 0) builder.exports.push(definition);
  if (name === 'main') {
    const runs = underMainGuard({ ...scope, path: [] });
    builder.calls.push({ callee: [...scope.path, name].join('.'), arguments: [], at: place(file, named), scope: runs });
  }
  if (body) visitAll(walk, body.children, within(scope, name));
}

function readFunction(file: SourceFile, node: SyntaxNode, body: SyntaxNode | undefined): FunctionDefinition {
  const list = node.children.find(({ type }) => type === 'function_value_parameters')?.children ?? [];
  const parameters: { name: string; default?: Expression }[] = [];
  for (const child of list) {
    const name = child.type === 'parameter' ? child.children.find(({ type }) => type === 'identifier') : undefined;
    const last = parameters.at(-1);
    if (name) parameters.push({ name: textOf(file, name) });
    // A default stands behind its parameter.
    else if (last && !/modifiers$/.test(child.type)) last.default = kotlinExpression(file, child);
  }
  const [only] = body?.children ?? [];
  const returns: Expression[] = [];
  if (only && only.type !== 'block') returns.push(kotlinExpression(file, only));
  else collectReturns(file, only, returns);
  return { kind: 'function', parameters, returns, at: place(file, node) };
}

function collectReturns(file: SourceFile, node: SyntaxNode | undefined, returns: Expression[]): void {
  for (const child of node?.children ?? []) {
    if (/^(?:annotated_lambda|lambda_literal|function_declaration|class_declaration)$/.test(child.type)) continue;
    const [value] = child.children;
    if (child.type === 'return_expression' && value) returns.push(kotlinExpression(file, value));
    else collectReturns(file, child, returns);
  }
}

function visitIf(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const condition = childOf(node, 'condition');
  if (condition) visit(walk, condition, scope);
  const test = condition && kotlinExpression(walk.file, condition);
  const branches = node.children.filter((child) => child !== condition);
  for (const [index, branch] of branches.entries()) visit(walk, branch, underCondition(scope, test, index > 0));
}

function visitProperty(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder, types } = walk;
  const property = propertyOf(node);
  if (!property?.value) return;
  const name = textOf(file, property.name);
  const made = /^([A-Z]\w*)/.exec(textOf(file, property.value))?.[1];
  if (made !== undefined) types.set(name, made);
  const definition = { name, value: kotlinExpression(file, property.value), at: place(file, property.name), scope };
  builder.definitions.push(definition);
  if (scope.path.length === 0) builder.exports.push(definition);
}

function define(
  { file, builder }: Walk,
  target: SyntaxNode | undefined,
  value: SyntaxNode | undefined,
  scope: Scope,
): void {
  const name = dottedText(file, target);
  if (!target || !value || name === undefined) return;
  const isPlain = /^\s*=(?!=)/.test(file.text.slice(target.end, value.start));
  const read = isPlain ? kotlinExpression(file, value) : unknownExpression(file, value);
  builder.definitions.push({ name, value: read, at: place(file, target), scope });
}

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder, jvm } = walk;
  const [first] = node.children;
  // The call inside is visited by itself.
  if (first?.type === 'call_expression' && isLambdaCall(node)) return;
  const parts = callParts(file, node);
  if (parts === undefined) return;
  const { callee, values } = parts;
  const [object, member] = callee.type === 'navigation_expression' ? callee.children : [undefined, callee];
  if (member?.type !== 'identifier') return;
  const name = textOf(file, member);
  const receiver = textOf(file, object).slice(0, LONGEST_RECEIVER).replace(/\s+/g, ' ');
  const at = place(file, node);
  const listener = jvmListener(
    { name, creates: object === undefined && /^[A-Z]/.test(name), receiver, ...split(values) },
    jvm,
  );
  if (listener) {
    const { api, ...found } = listener;
    builder.listeners.push({ api: jvmApis[api], ...found, at, scope });
    return;
  }
  if (receiver === 'System' && name === 'setProperty') {
    const [key, value] = values;
    if (key?.value.kind === 'literal' && value) {
      builder.environmentWrites.push({ name: `-D${key.value.value}`, value: value.value, at: key.value.at, scope });
    }
    return;
  }
  if (receiver.startsWith('System')) return;
  const owner = object === undefined ? undefined : (dottedText(file, object) ?? '()');
  builder.calls.push({ callee: owner === undefined ? name : `${owner}.${name}`, arguments: values, at, scope });
}

function split(values: readonly Argument[]) {
  const named = new Map(values.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value] as const])));
  return { values: values.flatMap(({ name, value }) => (name === undefined ? [value] : [])), named };
}
