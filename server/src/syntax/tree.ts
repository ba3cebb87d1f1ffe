// The read-only tree that JSON and YAML are read into: values with offsets. Says nothing about what the values mean.

import type { Span, TextRun } from '../base/text.ts';

export type TreeNode = ObjectNode | ArrayNode | ScalarNode | TemplateNode;

interface NodeBase {
  readonly span: Span;
  /** YAML's short tag, with its mark: `!Sub`. */
  readonly tag?: string;
  /** Stands between `{{ if … }}` and `{{ end }}`: it may or may not be there. */
  readonly conditional?: true;
}

export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  readonly entries: readonly TreeEntry[];
  /** False where a syntax problem, a template or a merge may hide entries. */
  readonly complete: boolean;
}

export interface TreeEntry {
  readonly key: string;
  /** The inside of the quotes. */
  readonly keySpan: Span;
  /** From the key's quote to the end of the value. */
  readonly span: Span;
  readonly value: TreeNode;
}

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  readonly items: readonly TreeNode[];
  readonly complete: boolean;
}

export type ScalarNode = StringNode | NumberNode | BooleanNode | NullNode;

export interface StringNode extends NodeBase {
  readonly kind: 'string';
  /** Escapes decoded; templates as they are written. */
  readonly value: string;
  /** The inside of the quotes. */
  readonly inner: Span;
  /** Whether a template stands in it, so that its value is known only after rendering. */
  readonly template: boolean;
  /** YAML's `|` and `>`: `inner` is the indented lines below. */
  readonly block?: true;
  /** Where the file spells some of the value otherwise: what stands there as it is. */
  readonly runs?: readonly TextRun[];
}

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly value: number;
  /** As written: `1.20`. */
  readonly text: string;
}

export interface BooleanNode extends NodeBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullNode extends NodeBase {
  readonly kind: 'null';
}

/** A value that is a template without quotes: `<PORT>`, `{{ port }}`. */
export interface TemplateNode extends NodeBase {
  readonly kind: 'template';
  readonly text: string;
}

/** A syntax problem, in one sentence. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly message: string;
}

export interface Tree {
  /** Absent for an empty file. */
  readonly root: TreeNode | undefined;
  /** Every template of the file, in order. `shell`: spelled `${NAME}`, as shells spell their variables too. */
  readonly templates: readonly (Span & { readonly shell: boolean })[];
  readonly problems: readonly SyntaxProblem[];
}

/** An object's entry of that name; where the name is repeated the last one, as parsers decide. */
export function entryOf(node: ObjectNode, key: string): TreeEntry | undefined {
  for (let i = node.entries.length - 1; i >= 0; i--) {
    const entry = node.entries[i];
    if (entry?.key === key) return entry;
  }
  return undefined;
}

/** The value at a key of an object; undefined for what is no object. */
export function childOf(node: TreeNode | undefined, key: string): TreeNode | undefined {
  return node?.kind === 'object' ? entryOf(node, key)?.value : undefined;
}

/** The text of a scalar, as a person would write it without quotes. */
export function scalarText(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'number':
      return node.text;
    case 'boolean':
      return String(node.value);
    case 'null':
      return '';
    default:
      return undefined;
  }
}

/** The smallest token that holds the value: without the quotes of a string. */
export function tokenSpan(node: TreeNode): Span {
  return node.kind === 'string' ? node.inner : node.span;
}
