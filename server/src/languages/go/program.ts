// Walks a Go file and collects what it defines, imports, calls and listens on, each with its scope.

import type { Expression } from '../../facts/expression.ts';
import type { Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { underCondition, underMainGuard, within } from '../builder.ts';
import { callExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { goExpression } from './expressions.ts';
import { boundFlags, declaredFlag } from './flags.ts';
import { namedResults, readFunction, secondValue, statementsOf, switchCases, testOf } from './functions.ts';
import { readListener } from './listeners.ts';
import type { GoFile } from './names.ts';
import { argumentsOf, fullName, importOf, plainDotted, stringText } from './names.ts';
import { readStructs } from './structs.ts';
import { emptyStruct } from './types.ts';

interface Walk {
  readonly file: GoFile;
  readonly builder: Builder;
  /** Names that the function around declares itself. */
  readonly locals: Set<string>;
}

export function walkFile(file: GoFile, root: SyntaxNode, builder: Builder, scope: Scope): void {
  // The files of a package share their names.
  builder.imports.push({ module: '.', name: '*', local: '*', private: true, at: place(file, { start: 0, end: 0 }) });
  visitAll({ file, builder, locals: new Set() }, root.children, scope);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const [index, node] of nodes.entries()) {
    if (node.type === 'if_statement') visitIf(walk, node, nodes[index - 1], scope);
    else visit(walk, node, scope);
  }
}

function visit(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  switch (node.type) {
    case 'import_spec':
      visitImport(walk, node);
      return;
    case 'function_declaration':
    case 'method_declaration':
      visitFunction(walk, node, scope);
      return;
    case 'type_spec': {
      const type = childOf(node, 'type');
      const name = childOf(node, 'name');
      if (!name || !type) return;
      const structs = type.type === 'struct_type' ? readStructs(file, textOf(file, name), type) : [];
      const at = place(file, name);
      walk.builder.definitions.push(...structs.map((struct) => ({ ...struct, at, scope })));
      return;
    }
    case 'const_spec':
    case 'var_spec':
      visitDeclaration(walk, node, scope);
      break;
    case 'short_var_declaration':
    case 'assignment_statement':
      visitAssignment(walk, node, scope);
      break;
    case 'if_statement':
      visitIf(walk, node, undefined, scope);
      return;
    case 'expression_switch_statement':
      visitSwitch(walk, node, scope);
      return;
    case 'for_statement': {
      const isEndless = node.children.every(({ field }) => field === 'body');
      visitAll(walk, node.children, isEndless ? scope : underCondition(scope, undefined, false));
      return;
    }
    case 'communication_case':
    case 'type_case':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return;
    case 'keyed_element':
      visitElement(walk, node, scope);
      break;
    case 'call_expression':
      visitCall(walk, node, scope);
      break;
  }
  visitAll(walk, node.children, scope);
}

function visitImport({ file, builder }: Walk, node: SyntaxNode): void {
  const { local, path } = importOf(file, node);
  const at = place(file, node);
  if (path === '' || path === 'C') return;
  if (path === 'github.com/joho/godotenv/autoload') builder.environmentFiles.push({ at });
  const isDot = local === '.';
  builder.imports.push(
    isDot ? { module: path, name: '*', local: '*', private: true, at } : { module: path, local, private: true, at },
  );
}

function visitFunction(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const name = childOf(node, 'name');
  if (!name) return;
  const [receiver] = childOf(node, 'receiver')?.children ?? [];
  const receiverName = receiver && textOf(walk.file, childOf(receiver, 'name'));
  const file: GoFile = receiverName ? { ...walk.file, receiver: receiverName } : walk.file;
  const owner = receiver && receiverType(file, childOf(receiver, 'type'));
  const outer = owner === undefined ? scope : within(scope, owner);
  const own = textOf(file, name);
  const value = readFunction(file, node);
  walk.builder.definitions.push({ name: own, value, at: place(file, name), scope: outer });
  startFunction(walk, own, name, scope, owner);
  const body = childOf(node, 'body');
  if (!body) return;
  const locals = new Set(value.parameters.map((parameter) => parameter.name));
  if (receiverName) locals.add('self');
  const inner: Walk = { file, builder: walk.builder, locals };
  const innerScope = within(outer, own);
  for (const { name: result, type } of namedResults(node)) {
    const text = textOf(file, result);
    locals.add(text);
    const empty = emptyStruct(file, type);
    if (empty) define(inner, text, empty, result, innerScope);
  }
  visitAll(inner, statementsOf(body), innerScope);
}

function receiverType(file: GoFile, type: SyntaxNode | undefined): string | undefined {
  const name = type && /^\*?\s*(\w+)/.exec(textOf(file, type))?.[1];
  return name === '' ? undefined : name;
}

/** The runtime calls `main` of the program that is started, and every `init`. */
function startFunction(walk: Walk, name: string, node: SyntaxNode, scope: Scope, owner: string | undefined): void {
  const { file, builder } = walk;
  if (owner !== undefined) return;
  const at = place(file, node);
  if (name === 'init') builder.calls.push({ callee: name, arguments: [], at, scope });
  if (name === 'main' && file.package === 'main') {
    builder.calls.push({ callee: name, arguments: [], at, scope: underMainGuard(scope) });
  }
}

function visitDeclaration(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  const names = node.children.filter(({ field }) => field === 'name');
  const values = childOf(node, 'value')?.children ?? [];
  const empty = emptyStruct(file, childOf(node, 'type'));
  for (const [index, name] of names.entries()) {
    const value = values[index];
    const text = textOf(file, name);
    if (scope.path.length > 0) walk.locals.add(text);
    if (value) define(walk, text, goExpression(file, value), name, scope);
    else if (values.length > 0) define(walk, text, unknownExpression(file, values[0] ?? node), name, scope);
    else if (empty) define(walk, text, empty, name, scope);
  }
}

function define(walk: Walk, name: string, value: Expression, at: SyntaxNode, scope: Scope): void {
  if (name === '_') return;
  const root = name.split('.', 1)[0] ?? name;
  const isOuter = scope.path.length > 0 && !walk.locals.has(root);
  const definition = { name, value, at: place(walk.file, at), scope };
  walk.builder.definitions.push(isOuter ? { ...definition, outer: true } : definition);
}

function visitAssignment(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  const targets = childOf(node, 'left')?.children ?? [];
  const values = childOf(node, 'right')?.children ?? [];
  const second = secondValue(file, node);
  const isPlain = node.type === 'short_var_declaration' || /^\s*=/.test(file.text.slice(targets.at(-1)?.end ?? 0));
  for (const [index, target] of targets.entries()) {
    const name = plainDotted(file, target);
    if (name === undefined) continue;
    if (node.type === 'short_var_declaration') walk.locals.add(name);
    const value = values.length === targets.length ? values[index] : index === 0 ? values[0] : undefined;
    if (second !== undefined && target === second.node) define(walk, name, second.value, target, scope);
    else if (value && isPlain) define(walk, name, goExpression(file, value), target, scope);
    else define(walk, name, unknownExpression(file, node), target, scope);
  }
}

function visitIf(walk: Walk, node: SyntaxNode, previous: SyntaxNode | undefined, scope: Scope): void {
  const initializer = childOf(node, 'initializer');
  const condition = childOf(node, 'condition');
  const consequence = childOf(node, 'consequence');
  const alternative = childOf(node, 'alternative');
  if (initializer) visit(walk, initializer, scope);
  if (condition) visit(walk, condition, scope);
  const test = testOf(walk.file, node, previous);
  if (consequence) visitAll(walk, statementsOf(consequence), underCondition(scope, test, false));
  if (alternative) visit(walk, alternative, underCondition(scope, test, true));
}

/** The first case that fits runs. */
function visitSwitch(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const subject = childOf(node, 'value');
  if (subject) visit(walk, subject, scope);
  let rest = scope;
  for (const { test, body } of switchCases(walk.file, node)) {
    visitAll(walk, body, test === undefined ? rest : underCondition(rest, test, false));
    if (test !== undefined) rest = underCondition(rest, test, true);
  }
}

/** `&cobra.Command{RunE: serve}`, `&cli.App{Action: run}`: the function is called by the library. */
function visitElement(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const [key, value] = node.children;
  const name = plainDotted(file, value?.children[0]);
  if (!key || !value || name === undefined || !/^(?:Run|RunE|Action|OnStart|Execute)$/.test(textOf(file, key))) return;
  builder.calls.push({ callee: name, arguments: [], at: place(file, value), scope });
}

const silentCalls =
  /^(?:fmt|log|log\/\w+|strings|strconv|errors|bytes|sort|math|math\/\w+|time|regexp|encoding\/\w+|path|path\/filepath|unicode|reflect|sync\/atomic|os)\./;
const builtIns =
  /^(?:len|cap|append|make|new|panic|recover|print|println|close|delete|copy|string|u?int\d*|float\d+|byte|bool)$/;

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const callee = childOf(node, 'function');
  if (!callee) return;
  const full = fullName(file, callee) ?? '';
  if (readEnvironmentCall(walk, node, full, scope)) return;
  const flag = declaredFlag(file, node, (child) => goExpression(file, child));
  const target = flag?.target && plainDotted(file, flag.target);
  if (flag?.target && target !== undefined) define(walk, target, flag.value, flag.target, scope);
  if (flag) return;
  const listener = readListener(file, node, scope);
  if (listener) builder.listeners.push(listener);
  fillStructs(walk, node, full, scope);
  if (silentCalls.test(full) || builtIns.test(full)) return;
  const plain = plainDotted(file, callee);
  const name = plain ?? `().${textOf(file, childOf(callee, 'field'))}`;
  if (name === '().' || callee.type === 'func_literal') return;
  const read = (child: SyntaxNode) => goExpression(file, child);
  const values = argumentsOf(node).map((value) => ({ value: read(value) }));
  builder.calls.push({ callee: name, arguments: values, at: place(file, node), scope });
  for (const bound of /\.BindPFlags$/.test(name) ? boundFlags(file, read) : []) {
    const given = bound.map((value) => ({ value }));
    builder.calls.push({ callee: name.slice(0, -1), arguments: given, at: place(file, node), scope });
  }
}

/** `godotenv.Load()`, `os.Setenv("PORT", "80")`. */
function readEnvironmentCall(walk: Walk, node: SyntaxNode, full: string, scope: Scope): boolean {
  const { file, builder } = walk;
  const values = argumentsOf(node);
  const at = place(file, node);
  if (/^github\.com\/joho\/godotenv\.(?:Load|Overload)$/.test(full)) {
    if (values.length === 0) builder.environmentFiles.push({ at });
    for (const value of values) builder.environmentFiles.push({ path: goExpression(file, value), at });
    return true;
  }
  const [first, second] = values;
  const name = stringText(file, first);
  if (full !== 'os.Setenv' || !first || !second || name === undefined) return false;
  builder.environmentWrites.push({ name, value: goExpression(file, second), at: place(file, first), scope });
  return true;
}

/** `json.Unmarshal(data, &config)`: a library fills a struct with what is read elsewhere. */
function fillStructs(walk: Walk, node: SyntaxNode, full: string, scope: Scope): void {
  const { file } = walk;
  const callee = childOf(node, 'function');
  const values = argumentsOf(node);
  for (const value of values) {
    const isAddress = value.type === 'unary_expression' && file.text[value.start] === '&';
    const isPointer = value.type === 'identifier' && file.pointers.has(textOf(file, value)) && full.includes('.');
    const name = isAddress || isPointer ? plainDotted(file, value) : undefined;
    if (name === undefined || !callee) continue;
    const held = goExpression(file, value);
    const others = values.filter((other) => other !== value).map((other) => ({ value: goExpression(file, other) }));
    const by = { name: 'by', value: goExpression(file, callee) };
    define(
      walk,
      name,
      callExpression('struct.filled', [{ value: held }, by, ...others], place(file, node)),
      value,
      scope,
    );
  }
}
