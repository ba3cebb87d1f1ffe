// The blocks that stand at the top of a configuration. After an edit, blocks that it left alone stay the same objects with
// the same places, so that nothing that depends on them is done again.

import { basesBetween, LAYOUT_END, type Layout } from '../../base/layout.ts';
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

/** Gives new blocks room between those that stay. After the first edit, or where no room is left, all are placed anew. */
function placed(blocks: readonly Standing[], before: SectionedText, problems: readonly SyntaxProblem[]): Sectioned {
  const anew = (): readonly Standing[] => blocks.map((one) => ({ ...one, section: undefined }));
  const sections = (before.layout && withBases(blocks)) ?? withBases(anew()) ?? [];
  const layout = sections.map(({ block, base }, index) => ({
    base,
    start: blocks[index]?.start ?? 0,
    length: lengthOf(block),
  }));
  return { sections, layout, problems };
}

function withBases(blocks: readonly Standing[]): readonly TerraformSection[] | undefined {
  const sections: TerraformSection[] = [];
  for (let index = 0; index < blocks.length; ) {
    const section = blocks[index]?.section;
    if (section) {
      sections.push(section);
      index++;
      continue;
    }
    const next = blocks.findIndex((one, at) => at > index && one.section !== undefined);
    const run = blocks.slice(index, next < 0 ? blocks.length : next).map(({ block }) => block);
    const last = sections.at(-1);
    const low = last ? last.base + lengthOf(last.block) : 0;
    const bases = basesBetween(low, blocks[next]?.section?.base ?? LAYOUT_END, run.map(lengthOf));
    if (!bases) return undefined;
    sections.push(...run.map((block, at) => ({ block, base: bases[at] ?? low })));
    index += run.length;
  }
  return sections;
}

function lengthOf({ span }: HclBlock): number {
  return span.end - span.start;
}
