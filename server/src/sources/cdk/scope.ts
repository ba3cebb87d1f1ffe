// What the parts of a run of a CDK program share: its files, the frames of its functions, what it has made.

import type { Location } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import type { Expression } from '../../facts/expression.ts';
import type { UnitFiles } from '../../facts/files.ts';
import type { Program } from '../../facts/program.ts';
import type { CodeModule, Statement } from '../../languages/code.ts';
import type { CdkValue, ClassValue, InstanceValue, Made } from './values.ts';

export interface Module {
  readonly uri: Uri;
  readonly program: Program;
  readonly code: CodeModule;
  readonly frame: Frame;
}

export interface Frame {
  readonly module: Module | undefined;
  readonly outer?: Frame;
  readonly names: Map<string, Variable>;
  /** `this` or `self` of the method that it belongs to, and the class that the method stands in. */
  readonly owner?: InstanceValue;
  readonly home?: ClassValue;
}

export interface Variable {
  readonly value: CdkValue;
  /** How many undecided conditions stood around its declaration. */
  readonly depth: number;
}

/** An argument of a call. */
export interface Given {
  readonly name?: string;
  readonly nameAt?: Location;
  readonly value: CdkValue;
}

/** How a list of statements ends before its end. */
export type Completion = { readonly kind: 'return'; readonly value: CdkValue } | { readonly kind: 'leave' };

export interface Run {
  /** The folder that the program is started in: that of `cdk.json`. */
  readonly folder: Uri;
  readonly files: UnitFiles;
  /** Everything that the program made of the library, in order. */
  readonly made: Made[];
  /** How often each path of a construct was taken. */
  readonly paths: Map<string, number>;
  readonly modules: Map<Uri, Module | undefined>;
  /** How many undecided conditions stand around what runs now. */
  depth: number;
  /** Functions that have not returned yet. */
  calls: number;
  /** Expressions evaluated so far. */
  steps: number;
  evaluate(expression: Expression, frame: Frame): CdkValue;
  execute(statements: readonly Statement[], frame: Frame): Completion | undefined;
  call(callee: CdkValue, given: readonly Given[], at: Location, nameAt: Location): CdkValue;
}

/** More expressions than this no program that a person wrote evaluates. */
const MAX_STEPS = 200_000;

export function isExhausted(run: Run): boolean {
  return run.steps > MAX_STEPS;
}

export function lookUp(frame: Frame, name: string): CdkValue | undefined {
  for (let current: Frame | undefined = frame; current; current = current.outer) {
    const found = current.names.get(name);
    if (found) return found.value;
  }
  return undefined;
}

/** The nearest frame of a method. */
export function methodFrame(frame: Frame): Frame | undefined {
  for (let current: Frame | undefined = frame; current; current = current.outer) if (current.owner) return current;
  return undefined;
}

export function declare(run: Run, frame: Frame, name: string, value: CdkValue): void {
  frame.names.set(name, { value, depth: run.depth });
}

/** A name for a construct that no other one of the program has. */
export function uniquePath(run: Run, path: string): string {
  const count = (run.paths.get(path) ?? 0) + 1;
  run.paths.set(path, count);
  return count === 1 ? path : `${path}~${count}`;
}
