// What names of a JavaScript or TypeScript file stand for: imports by their module and name, variables by the call they
// were made with. Looked up by the readers of expressions and listeners, before anything is evaluated.

import type { SourceFile } from '../../base/text.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { textOf, unescapeText } from '../expressions.ts';

/** A file with what its names stand for. */
export interface ScriptFile extends SourceFile {
  /** Local name to full name: `express`, `http.createServer`, `./config.port`; without `node:`. */
  readonly imports: ReadonlyMap<string, string>;
  /** `app`, `this.app` to the expression they were first given: a call, or a piece of `process`. */
  readonly created: ReadonlyMap<string, SyntaxNode>;
  /** Variables that are object literals. */
  readonly objects: ReadonlyMap<string, SyntaxNode>;
  /** The base class of each of the file's own classes. */
  readonly classes: ReadonlyMap<string, SyntaxNode | undefined>;
  /** The name that a function of this file returns. */
  readonly returned: ReadonlyMap<string, string>;
  /** `app.set('port', X)`: `app.port` to each X. */
  readonly sets: ReadonlyMap<string, readonly SyntaxNode[]>;
  /** Calls of `.option(…)`, `.default(…)`, in order. */
  readonly options: readonly SyntaxNode[];
  /** Parameters of the functions without a name around the node that is being read: they hide what has their name. */
  readonly hidden: Set<string>;
}

const DEEPEST = 8;

interface Names {
  readonly imports: Map<string, string>;
  readonly created: Map<string, SyntaxNode>;
  readonly objects: Map<string, SyntaxNode>;
  readonly classes: Map<string, SyntaxNode | undefined>;
  readonly returned: Map<string, string>;
  readonly sets: Map<string, SyntaxNode[]>;
  readonly options: SyntaxNode[];
}

export function readNames(file: SourceFile, root: SyntaxNode): ScriptFile {
  const names: Names = {
    imports: new Map(),
    created: new Map(),
    objects: new Map(),
    classes: new Map(),
    returned: new Map(),
    sets: new Map(),
    options: [],
  };
  visit(file, names, root, undefined);
  return { uri: file.uri, text: file.text, ...names, hidden: new Set() };
}

function visit(file: SourceFile, names: Names, node: SyntaxNode, inFunction: string | undefined): void {
  let within = inFunction;
  switch (node.type) {
    case 'import_statement':
      for (const item of importedNames(file, node)) {
        names.imports.set(item.local, fullImport(item.module, item.name));
      }
      return;
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'class':
      names.classes.set(textOf(file, childOf(node, 'name')), baseClass(node));
      break;
    case 'function_declaration':
    case 'method_definition':
      within = textOf(file, childOf(node, 'name'));
      break;
    case 'return_statement':
      if (within !== undefined && node.children[0]?.type === 'identifier') {
        names.returned.set(within, textOf(file, node.children[0]));
      }
      break;
    case 'variable_declarator': {
      const name = childOf(node, 'name');
      const value = childOf(node, 'value');
      if (name && value) readBinding(file, names, name, value);
      if (name?.type === 'identifier' && isFunction(value)) within = textOf(file, name);
      break;
    }
    case 'assignment_expression':
    case 'public_field_definition':
    case 'field_definition':
      readAssignment(file, names, node);
      break;
    case 'call_expression':
      readCall(file, names, node);
      break;
  }
  for (const child of node.children) visit(file, names, child, within);
}

export function isFunction(node: SyntaxNode | undefined): boolean {
  return (
    node !== undefined &&
    /^(?:arrow_function|function_expression|function|generator_function|method_definition)$/.test(node.type)
  );
}

export function baseClass(node: SyntaxNode): SyntaxNode | undefined {
  const heritage = node.children.find(({ type }) => type === 'class_heritage');
  const clause = heritage?.children.find(({ type }) => type === 'extends_clause');
  return clause ? childOf(clause, 'value') : heritage?.children[0];
}

function readBinding(file: SourceFile, names: Names, name: SyntaxNode, value: SyntaxNode): void {
  const required = requiredModule(file, value);
  if (name.type === 'identifier') {
    const local = textOf(file, name);
    if (required) names.imports.set(local, fullImport(required.module, required.name));
    else create(file, names, local, value);
    return;
  }
  if (!required || required.name !== undefined || name.type !== 'object_pattern') return;
  for (const part of name.children) {
    const [key, local] = patternNames(file, part);
    if (key !== undefined && local !== undefined) names.imports.set(local, fullImport(required.module, key));
  }
}

/** `port` and `port: local` of an object pattern, without a default. */
export function patternNames(file: SourceFile, part: SyntaxNode): readonly [string?, string?] {
  if (part.type === 'shorthand_property_identifier_pattern') return [textOf(file, part), textOf(file, part)];
  const value = part.type === 'pair_pattern' ? childOf(part, 'value') : undefined;
  if (value?.type !== 'identifier') return [];
  return [textOf(file, childOf(part, 'key')), textOf(file, value)];
}

function readAssignment(file: SourceFile, names: Names, node: SyntaxNode): void {
  const isField = node.type !== 'assignment_expression';
  const left = isField ? (childOf(node, 'name') ?? childOf(node, 'property')) : childOf(node, 'left');
  const right = childOf(node, isField ? 'value' : 'right');
  const name = left && (isField ? `this.${textOf(file, left)}` : plainDotted(file, left));
  if (name !== undefined && right) create(file, names, name, right);
}

function create(file: SourceFile, names: Names, name: string, value: SyntaxNode): void {
  const inner = unwrap(value);
  if (inner?.type === 'object') names.objects.set(name, inner);
  const isMade = inner?.type === 'call_expression' || inner?.type === 'new_expression';
  const property = inner?.type === 'member_expression' ? textOf(file, childOf(inner, 'property')) : '';
  const isProcess = property === 'argv' || (property === 'env' && /^(?:process|Bun)\.env$/.test(textOf(file, inner)));
  if (inner && (isMade || isProcess) && !names.created.has(name)) names.created.set(name, inner);
}

function readCall(file: SourceFile, names: Names, node: SyntaxNode): void {
  const callee = childOf(node, 'function');
  if (callee?.type !== 'member_expression') return;
  const method = textOf(file, childOf(callee, 'property'));
  if (method === 'option' || method === 'default' || method === 'options') names.options.push(node);
  if (method !== 'set') return;
  const [key, value] = argumentsOf(node);
  const object = childOf(callee, 'object');
  const receiver = object && plainDotted(file, object);
  const text = stringText(file, key);
  if (receiver === undefined || text === undefined || !value) return;
  const name = `${receiver}.${text}`;
  names.sets.set(name, [...(names.sets.get(name) ?? []), value]);
}

export interface ImportedName {
  readonly module: string;
  readonly name?: string;
  readonly local: string;
  readonly node: SyntaxNode;
}

/** What an import statement binds; types alone bind nothing when the program runs. */
export function importedNames(file: SourceFile, node: SyntaxNode): readonly ImportedName[] {
  const requireClause = node.children.find(({ type }) => type === 'import_require_clause');
  const source = childOf(requireClause ?? node, 'source');
  const module = stringText(file, source);
  if (module === undefined || /^import\s+type\b(?!\s*(?:,|from\b))/.test(textOf(file, node))) return [];
  if (requireClause) {
    const [local] = requireClause.children;
    return local ? [{ module, local: textOf(file, local), node: local }] : [];
  }
  const clause = node.children.find(({ type }) => type === 'import_clause');
  if (!clause) return [{ module, local: '', node }];
  return clause.children.flatMap((part): readonly ImportedName[] => {
    if (part.type === 'identifier') return [{ module, name: 'default', local: textOf(file, part), node: part }];
    if (part.type === 'namespace_import') {
      const local = part.children.find(({ type }) => type === 'identifier');
      return local ? [{ module, name: '*', local: textOf(file, local), node: local }] : [];
    }
    return part.children.flatMap((specifier) => {
      const name = childOf(specifier, 'name');
      const local = childOf(specifier, 'alias') ?? name;
      if (!name || !local) return [];
      return [
        { module, name: stringText(file, name) ?? textOf(file, name), local: textOf(file, local), node: specifier },
      ];
    });
  });
}

function fullImport(module: string, name: string | undefined): string {
  const plain = module.replace(/^(?:node|npm|jsr):/, '').replace(/(?<=[^@])@\^?\d[\w.]*$/, '');
  return name === undefined || name === 'default' || name === '*' ? plain : `${plain}.${name}`;
}

/** `require('./x')`, `await import('./x')`, also behind `__importDefault(…)`, and one property of it. */
export function requiredModule(
  file: SourceFile,
  node: SyntaxNode | undefined,
): { readonly module: string; readonly name?: string } | undefined {
  const inner = unwrap(node);
  if (inner?.type === 'member_expression') {
    const whole = requiredModule(file, childOf(inner, 'object'));
    const name = textOf(file, childOf(inner, 'property'));
    return whole && whole.name === undefined && name !== '' ? { ...whole, name } : undefined;
  }
  if (inner?.type !== 'call_expression') return undefined;
  const callee = childOf(inner, 'function');
  const [first] = argumentsOf(inner);
  if (/^(?:\w+\.)?__(?:importDefault|importStar|toESM)$/.test(textOf(file, callee).slice(0, 60))) {
    return requiredModule(file, first);
  }
  const module = isRequire(file, callee) ? (stringText(file, first) ?? besideFile(file, first)) : undefined;
  return module === undefined ? undefined : { module };
}

function isRequire(file: SourceFile, callee: SyntaxNode | undefined): boolean {
  return callee?.type === 'import' || (callee?.type === 'identifier' && textOf(file, callee) === 'require');
}

/** `path.join(__dirname, 'server')` and `__dirname + '/server'`: a file beside this one. */
function besideFile(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  const text = node === undefined ? '' : textOf(file, node).slice(0, 200);
  const [, joined, added] =
    /^(?:\w+\.)?(?:join|resolve)\(\s*__dirname\s*,\s*['"]([^'"`$]+)['"]\s*\)$|^__dirname\s*\+\s*['"]\/([^'"`$]+)['"]$/.exec(
      text,
    ) ?? [];
  const path = joined ?? added;
  return path === undefined || path.startsWith('/') ? undefined : `./${path}`;
}

/** What `require(…)` or `import(…)` is given, where only a run decides which module that is. */
export function openRequire(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const [first] = argumentsOf(call);
  const isOpen = call.type === 'call_expression' && isRequire(file, childOf(call, 'function'));
  return isOpen && first !== undefined && requiredModule(file, call) === undefined ? first : undefined;
}

/** Without what does not change a value: parentheses, `await`, `as T`, `satisfies T`, `!`, `<T>`, `(0, f)`. */
export function unwrap(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let current = node;
  for (;;) {
    switch (current?.type) {
      case 'parenthesized_expression':
      case 'await_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'non_null_expression':
        current = current.children[0];
        break;
      case 'type_assertion':
      case 'sequence_expression':
        current = current.children.at(-1);
        break;
      default:
        return current;
    }
  }
}

export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  const list = childOf(call, 'arguments');
  return list?.type === 'arguments' ? list.children : [];
}

/** The text of a string literal, or of a template without substitutions. */
export function stringText(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  const isTemplate =
    node?.type === 'template_string' && !node.children.some(({ type }) => type === 'template_substitution');
  if (!node || (node.type !== 'string' && !isTemplate) || node.end - node.start < 2) return undefined;
  return unescapeText(file.text.slice(node.start + 1, node.end - 1));
}

/** `a.b.c` as written; undefined for anything but names and members. */
export function plainDotted(file: SourceFile, node: SyntaxNode): string | undefined {
  const inner = unwrap(node);
  if (inner?.type === 'identifier' || inner?.type === 'this') return textOf(file, inner);
  if (inner?.type !== 'member_expression') return undefined;
  const object = childOf(inner, 'object');
  const receiver = object && plainDotted(file, object);
  return receiver === undefined ? undefined : `${receiver}.${textOf(file, childOf(inner, 'property'))}`;
}

/**
 * The full name of what an expression stands for, through imports and assignments: `app.listen` of `app = express()` is
 * `express().listen`; `new` is a call. Undefined where it is neither a name, a member nor a call.
 */
export function fullName(file: ScriptFile, node: SyntaxNode | undefined, depth = 0): string | undefined {
  const inner = unwrap(node);
  if (!inner || depth > DEEPEST) return undefined;
  switch (inner.type) {
    case 'identifier':
    case 'this':
      return nameOf(file, textOf(file, inner), depth);
    case 'member_expression': {
      const plain = plainDotted(file, inner);
      const made = plain === undefined ? undefined : file.created.get(plain);
      if (made) return fullName(file, made, depth + 1);
      const object = fullName(file, childOf(inner, 'object'), depth);
      const property = textOf(file, childOf(inner, 'property'));
      return object === undefined || property === 'default' ? object : `${object}.${property}`;
    }
    case 'call_expression':
    case 'new_expression': {
      const required = requiredModule(file, inner);
      if (required) return fullImport(required.module, required.name);
      const callee = fullName(
        file,
        childOf(inner, inner.type === 'new_expression' ? 'constructor' : 'function'),
        depth,
      );
      if (callee === undefined) return undefined;
      const returned = file.returned.get(callee.replace(/^this\./, ''));
      if (returned !== undefined && file.created.has(returned)) return nameOf(file, returned, depth + 1);
      return `${callee}()`;
    }
    default:
      return undefined;
  }
}

function nameOf(file: ScriptFile, name: string, depth: number): string {
  if (file.hidden.has(name)) return name;
  const made = file.created.get(name);
  if (made) return fullName(file, made, depth + 1) ?? name;
  const base = file.classes.get(name);
  if (base && textOf(file, base) !== name) return fullName(file, base, depth + 1) ?? name;
  return file.imports.get(name) ?? name;
}
