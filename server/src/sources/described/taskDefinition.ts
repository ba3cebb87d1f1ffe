// An ECS task definition from its description.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html

import { fargateRejected } from '../../aws/fargate.ts';
import type { Location } from '../../base/text.ts';
import type { Address } from '../../facts/reference.ts';
import type { Container, HealthCheck, PortMapping, TaskDefinition } from '../../facts/taskDefinition.ts';
import { dynamic, type List, type Value } from '../../facts/value.ts';
import { imageValue } from '../imageValue.ts';
import type { DescribedList, DescribedObject } from './described.ts';
import {
  entryOf,
  listOf,
  named,
  objectItems,
  possibleItems,
  readBoolean,
  readName,
  readNumber,
  readObject,
  readObjects,
  readString,
  readStrings,
  readWords,
  undecided,
} from './values.ts';

export function readTaskDefinition(properties: DescribedObject, address?: Address): TaskDefinition {
  const owner = named(properties, 'family');
  return {
    kind: 'taskDefinition',
    at: owner.at,
    nameAt: owner.nameAt,
    ...(address === undefined ? {} : { address }),
    family: readString(owner, 'family'),
    networkMode: readString(owner, 'networkMode'),
    requiresCompatibilities: readStrings(owner, 'requiresCompatibilities'),
    cpu: readString(owner, 'cpu'),
    memory: readString(owner, 'memory'),
    executionRoleArn: readString(owner, 'executionRoleArn'),
    taskRoleArn: readString(owner, 'taskRoleArn'),
    containerDefinitions: readObjects(owner, 'containerDefinitions', readContainer),
    rejectedByFargate: rejectedKeys(owner),
    describeOnlyKeys: [],
  };
}

/** A bare list of containers; what else the task definition says stands elsewhere. */
export function readContainerList(list: DescribedList): TaskDefinition {
  const { uri, span } = list.at;
  const nameAt = { uri, span: { start: span.start, end: Math.min(span.start + 1, span.end) } };
  const elsewhere = dynamic('', nameAt, 'this file holds only the containers');
  return {
    kind: 'taskDefinition',
    at: list.at,
    nameAt,
    family: elsewhere,
    networkMode: elsewhere,
    requiresCompatibilities: elsewhere,
    cpu: elsewhere,
    memory: elsewhere,
    executionRoleArn: elsewhere,
    taskRoleArn: elsewhere,
    containerDefinitions: listOf(list, false, objectItems(readContainer)),
    rejectedByFargate: [],
    describeOnlyKeys: [],
  };
}

function readContainer(container: DescribedObject): Container {
  const owner = named(container, 'name');
  return {
    at: owner.at,
    nameAt: owner.nameAt,
    name: readName(owner, 'name'),
    image: readImage(owner),
    ...(owner.build ? { build: owner.build } : {}),
    essential: readBoolean(owner, 'essential'),
    portMappings: readObjects(owner, 'portMappings', readPortMapping),
    entryPoint: readWords(owner, 'entryPoint'),
    command: readWords(owner, 'command'),
    workingDirectory: readString(owner, 'workingDirectory'),
    environment: readEnvironment(owner),
    environmentFiles: readObjects(owner, 'environmentFiles', (item) => readString(item, 'value')),
    secrets: readSecrets(owner),
    healthCheck: readObject(owner, 'healthCheck', readHealthCheck),
    stopTimeout: readNumber(owner, 'stopTimeout'),
    logDriver: readNested(owner, 'logConfiguration', 'logDriver'),
    repositoryCredentials: readNested(owner, 'repositoryCredentials', 'credentialsParameter'),
    versionConsistency: readString(owner, 'versionConsistency'),
  };
}

/** A text inside an object of the container; absent where the object is absent. */
function readNested(owner: DescribedObject, key: string, inner: string): Value<string> {
  const value = readObject(owner, key, (child) => readString(child, inner));
  return value.state === 'known' ? value.value : (value as Value<never>);
}

function rejectedKeys(task: DescribedObject): TaskDefinition['rejectedByFargate'] {
  const found = fargateRejected.task.flatMap((path) => saidAt(task, path));
  const list = entryOf(task, 'containerDefinitions')?.value;
  for (const container of list?.kind === 'list' ? list.items : []) {
    if (container.kind !== 'object') continue;
    for (const path of fargateRejected.container) found.push(...saidAt(container, path));
  }
  return found;
}

/** The key at a dotted path, where it surely says something: `[]` and `false` do not. */
function saidAt(owner: DescribedObject, path: string): { readonly name: string; readonly at: Location }[] {
  const [first = '', ...rest] = path.split('.');
  const entry = entryOf(owner, first);
  if (!entry || entry.conditional) return [];
  const { value } = entry;
  if (rest.length > 0) return value.kind === 'object' ? saidAt(value, rest.join('.')) : [];
  if (value.kind === 'list') return value.items.length > 0 ? [{ name: path, at: entry.keyAt }] : [];
  if (value.kind === 'object') return [{ name: path, at: entry.keyAt }];
  if (value.kind !== 'scalar' || value.value.state !== 'known') return [];
  const text = String(value.value.value);
  return text === 'false' || text === '' ? [] : [{ name: first, at: entry.keyAt }];
}

function readImage(container: DescribedObject): Value<string> {
  const part = entryOf(container, 'image')?.value;
  if (part?.kind === 'scalar' && part.value.state === 'absent') return undecided(part, 'the pipeline writes the image');
  return imageValue(readString(container, 'image'));
}

function readPortMapping(mapping: DescribedObject): PortMapping {
  const owner = named(mapping, 'containerPort', 'containerPortRange');
  return {
    at: owner.at,
    containerPort: readNumber(owner, 'containerPort'),
    hostPort: readNumber(owner, 'hostPort'),
    protocol: readString(owner, 'protocol'),
    name: readString(owner, 'name'),
    containerPortRange: readString(owner, 'containerPortRange'),
  };
}

function readEnvironment(container: DescribedObject): Container['environment'] {
  return readVariables(container, 'environment', (variable, conditional) => {
    const owner = named(variable, 'name');
    const at = valuePlace(variable, 'value');
    const value = readString(owner, 'value');
    const decided = conditional && value.state === 'known' ? dynamic(value.value, at, 'a condition decides it') : value;
    return { name: readName(owner, 'name'), value: decided, at };
  });
}

function readSecrets(container: DescribedObject): Container['secrets'] {
  return readVariables(container, 'secrets', (item) => ({
    name: readName(item, 'name'),
    at: valuePlace(item, 'valueFrom'),
  }));
}

/** Variables by their names. Those that a condition decides are listed too, so the list has every name that may be set. */
function readVariables<T>(
  container: DescribedObject,
  key: string,
  convert: (item: DescribedObject, conditional: boolean) => T,
): List<T> {
  const list = readObjects(container, key, convert);
  const part = entryOf(container, key)?.value;
  const possible = list.complete || part === undefined ? undefined : possibleItems(part);
  if (possible === undefined) return list;
  return { ...list, items: possible.map((item) => convert(item, true)), complete: true };
}

function readHealthCheck(check: DescribedObject): HealthCheck {
  return {
    at: check.at,
    command: readWords(check, 'command'),
    interval: readNumber(check, 'interval'),
    timeout: readNumber(check, 'timeout'),
    retries: readNumber(check, 'retries'),
    startPeriod: readNumber(check, 'startPeriod'),
  };
}

function valuePlace(object: DescribedObject, key: string): Location {
  const part = entryOf(object, key)?.value;
  if (!part) return object.at;
  return part.kind === 'scalar' ? part.value.at : part.at;
}
