// The values of a running CDK program, as far as they are known: what it makes of the library stays what was written.

import type { Location } from '../../base/text.ts';
import { absent, dynamic, known, type Step, type Value } from '../../facts/value.ts';
import type { CodeClass, CodeFunction } from '../../languages/code.ts';
import type { DescribedScalar } from '../described/described.ts';
import type { Frame, Module } from './scope.ts';

export type CdkValue =
  | DescribedScalar
  | ObjectValue
  | ListValue
  | ChoiceValue
  | LibraryValue
  | ModuleValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | Made;

export interface ObjectValue {
  readonly kind: 'object';
  readonly at: Location;
  /** The token that names it: the key it stands under. */
  readonly nameAt?: Location;
  /** The program may add to it. */
  readonly entries: ObjectEntry[];
  /** Why there may be more entries than these. */
  readonly unsaid?: string;
}

export interface ObjectEntry {
  readonly key: string;
  readonly keyAt: Location;
  readonly value: CdkValue;
}

export interface ListValue {
  readonly kind: 'list';
  readonly at: Location;
  /** The program may add to it. */
  readonly items: CdkValue[];
  complete: boolean;
}

/** What it is depends on something that the program does not say. */
export interface ChoiceValue {
  readonly kind: 'choice';
  readonly at: Location;
  readonly branches: readonly { readonly when: string; readonly value: CdkValue }[];
}

/** A module, class or constant of the CDK: `aws_ecs`, `aws_ecs.FargateService`, `aws_ecs.Protocol.TCP`. */
export interface LibraryValue {
  readonly kind: 'library';
  readonly path: string;
  readonly at: Location;
}

/** A file of the program. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly module: Module;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly code: CodeFunction;
  readonly frame: Frame;
  /** `this`, for a method. */
  readonly owner?: InstanceValue;
  /** The class that a method stands in. */
  readonly home?: ClassValue;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly code: CodeClass;
  readonly frame: Frame;
  readonly fields: Map<string, CdkValue>;
}

/** An object of one of the program's own classes. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly class: ClassValue;
  readonly fields: Map<string, CdkValue>;
  /** The path of the construct it is. */
  path: string;
  /** What its base class of the library makes. */
  made?: Made;
}

/**
 * What a call of the library gives: a construct (`new ecs.FargateService(…)`), the result of a static method
 * (`Duration.seconds(5)`), of a method of another one, or a property of one.
 */
export interface Made {
  readonly kind: 'made';
  /** `aws_ecs.FargateService`, `Duration.seconds`; of a method or property its name alone. */
  readonly callee: string;
  readonly receiver?: Made;
  /** Whether it is a property of the receiver and no call. */
  readonly isMember: boolean;
  /** By place; those with names are in `options`. */
  readonly values: readonly CdkValue[];
  /** Named arguments of Python, as the CDK spells them. */
  readonly keywords?: ObjectValue;
  /** The whole call. */
  readonly at: Location;
  /** The name of the class or method. */
  readonly nameAt: Location;
  /** A name that no other one has. */
  readonly path: string;
  /** A condition that the program does not decide says whether it is made. */
  readonly conditional: boolean;
  /** Handed to code that cannot be seen, which may add to it. */
  escaped: boolean;
  /** Methods called on it, in order. */
  readonly calls: Made[];
  readonly members: Map<string, Made>;
  /** Properties that the program sets. */
  readonly writes: Map<string, CdkValue>;
}

export function scalar(value: Value<string | number | boolean>): DescribedScalar {
  return { kind: 'scalar', value };
}

export function plain(value: string | number | boolean, at: Location, trail?: readonly Step[]): DescribedScalar {
  return scalar(known(value, at, trail));
}

export function nothing(at: Location): DescribedScalar {
  return scalar(absent(at));
}

export function open(text: string, at: Location, reason: string): DescribedScalar {
  return scalar(dynamic(text, at, reason));
}

/** The plain value of a known scalar. */
export function plainOf(value: CdkValue | undefined): string | number | boolean | undefined {
  return value?.kind === 'scalar' && value.value.state === 'known' ? value.value.value : undefined;
}

export function isNothing(value: CdkValue | undefined): boolean {
  return value === undefined || (value.kind === 'scalar' && value.value.state === 'absent');
}

export function isOpen(value: CdkValue): boolean {
  return value.kind === 'scalar' && value.value.state === 'dynamic';
}

export function entryOf(object: ObjectValue, key: string): ObjectEntry | undefined {
  return object.entries.findLast((entry) => entry.key === key);
}

/** Where a value stands; `otherwise` for what has no place of its own. */
export function placeOf(value: CdkValue, otherwise: Location): Location {
  switch (value.kind) {
    case 'scalar':
      return value.value.at;
    case 'object':
    case 'list':
    case 'choice':
    case 'library':
    case 'made':
      return value.at;
    default:
      return otherwise;
  }
}
