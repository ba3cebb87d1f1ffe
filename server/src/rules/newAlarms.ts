// The fix that puts alarms beside a service and lets its deployments listen to them.

import type { NewAlarms } from '../facts/edit.ts';
import { knownValue, orDefault } from '../facts/value.ts';
import { taskBounds } from '../forecast/arithmetic.ts';
import type { ForecastOverrides } from '../forecast/inputs.ts';
import type { Deployment } from '../graph/deployment.ts';
import { deploysByRolling } from './circuitBreakers.ts';
import { withGain } from './gains.ts';
import { rollingCounts } from './rollingUpdates.ts';
import type { Fix } from './rule.ts';

export const ADD_ALARMS = 'Add alarms on the service, and roll back when one is raised';

/** What a forecast takes the new alarm on unhealthy targets for. */
export const withNewAlarms: ForecastOverrides = { alarmSeconds: 60 };

/** None where deployments listen to alarms already, or nothing that tells of them can be named. */
export function newAlarmsFix(deployment: Deployment): readonly Fix[] {
  const { service } = deployment;
  const resource = newAlarms(deployment);
  if (!service || !resource) return [];
  return [
    {
      title: resource.unhealthyHosts ? withGain(ADD_ALARMS, deployment, withNewAlarms) : ADD_ALARMS,
      kind: 'asks',
      preferred: false,
      intents: [{ kind: 'insertResource', at: service.at, resource }],
    },
  ];
}

export function newAlarms(deployment: Deployment): NewAlarms | undefined {
  const { service, infrastructure } = deployment;
  if (service?.address === undefined || service.deploymentAlarms.state !== 'absent') return undefined;
  if (deploysByRolling(service) !== 'yes') return undefined;
  const hosts = unhealthyHosts(deployment);
  // Whoever has no tasks at night would be woken every night.
  const rests = (infrastructure?.scheduledCounts.length ?? 0) > 0 || knownValue(service.desiredCount) === 0;
  if (!hosts && rests) return undefined;
  return {
    service: service.address,
    ...(hosts && { unhealthyHosts: hosts }),
    ...(!rests && { fewestTasks: fewestTasks(deployment) }),
  };
}

function unhealthyHosts({ infrastructure }: Deployment): NewAlarms['unhealthyHosts'] {
  for (const { targetGroup, loadBalancers } of infrastructure?.targets ?? []) {
    const [balancer, other] = loadBalancers ?? [];
    const type = balancer && orDefault(balancer.type, 'application');
    if (!balancer || other || (type !== 'application' && type !== 'network')) continue;
    const namespace = type === 'application' ? 'AWS/ApplicationELB' : 'AWS/NetworkELB';
    return { namespace, targetGroup: targetGroup.address, loadBalancer: balancer.address };
  }
  return undefined;
}

/** As many as a deployment leaves of the fewest tasks that the service is scaled to. */
function fewestTasks({ service, infrastructure }: Deployment): number {
  const counts = rollingCounts(service);
  if (!counts) return 1;
  const least = (infrastructure?.scalableTargets ?? []).map(({ minCapacity }) => knownValue(minCapacity) ?? 1);
  const { minimum } = taskBounds(Math.min(counts.desired, ...least), counts.minimumPercent, counts.maximumPercent);
  return Math.max(minimum, 1);
}
