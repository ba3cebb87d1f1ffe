// Trees as plain values, so that tests can compare them: templates as `T:text`, templated strings as `t:text`,
// conditional scalars with `?`, and `…` where an object or list may hold more.

import type { TreeNode } from '../../server/src/syntax/tree.ts';

export function plain(node: TreeNode | undefined): unknown {
  if (!node) return undefined;
  const mark = node.conditional ? '?' : '';
  switch (node.kind) {
    case 'object': {
      const entries = node.entries.map((entry) => [entry.key, plain(entry.value)]);
      return Object.fromEntries(node.complete ? entries : [...entries, ['…', true]]);
    }
    case 'array':
      return node.complete ? node.items.map(plain) : [...node.items.map(plain), '…'];
    case 'template':
      return `T:${node.text}${mark}`;
    case 'string':
      return `${node.tag ? `${node.tag} ` : ''}${node.template ? 't:' : ''}${node.value}${mark}`;
    case 'null':
      return null;
    default:
      return mark ? `${node.value}?` : node.value;
  }
}
