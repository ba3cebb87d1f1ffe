// Whether anything in view would tell somebody that a deployment has failed.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html

import type { Alarm, EventRule } from '../facts/operations.ts';
import type { Deployment } from '../graph/deployment.ts';

/** What is there but not decided by the files counts as an observer. */
export function isObserved({ infrastructure, service }: Deployment): boolean {
  if (service && service.deploymentAlarms.state !== 'absent') return true;
  return (infrastructure?.eventRules ?? []).some(seesFailures) || (infrastructure?.alarms ?? []).some(seesTasks);
}

function seesFailures({ pattern }: EventRule): boolean {
  return pattern.state !== 'known' || /Deployment State Change|SERVICE_DEPLOYMENT_FAILED/.test(pattern.value);
}

function seesTasks({ metricName }: Alarm): boolean {
  return (
    metricName.state !== 'known' || /^(?:UnHealthyHostCount|HealthyHostCount|RunningTaskCount)$/.test(metricName.value)
  );
}

/** Sentences on what nobody would be told. */
export function adviceOf(deployment: Deployment): readonly string[] {
  if (!deployment.service || isObserved(deployment)) return [];
  return [
    'No alarm and no event rule in view watches this service: an EventBridge rule on SERVICE_DEPLOYMENT_FAILED, or alarms on UnHealthyHostCount and RunningTaskCount, would tell somebody when a deployment fails.',
  ];
}
