// Runs the engine over a workspace written as one text, and reads the marks in it.

import { readFileSync } from 'node:fs';
import { applyEdits } from '../../server/src/base/text.ts';
import type { Uri } from '../../server/src/base/uri.ts';
import type { Settings } from '../../server/src/config/settings.ts';
import { type AnalysisHost, createAnalysisHost, type Report } from '../../server/src/engine/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import { grammarFile } from '../../server/src/tools/grammars.ts';

export const root = 'file:///workspace';

export type Files = ReadonlyMap<string, string>;

export interface Mark {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export interface MarkedFiles {
  readonly files: Files;
  /** `«…»` */
  readonly findings: readonly Mark[];
  /** `«1:…»` */
  readonly firstRelated: readonly Mark[];
}

/** `--- path` starts a file; marks are taken out. */
export function readMarked(text: string): MarkedFiles {
  const files = new Map<string, string>();
  const findings: Mark[] = [];
  const firstRelated: Mark[] = [];
  for (const block of text.split(/^--- /m).slice(1)) {
    const newline = block.indexOf('\n');
    const path = block.slice(0, newline).trim();
    let plain = '';
    let open: { start: number; related: boolean } | undefined;
    for (const part of block.slice(newline + 1).split(/(«(?:1:)?|»)/)) {
      if (part.startsWith('«')) open = { start: plain.length, related: part === '«1:' };
      else if (part === '»' && open) {
        (open.related ? firstRelated : findings).push({ path, start: open.start, end: plain.length });
        open = undefined;
      } else plain += part;
    }
    files.set(path, plain);
  }
  return { files, findings, firstRelated };
}

export function uriOf(path: string): Uri {
  return `${root}/${path}`;
}

export function pathOf(uri: Uri): string {
  return uri.slice(root.length + 1);
}

function grammarBytes(name: string): Uint8Array {
  return readFileSync(grammarFile(name));
}

/** Reads what the engine wants until it wants nothing. */
export async function settle(host: AnalysisHost, files: Files): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const { wanted } = host;
    if (wanted.files.length + wanted.grammars.length === 0) return;
    for (const name of wanted.grammars) await host.loadGrammar(name, grammarBytes(name));
    const contents = wanted.files.map((uri) => {
      const text = files.get(pathOf(uri));
      return text === undefined ? { uri, unreadable: 'it is gone' } : { uri, text };
    });
    host.apply({ contents });
  }
  throw new Error('the engine never stops wanting files');
}

/** The levels at which rules speak also where a neighboring tool reports the same. */
export const besideNeighbors: Settings['rules'] = Object.fromEntries(
  rules.flatMap((rule) => (rule.neighbors ? [[rule.id, rule.severity] as const] : [])),
);

export async function analyze(files: Files, levels: Settings['rules'] = {}): Promise<AnalysisHost> {
  const host = createAnalysisHost();
  host.apply({ folders: [root], added: [...files.keys()].map(uriOf), settings: { rules: levels } });
  await settle(host, files);
  return host;
}

export function allReports(host: AnalysisHost): readonly Report[] {
  return host.reported.flatMap((uri) => host.reports(uri)).filter((report) => !report.suppressed);
}

/** The files after a fix. */
export function applyFix(host: AnalysisHost, fix: Report['fixes'][number], files: Files): Files {
  const edits = host.edits(fix);
  return new Map(
    [...files].map(([path, text]) => [
      path,
      applyEdits(
        text,
        edits.filter((edit) => edit.uri === uriOf(path)),
      ),
    ]),
  );
}
