// Imports and exports of a JavaScript or TypeScript file, of ES modules and of CommonJS.

import type { Expression } from '../../facts/expression.ts';
import type { Import, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { memberExpression, nameExpression, place, textOf } from '../expressions.ts';
import { requireExpression } from './expressions.ts';
import { isServedObject, readListener } from './listeners.ts';
import {
  importedNames,
  isFunction,
  openRequire,
  patternNames,
  plainDotted,
  requiredModule,
  stringText,
  unwrap,
} from './names.ts';
import { keyText } from './objects.ts';
import { bunExport } from './signatures.ts';
import type { Walk } from './walk.ts';
import { define, read } from './walk.ts';

export function visitImport(walk: Walk, node: SyntaxNode): void {
  for (const { node: at, ...found } of importedNames(walk.file, node)) {
    addImport(walk, { ...found, at: place(walk.file, at) });
  }
}

/** `import 'dotenv/config'` reads `.env` when it is imported. */
function addImport({ builder }: Walk, found: Import): void {
  builder.imports.push(found);
  if (found.module === 'dotenv/config') builder.environmentFiles.push({ at: found.at });
}

/** `const config = require('./config')` and `const { port } = require('./config')`; false for any other declaration. */
export function visitRequire({ file, builder }: Walk, name: SyntaxNode, value: SyntaxNode): boolean {
  const required = requiredModule(file, value);
  if (!required) return false;
  const { module } = required;
  if (name.type === 'identifier') {
    builder.imports.push({ ...required, local: textOf(file, name), at: place(file, name) });
    return true;
  }
  if (name.type !== 'object_pattern' || required.name !== undefined) return false;
  const parts = name.children.map((part) => ({ part, names: patternNames(file, part) }));
  if (parts.some(({ names }) => names.length === 0)) return false;
  for (const { part, names } of parts) {
    const [key = '', local = ''] = names;
    builder.imports.push({ module, name: key, local, at: place(file, part) });
  }
  return true;
}

/** `require('./server')` in the midst of an expression: the file runs, and no name is bound. */
export function visitInnerRequire(walk: Walk, call: SyntaxNode): boolean {
  const required = requiredModule(walk.file, call);
  if (!required) {
    const open = openRequire(walk.file, call);
    if (open) addImport(walk, { module: textOf(walk.file, open).slice(0, 60), local: '', at: place(walk.file, call) });
    return false;
  }
  addImport(walk, { module: required.module, local: '', at: place(walk.file, call) });
  return true;
}

function exportAs(walk: Walk, name: string, value: Expression, node: SyntaxNode, scope: Scope): void {
  walk.builder.exports.push({ name, value, at: place(walk.file, node), scope });
}

/** A function or class without a name is defined under one that no program can use, and exported by it. */
function exportedValue(walk: Walk, node: SyntaxNode, standIn: string, scope: Scope): Expression {
  const value = unwrap(node) ?? node;
  const isClass = value.type === 'class' || value.type === 'class_declaration';
  if (!isFunction(value) && !isClass && value.type !== 'function_declaration') return read(walk, node);
  const name = childOf(value, 'name') ? textOf(walk.file, childOf(value, 'name')) : standIn;
  walk.defineCode(name, value, scope);
  return nameExpression(name, place(walk.file, node));
}

export function visitExport(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const module = stringText(file, childOf(node, 'source'));
  if (module !== undefined) {
    visitReExport(walk, node, module, scope);
    return;
  }
  for (const child of node.children) if (child.type === 'decorator') walk.visit(child, scope);
  const declaration = childOf(node, 'declaration');
  const value = childOf(node, 'value');
  const isDefault = node.children.some(({ type }) => type === 'default');
  if (isDefault && (declaration ?? value)) {
    exportDefault(walk, declaration ?? value ?? node, scope);
    return;
  }
  if (declaration) {
    const before = builder.definitions.length;
    walk.visit(declaration, scope);
    const added = builder.definitions.slice(before).filter((found) => found.scope.path.length === scope.path.length);
    builder.exports.push(...added.filter(({ name }) => /^[\w$]+$/.test(name)));
    return;
  }
  const clause = node.children.find(({ type }) => type === 'export_clause');
  for (const specifier of clause?.children ?? []) {
    const local = childOf(specifier, 'name');
    if (!local) continue;
    const name = textOf(file, childOf(specifier, 'alias') ?? local);
    exportAs(walk, name, nameExpression(textOf(file, local), place(file, local)), specifier, scope);
  }
  // TypeScript's `export = app`.
  const [assigned] = node.children;
  if (!clause && assigned && /^export\s*=/.test(textOf(file, node))) exportWhole(walk, assigned, scope);
}

function exportDefault(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const object = unwrap(node);
  if (object?.type === 'object' && isServedObject(file, object)) {
    builder.listeners.push(readListener(file, object, bunExport, scope));
  }
  const value = exportedValue(walk, node, 'default', scope);
  if (!isCode(object)) walk.visit(node, scope);
  exportAs(walk, 'default', value, node, scope);
}

function isCode(node: SyntaxNode | undefined): boolean {
  return isFunction(node) || /^(?:class|class_declaration|function_declaration)$/.test(node?.type ?? '');
}

function visitReExport(walk: Walk, node: SyntaxNode, module: string, scope: Scope): void {
  const { file, builder } = walk;
  const at = place(file, node);
  const whole = requireExpression(module, at);
  const clause = node.children.find(({ type }) => type === 'export_clause');
  const namespace = node.children.find(({ type }) => type === 'namespace_export');
  builder.imports.push(clause || namespace ? { module, local: '', at } : { module, name: '*', local: '*', at });
  if (namespace) {
    const name = namespace.children.find(({ type }) => type === 'identifier');
    if (name) exportAs(walk, textOf(file, name), whole, name, scope);
  }
  for (const specifier of clause?.children ?? []) {
    const source = childOf(specifier, 'name');
    if (!source) continue;
    const value = memberExpression(whole, textOf(file, source), place(file, source));
    exportAs(walk, textOf(file, childOf(specifier, 'alias') ?? source), value, specifier, scope);
  }
}

/** `module.exports = …`, `exports.port = …`; false for any other assignment. */
export function visitExportsAssignment(walk: Walk, left: SyntaxNode, right: SyntaxNode, scope: Scope): boolean {
  const target = plainDotted(walk.file, left);
  if (target === undefined || !/^(?:module\.)?exports(?:\.|$)/.test(target)) return false;
  const name = target.replace(/^(?:module\.)?exports\.?/, '');
  let value: SyntaxNode = right;
  while (value.type === 'assignment_expression') {
    const inner = childOf(value, 'right');
    if (!inner) break;
    value = inner;
  }
  if (name === '') {
    // `exports = …` alone binds a local name only.
    if (target !== 'exports' || value !== right) exportWhole(walk, value, scope);
    return true;
  }
  const exported = exportedValue(walk, value, name, scope);
  if (!isCode(unwrap(value))) walk.visit(value, scope);
  exportAs(walk, name, exported, left, scope);
  define(walk, target, exported, left, scope);
  return true;
}

function exportWhole(walk: Walk, value: SyntaxNode, scope: Scope): void {
  const inner = unwrap(value) ?? value;
  if (inner.type !== 'object') {
    const exported = exportedValue(walk, value, 'module.exports', scope);
    if (!isCode(inner)) walk.visit(value, scope);
    exportAs(walk, '*', exported, value, scope);
    return;
  }
  // Functions written inside of the object are functions of the file.
  const object = read(walk, inner);
  const code = new Map<string, SyntaxNode>();
  for (const child of inner.children) {
    const key = keyText(walk.file, childOf(child, child.type === 'pair' ? 'key' : 'name'));
    const held = child.type === 'method_definition' ? child : childOf(child, 'value');
    if (key !== undefined && held && isFunction(held)) {
      code.set(key, held);
      walk.defineCode(key, held, scope);
    } else {
      walk.visit(child, scope);
    }
  }
  if (object.kind !== 'object') return;
  const entries = object.entries.map((entry) =>
    code.has(entry.key) ? { ...entry, value: nameExpression(entry.key, entry.at) } : entry,
  );
  exportAs(walk, '*', { ...object, entries }, value, scope);
}
