// Text of files, made fit for a terminal: no control characters that could move the cursor or reorder what is shown, and
// widths as a terminal counts them.

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Each control character becomes a sign that shows it is there. Tabs and line ends become spaces. */
export function visible(text: string): string {
  return text.replace(CONTROLS, (character) => (/[\t\r\n]/.test(character) ? ' ' : '\ufffd'));
}

/** Cells that a text takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character.codePointAt(0) ?? 0);
  return width;
}

export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Wide (2): East Asian wide and full-width characters and emoji; none (0): marks that join the one before. */
export function characterWidth(code: number): number {
  if (code < 0x300) return 1;
  if (inRanges(code, zeroWidth)) return 0;
  return inRanges(code, wide) ? 2 : 1;
}

type Ranges = readonly (readonly [first: number, last: number])[];

const zeroWidth: Ranges = [
  [0x300, 0x36f],
  [0x200b, 0x200d],
  [0x20d0, 0x20f0],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xe0100, 0xe01ef],
];

const wide: Ranges = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

function inRanges(code: number, ranges: Ranges): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}
