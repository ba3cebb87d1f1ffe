// Edit intents in CloudFormation's spelling: the keys of the API with a capital first letter. What a function computes is
// left to a person.

import type { Json } from '../../base/json.ts';
import type { Location, SourceFile, Span, TextEdit } from '../../base/text.ts';
import type { EditIntent, ResourceNames } from '../../facts/edit.ts';
import { nameBeside } from '../../facts/reference.ts';
import { parseJson } from '../../syntax/json.ts';
import { childOf, type Tree, type TreeNode } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { editJsonAll } from '../jsonEdits.ts';
import { withReferences } from '../newResources.ts';
import { containerAround, nodesAround } from '../treePlaces.ts';
import { editYamlAll } from '../yamlEdits.ts';
import { alarmResources, capitalized, deploymentFailedResource, inJson, spelled } from './insert.ts';

export function editYamlTemplate(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  return editWith(file, intents, parseYaml, editYamlAll);
}

export function editJsonTemplate(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  const edit: EditAll = (template, spelled) =>
    editJsonAll(
      template,
      spelled.map((intent) => (intent.kind === 'set' ? { ...intent, value: inJson(intent.value) } : intent)),
    );
  return editWith(file, intents, parseJson, edit);
}

type EditAll = (file: SourceFile, intents: readonly EditIntent[]) => readonly TextEdit[];

function editWith(
  file: SourceFile,
  intents: readonly EditIntent[],
  parse: (text: string) => Tree,
  edit: EditAll,
): readonly TextEdit[] {
  const { root } = parse(file.text);
  if (!root || intents.some((intent) => isComputed(root, intent))) return [];
  const inTheirWords = intents.map((intent) => inTemplate(file, root, intent));
  return inTheirWords.some((intents) => intents.length === 0) ? [] : edit(file, inTheirWords.flat());
}

/** Nothing where it cannot be said. */
function inTemplate(file: SourceFile, root: TreeNode, intent: EditIntent): readonly EditIntent[] {
  if (intent.kind === 'insertResource') return insertion(file, root, intent);
  if (intent.kind !== 'set') return [intent];
  const { owner, path, value, names } = intent;
  // Names are given to texts as they are in the API.
  const named = names ? referring(value, names) : value;
  if (named === undefined) return [];
  if (path.join('.') === 'deregistrationDelay') return attributeIn(root, owner, named);
  return [setIn(root, owner, path, named)];
}

/** An attribute of a target group; nothing where others are written already, which only a list could take in. */
function attributeIn(root: TreeNode, owner: Location, value: Json): readonly EditIntent[] {
  const group = containerAround(root, owner.span);
  const properties = childOf(group, 'Properties') ?? group;
  if (childOf(properties, 'TargetGroupAttributes')) return [];
  const attribute = { key: 'deregistration_delay.timeout_seconds', value: String(value) };
  return [setIn(root, owner, ['targetGroupAttributes'], [attribute])];
}

function setIn(root: TreeNode, owner: Location, path: readonly string[], value: Json): EditIntent {
  const keys = path.map(capitalized);
  // A resource that has no properties yet is its own owner.
  const type = childOf(containerAround(root, owner.span), 'Type');
  const bare = type?.kind === 'string' && type.value.startsWith('AWS::');
  return { kind: 'set', owner, path: bare ? ['Properties', ...keys] : keys, value: spelled(value) };
}

/** Texts that name resources of the template as references; undefined where one is only a stand-in for what is elsewhere. */
function referring(value: Json, { beside, resources }: ResourceNames): Json | undefined {
  const references = new Map<string, Json>();
  for (const { text, address, isStandIn } of resources) {
    const id = nameBeside(address, beside);
    if (id === undefined && isStandIn) return undefined;
    if (id !== undefined) references.set(text, { '!Ref': id });
  }
  return withReferences(value, references);
}

type Insertion = Extract<EditIntent, { kind: 'insertResource' }>;

function insertion({ uri }: SourceFile, root: TreeNode, { at, resource }: Insertion): readonly EditIntent[] {
  const resources = childOf(root, 'Resources');
  if (resources?.kind !== 'object') return [];
  const put = (name: string, value: Json): EditIntent => {
    return { kind: 'set', owner: { uri, span: resources.span }, path: [name], value };
  };
  const isRule = resource === 'deploymentFailedRule';
  const made = isRule ? [deploymentFailedResource(resources)] : alarmResources(resources, resource);
  const names = made.filter(({ isNamed }) => isNamed).map(({ name }) => ({ '!Ref': name }));
  const listened = { alarmNames: names, enable: true, rollback: true };
  const listening = names.length > 0 ? [setIn(root, at, ['deploymentConfiguration', 'alarms'], listened)] : [];
  // Where both come to stand at one place, the service's own property is the first.
  return [...listening, ...made.map(({ name, value }) => put(name, value))];
}

/** Whether an edit would write over a function, or into its arguments as if they were properties. */
function isComputed(root: TreeNode, intent: EditIntent): boolean {
  if (intent.kind === 'remove') return false;
  if (intent.kind === 'insertResource') {
    if (intent.resource === 'deploymentFailedRule') return false;
    return isComputed(root, {
      kind: 'set',
      owner: intent.at,
      path: ['deploymentConfiguration', 'alarms'],
      value: null,
    });
  }
  if (intent.kind === 'replace') return isSubstitution(root, intent.at.span);
  let node: TreeNode | undefined = containerAround(root, intent.owner.span);
  for (const key of intent.path) {
    if (!node) return false;
    if (isFunction(node)) return true;
    node = childOf(node, capitalized(key));
  }
  return node !== undefined && isFunction(node);
}

function isFunction(node: TreeNode): boolean {
  if (node.tag !== undefined) return true;
  return node.kind === 'object' && node.entries.some(({ key }) => key === 'Ref' || key.startsWith('Fn::'));
}

/** A text with variables as a whole: what replaces it would lose them. */
function isSubstitution(root: TreeNode, at: Span): boolean {
  const node = nodesAround(root, at).at(-1);
  if (node?.kind !== 'string' || !node.value.includes('${')) return false;
  return at.start <= node.inner.start && node.inner.end <= at.end;
}
