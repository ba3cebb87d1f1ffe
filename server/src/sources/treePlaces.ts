// Finds parts of a tree by their places, for edits of any format whose files are trees.

import { contains, type Span } from '../base/text.ts';
import type { ArrayNode, ObjectNode, TreeNode } from '../syntax/tree.ts';

/** A property of an object, or an item of a list. */
interface Part {
  readonly parent: ObjectNode | ArrayNode;
  readonly index: number;
}

/** The nodes around a span, the outermost first. */
export function nodesAround(root: TreeNode, at: Span): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  let node: TreeNode | undefined = root;
  while (node && contains(node.span, at.start) && contains(node.span, at.end)) {
    nodes.push(node);
    node = childrenOf(node).find((child) => child.span.start <= at.start && at.end <= child.span.end);
  }
  return nodes;
}

/** The innermost object or list around a span. */
export function containerAround(root: TreeNode, at: Span): ObjectNode | ArrayNode | undefined {
  return nodesAround(root, at).findLast((node) => node.kind === 'object' || node.kind === 'array');
}

function childrenOf(node: TreeNode): readonly TreeNode[] {
  if (node.kind === 'array') return node.items;
  return node.kind === 'object' ? node.entries.map((entry) => entry.value) : [];
}

/** The properties and items of which a place is the key, the value, or a part of either, the innermost last. */
function partsAround(root: TreeNode, at: Span): readonly Part[] {
  const parts: Part[] = [];
  let node: TreeNode | undefined = root;
  while (node) {
    const parent: TreeNode = node;
    if (parent.kind !== 'object' && parent.kind !== 'array') break;
    const index = spansOf(parent).findIndex((span) => span.start <= at.start && at.end <= span.end);
    if (index < 0) break;
    parts.push({ parent, index });
    node = parent.kind === 'array' ? parent.items[index] : parent.entries[index]?.value;
    if (!node || (node.span.start === at.start && node.span.end === at.end)) break;
  }
  return parts;
}

/** The places of an object's properties or a list's items. */
export function spansOf(node: ObjectNode | ArrayNode): readonly Span[] {
  return node.kind === 'array' ? node.items.map((item) => item.span) : node.entries.map((entry) => entry.span);
}

/** Parts that go, by what they stand in. An object or list that would be left with none goes itself, save the root. */
export function partsToRemove(
  root: TreeNode,
  places: readonly Span[],
): ReadonlyMap<ObjectNode | ArrayNode, ReadonlySet<number>> | undefined {
  const gone = new Map<ObjectNode | ArrayNode, Set<number>>();
  for (const place of places) {
    const parts = partsAround(root, place);
    if (parts.length === 0) return undefined;
    take(gone, parts);
  }
  return gone;
}

function take(gone: Map<ObjectNode | ArrayNode, Set<number>>, parts: readonly Part[]): void {
  const part = parts.at(-1);
  if (!part) return;
  const indices = (gone.get(part.parent) ?? new Set()).add(part.index);
  gone.set(part.parent, indices);
  if (indices.size < spansOf(part.parent).length || parts.length === 1) return;
  gone.delete(part.parent);
  take(gone, parts.slice(0, -1));
}
