// Struct types of a Rust file as classes. Fields that clap, structopt and argh read from argv and the environment have
// that as their value.

import type { Argument, Expression } from '../../facts/expression.ts';
import type { ClassDefinition } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { argvOption, callExpression, literal, nameExpression, place, textOf } from '../expressions.ts';
import type { RustFile } from './names.ts';
import { typeExpression } from './paths.ts';

export function readStruct(file: RustFile, node: SyntaxNode): ClassDefinition {
  const members: ClassDefinition['members'][number][] = [];
  let attributes: SyntaxNode[] = [];
  for (const child of childOf(node, 'body')?.children ?? []) {
    if (child.type === 'attribute_item') attributes.push(child);
    if (child.type !== 'field_declaration') continue;
    const name = childOf(child, 'name');
    if (name)
      members.push({ name: textOf(file, name), value: fieldValue(file, child, attributes), at: place(file, name) });
    attributes = [];
  }
  return { kind: 'class', bases: [], members, at: place(file, node) };
}

function fieldValue(file: RustFile, field: SyntaxNode, attributes: readonly SyntaxNode[]): Expression {
  const name = textOf(file, childOf(field, 'name'));
  for (const attribute of attributes) {
    const text = textOf(file, attribute).slice(0, 1_000);
    if (/^#\[\s*(?:arg|clap|structopt|argh)\b/.test(text)) {
      const isNested = /\b(?:flatten|subcommand)\b/.test(text);
      if (!isNested) return argumentValue(file, name, attribute, text);
    }
  }
  const at = place(file, field);
  const values: Argument[] = [{ name: 'name', value: literal(name, at) }];
  const type = childOf(field, 'type');
  const nested = type && !/^(?:primitive_type|generic_type)$/.test(type.type) ? typeExpression(file, type) : undefined;
  if (nested?.kind === 'name' && nested.name !== 'String') values.push({ name: 'type', value: nested });
  for (const attribute of attributes) values.push(...serdeValues(file, attribute));
  return callExpression('struct.field', values, at);
}

/** `#[serde(default = "default_port", rename = "server-port")]` */
function serdeValues(file: RustFile, attribute: SyntaxNode): readonly Argument[] {
  const text = textOf(file, attribute).slice(0, 1_000);
  if (!/^#\[\s*serde\b/.test(text)) return [];
  const at = place(file, attribute);
  const values: Argument[] = [];
  const fallback = /\bdefault\s*=\s*"([\w:]{1,80})"/.exec(text)?.[1];
  const renamed = /\brename\s*=\s*"([^"]{1,80})"/.exec(text)?.[1];
  if (fallback !== undefined && !fallback.includes(':')) {
    values.push({ name: 'default', value: callExpression(fallback, [], at) });
  }
  if (renamed !== undefined) values.push({ name: 'json', value: literal(renamed, at) });
  return values;
}

/** `#[arg(short, long, env = "PORT", default_value_t = 8080)]`; https://docs.rs/clap/latest/clap/_derive */
function argumentValue(file: RustFile, name: string, attribute: SyntaxNode, text: string): Expression {
  const at = place(file, attribute);
  const names: string[] = [];
  const long = /\blong\b(?:\s*=\s*"([\w-]{1,60})")?/.exec(text);
  const short = /\bshort\b(?:\s*=\s*['"](\w)['"])?/.exec(text);
  if (long || /^#\[\s*argh\b/.test(text)) names.push(`--${long?.[1] ?? name.replaceAll('_', '-')}`);
  if (short) names.push(`-${short[1] ?? name.charAt(0)}`);
  const fallback = defaultValue(file, attribute, text);
  const variable = /\benv\b(?:\s*=\s*"(\w{1,80})")?/.exec(text);
  if (!variable) return argvOption(names, fallback, at);
  const read: Expression = {
    kind: 'environment',
    name: literal(variable[1] ?? name.toUpperCase(), at),
    ...(fallback === undefined ? {} : { default: fallback }),
    at,
  };
  return names.length === 0 ? read : argvOption(names, read, at);
}

function defaultValue(file: RustFile, attribute: SyntaxNode, text: string): Expression | undefined {
  const match = /\bdefault(?:_value(?:_t)?)?\s*=\s*(?:"([^"]{0,120})"|([\w:.]{1,80}))/.exec(text);
  if (!match) return undefined;
  const quoted = match[1];
  const value = quoted ?? match[2] ?? '';
  const start = attribute.start + match.index + match[0].length - value.length - (quoted === undefined ? 0 : 1);
  const at = place(file, { start, end: start + value.length });
  if (quoted !== undefined) return literal(quoted, at);
  if (/^\d[\d_]*$/.test(value)) return literal(Number(value.replaceAll('_', '')), at);
  return /^[A-Za-z_]\w*$/.test(value) ? nameExpression(value, at) : undefined;
}
