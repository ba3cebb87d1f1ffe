// Settles a small Terraform root from its files, as the engine does.

import { applyEdits, type Location } from '../../../server/src/base/text.ts';
import { dirname, type Uri } from '../../../server/src/base/uri.ts';
import type { EditIntent } from '../../../server/src/facts/edit.ts';
import type { Fact, FactKind, FileFacts } from '../../../server/src/facts/fileFacts.ts';
import type { UnitFiles } from '../../../server/src/facts/files.ts';
import type { List, Value } from '../../../server/src/facts/value.ts';
import { terraform } from '../../../server/src/sources/terraform.ts';

const WORKSPACE = 'file:///repo';

export type Texts = Readonly<Record<string, string>>;

export interface Root {
  readonly facts: readonly Fact[];
  readonly texts: Texts;
  of<K extends FactKind>(kind: K): readonly Extract<Fact, { kind: K }>[];
  only<K extends FactKind>(kind: K): Extract<Fact, { kind: K }>;
}

/** The facts of the root in `folder`; without one, the files are those of the root itself. */
export function settle(texts: Texts, folder = ''): Root {
  const unit = folder === '' ? `${WORKSPACE}/` : `${WORKSPACE}/${folder}/`;
  const facts = terraform.resolve?.(unit, unitFiles(texts, extractAll(texts))) ?? [];
  const of = <K extends FactKind>(kind: K): readonly Extract<Fact, { kind: K }>[] =>
    facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  return {
    facts,
    texts,
    of,
    only(kind) {
      const [first, second] = of(kind);
      if (!first || second) throw new Error(`${of(kind).length} facts of kind ${kind}, not one`);
      return first;
    },
  };
}

export function extractAll(texts: Texts): ReadonlyMap<Uri, FileFacts> {
  const read = Object.entries(texts).map(([path, text]): [Uri, FileFacts] => {
    const uri = `${WORKSPACE}/${path}`;
    if (terraform.claims(uri) === 'no') return [uri, { uri, source: 'none', facts: [], problems: [] }];
    return [uri, terraform.extract({ uri, text })];
  });
  return new Map(read);
}

export function unitFiles(texts: Texts, facts: ReadonlyMap<Uri, FileFacts>): UnitFiles {
  const uris = [...facts.keys()].sort();
  const below = (folder: Uri): readonly Uri[] => uris.filter((uri) => uri.startsWith(`${folder}/`));
  return {
    exists: (uri) => facts.has(uri),
    folderExists: (folder) => below(folder).length > 0,
    list: (folder) => uris.filter((uri) => dirname(uri) === folder),
    folders: (folder) => {
      const names = below(folder).flatMap((uri) => /^[^/]+(?=\/)/.exec(uri.slice(folder.length + 1))?.[0] ?? []);
      return [...new Set(names)].map((name) => `${folder}/${name}`);
    },
    facts: (uri) => facts.get(uri),
    text: (uri) => texts[uri.slice(WORKSPACE.length + 1)],
    filesWith: (kind) => uris.filter((uri) => facts.get(uri)?.facts.some((fact) => fact.kind === kind)),
  };
}

/** `path: text` of a place. */
export function placed(texts: Texts, { uri, span }: Location): string {
  const path = uri.slice(WORKSPACE.length + 1);
  return `${path}: ${(texts[path] ?? '').slice(span.start, span.end)}`;
}

/** A value in short: `5201`, `? ${var.image}`, `-`. */
export function short<T>(value: Value<T>): string {
  switch (value.state) {
    case 'known':
      return String(value.value);
    case 'choice':
      return value.branches.map((branch) => `${branch.when}: ${short(branch.value)}`).join(' | ');
    case 'dynamic':
      return `? ${value.text}`;
    default:
      return '-';
  }
}

/** The address of a resource of the root that is the whole workspace. */
export const address = (name: string): string => `resource:${WORKSPACE}#${name}`;

export function shortList<T>(values: List<Value<T>>): string {
  return `${values.items.map(short).join(', ')}${values.complete ? '' : ' …'}`;
}

/** The texts after intents were carried out; undefined where one of them cannot be. */
export function edited(texts: Texts, intents: readonly EditIntent[]): Texts | undefined {
  const result: Record<string, string> = { ...texts };
  const byFile = new Map<Uri, EditIntent[]>();
  for (const intent of intents) {
    const { uri } = intent.kind === 'set' ? intent.owner : intent.at;
    byFile.set(uri, [...(byFile.get(uri) ?? []), intent]);
  }
  for (const [uri, own] of byFile) {
    const path = uri.slice(WORKSPACE.length + 1);
    const text = texts[path] ?? '';
    const edits = terraform.editAll?.({ uri, text }, own) ?? [];
    if (edits.length === 0) return undefined;
    result[path] = applyEdits(text, edits);
  }
  return result;
}
