// Settles one Copilot manifest with the files around it, as the engine does.

import assert from 'node:assert/strict';
import { dirname, type Uri } from '../../../server/src/base/uri.ts';
import type { Fact, FactKind, FileFacts } from '../../../server/src/facts/fileFacts.ts';
import type { UnitFiles } from '../../../server/src/facts/files.ts';
import type { Container } from '../../../server/src/facts/taskDefinition.ts';
import { cloudFormation } from '../../../server/src/sources/cloudFormation.ts';
import { copilot } from '../../../server/src/sources/copilot.ts';
import { item, short } from '../marks.ts';

const ROOT = 'file:///repo';
export const manifestUri = `${ROOT}/copilot/web/manifest.yml`;

/** Paths of `others` count from the folder `copilot/`. */
export function settle(manifest: string, others: Readonly<Record<string, string>> = {}): readonly Fact[] {
  const texts = new Map<Uri, string>([
    [manifestUri, manifest],
    ...Object.entries(others).map(([path, text]): [Uri, string] => [`${ROOT}/copilot/${path}`, text]),
  ]);
  const uris = [...texts.keys()].sort();
  const files: UnitFiles = {
    exists: (uri) => texts.has(uri),
    folderExists: (folder) => uris.some((uri) => uri.startsWith(`${folder}/`)),
    list: (folder) => uris.filter((uri) => dirname(uri) === folder),
    folders: (folder) => {
      const below = uris.filter((uri) => uri.startsWith(`${folder}/`)).map((uri) => uri.slice(folder.length + 1));
      const names = new Set(below.flatMap((path) => (path.includes('/') ? [path.split('/', 1)[0]] : [])));
      return [...names].map((name) => `${folder}/${name}`);
    },
    facts: (uri) => extractOf(uri, texts.get(uri)),
    text: (uri) => texts.get(uri),
    filesWith: () => [],
  };
  return copilot.resolve?.(manifestUri, files) ?? [];
}

function extractOf(uri: Uri, text: string | undefined): FileFacts | undefined {
  if (text === undefined) return undefined;
  const source = [copilot, ...cloudFormation].find(
    (one) => one.claims(uri) !== 'no' && (one.recognizes?.(text) ?? true),
  );
  return source?.extract({ uri, text }) ?? { uri, source: 'none', facts: [], problems: [] };
}

export function all<K extends FactKind>(facts: readonly Fact[], kind: K): readonly Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

export function one<K extends FactKind>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }> {
  const found = all(facts, kind);
  const [fact] = found;
  assert(fact && found.length === 1, `one ${kind}, not ${found.length}`);
  return fact;
}

export const WEB = `name: web
type: Load Balanced Web Service
image:
  build: web/Dockerfile
  port: 8080
`;

export function containers(facts: readonly Fact[]): readonly Container[] {
  return one(facts, 'taskDefinition').containerDefinitions.items;
}

export function main(facts: readonly Fact[]): Container {
  return item(one(facts, 'taskDefinition').containerDefinitions);
}

/** `web 8080/tcp`. */
export function mappings(facts: readonly Fact[]): readonly string[] {
  return containers(facts).flatMap(({ name, portMappings }) =>
    portMappings.items.map((one) => `${short(name)} ${short(one.containerPort)}/${short(one.protocol)}`),
  );
}
