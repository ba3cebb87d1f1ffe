// `.dockerignore`: what stays out of a build's context. Which files that are is for `launch/` to say.

import { locationOf } from '../base/text.ts';
import { basename } from '../base/uri.ts';
import type { DockerIgnore } from '../facts/configFile.ts';
import type { Source } from './source.ts';

const MOST_PATTERNS = 2000;

export const dockerIgnore: Source = {
  id: 'dockerIgnore',
  discovery: 'onDemand',
  comment: '#',

  claims(uri) {
    return basename(uri).endsWith('.dockerignore') ? 'yes' : 'no';
  },

  extract({ uri, text }) {
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    const fact: DockerIgnore = {
      kind: 'dockerIgnore',
      at: locationOf(uri, 0, text.length),
      patterns: lines
        .filter((line) => line !== '' && !line.startsWith('#'))
        .slice(0, MOST_PATTERNS)
        .map(readPattern),
    };
    return { uri, source: 'dockerIgnore', facts: [fact], problems: [] };
  },

  edit: () => [],
};

function readPattern(line: string): DockerIgnore['patterns'][number] {
  const negated = line.startsWith('!');
  const path = negated ? line.slice(1).trim() : line;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return { parts, negated };
}
