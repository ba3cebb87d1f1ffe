// Whether a program answers a path, in the spellings of its framework.

import type { ServedRoute } from '../facts/routing.ts';

export type Answer =
  | { readonly kind: 'served' }
  /** With this status, to the path with another slash at its end. */
  | { readonly kind: 'redirected'; readonly status: number; readonly path: string }
  | { readonly kind: 'none' };

/** `none` only where no route can answer: what is not understood may. */
export function answerTo(routes: readonly ServedRoute[], path: string): Answer {
  const asked = path.replace(/[?#].*$/s, '');
  const wanted = segmentsOf(asked);
  let redirected: Answer | undefined;
  for (const route of routes) {
    if (!mayAnswer(route, wanted)) continue;
    const { redirects } = route;
    const isOther = route.path.endsWith('/') !== asked.endsWith('/') && wanted.length > 0;
    const isOwnLength = segmentsOf(route.path).length === wanted.length && !route.anywhere;
    const moves = redirects && isOther && isOwnLength && (redirects.slash === 'either' || route.path.endsWith('/'));
    if (!moves) return { kind: 'served' };
    const other = asked.endsWith('/') ? asked.replace(/\/+$/, '') : `${asked}/`;
    redirected = { kind: 'redirected', status: redirects.status, path: other };
  }
  return redirected ?? { kind: 'none' };
}

function mayAnswer(route: ServedRoute, wanted: readonly string[]): boolean {
  const segments = segmentsOf(route.path);
  if (!route.anywhere) return fits(segments, wanted, route.below);
  return [...wanted, ''].some((_segment, start) => fits(segments, wanted.slice(start), route.below));
}

function fits(segments: readonly string[], wanted: readonly string[], below: boolean): boolean {
  for (const [index, segment] of segments.entries()) {
    if (isGreedy(segment)) return true;
    const asked = wanted[index];
    // `/users/:id?`, `/users/{id?}`, `/{controller=Home}` answer without it too.
    if (asked === undefined) return segments.slice(index).every((rest) => /\?\}?$|=[^}]*\}$/.test(rest));
    if (!isParameter(segment) && segment.toLowerCase() !== asked.toLowerCase()) return false;
  }
  return below || segments.length === wanted.length;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** `<path:rest>`, `{rest:path}`, `{rest...}`, `*`, `*rest`, and regular expressions. */
function isGreedy(segment: string): boolean {
  return /^<path:|:path\}|\.\.\.\}|[*+()[\]|\\^]/.test(segment) || (segment.includes('{') && !segment.includes('}'));
}

/** `<int:id>`, `{id}`, `:id`, `file-:name`. */
function isParameter(segment: string): boolean {
  return /[<{:]/.test(segment);
}
