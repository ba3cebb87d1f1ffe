// The facts and findings of a workspace without what formats may differ in: places, trails, how a file calls a resource.

import type { AnalysisHost } from '../../server/src/engine/index.ts';
import type { Deployment } from '../../server/src/graph/deployment.ts';
import { allReports } from '../rules/workspace.ts';

/** Places and identities, and what only one tool has a word for. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'at',
  'nameAt',
  'deploymentConfigurationAt',
  'address',
  'logicalName',
  'trail',
  'pieces',
  'ignoresTaskDefinitionChanges',
  // Where it leads shows in the deployment itself.
  'taskDefinition',
  'targetGroupArn',
  'build',
  // Other resources, by a name or by a reference.
  'executionRoleArn',
  'taskRoleArn',
  'cluster',
  'securityGroups',
  'alarmNames',
]);

export interface Described {
  readonly deployments: readonly unknown[];
  /** `severity rule: message`, sorted. */
  readonly findings: readonly string[];
}

export function describe(host: AnalysisHost): Described {
  return {
    deployments: host.deployments().map(({ deployment }) => facts(deployment)),
    findings: allReports(host)
      .map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`)
      .sort(),
  };
}

function facts({ name, taskDefinition, service, containers, infrastructure }: Deployment): unknown {
  return {
    name,
    taskDefinition: stripped(taskDefinition),
    service: stripped(service),
    containers: containers.map(({ container, dockerfile, program, listens, healthCheckCalls }) => ({
      name: stripped(container.name),
      dockerfile: dockerfile?.uri,
      program,
      listens: stripped(listens),
      healthCheckCalls: healthCheckCalls.map(({ tool, toolPresent, port }) => ({ tool, toolPresent, port })),
    })),
    targetGroups: infrastructure?.targets.map(({ targetGroup }) => stripped(targetGroup)) ?? [],
  };
}

/** A value in short: what is known as it is; what is dynamic without its spelling. */
function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  const { state, ...rest } = value as Readonly<Record<string, unknown>>;
  if (state === 'known' && 'value' in rest) return stripped(rest.value);
  if (state === 'dynamic') return { state };
  if (state === 'choice') return { state, branches: branchesOf(rest.branches) };
  const entries = Object.entries(value).filter(([key]) => !LEFT_OUT.has(key));
  return Object.fromEntries(entries.map(([key, one]) => [key, stripped(one)]));
}

/** How formats name the branches differs. */
function branchesOf(branches: unknown): readonly unknown[] {
  return Array.isArray(branches) ? branches.map(({ value }) => stripped(value)) : [];
}

/** The same without the facts of these keys. */
export function without(value: unknown, keys: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, keys));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !keys.has(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, without(one, keys)]));
}
