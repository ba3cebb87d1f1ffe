// ECS services in JSON: the input of CreateService and UpdateService, ecspresso's service definition, and what
// `describe-services` prints. Which file holds one is decided in `ecsJson.ts`.

import type { Uri } from '../base/uri.ts';
import type { Service } from '../facts/service.ts';
import { childOf, entryOf, type ObjectNode } from '../syntax/tree.ts';
import type { DescribedEntry, DescribedObject } from './described/described.ts';
import * as described from './described/service.ts';
import { describeObject } from './described/tree.ts';
import { entryOf as describedEntry } from './described/values.ts';

/** Keys that only a service has, not a run-task input or a task set. */
const OWN_CUES = [
  'serviceArn',
  'desiredCount',
  'deploymentConfiguration',
  'schedulingStrategy',
  'deploymentController',
  'healthCheckGracePeriodSeconds',
  'forceNewDeployment',
  'serviceConnectConfiguration',
];

/** Keys that a service shares with other inputs of the ECS API. */
const SHARED_CUES = ['launchType', 'platformVersion', 'capacityProviderStrategy', 'availabilityZoneRebalancing'];

/** Keys of run-task, task sets, schedules and other descriptions that look alike. */
const FOREIGN_KEYS = [
  'containerDefinitions',
  'overrides',
  'startedBy',
  'Resources',
  'apiVersion',
  'AWSEBDockerrunVersion',
];

/** Whether an object describes an ECS service: at least two keys of ECS say so, and one that only a service has. */
export function looksLikeService(node: ObjectNode): boolean {
  if (FOREIGN_KEYS.some((key) => entryOf(node, key))) return false;
  const own = countKeys(node, OWN_CUES) + (hasTargets(node) ? 1 : 0);
  if (own === 0 && !entryOf(node, 'serviceName') && !isUpdate(node)) return false;
  const shared = countKeys(node, SHARED_CUES) + (hasTaskDefinition(node) ? 1 : 0) + (hasAwsvpc(node) ? 1 : 0);
  return own + shared >= 2;
}

function countKeys(node: ObjectNode, keys: readonly string[]): number {
  return keys.filter((key) => entryOf(node, key) !== undefined).length;
}

function hasTaskDefinition(node: ObjectNode): boolean {
  const kind = childOf(node, 'taskDefinition')?.kind;
  return kind === 'string' || kind === 'template';
}

/** UpdateService calls the service `service`. */
function isUpdate(node: ObjectNode): boolean {
  const kind = childOf(node, 'service')?.kind;
  return kind === 'string' || kind === 'template' || entryOf(node, 'forceNewDeployment') !== undefined;
}

function hasAwsvpc(node: ObjectNode): boolean {
  return childOf(childOf(node, 'networkConfiguration'), 'awsvpcConfiguration') !== undefined;
}

function hasTargets(node: ObjectNode): boolean {
  const balancers = childOf(node, 'loadBalancers');
  return balancers?.kind === 'array' && balancers.items.some((item) => childOf(item, 'containerName') !== undefined);
}

export function readService(uri: Uri, node: ObjectNode): Service {
  const unsaid = isUpdate(node) ? { unsaid: 'an update leaves it as it is' } : {};
  const service = describeObject(node, { uri, ...unsaid });
  return described.readService({ ...service, entries: [...service.entries, ...respelled(service)] });
}

/** What UpdateService and `describe-services` call by other names than CreateService. */
function respelled(service: DescribedObject): readonly DescribedEntry[] {
  const spellings = [
    { key: 'serviceName', other: describedEntry(service, 'service') },
    { key: 'cluster', other: describedEntry(service, 'clusterArn') },
    { key: 'serviceConnectConfiguration', other: primaryServiceConnect(service) },
  ];
  return spellings.flatMap(({ key, other }) => (other && !describedEntry(service, key) ? [{ ...other, key }] : []));
}

/** `describe-services` prints Service Connect in the deployment only. */
function primaryServiceConnect(service: DescribedObject): DescribedEntry | undefined {
  const deployments = describedEntry(service, 'deployments')?.value;
  const first = deployments?.kind === 'list' ? deployments.items[0] : undefined;
  return first?.kind === 'object' ? describedEntry(first, 'serviceConnectConfiguration') : undefined;
}
