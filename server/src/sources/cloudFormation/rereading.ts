// After an edit inside one resource of a sound template, that resource alone is read again.

import { layoutOf } from '../../base/layout.ts';
import { commonEnds, type SourceFile, type Span } from '../../base/text.ts';
import { type FileFacts, factOf } from '../../facts/fileFacts.ts';
import type { StackResource, StackTemplate } from '../../facts/stackTemplate.ts';
import { parseJson } from '../../syntax/json.ts';
import type { Tree, TreeEntry } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { ExtractedText } from '../source.ts';
import { isNested, resourceOf } from './template.ts';

/** An entry of an object in a text. */
interface PlacedEntry {
  readonly entry: string;
  /** What stands before it in its line. */
  readonly lead: string;
}

export interface TemplateSyntax {
  parse(text: string): Tree;
  /** What an entry needs around it to be a text of its own; undefined where that would not say the same. */
  frame(placed: PlacedEntry): readonly [string, string] | undefined;
  /** Whether what stands in one resource may be a part of another. */
  sharesParts(text: string): boolean;
}

export const jsonSyntax: TemplateSyntax = { parse: parseJson, frame: () => ['{', '}'], sharesParts: () => false };

const ANCHOR = /(?:^|[\s[{,:-])[&*][^\s&*]/;
/** What follows a block of text tells where it ends; the others end the whole text. */
const REACHES_BEYOND = /[|>][-+\d]*[ \t]*(?:#.*)?$|^(?:---|\.\.\.|%)/m;

export const yamlSyntax: TemplateSyntax = {
  parse: parseYaml,
  frame: ({ entry, lead }) => (/^ +$/.test(lead) && !REACHES_BEYOND.test(entry) ? [lead, ''] : undefined),
  sharesParts: (text) => ANCHOR.test(text),
};

/** Templates of other tools may make conditions that begin in one resource and end in another. */
const TEMPLATE = /\{\{(?!resolve:)|\{%|<%/;

/** Undefined where the whole template is to be read. */
export function withOneResourceRead(
  { text }: SourceFile,
  before: ExtractedText,
  syntax: TemplateSyntax,
): FileFacts | undefined {
  const { facts } = before;
  const template = factOf(facts, 'stackTemplate');
  if (!template || !facts.layout || !isSound(template, facts)) return undefined;
  const { prefix, suffix } = commonEnds(before.text, text);
  const moved = text.length - before.text.length;
  const editEnd = before.text.length - suffix;
  const index = facts.layout.findLastIndex(({ start }) => start < prefix);
  const [edited, stretch] = [template.resources[index], facts.layout[index]];
  if (!edited || !stretch || editEnd >= stretch.start + stretch.length || isNested(edited.type)) return undefined;
  if (TEMPLATE.test(text)) return undefined;
  const span = { start: stretch.start, end: stretch.start + stretch.length + moved };
  const entry = entryOf(text, span, before.text, syntax);
  const read = entry && resourceOf(entry);
  if (read?.logicalId !== edited.logicalId || isNested(read.type)) return undefined;
  const layout = layoutOf(
    facts.layout.map((one, at) => {
      if (at === index) return { base: undefined, start: span.start, length: span.end - span.start };
      return at < index ? one : { ...one, start: one.start + moved };
    }),
  );
  const base = layout?.[index]?.base;
  if (!layout || base === undefined) return undefined;
  const resource: StackResource = { ...read, shift: base - read.entrySpan.start };
  const { resources, ...others } = template;
  return {
    ...facts,
    layout,
    facts: facts.facts.map((fact) =>
      fact === template
        ? { ...movedBehind(others, editEnd, moved), resources: resources.with(index, resource) }
        : movedBehind(fact, editEnd, moved),
    ),
  };
}

/** Problems are told of templates about ECS only. */
function isSound({ resources }: StackTemplate, { problems }: FileFacts): boolean {
  return problems.length === 0 && resources.some(({ type }) => type.startsWith('AWS::ECS::'));
}

/** The entry at a place, read alone, where it is sound and was no less so before. */
function entryOf(
  text: string,
  { start, end }: Span,
  textBefore: string,
  { parse, frame }: TemplateSyntax,
): TreeEntry | undefined {
  const own = text.slice(start, end);
  const lead = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const old = textBefore.slice(start, end + textBefore.length - text.length);
  const framed = frame({ entry: old, lead }) && frame({ entry: own, lead });
  if (!framed) return undefined;
  const { root, problems } = parse(framed.join(own));
  const [entry, second] = root?.kind === 'object' ? root.entries : [];
  const from = framed[0].length;
  const isWhole = entry?.span.start === from && entry.span.end === from + own.length;
  return isWhole && !second && problems.length === 0 ? entry : undefined;
}

/** Plain data with the places behind an edit where they stand after it. */
function movedBehind<T>(part: T, editEnd: number, moved: number): T {
  return (moved === 0 ? part : movedPart(part, editEnd, moved)) as T;
}

function movedPart(part: unknown, editEnd: number, moved: number): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((item) => movedPart(item, editEnd, moved));
  const entries = Object.entries(part).map(([key, value]) => {
    const isPlace = (key === 'start' || key === 'end') && typeof value === 'number';
    if (isPlace) return [key, value >= editEnd ? value + moved : value];
    return [key, movedPart(value, editEnd, moved)];
  });
  return Object.fromEntries(entries);
}
