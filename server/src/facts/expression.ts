// Expressions of programs, as far as a port or a host can depend on them. Languages write them, `launch/evaluate` reads
// them. The vocabulary is that of no single language; what does not fit is `unknown`.

import type { Location, TextRun } from '../base/text.ts';

export type Expression =
  | LiteralExpression
  | EnvironmentRead
  | NameExpression
  | MemberExpression
  | ConcatExpression
  | FallbackExpression
  | ConditionalExpression
  | ComparisonExpression
  | CallExpression
  | ObjectExpression
  | ArrayExpression
  | LambdaExpression
  | UnknownExpression;

/** `5201`, `'0.0.0.0'`, `True`, `None`. `at` is the inside of the quotes for a string. */
export interface LiteralExpression {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  readonly at: Location;
  /** Of a string with escapes. */
  readonly runs?: readonly TextRun[];
}

/** `os.environ["PORT"]`, `process.env.PORT`, `os.Getenv("PORT")`; with the default that the call itself gives. */
export interface EnvironmentRead {
  readonly kind: 'environment';
  readonly name: Expression;
  readonly default?: Expression;
  readonly at: Location;
}

/** A variable, constant, function, class or imported name. */
export interface NameExpression {
  readonly kind: 'name';
  readonly name: string;
  readonly at: Location;
}

/** `config.port`, `settings["PORT"]`; `property` is an expression for computed access. */
export interface MemberExpression {
  readonly kind: 'member';
  readonly object: Expression;
  readonly property: Expression;
  readonly at: Location;
}

/** Template strings, f-strings, `"0.0.0.0:" + port`, `fmt.Sprintf(":%d", port)`. */
export interface ConcatExpression {
  readonly kind: 'concat';
  readonly parts: readonly Expression[];
  readonly at: Location;
}

/** The first of `options` that is usable: `a || b` (`falsy`: skips null, '', 0, false), `a ?? b` (`missing`: skips null). */
export interface FallbackExpression {
  readonly kind: 'fallback';
  readonly skips: 'falsy' | 'missing';
  readonly options: readonly Expression[];
  readonly at: Location;
}

/** `test ? then : otherwise`, `then if test else otherwise`. */
export interface ConditionalExpression {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
  readonly at: Location;
}

/** `a === b`, `a != b`, `a and b`, `not a` (only `left`). */
export interface ComparisonExpression {
  readonly kind: 'comparison';
  readonly operator: '==' | '!=' | 'and' | 'not';
  readonly left: Expression;
  readonly right?: Expression;
  readonly at: Location;
}

/**
 * A call, `new` included. `callee` is a name or a member chain.
 *
 * Some names are the vocabulary's own, whatever library the program reads its argv and settings with:
 * `argv.option('--port', '-p', default=8000)` is the value of an option, else its default;
 * `argv.positional(1)` is an argument by its place, 1 being the first behind the script, with an optional default too;
 * `struct.field(name=…, type=…, env=…)` is the value of a class's field as its tags and attributes say;
 * `struct.filled(x, by, …)` is `x` after a library was given its address, the arguments beside it following;
 * `settings.file(path, keys…)` is the first of the keys in a settings file of the image.
 */
export interface CallExpression {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  readonly at: Location;
}

export interface Argument {
  /** The keyword of a named argument. */
  readonly name?: string;
  readonly nameAt?: Location;
  readonly value: Expression;
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly entries: readonly { readonly key: string; readonly value: Expression; readonly at: Location }[];
  /** False where a spread or a computed key hides entries. */
  readonly complete: boolean;
  /** What is spread into it, each before the entry of that index, where nothing else makes it incomplete. */
  readonly spreads?: readonly { readonly value: Expression; readonly before: number }[];
  readonly at: Location;
}

export interface ArrayExpression {
  readonly kind: 'array';
  readonly items: readonly Expression[];
  readonly at: Location;
}

/** A function without a name; what it returns sees the names around it, and its parameters stay open. */
export interface LambdaExpression {
  readonly kind: 'lambda';
  readonly returns: readonly Expression[];
  readonly at: Location;
}

/** Anything else; `text` is its source, cut to 80 units. */
export interface UnknownExpression {
  readonly kind: 'unknown';
  readonly text: string;
  readonly at: Location;
}

/** `a.b.c` of a chain of names and literal members; undefined for anything else. */
export function dottedName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'member' || expression.property.kind !== 'literal') return undefined;
  const object = dottedName(expression.object);
  return object === undefined ? undefined : `${object}.${String(expression.property.value)}`;
}
