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

/** What its neighbor in the same module or template calls a resource; undefined where they are no neighbors. */
export function nameBeside(address: Address, neighbor: Address): string | undefined {
  const module = moduleOf(neighbor);
  return moduleOf(address) === module ? address.slice(module.length) : undefined;
}

/** The address of a resource of that name in the same module or template. */
export function addressBeside(name: string, neighbor: Address): Address {
  return moduleOf(neighbor) + name;
}

/** Whether it stands in a module that others call: its text may describe several resources. */
export function standsInModule(address: Address): boolean {
  return !moduleOf(address).endsWith('#');
}

/** Of `…#module.app["a"].aws_lb.main` all before `aws_lb`. */
function moduleOf(address: Address): string {
  const start = address.indexOf('#') + 1;
  const calls = /^(?:module\.[^.[\]]+(?:\[[^\]]*\])?\.)*/.exec(address.slice(start))?.[0] ?? '';
  return address.slice(0, start) + calls;
}
