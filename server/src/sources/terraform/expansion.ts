// `count` and `for_each`: how often a resource, a module or a dynamic block stands for something.

import { type Location, locationOf } from '../../base/text.ts';
import { attributeOf, type HclBody } from '../../syntax/hcl/tree.ts';
import { type Context, type Expansion, placeIn, type Scope } from './context.ts';
import { knownNumber, knownText, MAX_SIZE, scalar, type TerraformValue, unknown } from './values.ts';

const UNDECIDED = 'how often it stands here is not decided by the files';

export function expansionOf(body: HclBody, scope: Scope, context: Context): Expansion {
  const count = attributeOf(body, 'count');
  if (count) {
    const number = knownNumber(context.evaluate(count.value, scope));
    if (number === undefined || number > MAX_SIZE) return { kind: 'unknown' };
    return { kind: 'count', count: Math.max(0, Math.trunc(number)), at: placeIn(scope, count.value.span) };
  }
  const each = attributeOf(body, 'for_each');
  if (!each) return { kind: 'single' };
  return expansionOfCollection(context.evaluate(each.value, scope), placeIn(scope, each.value.span));
}

/** `indexed` where items of a list that are no texts are told apart by their place in it. */
export function expansionOfCollection(value: TerraformValue, at: Location, indexed = false): Expansion {
  if (value.kind === 'object' && value.unsaid === undefined) return { kind: 'each', entries: value.entries, at };
  if (value.kind !== 'list' || !value.complete) return { kind: 'unknown' };
  const entries = value.items.map((item, index) => ({
    key: knownText(item) ?? (indexed ? String(index) : undefined),
    keyAt: item.at,
    value: item,
  }));
  const known = entries.flatMap(({ key, ...entry }) => (key === undefined ? [] : [{ key, ...entry }]));
  return known.length === entries.length ? { kind: 'each', entries: known, at } : { kind: 'unknown' };
}

/** One of the things a block stands for. */
export interface Expanded {
  /** As it stands behind the name in an address: `[0]`, `["web"]`, or empty. */
  readonly suffix: string;
  readonly scope: Scope;
}

export function expandedScopes(expansion: Expansion, scope: Scope, iterator = 'each'): readonly Expanded[] {
  switch (expansion.kind) {
    case 'single':
      return [{ suffix: '', scope }];
    case 'unknown':
      return [{ suffix: '', scope: withNames(scope, undecidedNames(scope, iterator)) }];
    case 'count':
      return Array.from({ length: expansion.count }, (_, index) => ({
        suffix: `[${index}]`,
        scope: withNames(scope, [['count', single('index', scalar(index, expansion.at), expansion.at)]]),
      }));
    case 'each':
      return expansion.entries.slice(0, MAX_SIZE).map(({ key, keyAt, value }) => ({
        suffix: `["${key}"]`,
        scope: withNames(scope, [[iterator, pair(key, keyAt, value)]]),
      }));
  }
}

export function withNames(scope: Scope, names: readonly (readonly [string, TerraformValue])[]): Scope {
  return { ...scope, names: new Map([...scope.names, ...names]) };
}

function undecidedNames(scope: Scope, iterator: string): readonly (readonly [string, TerraformValue])[] {
  const at = locationOf(scope.uri, 0, 0);
  return [
    [iterator, unknown(iterator, at, UNDECIDED)],
    ['count', unknown('count', at, UNDECIDED)],
  ];
}

function single(key: string, value: TerraformValue, at: Location): TerraformValue {
  return { kind: 'object', entries: [{ key, keyAt: at, value }], at };
}

function pair(key: string, keyAt: Location, value: TerraformValue): TerraformValue {
  const entries = [
    { key: 'key', keyAt, value: scalar(key, keyAt) },
    { key: 'value', keyAt, value },
  ];
  return { kind: 'object', entries, at: value.at };
}
