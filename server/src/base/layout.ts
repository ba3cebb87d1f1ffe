// Where the parts of an edited text stand now. The places of facts count from the bases of their parts, which stay where
// they are as long as the parts say the same; what people see is the text's own offsets.

export interface Stretch {
  /** What the places of its facts count from. */
  readonly base: number;
  /** Where it starts in the text. */
  readonly start: number;
  readonly length: number;
}

/** In the order of the text, which is that of the bases too. Without one, places are offsets of the text. */
export type Layout = readonly Stretch[];

/** Bases lie below this, so that they are small integers of the runtime. */
export const LAYOUT_END = 2 ** 30;

/** Bases for neighbors of these lengths between two others, with equal room around each; undefined where there is none. */
export function basesBetween(low: number, high: number, lengths: readonly number[]): readonly number[] | undefined {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const room = Math.floor((high - low - total) / (lengths.length + 1));
  if (room < 1) return undefined;
  let base = low;
  return lengths.map((length) => {
    const own = base + room;
    base = own + length;
    return own;
  });
}

/** The offset in the text of a place of a fact. */
export function textOffset(layout: Layout, offset: number): number {
  const stretch = stretchAt(layout, ({ base }) => base, offset);
  return stretch ? stretch.start + Math.min(offset - stretch.base, stretch.length) : offset;
}

/** The place in facts of an offset in the text. */
export function factOffset(layout: Layout, offset: number): number {
  const stretch = stretchAt(layout, ({ start }) => start, offset);
  return stretch ? stretch.base + Math.min(offset - stretch.start, stretch.length) : offset;
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
