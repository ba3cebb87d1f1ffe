// Edit intents in CloudFormation's spelling: the keys of the API with a capital first letter. What a function computes is
// left to a person.

import type { Json } from '../../base/json.ts';
import type { SourceFile, Span, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import { parseJson } from '../../syntax/json.ts';
import { childOf, type Tree, type TreeNode } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { deploymentFailedResource } from '../deploymentFailedRule.ts';
import { editJsonAll } from '../jsonEdits.ts';
import { containerAround, nodesAround } from '../treePlaces.ts';
import { editYamlAll } from '../yamlEdits.ts';

export function editYamlTemplate(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  return editWith(file, intents, parseYaml, editYamlAll);
}

export function editJsonTemplate(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  return editWith(file, intents, parseJson, editJsonAll);
}

function editWith(
  file: SourceFile,
  intents: readonly EditIntent[],
  parse: (text: string) => Tree,
  edit: (file: SourceFile, intents: readonly EditIntent[]) => readonly TextEdit[],
): readonly TextEdit[] {
  const { root } = parse(file.text);
  if (!root || intents.some((intent) => isComputed(root, intent))) return [];
  const spelled = intents.flatMap((intent) => inTemplate(file, root, intent) ?? []);
  return spelled.length === intents.length ? edit(file, spelled) : [];
}

function inTemplate(file: SourceFile, root: TreeNode, intent: EditIntent): EditIntent | undefined {
  if (intent.kind === 'insertResource') return insertion(file, root);
  if (intent.kind !== 'set') return intent;
  const path = intent.path.map(capitalized);
  // A resource that has no properties yet is its own owner.
  const type = childOf(containerAround(root, intent.owner.span), 'Type');
  const bare = type?.kind === 'string' && type.value.startsWith('AWS::');
  return { ...intent, path: bare ? ['Properties', ...path] : path, value: capitalizedKeys(intent.value) };
}

function insertion({ uri }: SourceFile, root: TreeNode): EditIntent | undefined {
  const resources = childOf(root, 'Resources');
  if (resources?.kind !== 'object') return undefined;
  const { span } = resources;
  const taken = new Set(resources.entries.map(({ key }) => key));
  return { kind: 'set', owner: { uri, span }, path: [freeName(taken)], value: deploymentFailedResource };
}

function freeName(taken: ReadonlySet<string>): string {
  let name = 'DeploymentFailedRule';
  for (let number = 2; taken.has(name); number++) name = `DeploymentFailedRule${number}`;
  return name;
}

function capitalized(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function capitalizedKeys(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.map(capitalizedKeys);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [capitalized(key), capitalizedKeys(item)]));
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether an edit would write over a function, or into its arguments as if they were properties. */
function isComputed(root: TreeNode, intent: EditIntent): boolean {
  if (intent.kind === 'remove' || intent.kind === 'insertResource') return false;
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
