// Task definitions in JSON: register input, the output of `describe-task-definition`, bare arrays of containers.
// Which file holds one is decided in `ecsJson.ts`.

import { type Location, locationOf, type Span } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type {
  Container,
  EnvironmentVariable,
  HealthCheck,
  PortMapping,
  TaskDefinition,
} from '../facts/taskDefinition.ts';
import { dynamic, known, type List, type Value } from '../facts/value.ts';
import { hasTemplate } from '../syntax/template.ts';
import { type ArrayNode, entryOf, type ObjectNode, type Tree, type TreeNode } from '../syntax/tree.ts';
import { imageValue } from './imageValue.ts';
import {
  keyPlace,
  listOf,
  missing,
  type Owner,
  ownerOf,
  placeOf,
  readBoolean,
  readList,
  readNumber,
  readObject,
  readString,
  readStrings,
  readWords,
  startOf,
  stringValue,
  tokenOf,
  undecided,
} from './treeValues.ts';

/** Members of `TaskDefinition` that `RegisterTaskDefinition` does not take; some tools refuse them, all ignore them. */
const DESCRIBE_ONLY = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]);

/** The keys of a container definition that no other format puts beside `name` and `image`. */
const CONTAINER_CUES = [
  'portMappings',
  'essential',
  'logConfiguration',
  'mountPoints',
  'volumesFrom',
  'memory',
  'memoryReservation',
  'cpu',
  'entryPoint',
  'environmentFiles',
  'taskRoleArn',
];

/** Whether an array is one of container definitions, as Terraform's `container_definitions` takes it. */
export function isContainerArray(node: ArrayNode): boolean {
  const objects = node.items.filter((item) => item.kind === 'object');
  return objects.length > 0 && objects.every(looksLikeContainer);
}

function looksLikeContainer(node: ObjectNode): boolean {
  if (!entryOf(node, 'name') || !entryOf(node, 'image')) return false;
  return CONTAINER_CUES.some((key) => entryOf(node, key) !== undefined);
}

/** Reads a task definition; `wrapper` is the object that `describe-task-definition` prints around it. */
export function readTaskDefinition(uri: Uri, tree: Tree, node: ObjectNode, wrapper?: ObjectNode): TaskDefinition {
  const owner = ownerOf(uri, node, 'family');
  const words = wordReader(tree, containerNodes(entryOf(node, 'containerDefinitions')?.value));
  return {
    kind: 'taskDefinition',
    at: placeOf(uri, node),
    nameAt: owner.nameAt,
    family: readString(owner, 'family'),
    networkMode: readString(owner, 'networkMode'),
    requiresCompatibilities: readStrings(owner, 'requiresCompatibilities'),
    cpu: readString(owner, 'cpu'),
    memory: readString(owner, 'memory'),
    executionRoleArn: readString(owner, 'executionRoleArn'),
    taskRoleArn: readString(owner, 'taskRoleArn'),
    containerDefinitions: readList(owner, 'containerDefinitions', (item) => readContainer(uri, item, words)),
    describeOnlyKeys: describeOnlyKeys(uri, node, wrapper),
  };
}

/** Reads a bare array of containers; what else the task definition says stands elsewhere. */
export function readContainerArray(uri: Uri, tree: Tree, node: ArrayNode): TaskDefinition {
  const nameAt = startOf(uri, node);
  const elsewhere = dynamic('', nameAt, 'this file holds only the containers');
  const words = wordReader(tree, containerNodes(node));
  return {
    kind: 'taskDefinition',
    at: placeOf(uri, node),
    nameAt,
    family: elsewhere,
    networkMode: elsewhere,
    requiresCompatibilities: elsewhere,
    cpu: elsewhere,
    memory: elsewhere,
    executionRoleArn: elsewhere,
    taskRoleArn: elsewhere,
    containerDefinitions: listOf(node, placeOf(uri, node), (item) => readContainer(uri, item, words)),
    describeOnlyKeys: [],
  };
}

function describeOnlyKeys(
  uri: Uri,
  node: ObjectNode,
  wrapper: ObjectNode | undefined,
): TaskDefinition['describeOnlyKeys'] {
  const inner = node.entries.filter((entry) => DESCRIBE_ONLY.has(entry.key));
  const outer = wrapper?.entries.filter((entry) => entry.key === 'tags') ?? [];
  return [...inner, ...outer].map((entry) => ({ name: entry.key, at: keyPlace(uri, entry) }));
}

type WordReader = (node: TreeNode, uri: Uri) => Value<string>;

function readContainer(uri: Uri, node: TreeNode, words: WordReader): Container | undefined {
  if (node.kind !== 'object') return undefined;
  const owner = ownerOf(uri, node, 'name');
  return {
    at: placeOf(uri, node),
    nameAt: owner.nameAt,
    name: readName(owner, 'name'),
    image: readImage(owner),
    essential: readBoolean(owner, 'essential'),
    portMappings: readList(owner, 'portMappings', (item) => readPortMapping(uri, item)),
    entryPoint: readWords(owner, 'entryPoint', words),
    command: readWords(owner, 'command', words),
    workingDirectory: readString(owner, 'workingDirectory'),
    environment: readEnvironment(owner, 'environment'),
    environmentFiles: readList(owner, 'environmentFiles', (item) =>
      item.kind === 'object' ? readString(ownerOf(uri, item), 'value') : undefined,
    ),
    secrets: readList(owner, 'secrets', (item) => readSecret(uri, item)),
    healthCheck: readObject(owner, 'healthCheck', (child) => readHealthCheck(child, words)),
    versionConsistency: readString(owner, 'versionConsistency'),
  };
}

/** A name is what it is even where a condition decides whether the thing it names is there. */
function readName(owner: Owner, key: string): Value<string> {
  const node = entryOf(owner.node, key)?.value;
  if (!node || node.kind === 'null') return missing(owner);
  return stringValue(node, owner.uri);
}

function readImage(owner: Owner): Value<string> {
  const node = entryOf(owner.node, 'image')?.value;
  if (node?.kind === 'null') return undecided(owner.uri, node, 'the pipeline writes the image');
  return imageValue(readString(owner, 'image'));
}

function readPortMapping(uri: Uri, node: TreeNode): PortMapping | undefined {
  if (node.kind !== 'object') return undefined;
  const owner = ownerOf(uri, node, 'containerPort', 'containerPortRange');
  return {
    at: placeOf(uri, node),
    containerPort: readNumber(owner, 'containerPort'),
    hostPort: readNumber(owner, 'hostPort'),
    protocol: readString(owner, 'protocol'),
    name: readString(owner, 'name'),
    containerPortRange: readString(owner, 'containerPortRange'),
  };
}

function readEnvironment(owner: Owner, key: string): List<EnvironmentVariable> {
  return readList(owner, key, (item, conditional) => {
    if (item.kind !== 'object') return undefined;
    const variable = ownerOf(owner.uri, item, 'name');
    const node = entryOf(item, 'value')?.value;
    const at = node ? tokenOf(owner.uri, node) : placeOf(owner.uri, item);
    const value = readString(variable, 'value');
    const decided = conditional && value.state === 'known' ? dynamic(value.value, at, 'a condition decides it') : value;
    return { name: readName(variable, 'name'), value: decided, at };
  });
}

function readSecret(uri: Uri, node: TreeNode): { name: Value<string>; at: Location } | undefined {
  if (node.kind !== 'object') return undefined;
  const value = entryOf(node, 'valueFrom')?.value;
  return { name: readName(ownerOf(uri, node, 'name'), 'name'), at: value ? tokenOf(uri, value) : placeOf(uri, node) };
}

function readHealthCheck(owner: Owner, words: WordReader): HealthCheck {
  return {
    at: placeOf(owner.uri, owner.node),
    command: readWords(owner, 'command', words),
    interval: readNumber(owner, 'interval'),
    timeout: readNumber(owner, 'timeout'),
    retries: readNumber(owner, 'retries'),
    startPeriod: readNumber(owner, 'startPeriod'),
  };
}

function containerNodes(node: TreeNode | undefined): readonly ObjectNode[] {
  return node?.kind === 'array' ? node.items.filter((item) => item.kind === 'object') : [];
}

/**
 * Reads the words of commands. There `${PORT}` is the container's own shell variable, unless the file uses that
 * spelling for templates elsewhere too.
 */
function wordReader(tree: Tree, containers: readonly ObjectNode[]): WordReader {
  const commands = containers.flatMap(commandSpans).sort((a, b) => a.start - b.start);
  let next = 0;
  const rendered = tree.templates.some((template) => {
    for (let span = commands[next]; span && span.end < template.end; span = commands[next]) next++;
    const span = commands[next];
    return template.shell && !(span && span.start <= template.start);
  });
  if (rendered) return stringValue;
  return (node, uri) => {
    if (node.kind !== 'string' || !node.template || hasTemplate(withoutShellVariables(node.value))) {
      return stringValue(node, uri);
    }
    return known(node.value, locationOf(uri, node.inner.start, node.inner.end));
  };
}

function withoutShellVariables(text: string): string {
  return text.replace(/\$\{[A-Za-z_]\w*(?::?[-+=?][^{}]*)?\}/g, '');
}

function commandSpans(container: ObjectNode): readonly Span[] {
  const check = entryOf(container, 'healthCheck')?.value;
  const nodes = [
    entryOf(container, 'command')?.value,
    entryOf(container, 'entryPoint')?.value,
    check?.kind === 'object' ? entryOf(check, 'command')?.value : undefined,
  ];
  return nodes.flatMap((node) => (node ? [node.span] : []));
}
