// From tree nodes to values with their states: what is known, what a template decides, what is surely not said. Shared
// by the sources whose files are trees.

import { type Location, locationOf } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { absent, absentList, type Dynamic, dynamic, known, type List, type Value } from '../facts/value.ts';
import {
  type ArrayNode,
  entryOf,
  type ObjectNode,
  scalarText,
  type TreeEntry,
  type TreeNode,
  tokenSpan,
} from '../syntax/tree.ts';

/** An object of a file, and the token that names it to people. */
export interface Owner {
  readonly uri: Uri;
  readonly node: ObjectNode;
  readonly nameAt: Location;
  /** Why what it does not say is not absent, where it is not. */
  readonly unsaid?: string;
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
export function readWith<T>(owner: Owner, key: string, convert: (node: TreeNode, uri: Uri) => Value<T>): Value<T> {
  const entry = entryOf(owner.node, key);
  if (!entry) return missing(owner);
  if (isConditional(entry.value, owner.node)) return undecided(owner.uri, entry.value, CONDITION);
  if (entry.value.kind === 'null') return absent(owner.nameAt);
  return convert(entry.value, owner.uri);
}

export function readString(owner: Owner, key: string): Value<string> {
  return readWith(owner, key, stringValue);
}

export function readNumber(owner: Owner, key: string): Value<number> {
  return readWith(owner, key, numberValue);
}

export function readBoolean(owner: Owner, key: string): Value<boolean> {
  return readWith(owner, key, booleanValue);
}

/** A list of strings of which each may be undecided. */
export function readWords(
  owner: Owner,
  key: string,
  convert: (node: TreeNode, uri: Uri) => Value<string> = stringValue,
): Value<readonly Value<string>[]> {
  return readWith(owner, key, (node, uri) => {
    if (node.kind !== 'array' || !node.complete) return undecided(uri, node);
    return known(
      node.items.map((item) => convert(item, uri)),
      placeOf(uri, node),
    );
  });
}

/** A list of strings that is known only as a whole. */
export function readStrings(owner: Owner, key: string): Value<readonly string[]> {
  const words = readWords(owner, key);
  if (words.state !== 'known') return words as Value<never>;
  const texts = words.value.map((word) => (word.state === 'known' ? word.value : undefined));
  if (texts.every((text) => text !== undefined)) return known(texts, words.at);
  return dynamic('[…]', words.at, TEMPLATE);
}

/** A property that is an object; `at` of the value is its key. */
export function readObject<T>(owner: Owner, key: string, convert: (child: Owner) => T): Value<T> {
  return readWith(owner, key, (node, uri) => {
    const entry = entryOf(owner.node, key);
    if (node.kind !== 'object' || !entry) return undecided(uri, node);
    const nameAt = keyPlace(uri, entry);
    return known(convert({ ...owner, node, nameAt }), nameAt);
  });
}

/** The child object of a property; undefined where it is something else or not there. */
export function childOwner(owner: Owner, key: string): Owner | undefined {
  const entry = entryOf(owner.node, key);
  if (entry?.value.kind !== 'object') return undefined;
  return { ...owner, node: entry.value, nameAt: keyPlace(owner.uri, entry) };
}

/** A list of objects; entries that are none make it incomplete. `conditional` items may or may not be there. */
export function readList<T>(
  owner: Owner,
  key: string,
  convert: (item: TreeNode, conditional: boolean) => T | undefined,
): List<T> {
  const value = entryOf(owner.node, key)?.value;
  if (value === undefined && missing(owner).state !== 'absent') return unseenList(owner.nameAt);
  if (value === undefined || value.kind === 'null') return absentList(owner.nameAt);
  const at = placeOf(owner.uri, value);
  if (value.kind !== 'array') return unseenList(at);
  const list = listOf(value, at, convert);
  return isConditional(value, owner.node) ? { ...list, complete: false } : list;
}

export function listOf<T>(
  node: ArrayNode,
  at: Location,
  convert: (item: TreeNode, conditional: boolean) => T | undefined,
): List<T> {
  const items: T[] = [];
  for (const item of node.items) {
    const converted = convert(item, isConditional(item, node));
    if (converted !== undefined) items.push(converted);
  }
  return { state: 'present', items, complete: node.complete && items.length === node.items.length, at };
}

/** A list that is there, or may be, and of which nothing can be seen. */
export function unseenList<T>(at: Location): List<T> {
  return { state: 'present', items: [], complete: false, at };
}

/** What it means that an owner does not say something. */
export function missing<T>(owner: Owner): Value<T> {
  const reason = owner.unsaid ?? (owner.node.complete ? undefined : BROKEN);
  return reason === undefined ? absent(owner.nameAt) : dynamic('', owner.nameAt, reason);
}

/** Whether a part may be left out while the whole is there. */
function isConditional(part: TreeNode, whole: TreeNode): boolean {
  return part.conditional === true && whole.conditional !== true;
}

export function undecided(uri: Uri, node: TreeNode, reason?: string): Dynamic {
  const at = tokenOf(uri, node);
  if (node.kind === 'template') return dynamic(node.text, at, reason ?? TEMPLATE);
  const text = scalarText(node);
  if (text === undefined) return dynamic(node.kind === 'array' ? '[…]' : '{…}', at, reason ?? COMPUTED);
  return dynamic(text, at, reason ?? TEMPLATE);
}

export function stringValue(node: TreeNode, uri: Uri): Value<string> {
  const text = plainText(node);
  return text === undefined ? undecided(uri, node) : known(text, tokenOf(uri, node));
}

export function numberValue(node: TreeNode, uri: Uri): Value<number> {
  const text = plainText(node)?.trim();
  if (text === undefined || !/^-?\d+(?:\.\d+)?$/.test(text)) return undecided(uri, node);
  return known(Number(text), tokenOf(uri, node));
}

export function booleanValue(node: TreeNode, uri: Uri): Value<boolean> {
  const text = plainText(node)?.trim().toLowerCase();
  if (text !== 'true' && text !== 'false') return undecided(uri, node);
  return known(text === 'true', tokenOf(uri, node));
}

/** The text of a scalar that no template or tag changes. */
function plainText(node: TreeNode): string | undefined {
  if (node.tag !== undefined || (node.kind === 'string' && node.template)) return undefined;
  return scalarText(node);
}
