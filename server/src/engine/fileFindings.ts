// Findings about files themselves: unreadable, unparseable, settings and ignores that are wrong.

import { locationOf } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { InlineIgnore } from '../config/inlineIgnore.ts';
import type { ReadSettings } from '../config/read.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { ruleById } from '../rules/index.ts';
import type { Finding } from '../rules/rule.ts';
import { folderOf } from './folders.ts';
import type { RawFinding } from './judge.ts';

function raw(id: string, finding: Finding): readonly RawFinding[] {
  const rule = ruleById(id);
  return rule ? [{ rule, finding, deployment: undefined }] : [];
}

const telling =
  /(?:^|[^a-z])(?:ecs|fargate|task[^a-z]*def|service[^a-z]*def|container[^a-z]*def|app[^a-z]*spec|build[^a-z]*spec|cloudformation|cfn|copilot|dockerfile|compose|deploy|steadystate)|\.(?:tf|tofu)$/i;

/**
 * Whether the path of a file that cannot be read says that it is about deployments. Files of every kind end in `.json` or
 * `.yaml`: lock files are long, and what ends in `.ts` may be a video.
 */
export function soundsLikeDeployment(uri: Uri, folders: readonly Uri[]): boolean {
  return telling.test(uri.slice(folderOf(folders, uri).length));
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
