// Edit intents as text edits of `.tf.json`, where a block is an object: only the names of its properties are Terraform's.

import { isList, type Json } from '../../base/json.ts';
import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { HclBlock, HclBody } from '../../syntax/hcl/tree.ts';
import { parseJson } from '../../syntax/json.ts';
import { editJsonAll } from '../jsonEdits.ts';
import { withReferences } from '../newResources.ts';
import { nodesAround } from '../treePlaces.ts';
import { parseJsonConfiguration } from './jsonConfiguration.ts';
import { listeningTo, newResources, referencesOf } from './newResources.ts';
import { shapeOf, snakeCase } from './shapes.ts';
import { spellPath } from './spelling.ts';

export function editJsonConfiguration(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  if (intents.some((intent) => isInText(file.text, intent))) return [];
  const { body } = parseJsonConfiguration(file.text);
  const spelled = intents.map((intent) => inJsonConfiguration(file, body, intent));
  return spelled.some((one) => one.length === 0) ? [] : editJsonAll(file, spelled.flat());
}

/** What stands in a text can be written over, but nothing can be added to it or taken from it. */
function isInText(text: string, intent: EditIntent): boolean {
  if (intent.kind === 'replace') return false;
  const { span } = intent.kind === 'set' ? intent.owner : intent.at;
  const { root } = parseJson(text);
  const node = root && nodesAround(root, span).at(-1);
  if (node?.kind !== 'string') return false;
  const { start, end } = node.inner;
  return start <= span.start && span.end <= end && span.end - span.start < end - start;
}

/** Nothing where it cannot be said. */
function inJsonConfiguration(file: SourceFile, body: HclBody, intent: EditIntent): readonly EditIntent[] {
  if (intent.kind === 'replace' || intent.kind === 'remove') return [intent];
  const { span } = intent.kind === 'set' ? intent.owner : intent.at;
  const block = body.blocks.find((one) => one.span.start === span.start && one.span.end === span.end);
  if (intent.kind === 'insertResource') return block ? insertedInJson({ ...file, body }, block, intent) : [];
  const references = intent.names && referencesOf(intent.names, { ...file, body });
  if (intent.names && !references) return [];
  const value = references ? withReferences(intent.value, references) : intent.value;
  if (!block) return [{ ...intent, value }];
  const path = spellPath(shapeOf(block.labels[0]?.text ?? '')?.shape ?? {}, intent.path);
  return path ? [{ ...intent, path, value: snakeKeys(value) }] : [];
}

function insertedInJson(
  file: SourceFile & { readonly body: HclBody },
  block: HclBlock,
  { at, resource }: Extract<EditIntent, { kind: 'insertResource' }>,
): readonly EditIntent[] {
  const made = newResources(file, block, resource);
  const start = file.text.indexOf('{');
  const whole = { uri: file.uri, span: { start, end: start } };
  const put = made.map(({ type, name, attributes }): EditIntent => {
    return { kind: 'set', owner: whole, path: ['resource', type, name], value: attributes };
  });
  if (resource === 'deploymentFailedRule' || made.length === 0) return put;
  const listening = inJsonConfiguration(file, file.body, {
    kind: 'set',
    owner: at,
    ...listeningTo(made, resource.service),
  });
  return listening.length === 0 ? [] : [...listening, ...put];
}

function snakeKeys(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(snakeKeys);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [snakeCase(key), snakeKeys(item)]));
}
