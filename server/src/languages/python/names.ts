// What names of a Python file stand for: imports by their full dotted name, variables by the call they were made with.
// Looked up by the readers of expressions and listeners, before anything is evaluated.

import type { SourceFile } from '../../base/text.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { textOf } from '../expressions.ts';

/** A file with what its names stand for. */
export interface PythonFile extends SourceFile {
  /** Local name to full name: `Flask` to `flask.Flask`, `np` to `numpy`. */
  readonly imports: ReadonlyMap<string, string>;
  /** `app`, `self.app` to the call they were assigned from. */
  readonly created: ReadonlyMap<string, SyntaxNode>;
  /** The base classes of the file's own classes, as written. */
  readonly bases: ReadonlyMap<string, readonly SyntaxNode[]>;
  /** Own classes with a constructor of their own: their arguments are not those of the base class. */
  readonly constructed: ReadonlySet<string>;
  /** `super().__init__(…)`, with the class that it stands in. */
  readonly superCalls: ReadonlyMap<SyntaxNode, string>;
  /** The name that a function of this file returns. */
  readonly returned: ReadonlyMap<string, string>;
  /** Calls of `add_argument`, in order. */
  readonly options: readonly SyntaxNode[];
  /** Calls of tornado's `define` and absl's `DEFINE_integer`. */
  readonly flags: readonly SyntaxNode[];
  /** Assignments to `X.bind`. */
  readonly binds: ReadonlyMap<string, SyntaxNode>;
  /** Decorators that make a function a command: `@app.command()`. */
  readonly commands: number;
  /** Functions handed to `typer.run` and `Fire`. */
  readonly started: ReadonlySet<string>;
  /** Whether anything is called `….listen(…)`. */
  readonly listens: boolean;
}

const DEEPEST = 6;

export function readNames(file: SourceFile, root: SyntaxNode): PythonFile {
  const names = {
    imports: new Map<string, string>(),
    created: new Map<string, SyntaxNode>(),
    bases: new Map<string, readonly SyntaxNode[]>(),
    constructed: new Set<string>(),
    superCalls: new Map<SyntaxNode, string>(),
    returned: new Map<string, string>(),
    options: [] as SyntaxNode[],
    flags: [] as SyntaxNode[],
    binds: new Map<string, SyntaxNode>(),
    commands: 0,
    started: new Set<string>(),
    listens: false,
  };
  const visit = (node: SyntaxNode, inFunction: string | undefined, inClass: string | undefined): void => {
    let within = inFunction;
    let owner = inClass;
    switch (node.type) {
      case 'import_statement':
      case 'import_from_statement':
        for (const item of importedNames(file, node)) {
          const full = item.name === undefined ? item.module : `${item.module}.${item.name}`;
          if (item.name !== '*') names.imports.set(item.local, full);
        }
        return;
      case 'class_definition':
        owner = textOf(file, childOf(node, 'name'));
        names.bases.set(owner, positionalArguments(childOf(node, 'superclasses')));
        break;
      case 'function_definition':
        within = textOf(file, childOf(node, 'name'));
        if (within === '__init__' && owner !== undefined) names.constructed.add(owner);
        break;
      case 'return_statement':
        if (within !== undefined && node.children[0]?.type === 'identifier') {
          names.returned.set(within, textOf(file, node.children[0]));
        }
        break;
      case 'decorator':
        if (/^@\w+\.(?:command|default)\b/.test(textOf(file, node).slice(0, 80))) names.commands++;
        break;
      case 'assignment':
        readAssignment(file, node, names);
        break;
      case 'as_pattern': {
        const alias = childOf(node, 'alias')?.children[0];
        const value = node.children[0];
        if (alias && value?.type === 'call') names.created.set(textOf(file, alias), value);
        break;
      }
      case 'call': {
        const callee = textOf(file, childOf(node, 'function')).slice(-40);
        if (callee === 'super().__init__' && owner !== undefined) names.superCalls.set(node, owner);
        if (callee.endsWith('.listen')) names.listens = true;
        if (/(?:^|\.)(?:typer\.run|Fire)$/.test(callee)) {
          const [started] = positionalArguments(childOf(node, 'arguments'));
          if (started) names.started.add(textOf(file, started));
        }
        if (callee.endsWith('.add_argument')) names.options.push(node);
        if (/(?:^|\.)(?:define|DEFINE_(?:integer|string))$/.test(callee)) names.flags.push(node);
        break;
      }
    }
    for (const child of node.children) visit(child, within, owner);
  };
  visit(root, undefined, undefined);
  return { uri: file.uri, text: file.text, ...names };
}

function readAssignment(
  file: SourceFile,
  node: SyntaxNode,
  names: { readonly created: Map<string, SyntaxNode>; readonly binds: Map<string, SyntaxNode> },
): void {
  const left = childOf(node, 'left');
  const right = unwrap(childOf(node, 'right'));
  if (!left || !right) return;
  const name = plainDotted(file, left);
  if (name === undefined) return;
  if (right.type === 'call' && !names.created.has(name)) names.created.set(name, right);
  if (name.endsWith('.bind')) names.binds.set(name.slice(0, -'.bind'.length), right);
}

/** Without parentheses and `await` around it. */
export function unwrap(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let current = node;
  while (current && (current.type === 'parenthesized_expression' || current.type === 'await')) {
    current = current.children[0];
  }
  return current;
}

export interface ImportedName {
  readonly module: string;
  readonly name?: string;
  readonly local: string;
  readonly node: SyntaxNode;
}

/** The names that an import statement binds. */
export function importedNames(file: SourceFile, node: SyntaxNode): readonly ImportedName[] {
  const source = childOf(node, 'module_name');
  const from = node.type === 'import_from_statement' ? textOf(file, source).replace(/\s+/g, '') : undefined;
  const found: ImportedName[] = [];
  for (const child of node.children) {
    if (child === source) continue;
    if (child.type === 'wildcard_import' && from !== undefined) {
      found.push({ module: from, name: '*', local: '*', node: child });
    }
    if (child.field !== 'name') continue;
    const aliased = child.type === 'aliased_import';
    const name = textOf(file, aliased ? childOf(child, 'name') : child);
    const local = aliased ? textOf(file, childOf(child, 'alias')) : name;
    if (name === '' || local === '') continue;
    found.push(from === undefined ? { module: name, local, node: child } : { module: from, name, local, node: child });
  }
  return found;
}

export function positionalArguments(list: SyntaxNode | undefined): readonly SyntaxNode[] {
  return (list?.children ?? []).filter(
    ({ type }) => type !== 'keyword_argument' && type !== 'list_splat' && type !== 'dictionary_splat',
  );
}

export function keywordArgument(file: SourceFile, list: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  const found = list?.children.find(
    (child) => child.type === 'keyword_argument' && textOf(file, childOf(child, 'name')) === name,
  );
  return found && childOf(found, 'value');
}

/** `a.b.c` as written; undefined for anything but names and attributes. */
export function plainDotted(file: SourceFile, node: SyntaxNode): string | undefined {
  if (node.type === 'identifier') return textOf(file, node);
  if (node.type !== 'attribute') return undefined;
  const object = childOf(node, 'object');
  const inner = object && plainDotted(file, object);
  return inner === undefined ? undefined : `${inner}.${textOf(file, childOf(node, 'attribute'))}`;
}

/**
 * The full name of what an expression stands for, through imports and assignments: `app.run` of `app = Flask(…)` is
 * `flask.Flask().run`. Undefined where it is neither a name, an attribute nor a call.
 */
export function fullName(file: PythonFile, node: SyntaxNode | undefined, depth = 0): string | undefined {
  const inner = unwrap(node);
  if (!inner || depth > DEEPEST) return undefined;
  switch (inner.type) {
    case 'identifier':
      return nameOf(file, textOf(file, inner), depth);
    case 'attribute': {
      const plain = plainDotted(file, inner);
      const made = plain === undefined ? undefined : file.created.get(plain);
      if (made) return fullName(file, made, depth + 1);
      const imported = plain === undefined ? undefined : file.imports.get(plain);
      if (imported !== undefined) return imported;
      const object = fullName(file, childOf(inner, 'object'), depth);
      return object === undefined ? undefined : `${object}.${textOf(file, childOf(inner, 'attribute'))}`;
    }
    case 'call': {
      const callee = fullName(file, childOf(inner, 'function'), depth);
      if (callee === undefined) return undefined;
      const returned = file.returned.get(callee);
      if (returned !== undefined && file.created.has(returned)) return nameOf(file, returned, depth + 1);
      return `${callee}()`;
    }
    default:
      return undefined;
  }
}

/** The full name that a plain name stands for. */
export function nameOf(file: PythonFile, name: string, depth = 0): string {
  const made = file.created.get(name);
  if (made) return fullName(file, made, depth + 1) ?? name;
  if (file.bases.has(name)) return baseOf(file, name, depth) ?? name;
  return file.imports.get(name) ?? name;
}

/** A class of this file stands for the library class it is made from. */
function baseOf(file: PythonFile, name: string, depth: number): string | undefined {
  for (const base of file.bases.get(name) ?? []) {
    if (textOf(file, base) === name) continue;
    const full = fullName(file, base, depth + 1);
    if (full?.includes('.') && !/Mixin|MixIn/.test(full)) return full;
  }
  return undefined;
}

/** Whether the file imports a package. */
export function importsPackage(file: PythonFile, name: string): boolean {
  for (const full of file.imports.values()) {
    if (full === name || full.startsWith(`${name}.`)) return true;
  }
  return importsAll(file, name);
}

function importsAll(file: PythonFile, name: string): boolean {
  return new RegExp(`^[ \\t]*from ${name}[\\w.]* import \\*`, 'm').test(file.text);
}
