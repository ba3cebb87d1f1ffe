// Walks a Ruby file and collects what it defines, requires, calls and listens on, each with its scope. Blocks belong to the
// code they stand in. Files that servers read (config/puma.rb, config.ru) are calls like any others.

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { FunctionDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { moduleScope, underCondition, underMainGuard, within } from '../builder.ts';
import { literal, place, textOf, unknownExpression } from '../expressions.ts';
import { dottedText, environmentName, readArguments, rubyExpression } from './expressions.ts';
import { readListener } from './listeners.ts';
import { readSinatra, startsClassic, visitSinatraCall } from './sinatra.ts';

export interface Walk {
  readonly file: SourceFile;
  readonly builder: Builder;
}

export function walkRuby(file: SourceFile, root: SyntaxNode, builder: Builder): void {
  const walk: Walk = { file, builder };
  readOptions(walk);
  readSinatra(walk);
  visitStatements(walk, root.children, moduleScope);
  startsClassic(walk);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) visit(walk, node, scope);
}

/** `#\\ -p 8080` in the first line of config.ru: options for rackup, of old versions. */
function readOptions({ file, builder }: Walk): void {
  if (!file.text.startsWith('#\\')) return;
  const end = file.text.search(/[\r\n]|$/);
  const at = place(file, { start: 0, end });
  builder.definitions.push({ name: '#\\', value: literal(file.text.slice(2, end), at), at, scope: moduleScope });
}

/** Code in a row, where a name alone is a call: `run!`, `main`. */
function visitStatements(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) {
    if (node.type === 'identifier') visitBareCall(walk, node, scope);
    else visit(walk, node, scope);
  }
}

const statements = /^(?:body_statement|block_body|then|else|ensure|begin|do|parenthesized_statements)$/;

function visit(walk: Walk, node: SyntaxNode, scope: Scope): void {
  switch (node.type) {
    case 'class':
    case 'module':
      visitClass(walk, node, scope);
      return;
    case 'method':
    case 'singleton_method':
      visitMethod(walk, node, scope);
      return;
    case 'if':
    case 'unless':
    case 'elsif':
    case 'if_modifier':
    case 'unless_modifier':
      visitIf(walk, node, scope);
      return;
    case 'case':
    case 'while':
    case 'until':
    case 'while_modifier':
    case 'until_modifier':
    case 'rescue_modifier':
    case 'for':
    case 'rescue':
    case 'conditional':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return;
    case 'assignment':
      visitAssignment(walk, node, scope);
      break;
    case 'operator_assignment':
      visitOperator(walk, node, scope);
      break;
    case 'call':
      visitCall(walk, node, scope);
      return;
  }
  if (statements.test(node.type)) visitStatements(walk, node.children, scope);
  else visitAll(walk, node.children, scope);
}

function visitClass(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const name = childOf(node, 'name');
  if (!name) return;
  const superclass = childOf(node, 'superclass')?.children.at(-1);
  const base = dottedText(file, superclass);
  const value = { kind: 'class', bases: base === undefined ? [] : [base], members: [], at: place(file, node) } as const;
  const text = textOf(file, childOf(name, 'name') ?? name);
  builder.definitions.push({ name: text, value, at: place(file, name), scope });
  const body = childOf(node, 'body');
  if (body) visitStatements(walk, body.children, within(scope, text));
}

function visitMethod(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name) return;
  const isConstructor = textOf(file, name) === 'initialize';
  const text = isConstructor ? 'constructor' : textOf(file, name);
  const value: FunctionDefinition = {
    kind: 'function',
    parameters: parametersOf(file, childOf(node, 'parameters')),
    returns: returnsOf(file, body),
    at: place(file, node),
  };
  builder.definitions.push({ name: text, value, at: place(file, name), scope });
  if (body) visitStatements(walk, body.type === 'body_statement' ? body.children : [body], within(scope, text));
}

function parametersOf(file: SourceFile, list: SyntaxNode | undefined): FunctionDefinition['parameters'] {
  return (list?.children ?? []).flatMap((parameter) => {
    if (parameter.type === 'identifier') return [{ name: textOf(file, parameter) }];
    const name = childOf(parameter, 'name');
    const value = childOf(parameter, 'value');
    if (!name) return [];
    return [value ? { name: textOf(file, name), default: rubyExpression(file, value) } : { name: textOf(file, name) }];
  });
}

/** Explicit returns, and the last expression of the body. */
function returnsOf(file: SourceFile, body: SyntaxNode | undefined): readonly Expression[] {
  if (!body) return [];
  if (body.type !== 'body_statement') return [rubyExpression(file, body)];
  const returns: Expression[] = [];
  const collect = (node: SyntaxNode): void => {
    if (/^(?:method|singleton_method|class|lambda|block|do_block)$/.test(node.type)) return;
    const value = node.type === 'return' ? node.children[0]?.children[0] : undefined;
    if (value) returns.push(rubyExpression(file, value));
    else for (const child of node.children) collect(child);
  };
  for (const child of body.children) collect(child);
  const last = body.children.at(-1);
  if (last && last.type !== 'return') returns.push(rubyExpression(file, last));
  return returns;
}

/** `if __FILE__ == $0`, `run! if app_file == $0`. */
function isMainGuard(text: string): boolean {
  return /\$(?:0|PROGRAM_NAME)\b/.test(text) && /__FILE__|app_file/.test(text) && !text.includes('!=');
}

function visitIf(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const condition = childOf(node, 'condition');
  if (condition) visit(walk, condition, scope);
  const guarded = isMainGuard(textOf(walk.file, condition));
  const test = condition && rubyExpression(walk.file, condition);
  const negated = node.type.startsWith('unless');
  const then = guarded ? underMainGuard(scope) : underCondition(scope, test, negated);
  const consequence = childOf(node, 'consequence') ?? childOf(node, 'body');
  const alternative = childOf(node, 'alternative');
  if (consequence) visitStatements(walk, [consequence], then);
  if (alternative) visit(walk, alternative, underCondition(scope, guarded ? undefined : test, !negated));
}

function visitAssignment({ file, builder }: Walk, node: SyntaxNode, scope: Scope): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return;
  const value = rubyExpression(file, right);
  const variable = environmentKey(file, left);
  if (variable !== undefined) {
    builder.environmentWrites.push({ name: variable, value, at: place(file, left), scope });
    return;
  }
  const name = dottedText(file, left);
  if (name !== undefined) builder.definitions.push({ name, value, at: place(file, left), scope });
}

/** `ENV['PORT'] ||= '3000'`, `port ||= 3000`. */
function visitOperator({ file, builder }: Walk, node: SyntaxNode, scope: Scope): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return;
  const isDefault = file.text.slice(left.end, right.start).trim() === '||=';
  const at = place(file, left);
  const variable = environmentKey(file, left);
  const old = rubyExpression(file, left);
  const value: Expression = isDefault
    ? { kind: 'fallback', skips: 'falsy', options: [old, rubyExpression(file, right)], at }
    : unknownExpression(file, node);
  if (variable !== undefined) builder.environmentWrites.push({ name: variable, value, at, scope });
  const name = dottedText(file, left);
  if (name !== undefined) builder.definitions.push({ name, value, at, scope });
}

function environmentKey(file: SourceFile, node: SyntaxNode): string | undefined {
  if (node.type !== 'element_reference' || textOf(file, childOf(node, 'object')) !== 'ENV') return undefined;
  const key = node.children[1] && rubyExpression(file, node.children[1]);
  return key?.kind === 'literal' ? String(key.value) : undefined;
}

function visitBareCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  if (visitSinatraCall(walk, node, textOf(file, node), scope)) return;
  builder.calls.push({ callee: textOf(file, node), arguments: [], at: place(file, node), scope });
}

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const list = childOf(node, 'arguments');
  const receiver = childOf(node, 'receiver');
  const method = textOf(file, childOf(node, 'method'));
  const block = childOf(node, 'block');
  if (receiver) visit(walk, receiver, scope);
  if (list) visitAll(walk, list.children, scope);
  if (block) visitAll(walk, block.children, blockScope(walk, method, list, scope));
  if (!receiver && requires(walk, method, list, node)) return;
  if (visitSinatraCall(walk, node, method, scope)) return;
  const listener = readListener(file, node, scope);
  if (listener) {
    builder.listeners.push(listener);
    return;
  }
  const before = receiver && dottedText(file, receiver);
  if (receiver && before === undefined) return;
  const callee = before === undefined ? method : `${before}.${method}`;
  const at = place(file, node);
  if (/^Dotenv\.(?:load|overload)$/.test(callee)) builder.environmentFiles.push({ at });
  builder.calls.push({ callee, arguments: readArguments(file, list), at, scope });
}

/** `configure :production do`: its block runs in the environments it names. */
function blockScope({ file }: Walk, method: string, list: SyntaxNode | undefined, scope: Scope): Scope {
  const names = list?.children ?? [];
  if (method !== 'configure' || names.length === 0) return scope;
  const [only] = names;
  if (names.length > 1 || only?.type !== 'simple_symbol') return underCondition(scope, undefined, false);
  const at = place(file, only);
  const right = literal(textOf(file, only).slice(1), at);
  const left = environmentName('Sinatra', at);
  return underCondition(scope, { kind: 'comparison', operator: '==', left, right, at }, false);
}

/** `require 'x'`, `require_relative 'x'`. */
function requires({ file, builder }: Walk, method: string, list: SyntaxNode | undefined, node: SyntaxNode): boolean {
  if (method !== 'require' && method !== 'require_relative' && method !== 'load') return false;
  const name = list?.children[0] && rubyExpression(file, list.children[0]);
  if (name?.kind !== 'literal') return true;
  const text = String(name.value);
  const module = method === 'require_relative' && !text.startsWith('.') ? `./${text}` : text;
  builder.imports.push({ module, name: '*', local: '*', at: place(file, node) });
  if (module === 'dotenv/load') builder.environmentFiles.push({ at: place(file, node) });
  return true;
}
