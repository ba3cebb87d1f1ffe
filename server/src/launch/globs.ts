// Names with wildcards, as COPY and `.dockerignore` match them.

/** Go's `filepath.Match` for one name: `*`, `?` and `[…]`. Linear: remembers only the last star. */
export function matchesGlob(glob: string, name: string): boolean {
  let g = 0;
  let n = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    if (glob[g] === '*') {
      star = g++;
      resume = n;
      continue;
    }
    const next = g < glob.length ? matchOne(glob, g, name[n] ?? '') : undefined;
    if (next !== undefined) {
      g = next;
      n++;
    } else if (star >= 0) {
      g = star + 1;
      n = ++resume;
    } else return false;
  }
  while (glob[g] === '*') g++;
  return g === glob.length;
}

/** The offset after the pattern at `g` where it takes a character. */
function matchOne(glob: string, g: number, character: string): number | undefined {
  const pattern = glob[g];
  if (pattern === '?') return g + 1;
  if (pattern === '\\') return glob[g + 1] === character ? g + 2 : undefined;
  if (pattern !== '[') return pattern === character ? g + 1 : undefined;
  const close = glob.indexOf(']', g + 1);
  if (close < 0) return undefined;
  const negated = glob[g + 1] === '^';
  let inside = false;
  for (let i = g + (negated ? 2 : 1); i < close; i++) {
    const low = glob[i] ?? '';
    const high = glob[i + 1] === '-' && i + 2 < close ? (glob[i + 2] ?? low) : low;
    if (character >= low && character <= high) inside = true;
    if (high !== low) i += 2;
  }
  return inside === negated ? undefined : close + 1;
}
