// What becomes of a broken deployment that CodeDeploy carries out: its deployment group says whether it is rolled back.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html

import type { DeploymentGroup } from '../facts/deploymentGroup.ts';
import { knownValue, orDefault } from '../facts/value.ts';

/** Undefined where the files do not decide it. */
export function rollsBackFailures({ autoRollback }: DeploymentGroup): boolean | undefined {
  if (autoRollback.state === 'absent') return false;
  const settings = knownValue(autoRollback);
  const enabled = settings && orDefault(settings.enabled, false);
  if (!settings || enabled !== true) return enabled;
  if (settings.events.items.some((event) => knownValue(event) === 'DEPLOYMENT_FAILURE')) return true;
  return settings.events.complete && settings.events.items.every(({ state }) => state === 'known') ? false : undefined;
}

/** Whether a topic is told of failures, or an alarm stops deployments; what is not decided counts. */
export function tellsOfFailures({ triggerEvents, alarms }: DeploymentGroup): boolean {
  if (alarms.state !== 'absent' || !triggerEvents.complete) return true;
  return triggerEvents.items.some(
    (event) => event.state !== 'known' || /^Deployment(?:Failure|Stop|Rollback)$/.test(event.value),
  );
}

/** What a service's group does about a failed deployment, in sentences. */
export function groupSentences(groups: readonly DeploymentGroup[]): readonly string[] {
  const [group] = groups;
  if (!group) return ['What is rolled back, and when, is decided there.'];
  switch (rollsBackFailures(group)) {
    case true:
      return ['Its deployment group rolls a failed deployment back by itself, to the tasks that ran before.'];
    case false:
      return ['Its deployment group rolls no failed deployment back by itself; a person has to.'];
    default:
      return ['Whether its deployment group rolls a failed deployment back is decided elsewhere.'];
  }
}
