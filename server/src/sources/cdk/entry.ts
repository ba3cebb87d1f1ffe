// The file that a CDK program starts with, from the command that `cdk.json` names.

import { joinUri, type Uri } from '../../base/uri.ts';
import type { UnitFiles } from '../../facts/files.ts';
import { splitWords } from '../../syntax/shellWords.ts';
import { scriptAt } from './modules.ts';

/** `npx ts-node --prefer-ts-exts bin/app.ts`, `python3 app.py`, `node bin/app`, `uv run app.py`. */
export function entryOf(command: string, folder: Uri, files: UnitFiles): Uri | undefined {
  // The last of `npm run build && node bin/app.js` is the program.
  const last = command.split(/&&|;/).at(-1) ?? '';
  const words = (splitWords(last.trim()) ?? []).map(({ text }) => text);
  const paths = words.slice(1).filter((word) => !word.startsWith('-'));
  for (const path of paths.reverse()) {
    const uri = joinUri(folder, path);
    const found = path.endsWith('.py')
      ? files.exists(uri)
        ? uri
        : undefined
      : (sourceOf(uri, files) ?? scriptAt({ files }, uri));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The source beside or behind a file that a compiler writes: `bin/app.js`, `dist/bin/app.js`. */
function sourceOf(uri: Uri, files: UnitFiles): Uri | undefined {
  if (!/\.[cm]?js$/.test(uri) || files.exists(uri)) return undefined;
  const source = uri.replace(/\.([cm]?)js$/, '.$1ts');
  const candidates = [
    source,
    source.replace(/\/(?:dist|build|lib|out)\//, '/'),
    source.replace(/\/(?:dist|build|lib|out)\//, '/src/'),
  ];
  return candidates.find((one) => files.exists(one));
}
