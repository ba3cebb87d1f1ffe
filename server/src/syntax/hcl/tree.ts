// The read-only tree of an HCL text: bodies of attributes and blocks, expressions and templates, with offsets. Plain data;
// says nothing about what the blocks mean.

import type { Span } from '../../base/text.ts';
import type { SyntaxProblem } from '../tree.ts';

export interface HclTree {
  readonly body: HclBody;
  readonly problems: readonly SyntaxProblem[];
}

export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
  /** False where a syntax problem may hide attributes or blocks. */
  readonly complete: boolean;
}

export interface HclAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly value: HclExpression;
}

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly HclLabel[];
  /** From the type to the end of the closing brace. */
  readonly span: Span;
  readonly typeSpan: Span;
  readonly body: HclBody;
}

export interface HclLabel {
  readonly text: string;
  /** Without the quotes. */
  readonly span: Span;
}

export type HclExpression =
  | HclLiteral
  | HclString
  | HclTemplate
  | HclList
  | HclObject
  | HclFor
  | HclCall
  | HclReference
  | HclAccess
  | HclConditional
  | HclOperation
  | HclUnreadable;

export interface HclLiteral {
  readonly kind: 'literal';
  readonly value: number | boolean | null;
  readonly span: Span;
}

/** A text without interpolations and escapes. */
export interface HclString {
  readonly kind: 'string';
  readonly value: string;
  readonly span: Span;
  /** Without the quotes. */
  readonly inner: Span;
}

/** A quoted text with interpolations or escapes, or any heredoc. */
export interface HclTemplate {
  readonly kind: 'template';
  readonly parts: readonly HclTemplatePart[];
  readonly span: Span;
  readonly inner: Span;
}

export type HclTemplatePart =
  /** Where its length and its place's length are the same, every unit stands for itself; else the place is an escape. */
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'interpolation'; readonly expression: HclExpression; readonly span: Span }
  | { readonly kind: 'if'; readonly expression: HclExpression; readonly span: Span }
  | { readonly kind: 'for'; readonly names: readonly string[]; readonly expression: HclExpression; readonly span: Span }
  | { readonly kind: 'else' | 'endif' | 'endfor'; readonly span: Span };

export interface HclList {
  readonly kind: 'list';
  readonly items: readonly HclExpression[];
  readonly complete: boolean;
  readonly span: Span;
}

export interface HclObject {
  readonly kind: 'object';
  readonly entries: readonly HclObjectEntry[];
  readonly complete: boolean;
  readonly span: Span;
}

export interface HclObjectEntry {
  /** A bare name is a string. */
  readonly key: HclExpression;
  readonly value: HclExpression;
  readonly span: Span;
}

/** `[for k, v in c : value if condition]`, or with a key and braces. */
export interface HclFor {
  readonly kind: 'for';
  readonly names: readonly string[];
  readonly collection: HclExpression;
  readonly key: HclExpression | undefined;
  readonly value: HclExpression;
  readonly condition: HclExpression | undefined;
  readonly grouped: boolean;
  readonly span: Span;
}

export interface HclCall {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly HclExpression[];
  /** The last argument is spread out: `concat(lists...)`. */
  readonly expands: boolean;
  readonly span: Span;
}

/** `var.image`, `aws_lb.main[0].arn`. */
export interface HclReference {
  readonly kind: 'reference';
  readonly name: string;
  readonly steps: readonly HclStep[];
  readonly span: Span;
}

/** Steps into something that is no name: `f(x)[0].y`. */
export interface HclAccess {
  readonly kind: 'access';
  readonly of: HclExpression;
  readonly steps: readonly HclStep[];
  readonly span: Span;
}

export type HclStep =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly expression: HclExpression }
  /** `[*]`, of which everything that follows is taken; of `.*` only the attributes are. */
  | { readonly kind: 'splat'; readonly attributesOnly: boolean };

export interface HclConditional {
  readonly kind: 'conditional';
  readonly condition: HclExpression;
  readonly whenTrue: HclExpression;
  readonly whenFalse: HclExpression;
  readonly span: Span;
}

/** One operand for `!` and `-`, else two. */
export interface HclOperation {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly HclExpression[];
  readonly span: Span;
}

/** What stands there is no expression. */
export interface HclUnreadable {
  readonly kind: 'unreadable';
  readonly span: Span;
}

/** The smallest token a reader would change: without the quotes of a string. */
export function hclToken(expression: HclExpression): Span {
  return expression.kind === 'string' || expression.kind === 'template' ? expression.inner : expression.span;
}

export function attributeOf(body: HclBody, name: string): HclAttribute | undefined {
  return body.attributes.find((attribute) => attribute.name === name);
}
