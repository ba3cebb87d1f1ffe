// The file that a CDK program starts with, from the command that `cdk.json` names.

import { joinUri, type Uri } from '../../base/uri.ts';
import type { UnitFiles } from '../../facts/files.ts';
import { splitWords } from '../../syntax/shellWords.ts';
import { scriptAt } from './modules.ts';

/** `npx ts-node --prefer-ts-exts bin/app.ts`, `python3 app.py`, `node bin/app`, `uv run app.py`, `python -m infra`. */
export function entryOf(command: string, folder: Uri, files: UnitFiles): Uri | undefined {
  // The last of `npm run build && node bin/app.js` is the program.
  const last = command.split(/&&|;/).at(-1) ?? '';
  const words = (splitWords(last.trim()) ?? []).map(({ text }) => text);
  const module = words.includes('-m') ? words[words.indexOf('-m') + 1] : undefined;
  if (module !== undefined) return pythonModule(joinUri(folder, module.replaceAll('.', '/')), files);
  const paths = words.slice(1).filter((word) => !word.startsWith('-'));
  for (const path of paths.reverse()) {
    const found = programAt(joinUri(folder, path), files);
    if (found !== undefined) return found;
  }
  return undefined;
}

function programAt(uri: Uri, files: UnitFiles): Uri | undefined {
  if (!uri.endsWith('.py')) return sourceOf(uri, files) ?? scriptAt({ files }, uri);
  return files.exists(uri) ? uri : undefined;
}

function pythonModule(path: Uri, files: UnitFiles): Uri | undefined {
  return [`${path}.py`, `${path}/__main__.py`].find((uri) => files.exists(uri));
}

/** The source beside or behind a file that a compiler writes: `bin/app.js`, `dist/bin/app.js`. */
function sourceOf(uri: Uri, files: UnitFiles): Uri | undefined {
  if (!/\.[cm]?js$/.test(uri)) return undefined;
  const source = uri.replace(/\.([cm]?)js$/, '.$1ts');
  const built = /\/(?:dist|build|out)\//;
  const candidates = [source, source.replace(built, '/'), source.replace(built, '/src/')];
  return candidates.find((one) => files.exists(one));
}
