// ECS services in JSON: the input of CreateService and UpdateService, ecspresso's service definition, and what
// `describe-services` prints. Which file holds one is decided in `ecsJson.ts`.

import type { Uri } from '../base/uri.ts';
import type { Reference } from '../facts/reference.ts';
import type {
  DeploymentAlarms,
  DeploymentCircuitBreaker,
  Service,
  ServiceConnectService,
  ServiceLoadBalancer,
} from '../facts/service.ts';
import { absentList, type List, type Value } from '../facts/value.ts';
import { childOf, entryOf, type ObjectNode, type TreeNode } from '../syntax/tree.ts';
import {
  childOwner,
  missing,
  type Owner,
  ownerOf,
  placeOf,
  readBoolean,
  readList,
  readNumber,
  readObject,
  readString,
  readWith,
  stringValue,
  undecided,
} from './treeValues.ts';

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
  const named = ownerOf(uri, node, 'serviceName', 'service');
  const owner = isUpdate(node) ? { ...named, unsaid: 'an update leaves it as it is' } : named;
  const deployment = childOwner(owner, 'deploymentConfiguration');
  return {
    kind: 'service',
    at: placeOf(uri, node),
    nameAt: owner.nameAt,
    serviceName: readFirst(owner, 'serviceName', 'service'),
    cluster: readFirst(owner, 'cluster', 'clusterArn'),
    taskDefinition: readString(owner, 'taskDefinition'),
    desiredCount: readNumber(owner, 'desiredCount'),
    launchType: readString(owner, 'launchType'),
    schedulingStrategy: readString(owner, 'schedulingStrategy'),
    deploymentController: readNested(owner, 'deploymentController', (child) => readString(child, 'type')),
    deploymentConfigurationAt: deployment?.nameAt ?? owner.nameAt,
    strategy: readDeployment(owner, (child) => readString(child, 'strategy')),
    minimumHealthyPercent: readDeployment(owner, (child) => readNumber(child, 'minimumHealthyPercent')),
    maximumPercent: readDeployment(owner, (child) => readNumber(child, 'maximumPercent')),
    deploymentCircuitBreaker: readDeployment(owner, (child) =>
      readObject(child, 'deploymentCircuitBreaker', readCircuitBreaker),
    ),
    healthCheckGracePeriodSeconds: readNumber(owner, 'healthCheckGracePeriodSeconds'),
    deploymentAlarms: readDeployment(owner, (child) => readObject(child, 'alarms', readAlarms)),
    securityGroups: readSecurityGroups(owner),
    platformVersion: readString(owner, 'platformVersion'),
    forceNewDeployment: readBoolean(owner, 'forceNewDeployment'),
    loadBalancers: readList(owner, 'loadBalancers', (item) => readLoadBalancer(uri, item)),
    serviceConnectServices: readServiceConnect(owner),
  };
}

function readFirst(owner: Owner, ...keys: readonly string[]): Value<string> {
  const key = keys.find((candidate) => entryOf(owner.node, candidate));
  return key === undefined ? missing(owner) : readString(owner, key);
}

/** A value inside an object of the service; absent where the object is absent. */
function readNested<T>(owner: Owner, key: string, read: (child: Owner) => Value<T>): Value<T> {
  return readWith(owner, key, (node, uri) => {
    const child = childOwner(owner, key);
    return child ? read(child) : undecided(uri, node);
  });
}

function readDeployment<T>(owner: Owner, read: (child: Owner) => Value<T>): Value<T> {
  return readNested(owner, 'deploymentConfiguration', read);
}

function readCircuitBreaker(owner: Owner): DeploymentCircuitBreaker {
  return {
    at: placeOf(owner.uri, owner.node),
    enable: readBoolean(owner, 'enable'),
    rollback: readBoolean(owner, 'rollback'),
    resetOnHealthyTask: readBoolean(owner, 'resetOnHealthyTask'),
    thresholdConfiguration: readObject(owner, 'thresholdConfiguration', (child) => ({
      at: placeOf(child.uri, child.node),
      type: readString(child, 'type'),
      value: readNumber(child, 'value'),
    })),
  };
}

function readAlarms(owner: Owner): DeploymentAlarms {
  return {
    at: placeOf(owner.uri, owner.node),
    alarmNames: readList(owner, 'alarmNames', (item) => stringValue(item, owner.uri)),
    enable: readBoolean(owner, 'enable'),
    rollback: readBoolean(owner, 'rollback'),
  };
}

function readSecurityGroups(owner: Owner): List<Reference> {
  const network = childOwner(owner, 'networkConfiguration');
  const configuration = network && childOwner(network, 'awsvpcConfiguration');
  if (!configuration)
    return readList<Reference>(
      network ?? owner,
      network ? 'awsvpcConfiguration' : 'networkConfiguration',
      () => undefined,
    );
  return readList(configuration, 'securityGroups', (item) => stringValue(item, owner.uri));
}

function readLoadBalancer(uri: Uri, node: TreeNode): ServiceLoadBalancer | undefined {
  if (node.kind !== 'object') return undefined;
  const owner = ownerOf(uri, node, 'containerName');
  return {
    at: placeOf(uri, node),
    targetGroupArn: readString(owner, 'targetGroupArn'),
    containerName: readString(owner, 'containerName'),
    containerPort: readNumber(owner, 'containerPort'),
  };
}

/** `describe-services` prints Service Connect in the deployment only. */
function readServiceConnect(owner: Owner): List<ServiceConnectService> {
  const place = entryOf(owner.node, 'serviceConnectConfiguration') ? owner : primaryDeployment(owner);
  const child = childOwner(place, 'serviceConnectConfiguration');
  if (!child) return readList<ServiceConnectService>(place, 'serviceConnectConfiguration', () => undefined);
  const enabled = readBoolean(child, 'enabled');
  if (enabled.state === 'known' && !enabled.value) return absentList(child.nameAt);
  return readList(child, 'services', (item) => {
    if (item.kind !== 'object') return undefined;
    return { at: placeOf(owner.uri, item), portName: readString(ownerOf(owner.uri, item, 'portName'), 'portName') };
  });
}

function primaryDeployment(owner: Owner): Owner {
  const deployments = childOf(owner.node, 'deployments');
  const first = deployments?.kind === 'array' ? deployments.items[0] : undefined;
  return first?.kind === 'object' ? { ...owner, node: first } : owner;
}
