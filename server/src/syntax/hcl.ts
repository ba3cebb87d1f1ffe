// HCL, the language of Terraform and OpenTofu, into a tree. Never fails: what is broken becomes a problem, and the bodies
// it touched are no longer complete. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md

import type { Span } from '../base/text.ts';
import { HclCursor, MAX_DEPTH } from './hcl/cursor.ts';
import { readExpression } from './hcl/expression.ts';
import { readTemplate } from './hcl/template.ts';
import type { HclAttribute, HclBlock, HclBody, HclLabel, HclTemplate, HclTree } from './hcl/tree.ts';
import type { SyntaxProblem } from './tree.ts';

export function parseHcl(text: string): HclTree {
  const cursor = new HclCursor(text);
  const body = readBody(cursor, false);
  return { body, problems: cursor.problems };
}

/** A text that is one whole block and nothing else; undefined where it is not, or is broken. */
export function parseHclBlock(text: string): HclBlock | undefined {
  const cursor = new HclCursor(text);
  const blocks: HclBlock[] = [];
  readItem(cursor, [], blocks);
  const [block] = blocks;
  return block && cursor.atEnd && cursor.problemCount === 0 ? block : undefined;
}

/** A part of a text that is a template, as the texts of `.tf.json` are; its places are those of the whole text. */
export function parseHclTemplateIn(text: string, span: Span): HclTemplate {
  const cursor = new HclCursor(text.slice(0, span.end), span.start);
  const { parts } = readTemplate(cursor, (inside) => readExpression(inside, true));
  return { kind: 'template', parts, span, inner: span };
}

/** A text that is a template as a whole. */
export function parseHclTemplate(text: string): {
  readonly template: HclTemplate;
  readonly problems: readonly SyntaxProblem[];
} {
  const cursor = new HclCursor(text);
  const template = readTemplate(cursor, (inside) => readExpression(inside, true));
  return { template, problems: cursor.problems };
}

function readBody(cursor: HclCursor, nested: boolean): HclBody {
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  const before = cursor.problemCount;
  for (;;) {
    cursor.skip(true);
    if (cursor.atEnd) break;
    if (nested && cursor.text[cursor.offset] === '}') break;
    if (nested && cursor.atTopLevelBlock) break;
    readItem(cursor, attributes, blocks);
  }
  return { attributes, blocks, complete: cursor.problemCount === before };
}

function readItem(cursor: HclCursor, attributes: HclAttribute[], blocks: HclBlock[]): void {
  const start = cursor.offset;
  const name = cursor.identifier();
  if (name === undefined) {
    cursor.problem('A name is missing here.');
    cursor.skipToLineEnd();
    if (cursor.offset === start) cursor.offset++;
    return;
  }
  const nameSpan = { start, end: cursor.offset };
  cursor.skip(false);
  if (cursor.text[cursor.offset] === '=' && cursor.text[cursor.offset + 1] !== '=') {
    cursor.take('=');
    cursor.skip(false);
    const value = readExpression(cursor, false);
    attributes.push({ name, nameSpan, span: { start, end: cursor.end }, value });
    endLine(cursor);
    return;
  }
  const labels = readLabels(cursor);
  if (!cursor.take('{')) {
    cursor.problem('This is neither an attribute nor a block.', nameSpan);
    cursor.skipToLineEnd();
    return;
  }
  const body = readNested(cursor);
  if (!cursor.take('}')) cursor.problem('The closing brace of this block is missing.', nameSpan);
  const span = { start, end: cursor.offset };
  blocks.push({ type: name, labels, span, typeSpan: nameSpan, body });
}

function readNested(cursor: HclCursor): HclBody {
  if (cursor.depth >= MAX_DEPTH) {
    cursor.giveUp();
    return { attributes: [], blocks: [], complete: false };
  }
  cursor.depth++;
  const body = readBody(cursor, true);
  cursor.depth--;
  return body;
}

function endLine(cursor: HclCursor): void {
  cursor.skip(false);
  const char = cursor.text[cursor.offset];
  if (char === undefined || char === '\n' || char === '}' || cursor.atTopLevelBlock) return;
  cursor.problem('The line should have ended here.');
  cursor.skipToLineEnd();
}

function readLabels(cursor: HclCursor): readonly HclLabel[] {
  const labels: HclLabel[] = [];
  for (;;) {
    cursor.skip(false);
    const start = cursor.offset;
    if (cursor.text[start] === '"') {
      const close = /[^"\\\n]*/y;
      close.lastIndex = start + 1;
      const text = close.exec(cursor.text)?.[0] ?? '';
      cursor.offset = start + 1 + text.length;
      if (!cursor.take('"')) return labels;
      labels.push({ text, span: { start: start + 1, end: start + 1 + text.length } });
      continue;
    }
    const name = cursor.identifier();
    if (name === undefined) return labels;
    labels.push({ text: name, span: { start, end: cursor.offset } });
  }
}
