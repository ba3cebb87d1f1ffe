// New resources beside a service: a rule that sees deployments fail, and alarms that the service's deployments listen to.
// Values are templates as a configuration in JSON writes them, `${aws_lb.main.arn_suffix}`; HCL writes a template that is one
// expression bare.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm

import type { Json } from '../../base/json.ts';
import { type NewAlarms, type ResourceNames, TARGET_ARN_PLACEHOLDER } from '../../facts/edit.ts';
import { type Address, addressBeside, nameBeside } from '../../facts/reference.ts';
import { attributeOf, type HclBlock, type HclBody, type HclExpression } from '../../syntax/hcl/tree.ts';
import {
  type AlarmSettings,
  deploymentFailedPattern,
  freeName,
  runningTasksAlarm,
  unhealthyHostsAlarm,
} from '../newResources.ts';
import { isJsonConfiguration } from './jsonConfiguration.ts';
import { escapeHcl } from './render.ts';
import { snakeCase } from './shapes.ts';

export interface NewResource {
  readonly type: string;
  readonly name: string;
  readonly attributes: { readonly [key: string]: Json };
}

interface File {
  readonly uri: string;
  readonly text: string;
  readonly body: HclBody;
}

/** The resources of a fix, where they can be written. */
export function newResources(
  file: File,
  block: HclBlock,
  resource: 'deploymentFailedRule' | NewAlarms,
): readonly NewResource[] {
  if (resource === 'deploymentFailedRule') return deploymentFailedResources(file);
  return block.labels[0]?.text === 'aws_ecs_service' ? alarmResources(file, block, resource) : [];
}

/** New alarms as the service's own: by their addresses, as those that stood there before. */
export function listeningTo(
  made: readonly NewResource[],
  service: Address,
): { readonly path: readonly string[]; readonly value: Json; readonly names: ResourceNames } {
  const resources = made.map(({ type, name }) => ({ text: name, address: addressBeside(`${type}.${name}`, service) }));
  const value = { alarmNames: resources.map(({ text }) => text), enable: true, rollback: true };
  return { path: ['deploymentConfiguration', 'alarms'], value, names: { beside: service, resources } };
}

/** Undefined where what is only a stand-in cannot be referred to. */
export function referencesOf(
  { beside, resources }: ResourceNames,
  file: File,
): ReadonlyMap<string, string> | undefined {
  const references = new Map<string, string>();
  for (const { text, address, isStandIn } of resources) {
    const name = nameBeside(address, beside);
    if (name !== undefined && !refersBack(name, beside, file)) references.set(text, `\${${name}.alarm_name}`);
    else if (isStandIn) return undefined;
  }
  return references;
}

/** What names the service, in its own name for one, cannot be referred to by the service. */
function refersBack(name: string, service: Address, { text, body }: File): boolean {
  const block = body.blocks.find(({ labels }) => labels.map((label) => label.text).join('.') === name);
  const own = nameBeside(service, service) ?? '';
  return block !== undefined && text.slice(block.span.start, block.span.end).includes(own);
}

const PATTERN = `\${jsonencode({
    source      = ["aws.ecs"]
    detail-type = ["ECS Deployment State Change"]
    detail      = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
  })}`;

/** Whom it tells is left to a person. */
function deploymentFailedResources(file: File): readonly NewResource[] {
  const name = freeName('deployment_failed', namesIn(file), '_');
  const pattern = isJsonConfiguration(file.uri) ? JSON.stringify(deploymentFailedPattern) : PATTERN;
  return [
    { type: 'aws_cloudwatch_event_rule', name, attributes: { event_pattern: pattern } },
    {
      type: 'aws_cloudwatch_event_target',
      name,
      attributes: { rule: `\${aws_cloudwatch_event_rule.${name}.name}`, arn: TARGET_ARN_PLACEHOLDER },
    },
  ];
}

/** The alarms that can be written; none where what they watch cannot be named beside the service. */
function alarmResources(file: File, service: HclBlock, alarms: NewAlarms): readonly NewResource[] {
  const isExpanded = service.body.attributes.some(({ name }) => name === 'count' || name === 'for_each');
  const name = templateOf(attributeOf(service.body, 'name')?.value, file);
  if (isExpanded || name === undefined) return [];
  const made = (settings: AlarmSettings, dimensions: Json): NewResource => {
    const label = snakeCase(settings.id).slice(1);
    const properties = Object.entries(settings.properties).map(([key, value]) => [snakeCase(key), value] as const);
    const attributes = {
      alarm_name: `${name}-${label.replaceAll('_', '-')}`,
      ...Object.fromEntries(properties),
      dimensions,
    };
    return { type: 'aws_cloudwatch_metric_alarm', name: freeName(label, namesIn(file), '_'), attributes };
  };
  const hosts = alarms.unhealthyHosts && targetDimensions(alarms.unhealthyHosts, alarms.service);
  const cluster = alarms.fewestTasks === undefined ? undefined : clusterName(service, file);
  return [
    ...(alarms.unhealthyHosts && hosts ? [made(unhealthyHostsAlarm(alarms.unhealthyHosts.namespace), hosts)] : []),
    // A reference to the service would close a circle: the service refers to the alarm.
    ...(cluster === undefined
      ? []
      : [made(runningTasksAlarm(alarms.fewestTasks ?? 1), { ClusterName: cluster, ServiceName: name })]),
  ];
}

function targetDimensions(
  { targetGroup, loadBalancer }: NonNullable<NewAlarms['unhealthyHosts']>,
  beside: Address,
): Json | undefined {
  const group = nameBeside(targetGroup, beside);
  const balancer = nameBeside(loadBalancer, beside);
  if (group === undefined || balancer === undefined) return undefined;
  return { TargetGroup: `\${${group}.arn_suffix}`, LoadBalancer: `\${${balancer}.arn_suffix}` };
}

const CLUSTER = /^\$\{((?:data\.)?aws_ecs_cluster\.[\w-]+(?:\[\w+\])?)\.(?:id|arn|name|cluster_name)\}$/;

/** `cluster` takes a name or an ARN; the dimension is the name. */
function clusterName(service: HclBlock, file: File): string | undefined {
  const attribute = attributeOf(service.body, 'cluster');
  if (!attribute) return 'default';
  const template = templateOf(attribute.value, file);
  if (template === undefined || !template.includes('${')) return template?.slice(template.lastIndexOf('/') + 1);
  const resource = CLUSTER.exec(template)?.[1];
  if (resource !== undefined) return `\${${resource}.${resource.startsWith('data.') ? 'cluster_name' : 'name'}}`;
  const [, inner] = /^\$\{([^{}"]*)\}$/.exec(template) ?? [];
  // `element` starts over where there is no second part: a name stays as it is.
  return inner === undefined ? undefined : `\${element(split("/", ${inner}), 1)}`;
}

/** A text as a template, an expression as the only part of one; undefined for what is neither. */
function templateOf(expression: HclExpression | undefined, { uri, text }: File): string | undefined {
  switch (expression?.kind) {
    case 'string':
      return escapeHcl(expression.value);
    case 'template': {
      const written = text.slice(expression.inner.start, expression.inner.end);
      if (written.includes('\n')) return undefined;
      return isJsonConfiguration(uri) ? decoded(written) : written;
    }
    case 'reference':
    case 'access':
    case 'call': {
      const written = text.slice(expression.span.start, expression.span.end);
      return isJsonConfiguration(uri) || written.includes('\n') ? undefined : `\${${written}}`;
    }
    default:
      return undefined;
  }
}

function decoded(written: string): string | undefined {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return undefined;
  }
}

function namesIn({ body }: File): ReadonlySet<string | undefined> {
  return new Set(body.blocks.map(({ labels }) => labels.at(-1)?.text));
}

// Text of HCL

/** Blocks to stand behind another one. */
export function blocksText(resources: readonly NewResource[]): string {
  return resources.map(blockText).join('');
}

function blockText({ type, name, attributes }: NewResource): string {
  const entries = Object.entries(attributes);
  const plain = entries.filter(([, value]) => typeof value !== 'object');
  const nested = entries.filter(([, value]) => typeof value === 'object');
  const lines = [
    aligned(plain, '  '),
    ...nested.map(([key, value]) => `\n  ${key} = {\n${aligned(Object.entries(Object(value)), '    ')}  }\n`),
  ];
  return `\n\nresource "${type}" "${name}" {\n${lines.join('')}}`;
}

function aligned(entries: readonly (readonly [string, unknown])[], indent: string): string {
  const width = Math.max(0, ...entries.map(([key]) => key.length));
  return entries.map(([key, value]) => `${indent}${key.padEnd(width)} = ${valueText(value)}\n`).join('');
}

function valueText(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return isExpression(value) ? value.slice(2, -1) : `"${value}"`;
}

/** `${…}` as a whole. */
function isExpression(template: string): boolean {
  if (!template.startsWith('${') || !template.endsWith('}')) return false;
  let depth = 0;
  for (let index = 1; index < template.length; index++) {
    if (template[index] === '{') depth++;
    else if (template[index] === '}') depth--;
    if (depth === 0) return index === template.length - 1;
  }
  return false;
}
