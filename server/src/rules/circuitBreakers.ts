// What the circuit-breaker rules share: which services can have one, and how it is written.

import type { EditIntent } from '../facts/edit.ts';
import type { Service } from '../facts/service.ts';
import { knownValue } from '../facts/value.ts';
import type { Severity } from './rule.ts';

/** Rolling updates by ECS itself; `dynamic` where the files do not decide it. */
export function deploysByRolling(service: Service): 'yes' | 'no' | 'dynamic' {
  const controller = service.deploymentController;
  if (controller.state === 'dynamic' || controller.state === 'choice') return 'dynamic';
  if (controller.state === 'known' && controller.value !== 'ECS') return 'no';
  if (service.strategy.state === 'dynamic' || service.strategy.state === 'choice') return 'dynamic';
  return service.strategy.state === 'known' && service.strategy.value !== 'ROLLING' ? 'no' : 'yes';
}

/** Milder on instances of one's own: tasks that are started again and again cost nothing further there. */
export function missingBreakerSeverity({ launchType }: Service): Severity {
  return knownValue(launchType) === 'EC2' ? 'info' : 'warning';
}

/** What becomes of a broken deployment that no circuit breaker watches, a clause. */
export function fate({ deploymentAlarms }: Service): string {
  return deploymentAlarms.state === 'absent'
    ? 'a broken deployment is retried for ever and never rolled back'
    : 'only the alarms that its deployments listen to can stop a broken one';
}

export const breakerPath = ['deploymentConfiguration', 'deploymentCircuitBreaker'];

export function setBreaker(service: Service): readonly EditIntent[] {
  return [{ kind: 'set', owner: service.at, path: breakerPath, value: { enable: true, rollback: true } }];
}

/** Sets one switch, over its value where there is one. */
export function setSwitch(service: Service, name: 'enable' | 'rollback'): EditIntent {
  const breaker = knownValue(service.deploymentCircuitBreaker);
  const value = breaker?.[name];
  return value?.state === 'known'
    ? { kind: 'replace', at: value.at, value: true }
    : { kind: 'set', owner: service.at, path: [...breakerPath, name], value: true };
}

export const breakerPage =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html';
