// JSON with comments, trailing commas and templates into a tree. Never fails: what is broken becomes a problem, and the
// objects it touched are no longer complete. Uses no recursion, so that nesting costs no stack.

import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Span } from '../base/text.ts';
import { spelledRuns } from './spelling.ts';
import {
  ControlStack,
  type MaskedText,
  maskJsonTemplates,
  type TemplateSpan,
  templatesIn,
  unmask,
} from './template.ts';
import type { SyntaxProblem, Tree, TreeEntry, TreeNode } from './tree.ts';

/** jsonc-parser's `SyntaxKind`, which as an ambient enum cannot be imported one module at a time. */
const Kind = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  unknown: 16,
  end: 17,
} as const;

const MAX_DEPTH = 200;
const MAX_PROBLEMS = 20;

interface Key {
  readonly name: string;
  readonly inner: Span;
  readonly start: number;
  /** The name is a template, so that the entry may be any. */
  readonly unknown: boolean;
}

interface Frame {
  readonly kind: 'object' | 'array';
  readonly start: number;
  readonly conditional: boolean;
  readonly entries: TreeEntry[];
  readonly items: TreeNode[];
  complete: boolean;
  expects: 'key' | 'colon' | 'value' | 'comma';
  key: Key | undefined;
}

interface Token {
  kind: number;
  start: number;
  end: number;
  text: string;
  /** A template without quotes, or words grown together with one. */
  template: boolean;
}

export function parseJson(text: string): Tree {
  const masked = maskJsonTemplates(text);
  return new JsonParser(text, masked).parse();
}

class JsonParser {
  readonly #text: string;
  readonly #templates: readonly TemplateSpan[];
  readonly #scanner: JSONScanner;
  readonly #controls = new ControlStack();
  readonly #problems: SyntaxProblem[] = [];
  readonly #frames: Frame[] = [];
  readonly #valueStarts: ReadonlySet<number>;
  #token: Token = { kind: Kind.end, start: 0, end: 0, text: '', template: false };
  #next: Token;
  #nextTemplate = 0;
  #root: TreeNode | undefined;
  /** A template stood before the current token, so that a missing comma is no problem. */
  #afterTemplate = false;

  constructor(text: string, masked: MaskedText) {
    this.#text = text;
    this.#templates = masked.templates;
    this.#valueStarts = new Set(masked.templates.filter((one) => one.kind === 'value').map((one) => one.start));
    this.#scanner = createScanner(masked.text, true);
    this.#next = this.#scan();
  }

  parse(): Tree {
    for (this.#advance(); this.#token.kind !== Kind.end; this.#advance()) {
      if (this.#frames.length >= MAX_DEPTH) {
        this.#problem('The file nests too deep to be read.');
        break;
      }
      this.#take();
    }
    if (this.#frames.length > 0) {
      if (this.#frames.length < MAX_DEPTH) this.#problem(`The closing ${this.#closer()} is missing.`);
      this.#spoilAll();
      while (this.#frames.length > 0) this.#close(this.#token.start);
    }
    return { root: this.#root, templates: this.#templates, problems: this.#problems };
  }

  #closer(): string {
    return this.#frames.at(-1)?.kind === 'array' ? 'bracket' : 'brace';
  }

  #take(): void {
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.#takeRoot();
      return;
    }
    switch (this.#token.kind) {
      case Kind.closeBrace:
        this.#takeClose(frame, 'object');
        return;
      case Kind.closeBracket:
        this.#takeClose(frame, 'array');
        return;
      case Kind.comma:
        this.#takeComma(frame);
        return;
      case Kind.colon:
        if (frame.expects === 'colon') frame.expects = 'value';
        else this.#spoil(frame, 'This colon has no property before it.');
        return;
      default:
        this.#takeWord(frame);
    }
  }

  #takeRoot(): void {
    if (this.#root === undefined) {
      this.#takeValue();
      return;
    }
    this.#problem('The file goes on after its value has ended.');
    this.#skipRest();
  }

  #skipRest(): void {
    while (this.#next.kind !== Kind.end) this.#advance();
  }

  #takeClose(frame: Frame, kind: Frame['kind']): void {
    if (frame.kind !== kind) {
      this.#problem(`This ${kind === 'array' ? 'bracket' : 'brace'} closes nothing.`);
      this.#spoilAll();
      // `{ … ]`: most likely the object was not closed; `[ … }`: most likely a brace too many.
      if (kind !== 'array' || this.#frames.at(-2)?.kind !== 'array') return;
      this.#close(this.#token.start);
    } else if (frame.expects === 'colon' || (frame.expects === 'value' && frame.kind === 'object')) {
      this.#spoil(frame, 'The value of this property is missing.');
    }
    this.#close(this.#token.end);
  }

  #takeComma(frame: Frame): void {
    if (frame.expects !== 'comma' && !this.#afterTemplate) this.#spoil(frame, 'This comma has no value before it.');
    this.#expectNext(frame);
  }

  #expectNext(frame: Frame): void {
    frame.expects = frame.kind === 'array' ? 'value' : 'key';
    frame.key = undefined;
  }

  #takeWord(frame: Frame): void {
    if (frame.expects === 'colon') {
      this.#spoil(frame, 'A colon is missing before this.');
      frame.expects = 'comma';
    }
    if (frame.expects === 'comma') {
      if (!this.#afterTemplate) this.#spoil(frame, 'A comma is missing before this.');
      this.#expectNext(frame);
    }
    if (frame.expects === 'key') this.#takeKey(frame);
    else this.#takeValue();
  }

  #takeKey(frame: Frame): void {
    const token = this.#token;
    const named = this.#next.kind === Kind.colon;
    if (token.template && !named) {
      frame.complete = false;
      frame.expects = 'comma';
      this.#afterTemplate = true;
      return;
    }
    if (token.kind === Kind.openBrace || token.kind === Kind.openBracket) {
      this.#spoil(frame, 'A property name is missing before this.');
      this.#open();
      return;
    }
    const quoted = token.kind === Kind.string && !token.template;
    if (!quoted && !token.template) this.#spoil(frame, 'This property name has no quotes.');
    const inner = quoted ? this.#inner(token) : { start: token.start, end: token.end };
    const unknown = token.template || templatesIn(this.#templates, inner).length > 0;
    if (unknown) frame.complete = false;
    frame.key = { name: token.text, inner, start: token.start, unknown };
    frame.expects = 'colon';
  }

  #takeValue(): void {
    const { kind } = this.#token;
    if (kind === Kind.openBrace || kind === Kind.openBracket) this.#open();
    else this.#add(this.#scalar());
  }

  #open(): void {
    const kind = this.#token.kind === Kind.openBrace ? 'object' : 'array';
    this.#frames.push({
      kind,
      start: this.#token.start,
      conditional: this.#controls.conditional,
      entries: [],
      items: [],
      complete: true,
      expects: kind === 'array' ? 'value' : 'key',
      key: undefined,
    });
  }

  #close(end: number): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    const base = { span: { start: frame.start, end }, ...(frame.conditional ? { conditional: true as const } : {}) };
    if (frame.kind === 'array') this.#add({ kind: 'array', items: frame.items, complete: frame.complete, ...base });
    else this.#add({ kind: 'object', entries: frame.entries, complete: frame.complete, ...base });
  }

  #add(node: TreeNode): void {
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.#root ??= node;
      return;
    }
    if (frame.kind === 'array') frame.items.push(node);
    else if (frame.key && !frame.key.unknown) {
      const { name, inner, start } = frame.key;
      frame.entries.push({ key: name, keySpan: inner, span: { start, end: node.span.end }, value: node });
    }
    frame.key = undefined;
    frame.expects = 'comma';
  }

  #scalar(): TreeNode {
    const token = this.#token;
    const span = { start: token.start, end: token.end };
    const base = this.#controls.conditional ? { span, conditional: true as const } : { span };
    if (token.template) return { kind: 'template', text: this.#text.slice(span.start, span.end), ...base };
    switch (token.kind) {
      case Kind.string: {
        const inner = this.#inner(token);
        const within = templatesIn(this.#templates, inner);
        if (within.length > 0) {
          return { kind: 'string', value: unmask(token.text, this.#text, within), inner, template: true, ...base };
        }
        const runs = spelledRuns(this.#text, inner, token.text, 'double');
        return { kind: 'string', value: token.text, inner, template: false, ...(runs && { runs }), ...base };
      }
      case Kind.number:
        return { kind: 'number', value: Number(token.text), text: token.text, ...base };
      case Kind.true:
      case Kind.false:
        return { kind: 'boolean', value: token.kind === Kind.true, ...base };
      case Kind.null:
        return { kind: 'null', ...base };
      default:
        // `"containerPort": PORT` is a placeholder; any other bare word is a mistake.
        if (!/^[A-Z_][A-Z0-9_]*$/.test(token.text)) this.#spoil(this.#frames.at(-1), 'This value is not valid JSON.');
        return { kind: 'template', text: this.#text.slice(span.start, span.end), ...base };
    }
  }

  #inner(token: Token): Span {
    const closed = token.end > token.start + 1 && this.#text[token.end - 1] === '"';
    return { start: token.start + 1, end: closed ? token.end - 1 : token.end };
  }

  /** Moves to the next token; words that touch a template or each other become one. */
  #advance(): void {
    const token = this.#next;
    this.#next = this.#scan();
    while (isWord(token) && isWord(this.#next) && this.#next.start === token.end) {
      token.template ||= this.#next.template;
      token.kind = Kind.unknown;
      token.end = this.#next.end;
      token.text += this.#next.text;
      this.#next = this.#scan();
    }
    this.#afterTemplate = this.#token.template;
    this.#token = token;
    this.#passControls(token.start);
  }

  #passControls(end: number): void {
    for (let one = this.#templates[this.#nextTemplate]; one && one.start < end; ) {
      if (one.kind !== 'value') {
        this.#afterTemplate = true;
        const frame = this.#frames.at(-1);
        if (this.#controls.take(one.kind) && frame) frame.complete = false;
      }
      one = this.#templates[++this.#nextTemplate];
    }
  }

  #scan(): Token {
    const kind: number = this.#scanner.scan();
    const start = this.#scanner.getTokenOffset();
    const end = start + this.#scanner.getTokenLength();
    const template = kind === Kind.string && this.#valueStarts.has(start);
    const error: number = this.#scanner.getTokenError();
    if (error !== 0 && kind === Kind.string && !template) this.#scanProblem(start, end);
    return { kind, start, end, text: this.#scanner.getTokenValue(), template };
  }

  #scanProblem(start: number, end: number): void {
    this.#report(
      { start, end },
      'This string is not valid JSON: a quote is missing, or an escape or character is wrong.',
    );
    this.#spoilAll();
  }

  #spoil(frame: Frame | undefined, message: string): void {
    if (frame) frame.complete = false;
    this.#problem(message);
  }

  #spoilAll(): void {
    for (const frame of this.#frames) frame.complete = false;
  }

  #problem(message: string): void {
    this.#report({ start: this.#token.start, end: this.#token.end }, message);
  }

  #report(span: Span, message: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ span, message });
  }
}

function isWord(token: Token): boolean {
  switch (token.kind) {
    case Kind.unknown:
    case Kind.number:
    case Kind.true:
    case Kind.false:
    case Kind.null:
      return true;
    default:
      return token.template;
  }
}
