// Edit intents as text edits of Terraform: values where they stand, new properties in the provider's spelling. What is
// computed is left to a person; JSON in a heredoc is edited as JSON.

import { isList, type Json, type Scalar } from '../../base/json.ts';
import { lineEnding, type SourceFile, type Span, sortEdits, type TextEdit } from '../../base/text.ts';
import type { EditIntent, ResourceNames } from '../../facts/edit.ts';
import type { HclBlock, HclBody, HclExpression, HclObject, HclTemplate } from '../../syntax/hcl/tree.ts';
import { attributeOf } from '../../syntax/hcl/tree.ts';
import { parseHcl } from '../../syntax/hcl.ts';
import { editJsonAll } from '../jsonEdits.ts';
import { lineIndent } from '../jsonStyle.ts';
import { blockStyle, insertAttribute, insertBlock, insertEntry, objectStyle } from './insert.ts';
import { isJsonConfiguration } from './jsonConfiguration.ts';
import { editJsonConfiguration } from './jsonEdits.ts';
import { blocksText, listeningTo, newResources, referencesOf } from './newResources.ts';
import { type Around, around } from './places.ts';
import { escapeHcl, renderScalar, renderValue } from './render.ts';
import { camelCase, type Shape, shapeOf, snakeCase } from './shapes.ts';
import { spell, spellKeys } from './spelling.ts';

/** Edits for several intents; empty where one of them cannot be carried out. */
export function editTerraform(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  if (intents.some((intent) => isQuotedJson(file.text, placeOf(intent)))) return [];
  if (isJsonConfiguration(file.uri)) return editJsonConfiguration(file, intents);
  const { body } = parseHcl(file.text);
  const edits: TextEdit[] = [];
  const inTemplates = new Map<HclTemplate, EditIntent[]>();
  for (const intent of intents) {
    const path = around(body, placeOf(intent));
    const template = embedding(path, placeOf(intent));
    if (template) {
      inTemplates.set(template, [...(inTemplates.get(template) ?? []), intent]);
      continue;
    }
    const made = editOne(file, body, path, intent);
    if (made.length === 0) return [];
    edits.push(...made);
  }
  for (const [template, inner] of inTemplates) {
    const made = editEmbedded(file, template, inner);
    if (made.length === 0) return [];
    edits.push(...made);
  }
  return sortEdits(edits);
}

/** Whether a place is a quoted text of JSON as a whole: its parts have no places of their own, because quotes in it are escaped. */
function isQuotedJson(text: string, { start, end }: Span): boolean {
  return (
    text[start - 1] === '"' && /^\s*[[{]/.test(text.slice(start, start + 100)) && text.slice(start, end).includes('\\"')
  );
}

function placeOf(intent: EditIntent): Span {
  return intent.kind === 'set' ? intent.owner.span : intent.at.span;
}

function editOne(file: SourceFile, body: HclBody, path: readonly Around[], intent: EditIntent): readonly TextEdit[] {
  const { text } = file;
  switch (intent.kind) {
    case 'replace':
      return replaceEdits(path, intent.at.span, intent.value);
    case 'remove':
      return isPartOfText(path, intent.at.span) ? [] : removeEdits(text, path);
    case 'set':
      return withReferences(setEdits(text, path, intent.path, intent.value), intent.names, { ...file, body });
    case 'insertResource':
      return insertEdits(file, body, path, intent.resource);
  }
}

// New resources

/** Behind the service's block. */
function insertEdits(
  file: SourceFile,
  body: HclBody,
  path: readonly Around[],
  resource: Extract<EditIntent, { kind: 'insertResource' }>['resource'],
): readonly TextEdit[] {
  const [around] = path;
  if (around?.kind !== 'block') return [];
  const made = newResources({ ...file, body }, around.block, resource);
  if (made.length === 0) return [];
  const { end } = around.span;
  const newText = blocksText(made).replaceAll('\n', lineEnding(file.text));
  const blocks = { span: { start: end, end }, newText };
  if (resource === 'deploymentFailedRule') return [blocks];
  const listened = listeningTo(made, resource.service);
  const listening = withReferences(setEdits(file.text, path, listened.path, listened.value), listened.names, {
    ...file,
    body,
  });
  return listening.length === 0 ? [] : [...listening, blocks];
}

/** Texts that name resources as references, in what was just written. */
function withReferences(
  edits: readonly TextEdit[],
  names: ResourceNames | undefined,
  file: SourceFile & { readonly body: HclBody },
): readonly TextEdit[] {
  if (!names) return edits;
  const references = referencesOf(names, file);
  if (!references) return [];
  return edits.map((edit) => {
    let { newText } = edit;
    for (const [text, reference] of references)
      newText = newText.replaceAll(renderScalar(text), () => reference.slice(2, -1));
    return { ...edit, newText };
  });
}

// JSON in heredocs

/** The heredoc that holds a place in its own text. */
function embedding(path: readonly Around[], at: Span): HclTemplate | undefined {
  const last = path.at(-1);
  if (last?.kind !== 'expression' || last.expression.kind !== 'template') return undefined;
  const { inner, span } = last.expression;
  // A quoted text has no line break between its quotes.
  const isHeredoc = inner.end < span.end - 1 || inner.start > span.start + 1;
  return isHeredoc && inner.start <= at.start && at.end <= inner.end ? last.expression : undefined;
}

function editEmbedded(file: SourceFile, template: HclTemplate, intents: readonly EditIntent[]): readonly TextEdit[] {
  const { start, end } = template.inner;
  const shift = <T extends { readonly span: Span }>(place: T): T => ({
    ...place,
    span: { start: place.span.start - start, end: place.span.end - start },
  });
  const moved = intents.map(
    (intent): EditIntent =>
      intent.kind === 'set' ? { ...intent, owner: shift(intent.owner) } : { ...intent, at: shift(intent.at) },
  );
  return editJsonAll({ uri: file.uri, text: file.text.slice(start, end) }, moved).map((edit) => ({
    span: { start: edit.span.start + start, end: edit.span.end + start },
    newText: edit.newText.replace(/\$\{/g, '$$$${'),
  }));
}

// Replace

function replaceEdits(path: readonly Around[], at: Span, value: Scalar): readonly TextEdit[] {
  const last = path.at(-1);
  if (last?.kind !== 'expression') return [];
  const { expression } = last;
  switch (expression.kind) {
    case 'string': {
      const whole = at.start < expression.inner.start || at.end > expression.inner.end;
      return [{ span: whole ? expression.inner : at, newText: escapeHcl(String(value)) }];
    }
    case 'literal': {
      const numeric = typeof expression.value === 'number' && /^-?\d+(?:\.\d+)?$/.test(String(value));
      return [{ span: expression.span, newText: numeric ? String(value) : renderScalar(value) }];
    }
    case 'template':
      return expression.parts.some(
        (part) => part.kind === 'text' && part.span.start <= at.start && at.end <= part.span.end,
      )
        ? [{ span: at, newText: escapeHcl(String(value)) }]
        : [];
    default:
      return [];
  }
}

// Remove

/** Nothing can be taken from a quoted text. */
function isPartOfText(path: readonly Around[], at: Span): boolean {
  const last = path.at(-1);
  if (last?.kind !== 'expression' || !('inner' in last.expression)) return false;
  const { start, end } = last.expression.inner;
  return start <= at.start && at.end <= end && at.end - at.start < end - start;
}

function removeEdits(text: string, path: readonly Around[]): readonly TextEdit[] {
  const index = path.findLastIndex((node) => node.kind !== 'expression');
  const part = path[index];
  if (!part) return [];
  const outer = path[index - 1];
  const generated = part.kind === 'block' && part.block.type === 'content' && outer?.kind === 'block';
  const { span } = generated ? outer : part;
  if (part.kind === 'attribute' || part.kind === 'block') return removeLines(text, span);
  return removeListed(text, span);
}

function removeLines(text: string, span: Span): readonly TextEdit[] {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  if (text.slice(start, span.start).trim() !== '') return [{ span, newText: '' }];
  const newline = text.indexOf('\n', span.end);
  const end = newline < 0 ? text.length : newline + 1;
  // Of the blank lines around it one is enough.
  const blankBefore = /\n[ \t]*\r?\n$/.exec(text.slice(Math.max(0, start - 200), start));
  const blankAfter = /^[ \t]*(?:\r?\n|\})/.test(text.slice(end, end + 200));
  const from = blankBefore && blankAfter ? text.lastIndexOf('\n', start - 2) + 1 : start;
  return [{ span: { start: from, end }, newText: '' }];
}

function removeListed(text: string, span: Span): readonly TextEdit[] {
  const comma = /^[ \t]*,/.exec(text.slice(span.end, span.end + 200))?.[0] ?? '';
  const end = span.end + comma.length;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const rest = /[ \t]*\r?\n/y;
  rest.lastIndex = end;
  if (text.slice(start, span.start).trim() === '' && rest.test(text))
    return [{ span: { start, end: rest.lastIndex }, newText: '' }];
  const blank = comma === '' ? 0 : (/^[ \t]*/.exec(text.slice(end, end + 80))?.[0].length ?? 0);
  const before = comma === '' ? (/,[ \t]*$/.exec(text.slice(start, span.start))?.[0].length ?? 0) : 0;
  return [{ span: { start: span.start - before, end: end + blank }, newText: '' }];
}

// Set

function setEdits(text: string, path: readonly Around[], keys: readonly string[], value: Json): readonly TextEdit[] {
  const last = path.findLast((node) => node.kind === 'block' || isObject(node));
  if (!last) return [];
  if (last.kind === 'expression') {
    return last.expression.kind === 'object' ? setInObject(text, last.expression, keys, value, isSnake(path)) : [];
  }
  if (last.kind !== 'block') return [];
  const [type = ''] = last.block.labels.map((label) => label.text);
  if (last.block.type === 'module') return setInModule(text, last.block, keys, value);
  const resource = shapeOf(type);
  if (last.block.type === 'resource') {
    return resource
      ? setInBlock(text, last.block, resource.shape, keys, value)
      : setInCloudControl(text, last.block, keys, value);
  }
  return setInBlock(text, last.block, shapeAround(path), keys, value);
}

function isObject(node: Around): boolean {
  return node.kind === 'expression' && node.expression.kind === 'object';
}

/** The shape of a nested block, by the blocks around it. */
function shapeAround(path: readonly Around[]): Shape {
  const blocks = path.flatMap((node) => (node.kind === 'block' ? [node.block] : []));
  let shape = shapeOf(blocks[0]?.labels[0]?.text ?? '')?.shape ?? {};
  for (const block of blocks.slice(1)) {
    const name = block.type === 'dynamic' ? (block.labels[0]?.text ?? '') : block.type;
    if (block.type !== 'content') shape = shape[name]?.shape ?? {};
  }
  return shape;
}

/** Objects of a container are spelled as the API does; those that modules take as arguments in snake case. */
function isSnake(path: readonly Around[]): boolean {
  const names = path.flatMap((node) =>
    node.kind === 'entry' && node.entry.key.kind === 'string' ? [node.entry.key.value] : [],
  );
  const attribute = path.find((node) => node.kind === 'attribute');
  const isCall = path[0]?.kind === 'block' && path[0].block.type === 'module';
  const name = attribute?.kind === 'attribute' ? attribute.attribute.name : '';
  return isCall && name === 'services' && !names.includes('container_definitions');
}

function setInBlock(
  text: string,
  block: HclBlock,
  shape: Shape,
  keys: readonly string[],
  value: Json,
): readonly TextEdit[] {
  const spelled = spell(shape, keys);
  if (!spelled || spelled.block === 'many') return [];
  const { name, rest } = spelled;
  if (spelled.block === undefined) return setAttribute(text, block, name, value);
  // A block that is generated may be there or not.
  if (block.body.blocks.some((inner) => inner.type === 'dynamic' && inner.labels[0]?.text === name)) return [];
  const inner = block.body.blocks.find((one) => one.type === name);
  const fields = rest.reduceRight<Json>((nested, key) => ({ [key]: nested }), value);
  if (typeof fields !== 'object' || fields === null || isList(fields)) return [];
  if (!inner) return insertBlock(text, block, name, spellKeys(spelled.shape ?? {}, fields));
  return Object.entries(fields).flatMap(([key, item]) => setInBlock(text, inner, spelled.shape ?? {}, [key], item));
}

function setAttribute(text: string, block: HclBlock, name: string, value: Json): readonly TextEdit[] {
  const attribute = attributeOf(block.body, name);
  if (!attribute) return insertAttribute(text, block, name, value);
  return writeOver(text, attribute.value, value);
}

function writeOver(text: string, expression: HclExpression, value: Json): readonly TextEdit[] {
  const plain =
    expression.kind === 'literal' ||
    expression.kind === 'string' ||
    expression.kind === 'list' ||
    expression.kind === 'object';
  if (!plain) return [];
  const style = blockStyle(text);
  return [{ span: expression.span, newText: renderValue(value, lineIndent(text, expression.span.start), style) }];
}

/** The arguments of the registry's service module are those of the resource, its blocks objects. */
function setInModule(text: string, block: HclBlock, keys: readonly string[], value: Json): readonly TextEdit[] {
  const spelled = spell(shapeOf('aws_ecs_service')?.shape ?? {}, keys);
  if (!spelled) return [];
  const attribute = attributeOf(block.body, spelled.name);
  const wrapped = spelled.rest.reduceRight<Json>((nested, key) => ({ [key]: nested }), value);
  if (!attribute) return insertAttribute(text, block, spelled.name, wrapped);
  if (attribute.value.kind !== 'object' || spelled.rest.length === 0) return writeOver(text, attribute.value, wrapped);
  return setInObject(text, attribute.value, spelled.rest, value, true);
}

/** `awscc_…` resources are the API's in snake case, with objects for blocks. */
function setInCloudControl(text: string, block: HclBlock, keys: readonly string[], value: Json): readonly TextEdit[] {
  const [first = '', ...rest] = keys;
  const name = snakeCase(first);
  const attribute = attributeOf(block.body, name);
  if (attribute?.value.kind === 'object' && rest.length > 0)
    return setInObject(text, attribute.value, rest, value, true);
  const wrapped = rest.reduceRight<Json>((nested, key) => ({ [key]: nested }), value);
  return attribute ? writeOver(text, attribute.value, wrapped) : insertAttribute(text, block, name, wrapped);
}

function setInObject(
  text: string,
  object: HclObject,
  keys: readonly string[],
  value: Json,
  snake: boolean,
): readonly TextEdit[] {
  const spelled = snake ? spell(shapeOf('aws_ecs_service')?.shape ?? {}, keys) : undefined;
  const [first = '', ...others] = spelled ? [camelCase(spelled.name), ...spelled.rest] : keys;
  const name = snake ? snakeCase(first) : first;
  const entry = object.entries.findLast((one) => one.key.kind === 'string' && one.key.value === name);
  const wrapped = others.reduceRight<Json>((nested, key) => ({ [key]: nested }), value);
  if (!entry) return insertEntry(text, object, first, wrapped, objectStyle(text, object, snake));
  if (entry.value.kind === 'object' && others.length > 0) return setInObject(text, entry.value, others, value, snake);
  return writeOver(text, entry.value, wrapped);
}
