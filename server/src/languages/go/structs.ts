// Struct types of a Go file as classes. What libraries read from the tags of a field stands in its value, a call of
// `struct.field`; see `CallExpression`.

import type { Argument } from '../../facts/expression.ts';
import type { ClassDefinition } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { callExpression, literal, nameExpression, place, textOf } from '../expressions.ts';
import type { GoFile } from './names.ts';
import { stringText } from './names.ts';
import { emptyStruct, typeExpression } from './types.ts';

type Member = ClassDefinition['members'][number];

export interface NamedStruct {
  readonly name: string;
  readonly value: ClassDefinition;
}

/** A struct type, and those that stand inside it without a name: `Config.Server` for `Server struct { … }`. */
export function readStructs(file: GoFile, name: string, node: SyntaxNode, depth = 0): readonly NamedStruct[] {
  const inner = fieldsOf(node).flatMap((field) => {
    const type = childOf(field, 'type');
    const owner = childOf(field, 'name');
    if (type?.type !== 'struct_type' || !owner || depth > 6) return [];
    return readStructs(file, `${name}.${textOf(file, owner)}`, type, depth + 1);
  });
  return [{ name, value: readStruct(file, name, node) }, ...inner];
}

function fieldsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.flatMap((list) => list.children).filter(({ type }) => type === 'field_declaration');
}

function readStruct(file: GoFile, name: string, node: SyntaxNode): ClassDefinition {
  const fields = fieldsOf(node);
  const bases = fields.flatMap((field) => embeddedName(file, field) ?? []);
  const members = fields.flatMap((field) => readField(file, name, field));
  return { kind: 'class', bases, members, at: place(file, node) };
}

/** An embedded struct gives its fields and methods to the one around it. */
function embeddedName(file: GoFile, field: SyntaxNode): string | undefined {
  if (childOf(field, 'name')) return undefined;
  return textOf(file, childOf(field, 'type')).replace(/^\*/, '');
}

function readField(file: GoFile, struct: string, field: SyntaxNode): readonly Member[] {
  const type = childOf(field, 'type');
  const tags = readTags(file, childOf(field, 'tag'));
  const at = place(file, field);
  const typeText = textOf(file, type);
  const values: Argument[] = [];
  const owned = emptyStruct(file, type) && typeExpression(file, type);
  if (owned) values.push({ name: 'type', value: owned });
  else if (type?.type === 'struct_type') {
    const own = `${struct}.${textOf(file, childOf(field, 'name'))}`;
    values.push({ name: 'type', value: nameExpression(own, place(file, type)) });
  } else if (/^(?:string|u?int\d*)$/.test(typeText)) {
    values.push({ name: 'zero', value: literal(typeText === 'string' ? '' : 0, at) });
  }
  for (const [name, tag] of tags) values.push({ name, value: literal(tag.text, tag.at) });
  const names = field.children.filter((child) => child.field === 'name');
  if (names.length === 0) values.push({ name: 'embedded', value: literal(true, at) });
  const owners = names.length > 0 ? names : type ? [type] : [];
  return owners.map((owner) => {
    const name = textOf(file, owner).replace(/^\*?(?:\w+\.)?/, '');
    const named: Argument = { name: 'name', value: literal(name, place(file, owner)) };
    return { name, value: callExpression('struct.field', [named, ...values], at), at: place(file, owner) };
  });
}

interface Tag {
  readonly text: string;
  readonly at: Member['at'];
}

/** `env:"PORT" envDefault:"8080"`; https://pkg.go.dev/reflect#StructTag */
function readTags(file: GoFile, node: SyntaxNode | undefined): ReadonlyMap<string, Tag> {
  const tags = new Map<string, Tag>();
  const text = stringText(file, node);
  if (!node || text === undefined) return tags;
  for (const match of text.matchAll(/([\w-]{1,40}):"([^"\\]{0,200})"/g)) {
    const start = node.start + 1 + match.index + (match[1] ?? '').length + 2;
    const value = match[2] ?? '';
    const tag = { text: value, at: place(file, { start, end: start + value.length }) };
    tags.set(match[1] ?? '', tag);
    for (const [name, inner] of innerTags(file, match[1] ?? '', value, start)) {
      if (!tags.has(name)) tags.set(name, inner);
    }
  }
  return tags;
}

/** `env:"PORT,default=80"`, `env:", prefix=DB_"` of go-envconfig, `arg:"--port,env:PORT"` of go-arg as tags of their own. */
function innerTags(file: GoFile, name: string, text: string, start: number): readonly (readonly [string, Tag])[] {
  const patterns =
    name === 'env'
      ? { default: /,\s*default=(.*)$/, envPrefix: /,\s*prefix=(\w+)/ }
      : name === 'arg'
        ? { env: /(?:^|,)env:(\w+)/ }
        : {};
  return Object.entries(patterns).flatMap(([inner, pattern]) => {
    const found = pattern.exec(text);
    if (!found) return [];
    const from = start + found.index + found[0].length - (found[1] ?? '').length;
    const at = place(file, { start: from, end: from + (found[1] ?? '').length });
    return [[inner, { text: found[1] ?? '', at }] as const];
  });
}
