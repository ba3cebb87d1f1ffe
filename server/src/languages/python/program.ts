// Walks a Python file and collects what it defines, imports, calls and listens on, each with its scope.

import type { Argument, Expression } from '../../facts/expression.ts';
import type { ClassDefinition, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { underCondition, underMainGuard, within } from '../builder.ts';
import { argvPositional, literal, memberExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { pythonExpression, readArguments, testExpression } from './expressions.ts';
import { groupCommand, readFunction, runsAsCommand } from './functions.ts';
import { listeningCall, readListeners } from './listeners.ts';
import type { PythonFile } from './names.ts';
import { fullName, importedNames, keywordArgument, plainDotted, positionalArguments } from './names.ts';
import { plainString } from './strings.ts';

interface Walk {
  readonly file: PythonFile;
  readonly builder: Builder;
}

export function walkModule(file: PythonFile, root: SyntaxNode, builder: Builder, scope: Scope): void {
  visitAll({ file, builder }, root.children, scope);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) visit(walk, node, scope);
}

function visit(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  switch (node.type) {
    case 'import_statement':
    case 'import_from_statement':
      for (const { node: at, ...found } of importedNames(file, node))
        builder.imports.push({ ...found, at: place(file, at) });
      return;
    case 'function_definition':
      visitFunction(walk, node, [], scope);
      return;
    case 'decorated_definition':
      visitDecorated(walk, node, scope);
      return;
    case 'class_definition':
      visitClass(walk, node, scope);
      return;
    case 'if_statement':
      visitIf(walk, node, scope);
      return;
    case 'for_statement':
    case 'while_statement':
    case 'match_statement':
      visitLoop(walk, node, scope);
      return;
    case 'except_clause':
    case 'except_group_clause':
    case 'conditional_expression':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return;
    case 'assignment':
      visitAssignment(walk, node, scope);
      break;
    case 'augmented_assignment':
      bind(walk, childOf(node, 'left'), unknownExpression(file, node), scope);
      break;
    case 'named_expression':
      bind(walk, childOf(node, 'name'), readValue(walk, childOf(node, 'value'), node), scope);
      break;
    case 'as_pattern':
      visitAlias(walk, node, scope);
      break;
    case 'call':
      visitCall(walk, node, scope);
      break;
  }
  visitAll(walk, node.children, scope);
}

function readValue({ file }: Walk, node: SyntaxNode | undefined, whole: SyntaxNode): Expression {
  return node ? pythonExpression(file, node) : unknownExpression(file, whole);
}

function visitDecorated(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const definition = childOf(node, 'definition');
  const decorators = node.children.filter(({ type }) => type === 'decorator');
  visitAll(walk, decorators, scope);
  if (definition?.type === 'function_definition') visitFunction(walk, definition, decorators, scope);
  else if (definition) visit(walk, definition, scope);
}

function visitFunction(walk: Walk, node: SyntaxNode, decorators: readonly SyntaxNode[], scope: Scope): void {
  const name = childOf(node, 'name');
  if (!name) {
    visitAll(walk, node.children, scope);
    return;
  }
  const { file, builder } = walk;
  const value = readFunction(file, node, decorators);
  builder.definitions.push({ name: textOf(file, name), value, at: place(file, name), scope });
  if (runsAsCommand(file, decorators)) {
    // `app()` of typer or click runs its only command.
    builder.calls.push({
      callee: textOf(file, name),
      arguments: [],
      at: place(file, name),
      scope: startScope(file, scope),
    });
  }
  const command = groupCommand(file, decorators, textOf(file, name));
  if (command !== undefined) {
    const at = place(file, name);
    const test = {
      kind: 'comparison',
      operator: '==',
      left: argvPositional(1, at),
      right: literal(command, at),
      at,
    } as const;
    const runs = underCondition(startScope(file, scope), test, false);
    builder.calls.push({ callee: textOf(file, name), arguments: [], at, scope: runs });
  }
  const body = childOf(node, 'body');
  if (body) visitAll(walk, body.children, within(scope, textOf(file, name)));
}

/** Where the commands of an application run: under the main guard where the file has one. */
function startScope(file: PythonFile, scope: Scope): Scope {
  return file.text.includes('__main__') ? underMainGuard(scope) : scope;
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
  const inner = within(scope, textOf(file, name));
  const bases = positionalArguments(childOf(node, 'superclasses')).flatMap((base) => plainDotted(file, base) ?? []);
  const value: ClassDefinition = { kind: 'class', bases, members, at: place(file, node) };
  builder.definitions.push({ name: textOf(file, name), value, at: place(file, name), scope });
  for (const statement of body?.children ?? []) {
    const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    const left = assignment?.type === 'assignment' ? childOf(assignment, 'left') : undefined;
    const right = assignment && childOf(assignment, 'right');
    if (left?.type !== 'identifier' || !right) {
      visit(walk, statement, inner);
      continue;
    }
    members.push({ name: textOf(file, left), value: pythonExpression(file, right), at: place(file, left) });
    visit(walk, right, inner);
  }
}

function visitIf(walk: Walk, node: SyntaxNode, scope: Scope): void {
  let rest = scope;
  for (const clause of [node, ...node.children.filter(({ field }) => field === 'alternative')]) {
    const condition = childOf(clause, 'condition');
    if (clause.type === 'else_clause') {
      visitAll(walk, clause.children, rest);
      continue;
    }
    if (condition) visit(walk, condition, rest);
    const text = textOf(walk.file, condition);
    const isGuard = clause === node && text.includes('__name__') && text.includes('__main__') && !text.includes('!=');
    const test = condition && testExpression(walk.file, condition);
    const body = childOf(clause, 'consequence');
    if (body) visitAll(walk, body.children, isGuard ? underMainGuard(scope) : underCondition(rest, test, false));
    rest = isGuard ? underCondition(scope, undefined, false) : underCondition(rest, test, true);
  }
}

/** What a loop binds is not one value; what it repeats may run never. */
function visitLoop(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const left = childOf(node, 'left');
  const isEndless =
    node.type === 'while_statement' && /^(?:True|1)$/.test(textOf(walk.file, childOf(node, 'condition')));
  const inner = isEndless ? scope : underCondition(scope, undefined, false);
  if (left) bindUnknown(walk, left, inner);
  for (const child of node.children) {
    if (child !== left) visit(walk, child, inner);
  }
}

function visitAlias(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const target = childOf(node, 'alias')?.children[0];
  const value = node.children[0];
  if (target) bind(walk, target, readValue(walk, value, node), scope);
}

function visitAssignment(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  const left = childOf(node, 'left');
  let right = childOf(node, 'right');
  while (right?.type === 'assignment') right = childOf(right, 'right');
  if (!left || !right) return;
  if (left.type === 'subscript') assignItem(walk, left, right, scope);
  else bind(walk, left, pythonExpression(file, right), scope);
}

/** Binds a target; the parts of `a, b = f()` are members of the value. */
function bind(walk: Walk, target: SyntaxNode | undefined, value: Expression, scope: Scope): void {
  const { file, builder } = walk;
  if (!target) return;
  const name = plainDotted(file, target);
  if (name !== undefined) {
    builder.definitions.push({ name, value, at: place(file, target), scope });
    return;
  }
  if (!/^(?:pattern_list|tuple_pattern|list_pattern)$/.test(target.type)) return;
  const isPlain = !target.children.some(({ type }) => type === 'list_splat_pattern');
  for (const [index, part] of target.children.entries()) {
    if (!isPlain) {
      bindUnknown(walk, part, scope);
      continue;
    }
    const item = value.kind === 'array' ? value.items[index] : undefined;
    bind(walk, part, item ?? memberExpression(value, index, place(file, part)), scope);
  }
}

function bindUnknown(walk: Walk, target: SyntaxNode, scope: Scope): void {
  if (target.type === 'identifier') bind(walk, target, unknownExpression(walk.file, target), scope);
  else for (const child of target.children) bindUnknown(walk, child, scope);
}

/** `os.environ["PORT"] = "80"` and `app.config["PORT"] = 80`. */
function assignItem(walk: Walk, left: SyntaxNode, right: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const object = childOf(left, 'value');
  const key = childOf(left, 'subscript');
  const name = plainString(file, key);
  if (!object || !key || name === undefined) return;
  const value = pythonExpression(file, right);
  if (fullName(file, object) === 'os.environ') {
    builder.environmentWrites.push({ name, value, at: place(file, key), scope });
    return;
  }
  const owner = plainDotted(file, object);
  if (owner !== undefined) builder.definitions.push({ name: `${owner}.${name}`, value, at: place(file, key), scope });
}

const silentCalls =
  /^(?:print|len|int|str|float|bool|list|dict|set|tuple|isinstance|getattr|setattr|hasattr|range|super|open|type|repr|sorted|enumerate|zip|map|filter|min|max|sum|any|all|os\.(?:environ|getenv|path).*|logging\..*|logger\..*|log\..*|json\..*|re\..*|time\..*)$/;

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const callee = childOf(node, 'function');
  const list = childOf(node, 'arguments');
  if (!callee || list?.type !== 'argument_list') return;
  const signature = listeningCall(file, node);
  if (signature) {
    builder.listeners.push(...readListeners(file, node, signature, scope));
    return;
  }
  const full = fullName(file, callee) ?? '';
  if (readEnvironmentFile(walk, node, list, full) || writeEnvironment(walk, node, list, full, scope)) return;
  const plain = plainDotted(file, callee);
  if (plain !== undefined && !silentCalls.test(plain) && !startsCommand.test(full)) {
    builder.calls.push({ callee: plain, arguments: readArguments(file, list), at: place(file, node), scope });
  }
  for (const handed of handedFunctions(file, list, full)) {
    const name = plainDotted(file, handed);
    if (name !== undefined) builder.calls.push({ callee: name, arguments: [], at: place(file, handed), scope });
  }
}

/** Run the function they are given with options of the command line, or with nothing. */
const startsCommand = /^(?:typer\.run|fire\.Fire|anyio\.run|trio\.run|curio\.run|absl\.app\.run|plac\.call)$/;

/** `Thread(target=serve)`, `typer.run(main)`, `loop.run_in_executor(None, serve)`: functions that somebody else calls. */
function handedFunctions(file: PythonFile, list: SyntaxNode, full: string): readonly SyntaxNode[] {
  const target = keywordArgument(file, list, 'target');
  if (target) return [target];
  if (startsCommand.test(full)) return positionalArguments(list).slice(0, 1);
  return /\.(?:submit|run_in_executor|to_thread|start_background_task|spawn|start_soon)$/.test(full)
    ? positionalArguments(list).slice(0, 2)
    : [];
}

/** `load_dotenv(path)`, `env.read_env(path)`. */
function readEnvironmentFile({ file, builder }: Walk, node: SyntaxNode, list: SyntaxNode, full: string): boolean {
  if (!/^(?:dotenv\.(?:main\.)?load_dotenv|environ\.Env(?:\(\))?\.read_env|environs\.Env\(\)\.read_env)$/.test(full))
    return false;
  const given =
    keywordArgument(file, list, 'dotenv_path') ??
    keywordArgument(file, list, 'env_file') ??
    positionalArguments(list)[0];
  const isSearch = given?.type === 'call' && /find_dotenv$/.test(textOf(file, childOf(given, 'function')));
  const at = place(file, node);
  builder.environmentFiles.push(given && !isSearch ? { path: pythonExpression(file, given), at } : { at });
  return true;
}

/** `os.environ.setdefault("PORT", "80")`, `os.environ.update(PORT="80")`, `os.putenv("PORT", "80")`. */
function writeEnvironment(
  { file, builder }: Walk,
  node: SyntaxNode,
  list: SyntaxNode,
  full: string,
  scope: Scope,
): boolean {
  const [first, second] = positionalArguments(list);
  const at = place(file, node);
  if (full === 'os.environ.setdefault' || full === 'os.putenv') {
    const name = plainString(file, first);
    if (!first || !second || name === undefined) return true;
    const written = pythonExpression(file, second);
    const own = { kind: 'environment', name: literal(name, place(file, first)), default: written, at } as const;
    const value = full === 'os.putenv' ? written : own;
    builder.environmentWrites.push({ name, value, at: place(file, first), scope });
    return true;
  }
  if (full !== 'os.environ.update') return false;
  const entries: readonly Argument[] =
    first?.type === 'dictionary' ? dictionaryArguments(file, first) : readArguments(file, list);
  for (const { name, value } of entries) {
    if (name !== undefined) builder.environmentWrites.push({ name, value, at: value.at, scope });
  }
  return true;
}

function dictionaryArguments(file: PythonFile, node: SyntaxNode): readonly Argument[] {
  const value = pythonExpression(file, node);
  return value.kind === 'object' ? value.entries.map((entry) => ({ name: entry.key, value: entry.value })) : [];
}
