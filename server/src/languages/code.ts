// Program code in the order in which it runs: statements, functions and classes with their bodies. Asked for only where a
// program describes infrastructure, for which `Program` says too little; running it is left to `sources/cdk/`.

import type { Location } from '../base/text.ts';
import type { Expression } from '../facts/expression.ts';

/** The statements of a file. */
export interface CodeModule {
  readonly statements: readonly Statement[];
  /** Functions without a name, by where they start. */
  readonly lambdas: ReadonlyMap<number, CodeFunction>;
}

export type Statement =
  /** `target` is a name or a member of something: `port`, `this.port`. */
  | { readonly kind: 'bind'; readonly target: Expression; readonly value: Expression; readonly declares: boolean }
  | { readonly kind: 'run'; readonly value: Expression }
  | { readonly kind: 'return'; readonly value?: Expression; readonly at: Location }
  /** Leaves the block: `throw`, `break`, `continue`. */
  | { readonly kind: 'leave' }
  | IfStatement
  | LoopStatement
  /** Runs at most once, for reasons that cannot be seen. */
  | { readonly kind: 'maybe'; readonly body: readonly Statement[] }
  | { readonly kind: 'function'; readonly name: string; readonly code: CodeFunction }
  | CodeClass;

export interface IfStatement {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

/** `for … of over`: each item is bound to `item` before the body runs. Without `over` nothing is known of its turns. */
export interface LoopStatement {
  readonly kind: 'loop';
  readonly item: string;
  readonly over?: Expression;
  readonly body: readonly Statement[];
}

export interface CodeParameter {
  readonly name: string;
  readonly default?: Expression;
}

export interface CodeFunction {
  readonly parameters: readonly CodeParameter[];
  /** The name that takes what no other parameter does. */
  readonly rest?: string;
  /** Parts of parameters are bound first. */
  readonly body: readonly Statement[];
  readonly at: Location;
}

export interface CodeClass {
  readonly kind: 'class';
  readonly name: string;
  readonly base?: Expression;
  readonly fields: readonly { readonly name: string; readonly value?: Expression; readonly isStatic: boolean }[];
  readonly methods: ReadonlyMap<string, CodeFunction & { readonly isStatic: boolean; readonly isGetter: boolean }>;
  readonly at: Location;
}

/** The name of the variable that a loop or a function keeps a value in until its parts are bound. */
export function partsName(at: { readonly start: number }): string {
  return `{${at.start}}`;
}
