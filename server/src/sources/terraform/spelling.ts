// How Terraform spells the paths of the API.

import type { Json } from '../../base/json.ts';
import type { Shape } from './shapes.ts';

export interface Spelled {
  readonly name: string;
  readonly block: 'one' | 'many' | undefined;
  readonly shape: Shape | undefined;
  /** What is left of the path inside it. */
  readonly rest: readonly string[];
}

/** How a shape spells a path of the API. */
export function spell(shape: Shape, keys: readonly string[]): Spelled | undefined {
  for (const [name, target] of Object.entries(shape)) {
    const to = target.to === '' ? [] : target.to.split('.');
    if (!to.every((part, index) => part === keys[index])) continue;
    const rest = keys.slice(to.length);
    if (rest.length === 0) return { name, block: target.block, shape: target.shape, rest };
    if (target.block === 'one' && target.shape && spell(target.shape, rest)) {
      return { name, block: 'one', shape: target.shape, rest };
    }
  }
  return undefined;
}

/** A whole path, through the objects that are blocks. */
export function spellPath(shape: Shape, keys: readonly string[]): readonly string[] | undefined {
  const spelled = spell(shape, keys);
  if (!spelled) return undefined;
  if (spelled.rest.length === 0) return [spelled.name];
  const rest = spellPath(spelled.shape ?? {}, spelled.rest);
  return rest && [spelled.name, ...rest];
}

/** What a block says, under the shape's names. */
export function spellKeys(shape: Shape, fields: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [spell(shape, [key])?.name ?? key, item]));
}
