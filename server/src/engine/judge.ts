// Runs the rules. A rule that throws loses its own findings for that subject, nothing else.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { Deployment } from '../graph/deployment.ts';
import { rules } from '../rules/index.ts';
import type { Finding, Rule, RuleSettings } from '../rules/rule.ts';

/** A finding before settings and ignores had their say. */
export interface RawFinding {
  readonly rule: Rule;
  readonly finding: Finding;
  readonly deployment: Deployment | undefined;
}

export function judgeDeployment(
  deployment: Deployment,
  settings: RuleSettings,
  log: (line: string) => void,
): readonly RawFinding[] {
  return rules.flatMap((rule) => {
    return guarded(rule, () => [...deploymentFindings(rule, deployment, settings)], log).map((finding) => ({
      rule,
      finding,
      deployment,
    }));
  });
}

export function judgeFile(file: FileFacts, log: (line: string) => void): readonly RawFinding[] {
  return rules.flatMap((rule) => {
    if (rule.subject !== 'file') return [];
    return guarded(rule, () => [...rule.check(file)], log).map((finding) => ({ rule, finding, deployment: undefined }));
  });
}

function deploymentFindings(rule: Rule, deployment: Deployment, settings: RuleSettings): Iterable<Finding> {
  if (rule.subject === 'deployment') return rule.check(deployment, settings);
  return (rule.subject === 'file' ? rule.checkDeployment?.(deployment) : undefined) ?? [];
}

function guarded(rule: Rule, check: () => readonly Finding[], log: (line: string) => void): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    log(`rule ${rule.id} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return [];
  }
}
