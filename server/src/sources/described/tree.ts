// JSON and YAML that already speak as the API does, as descriptions.

import { type Location, locationOf } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import { absent, dynamic, known } from '../../facts/value.ts';
import {
  type ArrayNode,
  type ObjectNode,
  type ScalarNode,
  scalarText,
  type TemplateNode,
  type TreeEntry,
  type TreeNode,
  tokenSpan,
} from '../../syntax/tree.ts';
import { textByDefault } from '../ecspressoTemplates.ts';
import { knownText } from '../knownText.ts';
import type { Described, DescribedEntry, DescribedList, DescribedObject, DescribedScalar } from './described.ts';

const TEMPLATE = 'a template decides it';
const BROKEN = 'the text around it cannot be read whole';

export interface TreeReading {
  readonly uri: Uri;
  /** Strings whose templates are no templates: the shell's own variables in commands. */
  readonly literal?: ReadonlySet<TreeNode>;
  /** Templates with a default are open all the same: whoever deploys an image names its tag. */
  readonly withoutDefaults?: true;
  /** Why what the objects do not say is not absent; holds for what stands in them, save in lists. */
  readonly unsaid?: string;
}

/** An object named by `nameAt`, else by the bracket it starts with. */
export function describeObject(
  node: ObjectNode,
  reading: TreeReading,
  nameAt: Location = startOf(reading.uri, node),
): DescribedObject {
  const unsaid = reading.unsaid ?? (node.complete ? undefined : BROKEN);
  return {
    kind: 'object',
    at: spanOf(reading.uri, node),
    nameAt,
    entries: node.entries.map((entry) => describeEntry(entry, node, reading)),
    ...(unsaid === undefined ? {} : { unsaid }),
  };
}

export function describeNode(node: TreeNode, reading: TreeReading): Described {
  if (node.kind === 'object') return describeObject(node, reading);
  return node.kind === 'array' ? describeList(node, reading) : { kind: 'scalar', value: scalarOf(node, reading) };
}

export function describeList(node: ArrayNode, reading: TreeReading): DescribedList {
  const { unsaid: _, ...inList } = reading;
  const items = node.items.map((item) => {
    const described = describeNode(item, inList);
    return isConditional(item, node) ? conditionalItem(described, spanOf(reading.uri, item)) : described;
  });
  return { kind: 'list', at: spanOf(reading.uri, node), items, complete: node.complete };
}

function describeEntry(entry: TreeEntry, owner: TreeNode, reading: TreeReading): DescribedEntry {
  const { key, value } = entry;
  const keyAt = locationOf(reading.uri, entry.keySpan.start, entry.keySpan.end);
  const inner = key === 'image' ? { ...reading, withoutDefaults: true as const } : reading;
  const described = value.kind === 'object' ? describeObject(value, inner, keyAt) : describeNode(value, inner);
  return { key, keyAt, value: described, ...(isConditional(value, owner) ? { conditional: true } : {}) };
}

function scalarOf(node: ScalarNode | TemplateNode, reading: TreeReading): DescribedScalar['value'] {
  const { uri, literal } = reading;
  const token = tokenSpan(node);
  const at = locationOf(uri, token.start, token.end);
  if (node.kind === 'null') return absent(at);
  if (node.kind === 'template') return templateOf(node.text, at, reading);
  const text = scalarText(node) ?? '';
  if (node.tag !== undefined) return dynamic(text, at, TEMPLATE);
  if (node.kind === 'string' && node.template && !literal?.has(node)) return templateOf(text, at, reading);
  // `1.20` is a number, but its text says more.
  if (node.kind === 'number' && String(node.value) === text) return known(node.value, at);
  return node.kind === 'boolean'
    ? known(node.value, at)
    : knownText(text, at, node.kind === 'string' ? node.runs : undefined);
}

function templateOf(text: string, at: Location, { withoutDefaults }: TreeReading): DescribedScalar['value'] {
  return (withoutDefaults ? undefined : textByDefault(text, at)) ?? dynamic(text, at, TEMPLATE);
}

function conditionalItem(value: Described, at: Location): Described {
  const otherwise: Described = { kind: 'scalar', value: absent(at) };
  return {
    kind: 'choice',
    at,
    branches: [
      { when: 'the condition holds', value },
      { when: 'it does not', value: otherwise },
    ],
  };
}

/** Whether a part may be left out while the whole is there. */
function isConditional(part: TreeNode, whole: TreeNode): boolean {
  return part.conditional === true && whole.conditional !== true;
}

function spanOf(uri: Uri, node: TreeNode): Location {
  return locationOf(uri, node.span.start, node.span.end);
}

function startOf(uri: Uri, node: TreeNode): Location {
  return locationOf(uri, node.span.start, Math.min(node.span.start + 1, node.span.end));
}
