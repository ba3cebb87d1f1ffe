// How one resource names another. A resource that a format gives an identity has an `address`; a property that refers to
// it inside the same description holds that address, any other holds what is written: a name or an ARN.

import type { Uri } from '../base/uri.ts';
import type { Value } from './value.ts';

/** Names one resource of the workspace. Made by `resourceAddress` only, and never shown to people. */
export type Address = string;

/** An address, a name or an ARN. */
export type Reference = Value<string>;

const PREFIX = 'resource:';

/** `unit` is what gives its resources unique names: a template, a Terraform root, a CDK app. */
export function resourceAddress(unit: Uri, name: string): Address {
  return `${PREFIX}${unit}#${name}`;
}

export function isAddress(reference: string): boolean {
  return reference.startsWith(PREFIX);
}
