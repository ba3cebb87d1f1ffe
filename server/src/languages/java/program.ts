// Walks a Java file and collects what it defines, imports, calls and listens on, each with its scope. Classes of the same
// package need no import: the types that a file names are imported from beside it.

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { ClassDefinition, FunctionDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { moduleScope, underCondition, underMainGuard, within } from '../builder.ts';
import { memberExpression, nameExpression, place, textOf } from '../expressions.ts';
import { jvmApis } from '../jvm/apis.ts';
import { qualified, qualifiedArguments, without } from '../jvm/fields.ts';
import type { JvmFile } from '../jvm/listeners.ts';
import { jvmListener, uses } from '../jvm/listeners.ts';
import { argumentNodes, dottedText, javaExpression, readArguments } from './expressions.ts';

interface Walk {
  readonly file: SourceFile;
  readonly builder: Builder;
  readonly jvm: JvmFile;
  readonly imports: string[];
  /** Classes that names were declared or made with. */
  readonly types: Map<string, string>;
  /** Types that the file names and that no import brings. */
  readonly mentioned: Map<string, SyntaxNode>;
  /** Fields of the class around, which its methods name without `this`. */
  readonly fields: ReadonlySet<string>;
}

const LONGEST_RECEIVER = 200;

export function walkJava(file: SourceFile, root: SyntaxNode, builder: Builder): void {
  const imports: string[] = [];
  const types = new Map<string, string>();
  const value = (name: string) => {
    const found = builder.definitions.find((definition) => definition.name === name)?.value;
    return found === undefined || found.kind === 'function' || found.kind === 'class' ? undefined : found;
  };
  const jvm: JvmFile = { imports, value, typeOf: (name) => types.get(name) };
  const walk: Walk = { file, builder, jvm, imports, types, mentioned: new Map(), fields: new Set() };
  visitAll(walk, root.children, moduleScope);
  importNeighbors(walk);
}

/** What a file names without an import stands beside it, or is Java's own. */
function importNeighbors({ builder, mentioned, file }: Walk): void {
  const known = new Set([
    ...builder.imports.map(({ local }) => local),
    ...builder.definitions.filter(({ scope }) => scope.path.length === 0).map(({ name }) => name),
  ]);
  for (const [name, node] of mentioned) {
    if (!known.has(name)) builder.imports.push({ module: `./${name}`, name, local: name, at: place(file, node) });
  }
}

function read({ file, fields }: Walk, node: SyntaxNode): Expression {
  return qualified(javaExpression(file, node), fields);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) visit(walk, node, scope);
}

function visit(walk: Walk, node: SyntaxNode, scope: Scope): void {
  switch (node.type) {
    case 'package_declaration':
      return;
    case 'import_declaration':
      visitImport(walk, node);
      return;
    case 'class_declaration':
    case 'enum_declaration':
    case 'record_declaration':
      visitClass(walk, node, scope);
      return;
    case 'method_declaration':
    case 'constructor_declaration':
      visitMethod(walk, node, scope);
      return;
    case 'if_statement':
      visitIf(walk, node, scope);
      return;
    case 'for_statement':
    case 'enhanced_for_statement':
    case 'while_statement':
    case 'switch_expression':
    case 'catch_clause':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return;
    case 'local_variable_declaration':
    case 'field_declaration':
    case 'resource':
      noteType(walk, node);
      break;
    case 'variable_declarator':
      define(walk, childOf(node, 'name'), childOf(node, 'value'), scope);
      break;
    case 'assignment_expression':
      define(walk, childOf(node, 'left'), childOf(node, 'right'), scope);
      break;
    case 'method_reference':
      visitReference(walk, node, scope);
      break;
    case 'explicit_constructor_invocation':
      visitSuper(walk, node, scope);
      break;
    case 'object_creation_expression':
    case 'method_invocation':
      visitCall(walk, node, scope);
      break;
    case 'identifier':
    case 'type_identifier':
      mention(walk, node);
      break;
  }
  visitAll(walk, node.children, scope);
}

/** Types are written with a capital. */
function mention(walk: Walk, node: SyntaxNode): void {
  const name = textOf(walk.file, node);
  if (/^[A-Z]\w*[a-z]\w*$/.test(name) && !walk.mentioned.has(name)) walk.mentioned.set(name, node);
}

/** The values of annotations may be constants of other classes: `@GetMapping(Paths.STATUS)`. */
function mentionAnnotations(walk: Walk, node: SyntaxNode): void {
  const modifiers = node.children.find(({ type }) => type === 'modifiers');
  for (const annotation of modifiers?.children ?? []) {
    const values = childOf(annotation, 'arguments');
    if (values) mentionAll(walk, values);
  }
}

function mentionAll(walk: Walk, node: SyntaxNode): void {
  if (node.type === 'identifier') mention(walk, node);
  for (const child of node.children) mentionAll(walk, child);
}

/** `import a.b.C;`, `import a.b.*;`, `import static a.b.C.PORT;` */
function visitImport({ file, builder, imports }: Walk, node: SyntaxNode): void {
  const full = dottedText(
    file,
    node.children.find(({ type }) => type === 'scoped_identifier' || type === 'identifier'),
  );
  if (full === undefined) return;
  const at = place(file, node);
  const isStatic = node.children.some(({ type }) => type === 'static');
  const isStar = node.children.some(({ type }) => type === 'asterisk');
  imports.push(isStar ? `${full}.*` : full);
  const last = full.slice(full.lastIndexOf('.') + 1);
  if (isStar) {
    builder.imports.push({ module: isStatic ? full : `${full}.*`, name: '*', local: '*', at });
  } else if (isStatic) {
    const owner = full.slice(0, full.lastIndexOf('.'));
    const type = owner.slice(owner.lastIndexOf('.') + 1);
    builder.imports.push({ module: owner, name: type, local: type, at });
    builder.definitions.push({
      name: last,
      value: memberExpression(nameExpression(type, at), last, at),
      at,
      scope: moduleScope,
    });
  } else builder.imports.push({ module: full, name: last, local: last, at });
}

function visitClass(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name) {
    visitAll(walk, node.children, scope);
    return;
  }
  const superclass = childOf(node, 'superclass');
  const bases = (superclass?.children ?? []).flatMap((base) => dottedText(file, base) ?? []);
  const members: ClassDefinition['members'][number][] = [];
  const value: ClassDefinition = { kind: 'class', bases, members, at: place(file, node) };
  const definition = { name: textOf(file, name), value, at: place(file, name), scope };
  builder.definitions.push(definition);
  builder.exports.push({ ...definition, scope: moduleScope });
  if (superclass) visit(walk, superclass, scope);
  mentionAnnotations(walk, node);
  const inner = within(scope, textOf(file, name));
  const inside: Walk = { ...walk, fields: new Set(instanceFields(file, body)) };
  for (const member of body?.children ?? []) {
    if (member.type === 'field_declaration') members.push(...fieldsOf(file, member));
    visit(inside, member, inner);
  }
  // Vert.x calls it when the verticle is deployed.
  if (bases.some((base) => /Verticle$/.test(base))) {
    builder.calls.push({ callee: `${textOf(file, name)}.start`, arguments: [], at: place(file, name), scope });
  }
}

function fieldsOf(file: SourceFile, field: SyntaxNode): ClassDefinition['members'] {
  return field.children.flatMap((declarator) => {
    const name = childOf(declarator, 'name');
    const value = childOf(declarator, 'value');
    if (declarator.type !== 'variable_declarator' || !name || !value) return [];
    return [{ name: textOf(file, name), value: javaExpression(file, value), at: place(file, name) }];
  });
}

/** Fields of which each instance has its own. */
function instanceFields(file: SourceFile, body: SyntaxNode | undefined): readonly string[] {
  return (body?.children ?? []).flatMap((member) => {
    const modifiers = member.children.find(({ type }) => type === 'modifiers');
    const isStatic = modifiers?.children.some(({ type }) => type === 'static') ?? false;
    if (member.type !== 'field_declaration' || isStatic) return [];
    return member.children.flatMap((declarator) => {
      const name = declarator.type === 'variable_declarator' ? childOf(declarator, 'name') : undefined;
      return name ? [textOf(file, name)] : [];
    });
  });
}

/** Parameters and variables of a method. */
function localNames(file: SourceFile, node: SyntaxNode | undefined, names = new Set<string>()): Set<string> {
  for (const child of node?.children ?? []) {
    const name = /^(?:variable_declarator|formal_parameter|resource)$/.test(child.type)
      ? childOf(child, 'name')
      : undefined;
    if (name) names.add(textOf(file, name));
    localNames(file, child, names);
  }
  return names;
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
  const inside: Walk = { ...walk, fields: without(walk.fields, localNames(file, node)) };
  const returns: Expression[] = [];
  collectReturns(inside, body, returns);
  const parameters = childOf(node, 'parameters')?.children ?? [];
  const value: FunctionDefinition = {
    kind: 'function',
    parameters: parameters.flatMap((parameter) => {
      const parameterName = childOf(parameter, 'name');
      return parameterName ? [{ name: textOf(file, parameterName) }] : [];
    }),
    returns,
    at: place(file, node),
  };
  builder.definitions.push({ name, value, at: place(file, named), scope });
  if (name === 'main' && scope.path.length > 0) {
    const callee = [...scope.path, name].join('.');
    builder.calls.push({
      callee,
      arguments: [],
      at: place(file, named),
      scope: underMainGuard({ ...scope, path: [] }),
    });
  }
  for (const parameter of parameters) noteType(walk, parameter);
  mentionAnnotations(walk, node);
  if (body) visitAll(inside, body.children, within(scope, name));
}

/** The values a method gives back; those of lambdas inside it are their own. */
function collectReturns(walk: Walk, node: SyntaxNode | undefined, returns: Expression[]): void {
  for (const child of node?.children ?? []) {
    if (/^(?:lambda_expression|class_body|class_declaration)$/.test(child.type)) continue;
    if (child.type === 'return_statement') {
      const [value] = child.children;
      if (value) returns.push(read(walk, value));
    } else collectReturns(walk, child, returns);
  }
}

function visitIf(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const condition = childOf(node, 'condition');
  if (condition) visit(walk, condition, scope);
  const test = condition && read(walk, condition);
  const consequence = childOf(node, 'consequence');
  const alternative = childOf(node, 'alternative');
  if (consequence) visit(walk, consequence, underCondition(scope, test, false));
  if (alternative) visit(walk, alternative, underCondition(scope, test, true));
}

/** The class of a declared name: as it is written, or as `new` makes it. */
function noteType({ file, types }: Walk, node: SyntaxNode): void {
  const written = dottedText(file, childOf(node, 'type'));
  const declarators = node.type === 'formal_parameter' || node.type === 'resource' ? [node] : node.children;
  for (const declarator of declarators) {
    const name = childOf(declarator, 'name');
    const value = childOf(declarator, 'value');
    const made = /^(?:new\s+)?([A-Z]\w*)/.exec(textOf(file, value))?.[1];
    const type = written === undefined || written === 'var' ? made : written;
    if (name && type !== undefined) types.set(textOf(file, name), type.slice(type.lastIndexOf('.') + 1));
  }
}

function define(walk: Walk, target: SyntaxNode | undefined, value: SyntaxNode | undefined, scope: Scope): void {
  const { file, builder, fields } = walk;
  const named = dottedText(file, target);
  if (!target || !value || named === undefined) return;
  const name = fields.has(named) && target.field === 'left' ? `this.${named}` : named;
  builder.definitions.push({ name, value: read(walk, value), at: place(file, target), scope });
}

/** `App::run`, `this::serve`: methods that somebody else calls. */
function visitReference({ file, builder }: Walk, node: SyntaxNode, scope: Scope): void {
  const [owner, method] = node.children;
  const name = dottedText(file, owner);
  if (!method || name === undefined) return;
  builder.calls.push({ callee: `${name}.${textOf(file, method)}`, arguments: [], at: place(file, node), scope });
}

/** `super(8080)` of a class that is a server. */
function visitSuper({ file, builder, jvm }: Walk, node: SyntaxNode, scope: Scope): void {
  const [port, second] = argumentNodes(childOf(node, 'arguments')).map((value) => javaExpression(file, value));
  if (port === undefined || !textOf(file, node).startsWith('super') || !uses(jvm, 'fi.iki.elonen')) return;
  const at = place(file, node);
  const parts = second === undefined ? { port } : { port: second, host: port };
  builder.listeners.push({ api: jvmApis['nanohttpd.server'], ...parts, at, scope });
}

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder, jvm, fields } = walk;
  const creates = node.type === 'object_creation_expression';
  const object = childOf(node, 'object');
  const name = creates ? dottedText(file, childOf(node, 'type')) : textOf(file, childOf(node, 'name'));
  if (name === undefined || name === '') return;
  const list = childOf(node, 'arguments');
  const at = place(file, node);
  const values = qualifiedArguments(readArguments(file, list), fields);
  const receiver = textOf(file, object).slice(0, LONGEST_RECEIVER).replace(/\s+/g, ' ');
  const call = {
    name,
    creates,
    receiver,
    values: values.map(({ value }) => value),
    named: new Map<string, Expression>(),
  };
  const listener = jvmListener(call, jvm);
  if (listener) {
    const { api, ...parts } = listener;
    builder.listeners.push({ api: jvmApis[api], ...parts, at, scope });
    return;
  }
  if (receiver === 'System' && name === 'setProperty') {
    const [key, value] = call.values;
    if (key?.kind === 'literal' && value)
      builder.environmentWrites.push({ name: `-D${key.value}`, value, at: key.at, scope });
    return;
  }
  if (receiver.startsWith('System')) return;
  const owner = object === undefined ? undefined : (dottedText(file, object) ?? '()');
  builder.calls.push({ callee: owner === undefined ? name : `${owner}.${name}`, arguments: values, at, scope });
}
