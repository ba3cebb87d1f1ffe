// Whether a task surely runs on Fargate.

import { knownValue } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';

export function runsOnFargate(deployment: Deployment): boolean {
  return statesFargate(deployment) || knownValue(deployment.service?.launchType) === 'FARGATE';
}

/** Whether the task definition itself says so. */
export function statesFargate({ taskDefinition }: Deployment): boolean {
  return knownValue(taskDefinition?.requiresCompatibilities)?.includes('FARGATE') === true;
}
