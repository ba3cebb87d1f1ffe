// Edit intents in the words of the CDK, in programs of TypeScript, JavaScript and Python: values in place, properties of
// constructs, and defaults that nobody wrote yet. What a program computes is left to a person.

import type { Json } from '../../base/json.ts';
import type { SourceFile, Span, TextEdit } from '../../base/text.ts';
import { extension } from '../../base/uri.ts';
import type { EditIntent } from '../../facts/edit.ts';
import { addEntry, nodesAround } from '../../languages/edits.ts';
import type { Language } from '../../languages/language.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf, withTree } from '../../syntax/treeSitter.ts';
import { camelCase } from './modules.ts';
import { durationText, type Spelling, snakeCase, spellingOf, spellValue } from './spelling.ts';
import { defaultPath, programPath } from './vocabulary.ts';

const CALLS = ['new_expression', 'call_expression', 'call'];
const PROPERTIES = /^(?:pair|keyword_argument)$/;
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;
const MENTIONS_CDK = /aws-cdk|aws_cdk/;

interface Editing {
  readonly file: SourceFile;
  readonly root: SyntaxNode;
  readonly spelling: Spelling;
}

/** The edits of an intent that is about a construct; undefined for what any program's literal is edited by. */
export function editConstruct(
  file: SourceFile,
  intent: EditIntent,
  language: Language,
): readonly TextEdit[] | undefined {
  if (!language.code || !MENTIONS_CDK.test(file.text)) return undefined;
  if (intent.kind === 'insertResource') return undefined;
  // Which variable holds a construct is left to a person.
  if (intent.kind === 'set' && intent.names?.resources.some(({ isStandIn }) => isStandIn)) return [];
  const { imports } = language.extract(file);
  return withTree(language.grammar(extension(file.uri)), file.text, (root) => {
    const editing: Editing = { file, root, spelling: spellingOf(language.id, imports, file.text) };
    switch (intent.kind) {
      case 'set':
        return setOn(editing, nodeAt(root, intent.owner.span, CALLS), intent.path, intent.value);
      case 'replace':
        return replace(editing, intent.at.span, intent.value);
      default:
        return remove(editing, intent.at.span);
    }
  });
}

function nodeAt(root: SyntaxNode, span: Span, types: readonly string[]): SyntaxNode | undefined {
  const around = nodesAround(root, span);
  return around.find(({ start, end, type }) => start === span.start && end === span.end && types.includes(type));
}

function textOf({ file }: Editing, node: SyntaxNode | undefined): string {
  return node ? file.text.slice(node.start, node.end) : '';
}

// Values in place

function replace(editing: Editing, span: Span, value: Json): readonly TextEdit[] | undefined {
  const { root } = editing;
  const around = nodesAround(root, span);
  const index = around.findIndex((node) => node.start === span.start && node.end === span.end);
  const node = around[index];
  if (!node) return fillObject(editing, around.at(-1), span, value);
  if (CALLS.includes(node.type)) {
    const seconds = typeof value === 'number' ? durationText(textOf(editing, callee(node)), value) : undefined;
    return seconds === undefined ? undefined : [{ span, newText: seconds }];
  }
  const last = around.at(-1) ?? node;
  if (node.type === 'member_expression' || node.type === 'attribute') {
    const name = childOf(node, 'property') ?? childOf(node, 'attribute');
    if (!name || !CONSTANT.test(textOf(editing, name)) || typeof value !== 'string') return undefined;
    return [{ span: { start: name.start, end: name.end }, newText: constantName(value) }];
  }
  if (!/identifier$/.test(last.type)) return undefined;
  const call = around.slice(0, index).findLast(({ type }) => CALLS.includes(type));
  if (call && callee(call)?.end === last.end) {
    const path = defaultPath(className(editing, call), value);
    return path ? setOn(editing, call, path, value) : [];
  }
  const owner = around[index - 1];
  return owner && PROPERTIES.test(owner.type) ? setDefault(editing, owner, value) : undefined;
}

/** The port of a container, or the rollback of a circuit breaker, that the object behind a key leaves to the CDK. */
function setDefault(editing: Editing, pair: SyntaxNode, value: Json): readonly TextEdit[] | undefined {
  const key = camelCase(textOf(editing, childOf(pair, 'key') ?? childOf(pair, 'name')));
  const held = childOf(pair, 'value');
  if (!held) return undefined;
  if (key === 'circuitBreaker' && value === true) return insert(editing, held, ['rollback'], value);
  return /^taskImageOptions$/.test(key) && typeof value === 'number'
    ? insert(editing, held, ['containerPort'], value)
    : undefined;
}

/** The port of a container whose options stand in a variable: they are known by their bracket. */
function fillObject(
  editing: Editing,
  node: SyntaxNode | undefined,
  span: Span,
  value: Json,
): readonly TextEdit[] | undefined {
  const isBracket = node?.type === 'object' && node.start === span.start && span.end === span.start + 1;
  return node && isBracket && typeof value === 'number' ? insert(editing, node, ['containerPort'], value) : undefined;
}

/** `IP` for `ip`, `AWS_VPC` for `awsvpc`. */
function constantName(value: string): string {
  return value === 'awsvpc' ? 'AWS_VPC' : value.toUpperCase().replaceAll('-', '_');
}

/** Takes a property away, with its comma and, where nothing else stands on it, its line. */
function remove({ file, root }: Editing, span: Span): readonly TextEdit[] | undefined {
  const pair = nodesAround(root, span).findLast(({ type }) => PROPERTIES.test(type));
  const isWhole = pair?.children.some(({ start, end }) => start === span.start && end === span.end);
  if (!pair || !isWhole) return undefined;
  const { text } = file;
  const comma = /^[ \t]*,/.exec(text.slice(pair.end, pair.end + 200))?.[0] ?? '';
  const line = text.lastIndexOf('\n', pair.start) + 1;
  const rest = /^[ \t]*\r?\n/.exec(text.slice(pair.end + comma.length, pair.end + comma.length + 200))?.[0];
  if (rest !== undefined && /^[ \t]*$/.test(text.slice(line, pair.start))) {
    return [{ span: { start: line, end: pair.end + comma.length + rest.length }, newText: '' }];
  }
  const space = /^[ \t]*/.exec(text.slice(pair.end + comma.length, pair.end + comma.length + 200))?.[0] ?? '';
  if (comma !== '') return [{ span: { start: pair.start, end: pair.end + comma.length + space.length }, newText: '' }];
  const before = /,\s*$/.exec(text.slice(Math.max(0, pair.start - 200), pair.start))?.[0] ?? '';
  return [{ span: { start: pair.start - before.length, end: pair.end }, newText: '' }];
}

// Properties

function callee(call: SyntaxNode): SyntaxNode | undefined {
  return childOf(call, 'constructor') ?? childOf(call, 'function');
}

function className(editing: Editing, call: SyntaxNode): string {
  return camelCase(textOf(editing, callee(call)).split('.').at(-1) ?? '');
}

/** Sets a property of the API's name on the construct that a call makes. */
function setOn(
  editing: Editing,
  call: SyntaxNode | undefined,
  path: readonly string[],
  value: Json,
): readonly TextEdit[] | undefined {
  if (!call) return undefined;
  const found = programPath(className(editing, call), path, value);
  if (!found) return undefined;
  return insert(editing, call, found.path, found.value) ?? [];
}

/** Writes a property into an object, or into the properties of the construct that a call makes. */
function insert(
  editing: Editing,
  node: SyntaxNode,
  path: readonly string[],
  value: Json,
): readonly TextEdit[] | undefined {
  const { file, spelling } = editing;
  const list = propertyList(editing, node);
  const [key = '', ...rest] = path;
  if (!list) return undefined;
  const isPython = spelling.language === 'python';
  const existing = isPython || list.type === 'object' ? pairOf(editing, list, key) : undefined;
  const held = existing && childOf(existing, 'value');
  if (held && rest.length > 0) return insert(editing, held, rest, value);
  const whole = rest.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  const indent = indentOf(file.text, list);
  const text = spellValue(spelling, key, whole, indent);
  if (text === undefined) return undefined;
  if (held) return [{ span: { start: held.start, end: held.end }, newText: text }];
  const entry = isPython ? `${snakeCase(key)}=${text}` : `${key}: ${text}`;
  if (list.type === 'arguments') return [addEntry(file, list, list.children, `{ ${entry} }`)];
  return [addEntry(file, list, list.children, entry, !isPython && list.children.length === 0 ? ' ' : '')];
}

/** Where properties are written: an object, Python's arguments, or arguments that have no object yet. */
function propertyList(editing: Editing, node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'object') return node;
  const list = childOf(node, 'arguments');
  if (editing.spelling.language === 'python') {
    return list?.type === 'argument_list' && !list.children.some(({ type }) => type === 'dictionary_splat')
      ? list
      : undefined;
  }
  if (node.type === 'identifier') return objectNamed(editing, textOf(editing, node));
  const last = list?.children.at(-1);
  if (!list || !last) return undefined;
  if (last.type === 'object') return last;
  if (last.type === 'identifier' && !isScope(editing, list, last)) return objectNamed(editing, textOf(editing, last));
  const isId = last.type === 'string' || last.type === 'template_string' || isScope(editing, list, last);
  return isId ? list : undefined;
}

/** Constructs have a scope and an id before their properties, methods an id. */
function isScope(editing: Editing, list: SyntaxNode, last: SyntaxNode): boolean {
  return list.children[0]?.type === 'this' && list.children.indexOf(last) < 2 && textOf(editing, list) !== '';
}

/** The object that a variable of the file holds, where it is the only one of that name. */
function objectNamed(editing: Editing, name: string): SyntaxNode | undefined {
  const found: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'variable_declarator' && textOf(editing, childOf(node, 'name')) === name) found.push(node);
    for (const child of node.children) visit(child);
  };
  visit(editing.root);
  const [only, second] = found;
  const value = only && !second ? childOf(only, 'value') : undefined;
  return value?.type === 'object' ? value : undefined;
}

function pairOf(editing: Editing, list: SyntaxNode, key: string): SyntaxNode | undefined {
  return list.children.find((child) => {
    const name = childOf(child, 'key') ?? childOf(child, 'name');
    return camelCase(textOf(editing, name).replace(/^['"]|['"]$/g, '')) === key;
  });
}

/** The indentation of what stands in a list. */
function indentOf(text: string, list: SyntaxNode): string {
  const first = list.children.at(-1)?.start ?? list.start;
  const line = text.slice(text.lastIndexOf('\n', first - 1) + 1, first);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
