// Task definitions in JSON: register input, the output of `describe-task-definition`, bare arrays of containers.
// Which file holds one is decided in `ecsJson.ts`.

import { locationOf, type Span } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import { hasTemplate } from '../syntax/template.ts';
import { type ArrayNode, childOf, entryOf, type ObjectNode, type Tree, type TreeNode } from '../syntax/tree.ts';
import * as described from './described/taskDefinition.ts';
import { describeList, describeObject, type TreeReading } from './described/tree.ts';

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
  const reading = readingOf(uri, tree, containerNodes(childOf(node, 'containerDefinitions')));
  const taskDefinition = described.readTaskDefinition(describeObject(node, reading));
  return { ...taskDefinition, describeOnlyKeys: describeOnlyKeys(uri, node, wrapper) };
}

/** Reads a bare array of containers. */
export function readContainerArray(uri: Uri, tree: Tree, node: ArrayNode): TaskDefinition {
  return described.readContainerList(describeList(node, readingOf(uri, tree, containerNodes(node))));
}

function describeOnlyKeys(
  uri: Uri,
  node: ObjectNode,
  wrapper: ObjectNode | undefined,
): TaskDefinition['describeOnlyKeys'] {
  const inner = node.entries.filter((entry) => DESCRIBE_ONLY.has(entry.key));
  const outer = wrapper?.entries.filter((entry) => entry.key === 'tags') ?? [];
  return [...inner, ...outer].map(({ key, keySpan }) => ({
    name: key,
    at: locationOf(uri, keySpan.start, keySpan.end),
  }));
}

function containerNodes(node: TreeNode | undefined): readonly ObjectNode[] {
  return node?.kind === 'array' ? node.items.filter((item) => item.kind === 'object') : [];
}

/**
 * In commands `${PORT}` is the container's own shell variable, unless the file uses that spelling for templates
 * elsewhere too.
 */
function readingOf(uri: Uri, tree: Tree, containers: readonly ObjectNode[]): TreeReading {
  const commands = containers.flatMap(commandNodes);
  if (tree.templates.length === 0 || isRendered(tree, commands)) return { uri };
  const words = commands.flatMap((command) => (command.kind === 'array' ? command.items : []));
  const literal = words.filter(
    (word) => word.kind === 'string' && word.template && !hasTemplate(withoutShellVariables(word.value)),
  );
  return { uri, literal: new Set(literal) };
}

/** Whether the spelling of shell variables stands outside of commands. */
function isRendered(tree: Tree, commands: readonly TreeNode[]): boolean {
  const spans: readonly Span[] = commands.map((command) => command.span).sort((a, b) => a.start - b.start);
  let next = 0;
  return tree.templates.some((template) => {
    for (let span = spans[next]; span && span.end < template.end; span = spans[next]) next++;
    const span = spans[next];
    return template.shell && !(span && span.start <= template.start);
  });
}

function withoutShellVariables(text: string): string {
  return text.replace(/\$\{[A-Za-z_]\w*(?::?[-+=?][^{}]*)?\}/g, '');
}

function commandNodes(container: ObjectNode): readonly TreeNode[] {
  const nodes = [
    childOf(container, 'command'),
    childOf(container, 'entryPoint'),
    childOf(childOf(container, 'healthCheck'), 'command'),
  ];
  return nodes.flatMap((node) => node ?? []);
}
