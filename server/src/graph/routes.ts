// Whether a program answers a path, in the spellings of its framework.

import type { ServedRoute } from '../facts/routing.ts';

/** False only where no route can: what is not understood may answer. */
export function mayServe(routes: readonly ServedRoute[], path: string): boolean {
  const wanted = segmentsOf(path.replace(/[?#].*$/s, ''));
  return routes.some((route) => mayAnswer(route, wanted));
}

function mayAnswer({ path, below }: ServedRoute, wanted: readonly string[]): boolean {
  const segments = segmentsOf(path);
  for (const [index, segment] of segments.entries()) {
    if (isGreedy(segment)) return true;
    const asked = wanted[index];
    // `/users/:id?` answers `/users` too.
    if (asked === undefined) return segments.slice(index).every((rest) => rest.endsWith('?'));
    if (!isParameter(segment) && segment.toLowerCase() !== asked.toLowerCase()) return false;
  }
  return below || segments.length === wanted.length;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** `<path:rest>`, `{rest:path}`, `*`, `*rest`, and regular expressions. */
function isGreedy(segment: string): boolean {
  return /^<path:|:path\}|[*+()[\]|\\^]/.test(segment) || (segment.includes('{') && !segment.includes('}'));
}

/** `<int:id>`, `{id}`, `:id`, `file-:name`. */
function isParameter(segment: string): boolean {
  return /[<{:]/.test(segment);
}
