// schemas/task-definition.schema.json and schemas/service-definition.schema.json, made from the types of AWS's SDK and
// then mended (`mendSchema.ts`), so that they are as new as the SDK and quiet on the files that people really write.

import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';
import type { Json } from '../base/json.ts';
import type { GeneratedFile } from './generated.ts';
import {
  commonDefinitions,
  type Definitions,
  isObject,
  type JsonObject,
  mendSchema,
  propertiesOf,
  refTo,
} from './mendSchema.ts';

/** What ECS asks for whatever else is said, and no pipeline fills in. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  ContainerDefinition: ['name'],
  KeyValuePair: ['name'],
  Secret: ['name', 'valueFrom'],
  HealthCheck: ['command'],
  LogConfiguration: ['logDriver'],
  DeploymentCircuitBreaker: ['enable', 'rollback'],
  AwsVpcConfiguration: ['subnets'],
};

export function ecsSchemas(): readonly GeneratedFile[] {
  const sdk = sdkDefinitions();
  return [
    { path: 'schemas/task-definition.schema.json', text: print(taskDefinitionSchema(sdk)) },
    { path: 'schemas/service-definition.schema.json', text: print(serviceSchema(sdk)) },
  ];
}

/** The SDK's types as they come: https://github.com/vega/ts-json-schema-generator. */
function sdkDefinitions(): Definitions {
  const schema = createGenerator({
    path: fileURLToPath(new URL('./ecsTypes.ts', import.meta.url)),
    type: 'EcsTypes',
    skipTypeCheck: true,
    additionalProperties: true,
    jsDoc: 'extended',
  }).createSchema('EcsTypes');
  const plain: Json = JSON.parse(JSON.stringify(schema.definitions));
  if (!isObject(plain)) throw new Error('The types of the SDK gave no definitions.');
  return Object.fromEntries(Object.entries(plain).filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
}

function taskDefinitionSchema(sdk: Definitions): JsonObject {
  const merged = mergeShapes(sdk, ['RegisterTaskDefinitionRequest'], 'TaskDefinition');
  const properties = propertiesOf(merged);
  const taskDefinition: JsonObject = {
    ...merged,
    // A number is as good as its text here, and most files write one or the other by chance.
    properties: { ...properties, cpu: orNumber(properties.cpu), memory: orNumber(properties.memory) },
    dependencies: { family: ['containerDefinitions'] },
  };
  return finish(
    {
      title: 'Amazon ECS task definition',
      description:
        'The input of RegisterTaskDefinition, the output of describe-task-definition, or an array of container definitions.',
      if: { type: 'array' },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: {
        items: choose('containerDefinitions', refTo('TaskDefinition'), refTo('ContainerDefinition')),
      },
      else: choose('taskDefinition', wrapper('taskDefinition', refTo('TaskDefinition')), refTo('TaskDefinition')),
    },
    {
      ...mendAll(sdk),
      TaskDefinition: taskDefinition,
    },
  );
}

function serviceSchema(sdk: Definitions): JsonObject {
  const merged = mergeShapes(sdk, ['CreateServiceRequest', 'UpdateServiceRequest'], 'Service');
  const properties = propertiesOf(merged);
  const service: JsonObject = {
    ...merged,
    // UpdateService names the service here; create-service prints the whole service under the same key.
    properties: { ...properties, service: nameOrService(properties.service) },
  };
  return finish(
    {
      title: 'Amazon ECS service definition',
      description: 'The input of CreateService or UpdateService, or the output of describe-services.',
      if: { type: 'array' },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { items: refTo('Service') },
      else: choose(
        'services',
        { type: 'object', properties: { services: { type: 'array', items: refTo('Service') } } },
        refTo('Service'),
      ),
    },
    {
      ...mendAll(sdk),
      Service: service,
      DeploymentConfiguration: withCircuitBreakerSnippet(mendSchema(sdk.DeploymentConfiguration ?? {}, sdk)),
    },
  );
}

/** Everything that the inputs and the description know. Keys that only AWS prints are valid, but nobody is offered them. */
function mergeShapes(sdk: Definitions, inputs: readonly string[], described: string): JsonObject {
  // In the order of the first input, which also describes the keys it shares with others.
  const [first = {}, ...others] = inputs.map((name) => propertiesOf(sdk[name]));
  const written = Object.assign({}, first, ...others, first);
  const printed = Object.entries(propertiesOf(sdk[described])).filter(([name]) => !(name in written));
  const mended = mendSchema({ type: 'object', properties: { ...written, ...Object.fromEntries(printed) } }, sdk);
  const hidden = new Set(printed.map(([name]) => name));
  const properties = Object.entries(propertiesOf(mended)).map(([name, property]) => [
    name,
    hidden.has(name) ? { ...property, doNotSuggest: true } : property,
  ]);
  return { ...mended, properties: Object.fromEntries(properties) };
}

function mendAll(sdk: Definitions): Definitions {
  return Object.fromEntries(Object.entries(sdk).map(([name, schema]) => [name, mendSchema(schema, sdk)]));
}

function orNumber(schema: JsonObject | undefined): JsonObject {
  return { ...schema, type: ['string', 'number', 'object', 'null'] };
}

function nameOrService(schema: JsonObject | undefined): JsonObject {
  const { allOf: _, ...texts } = schema ?? {};
  return { ...texts, ...thenIf({ type: 'object' }, refTo('Service')) };
}

/** Completing the key writes what nearly everybody wants. */
function withCircuitBreakerSnippet(configuration: JsonObject): JsonObject {
  const properties = propertiesOf(configuration);
  const snippet = { label: 'Roll back automatically', body: { enable: true, rollback: true } };
  const deploymentCircuitBreaker = { ...properties.deploymentCircuitBreaker, defaultSnippets: [snippet] };
  return { ...configuration, properties: { ...properties, deploymentCircuitBreaker } };
}

function thenIf(condition: JsonObject, schema: JsonObject): JsonObject {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  return { if: condition, then: schema };
}

function choose(key: string, withKey: JsonObject, without: JsonObject): JsonObject {
  return { ...thenIf({ required: [key] }, withKey), else: without };
}

function wrapper(key: string, schema: JsonObject): JsonObject {
  return { type: 'object', properties: { [key]: schema } };
}

function finish(root: JsonObject, definitions: Definitions): JsonObject {
  const all: Definitions = { ...definitions, ...commonDefinitions };
  const reachable = [...reachableFrom(root, all)].sort();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    allowComments: true,
    allowTrailingCommas: true,
    ...root,
    definitions: Object.fromEntries(reachable.map((name) => [name, withRequired(name, all[name] ?? {})])),
  };
}

/** What a definition says is better said by the property that refers to it. */
function withRequired(name: string, schema: JsonObject): JsonObject {
  const { description: _, markdownDescription: __, ...rest } = schema;
  const required = REQUIRED[name];
  return required ? { ...rest, required } : rest;
}

function reachableFrom(root: JsonObject, definitions: Definitions): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    if (typeof value.$ref === 'string') follow(value.$ref.replace('#/definitions/', ''));
    for (const child of Object.values(value)) visit(child);
  };
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    visit(definitions[name] ?? {});
  };
  visit(root);
  return found;
}

export function print(value: Json): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
