// What the rules on rolling updates share: the counts of a service, where the files decide them.

import { deploymentPercent } from '../aws/deployments.ts';
import type { Service } from '../facts/service.ts';
import { knownValue, orDefault } from '../facts/value.ts';
import { deploysByRolling } from './circuitBreakers.ts';

export interface RollingCounts {
  readonly desired: number;
  readonly minimumPercent: number;
  readonly maximumPercent: number;
}

/** The counts of a replica service that ECS itself updates; undefined where the files do not decide them. */
export function rollingCounts(service: Service | undefined): RollingCounts | undefined {
  if (!service || deploysByRolling(service) !== 'yes') return undefined;
  const { schedulingStrategy } = service;
  if (schedulingStrategy.state !== 'absent' && knownValue(schedulingStrategy) !== 'REPLICA') return undefined;
  const desired = knownValue(service.desiredCount);
  const minimumPercent = orDefault(service.minimumHealthyPercent, deploymentPercent.minimumHealthy);
  const maximumPercent = orDefault(service.maximumPercent, deploymentPercent.maximum);
  if (desired === undefined || minimumPercent === undefined || maximumPercent === undefined) return undefined;
  return { desired, minimumPercent, maximumPercent };
}

/** Whether a load balancer or Service Connect sends requests to the service. */
export function servesRequests(service: Service): boolean {
  return service.loadBalancers.items.length > 0 || service.serviceConnectServices.items.length > 0;
}

export const rollingPage = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html';
