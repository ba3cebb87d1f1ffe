// nginx's configuration: directives of words, ended by `;` or followed by a block. Read from left to right, never
// throwing; what stands after a missing brace is still read. What a directive means is left to `launch/`.

import type { Span } from '../base/text.ts';

export interface NginxDirective {
  readonly name: string;
  readonly words: readonly NginxWord[];
  /** The directives of its block; undefined for one that ends with `;`. */
  readonly block: readonly NginxDirective[] | undefined;
  readonly span: Span;
}

/** A word without its quotes; `span` is the inside of them. */
export interface NginxWord {
  readonly text: string;
  readonly span: Span;
}

/** A template that stands where a word is expected: `{{ port }}`. */
const TEMPLATE = /^\{\{[^{}\n]{0,200}\}\}/;

/** Deeper blocks are read as if they stood here. */
const MAX_DEPTH = 40;

interface Open {
  readonly name: NginxWord | undefined;
  readonly words: readonly NginxWord[];
  readonly start: number;
  readonly directives: NginxDirective[];
}

export function parseNginx(text: string): readonly NginxDirective[] {
  const root: Open = { name: undefined, words: [], start: 0, directives: [] };
  const stack: Open[] = [root];
  let words: NginxWord[] = [];
  let position = 0;
  const top = () => stack.at(-1) ?? root;
  const close = (end: number) => {
    const block = stack.length > 1 ? stack.pop() : undefined;
    if (block?.name === undefined) return;
    const { name, start, directives } = block;
    top().directives.push({ name: name.text, words: block.words, block: directives, span: { start, end } });
  };
  while (position < text.length) {
    const character = text[position] ?? '';
    if (
      character === ';' ||
      (character === '{' && !TEMPLATE.test(text.slice(position, position + 210))) ||
      character === '}'
    ) {
      const [name, ...rest] = words;
      words = [];
      position++;
      if (name !== undefined && character === '{' && stack.length < MAX_DEPTH) {
        stack.push({ name, words: rest, start: name.span.start, directives: [] });
      } else if (name !== undefined) {
        const span = { start: name.span.start, end: position };
        top().directives.push({ name: name.text, words: rest, block: undefined, span });
      }
      if (character === '}') close(position);
    } else if (character === '#') {
      const newline = text.indexOf('\n', position);
      position = newline < 0 ? text.length : newline;
    } else if (/\s/.test(character)) position++;
    else {
      const word = readWord(text, position);
      words.push(word.word);
      position = word.end;
    }
  }
  while (stack.length > 1) close(text.length);
  return root.directives;
}

function readWord(text: string, start: number): { readonly word: NginxWord; readonly end: number } {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    let end = start + 1;
    while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    const span = { start: start + 1, end: Math.min(end, text.length) };
    return { word: { text: text.slice(span.start, span.end), span }, end: Math.min(end + 1, text.length) };
  }
  let end = start;
  while (end < text.length) {
    const character = text[end] ?? '';
    // `${NAME}` is one word, braces included.
    if (character === '$' && text[end + 1] === '{') {
      const close = /^\$\{[\w:./-]{0,200}\}/.exec(text.slice(end, end + 210));
      end += close?.[0].length ?? 1;
    } else if (/[\s;{}]/.test(character)) {
      const template = character === '{' ? TEMPLATE.exec(text.slice(end, end + 210)) : null;
      if (template === null) break;
      end += template[0].length;
    } else end += character === '\\' ? 2 : 1;
  }
  end = Math.min(Math.max(end, start + 1), text.length);
  return { word: { text: text.slice(start, end), span: { start, end } }, end };
}
