// How a YAML file is written: its indentation, and new values in that manner.

import { isList, type Json, type Scalar } from '../base/json.ts';
import { lineEnding } from '../base/text.ts';

interface YamlStyle {
  /** Of one level. */
  readonly unit: string;
  /** Of the dashes of a list below their key. */
  readonly listIndent: string;
  readonly newline: string;
}

export function yamlStyleOf(text: string): YamlStyle {
  const level = /^[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( {1,8})[^\s#-]/m.exec(text)?.[1];
  const list = /^( *)[^\s#-][^\n]*:[ \t]*\r?\n( *)- /m.exec(text);
  const unit = level ?? '  ';
  const listIndent = list ? (list[2] ?? '').slice((list[1] ?? '').length) : unit;
  return { unit, listIndent, newline: lineEnding(text) };
}

/** A property in block style; the lines after its first are indented from `indent`. */
export function renderYamlProperty(key: string, value: Json, indent: string, style: YamlStyle): string {
  const name = yamlText(key);
  const tagged = taggedText(value);
  if (tagged !== undefined) return `${name}: ${tagged}`;
  if (!isCollection(value)) return `${name}: ${yamlScalar(value)}`;
  if (Object.keys(value).length === 0) return `${name}: ${isList(value) ? '[]' : '{}'}`;
  return `${name}:${style.newline}${renderYamlBlock(value, indent + (isList(value) ? style.listIndent : style.unit), style)}`;
}

/** The lines of an object or a list, each with its indentation. */
export function renderYamlBlock(value: Json, indent: string, style: YamlStyle): string {
  if (!isCollection(value)) return indent + yamlScalar(value);
  if (!isList(value)) {
    const lines = Object.entries(value).map(([key, item]) => indent + renderYamlProperty(key, item, indent, style));
    return lines.join(style.newline);
  }
  const items = value.map((item) => {
    const isPlain = !isCollection(item) || Object.keys(item).length === 0 || taggedText(item) !== undefined;
    if (isPlain) return `${indent}- ${renderYamlFlow(item)}`;
    const inner = `${indent}  `;
    return `${indent}- ${renderYamlBlock(item, inner, style).slice(inner.length)}`;
  });
  return items.join(style.newline);
}

/** A value on one line. */
export function renderYamlFlow(value: Json): string {
  const tagged = taggedText(value);
  if (tagged !== undefined) return tagged;
  if (!isCollection(value)) return yamlScalar(value);
  if (isList(value)) return `[${value.map(renderYamlFlow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${yamlText(key)}: ${renderYamlFlow(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A key that is a tag is the tag of its value: `{ '!Ref': 'Alarm' }` is `!Ref Alarm`. */
function taggedText(value: Json): string | undefined {
  if (!isCollection(value) || isList(value)) return undefined;
  const [only, other] = Object.entries(value);
  if (!only || other || !only[0].startsWith('!') || isCollection(only[1])) return undefined;
  return `${only[0]} ${yamlScalar(only[1])}`;
}

function isCollection(value: Json): value is readonly Json[] | { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}

export function yamlScalar(value: Scalar): string {
  return typeof value === 'string' ? yamlText(value) : String(value);
}

/** A text that stays a text: in quotes where YAML would read it as something else. */
function yamlText(value: string): string {
  const other = /^(?:[-+.]?\d.*|true|false|null|yes|no|on|off|y|n|~)?$/i.test(value);
  return other ? JSON.stringify(value) : plainText(value);
}

/** A plain scalar where YAML reads it as the same characters, else in quotes. */
export function plainText(value: string): string {
  return /^[\w./$-][\w./:@${}<>=-]*(?: [\w./:@${}<>=-]+)*$/.test(value) && !/: |:$|^-(?: |$)|[{}]/.test(value)
    ? value
    : JSON.stringify(value);
}
