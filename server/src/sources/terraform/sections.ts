// The blocks that stand at the top of a configuration. After an edit, blocks that it left alone stay the same objects with
// the same places, so that nothing that depends on them is done again.

import { freshLayoutOf, type Layout, layoutOf } from '../../base/layout.ts';
import { commonEnds } from '../../base/text.ts';
import type { TerraformSection } from '../../facts/terraform.ts';
import type { HclBlock } from '../../syntax/hcl/tree.ts';
import { parseHcl, parseHclBlock } from '../../syntax/hcl.ts';
import type { SyntaxProblem } from '../../syntax/tree.ts';

export interface Sectioned {
  readonly sections: readonly TerraformSection[];
  /** Undefined where the sections' bases are their offsets. */
  readonly layout: Layout | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** What an earlier text of the same file was. */
export interface SectionedText extends Pick<Sectioned, 'sections' | 'layout'> {
  readonly text: string;
  readonly complete: boolean;
}

export function sectionsOf(text: string, before: SectionedText | undefined): Sectioned {
  if (!before) return sectionsOfWhole(text);
  const ends = commonEnds(before.text, text);
  return withOneChanged(text, before, ends) ?? withSomeKept(text, before, ends);
}

function sectionsOfWhole(text: string): Sectioned {
  const { body, problems } = parseHcl(text);
  return sectionsOfBlocks(body.blocks, problems);
}

/** Blocks that stand where they were read. */
export function sectionsOfBlocks(blocks: readonly HclBlock[], problems: readonly SyntaxProblem[]): Sectioned {
  return { sections: blocks.map((block) => ({ block, base: block.span.start })), layout: undefined, problems };
}

interface Ends {
  readonly prefix: number;
  readonly suffix: number;
}

/** A block, and where it stands now; one that is new is no section yet. */
interface Standing {
  readonly section: TerraformSection | undefined;
  readonly block: HclBlock;
  readonly start: number;
}

/** After an edit inside one block, that block alone is read again. */
function withOneChanged(text: string, before: SectionedText, { prefix, suffix }: Ends): Sectioned | undefined {
  if (!before.complete) return undefined;
  const old = standing(before);
  const editEnd = before.text.length - suffix;
  const index = old.findLastIndex(({ start }) => start <= prefix);
  const edited = old[index];
  if (!edited) return undefined;
  const end = edited.start + lengthOf(edited.block);
  if (prefix >= end || editEnd > end) return undefined;
  const moved = text.length - before.text.length;
  const block = parseHclBlock(text.slice(edited.start, end + moved));
  if (!block) return undefined;
  const now = old.map((one, at): Standing => {
    if (at < index) return one;
    return at === index ? { ...one, section: undefined, block } : { ...one, start: one.start + moved };
  });
  return placed(now, before, []);
}

/** Reads the whole text; the blocks before and behind the edit are those of before. */
function withSomeKept(text: string, before: SectionedText, { prefix, suffix }: Ends): Sectioned {
  const { sections, problems } = sectionsOfWhole(text);
  const old = new Map(standing(before).map((one) => [one.start, one]));
  const moved = text.length - before.text.length;
  const now = sections.map(({ block }): Standing => {
    const { start, end } = block.span;
    const kept = end <= prefix ? old.get(start) : start >= text.length - suffix ? old.get(start - moved) : undefined;
    const isSame = kept?.section && block.body.complete && kept.block.body.complete;
    if (isSame && lengthOf(kept.block) === end - start) return { ...kept, start };
    return { section: undefined, block, start };
  });
  return placed(now, before, problems);
}

function standing({ sections, layout }: SectionedText): readonly Standing[] {
  return sections.map((section, index) => ({
    section,
    block: section.block,
    start: layout?.[index]?.start ?? section.base,
  }));
}

/** After the first edit, or where there is no room, all blocks are placed anew. */
function placed(blocks: readonly Standing[], before: SectionedText, problems: readonly SyntaxProblem[]): Sectioned {
  const parts = blocks.map(({ section, block, start }) => ({ base: section?.base, start, length: lengthOf(block) }));
  const kept = before.layout && layoutOf(parts);
  const layout = kept ?? freshLayoutOf(parts);
  const sections = blocks.map(({ section, block }, index) =>
    kept && section ? section : { block, base: layout[index]?.base ?? 0 },
  );
  return { sections, layout, problems };
}

function lengthOf({ span }: HclBlock): number {
  return span.end - span.start;
}
