// What the resources say that a fix puts beside a service: a rule that sees deployments fail, and alarms. Properties in
// CloudFormation's words with a small first letter. How they name the service, the target group and the cluster is left to
// the formats.

import { isList, type Json } from '../base/json.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
export const deploymentFailedPattern = {
  source: ['aws.ecs'],
  'detail-type': ['ECS Deployment State Change'],
  detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
};

export interface AlarmSettings {
  /** What a format makes a free name of. */
  readonly id: string;
  readonly properties: { readonly [key: string]: string | number };
}

/** Raised by the first target that is unhealthy: ECS soon takes it away. */
export function unhealthyHostsAlarm(namespace: string): AlarmSettings {
  return {
    id: 'UnhealthyHosts',
    properties: {
      alarmDescription: 'Targets of the service are unhealthy.',
      namespace,
      metricName: 'UnHealthyHostCount',
      statistic: 'Maximum',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: 'notBreaching',
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
export function runningTasksAlarm(fewest: number): AlarmSettings {
  return {
    id: 'RunningTasks',
    properties: {
      alarmDescription: 'Fewer tasks run than should. RunningTaskCount needs Container Insights on the cluster.',
      namespace: 'ECS/ContainerInsights',
      metricName: 'RunningTaskCount',
      statistic: 'Minimum',
      comparisonOperator: 'LessThanThreshold',
      threshold: fewest,
      period: 60,
      evaluationPeriods: 3,
      treatMissingData: 'notBreaching',
    },
  };
}

/** The name itself, or with the first number that makes it a new one. */
export function freeName(base: string, taken: ReadonlySet<string | undefined>, joint = ''): string {
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${joint}${number}`;
  return name;
}

/** A value with references where its texts name resources. */
export function withReferences(value: Json, references: ReadonlyMap<string, Json>): Json {
  if (typeof value === 'string') return references.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => withReferences(item, references));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReferences(item, references)]));
}
