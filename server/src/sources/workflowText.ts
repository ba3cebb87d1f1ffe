// Texts of a GitHub workflow: where each line of a YAML scalar stands in the file, and `${{ … }}` expressions as far as
// the file decides them.

import { type Location, locationOf } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { dynamic, known, type Value } from '../facts/value.ts';
import { scalarText, type TreeNode, tokenSpan } from '../syntax/tree.ts';

/** A scalar's text with the way back to the file. */
export interface PlacedText {
  readonly text: string;
  /** The place of `text.slice(start, end)`. */
  place(start: number, end: number): Location;
}

export function placedText(uri: Uri, source: string, node: TreeNode): PlacedText | undefined {
  const text = scalarText(node);
  if (text === undefined) return undefined;
  const inner = tokenSpan(node);
  const whole = locationOf(uri, inner.start, inner.end);
  if (inner.end - inner.start === text.length && source.startsWith(text, inner.start)) {
    return { text, place: (start, end) => locationOf(uri, inner.start + start, inner.start + end) };
  }
  const lines = node.kind === 'string' && node.block ? blockLines(source, inner.start, text) : undefined;
  if (!lines) return { text, place: () => whole };
  return {
    text,
    place(start, end) {
      const from = offsetIn(lines, start);
      return locationOf(uri, from, Math.max(from, offsetIn(lines, end)));
    },
  };
}

interface Line {
  /** Offset in the decoded text. */
  readonly start: number;
  /** Offset in the file. */
  readonly at: number;
}

/** The lines of a literal block; undefined where folding or chomping moved them about. */
function blockLines(source: string, start: number, text: string): readonly Line[] | undefined {
  const indent = /^(?:[ \t]*\r?\n)*( *)/.exec(source.slice(start, start + 2000))?.[1]?.length ?? 0;
  const lines: Line[] = [];
  let offset = start;
  let decoded = 0;
  for (const line of text.split('\n')) {
    const blank = line === '' && /^[ \t]*\r?(?:\n|$)/.test(source.slice(offset, offset + indent + 2));
    const at = blank ? offset : offset + indent;
    if (!blank && line !== '' && !source.startsWith(line, at)) return undefined;
    lines.push({ start: decoded, at });
    decoded += line.length + 1;
    const newline = source.indexOf('\n', at);
    offset = newline < 0 ? source.length : newline + 1;
  }
  return lines;
}

function offsetIn(lines: readonly Line[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  return line ? line.at + offset - line.start : 0;
}

/** The texts that expressions may name: `env.X`, `matrix.service`, `steps.build.outputs.image`. */
export type Names = ReadonlyMap<string, string>;

const EXPRESSION = /\$\{\{([^{}]{0,500})\}\}/g;

/** Replaces the expressions that are decided; the others stay as they are written. */
export function expandExpressions(text: string, names: Names): string {
  if (!text.includes('${{')) return text;
  return text.replace(EXPRESSION, (match, body: string) => evaluate(body.trim(), names) ?? match);
}

/** `env.X`, `'text'`, `env.X || 'default'` where the first is decided and not empty. */
function evaluate(expression: string, names: Names): string | undefined {
  const [first = ''] = expression.split('||', 1);
  const operand = first.trim();
  const literal = /^'([^']*)'$/.exec(operand)?.[1];
  const value = literal ?? names.get(nameOf(operand));
  return value === '' && expression.includes('||') ? undefined : value;
}

/** `matrix['service']` as `matrix.service`; the names of `env` keep their case, as Linux does. */
function nameOf(operand: string): string {
  return operand.replace(/\[\s*'([^']*)'\s*\]/g, '.$1');
}

/** Whether an expression is left in a text. */
export function isOpen(text: string): boolean {
  return text.includes('${{');
}

export const COMPUTED = 'the workflow computes it';

export function textValue(text: string, at: Location): Value<string> {
  return isOpen(text) ? dynamic(text, at, COMPUTED) : known(text, at);
}

/** A path of the repository: `${{ github.workspace }}/ecs/task.json` and `./ecs/task.json` are `ecs/task.json`. */
export function repositoryPath(text: string): string {
  return text.trim().replace(/^(?:\$\{\{\s*github\.workspace\s*\}\}|\$GITHUB_WORKSPACE|\$\{GITHUB_WORKSPACE\})\/?/, '');
}
