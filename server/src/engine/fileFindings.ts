// Findings about files themselves: unreadable, unparseable, settings and ignores that are wrong.

import { locationOf } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { InlineIgnore } from '../config/inlineIgnore.ts';
import type { ReadSettings } from '../config/read.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { ruleById } from '../rules/index.ts';
import type { Finding } from '../rules/rule.ts';
import type { RawFinding } from './judge.ts';

function raw(id: string, finding: Finding): readonly RawFinding[] {
  const rule = ruleById(id);
  return rule ? [{ rule, finding, deployment: undefined }] : [];
}

export function unreadableFinding(uri: Uri, reason: string): readonly RawFinding[] {
  return raw('file-unreadable', { at: locationOf(uri, 0, 0), message: `This file cannot be read: ${reason}.` });
}

/** One finding a file: the first problem; the others are related. */
export function unparseableFinding(facts: FileFacts): readonly RawFinding[] {
  const [first, ...others] = facts.problems;
  if (!first) return [];
  return raw('file-unparseable', { at: first.at, message: first.message, related: others.slice(0, 5) });
}

export function settingsFindings(read: ReadSettings | undefined): readonly RawFinding[] {
  return (read?.problems ?? []).flatMap((problem) => raw('settings-invalid', problem));
}

/** Inline ignores without a reason or with an unknown rule. */
export function ignoreProblems(ignores: readonly InlineIgnore[]): readonly RawFinding[] {
  return ignores.flatMap((ignore) => {
    if (!ignore.reason) {
      const message = `This ignores nothing: write a reason after "--", as in "steadystate-ignore ${ignore.rule || '<rule>'} -- why".`;
      return raw('settings-invalid', { at: ignore.at, message });
    }
    if (ruleById(ignore.rule)) return [];
    return raw('settings-invalid', { at: ignore.ruleAt, message: `There is no rule "${ignore.rule}".` });
  });
}

export function unusedIgnore(at: Finding['at'], rule: string): readonly RawFinding[] {
  return raw('ignore-unused', { at, message: `Nothing here breaks ${rule} any more, so this ignore can go.` });
}
