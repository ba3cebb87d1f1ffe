// Whether anything in view would tell somebody that a deployment has failed.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html

import type { Alarm, EventRule } from '../facts/operations.ts';
import { knownValue } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import { tellsOfFailures } from './codeDeploy.ts';

/** What is there but not decided by the files counts as an observer. */
export function isObserved({ infrastructure, service }: Deployment): boolean {
  if (service && service.deploymentAlarms.state !== 'absent') return true;
  const { eventRules = [], alarms = [], deploymentGroups = [] } = infrastructure ?? {};
  return eventRules.some(seesFailures) || alarms.some(seesTasks) || deploymentGroups.some(tellsOfFailures);
}

function seesFailures({ pattern }: EventRule): boolean {
  return (
    pattern.state !== 'known' || /Deployment State.Change|SERVICE_DEPLOYMENT_FAILED|aws\.codedeploy/.test(pattern.value)
  );
}

function seesTasks({ metricName }: Alarm): boolean {
  return (
    metricName.state !== 'known' || /^(?:UnHealthyHostCount|HealthyHostCount|RunningTaskCount)$/.test(metricName.value)
  );
}

/** Sentences on what nobody would be told. */
export function adviceOf(deployment: Deployment): readonly string[] {
  const { service } = deployment;
  if (!service || isObserved(deployment)) return [];
  if (knownValue(service.deploymentController) === 'CODE_DEPLOY') {
    return [
      'No alarm and no event rule in view watches this service: a trigger of its deployment group on DeploymentFailure, or alarms on UnHealthyHostCount and RunningTaskCount, would tell somebody when a deployment fails.',
    ];
  }
  return [
    'No alarm and no event rule in view watches this service: an EventBridge rule on SERVICE_DEPLOYMENT_FAILED, or alarms on UnHealthyHostCount and RunningTaskCount, would tell somebody when a deployment fails.',
  ];
}
