// Reads templates as the engine does, and settles the first one.

import assert from 'node:assert/strict';
import type { Uri } from '../../../server/src/base/uri.ts';
import { dirname } from '../../../server/src/base/uri.ts';
import type { Fact, FileFacts } from '../../../server/src/facts/fileFacts.ts';
import type { UnitFiles } from '../../../server/src/facts/files.ts';
import { cloudFormation } from '../../../server/src/sources/cloudFormation.ts';
import type { Source } from '../../../server/src/sources/source.ts';

export const root = 'file:///repo';

export function sourceOf(path: string, text: string): Source {
  const source = cloudFormation.find((one) => one.claims(`${root}/${path}`) !== 'no' && one.recognizes?.(text));
  assert(source, `${path} is a template`);
  return source;
}

/** The settled facts of the first file. */
export function settle(files: Readonly<Record<string, string>>): readonly Fact[] {
  const facts = new Map<Uri, FileFacts>(
    Object.entries(files).map(([path, text]) => {
      const uri = `${root}/${path}`;
      return [uri, sourceOf(path, text).extract({ uri, text })];
    }),
  );
  const [unit] = facts.keys();
  assert(unit);
  return cloudFormation[0]?.resolve?.(unit, unitFiles(facts, files)) ?? [];
}

function unitFiles(facts: ReadonlyMap<Uri, FileFacts>, files: Readonly<Record<string, string>>): UnitFiles {
  const uris = [...facts.keys()].sort();
  return {
    exists: (uri) => facts.has(uri),
    folderExists: (folder) => uris.some((uri) => uri.startsWith(`${folder}/`)),
    list: (folder) => uris.filter((uri) => dirname(uri) === folder),
    folders: () => [],
    facts: (uri) => facts.get(uri),
    text: (uri) => files[uri.slice(root.length + 1)],
    filesWith: (kind) => uris.filter((uri) => facts.get(uri)?.facts.some((fact) => fact.kind === kind)),
  };
}
