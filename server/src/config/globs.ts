// Globs of settings against paths relative to the settings file. The only importer of picomatch.

import picomatch from 'picomatch';

const MAXIMUM_LENGTH = 1000;

/**
 * Whether a path matches one of the globs; a glob that names a folder stands for everything in it. Extended globs such
 * as `+(a|b)` are plain text here: nested, they could take exponential time.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.flatMap(matcherOf);
  if (matchers.length === 0) return () => false;
  return (path) => matchers.some((matches) => matches(path));
}

function matcherOf(glob: string): readonly ((path: string) => boolean)[] {
  const pattern = glob.replace(/^\.?\//, '').replace(/\/{1,64}$/, '');
  if (pattern === '' || pattern.length > MAXIMUM_LENGTH) return [];
  try {
    return [picomatch([pattern, `${pattern}/**`], { dot: true, noextglob: true, nonegate: true })];
  } catch {
    return [];
  }
}
