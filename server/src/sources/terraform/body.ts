// The body of a block as an object: attributes by their names, nested blocks as lists of objects, dynamic blocks written
// out.

import type { Location } from '../../base/text.ts';
import { attributeOf, type HclBlock, type HclBody } from '../../syntax/hcl/tree.ts';
import { type Context, placeIn, type Scope } from './context.ts';
import { expandedScopes, expansionOfCollection } from './expansion.ts';
import type { ListValue, ObjectEntry, ObjectValue } from './values.ts';

const MAX_DEPTH = 10;

/** Attributes that say how often a block stands for something, or are Terraform's own. */
const META = new Set(['count', 'for_each', 'provider', 'depends_on']);

export function bodyValue(
  body: HclBody,
  at: Location,
  nameAt: Location,
  scope: Scope,
  context: Context,
  wanted?: (key: string) => boolean,
  depth = 0,
): ObjectValue {
  const isWanted = (name: string): boolean => !META.has(name) && (wanted?.(name) ?? true);
  const entries: ObjectEntry[] = body.attributes
    .filter((attribute) => isWanted(attribute.name))
    .map((attribute) => ({
      key: attribute.name,
      keyAt: placeIn(scope, attribute.nameSpan),
      value: context.evaluate(attribute.value, scope),
    }));
  const lists = new Map<string, ObjectEntry & { readonly value: ListValue }>();
  for (const block of depth < MAX_DEPTH ? body.blocks : []) {
    const name = block.type === 'dynamic' ? (block.labels[0]?.text ?? '') : block.type;
    if (!isWanted(name)) continue;
    const made =
      block.type === 'dynamic'
        ? dynamicBlocks(block, scope, context, depth)
        : [nested(block, block, scope, context, depth)];
    const before = lists.get(name);
    const items = [...(before?.value.items ?? []), ...(made ?? [])];
    const complete = (before?.value.complete ?? true) && made !== undefined;
    const value: ListValue = { kind: 'list', items, complete, at: before?.value.at ?? placeIn(scope, block.span) };
    lists.set(name, { key: name, keyAt: before?.keyAt ?? placeIn(scope, block.typeSpan), value });
  }
  const unsaid = body.complete ? {} : { unsaid: 'the text around it cannot be read whole' };
  return { kind: 'object', entries: [...entries, ...lists.values()], at, nameAt, ...unsaid };
}

function nested(block: HclBlock, named: HclBlock, scope: Scope, context: Context, depth: number): ObjectValue {
  const nameAt = placeIn(scope, named.typeSpan);
  return bodyValue(block.body, placeIn(scope, named.span), nameAt, scope, context, undefined, depth + 1);
}

/** `dynamic "load_balancer" { for_each = … content { … } }`; undefined where nobody knows how many there are. */
function dynamicBlocks(
  block: HclBlock,
  scope: Scope,
  context: Context,
  depth: number,
): readonly ObjectValue[] | undefined {
  const content = block.body.blocks.find((inner) => inner.type === 'content');
  const each = attributeOf(block.body, 'for_each')?.value;
  if (!content || !each) return undefined;
  const expansion = expansionOfCollection(context.evaluate(each, scope), placeIn(scope, each.span), true);
  if (expansion.kind === 'unknown') return undefined;
  const iterator = attributeOf(block.body, 'iterator')?.value;
  const name = iterator?.kind === 'reference' ? iterator.name : (block.labels[0]?.text ?? 'each');
  return expandedScopes(expansion, scope, name).map((expanded) =>
    nested(content, content, expanded.scope, context, depth),
  );
}
