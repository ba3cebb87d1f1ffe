// Jsonnet as far as it is JSON with names: comments, unquoted keys, locals, members of objects, `+` and objects laid over
// objects. What needs more - functions, conditions, comprehensions, imports, `std` - is a template node. Never fails, and
// evaluates nothing else. https://jsonnet.org/ref/spec.html

import type { Span } from '../base/text.ts';
import { type JsonnetToken, jsonnetTokens } from './jsonnetTokens.ts';
import { maskJsonTemplates } from './template.ts';
import { entryOf, type ObjectNode, type SyntaxProblem, type Tree, type TreeEntry, type TreeNode } from './tree.ts';

const MAX_DEPTH = 100;
/** Nodes that names may add to a file. */
const MAX_NAMED = 20_000;

type Scope = ReadonlyMap<string, TreeNode>;

export function parseJsonnet(text: string): Tree {
  return new JsonnetParser(text).parse();
}

class JsonnetParser {
  readonly #text: string;
  readonly #tokens: readonly JsonnetToken[];
  readonly #templates: Tree['templates'][number][] = [];
  readonly #problems: SyntaxProblem[] = [];
  readonly #sizes = new WeakMap<TreeNode, number>();
  /** Keys written `key+:`, which lie over the base's value and do not replace it. */
  readonly #added = new WeakMap<ObjectNode, ReadonlySet<string>>();
  #position = 0;
  #named = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = jsonnetTokens(text);
  }

  parse(): Tree {
    const root = this.#token.kind === 'end' ? undefined : this.#expression(new Map(), 0);
    return { root, templates: this.#templates, problems: this.#problems };
  }

  get #token(): JsonnetToken {
    return this.#tokens[this.#position] ?? { kind: 'end', text: '', start: this.#text.length, end: this.#text.length };
  }

  #is(text: string): boolean {
    return this.#token.kind !== 'string' && this.#token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#position++;
    return true;
  }

  #sized<T extends TreeNode>(node: T, size: number): T {
    this.#sizes.set(node, size);
    return node;
  }

  #sizeOf(node: TreeNode): number {
    return this.#sizes.get(node) ?? 1;
  }

  // Expressions

  #expression(outer: Scope, depth: number): TreeNode {
    const { start } = this.#token;
    if (depth > MAX_DEPTH) return this.#opaque(start);
    let scope = outer;
    if (this.#is('local')) {
      const inner = new Map(outer);
      while (this.#take('local')) this.#locals(inner, depth);
      scope = inner;
    }
    let node = this.#operand(scope, depth);
    for (; node; ) {
      if (this.#endsExpression()) return node;
      const next = this.#suffix(node, start, scope, depth);
      if (!next) break;
      node = next;
    }
    return this.#opaque(start);
  }

  #endsExpression(): boolean {
    const { kind, text } = this.#token;
    return kind === 'end' || (kind !== 'string' && /^(?:[,;:)\]}]|for|then|else)$/.test(text));
  }

  /** `.port`, `['port']`, `{ … }` behind an object, `+`. */
  #suffix(node: TreeNode, start: number, scope: Scope, depth: number): TreeNode | undefined {
    if (this.#is('{') && node.kind === 'object') return this.#laidOver(node, this.#object(scope, depth + 1), start);
    if (this.#take('.')) {
      const name = this.#token.text;
      this.#position++;
      return node.kind === 'object' && node.complete ? entryOf(node, name)?.value : undefined;
    }
    if (!this.#take('+')) return undefined;
    const right = this.#term(scope, depth + 1);
    return right && this.#sum(node, right, start);
  }

  /** An operand with its members, which bind closer than `+`. */
  #term(scope: Scope, depth: number): TreeNode | undefined {
    const { start } = this.#token;
    let node = depth > MAX_DEPTH ? undefined : this.#operand(scope, depth);
    while (node && (this.#is('.') || this.#is('{'))) node = this.#suffix(node, start, scope, depth);
    return node;
  }

  #sum(left: TreeNode, right: TreeNode, start: number): TreeNode | undefined {
    if (left.kind === 'object' && right.kind === 'object') return this.#laidOver(left, right, start);
    if (left.kind !== 'array' || right.kind !== 'array') return undefined;
    const items = [...left.items, ...right.items];
    const span = { start, end: this.#lastEnd() };
    const complete = left.complete && right.complete;
    return this.#sized({ kind: 'array', items, complete, span }, this.#sizeOf(left) + this.#sizeOf(right));
  }

  #laidOver(base: ObjectNode, over: ObjectNode, start: number): ObjectNode | undefined {
    this.#named += base.entries.length;
    if (this.#named > MAX_NAMED) return undefined;
    const added = this.#added.get(over);
    const entries = new Map(base.entries.map((entry) => [entry.key, entry]));
    for (const entry of over.entries) {
      const own = entries.get(entry.key);
      const below = added?.has(entry.key) ? own?.value : undefined;
      const isMerged = below?.kind === 'object' && entry.value.kind === 'object';
      const merged = isMerged ? this.#laidOver(below, entry.value, entry.value.span.start) : undefined;
      const value = merged ?? entry.value;
      entries.set(entry.key, { ...entry, value });
    }
    const span = { start: Math.min(start, over.span.start), end: over.span.end };
    const complete = base.complete && over.complete;
    const size = this.#sizeOf(base) + this.#sizeOf(over);
    return this.#sized({ kind: 'object', entries: [...entries.values()], complete, span }, size);
  }

  #operand(scope: Scope, depth: number): TreeNode | undefined {
    const token = this.#token;
    const span: Span = { start: token.start, end: token.end };
    switch (token.kind) {
      case 'string':
        this.#position++;
        return this.#string(token);
      case 'number':
        this.#position++;
        return { kind: 'number', value: Number(token.text), text: token.text, span };
      case 'name':
        return this.#word(token, span, scope);
      default:
        break;
    }
    if (token.text === '{') return this.#object(scope, depth + 1);
    if (token.text === '[') return this.#array(scope, depth + 1);
    if (!this.#take('(')) return undefined;
    const inner = this.#expression(scope, depth + 1);
    return this.#take(')') ? inner : undefined;
  }

  #word(token: JsonnetToken, span: Span, scope: Scope): TreeNode | undefined {
    if (token.text === 'true' || token.text === 'false' || token.text === 'null') {
      this.#position++;
      return token.text === 'null' ? { kind: 'null', span } : { kind: 'boolean', value: token.text === 'true', span };
    }
    const node = scope.get(token.text);
    this.#named += node ? this.#sizeOf(node) : 0;
    if (!node || this.#named > MAX_NAMED) return undefined;
    this.#position++;
    return node;
  }

  #string({ value = '', inner, start, end }: JsonnetToken): TreeNode {
    const place = inner ?? { start, end };
    const { templates } = maskJsonTemplates(`"${this.#text.slice(place.start, place.end)}"`);
    const offset = place.start - 1;
    for (const one of templates) {
      this.#templates.push({ start: one.start + offset, end: one.end + offset, shell: one.shell });
    }
    return { kind: 'string', value, inner: place, template: templates.length > 0, span: { start, end } };
  }

  /** What is left of an expression that stays open, to where something else begins. */
  #opaque(start: number): TreeNode {
    let depth = 0;
    for (; this.#token.kind !== 'end'; this.#position++) {
      if (this.#token.kind === 'string') continue;
      const { text } = this.#token;
      if (depth === 0 && /^(?:[,;)\]}]|for)$/.test(text)) break;
      if (/^[([{]$/.test(text)) depth++;
      else if (/^[)\]}]$/.test(text)) depth--;
    }
    const span = { start, end: Math.max(start, this.#lastEnd()) };
    return { kind: 'template', text: this.#text.slice(span.start, span.end), span };
  }

  #lastEnd(): number {
    return this.#tokens[this.#position - 1]?.end ?? 0;
  }

  /** `local a = 1, f(x) = x;` */
  #locals(scope: Map<string, TreeNode>, depth: number): void {
    do {
      const { kind, text, start } = this.#token;
      if (kind !== 'name') break;
      this.#position++;
      scope.delete(text);
      if (this.#take('=')) scope.set(text, this.#expression(scope, depth + 1));
      else this.#opaque(start);
    } while (this.#take(','));
    if (!this.#take(';')) this.#opaque(this.#token.start);
  }

  // Lists and objects

  #array(scope: Scope, depth: number): TreeNode {
    const { start } = this.#token;
    this.#position++;
    const items: TreeNode[] = [];
    let complete = true;
    while (!this.#is(']') && this.#token.kind !== 'end') {
      const before = this.#position;
      const item = this.#expression(scope, depth);
      if (this.#is('for')) {
        complete = false;
        this.#toClosing();
        break;
      }
      items.push(item);
      if (!this.#take(',') && !this.#is(']')) complete = false;
      if (this.#position === before) this.#position++;
    }
    if (!complete) items.length = 0;
    const isClosed = this.#close(']', 'bracket');
    const span = { start, end: this.#lastEnd() };
    const size = items.reduce((sum, item) => sum + this.#sizeOf(item), 1);
    return this.#sized({ kind: 'array', items, complete: complete && isClosed, span }, size);
  }

  #object(outer: Scope, depth: number): ObjectNode {
    const { start } = this.#token;
    this.#position++;
    let scope: Map<string, TreeNode> | undefined;
    const entries: TreeEntry[] = [];
    const added = new Set<string>();
    let complete = depth <= MAX_DEPTH;
    while (!this.#is('}') && this.#token.kind !== 'end') {
      const before = this.#position;
      if (this.#is('local')) scope ??= new Map(outer);
      const field = scope && this.#is('local') ? this.#localField(scope, depth) : this.#field(scope ?? outer, depth);
      if (field === 'unseen') complete = false;
      else if (field !== 'silent') {
        entries.push(field.entry);
        if (field.isAdded) added.add(field.entry.key);
      }
      if (this.#is('for')) {
        complete = false;
        entries.length = 0;
        this.#toClosing();
        break;
      }
      if (!this.#take(',') && !this.#is('}')) {
        complete = false;
        this.#opaque(this.#token.start);
      }
      if (this.#position === before) this.#position++;
    }
    const isClosed = this.#close('}', 'brace');
    const size = entries.reduce((sum, entry) => sum + this.#sizeOf(entry.value), 1);
    const span = { start, end: this.#lastEnd() };
    const node: ObjectNode = this.#sized({ kind: 'object', entries, complete: complete && isClosed, span }, size);
    if (added.size > 0) this.#added.set(node, added);
    return node;
  }

  /** `silent` prints nothing: a local, an assertion, a hidden field. */
  #field(scope: Scope, depth: number): { entry: TreeEntry; isAdded: boolean } | 'silent' | 'unseen' {
    const token = this.#token;
    if (this.#is('assert')) {
      this.#opaque(token.start);
      return 'silent';
    }
    if (token.kind !== 'name' && token.kind !== 'string') {
      this.#opaque(token.start);
      return 'unseen';
    }
    this.#position++;
    const isAdded = this.#take('+');
    const hidden = this.#is('::') || this.#is('(');
    if (hidden || !(this.#take(':') || this.#take(':::'))) {
      this.#opaque(token.start);
      return hidden ? 'silent' : 'unseen';
    }
    const value = this.#expression(scope, depth);
    const keySpan = token.inner ?? { start: token.start, end: token.end };
    const key = token.kind === 'string' ? (token.value ?? '') : token.text;
    const end = Math.max(token.end, this.#lastEnd());
    return { entry: { key, keySpan, span: { start: token.start, end }, value }, isAdded };
  }

  #localField(scope: Map<string, TreeNode>, depth: number): 'silent' {
    this.#position++;
    const { kind, text, start } = this.#token;
    this.#position++;
    scope.delete(text);
    if (kind === 'name' && this.#take('=')) scope.set(text, this.#expression(scope, depth));
    else this.#opaque(start);
    return 'silent';
  }

  /** To the bracket that closes what is open, whatever stands before it. */
  #toClosing(): void {
    this.#position++;
    while (this.#token.kind !== 'end' && !/^[)\]}]$/.test(this.#token.text)) {
      const before = this.#position;
      this.#opaque(this.#token.start);
      if (this.#is(',') || this.#is(';') || this.#is('for') || this.#position === before) this.#position++;
    }
  }

  #close(bracket: ']' | '}', name: string): boolean {
    if (this.#take(bracket)) return true;
    const { start, end } = this.#token;
    if (this.#problems.length === 0) {
      this.#problems.push({ span: { start, end }, message: `The closing ${name} is missing.` });
    }
    return false;
  }
}
