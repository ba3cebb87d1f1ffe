// What names of a Go file stand for: imports by their paths, variables, parameters and fields by the library that their
// value or type comes from. Looked up by the readers of expressions and listeners, before anything is evaluated.

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { textOf } from '../expressions.ts';

/** A file with what its names stand for. */
export interface GoFile extends SourceFile {
  readonly package: string;
  /** Local name to import path: `gin` to `github.com/gin-gonic/gin`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Variables, parameters and fields to the import path of the package whose type or function they come from. */
  readonly libraries: ReadonlyMap<string, string>;
  /** Variables that hold the address of a struct. */
  readonly pointers: ReadonlySet<string>;
  /** Calls that declare a flag: `flags.Int("port", 8080, "")`. */
  readonly flags: readonly SyntaxNode[];
  /** What the receiver of the method around is called. */
  readonly receiver?: string;
  /** The first named result of the function around: what a bare `return` gives back. */
  readonly result?: string;
  /** Names whose value is known where an expression is read. */
  readonly known?: ReadonlyMap<string, Expression>;
}

const FLAG =
  /^(?:String|Int|Uint|Int32|Int64|Uint16|Uint32)(?:Var)?P?$|^(?:StringFlag|IntFlag|UintFlag|Int64Flag|PortFlag)$/;

interface Names {
  package: string;
  readonly imports: Map<string, string>;
  readonly libraries: Map<string, string>;
  readonly pointers: Set<string>;
  readonly flags: SyntaxNode[];
}

export function readNames(file: SourceFile, root: SyntaxNode): GoFile {
  const names: Names = { package: '', imports: new Map(), libraries: new Map(), pointers: new Set(), flags: [] };
  const open = { ...file, ...names };
  visit(open, names, root);
  return { uri: file.uri, text: file.text, ...names };
}

function visit(file: GoFile, names: Names, node: SyntaxNode): void {
  switch (node.type) {
    case 'package_clause':
      names.package = textOf(file, node.children[0]);
      return;
    case 'import_spec': {
      const { local, path } = importOf(file, node);
      names.imports.set(local, path);
      return;
    }
    case 'parameter_declaration':
    case 'field_declaration':
    case 'var_spec':
      readDeclared(file, names, node);
      break;
    case 'short_var_declaration':
    case 'assignment_statement':
      readAssigned(file, names, node);
      break;
    case 'keyed_element': {
      const [key, value] = node.children.map((child) => child.children[0] ?? child);
      if (key?.type === 'identifier' && value) setLibrary(names, textOf(file, key), libraryOf(file, value));
      break;
    }
    case 'call_expression':
    case 'composite_literal':
      if (FLAG.test(lastName(file, childOf(node, node.type === 'call_expression' ? 'function' : 'type')))) {
        names.flags.push(node);
      }
      break;
  }
  for (const child of node.children) visit(file, names, child);
}

function lastName(file: SourceFile, node: SyntaxNode | undefined): string {
  const text = textOf(file, node).slice(-40);
  return text.slice(text.lastIndexOf('.') + 1);
}

function readDeclared(file: GoFile, names: Names, node: SyntaxNode): void {
  const type = childOf(node, 'type');
  const value = childOf(node, 'value')?.children[0];
  const library = (type && typeLibrary(file, type)) ?? (value && libraryOf(file, value));
  for (const child of node.children) {
    if (child.field === 'name') setLibrary(names, textOf(file, child), library);
  }
}

function readAssigned(file: GoFile, names: Names, node: SyntaxNode): void {
  const left = childOf(node, 'left')?.children ?? [];
  const right = childOf(node, 'right')?.children ?? [];
  const [value] = right;
  if (value === undefined) return;
  for (const [index, target] of left.entries()) {
    const held = right.length === left.length ? (right[index] ?? value) : value;
    const name = target.type === 'selector_expression' ? textOf(file, childOf(target, 'field')) : textOf(file, target);
    // Of `server, err := …` only the first comes from the library.
    if (index === 0 || right.length > 1) setLibrary(names, name, libraryOf(file, held));
    if (isAddress(file, held)) names.pointers.add(name);
  }
}

function isAddress(file: SourceFile, node: SyntaxNode): boolean {
  if (node.type === 'unary_expression') return file.text[node.start] === '&';
  return node.type === 'call_expression' && textOf(file, childOf(node, 'function')) === 'new';
}

function setLibrary(names: Names, name: string, library: string | undefined): void {
  if (library !== undefined && name !== '_' && name !== 'err') names.libraries.set(name, library);
}

/** `*gin.Engine` */
function typeLibrary(file: GoFile, node: SyntaxNode): string | undefined {
  if (node.type === 'pointer_type' || node.type === 'generic_type') {
    const inner = node.children.find(({ type }) => type !== '*');
    return inner && typeLibrary(file, inner);
  }
  return node.type === 'qualified_type' ? file.imports.get(textOf(file, childOf(node, 'package'))) : undefined;
}

/** The import path of the package that a value comes from, as far as the file shows it. */
export function libraryOf(file: GoFile, node: SyntaxNode, depth = 0): string | undefined {
  if (depth > 12) return undefined;
  switch (node.type) {
    case 'identifier':
      return file.libraries.get(textOf(file, node)) ?? file.imports.get(textOf(file, node));
    case 'selector_expression': {
      const operand = childOf(node, 'operand');
      const field = file.libraries.get(textOf(file, childOf(node, 'field')));
      const isPackage = operand?.type === 'identifier' && file.imports.has(textOf(file, operand));
      return (isPackage ? undefined : field) ?? (operand && libraryOf(file, operand, depth + 1));
    }
    case 'call_expression': {
      const callee = childOf(node, 'function');
      const [first] = argumentsOf(node);
      if (textOf(file, callee) === 'new' && first) return typeLibrary(file, first);
      return callee && libraryOf(file, callee, depth + 1);
    }
    case 'composite_literal': {
      const type = childOf(node, 'type');
      return type && typeLibrary(file, type);
    }
    case 'unary_expression':
    case 'parenthesized_expression': {
      const inner = node.children.at(-1);
      return inner && libraryOf(file, inner, depth + 1);
    }
    default:
      return undefined;
  }
}

export interface ImportedPackage {
  readonly local: string;
  readonly path: string;
}

export function importOf(file: SourceFile, node: SyntaxNode): ImportedPackage {
  const path = textOf(file, childOf(node, 'path')).replace(/^["`]|["`]$/g, '');
  const name = childOf(node, 'name');
  return { local: name ? textOf(file, name) : packageName(path), path };
}

/** The name of a package by habit: the last part of its path without version, `go-` and `.go`. */
export function packageName(path: string): string {
  const parts = path.split('/');
  const last = /^v\d+$/.test(parts.at(-1) ?? '') && parts.length > 1 ? parts.at(-2) : parts.at(-1);
  return (last ?? path)
    .replace(/\.v\d+$/, '')
    .replace(/^go-|[-.]go$/g, '')
    .replaceAll('-', '');
}

/** An import path without the version that a major release adds. */
export function withoutVersion(path: string): string {
  return path.replace(/\/v\d+(?=\/|$)/, '').replace(/\.v\d+$/, '');
}

export function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return childOf(node, 'arguments')?.children ?? [];
}

/** The full name of a package's function or variable: `net/http.ListenAndServe`; a built-in by its own name. */
export function fullName(file: GoFile, node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'identifier') return textOf(file, node);
  if (node?.type !== 'selector_expression') return undefined;
  const operand = childOf(node, 'operand');
  if (operand?.type !== 'identifier') return undefined;
  const path = file.imports.get(textOf(file, operand));
  return path === undefined ? undefined : `${withoutVersion(path)}.${textOf(file, childOf(node, 'field'))}`;
}

/** `a.b.c` as written, the receiver as `self`; undefined for anything but names and fields. */
export function plainDotted(file: GoFile, node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'identifier') {
    const name = textOf(file, node);
    return name === file.receiver ? 'self' : name;
  }
  if (
    node?.type === 'parenthesized_expression' ||
    (node?.type === 'unary_expression' && '&*'.includes(file.text[node.start] ?? ' '))
  ) {
    return plainDotted(file, node.children.at(-1));
  }
  if (node?.type !== 'selector_expression') return undefined;
  const inner = plainDotted(file, childOf(node, 'operand'));
  return inner === undefined ? undefined : `${inner}.${textOf(file, childOf(node, 'field'))}`;
}

/** The text of a string literal. */
export function stringText(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  return node && /^(?:interpreted|raw)_string_literal$/.test(node.type) && node.end - node.start >= 2
    ? file.text.slice(node.start + 1, node.end - 1)
    : undefined;
}
