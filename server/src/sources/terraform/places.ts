// What stands at a place of a Terraform file: the blocks, attributes, entries and expressions around it, outermost first.

import type { Span } from '../../base/text.ts';
import type {
  HclAttribute,
  HclBlock,
  HclBody,
  HclExpression,
  HclList,
  HclObject,
  HclObjectEntry,
} from '../../syntax/hcl/tree.ts';

export type Around =
  | { readonly kind: 'block'; readonly block: HclBlock; readonly span: Span }
  | { readonly kind: 'attribute'; readonly attribute: HclAttribute; readonly span: Span }
  | { readonly kind: 'entry'; readonly entry: HclObjectEntry; readonly object: HclObject; readonly span: Span }
  | { readonly kind: 'item'; readonly index: number; readonly list: HclList; readonly span: Span }
  | { readonly kind: 'expression'; readonly expression: HclExpression; readonly span: Span };

export function around(body: HclBody, at: Span): readonly Around[] {
  const path: Around[] = [];
  let next = childrenOfBody(body);
  for (;;) {
    const found = next.find(({ span }) => span.start <= at.start && at.end <= span.end);
    if (!found) return path;
    path.push(found);
    next = childrenOf(found);
  }
}

function childrenOfBody(body: HclBody): readonly Around[] {
  return [
    ...body.attributes.map((attribute): Around => ({ kind: 'attribute', attribute, span: attribute.span })),
    ...body.blocks.map((block): Around => ({ kind: 'block', block, span: block.span })),
  ];
}

function childrenOf(node: Around): readonly Around[] {
  switch (node.kind) {
    case 'block':
      return childrenOfBody(node.block.body);
    case 'attribute':
      return [expression(node.attribute.value)];
    case 'entry':
      return [expression(node.entry.value)];
    case 'item': {
      const item = node.list.items[node.index];
      return item ? [expression(item)] : [];
    }
    case 'expression':
      return childrenOfExpression(node.expression);
  }
}

function expression(one: HclExpression): Around {
  return { kind: 'expression', expression: one, span: one.span };
}

function childrenOfExpression(one: HclExpression): readonly Around[] {
  switch (one.kind) {
    case 'object':
      return one.entries.map((entry): Around => ({ kind: 'entry', entry, object: one, span: entry.span }));
    case 'list':
      return one.items.map((item, index): Around => ({ kind: 'item', index, list: one, span: item.span }));
    case 'call':
      return one.arguments.map(expression);
    case 'conditional':
      return [one.condition, one.whenTrue, one.whenFalse].map(expression);
    case 'operation':
      return one.operands.map(expression);
    case 'access':
      return [expression(one.of)];
    case 'for':
      return [one.collection, one.value, ...(one.key ? [one.key] : []), ...(one.condition ? [one.condition] : [])].map(
        expression,
      );
    case 'template':
      return one.parts.flatMap((part) => (part.kind === 'interpolation' ? [expression(part.expression)] : []));
    default:
      return [];
  }
}
