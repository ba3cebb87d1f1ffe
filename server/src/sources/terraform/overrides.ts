// Which files of a module folder are loaded, in which order, and how override files are laid over what others define.
// https://developer.hashicorp.com/terraform/language/files/override

import { basename, type Uri } from '../../base/uri.ts';
import { attributeOf, type HclAttribute, type HclBlock } from '../../syntax/hcl/tree.ts';
import type { BlockDefinition, Definition } from './definitions.ts';
import type { ObjectValue } from './values.ts';

/** `main.tofu` is loaded in place of `main.tf`: https://opentofu.org/docs/language/files/ */
export function loadedFiles(uris: readonly Uri[]): readonly Uri[] {
  const all = new Set(uris);
  const loaded = uris.filter(
    (uri) => !/\.tf(?:\.json)?$/.test(uri) || !all.has(uri.replace(/\.tf(?=$|\.json$)/, '.tofu')),
  );
  return [...loaded.filter((uri) => !isOverride(uri)), ...loaded.filter(isOverride)];
}

export function isOverride(uri: Uri): boolean {
  return /(?:^|_)override\.(?:tf|tofu)(?:\.json)?$/.test(basename(uri));
}

/** The same objects as long as both parts are the same, so that results can be kept by them. */
const merged = new WeakMap<Definition, WeakMap<Definition, Definition>>();

export function overridden(before: Definition, over: Definition): Definition {
  const known = merged.get(before)?.get(over);
  if (known) return known;
  const made = merge(before, over);
  const byOver = merged.get(before) ?? new WeakMap<Definition, Definition>();
  merged.set(before, byOver.set(over, made));
  return made;
}

function merge(before: Definition, over: Definition): Definition {
  if (before.kind !== 'block' || over.kind !== 'block') return over;
  switch (before.block.type) {
    case 'resource':
      return {
        ...before,
        block: withoutOverridden(before.block, over.block),
        overrides: [
          ...(before.overrides ?? []).map((one) => ({ ...one, block: withoutOverridden(one.block, over.block) })),
          over,
        ],
      };
    case 'module':
      return { ...before, block: withOpenArguments(before.block, over.block) };
    case 'variable':
      return attributeOf(over.block.body, 'default') ? over : before;
    case 'output':
      return attributeOf(over.block.body, 'value') ? over : before;
    default:
      return before;
  }
}

/** What an override replaces is gone: arguments, and all nested blocks of a type but `lifecycle`. */
function withoutOverridden(block: HclBlock, over: HclBlock): HclBlock {
  const names = new Set([...over.body.attributes.map(({ name }) => name), ...over.body.blocks.map(blockName)]);
  const attributes = block.body.attributes.filter(({ name }) => !names.has(name));
  const blocks = block.body.blocks.filter((one) => one.type === 'lifecycle' || !names.has(blockName(one)));
  return { ...block, body: { ...block.body, attributes, blocks } };
}

function blockName({ type, labels }: HclBlock): string {
  return type === 'dynamic' ? (labels[0]?.text ?? '') : type;
}

/** Arguments that another file gives are left open. */
function withOpenArguments(block: HclBlock, over: HclBlock): HclBlock {
  const names = new Set(over.body.attributes.map(({ name }) => name));
  const kept = block.body.attributes.filter(({ name }) => !names.has(name));
  const open = over.body.attributes.map(
    ({ name }): HclAttribute => ({
      name,
      nameSpan: block.typeSpan,
      span: block.typeSpan,
      value: { kind: 'unreadable', span: block.typeSpan },
    }),
  );
  return { ...block, body: { ...block.body, attributes: [...kept, ...open] } };
}

/** The body of a block together with that of an override. */
export function laidOver(object: ObjectValue, over: ObjectValue): ObjectValue {
  const unsaid = object.unsaid ?? over.unsaid;
  const entries = [...object.entries, ...over.entries];
  return { ...object, entries, ...(unsaid === undefined ? {} : { unsaid }) };
}

/** The blocks that say a resource's `lifecycle`, whose arguments are merged one by one; the strongest first. */
export function blocksOf({ block, overrides = [] }: BlockDefinition): readonly HclBlock[] {
  return [...overrides.map((over) => over.block).reverse(), block];
}
