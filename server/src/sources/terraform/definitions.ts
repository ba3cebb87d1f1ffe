// What the files of one module folder define, by the name that expressions use: `var.port`, `local.name`, `aws_lb.main`,
// `data.aws_vpc.main`, `module.app`, `output.url`.

import { basename, dirname, joinUri, type Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { UnitFiles } from '../../facts/files.ts';
import type { TerraformFile, TerraformSection } from '../../facts/terraform.ts';
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
}

export function isConfiguration(uri: Uri): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(basename(uri));
}

/** A folder as it was read last, by its listing, which is the same object as long as no file comes or goes. */
interface ReadFolder {
  readonly uris: readonly Uri[];
  readonly files: readonly (TerraformFile | undefined)[];
  readonly module: ModuleFolder;
}

const readBefore = new WeakMap<readonly Uri[], ReadFolder>();

export function moduleFolder(folder: Uri, unitFiles: UnitFiles): ModuleFolder {
  const listed = unitFiles.list(folder);
  const before = readBefore.get(listed);
  const uris = before?.uris ?? loadedFiles(listed.filter(isConfiguration));
  const files = uris.map((uri) => factOf(unitFiles.facts(uri), 'terraformFile'));
  const module = (before && withChanges(before, files)) ?? definedIn(folder, uris, files);
  readBefore.set(listed, { uris, files, module });
  return module;
}

function definedIn(folder: Uri, uris: readonly Uri[], files: ReadFolder['files']): ModuleFolder {
  const definitions = new Map<string, Definition>();
  const blocks: BlockDefinition[] = [];
  for (const [index, uri] of uris.entries()) {
    for (const definition of definitionsIn(uri, files[index])) {
      const before = definitions.get(definition.key);
      if (before && !isOverride(uri)) continue;
      const settled = before ? overridden(before, definition) : definition;
      definitions.set(definition.key, settled);
      if (!isMade(settled)) continue;
      const at = before?.kind === 'block' ? blocks.indexOf(before) : blocks.length;
      blocks[at] = settled;
    }
  }
  return { folder, definitions, blocks };
}

/** The folder with the definitions that have changed; undefined where other names are defined, or one name twice. */
function withChanges({ uris, files: old, module }: ReadFolder, files: ReadFolder['files']): ModuleFolder | undefined {
  const changed = new Map<Definition, Definition>();
  for (const [index, uri] of uris.entries()) {
    if (old[index] === files[index]) continue;
    const [before, after] = [definitionsIn(uri, old[index]), definitionsIn(uri, files[index])];
    if (before.length !== after.length) return undefined;
    for (const [at, definition] of before.entries()) {
      const now = after[at];
      const stands = module.definitions.get(definition.key) === definition;
      if (!stands || now?.key !== definition.key || isMade(now) !== isMade(definition)) return undefined;
      if (now !== definition) changed.set(definition, now);
    }
  }
  if (changed.size === 0) return module;
  const definitions = new Map(module.definitions);
  for (const definition of changed.values()) definitions.set(definition.key, definition);
  const blocks = module.blocks.map((block) => {
    const now = changed.get(block);
    return now?.kind === 'block' ? now : block;
  });
  return { ...module, definitions, blocks };
}

function isMade(definition: Definition): definition is BlockDefinition {
  return definition.kind === 'block' && /^(?:resource|module)$/.test(definition.block.type);
}

/** The same objects as long as the section is the same, so that results can be kept by them. */
const bySection = new WeakMap<TerraformSection, readonly Definition[]>();

function definitionsIn(uri: Uri, file: TerraformFile | undefined): readonly Definition[] {
  return (file?.sections ?? []).flatMap((section) => {
    const known = bySection.get(section) ?? definitionsOf(uri, section);
    bySection.set(section, known);
    return known;
  });
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
