// Outputs of well-known modules of the registry that the arguments of their call decide.
// https://registry.terraform.io/modules/cloudposse/ecs-container-definition/aws/latest

import type { Location } from '../../base/text.ts';
import { attributeOf } from '../../syntax/hcl/tree.ts';
import { type Context, placeIn, type Scope } from './context.ts';
import type { BlockDefinition } from './definitions.ts';
import { isNull, type ObjectEntry, type TerraformValue } from './values.ts';

const CONTAINER_DEFINITION =
  /(?:^|\/)cloudposse\/ecs-container-definition\/aws(?:$|\/\/)|terraform-aws-ecs-container-definition/;

/** Where the argument is not just its camel-case name. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  container_name: 'name',
  container_image: 'image',
  port_mappings: 'portMappings',
  environment: 'environment',
  environment_files: 'environmentFiles',
  secrets: 'secrets',
  essential: 'essential',
  command: 'command',
  entrypoint: 'entryPoint',
  working_directory: 'workingDirectory',
  healthcheck: 'healthCheck',
  stop_timeout: 'stopTimeout',
};

/** Undefined where the module is not known, or says nothing of it. */
export function registryOutput(
  definition: BlockDefinition,
  name: string,
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue | undefined {
  const source = attributeOf(definition.block.body, 'source')?.value;
  if (source?.kind !== 'string' || !CONTAINER_DEFINITION.test(source.value)) return undefined;
  const container = containerDefinition(definition, scope, context);
  const list: TerraformValue = { kind: 'list', items: [container], complete: true, at };
  switch (name.replace(/^sensitive_/, '')) {
    case 'json_map_object':
      return container;
    case 'json_map_encoded':
    case 'json_map':
      return { kind: 'encoded', value: container, at };
    case 'json_map_encoded_list':
    case 'json':
      return { kind: 'encoded', value: list, at };
    default:
      return undefined;
  }
}

function containerDefinition(definition: BlockDefinition, scope: Scope, context: Context): TerraformValue {
  const { block } = definition;
  const overridden = block.body.attributes.some((one) => one.name === 'container_definition');
  const entries = block.body.attributes.flatMap((attribute): readonly ObjectEntry[] => {
    const key = Object.hasOwn(ARGUMENTS, attribute.name) ? ARGUMENTS[attribute.name] : undefined;
    if (key === undefined) return [];
    const value = context.evaluate(attribute.value, scope);
    return isNull(value) ? [] : [{ key, keyAt: placeIn(scope, attribute.nameSpan), value }];
  });
  const mapped = block.body.attributes.find((one) => one.name === 'map_environment');
  const unsaid = overridden ? 'another argument may replace it' : undefined;
  const environment = mapped
    ? [environmentOf(context.evaluate(mapped.value, scope), placeIn(scope, mapped.nameSpan))]
    : [];
  return {
    kind: 'object',
    entries: [...entries, ...environment],
    at: placeIn(scope, block.span),
    ...(unsaid === undefined ? {} : { unsaid }),
  };
}

function environmentOf(map: TerraformValue, keyAt: Location): ObjectEntry {
  if (map.kind !== 'object') {
    return { key: 'environment', keyAt, value: { kind: 'list', items: [], complete: false, at: map.at } };
  }
  const items = map.entries.map(
    (entry): TerraformValue => ({
      kind: 'object',
      at: entry.value.at,
      entries: [
        { key: 'name', keyAt: entry.keyAt, value: { kind: 'scalar', value: entry.key, at: entry.keyAt } },
        { key: 'value', keyAt: entry.keyAt, value: entry.value },
      ],
    }),
  );
  const value: TerraformValue = { kind: 'list', items, complete: map.unsaid === undefined, at: map.at };
  return { key: 'environment', keyAt, value };
}
