// Which files of a build's context `.dockerignore` keeps out of the image: the last pattern that fits a file, or a folder
// around it, decides. https://docs.docker.com/build/concepts/context/#dockerignore-files

import type { Uri } from '../base/uri.ts';
import { joinUri, relativePath } from '../base/uri.ts';
import type { DockerIgnore } from '../facts/configFile.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Files } from './files.ts';
import { matchesGlob } from './globs.ts';

/** Whether a file of the context is left out. */
export type LeavesOut = (uri: Uri) => boolean;

const nothing: LeavesOut = () => false;

export function dockerIgnore(files: Partial<Pick<Files, 'facts'>>, context: Uri, dockerfile: Uri): LeavesOut {
  const read = (uri: Uri) => factOf(files.facts?.(uri, 'dockerIgnore'), 'dockerIgnore');
  const own = read(`${dockerfile}.dockerignore`) ?? read(joinUri(context, '.dockerignore'));
  if (own === undefined || own.patterns.length === 0) return nothing;
  const known = new Map<Uri, boolean>();
  return (uri) => {
    let answer = known.get(uri);
    if (answer === undefined) {
      const path = relativePath(context, uri);
      answer = path !== undefined && isLeftOut(own, path.split('/'));
      known.set(uri, answer);
    }
    return answer;
  };
}

function isLeftOut({ patterns }: DockerIgnore, path: readonly string[]): boolean {
  for (const { parts, negated } of patterns.toReversed()) {
    for (let length = path.length; length > 0; length--) {
      if (fits(parts, path.slice(0, length))) return !negated;
    }
  }
  return false;
}

/** Segment by segment; `**` stands for any number of them. Linear: remembers only the last `**`. */
function fits(parts: readonly string[], path: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < path.length) {
    if (parts[part] === '**') {
      star = part++;
      resume = at;
    } else if (part < parts.length && matchesGlob(parts[part] ?? '', path[at] ?? '')) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++resume;
    } else return false;
  }
  while (parts[part] === '**') part++;
  return part === parts.length;
}
