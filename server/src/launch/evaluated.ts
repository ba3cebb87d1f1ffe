// What expressions of a program come to while they are evaluated, and the state that one evaluation shares.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { ConfigFile } from '../facts/configFile.ts';
import type { ArrayExpression, CallExpression, Expression, ObjectExpression } from '../facts/expression.ts';
import type { ClassDefinition, Definition, FunctionDefinition } from '../facts/program.ts';
import type { Piece, Step, Value } from '../facts/value.ts';
import type { Environment } from './launcher.ts';
import type { Module, Modules } from './modules.ts';
import type { Word } from './words.ts';

export type Scalar = string | number | boolean | null;

/** Where an expression stands: which names it sees. */
export interface Frame {
  readonly module: Module;
  /** The enclosing functions and classes. */
  readonly path: readonly string[];
  /** Parameters of the enclosing function, as its call gave them. */
  readonly bindings?: Bindings;
  /** How much of `path` names the function that `bindings` belong to. */
  readonly boundLength?: number;
  /** What `this` and `self` are. */
  readonly self?: Instance;
}

/** Arguments are evaluated in the caller's frame, when they are asked for. */
export type Bindings = ReadonlyMap<string, { readonly expression: Expression; readonly frame: Frame }>;

export interface ScalarResult {
  readonly kind: 'scalar';
  readonly value: Scalar;
  readonly at: Location;
  readonly trail: readonly Step[];
  /** The environment variable that is null because nothing sets it. */
  readonly unset?: string;
  /** Where a text was put together from several. */
  readonly pieces?: readonly Piece[];
}

export interface ObjectResult {
  readonly kind: 'object';
  readonly expression: ObjectExpression;
  readonly frame: Frame;
  readonly trail: readonly Step[];
}

export interface ArrayResult {
  readonly kind: 'array';
  readonly expression: ArrayExpression;
  readonly frame: Frame;
  readonly trail: readonly Step[];
}

export interface FunctionResult {
  readonly kind: 'function';
  readonly name: string;
  readonly definition: FunctionDefinition;
  /** The frame of its body, without bindings. */
  readonly frame: Frame;
  readonly trail: readonly Step[];
}

export interface ClassResult {
  readonly kind: 'class';
  readonly name: string;
  readonly definition: ClassDefinition;
  /** The frame of its body. */
  readonly frame: Frame;
  readonly trail: readonly Step[];
}

export interface Instance {
  readonly kind: 'instance';
  readonly of: ClassResult;
  /** What it was constructed with; undefined where that is not seen. */
  readonly arguments: readonly { readonly name?: string; readonly value: Expression }[] | undefined;
  /** The frame of the construction. */
  readonly frame: Frame;
  /** The variables that hold it, the latest first; fields are set through them: `config.Port = "80"`. */
  readonly variables?: readonly { readonly name: string; readonly frame: Frame }[];
  /** A library sets the fields that nothing else sets. */
  readonly filled?: Filled;
  readonly trail: readonly Step[];
}

export interface Filled {
  /** The library's function: `encoding/json.Unmarshal`. */
  readonly by: string;
  /** What it reads the fields from, where that is seen. */
  readonly source: Evaluated | undefined;
  /** The keys around this struct in the settings. */
  readonly prefix: string;
  /** What stands before the names of its variables. */
  readonly variablePrefix?: string;
}

/** Something that a library exports, `decouple.config`, or makes: `zod.object()`. */
export interface LibraryResult {
  readonly kind: 'library';
  readonly name: string;
  readonly at: Location;
  readonly trail: readonly Step[];
  readonly made?: Made;
}

/** The call that made a library's object, and the values that it was later given to check. */
export interface Made {
  readonly call: CallExpression;
  readonly frame: Frame;
  readonly input?: Evaluated;
}

export interface UnknownResult {
  readonly kind: 'unknown';
  readonly text: string;
  readonly at: Location;
  /** A clause: why it stays open. */
  readonly reason?: string;
}

export type Evaluated =
  | ScalarResult
  | ObjectResult
  | ArrayResult
  | FunctionResult
  | ClassResult
  | Instance
  | { readonly kind: 'module'; readonly uri: Uri; readonly trail: readonly Step[] }
  /** Several files that are one module: a Go package. */
  | { readonly kind: 'modules'; readonly uris: readonly Uri[]; readonly trail: readonly Step[] }
  /** A folder of Python modules. */
  | { readonly kind: 'package'; readonly folder: Uri; readonly trail: readonly Step[] }
  /** A file of settings, or the part of it below a key. */
  | { readonly kind: 'settings'; readonly file: ConfigFile; readonly prefix: string; readonly trail: readonly Step[] }
  /** `process.env`, `os.environ`. */
  | { readonly kind: 'environment'; readonly trail: readonly Step[] }
  | LibraryResult
  /** The text of a file that the program reads. */
  | { readonly kind: 'text'; readonly uri: Uri; readonly trail: readonly Step[] }
  | UnknownResult;

/** The state of one program's evaluation. Bounded: after `budget` steps everything more is unknown. */
export interface Evaluation {
  readonly modules: Modules;
  /** The process's own environment, before the program touches it. */
  readonly environment: Environment;
  /** The arguments behind the script. */
  readonly arguments: readonly Value<string>[];
  /** Every file of the program that is read, the entry first. Filled while the program is walked. */
  readonly reached: Module[];
  /** The program's class instances whose construction is seen, by `uri#Class`. */
  readonly instances: Map<string, Instance>;
  /** How files are named in reasons. */
  readonly shownPath: (uri: Uri) => string;
  /** The container's folder that relative file names count from. */
  readonly workingDirectory: string;
  /** The `.env` files that the program loads, once they are known. */
  environmentFiles: readonly Uri[] | undefined;
  budget: number;
  depth: number;
  /** Definitions that are being evaluated, against cycles. */
  readonly active: Set<Definition>;
  /** Environment variables and exports that are being evaluated, likewise. */
  readonly activeVariables: Set<string>;
  readonly exporting: Set<string>;
}

export function unknownResult(text: string, at: Location, reason?: string): UnknownResult {
  return reason === undefined ? { kind: 'unknown', text, at } : { kind: 'unknown', text, at, reason };
}

export function scalar(value: Scalar, at: Location, trail: readonly Step[] = []): ScalarResult {
  return { kind: 'scalar', value, at, trail };
}

/** A text as a word of which parts know their own places. */
export function wordOf(result: ScalarResult): Word {
  const { at, trail, pieces } = result;
  return { state: 'known', value: String(result.value), at, trail, ...(pieces === undefined ? {} : { pieces }) };
}

/** The result reached by one more step. A step whose text shows the next one's takes its place. */
export function withHop(result: Evaluated, hop: Step): Evaluated {
  if (result.kind === 'unknown') return result;
  return { ...result, trail: prependStep(hop, result.trail) };
}

export function prependStep(hop: Step, trail: readonly Step[]): readonly Step[] {
  const [first, ...rest] = trail;
  const shown = first !== undefined && first.at.uri === hop.at.uri && hop.text.includes(first.text);
  return shown ? [hop, ...rest] : [hop, ...trail];
}

/** Whether a result counts as true in a test; undefined where that cannot be known. */
export function truth(result: Evaluated): boolean | undefined {
  if (result.kind === 'unknown' || result.kind === 'library') return undefined;
  if (result.kind !== 'scalar') return true;
  return Boolean(result.value);
}

/** Whether two results are the same port, host or flag: `3000` and `'3000'` are. */
export function sameScalar(left: Evaluated, right: Evaluated): boolean {
  if (left.kind !== 'scalar' || right.kind !== 'scalar') return false;
  return String(left.value) === String(right.value);
}
