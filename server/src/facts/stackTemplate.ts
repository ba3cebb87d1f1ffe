// A CloudFormation template as it stands: its functions are not yet resolved, because a stack that contains it may pass
// other parameters. Only its own source looks into it; what it settles to are the facts of its resources.

import type { Location, Span, TextRun } from '../base/text.ts';

export interface StackTemplate {
  readonly kind: 'stackTemplate';
  readonly at: Location;
  readonly parameters: readonly StackParameter[];
  readonly mappings: StackExpression | undefined;
  readonly resources: readonly StackResource[];
  readonly outputs: readonly { readonly name: string; readonly value: StackExpression }[];
}

export interface StackParameter {
  readonly name: string;
  readonly nameSpan: Span;
  /** `String`, `Number`, `CommaDelimitedList`, … */
  readonly type: string;
  readonly default: StackScalar | undefined;
}

export interface StackResource {
  readonly logicalId: string;
  readonly idSpan: Span;
  /** `AWS::ECS::Service`. */
  readonly type: string;
  /** Of its properties; of the whole resource where it has none. */
  readonly span: Span;
  /** Undefined for types that tell nothing about deployments. */
  readonly properties: StackObject | undefined;
  /** From its name to the end of what it says. */
  readonly entrySpan: Span;
  /** How far the places of its facts lie behind those here. */
  readonly shift: number;
}

/** A stack within a stack. */
export interface NestedStack {
  readonly kind: 'nestedStack';
  readonly at: Location;
  readonly logicalId: string;
  /** A path relative to the template, or the address that it is uploaded to. */
  readonly template: StackExpression;
  readonly parameters: StackExpression | undefined;
}

export type StackExpression = StackObject | StackList | StackScalar | StackCall;

export interface StackObject {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly { readonly key: string; readonly keySpan: Span; readonly value: StackExpression }[];
  /** False where the text around it is broken, or a transform may add to it. */
  readonly complete: boolean;
}

export interface StackList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly StackExpression[];
  readonly complete: boolean;
}

/** `span` is the token: without quotes. */
export interface StackScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** Of a string of which the file spells a part otherwise. */
  readonly runs?: readonly TextRun[];
  /** Another tool writes the value before CloudFormation reads it. */
  readonly template?: true;
}

/** A function, whichever way it is written: `!Ref Port` and `{"Ref": "Port"}`. */
export interface StackCall {
  readonly kind: 'call';
  /** Without `Fn::`. */
  readonly name: string;
  readonly span: Span;
  readonly argument: StackExpression;
}
