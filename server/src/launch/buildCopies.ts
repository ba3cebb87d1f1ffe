// Commands of a build that copy a part of a workspace to another folder of the same image: `turbo prune`, `pnpm deploy`.

import { joinUri } from '../base/uri.ts';
import { optionValue } from './runCommands.ts';

/** A folder that got the files of another. */
export interface FolderCopy {
  /** The likeliest first; those that hold no package are passed over. */
  readonly sources: readonly string[];
  readonly target: string;
}

const runners = new Set(['npx', 'pnpx', 'bunx', 'yarn', 'pnpm', 'npm', 'exec', 'dlx', '--']);
/** Where packages of a workspace mostly lie. */
const parents = ['apps', 'packages', 'services', 'libs', '.'];

/** What a command copies that runs in `folder`. */
export function folderCopies(words: readonly (string | undefined)[], folder: string): readonly FolderCopy[] {
  const named = words.findIndex((word) => word !== undefined && !runners.has(word));
  const [tool, verb] = words.slice(named);
  if (tool === 'turbo' && verb === 'prune') return pruned(words, folder);
  return words[0] === 'pnpm' && words.includes('deploy') ? deployed(words, folder) : [];
}

/** https://turborepo.com/docs/reference/prune */
function pruned(words: readonly (string | undefined)[], folder: string): readonly FolderCopy[] {
  const output = joinUri(folder, optionValue(words, ['--out-dir']) ?? 'out');
  const targets = words.includes('--docker') ? [`${output}/json`, `${output}/full`] : [output];
  return targets.map((target) => ({ sources: [folder], target }));
}

/** `pnpm --filter=api deploy --prod /srv/api`: https://pnpm.io/cli/deploy */
function deployed(words: readonly (string | undefined)[], folder: string): readonly FolderCopy[] {
  const name = optionValue(words, ['--filter', '-F'])?.replace(/^@[^/]+\//, '');
  const last = words.at(-1);
  if (name === undefined || !/^[\w.-]+$/.test(name) || last === undefined || last === 'deploy') return [];
  return [{ sources: parents.map((parent) => joinUri(folder, `${parent}/${name}`)), target: joinUri(folder, last) }];
}
