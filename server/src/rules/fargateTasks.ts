// Whether a task surely runs on Fargate.

import { knownValue } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';

export function runsOnFargate({ taskDefinition, service }: Deployment): boolean {
  const compatibilities = knownValue(taskDefinition?.requiresCompatibilities);
  if (compatibilities?.includes('FARGATE')) return true;
  return knownValue(service?.launchType) === 'FARGATE';
}
