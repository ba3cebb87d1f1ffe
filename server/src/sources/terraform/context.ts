// What the evaluation of an expression may ask for. The parts of the evaluator know each other through this only.

import { type Location, locationOf, type Span } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import type { HclExpression } from '../../syntax/hcl/tree.ts';
import type { BlockDefinition, Definition, ModuleFolder } from './definitions.ts';
import type { TerraformValue } from './values.ts';

/** One call of a module; the root is called by nobody. */
export interface ModuleInstance {
  /** Empty for the root, else as Terraform writes it, with a dot at the end: `module.app["web"].`. */
  readonly path: string;
  readonly folder: ModuleFolder;
  readonly call:
    | { readonly definition: BlockDefinition; readonly scope: Scope; readonly dependencies: Dependencies }
    | undefined;
}

/** Where an expression stands: its file, its module, and the names that only it sees. */
export interface Scope {
  readonly uri: Uri;
  /** How far the places of facts lie behind those in the tree. */
  readonly shift: number;
  readonly module: ModuleInstance;
  readonly names: ReadonlyMap<string, TerraformValue>;
  /** The place of everything in a text that does not stand in a file as it is. */
  readonly at?: Location;
  /** Text that a file brings in sees no names but those it is given. */
  readonly closed?: true;
}

/** Something that a result was made of: while it is the same, so is the result. */
export interface Dependency {
  /** A definition or a call of a module, the text of a file, an assignment in a variable file, or which of those there are. */
  readonly kind: 'definition' | 'call' | 'text' | 'assignment' | 'variableFiles';
  /** The path of the module, or the file. */
  readonly of: string;
  readonly name: string;
  readonly thing: unknown;
}

export type Dependencies = ReadonlyMap<string, Dependency>;

export interface Context {
  readonly root: Uri;
  evaluate(expression: HclExpression, scope: Scope): TerraformValue;
  /** Takes account of work that grows with a value's size; false where a definition has cost too much already. */
  spend(work: number): boolean;
  /** Evaluates once for a module; says so where the value depends on itself. */
  once(module: ModuleInstance, key: string, make: () => TerraformValue): TerraformValue;
  definition(module: ModuleInstance, key: string): Definition | undefined;
  /** The argument a module was called with. */
  argument(module: ModuleInstance, name: string): HclExpression | undefined;
  /** The value that variable files give a variable of the root; `fallback` is what it has without them. */
  assigned(name: string, fallback: () => TerraformValue | undefined): TerraformValue | undefined;
  textFile(uri: Uri): string | undefined;
  /** The instances of a module call, and how they are told apart. */
  called(module: ModuleInstance, definition: BlockDefinition): CalledModules;
}

export interface CalledModules {
  readonly expansion: Expansion;
  /** By `expansionKey`; empty where the module's files are not in view. */
  readonly instances: ReadonlyMap<string, ModuleInstance>;
}

/** How often a block stands for something, by its `count` or `for_each`. */
export type Expansion =
  | { readonly kind: 'single' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'count'; readonly count: number; readonly at: Location }
  | {
      readonly kind: 'each';
      readonly entries: readonly { readonly key: string; readonly keyAt: Location; readonly value: TerraformValue }[];
      readonly at: Location;
    };

const noNames: ReadonlyMap<string, TerraformValue> = new Map();

/** The scope of what a definition says. */
export function scopeOf({ uri, shift }: Pick<Definition, 'uri' | 'shift'>, module: ModuleInstance): Scope {
  return { uri, shift, module, names: noNames };
}

export function placeIn({ at, uri, shift }: Scope, span: Span): Location {
  if (at) return at;
  return shift === 0 ? { uri, span } : locationOf(uri, span.start + shift, span.end + shift);
}
