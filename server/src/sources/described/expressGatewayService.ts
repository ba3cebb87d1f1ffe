// An Express service of ECS: the service and the task definition that ECS makes of it.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateExpressGatewayService.html

import type { Address } from '../../facts/reference.ts';
import type { Service } from '../../facts/service.ts';
import type { TaskDefinition } from '../../facts/taskDefinition.ts';
import { dynamic, known } from '../../facts/value.ts';
import type { Described, DescribedEntry, DescribedObject } from './described.ts';
import { readService } from './service.ts';
import { readTaskDefinition } from './taskDefinition.ts';
import { childObject, entryOf, named } from './values.ts';

const MANAGED = 'ECS decides it for an Express service';
const DEFAULT_PORT = 80;
/** The name that ECS gives the container. */
const CONTAINER = 'Main';

export function readExpressGatewayService(
  properties: DescribedObject,
  address: Address,
): readonly (Service | TaskDefinition)[] {
  const owner = named(properties, 'serviceName');
  const container = childObject(owner, 'primaryContainer');
  const own = entryOf(owner, 'taskDefinitionArn');
  const taskAddress = `${address}/taskDefinition`;
  const port = containerPort(container ?? owner);
  const balancer = object(owner, [entry('containerName', text(owner, CONTAINER), owner), port]);
  const service = readService(
    object(
      owner,
      [
        ...kept(owner, ['serviceName', 'cluster']),
        own ? { ...own, key: 'taskDefinition' } : entry('taskDefinition', text(owner, taskAddress), owner),
        entry('launchType', text(owner, 'FARGATE'), owner),
        entry('deploymentConfiguration', open(owner), owner),
        entry('loadBalancers', list(owner, [balancer]), owner),
      ],
      MANAGED,
    ),
    address,
  );
  if (own || !container) return [service];
  return [service, readTaskDefinition(taskDefinitionOf(owner, container, port), taskAddress)];
}

function taskDefinitionOf(owner: DescribedObject, container: DescribedObject, port: DescribedEntry): DescribedObject {
  const main = object(container, [
    ...kept(container, ['image', 'command', 'environment', 'secrets']),
    entry('name', text(container, CONTAINER), container),
    entry('portMappings', list(container, [object(container, [port])]), container),
  ]);
  return object(
    owner,
    [
      ...kept(owner, ['cpu', 'memory', 'executionRoleArn', 'taskRoleArn']),
      entry('family', open(owner), owner),
      entry('networkMode', text(owner, 'awsvpc'), owner),
      entry('requiresCompatibilities', list(owner, [text(owner, 'FARGATE')]), owner),
      entry('containerDefinitions', list(owner, [main]), owner),
    ],
    MANAGED,
  );
}

function containerPort(container: DescribedObject): DescribedEntry {
  const port = entryOf(container, 'containerPort');
  return port ?? entry('containerPort', { kind: 'scalar', value: known(DEFAULT_PORT, container.nameAt) }, container);
}

function kept(owner: DescribedObject, keys: readonly string[]): readonly DescribedEntry[] {
  return owner.entries.filter((one) => keys.includes(one.key));
}

function entry(key: string, value: Described, owner: DescribedObject): DescribedEntry {
  return { key, keyAt: owner.nameAt, value };
}

function object(owner: DescribedObject, entries: readonly DescribedEntry[], unsaid = owner.unsaid): DescribedObject {
  const { at, nameAt } = owner;
  return { kind: 'object', at, nameAt, entries, ...(unsaid === undefined ? {} : { unsaid }) };
}

function list(owner: DescribedObject, items: readonly Described[]): Described {
  return { kind: 'list', at: owner.at, items, complete: true };
}

function text(owner: DescribedObject, value: string): Described {
  return { kind: 'scalar', value: known(value, owner.nameAt) };
}

function open(owner: DescribedObject): Described {
  return { kind: 'scalar', value: dynamic('', owner.nameAt, MANAGED) };
}
