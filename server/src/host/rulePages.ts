// Where the bundled page of a rule lies, for editors that open it as a file.

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Uri } from '../base/uri.ts';
import { pathToUri } from './paths.ts';

/** Undefined where this installation brings no such page. */
export function rulePageUri(rule: string): Uri | undefined {
  if (!/^[a-z0-9-]+$/.test(rule)) return undefined;
  const folder = codeFolder();
  const candidates = [path.join(folder, 'docs', 'rules'), path.join(folder, '..', '..', 'docs', 'rules')];
  const found = candidates.map((candidate) => path.join(candidate, `${rule}.md`)).find((page) => existsSync(page));
  return found === undefined ? undefined : pathToUri(found);
}

/** `dist`, or the room of the entry file when run from source. */
function codeFolder(): string {
  return typeof __dirname === 'string' ? __dirname : path.dirname(process.argv[1] ?? process.execPath);
}
