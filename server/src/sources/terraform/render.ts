// New text in the style of `terraform fmt`: two blanks for each level, equals signs of neighbors in one column.
// https://developer.hashicorp.com/terraform/language/style

import { isList, type Json, type Scalar } from '../../base/json.ts';
import { snakeCase } from './shapes.ts';

export interface HclStyle {
  readonly newline: string;
  /** How keys of objects are spelled: bare or quoted, and what stands before their values. */
  readonly quoted: boolean;
  readonly sign: '=' | ':';
  /** Keys in Terraform's spelling. */
  readonly snake: boolean;
}

const UNIT = '  ';

/** The text of a string without its quotes. */
export function escapeHcl(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/([$%])\{/g, '$1$1{');
}

export function renderScalar(value: Scalar): string {
  return typeof value === 'string' ? `"${escapeHcl(value)}"` : String(value);
}

export function renderValue(value: Json, indent: string, style: HclStyle): string {
  if (isList(value)) return renderList(value, indent, style);
  if (typeof value !== 'object' || value === null) return renderScalar(value);
  const lines = renderEntries(value, indent + UNIT, style);
  return lines.length === 0 ? '{}' : `{${style.newline}${lines.join(style.newline)}${style.newline}${indent}}`;
}

function renderList(items: readonly Json[], indent: string, style: HclStyle): string {
  const inline = items.every((item) => typeof item !== 'object' || item === null);
  const parts = items.map((item) => renderValue(item, indent + UNIT, style));
  if (inline) return `[${parts.join(', ')}]`;
  const lines = parts.map((part) => `${indent}${UNIT}${part},${style.newline}`);
  return `[${style.newline}${lines.join('')}${indent}]`;
}

/** The lines of attributes or entries, their signs in one column. */
export function renderEntries(
  value: { readonly [key: string]: Json },
  indent: string,
  style: HclStyle,
): readonly string[] {
  const entries = Object.entries(value).map(([key, item]) => [renderKey(key, style), item] as const);
  const width = Math.max(0, ...entries.map(([key]) => key.length));
  return entries.map(([key, item]) => {
    const sign = style.sign === ':' ? `${key}: ` : `${key.padEnd(width)} = `;
    return `${indent}${sign}${renderValue(item, indent, style)}`;
  });
}

export function renderKey(key: string, style: HclStyle): string {
  const name = style.snake ? snakeCase(key) : key;
  return style.quoted ? JSON.stringify(name) : name;
}

/** A nested block with its attributes. */
export function renderBlock(
  type: string,
  value: { readonly [key: string]: Json },
  indent: string,
  style: HclStyle,
): string {
  const lines = renderEntries(value, indent + UNIT, style);
  return `${indent}${type} {${style.newline}${lines.map((line) => line + style.newline).join('')}${indent}}`;
}
