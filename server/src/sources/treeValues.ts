// From tree nodes to values with their states: what is known, what a template decides, what is surely not said. Shared
// by the sources whose files are trees and no descriptions of resources; those are read in `described/`.

import { type Location, locationOf } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { absent, type Dynamic, dynamic, type Value } from '../facts/value.ts';
import { entryOf, type ObjectNode, scalarText, type TreeEntry, type TreeNode, tokenSpan } from '../syntax/tree.ts';
import { knownText } from './knownText.ts';

/** An object of a file, and the token that names it to people. */
interface Owner {
  readonly uri: Uri;
  readonly node: ObjectNode;
  readonly nameAt: Location;
}

const TEMPLATE = 'a template decides it';
const CONDITION = 'a condition of the template decides it';
const BROKEN = 'the text around it cannot be read whole';
const COMPUTED = 'it is computed when the file is deployed';

/** An object that the value at one of these keys names, else its opening brace does. */
export function ownerOf(uri: Uri, node: ObjectNode, ...nameKeys: readonly string[]): Owner {
  for (const key of nameKeys) {
    const value = entryOf(node, key)?.value;
    if (value && scalarText(value)) return { uri, node, nameAt: tokenOf(uri, value) };
  }
  return { uri, node, nameAt: startOf(uri, node) };
}

/** The place of a value: without the quotes of a string. */
export function tokenOf(uri: Uri, node: TreeNode): Location {
  const span = tokenSpan(node);
  return locationOf(uri, span.start, span.end);
}

export function placeOf(uri: Uri, node: TreeNode): Location {
  return locationOf(uri, node.span.start, node.span.end);
}

/** The bracket that a description starts with. */
export function startOf(uri: Uri, node: TreeNode): Location {
  return locationOf(uri, node.span.start, Math.min(node.span.start + 1, node.span.end));
}

export function keyPlace(uri: Uri, entry: TreeEntry): Location {
  return locationOf(uri, entry.keySpan.start, entry.keySpan.end);
}

/** The value of a property, or what its absence means. */
export function readString(owner: Owner, key: string): Value<string> {
  const { uri, node, nameAt } = owner;
  const value = entryOf(node, key)?.value;
  if (!value) return node.complete ? absent(nameAt) : dynamic('', nameAt, BROKEN);
  if (value.conditional && !node.conditional) return undecided(uri, value, CONDITION);
  return value.kind === 'null' ? absent(nameAt) : stringValue(value, uri);
}

export function stringValue(node: TreeNode, uri: Uri): Value<string> {
  const text = plainText(node);
  if (text === undefined) return undecided(uri, node);
  return knownText(text, tokenOf(uri, node), node.kind === 'string' ? node.runs : undefined);
}

function undecided(uri: Uri, node: TreeNode, reason?: string): Dynamic {
  const at = tokenOf(uri, node);
  if (node.kind === 'template') return dynamic(node.text, at, reason ?? TEMPLATE);
  const text = scalarText(node);
  if (text === undefined) return dynamic(node.kind === 'array' ? '[…]' : '{…}', at, reason ?? COMPUTED);
  return dynamic(text, at, reason ?? TEMPLATE);
}

/** The text of a scalar that no template or tag changes. */
function plainText(node: TreeNode): string | undefined {
  if (node.tag !== undefined || (node.kind === 'string' && node.template)) return undefined;
  return scalarText(node);
}
