// Templates in files that are rendered before AWS reads them: ecspresso's `{{ must_env `X` }}`, Jinja's `{% if %}`,
// `${VAR}`, `${{ secrets.X }}`, `<IMAGE>`, `%X%`, `__X__`. They are masked by valid text of equal length, so that the
// grammar's own parser reads the rest and every offset stays. What a template renders to is nobody's business here.

import type { Span } from '../base/text.ts';

/**
 * `value` prints something. `open`, `else` and `close` are control lines of a condition or loop; `wrap` opens a block
 * that always applies and is closed by `close` too. `silent` prints nothing: a comment, an assignment.
 */
export type TemplateKind = 'value' | 'open' | 'else' | 'close' | 'wrap' | 'silent';

export interface TemplateSpan extends Span {
  readonly kind: TemplateKind;
  /** Spelled `${NAME}`, as shells spell their variables too. */
  readonly shell: boolean;
}

export interface MaskedText {
  /** As long as the original. */
  readonly text: string;
  /** In order of place; none overlaps another. */
  readonly templates: readonly TemplateSpan[];
}

// Private-use characters: allowed in JSON strings and YAML scalars, and found in no real file. The first one marks
// where a template starts, so that neighbors stay apart.
const START = '\uE0F0';
const FILL = '\uE0F1';

const MAYBE_TEMPLATE = /\{[{%#]|[$%#]\{|\$[A-Za-z_(]|<[A-Za-z_]|%[A-Za-z_]|__[A-Z]|@[A-Za-z_]/;

/** Longest template in a string, and elsewhere. They bound the search for a closing mark. */
const MAX_IN_STRING = 500;
const MAX_LENGTH = 20_000;
const MAX_BRACES = 16;

const WORD_SHAPES = [
  // Not a tag of HTML, which commands write into pages.
  /<(?!(?:html|head|title|style|body|div|h[1-6]|p|br|hr|center|a|b|i|span|ul|ol|li|script|link|meta|pre|em|strong)[\s/>])[A-Za-z_](?:[\w .:/-]{0,78}\w)?>/y,
  // Not two hexadecimal digits: that is percent-encoding.
  /%(?![0-9A-F]{2}%)(?:[A-Z_][A-Z0-9_]{0,60}|[a-z]\w{2,60})%/y,
  /__[A-Z][A-Z0-9_]{0,60}?__/y,
  /@[A-Za-z_]\w{1,60}@/y,
];
const BARE_VARIABLE = /\$(?:[A-Za-z_]\w{0,80}|\([\w.-]{1,80}\))/y;

interface Matcher {
  readonly text: string;
  /** The end of the template that starts at an offset, else -1. */
  end(offset: number): number;
}

/** Finds where templates end. Keeps the last place of each closing mark, so that unclosed ones cost nothing twice. */
function templateMatcher(text: string): Matcher {
  const closers = new Map<string, number>();
  const next = (closer: string, from: number): number => {
    const last = closers.get(closer);
    if (last !== undefined && (last === -1 || last >= from)) return last;
    const found = text.indexOf(closer, from);
    closers.set(closer, found);
    return found;
  };
  const marked = (offset: number, opener: number, closer: string): number => {
    const found = next(closer, offset + opener);
    if (found < 0 || found - offset > MAX_LENGTH) return -1;
    // `{{{ raw }}}`: the third brace belongs to the mark.
    return text.startsWith('{{{', offset) && text[found + 2] === '}' ? found + 3 : found + closer.length;
  };
  return {
    text,
    end(offset) {
      switch (text[offset]) {
        case '{':
          if (text[offset + 1] === '{') return marked(offset, 2, '}}');
          if (text[offset + 1] === '%') return marked(offset, 2, '%}');
          return text[offset + 1] === '#' ? marked(offset, 2, '#}') : -1;
        case '$':
          if (text.startsWith('{{', offset + 1)) return marked(offset, 3, '}}');
          return text[offset + 1] === '{' ? bracedEnd(text, offset + 2) : -1;
        case '#': {
          const end = text[offset + 1] === '{' ? bracedEnd(text, offset + 2) : -1;
          return end > 0 && text[end] === '#' ? end + 1 : end;
        }
        case '%':
          return text[offset + 1] === '{' ? bracedEnd(text, offset + 2) : wordEnd(text, offset);
        default:
          return wordEnd(text, offset);
      }
    },
  };
}

function wordEnd(text: string, offset: number): number {
  for (const shape of WORD_SHAPES) {
    shape.lastIndex = offset;
    if (shape.test(text)) return shape.lastIndex;
  }
  return -1;
}

function bareVariableEnd(text: string, offset: number): number {
  BARE_VARIABLE.lastIndex = offset;
  return BARE_VARIABLE.test(text) ? BARE_VARIABLE.lastIndex : -1;
}

/** The end of `${ … }` with braces and quotes inside, from behind the opening brace. */
function bracedEnd(text: string, from: number): number {
  if (text[from] === '"') return -1;
  const limit = Math.min(text.length, from + 2 * MAX_IN_STRING);
  let depth = 1;
  for (let i = from; i < limit; i++) {
    const char = text[i];
    if (char === '"') {
      const close = text.indexOf('"', i + 1);
      if (close < 0 || close >= limit) return -1;
      i = close;
    } else if (char === '{') {
      if (++depth > MAX_BRACES) return -1;
    } else if (char === '}' && --depth === 0) {
      return i + 1;
    }
  }
  return -1;
}

/** Whether a template inside a string may reach to `end`: on one line, and with as many opening quotes as closing ones. */
function fitsInString(text: string, start: number, end: number): boolean {
  if (end - start > MAX_IN_STRING) return false;
  let quotes = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return false;
    if (code === 34) quotes++;
  }
  return quotes % 2 === 0;
}

/** Whether a template stands in a text. */
export function hasTemplate(text: string): boolean {
  return maskJsonTemplates(`"${text}"`).templates.length > 0;
}

/** Masks the templates of a JSON text, inside and outside of strings. */
export function maskJsonTemplates(text: string): MaskedText {
  if (!MAYBE_TEMPLATE.test(text)) return { text, templates: [] };
  const matcher = templateMatcher(text);
  const mask = new Mask(text);
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"' || char === '\n') inString = false;
      else if (isOpener(char)) {
        const end = matcher.end(i);
        if (end > 0 && fitsInString(text, i, end)) i = mask.inText(i, end) - 1;
      }
    } else if (char === '"') {
      inString = true;
    } else if (char === '/') {
      i = commentEnd(text, i) - 1;
    } else if (isOpener(char)) {
      let end = matcher.end(i);
      if (end < 0 && char === '$') end = bareVariableEnd(text, i);
      if (end > 0) i = mask.alone(i, end) - 1;
    }
  }
  return mask.result();
}

/** Masks the templates of a YAML text. Those that have a line of their own become blank: they may add anything there. */
export function maskYamlTemplates(text: string): MaskedText {
  if (!MAYBE_TEMPLATE.test(text)) return { text, templates: [] };
  const matcher = templateMatcher(text);
  const mask = new Mask(text);
  for (let i = 0; i < text.length; i++) {
    if (!isOpener(text[i])) continue;
    const end = matcher.end(i);
    if (end < 0 || spansLines(text, i, end)) continue;
    const line = /^(?:\{\{|\{%|\{#|%\{)/.test(text.slice(i, i + 2)) && isAloneOnLine(text, i, end);
    i = (line ? mask.line(i, end) : mask.inText(i, end)) - 1;
  }
  return mask.result();
}

function spansLines(text: string, start: number, end: number): boolean {
  const newline = text.indexOf('\n', start);
  return newline >= 0 && newline < end;
}

function isAloneOnLine(text: string, start: number, end: number): boolean {
  for (let i = start - 1; i >= 0 && text[i] !== '\n'; i--) if (text[i] !== ' ' && text[i] !== '\t') return false;
  for (let i = end; i < text.length && text[i] !== '\n'; i++) if (!/\s/.test(text[i] ?? '')) return false;
  return true;
}

function isOpener(char: string | undefined): boolean {
  return char === '{' || char === '$' || char === '<' || char === '%' || char === '_' || char === '#' || char === '@';
}

function commentEnd(text: string, offset: number): number {
  const second = text[offset + 1];
  if (second !== '/' && second !== '*') return offset + 1;
  const end = second === '/' ? text.indexOf('\n', offset) : text.indexOf('*/', offset + 2);
  return end < 0 ? text.length : end + (second === '/' ? 0 : 2);
}

class Mask {
  readonly #original: string;
  readonly #pieces: string[] = [];
  readonly #templates: TemplateSpan[] = [];
  #offset = 0;

  constructor(text: string) {
    this.#original = text;
  }

  /** Masks a template that is part of a text. */
  inText(start: number, end: number): number {
    return this.#put(start, end, 'value', START + FILL.repeat(end - start - 1));
  }

  /** Masks a template that stands for a whole value, or for nothing. */
  alone(start: number, end: number): number {
    const body = this.#original.slice(start, end);
    const kind = kindOf(body);
    if (kind !== 'value') return this.#put(start, end, kind, body.replace(/[^\r\n]/g, ' '));
    return this.#put(start, end, kind, `"${FILL.repeat(end - start - 2)}"`);
  }

  /** Masks a template that is a line of its own. */
  line(start: number, end: number): number {
    const kind = kindOf(this.#original.slice(start, end));
    return this.#put(start, end, kind === 'value' ? 'else' : kind, ' '.repeat(end - start));
  }

  #put(start: number, end: number, kind: TemplateKind, masked: string): number {
    this.#pieces.push(this.#original.slice(this.#offset, start), masked);
    const shell = this.#original[start] === '$' && !this.#original.startsWith('{{', start + 1);
    this.#templates.push({ start, end, kind, shell });
    this.#offset = end;
    return end;
  }

  result(): MaskedText {
    this.#pieces.push(this.#original.slice(this.#offset));
    return { text: this.#pieces.join(''), templates: this.#templates };
  }
}

const OPENING = new Set(['if', 'unless', 'range', 'for', 'each']);
const CLOSING = new Set(['end', 'endif', 'endfor', 'endunless', 'endwith', 'endblock', 'endmacro']);
const WRAPPING = new Set(['with', 'define', 'block', 'macro']);
const SILENT = new Set(['set', 'import', 'extends', 'from']);

/** What a template does, by its first word. */
function kindOf(template: string): TemplateKind {
  if (/^(?:\{#|\{\{[-~]?\s*\/\*|\{\{!)/.test(template)) return 'silent';
  const statement = /^(\{\{|\{%|%\{)[-~+]?\s*([#/]?)\s*(\$?\w*)(\s*:?=)?/.exec(template);
  if (!statement) return 'value';
  const [, mark, sign, word = '', assignment] = statement;
  if (assignment) return 'silent';
  if (sign === '/' || CLOSING.has(word)) return 'close';
  if (OPENING.has(word)) return 'open';
  if (/^(?:else|elif|elsif|elseif)$/.test(word)) return 'else';
  if (WRAPPING.has(word)) return 'wrap';
  if (mark === '{%') return SILENT.has(word) ? 'silent' : 'else';
  return 'value';
}

const MASKED = new RegExp(`${START}${FILL}*`, 'g');

/** Puts the templates back into a text that was decoded from masked text; `within` are those it was made of, in order. */
export function unmask(decoded: string, original: string, within: readonly TemplateSpan[]): string {
  let index = 0;
  return decoded.replace(MASKED, (run) => {
    const template = within[index++];
    return template === undefined ? run : original.slice(template.start, template.end);
  });
}

/** The templates that lie in a span. */
export function templatesIn(templates: readonly TemplateSpan[], span: Span): readonly TemplateSpan[] {
  if (templates.length === 0) return templates;
  let low = 0;
  let high = templates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((templates[middle]?.start ?? 0) < span.start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < templates.length && (templates[end]?.end ?? 0) <= span.end) end++;
  return templates.slice(low, end);
}

/** Follows the control templates of a file: are we inside a condition? */
export class ControlStack {
  readonly #blocks: TemplateKind[] = [];
  #conditions = 0;

  get conditional(): boolean {
    return this.#conditions > 0;
  }

  /** Takes the next control template; answers whether what surrounds it may gain or lose parts. */
  take(kind: TemplateKind): boolean {
    if (kind === 'open' || kind === 'wrap') {
      this.#blocks.push(kind);
      if (kind === 'open') this.#conditions++;
      return kind === 'open';
    }
    if (kind !== 'close') return kind === 'else';
    if (this.#blocks.pop() !== 'open') return false;
    this.#conditions--;
    return true;
  }
}
