// YAML into the same tree as JSON. Short tags are kept, aliases lead to the node they name, merge keys are merged.
// Never fails: what is broken becomes a problem, and the mappings it touched are no longer complete.

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type Tags,
} from 'yaml';
import type { Span } from '../base/text.ts';
import { type Quoting, spelledRuns } from './spelling.ts';
import { ControlStack, maskYamlTemplates, type TemplateSpan, templatesIn, unmask } from './template.ts';
import type { SyntaxProblem, Tree, TreeEntry, TreeNode } from './tree.ts';

export interface YamlOptions {
  /** False for formats whose own parser takes the text as plain YAML, such as GitHub workflows. */
  readonly templates?: boolean;
}

const MAX_LENGTH = 1_000_000;
const MAX_DEPTH = 200;
const MAX_PROBLEMS = 20;
/** Nodes that aliases may add to a document; no honest file comes near. */
const MAX_ALIASED = 20_000;
/** The structure before the first word of a line: 400 columns of it are no honest file. */
const DEEP_LINE = /^(?:[ \t]|[-?:][ \t]){400}/m;
const MAX_FLOW_DEPTH = 100;

const EMPTY: Tree = { root: undefined, templates: [], problems: [] };

/** The first document of a text. */
export function parseYaml(text: string, options: YamlOptions = {}): Tree {
  return parseYamlDocuments(text, options)[0] ?? EMPTY;
}

export function parseYamlDocuments(text: string, options: YamlOptions = {}): readonly Tree[] {
  if (text.length > MAX_LENGTH) return [unreadable('The file is too long to be read.')];
  if (isTooDeep(text)) return [unreadable('The file nests too deep to be read.')];
  const masked = options.templates === false ? { text, templates: [] } : maskYamlTemplates(text);
  try {
    return documentsOf(masked.text).map((document) => new Converter(text, masked.templates, document).tree());
  } catch {
    return [unreadable('The file cannot be read as YAML.')];
  }
}

function documentsOf(text: string): readonly Document[] {
  const documents = parsed(text);
  const errors = documents.flatMap((document) => document.errors);
  if (!errors.some((error) => error.message.startsWith('Missing closing'))) return documents;
  const joined = parsed(withJoinedQuotes(text));
  return joined.flatMap((document) => document.errors).length < errors.length ? joined : documents;
}

function parsed(text: string): readonly Document[] {
  // Pretty errors cost quadratic time, and the problems have places of their own.
  const documents = parseAllDocuments(text, {
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
    customTags: tagsIn(text),
  });
  return Array.isArray(documents) ? documents : [];
}

const QUOTED_VALUE = /^ *(?:- +)*(?:[\w.:-]+: +)?(?:![\w:]+ +)?(?:'[^']*(?:''[^']*)*'|"[^"\\]*(?:\\.[^"\\]*)*")/gms;

/**
 * Quoted texts on one line each, as long as they were. YAML wants their later lines indented, but CloudFormation and most
 * other readers do not: policies in JSON are often written so.
 */
function withJoinedQuotes(text: string): string {
  return text.replace(QUOTED_VALUE, (value) => value.replace(/[\r\n]/g, ' '));
}

const TAG = /(?:^|[\s[{,])(![A-Za-z][\w:]{0,60})/g;
const MAX_TAGS = 50;

/** Tags that are not declared become warnings, of which each costs as much as a dozen nodes. */
function tagsIn(text: string): Tags {
  if (!text.includes('!')) return [];
  const names = new Set<string>();
  for (const match of text.matchAll(TAG)) {
    if (match[1] !== undefined && names.size < MAX_TAGS) names.add(match[1]);
  }
  return [...names].flatMap((tag) => [
    { tag, resolve: (value: string) => value },
    { tag, collection: 'map' as const },
    { tag, collection: 'seq' as const },
  ]);
}

/**
 * The `yaml` package recurses, and V8 ends the process where its stack overflows inside a regular expression: no
 * `catch` helps, so that deep nesting must be found before.
 */
function isTooDeep(text: string): boolean {
  if (DEEP_LINE.test(text)) return true;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 91 || code === 123) {
      if (++depth > MAX_FLOW_DEPTH) return true;
    } else if ((code === 93 || code === 125) && depth > 0) depth--;
  }
  return false;
}

function unreadable(message: string): Tree {
  return { ...EMPTY, problems: [{ span: { start: 0, end: 0 }, message }] };
}

interface Sized {
  readonly node: TreeNode;
  readonly size: number;
}

class Converter {
  readonly #text: string;
  readonly #templates: readonly TemplateSpan[];
  readonly #document: Document;
  readonly #anchors = new Map<string, Sized>();
  readonly #conditions: readonly Span[];
  /** Offsets at which something is missing or broken, in order. */
  readonly #gaps: readonly number[];
  #aliased = 0;
  #size = 0;

  constructor(text: string, templates: readonly TemplateSpan[], document: Document) {
    this.#text = text;
    this.#templates = templates;
    this.#document = document;
    const { conditions, gaps } = controlPlaces(templates, text.length);
    this.#conditions = conditions;
    this.#gaps = [...gaps, ...document.errors.map((error) => error.pos[0])].sort((a, b) => a - b);
  }

  tree(): Tree {
    const problems: SyntaxProblem[] = this.#document.errors.slice(0, MAX_PROBLEMS).map((error) => ({
      span: placeOf(error.pos, this.#text.length),
      message: `${error.message.split('\n', 1)[0] ?? ''}.`.replace(/\.\.$/, '.'),
    }));
    const { contents } = this.#document;
    return { root: contents ? this.#convert(contents, 0) : undefined, templates: this.#templates, problems };
  }

  #convert(node: unknown, depth: number): TreeNode {
    this.#size++;
    const before = this.#size;
    const span = spanOf(node);
    if (isAlias(node)) return this.#alias(node.source, span);
    if (depth > MAX_DEPTH) return { kind: 'template', text: '…', span };
    const base = this.#base(node, span);
    const converted = this.#convertKind(node, base, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor) this.#anchors.set(anchor, { node: converted, size: this.#size - before + 1 });
    return converted;
  }

  #base(node: unknown, span: Span): Base {
    const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined;
    const condition = this.#conditions[firstIndex(this.#conditions, (one) => one.end > span.start)];
    const conditional = condition !== undefined && condition.start <= span.start;
    return {
      span,
      ...(tag?.startsWith('!') && !tag.startsWith('!!') ? { tag } : {}),
      ...(conditional ? { conditional: true as const } : {}),
    };
  }

  #convertKind(node: unknown, base: Base, depth: number): TreeNode {
    if (isScalar(node)) return this.#scalar(node, base);
    const gap = this.#gaps[firstIndex(this.#gaps, (one) => one >= base.span.start)];
    const complete = gap === undefined || gap > base.span.end;
    if (isMap(node)) return { kind: 'object', ...this.#entries(node.items, complete, depth), ...base };
    if (isSeq(node)) {
      return { kind: 'array', items: node.items.map((item) => this.#convert(item, depth + 1)), complete, ...base };
    }
    return { kind: 'null', ...base };
  }

  #entries(pairs: readonly Pair[], whole: boolean, depth: number): { entries: TreeEntry[]; complete: boolean } {
    const own: TreeEntry[] = [];
    const merged: TreeEntry[] = [];
    let complete = whole;
    for (const pair of pairs) {
      const key = isScalar(pair.key) ? this.#scalar(pair.key, this.#base(pair.key, spanOf(pair.key))) : undefined;
      const value = pair.value === null || pair.value === undefined ? undefined : this.#convert(pair.value, depth + 1);
      const keySpan = key?.kind === 'string' ? key.inner : key?.span;
      const name = isScalar(pair.key) ? String(pair.key.value ?? '') : undefined;
      if (!key || !keySpan || name === undefined || (key.kind === 'string' && key.template)) {
        complete = false;
        continue;
      }
      const end = Math.max(key.span.end, value?.span.end ?? 0);
      if (name === '<<') complete = mergeInto(merged, value) && complete;
      else {
        const nothing: TreeNode = { kind: 'null', span: { start: key.span.end, end: key.span.end } };
        own.push({ key: name, keySpan, span: { start: key.span.start, end }, value: value ?? nothing });
      }
    }
    return { entries: merged.length === 0 ? own : [...merged, ...own], complete };
  }

  #alias(name: string, span: Span): TreeNode {
    const target = this.#anchors.get(name);
    this.#aliased += target?.size ?? 0;
    if (!target || this.#aliased > MAX_ALIASED) return { kind: 'template', text: `*${name}`, span };
    this.#size += target.size;
    return target.node;
  }

  #scalar(node: Scalar, base: Base): TreeNode {
    const { value } = node;
    if (value === null || value === undefined) return { kind: 'null', ...base };
    if (typeof value === 'boolean') return { kind: 'boolean', value, ...base };
    const source = this.#text.slice(base.span.start, base.span.end);
    if (typeof value === 'number') return { kind: 'number', value, text: source, ...base };
    if (typeof value !== 'string') return { kind: 'template', text: source, ...base };
    const inner = this.#inner(node, base.span);
    const within = templatesIn(this.#templates, inner);
    const runs = within.length === 0 ? spelledRuns(this.#text, inner, value, quotingOf(node)) : undefined;
    return {
      kind: 'string',
      value: within.length === 0 ? value : unmask(value, this.#text, within),
      inner,
      template: within.length > 0,
      ...(isBlock(node) ? { block: true as const } : {}),
      ...(runs ? { runs } : {}),
      ...base,
    };
  }

  #inner(node: Scalar, span: Span): Span {
    if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') {
      const closed = span.end - span.start > 1 && this.#text[span.end - 1] === this.#text[span.start];
      return { start: span.start + 1, end: closed ? span.end - 1 : span.end };
    }
    if (!isBlock(node)) return span;
    const newline = this.#text.indexOf('\n', span.start);
    return { start: newline < 0 || newline >= span.end ? span.end : newline + 1, end: span.end };
  }
}

interface Base {
  readonly span: Span;
  readonly tag?: string;
  readonly conditional?: true;
}

/** What is missing at the end of a text is placed behind it. */
function placeOf([start, end]: readonly [number, number], length: number): Span {
  const from = Math.min(start, length);
  return { start: from, end: Math.min(Math.max(from, end), length) };
}

function isBlock(node: Scalar): boolean {
  return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
}

function quotingOf(node: Scalar): Quoting {
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  return node.type === 'QUOTE_SINGLE' ? 'single' : 'none';
}

function spanOf(node: unknown): Span {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  if (!Array.isArray(range)) return { start: 0, end: 0 };
  const [start, end] = range;
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : { start: 0, end: 0 };
}

/** The index of the first item that a test accepts, where it accepts all later ones too. */
function firstIndex<T>(sorted: readonly T[], accepts: (item: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && accepts(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Adds the entries that `<<` brings; answers whether they are all known. */
function mergeInto(merged: TreeEntry[], value: TreeNode | undefined): boolean {
  if (value?.kind === 'object') {
    merged.unshift(...value.entries.slice(0, MAX_ALIASED));
    return value.complete;
  }
  if (value?.kind !== 'array') return value?.kind === 'null';
  return value.items.map((item) => mergeInto(merged, item)).every((known) => known) && value.complete;
}

/** Where control templates make parts conditional, and where they may add or take parts. */
function controlPlaces(
  templates: readonly TemplateSpan[],
  end: number,
): { conditions: readonly Span[]; gaps: readonly number[] } {
  const stack = new ControlStack();
  const conditions: Span[] = [];
  const gaps: number[] = [];
  let start: number | undefined;
  for (const template of templates) {
    if (template.kind === 'value') continue;
    if (stack.take(template.kind)) gaps.push(template.start);
    if (stack.conditional) start ??= template.start;
    else if (start !== undefined) {
      conditions.push({ start, end: template.start });
      start = undefined;
    }
  }
  if (start !== undefined) conditions.push({ start, end });
  return { conditions, gaps };
}
