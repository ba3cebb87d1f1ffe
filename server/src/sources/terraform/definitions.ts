// What the files of one module folder define, by the name that expressions use: `var.port`, `local.name`, `aws_lb.main`,
// `data.aws_vpc.main`, `module.app`, `output.url`.

import { basename, dirname, joinUri, type Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { UnitFiles } from '../../facts/files.ts';
import type { TerraformSection } from '../../facts/terraform.ts';
import { attributeOf, type HclAttribute, type HclBlock } from '../../syntax/hcl/tree.ts';
import { isOverride, loadedFiles, overridden } from './overrides.ts';

export type Definition = BlockDefinition | LocalDefinition;

interface Defined {
  readonly key: string;
  readonly uri: Uri;
  /** How far the places of facts lie behind those in its tree. */
  readonly shift: number;
}

export interface BlockDefinition extends Defined {
  readonly kind: 'block';
  readonly block: HclBlock;
  /** Of a call of a module whose source is a path: its folder. */
  readonly calls?: Uri;
  /** Blocks of override files, which are laid over it in order. */
  readonly overrides?: readonly BlockDefinition[];
}

export interface LocalDefinition extends Defined {
  readonly kind: 'local';
  readonly attribute: HclAttribute;
}

export interface ModuleFolder {
  readonly folder: Uri;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Resources and calls of modules. */
  readonly blocks: readonly BlockDefinition[];
  /** False while a file is not read yet, or where a syntax problem may hide definitions. */
  readonly complete: boolean;
}

export function isConfiguration(uri: Uri): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(basename(uri));
}

export function moduleFolder(folder: Uri, files: UnitFiles): ModuleFolder {
  const definitions = new Map<string, Definition>();
  const blocks: BlockDefinition[] = [];
  let complete = true;
  for (const uri of loadedFiles(files.list(folder).filter(isConfiguration))) {
    const file = factOf(files.facts(uri), 'terraformFile');
    if (!file?.complete) complete = false;
    for (const definition of (file?.sections ?? []).flatMap((section) => definitionsIn(uri, section))) {
      const before = definitions.get(definition.key);
      if (before && !isOverride(uri)) continue;
      const settled = before ? overridden(before, definition) : definition;
      definitions.set(definition.key, settled);
      if (settled.kind !== 'block' || !isMade(settled.block)) continue;
      const index = before?.kind === 'block' ? blocks.indexOf(before) : blocks.length;
      blocks[index] = settled;
    }
  }
  return { folder, definitions, blocks, complete };
}

function isMade(block: HclBlock): boolean {
  return block.type === 'resource' || block.type === 'module';
}

/** The same objects as long as the section is the same, so that results can be kept by them. */
const bySection = new WeakMap<TerraformSection, readonly Definition[]>();

function definitionsIn(uri: Uri, section: TerraformSection): readonly Definition[] {
  const known = bySection.get(section);
  if (known) return known;
  const definitions = definitionsOf(uri, section);
  bySection.set(section, definitions);
  return definitions;
}

function definitionsOf(uri: Uri, { block, base }: TerraformSection): readonly Definition[] {
  const [first, second] = block.labels.map((label) => label.text);
  const shift = base - block.span.start;
  const named = (key: string): readonly Definition[] => [{ kind: 'block', key, uri, shift, block }];
  switch (block.type) {
    case 'locals':
      return block.body.attributes.map((attribute) => ({
        kind: 'local',
        key: `local.${attribute.name}`,
        uri,
        shift,
        attribute,
      }));
    case 'variable':
      return first === undefined ? [] : named(`var.${first}`);
    case 'output':
      return first === undefined ? [] : named(`output.${first}`);
    case 'module': {
      const calls = calledFolder(uri, block);
      if (first === undefined) return [];
      return calls === undefined
        ? named(`module.${first}`)
        : named(`module.${first}`).map((one) => ({ ...one, calls }));
    }
    case 'resource':
      return second === undefined ? [] : named(`${first}.${second}`);
    case 'data':
      return second === undefined ? [] : named(`data.${first}.${second}`);
    default:
      return [];
  }
}

/** The folder a module call leads to, where its source is a path. */
export function calledFolder(caller: Uri, block: HclBlock): Uri | undefined {
  const source = attributeOf(block.body, 'source')?.value;
  if (source?.kind !== 'string' || !/^\.{1,2}(?:\/|$)/.test(source.value)) return undefined;
  return joinUri(dirname(caller), source.value);
}
