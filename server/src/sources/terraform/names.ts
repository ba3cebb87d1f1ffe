// What names stand for: variables, locals, modules, resources, data sources, and the steps that lead into them.

import { type Location, locationOf } from '../../base/text.ts';
import { type Address, resourceAddress } from '../../facts/reference.ts';
import { attributeOf, type HclReference, type HclStep } from '../../syntax/hcl/tree.ts';
import { type Context, type ModuleInstance, type Scope, scopeOf } from './context.ts';
import { dataAttribute } from './dataSources.ts';
import type { BlockDefinition } from './definitions.ts';
import { type Expanded, expandedScopes, expansionOf } from './expansion.ts';
import { printExpression } from './print.ts';
import { registryOutput } from './registryOutputs.ts';
import {
  belongsTo,
  eachBranch,
  entryOf,
  isNull,
  knownNumber,
  knownText,
  type LazyValue,
  reachedBy,
  scalar,
  type TerraformValue,
  unknown,
} from './values.ts';
import { variableValue } from './variables.ts';

/** Why a reference that leads to nothing is unknown; `try` goes on to its next argument. */
export const MISSING = 'nothing of that name is there';
const LATER = 'it is known only after the configuration is applied';

export function valueOfReference(node: HclReference, at: Location, scope: Scope, context: Context): TerraformValue {
  const inner = scope.names.get(node.name);
  if (inner) return reached(takeSteps(inner, node.steps, at, scope, context), node, at);
  const text = printExpression(node);
  if (scope.closed) return unknown(text, at, MISSING);
  const [first, second] = node.steps.map((step) => (step.kind === 'attribute' ? step.name : undefined));
  const { module } = scope;
  if (first === undefined) return unknown(text, at, MISSING);
  const rest = (value: TerraformValue, steps: number): TerraformValue =>
    reached(takeSteps(value, node.steps.slice(steps), at, scope, context), node, at);
  switch (node.name) {
    case 'var':
      return rest(variableValue(first, module, at, context), 1);
    case 'local':
      return rest(localValue(first, module, at, context), 1);
    case 'path':
      return scalar(first === 'module' ? module.folder.folder : context.root, at);
    case 'terraform':
    case 'self':
    case 'each':
    case 'count':
      return unknown(text, at, LATER);
    case 'module':
      return rest(moduleValue(first, module, at, context), 1);
    case 'data':
      return rest(resourceValue(`data.${first}.${second ?? ''}`, module, at, context), 2);
    default:
      return rest(resourceValue(`${node.name}.${first}`, module, at, context), 1);
  }
}

function reached(value: TerraformValue, node: HclReference, at: Location): TerraformValue {
  return reachedBy(value, { at, text: printExpression(node) });
}

function localValue(name: string, module: ModuleInstance, at: Location, context: Context): TerraformValue {
  const key = `local.${name}`;
  const definition = context.definition(module, key);
  if (definition?.kind !== 'local') return unknown(key, at, MISSING);
  const scope = scopeOf(definition, module);
  return context.once(module, key, () => {
    const value = context.evaluate(definition.attribute.value, scope);
    return withSource(value, `${name} = `);
  });
}

/** The place where a plain value stands is the first of the places it was decided by. */
function withSource(value: TerraformValue, before: string): TerraformValue {
  if (value.kind !== 'scalar' || value.trail || value.value === null) return value;
  return { ...value, trail: [{ at: value.at, text: before + JSON.stringify(value.value) }] };
}

// Resources

function resourceValue(key: string, module: ModuleInstance, at: Location, context: Context): TerraformValue {
  const definition = context.definition(module, key);
  if (definition?.kind !== 'block') return unknown(key, at, MISSING);
  const scope = scopeOf(definition, module);
  const expansion = expansionOf(definition.block.body, scope, context);
  const values = expandedScopes(expansion, scope).map((expanded) => ({
    expanded,
    value: resourceHandle(definition, expanded, at, context),
  }));
  const [only] = values;
  if (expansion.kind === 'single' || expansion.kind === 'unknown') return only?.value ?? unknown(key, at, MISSING);
  if (expansion.kind === 'count') return { kind: 'list', items: values.map(({ value }) => value), complete: true, at };
  const entries = expansion.entries.flatMap((entry, index) => {
    const value = values[index]?.value;
    return value ? [{ key: entry.key, keyAt: entry.keyAt, value }] : [];
  });
  return { kind: 'object', entries, at };
}

function resourceHandle(definition: BlockDefinition, expanded: Expanded, at: Location, context: Context): LazyValue {
  const text = definition.key + expanded.suffix;
  const reference = addressOf(definition, expanded, context);
  return {
    kind: 'lazy',
    text,
    at,
    reference,
    attribute(name, place) {
      return definition.key.startsWith('data.')
        ? dataAttribute(definition, name, place, expanded.scope, context)
        : resourceAttribute(definition, name, place, expanded.scope, reference, context);
    },
  };
}

export function addressOf(definition: BlockDefinition, expanded: Expanded, context: Context): Address {
  return resourceAddress(context.root, expanded.scope.module.path + definition.key + expanded.suffix);
}

function resourceAttribute(
  definition: BlockDefinition,
  name: string,
  at: Location,
  scope: Scope,
  reference: Address,
  context: Context,
): TerraformValue {
  const text = `${definition.key}.${name}`;
  if (name === 'repository_url' && definition.key.startsWith('aws_ecr_repository.')) {
    return repositoryUrl(definition, text, at, scope, context);
  }
  const attribute = attributeOf(definition.block.body, name);
  if (!attribute || name === 'id' || name === 'arn') return unknown(text, at, LATER, reference);
  const value = context.evaluate(attribute.value, scope);
  // What a scalable target scales is the service it names.
  return name === 'resource_id' ? value : belongsTo(value, text, reference);
}

/** Account and region are open, the repository's name is not. */
function repositoryUrl(
  definition: BlockDefinition,
  text: string,
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue {
  const attribute = attributeOf(definition.block.body, 'name');
  const name = attribute && knownText(context.evaluate(attribute.value, scope));
  if (name === undefined) return unknown(text, at, LATER);
  const registry = unknown('registry', at, LATER);
  return { kind: 'text', parts: [registry, { kind: 'piece', text: `/${name}`, at }], at };
}

// Modules

function moduleValue(name: string, module: ModuleInstance, at: Location, context: Context): TerraformValue {
  const definition = context.definition(module, `module.${name}`);
  if (definition?.kind !== 'block') return unknown(`module.${name}`, at, MISSING);
  const { expansion, instances } = context.called(module, definition);
  const scope = scopeOf(definition, module);
  const handles = expandedScopes(expansion, scope).map((expanded) =>
    moduleHandle(definition, expanded, instances.get(expanded.suffix), at, context),
  );
  const [only] = handles;
  if (expansion.kind === 'single' || expansion.kind === 'unknown')
    return only ?? unknown(`module.${name}`, at, MISSING);
  if (expansion.kind === 'count') return { kind: 'list', items: handles, complete: true, at };
  const entries = expansion.entries.flatMap((entry, index) => {
    const value = handles[index];
    return value ? [{ key: entry.key, keyAt: entry.keyAt, value }] : [];
  });
  return { kind: 'object', entries, at };
}

function moduleHandle(
  definition: BlockDefinition,
  expanded: Expanded,
  instance: ModuleInstance | undefined,
  at: Location,
  context: Context,
): LazyValue {
  const text = definition.key + expanded.suffix;
  return {
    kind: 'lazy',
    text,
    at,
    attribute(name, place) {
      if (!instance) {
        const value = registryOutput(definition, name, place, expanded.scope, context);
        return value ?? unknown(`${text}.${name}`, place, `the module ${definition.key} is not in view`);
      }
      const output = context.definition(instance, `output.${name}`);
      const attribute = output?.kind === 'block' ? attributeOf(output.block.body, 'value') : undefined;
      if (!output || !attribute) return unknown(`${text}.${name}`, place, MISSING);
      const scope = scopeOf(output, instance);
      return context.once(instance, output.key, () => context.evaluate(attribute.value, scope));
    },
  };
}

// Steps

export function takeSteps(
  start: TerraformValue,
  steps: readonly HclStep[],
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue {
  let value = start;
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'splat') {
      const rest = steps.slice(index + 1);
      const end = step.attributesOnly ? rest.findIndex((one) => one.kind !== 'attribute') : -1;
      if (end < 0) return takeSplat(value, rest, at, scope, context);
      return takeSteps(takeSplat(value, rest.slice(0, end), at, scope, context), rest.slice(end), at, scope, context);
    }
    const key: TerraformValue =
      step.kind === 'attribute' ? scalar(step.name, at) : context.evaluate(step.expression, scope);
    if (value.kind === 'object' && !context.spend(value.entries.length / 50)) {
      return unknown('…', at, 'it takes too much to compute');
    }
    value = eachBranch(value, (branch) => takeStep(branch, key, step.kind === 'index', at));
  }
  return value;
}

function takeStep(value: TerraformValue, key: TerraformValue, indexed: boolean, at: Location): TerraformValue {
  const name = knownText(key);
  switch (value.kind) {
    case 'unknown':
      return { ...value, text: `${value.text}${indexed ? `[${name ?? '…'}]` : `.${name}`}` };
    case 'lazy':
      if (indexed) return value;
      return value.attribute(name ?? '', at);
    case 'object': {
      if (name === undefined) return unknown('…', at, 'the files do not decide which of them it is');
      const entry = entryOf(value, name);
      if (entry) return entry.value;
      return unknown(name, at, value.unsaid ?? MISSING);
    }
    case 'list': {
      const index = knownNumber(key);
      const item = index === undefined ? undefined : value.items[index];
      if (item) return item;
      return unknown(
        '…',
        at,
        value.complete && index !== undefined ? MISSING : 'the files do not decide which of them it is',
      );
    }
    default:
      return unknown(name ?? '…', at, value.kind === 'scalar' ? MISSING : LATER);
  }
}

function takeSplat(
  value: TerraformValue,
  rest: readonly HclStep[],
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue {
  if (isNull(value)) return { kind: 'list', items: [], complete: true, at };
  if (value.kind === 'unknown' || value.kind === 'choice') return { kind: 'list', items: [], complete: false, at };
  const items = value.kind === 'list' ? value.items : [value];
  const complete = value.kind !== 'list' || value.complete;
  return { kind: 'list', items: items.map((item) => takeSteps(item, rest, at, scope, context)), complete, at };
}

/** The place of a definition's name. */
export function nameOf(definition: BlockDefinition): Location {
  const label = definition.block.labels.at(-1);
  const { start, end } = label?.span ?? definition.block.typeSpan;
  return locationOf(definition.uri, start + definition.shift, end + definition.shift);
}
