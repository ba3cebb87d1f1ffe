// Walks a JavaScript or TypeScript file and collects what it defines, imports, exports, calls and listens on, each with
// its scope. Imports and exports stand in `modules.ts`, functions and classes in `code.ts`.

import type { Expression } from '../../facts/expression.ts';
import type { Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import type { Builder } from '../builder.ts';
import { underCondition, underMainGuard, within } from '../builder.ts';
import { negate, place, textOf, unknownExpression } from '../expressions.ts';
import { defineCode, visitHidden } from './code.ts';
import { readArguments } from './expressions.ts';
import { listeningCall, readListener } from './listeners.ts';
import { visitExport, visitExportsAssignment, visitImport, visitInnerRequire, visitRequire } from './modules.ts';
import type { ScriptFile } from './names.ts';
import { argumentsOf, fullName, isFunction, plainDotted, unwrap } from './names.ts';
import { enumExpression, propertyNode } from './objects.ts';
import type { Walk } from './walk.ts';
import { bind, define, read } from './walk.ts';

export function walkProgram(file: ScriptFile, root: SyntaxNode, builder: Builder, scope: Scope): void {
  const walk: Walk = {
    file,
    builder,
    visit: (node, inner) => visit(walk, node, inner),
    defineCode: (name, node, inner) => defineCode(walk, name, node, inner),
  };
  visitAll(walk, root.children, scope);
}

function visitAll(walk: Walk, nodes: readonly SyntaxNode[], scope: Scope): void {
  for (const node of nodes) visit(walk, node, scope);
}

function visit(walk: Walk, node: SyntaxNode, scope: Scope): void {
  if (visitStatement(walk, node, scope)) return;
  switch (node.type) {
    case 'call_expression':
    case 'new_expression':
      if (visitInnerRequire(walk, node)) return;
      visitCall(walk, node, scope);
      break;
    case 'augmented_assignment_expression':
    case 'update_expression': {
      const target = childOf(node, 'left') ?? childOf(node, 'argument');
      const name = target && plainDotted(walk.file, target);
      if (target && name !== undefined) define(walk, name, unknownExpression(walk.file, node), target, scope);
      break;
    }
  }
  visitAll(walk, node.children, scope);
}

/** Nodes whose children are walked in their own way; false for all others. */
function visitStatement(walk: Walk, node: SyntaxNode, scope: Scope): boolean {
  switch (node.type) {
    case 'import_statement':
      visitImport(walk, node);
      return true;
    case 'export_statement':
      visitExport(walk, node, scope);
      return true;
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'class_declaration':
    case 'abstract_class_declaration':
      defineCode(walk, textOf(walk.file, childOf(node, 'name')), node, scope);
      return true;
    case 'arrow_function':
    case 'function_expression':
    case 'generator_function':
    case 'class':
      visitHidden(walk, node, scope);
      return true;
    case 'internal_module':
    case 'module':
      visitAll(walk, node.children, within(scope, textOf(walk.file, childOf(node, 'name'))));
      return true;
    case 'enum_declaration':
      visitEnum(walk, node, scope);
      return true;
    case 'variable_declarator':
      visitDeclarator(walk, node, scope);
      return true;
    case 'assignment_expression':
      return visitAssignment(walk, node, scope);
    default:
      return visitBranch(walk, node, scope);
  }
}

function visitBranch(walk: Walk, node: SyntaxNode, scope: Scope): boolean {
  switch (node.type) {
    case 'if_statement':
    case 'ternary_expression':
      visitIf(walk, node, scope);
      return true;
    case 'binary_expression':
      return visitShortCircuit(walk, node, scope);
    case 'for_statement':
    case 'for_in_statement':
    case 'while_statement':
    case 'switch_statement':
    case 'catch_clause':
      visitAll(walk, node.children, underCondition(scope, undefined, false));
      return true;
    default:
      return false;
  }
}

function visitEnum(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name || !body) return;
  define(
    walk,
    textOf(walk.file, name),
    enumExpression(walk.file, body, (child) => read(walk, child)),
    name,
    scope,
  );
}

function visitDeclarator(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const name = childOf(node, 'name');
  const value = childOf(node, 'value');
  if (!name || !value || (scope.path.length === 0 && visitRequire(walk, name, value))) return;
  assign(walk, name, value, scope);
}

function visitAssignment(walk: Walk, node: SyntaxNode, scope: Scope): boolean {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return false;
  if (visitExportsAssignment(walk, left, right, scope)) return true;
  const variable = environmentVariable(walk.file, left);
  if (variable) {
    const { name, at } = variable;
    walk.builder.environmentWrites.push({ name, value: read(walk, right), at: place(walk.file, at), scope });
    visit(walk, right, scope);
    return true;
  }
  assign(walk, left, right, scope);
  return true;
}

/** A name bound to code becomes its name; any other value is bound and walked. */
function assign(walk: Walk, target: SyntaxNode, value: SyntaxNode, scope: Scope): void {
  const { file } = walk;
  const name = plainDotted(file, target);
  const inner = unwrap(value);
  if (name !== undefined && inner && (isFunction(inner) || inner.type === 'class')) {
    defineCode(walk, name, inner, scope);
    return;
  }
  if (name !== undefined) define(walk, name, read(walk, value), target, scope);
  else bind(walk, target, read(walk, value), scope);
  if (name !== undefined && inner?.type === 'object') visitMembers(walk, name, inner, scope);
  else visit(walk, value, scope);
}

/** `const server = { start() { … } }`: functions under their dotted names. */
function visitMembers(walk: Walk, owner: string, object: SyntaxNode, scope: Scope): void {
  for (const child of object.children) {
    const key = childOf(child, child.type === 'pair' ? 'key' : 'name');
    const held = child.type === 'method_definition' ? child : childOf(child, 'value');
    if (key && held && isFunction(held)) defineCode(walk, `${owner}.${textOf(walk.file, key)}`, held, scope);
    else visit(walk, child, scope);
  }
}

function environmentVariable(
  file: ScriptFile,
  left: SyntaxNode,
): { readonly name: string; readonly at: SyntaxNode } | undefined {
  const target = unwrap(left);
  const isMember = target?.type === 'member_expression';
  if (!target || (!isMember && target.type !== 'subscript_expression')) return undefined;
  if (fullName(file, childOf(target, 'object')) !== 'process.env') return undefined;
  const at = childOf(target, isMember ? 'property' : 'index');
  const text = textOf(file, at);
  const name = isMember ? text : /^(['"])(\w+)\1$/.exec(text)?.[2];
  return at && name !== undefined ? { name, at } : undefined;
}

type Guard = 'main' | 'notMain' | undefined;

/** Whether a test asks if the file is the one that was started. */
function mainGuard(text: string): Guard {
  if (text.length > 300) return undefined;
  const asksRequire = /\brequire\.main\b[\s\S]*\bmodule\b|\bmodule\b[\s\S]*\brequire\.main\b/.test(text);
  if (asksRequire) return /!==?/.test(text.replace(/typeof\s+\w+\s*!==?\s*['"]\w+['"]/g, '')) ? 'notMain' : 'main';
  if (/^\(?\s*!\s*module\.parent\b|\bmodule\.parent\s*===?\s*null\b/.test(text)) return 'main';
  if (/^\(?\s*module\.parent\b/.test(text)) return 'notMain';
  if (/\bimport\.meta\.main\b|\b(?:esMain|isMain\w*)\(\s*import\.meta\b/.test(text)) return 'main';
  return /\bimport\.meta\b/.test(text) && /\bprocess\.argv\b/.test(text) && !/!==?/.test(text) ? 'main' : undefined;
}

function branchScope(scope: Scope, guard: Guard, test: Expression | undefined, isElse: boolean): Scope {
  if (guard === (isElse ? 'notMain' : 'main')) return underMainGuard(scope);
  return underCondition(scope, guard === undefined ? test : undefined, guard === undefined && isElse);
}

function visitIf(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const condition = childOf(node, 'condition');
  const consequence = childOf(node, 'consequence');
  const alternative = childOf(node, 'alternative');
  if (condition) visit(walk, condition, scope);
  const guard = mainGuard(textOf(walk.file, condition));
  const test = condition && read(walk, condition);
  if (consequence) visit(walk, consequence, branchScope(scope, guard, test, false));
  if (alternative) visit(walk, alternative, branchScope(scope, guard, test, true));
}

/** `require.main === module && start()`, `ready || start()`. */
function visitShortCircuit(walk: Walk, node: SyntaxNode, scope: Scope): boolean {
  const operator = childOf(node, 'operator')?.type;
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if ((operator !== '&&' && operator !== '||') || !left || !right) return false;
  visit(walk, left, scope);
  const test = read(walk, left);
  const guard = mainGuard(textOf(walk.file, left));
  visit(walk, right, branchScope(scope, guard, operator === '&&' ? test : negate(test), false));
  return true;
}

const silentCalls =
  /^(?:console|Math|JSON|Object|Array|String|Number|Date|Promise|Symbol|Reflect|logger|log|path|fs|res|req|ctx|next|parseInt|parseFloat|isNaN|setTimeout|setInterval|super|require|describe|it|test|expect|router|Router)(?:\.|$)/;

function visitCall(walk: Walk, node: SyntaxNode, scope: Scope): void {
  const { file, builder } = walk;
  const isNew = node.type === 'new_expression';
  const callee = unwrap(childOf(node, isNew ? 'constructor' : 'function'));
  if (!callee || readEnvironmentFile(walk, node, callee)) return;
  const signature = listeningCall(file, node);
  if (signature) builder.listeners.push(readListener(file, node, signature, scope));
  if (signature && signature.api !== 'node.listen') return;
  const values = argumentsOf(node);
  const handsOn = values.some(({ type }) => type === 'identifier' || type === 'member_expression');
  const plain = plainDotted(file, callee);
  const isTimer = plain === 'setTimeout' || plain === 'setImmediate' || plain === 'process.nextTick';
  const made = madeReceiver(file, callee);
  const isChained = plain === undefined && !handsOn && made === undefined;
  if (isChained || (plain !== undefined && silentCalls.test(plain) && !(isTimer && handsOn))) return;
  const property = textOf(file, childOf(callee, 'property'));
  const name = plain ?? (made === undefined ? property : `${made}.${property}`);
  if (name === '') return;
  builder.calls.push({ callee: name, arguments: readArguments(file, values), at: place(file, node), scope });
}

/** `App` of `new App().start()`. */
function madeReceiver(file: ScriptFile, callee: SyntaxNode): string | undefined {
  const object = unwrap(childOf(callee, 'object'));
  if (object?.type !== 'new_expression') return undefined;
  const maker = unwrap(childOf(object, 'constructor'));
  return maker && plainDotted(file, maker);
}

/** `require('dotenv').config({ path })`, `import 'dotenv/config'`, `process.loadEnvFile(path)`. */
function readEnvironmentFile({ file, builder }: Walk, node: SyntaxNode, callee: SyntaxNode): boolean {
  const full = fullName(file, callee) ?? '';
  const [first] = argumentsOf(node);
  const at = place(file, node);
  if (full === 'process.loadEnvFile') {
    builder.environmentFiles.push(
      first ? { path: readArguments(file, [first])[0]?.value ?? unknownExpression(file, first), at } : { at },
    );
    return true;
  }
  if (!/^dotenv(?:-\w+)?\.config(?:Dotenv)?$/.test(full)) return false;
  const isOptions = first?.type === 'object';
  const path = isOptions ? propertyNode(file, first, 'path') : undefined;
  const isOpen = first !== undefined && !isOptions;
  const shown = path ?? (isOpen ? first : undefined);
  builder.environmentFiles.push(
    shown
      ? {
          path: path
            ? (readArguments(file, [path])[0]?.value ?? unknownExpression(file, path))
            : unknownExpression(file, shown),
          at,
        }
      : { at },
  );
  return true;
}
