// Applies the preferred fixes of findings in memory, round by round until nothing is left to fix, and says what changed.
// Writing the files is left to `check`.

import { applyEdits, type FileEdit } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Report } from '../engine/analysis.ts';
import type { Workspace } from '../host/workspace.ts';
import { preferredFix } from '../report/snapshot.ts';

export interface Fixed {
  /** Texts before and after, of every file that changed. */
  readonly files: ReadonlyMap<Uri, { readonly before: string; readonly after: string }>;
  /** Titles of the fixes, each once. */
  readonly titles: readonly string[];
}

/** A fix may make another one possible or needless; more rounds than this would be fixes that undo each other. */
const MAXIMUM_ROUNDS = 10;

export async function applyFixes(
  workspace: Workspace,
  reportsNow: () => readonly Report[],
  unsafe: boolean,
): Promise<Fixed> {
  const { analysis } = workspace;
  const files = new Map<Uri, { before: string; after: string }>();
  const titles = new Set<string>();
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const edits = collectEdits(workspace, reportsNow(), unsafe, titles);
    if (edits.length === 0) break;
    const contents = [...new Set(edits.map(({ uri }) => uri))].flatMap((uri) => {
      const text = analysis.text(uri);
      if (text === undefined) return [];
      const after = applyEdits(
        text,
        edits.filter((edit) => edit.uri === uri),
      );
      files.set(uri, { before: files.get(uri)?.before ?? text, after });
      return [{ uri, text: after }];
    });
    await workspace.apply({ contents });
  }
  return { files: new Map([...files].filter(([, { before, after }]) => before !== after)), titles: [...titles] };
}

/** The edits of as many fixes as can be applied at once: a fix that touches another's place waits for the next round. */
function collectEdits(
  { analysis }: Workspace,
  reports: readonly Report[],
  unsafe: boolean,
  titles: Set<string>,
): readonly FileEdit[] {
  const taken: FileEdit[] = [];
  for (const report of reports) {
    const fix = report.suppressed ? undefined : preferredFix(report);
    if (!fix || (fix.kind !== 'safe' && !unsafe)) continue;
    const edits = analysis.edits(fix);
    const fresh = edits.filter((edit) => !taken.some((other) => isSame(edit, other)));
    if (fresh.length === 0 || fresh.some((edit) => taken.some((other) => touches(edit, other)))) continue;
    taken.push(...fresh);
    titles.add(fix.title);
  }
  return taken;
}

function isSame(a: FileEdit, b: FileEdit): boolean {
  return a.uri === b.uri && a.newText === b.newText && a.span.start === b.span.start && a.span.end === b.span.end;
}

function touches(a: FileEdit, b: FileEdit): boolean {
  return a.uri === b.uri && a.span.start <= b.span.end && b.span.start <= a.span.end;
}
