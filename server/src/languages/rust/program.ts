// Walks a Rust file and collects what it defines, imports, calls and listens on, each with its scope.

import type { Expression } from '../../facts/expression.ts';
import type { Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { underCondition, underMainGuard, within } from '../builder.ts';
import { place, textOf } from '../expressions.ts';
import { typedValue } from './calls.ts';
import { rustExpression } from './expressions.ts';
import { macroItems } from './format.ts';
import { readFunction } from './functions.ts';
import { readListener, rocketListener } from './listeners.ts';
import type { RustFile } from './names.ts';
import { argumentsOf, lastPart, plainPath, usedNames } from './names.ts';
import { tailOf } from './paths.ts';
import { readStruct } from './structs.ts';

interface Walk {
  readonly file: RustFile;
  readonly builder: Builder;
}

export function walkFile(file: RustFile, root: SyntaxNode, builder: Builder, scope: Scope): void {
  const at = place(file, { start: 0, end: 0 });
  for (const local of ['crate', 'super']) builder.imports.push({ module: local, local, private: true, at });
  visitAll({ file, builder }, root.children, scope);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  let attributes = '';
  for (const node of nodes) {
    if (node.type === 'attribute_item') {
      attributes += textOf(walk.file, node).slice(0, 200);
      continue;
    }
    // Tests are not part of the program.
    if (!/\bcfg\(test\)|^#\[(?:\w+::)?test\b/.test(attributes)) visit(walk, node, scope, attributes);
    attributes = '';
  }
}

function visit(walk: Walk, node: SyntaxNode, scope: Scope, attributes = ''): void {
  const { file, builder } = walk;
  switch (node.type) {
    case 'use_declaration':
      visitUse(walk, node);
      return;
    case 'mod_item':
      visitModule(walk, node, scope);
      return;
    case 'function_item':
      visitFunction(walk, node, scope, attributes);
      return;
    case 'impl_item': {
      const type = plainPath(file, childOf(node, 'type')).replace(/<.*$/, '');
      const body = childOf(node, 'body');
      if (body && type !== '')
        visitAll({ file: { ...file, self: lastPart(type) }, builder }, body.children, within(scope, lastPart(type)));
      return;
    }
    case 'struct_item': {
      const name = childOf(node, 'name');
      if (name)
        builder.definitions.push({
          name: textOf(file, name),
          value: readStruct(file, node),
          at: place(file, name),
          scope,
        });
      return;
    }
    case 'const_item':
    case 'static_item': {
      const name = childOf(node, 'name');
      const value = childOf(node, 'value');
      if (name && value) define(walk, textOf(file, name), rustExpression(file, value), name, scope);
      break;
    }
    case 'let_declaration':
      visitLet(walk, node, scope);
      break;
    case 'assignment_expression': {
      const left = childOf(node, 'left');
      const right = childOf(node, 'right');
      const name = left && plainDotted(file, left);
      if (left && right && name !== undefined) define(walk, name, rustExpression(file, right), left, scope);
      break;
    }
    case 'if_expression':
      visitIf(walk, node, scope);
      return;
    case 'match_arm':
    case 'while_expression':
    case 'for_expression':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return;
    case 'macro_invocation':
      visitMacro(walk, node, scope);
      return;
    case 'call_expression':
      visitCall(walk, node, scope);
      break;
  }
  visitAll(walk, node.children, scope);
}

function define({ file, builder }: Walk, name: string, value: Expression, at: SyntaxNode, scope: Scope): void {
  if (name !== '_') builder.definitions.push({ name, value, at: place(file, at), scope });
}

/** `use crate::config::Settings;`; names of a `pub use` are handed on. */
function visitUse({ file, builder }: Walk, node: SyntaxNode): void {
  const isPublic = node.children.some(({ type }) => type === 'visibility_modifier');
  for (const { local, path, node: at } of usedNames(file, node)) {
    const cut = local === '*' ? path.length : path.lastIndexOf('::');
    const found = { local, at: place(file, at), ...(isPublic ? {} : { private: true as const }) };
    if (local === '*') builder.imports.push({ ...found, module: path, name: '*' });
    else if (cut > 0) builder.imports.push({ ...found, module: path.slice(0, cut), name: path.slice(cut + 2) });
    else builder.imports.push({ ...found, module: path });
  }
}

/** `mod config;` is a file, `mod inner { … }` stands here. */
function visitModule(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name) return;
  const local = textOf(file, name);
  const at = place(file, name);
  if (!body) {
    builder.imports.push({ module: `mod ${local}`, local, at });
    return;
  }
  builder.definitions.push({ name: local, value: { kind: 'class', bases: [], members: [], at }, at, scope });
  visitAll(walk, body.children, within(scope, local));
}

function visitFunction(walk: Walk, node: SyntaxNode, scope: Scope, attributes: string): void {
  const { file, builder } = walk;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name) return;
  const own = textOf(file, name);
  const at = place(file, name);
  builder.definitions.push({ name: own, value: readFunction(file, node), at, scope });
  const inner = within(scope, own);
  const isRocket = /^#\[\s*(?:rocket::)?launch\b/.test(attributes);
  if (scope.path.length === 0 && (own === 'main' || isRocket)) {
    builder.calls.push({ callee: own, arguments: [], at, scope: underMainGuard(scope) });
  }
  const tail = body && tailOf(file, body);
  if (isRocket && tail) builder.listeners.push(rocketListener(file, tail, inner));
  if (body) visitAll(walk, body.children, inner);
}

function visitLet(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  const pattern = childOf(node, 'pattern');
  const value = childOf(node, 'value');
  if (!pattern || !value) return;
  const name = pattern.type === 'mut_pattern' ? pattern.children.at(-1) : pattern;
  if (name?.type === 'identifier') {
    const typed = typedValue(file, value, childOf(node, 'type'));
    define(walk, textOf(file, name), typed ?? rustExpression(file, value), name, scope);
  }
}

function visitIf(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  const condition = childOf(node, 'condition');
  const consequence = childOf(node, 'consequence');
  const alternative = childOf(node, 'alternative');
  if (condition) visit(walk, condition, scope);
  const test = condition && condition.type !== 'let_condition' ? rustExpression(file, condition) : undefined;
  if (consequence) visitAll(walk, consequence.children, underCondition(scope, test, false));
  if (alternative) visitAll(walk, alternative.children, underCondition(scope, test, true));
}

/** `lazy_static! { static ref CONFIG: Config = …; }` */
function visitMacro(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const name = textOf(walk.file, childOf(node, 'macro'));
  const tokens = node.children.find(({ type }) => type === 'token_tree');
  if (tokens && /^(?:lazy_static::)?lazy_static$/.test(name)) visitAll(walk, macroItems(walk.file, tokens), scope);
}

/** `self.server.port`, `config.port`; undefined for anything but names and fields. */
function plainDotted(file: RustFile, node: SyntaxNode): string | undefined {
  if (node.type === 'identifier' || node.type === 'self') return textOf(file, node);
  if (node.type !== 'field_expression') return undefined;
  const value = childOf(node, 'value');
  const inner = value && plainDotted(file, value);
  return inner === undefined ? undefined : `${inner}.${textOf(file, childOf(node, 'field'))}`;
}

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const callee = childOf(node, 'function');
  if (!callee) return;
  const target = callee.type === 'generic_function' ? (childOf(callee, 'function') ?? callee) : callee;
  const at = place(file, node);
  const path = target.type === 'field_expression' ? undefined : plainPath(file, target);
  if (path !== undefined && /^(?:dotenv|dotenvy)(?:::(?:dotenv|from_filename|load))?$/.test(path)) {
    const [given] = argumentsOf(node);
    builder.environmentFiles.push(given ? { path: rustExpression(file, given), at } : { at });
    return;
  }
  if (path !== undefined) importRoot(walk, path, target);
  const listener = readListener(file, node, scope);
  if (listener) builder.listeners.push(listener);
  const name = path === undefined ? methodName(file, target) : ownPath(file, path);
  if (!/^[\w.()]+$/.test(name) || /^(?:Ok|Err|Some|String|Vec|Box|Arc)\b/.test(name)) return;
  const values = argumentsOf(node).map((value) => ({ value: rustExpression(file, value) }));
  builder.calls.push({ callee: name, arguments: values, at, scope });
}

/** `shop::run()` names a crate without a `use`. */
function importRoot({ file, builder }: Walk, path: string, node: SyntaxNode): void {
  const root = /^([a-z]\w*)::/.exec(path)?.[1];
  if (root === undefined || file.uses.has(root) || /^(?:crate|self|super|std|core)$/.test(root)) return;
  if (builder.imports.some(({ local }) => local === root)) return;
  builder.imports.push({ module: root, local: root, private: true, at: place(file, node) });
}

function methodName(file: RustFile, target: SyntaxNode): string {
  return plainDotted(file, target) ?? `().${textOf(file, childOf(target, 'field'))}`;
}

function ownPath(file: RustFile, path: string): string {
  return path
    .replace(/^(?:::|self::)/, '')
    .replace(/^Self\b/, file.self ?? 'Self')
    .replaceAll('::', '.');
}
