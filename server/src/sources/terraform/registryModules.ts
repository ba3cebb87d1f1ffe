// The service module of the registry, whose arguments describe a service and its task definition.
// https://registry.terraform.io/modules/terraform-aws-modules/ecs/aws/latest

import type { Location } from '../../base/text.ts';
import type { Fact } from '../../facts/fileFacts.ts';
import { resourceAddress } from '../../facts/reference.ts';
import { attributeOf } from '../../syntax/hcl/tree.ts';
import { bodyValue } from './body.ts';
import { type Context, placeIn, type Scope } from './context.ts';
import type { BlockDefinition } from './definitions.ts';
import { expandedScopes, expansionOf } from './expansion.ts';
import { nameOf } from './names.ts';
import { describedFacts } from './resources.ts';
import { camelCase, type ResourceShape, shapeOf } from './shapes.ts';
import {
  entryOf,
  isNull,
  knownBoolean,
  type ObjectEntry,
  type ObjectValue,
  scalar,
  type TerraformValue,
  unknown,
} from './values.ts';

const SOURCE = /(?:^|\/)terraform-aws-modules\/(?:ecs\/aws|terraform-aws-ecs(?:\.git)?)(\/\/modules\/service)?(?:$|\?)/;

/** What the module sets where nothing is written. */
const SERVICE_DEFAULTS = {
  desiredCount: 1,
  launchType: 'FARGATE',
  'deploymentConfiguration.minimumHealthyPercent': 66,
  'deploymentConfiguration.maximumPercent': 200,
};
const TASK_DEFAULTS = { networkMode: 'awsvpc' };

/** The facts of a module that is called; none where the module is not known. */
export function registryFacts(definition: BlockDefinition, scope: Scope, context: Context): readonly Fact[] {
  const { body, span } = definition.block;
  const source = attributeOf(body, 'source')?.value;
  const match = source?.kind === 'string' ? SOURCE.exec(source.value) : null;
  if (!match) return [];
  const version = attributeOf(body, 'version')?.value;
  const pins = !(version?.kind === 'string' && /(?:^|\D)[0-5]\.\d/.test(version.value));
  return expandedScopes(expansionOf(body, scope, context), scope).flatMap((expanded) => {
    const nameAt = nameOf(definition);
    const call = bodyValue(body, placeIn(scope, span), nameAt, expanded.scope, context);
    const path = `${scope.module.path}${definition.key}${expanded.suffix}`;
    const made = (service: ObjectValue, key: string, keyAt: Location): readonly Fact[] =>
      serviceFacts({ arguments: service, key, keyAt, path: `${path}.${key}`, pins, root: context.root });
    if (match[1] !== undefined) return made(call, definition.block.labels[0]?.text ?? '', nameAt);
    const services = entryOf(call, 'services')?.value;
    if (services?.kind !== 'object') return [];
    return services.entries.flatMap(({ key, keyAt, value }) =>
      value.kind === 'object' ? made(value, key, keyAt) : [],
    );
  });
}

interface ServiceCall {
  readonly arguments: ObjectValue;
  readonly key: string;
  readonly keyAt: Location;
  readonly path: string;
  /** Since its version 6 the module turns version consistency off. */
  readonly pins: boolean;
  readonly root: string;
}

function serviceFacts(call: ServiceCall): readonly Fact[] {
  const given = call.arguments;
  const [serviceShape, taskShape] = [shapeOf('aws_ecs_service'), shapeOf('aws_ecs_task_definition')];
  if (!serviceShape || !taskShape || isFalse(given, 'create')) return [];
  const name = argument(given, 'name') ?? { key: 'name', keyAt: call.keyAt, value: scalar(call.key, call.keyAt) };
  const nameAt = name.value.at.uri === given.at.uri ? name.value.at : call.keyAt;
  const [serviceAddress, taskAddress] = ['service', 'taskDefinition'].map((part) =>
    resourceAddress(call.root, `${call.path}.${part}`),
  );
  if (serviceAddress === undefined || taskAddress === undefined) return [];
  const ownTask = !isFalse(given, 'create_task_definition');
  const task = unknown(`${call.path}.taskDefinition`, call.keyAt, 'the module makes it', taskAddress);
  const foreign = argument(given, 'task_definition_arn')?.value ?? unknown('…', call.keyAt, 'it is made elsewhere');
  const service = objectFrom(given, nameAt, [
    name,
    { key: 'task_definition', keyAt: call.keyAt, value: ownTask ? task : foreign },
    ...renamed(given, 'cluster_arn', 'cluster'),
    ...loadBalancers(given),
    ...network(given),
    ...['desired_count', 'launch_type', 'scheduling_strategy', 'platform_version', 'force_new_deployment'].flatMap(
      (key) => renamed(given, key, key),
    ),
    ...[
      'health_check_grace_period_seconds',
      'deployment_minimum_healthy_percent',
      'deployment_maximum_percent',
    ].flatMap((key) => renamed(given, key, key)),
    ...[
      'deployment_circuit_breaker',
      'alarms',
      'deployment_configuration',
      'deployment_controller',
      'service_connect_configuration',
    ].flatMap((key) => nonEmpty(given, key)),
  ]);
  const facts = isFalse(given, 'create_service')
    ? []
    : describedFacts(service, withDefaults(serviceShape, SERVICE_DEFAULTS), serviceAddress, nameAt, call.keyAt);
  if (!ownTask) return facts;
  const definition = objectFrom(given, nameAt, [
    { ...(argument(given, 'family') ?? name), key: 'family' },
    ...['cpu', 'memory', 'network_mode', 'requires_compatibilities'].flatMap((key) => renamed(given, key, key)),
    ...renamed(given, 'tasks_iam_role_arn', 'task_role_arn'),
    // The module makes the execution role where none is given.
    ...renamed(given, 'task_exec_iam_role_arn', 'execution_role_arn'),
    ...(argument(given, 'task_exec_iam_role_arn')
      ? []
      : [{ key: 'execution_role_arn', keyAt: call.keyAt, value: unknown('…', call.keyAt, 'the module makes it') }]),
    containers(call),
  ]);
  return [
    ...facts,
    ...describedFacts(definition, withDefaults(taskShape, TASK_DEFAULTS), taskAddress, nameAt, call.keyAt),
  ];
}

function withDefaults(shape: ResourceShape, defaults: Readonly<Record<string, string | number>>): ResourceShape {
  return { ...shape, defaults };
}

function objectFrom(given: ObjectValue, nameAt: Location, entries: readonly ObjectEntry[]): ObjectValue {
  return { ...given, nameAt, entries };
}

/** An argument that is given and not null. */
function argument(given: ObjectValue, key: string): ObjectEntry | undefined {
  const entry = entryOf(given, key);
  return entry && !isNull(entry.value) ? entry : undefined;
}

function isFalse(given: ObjectValue, key: string): boolean {
  return knownBoolean(argument(given, key)?.value) === false;
}

function renamed(given: ObjectValue, from: string, to: string): readonly ObjectEntry[] {
  const entry = argument(given, from);
  return entry ? [{ ...entry, key: to }] : [];
}

/** The module takes an empty object for nothing. */
function nonEmpty(given: ObjectValue, key: string): readonly ObjectEntry[] {
  return renamed(given, key, key).filter(({ value }) => value.kind !== 'object' || value.entries.length > 0);
}

/** A map of load balancers by names of the caller's choice. */
function loadBalancers(given: ObjectValue): readonly ObjectEntry[] {
  const entry = argument(given, 'load_balancer');
  if (entry?.value.kind !== 'object') return entry ? [entry] : [];
  const { at, entries, unsaid } = entry.value;
  const items = entries.map((balancer) => balancer.value);
  return [{ ...entry, value: { kind: 'list', items, complete: unsaid === undefined, at } }];
}

/** Beside the groups that are given stands one that the module makes. */
function network(given: ObjectValue): readonly ObjectEntry[] {
  const entry = argument(given, 'security_group_ids') ?? argument(given, 'security_groups');
  const keyAt = entry?.keyAt ?? given.nameAt ?? given.at;
  const items = entry?.value.kind === 'list' ? entry.value.items : [];
  const groups: TerraformValue = { kind: 'list', items, complete: false, at: entry?.value.at ?? keyAt };
  const configuration: ObjectValue = {
    kind: 'object',
    entries: [{ key: 'security_groups', keyAt, value: groups }],
    at: keyAt,
  };
  return [{ key: 'network_configuration', keyAt, value: configuration }];
}

const CONTAINER_KEYS: Readonly<Record<string, string>> = { entrypoint: 'entryPoint', healthcheck: 'healthCheck' };

/** A map of containers by name, in the API's keys or in snake case. */
function containers({ arguments: given, pins, keyAt }: ServiceCall): ObjectEntry {
  const entry = argument(given, 'container_definitions');
  const key = 'container_definitions';
  if (entry?.value.kind !== 'object') {
    return { key, keyAt, value: entry?.value ?? { kind: 'list', items: [], complete: true, at: keyAt } };
  }
  const { at, entries, unsaid } = entry.value;
  const items = entries
    .filter(({ value }) => !(value.kind === 'object' && isFalse(value, 'create')))
    .map((one) => (one.value.kind === 'object' ? container(one, one.value, pins) : one.value));
  return { key, keyAt: entry.keyAt, value: { kind: 'list', items, complete: unsaid === undefined, at } };
}

function container(entry: ObjectEntry, object: ObjectValue, pins: boolean): ObjectValue {
  const given = object.entries.filter(({ value }) => !isNull(value));
  const entries = given.map((one) => ({
    ...one,
    key: CONTAINER_KEYS[one.key] ?? camelCase(one.key),
    value: camelKeys(one.value),
  }));
  const has = (key: string): boolean => entries.some((one) => one.key === key);
  const { keyAt } = entry;
  const name = has('name') ? [] : [{ key: 'name', keyAt, value: scalar(entry.key, keyAt) }];
  const version =
    pins && !has('versionConsistency') ? [{ key: 'versionConsistency', keyAt, value: scalar('disabled', keyAt) }] : [];
  return { ...object, nameAt: keyAt, entries: [...entries, ...name, ...version] };
}

/** Health checks and port mappings may be in snake case too. */
function camelKeys(value: TerraformValue): TerraformValue {
  if (value.kind === 'list') return { ...value, items: value.items.map(camelKeys) };
  if (value.kind !== 'object') return value;
  return { ...value, entries: value.entries.map((entry) => ({ ...entry, key: camelCase(entry.key) })) };
}
