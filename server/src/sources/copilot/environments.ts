// A manifest as each environment sees it: what stands under `environments` lies over the rest.
// https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#environments

import { childOf, type ObjectNode, type TreeEntry, type TreeNode } from '../../syntax/tree.ts';

export interface EnvironmentView {
  /** A clause: `the environment is prod`. */
  readonly when: string;
  readonly root: ObjectNode;
}

/** A manifest with more environments than this is left unread. */
const MAX_ENVIRONMENTS = 50;
const MAX_DEPTH = 20;

/** `all` are the environments of the workspace, where its folders name them. */
export function environmentViews(root: ObjectNode, all: readonly string[]): readonly EnvironmentView[] {
  const overrides = childOf(root, 'environments');
  const written = overrides?.kind === 'object' ? overrides.entries : [];
  if (written.length > MAX_ENVIRONMENTS) return [];
  const views = written.flatMap(({ key, value }): EnvironmentView[] => {
    if (value.kind !== 'object') return [];
    return [{ when: `the environment is ${key}`, root: merged(root, value, '', 0) }];
  });
  const names = new Set(written.flatMap(({ key, value }) => (value.kind === 'object' ? [key] : [])));
  const isWhole = all.length > 0 && all.every((name) => names.has(name));
  return isWhole ? views : [{ when: 'the environment overrides nothing', root }, ...views];
}

function merged(base: ObjectNode, over: ObjectNode, path: string, depth: number): ObjectNode {
  const entries = new Map<string, TreeEntry>(base.entries.map((entry) => [entry.key, entry]));
  for (const entry of over.entries) {
    if (entry.value.kind === 'null') continue;
    const own = entries.get(entry.key);
    for (const rival of rivalsOf(path, entry.key)) entries.delete(rival);
    entries.set(entry.key, own ? { ...own, ...laidOver(own, entry, `${path}.${entry.key}`, depth) } : entry);
  }
  return { ...base, entries: [...entries.values()], complete: base.complete && over.complete };
}

/** Objects are merged; anything else replaces what it lies over, at its own place. */
function laidOver(own: TreeEntry, over: TreeEntry, path: string, depth: number): TreeEntry {
  const value: TreeNode = over.value;
  if (own.value.kind !== 'object' || value.kind !== 'object' || depth > MAX_DEPTH) return over;
  return { ...own, value: merged(own.value, value, path, depth + 1) };
}

/** Keys that exclude each other: the one that is written last stays. */
function rivalsOf(path: string, key: string): readonly string[] {
  if (path.endsWith('.image') && key === 'build') return ['location'];
  if (path.endsWith('.image') && key === 'location') return ['build'];
  if (path !== '.count') return [];
  return key === 'spot' ? ['range'] : key === 'range' ? ['spot'] : [];
}
