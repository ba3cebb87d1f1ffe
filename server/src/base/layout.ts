// Where the parts of an edited text stand now. The places of facts count from the bases of their parts, which stay where
// they are as long as the parts say the same; what people see is the text's own offsets. Bases lie behind every text, so
// that places that do not belong to a part are offsets of the text as they are.

export interface Stretch {
  /** What the places of its facts count from. */
  readonly base: number;
  /** Where it starts in the text. */
  readonly start: number;
  readonly length: number;
}

/** In the order of the text, which is that of the bases too. Without one, places are offsets of the text. */
export type Layout = readonly Stretch[];

/** Longer texts are not laid out. */
export const MAX_LAID_OUT = 2 ** 22;
/** Bases are small integers of the runtime. */
const END = 2 ** 30;

/** A part to be laid out; one that is new has no base yet. */
export interface Part {
  readonly base: number | undefined;
  readonly start: number;
  readonly length: number;
}

/** Gives new parts room between those that stay; undefined where there is none, or where those have changed places. */
export function layoutOf(parts: readonly Part[]): Layout | undefined {
  const layout: Stretch[] = [];
  let low = MAX_LAID_OUT;
  let waiting: Part[] = [];
  for (const part of [...parts, { base: END, start: 0, length: 0 }]) {
    const { base: high, start, length } = part;
    if (high === undefined) {
      waiting.push(part);
      continue;
    }
    const total = waiting.reduce((sum, one) => sum + one.length, 0);
    const room = Math.floor((high - low - total) / (waiting.length + 1));
    if (room < 0 || (room < 1 && waiting.length > 0)) return undefined;
    for (const one of waiting) {
      layout.push({ ...one, base: low + room });
      low += room + one.length;
    }
    layout.push({ base: high, start, length });
    low = high + length;
    waiting = [];
  }
  return layout.slice(0, -1);
}

/** The same parts with equal room around each. */
export function freshLayoutOf(parts: readonly Part[]): Layout {
  return layoutOf(parts.map((part) => ({ ...part, base: undefined }))) ?? [];
}

/** The offset in the text of a place of a fact. */
export function textOffset(layout: Layout, offset: number): number {
  const stretch = stretchAt(layout, ({ base }) => base, offset);
  return stretch ? stretch.start + Math.min(offset - stretch.base, stretch.length) : offset;
}

/** The place in facts of an offset in the text. */
export function factOffset(layout: Layout, offset: number): number {
  const stretch = stretchAt(layout, ({ start }) => start, offset);
  return stretch && offset <= stretch.start + stretch.length ? stretch.base + offset - stretch.start : offset;
}

/** The last stretch that begins at or before an offset. */
function stretchAt(layout: Layout, beginning: (stretch: Stretch) => number, offset: number): Stretch | undefined {
  let low = 0;
  let high = layout.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const stretch = layout[middle];
    if (stretch && beginning(stretch) <= offset) low = middle + 1;
    else high = middle;
  }
  return layout[low - 1];
}
