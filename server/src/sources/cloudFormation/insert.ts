// New resources of a template: a rule that sees deployments fail, and alarms that the service's deployments listen to.
// References are written as YAML's tags here; `inJson` has them as JSON's objects.

import { isList, type Json } from '../../base/json.ts';
import { type NewAlarms, TARGET_ARN_PLACEHOLDER } from '../../facts/edit.ts';
import { nameBeside } from '../../facts/reference.ts';
import { childOf, type ObjectNode, scalarText, type TreeNode } from '../../syntax/tree.ts';
import {
  type AlarmSettings,
  deploymentFailedPattern,
  freeName,
  runningTasksAlarm,
  unhealthyHostsAlarm,
} from '../newResources.ts';

export interface NewResource {
  readonly name: string;
  readonly value: Json;
  /** Whether deployments can listen to it: not where it refers to the service, which would refer to it in turn. */
  readonly isNamed: boolean;
}

/** Whom the rule tells is left to a person. */
export function deploymentFailedResource(resources: ObjectNode): NewResource {
  const taken = new Set(resources.entries.map(({ key }) => key));
  return {
    name: freeName('DeploymentFailedRule', taken),
    isNamed: false,
    value: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: deploymentFailedPattern,
        Targets: [{ Id: 'notify', Arn: TARGET_ARN_PLACEHOLDER }],
      },
    },
  };
}

/** The alarms that can be written; none where what they watch cannot be named in this template. */
export function alarmResources(resources: ObjectNode, alarms: NewAlarms): readonly NewResource[] {
  const id = nameBeside(alarms.service, alarms.service) ?? '';
  const service = childOf(resources, id);
  if (service?.kind !== 'object' || scalarText(childOf(service, 'Type') ?? NOTHING) !== 'AWS::ECS::Service') return [];
  const taken = new Set(resources.entries.map(({ key }) => key));
  const condition = scalarText(childOf(service, 'Condition') ?? NOTHING);
  const made = (settings: AlarmSettings, dimensions: Json, isNamed: boolean): NewResource => ({
    name: freeName(`${settings.id}Alarm`, taken),
    isNamed,
    value: {
      Type: 'AWS::CloudWatch::Alarm',
      ...(condition ? { Condition: condition } : {}),
      Properties: { ...capitalizedKeys(settings.properties), Dimensions: dimensions },
    },
  });
  const hosts = alarms.unhealthyHosts && targetDimensions(resources, alarms.unhealthyHosts, alarms.service, condition);
  const tasks = alarms.fewestTasks === undefined ? undefined : taskDimensions(id, childOf(service, 'Properties'));
  return [
    ...(alarms.unhealthyHosts && hosts
      ? [made(unhealthyHostsAlarm(alarms.unhealthyHosts.namespace), hosts, true)]
      : []),
    ...(tasks ? [made(runningTasksAlarm(alarms.fewestTasks ?? 1), tasks.dimensions, tasks.isApart)] : []),
  ];
}

const NOTHING: TreeNode = { kind: 'null', span: { start: 0, end: 0 } };

function targetDimensions(
  resources: ObjectNode,
  { targetGroup, loadBalancer }: NonNullable<NewAlarms['unhealthyHosts']>,
  beside: string,
  condition: string | undefined,
): Json | undefined {
  const group = nameBeside(targetGroup, beside);
  const balancer = nameBeside(loadBalancer, beside);
  if (group === undefined || balancer === undefined) return undefined;
  // What may not be there cannot be referred to by what is.
  const conditions = [group, balancer].map((one) => childOf(childOf(resources, one), 'Condition'));
  if (conditions.some((one) => one && scalarText(one) !== condition)) return undefined;
  return [
    { Name: 'TargetGroup', Value: { '!GetAtt': `${group}.TargetGroupFullName` } },
    { Name: 'LoadBalancer', Value: { '!GetAtt': `${balancer}.LoadBalancerFullName` } },
  ];
}

function taskDimensions(
  id: string,
  properties: TreeNode | undefined,
): { readonly dimensions: Json; readonly isApart: boolean } | undefined {
  const cluster = clusterName(childOf(properties, 'Cluster'));
  const written = childOf(properties, 'ServiceName');
  const name = written ? expression(written) : { '!GetAtt': `${id}.Name` };
  if (cluster === undefined || name === undefined) return undefined;
  const dimensions = [
    { Name: 'ClusterName', Value: cluster },
    { Name: 'ServiceName', Value: name },
  ];
  return { dimensions, isApart: written !== undefined };
}

/** `Cluster` takes a name or an ARN; the dimension is the name. */
function clusterName(node: TreeNode | undefined): Json | undefined {
  if (!node) return 'default';
  const text = scalarText(node);
  if (node.tag === undefined && text !== undefined) return text.slice(text.lastIndexOf('/') + 1);
  const resource = /^([A-Za-z0-9]+)\.Arn$/.exec(attributeOf(node) ?? '')?.[1];
  return resource === undefined ? expression(node) : { '!Ref': resource };
}

/** `Cluster.Arn`, in each spelling of `GetAtt`. */
function attributeOf(node: TreeNode): string | undefined {
  const argument = node.tag === '!GetAtt' ? node : childOf(node, 'Fn::GetAtt');
  if (argument?.kind === 'array') return argument.items.map((item) => scalarText(item) ?? '').join('.');
  return argument && scalarText(argument);
}

/** What stands there, to be written once more; undefined for what has too many parts. */
function expression(node: TreeNode): Json | undefined {
  if (node.kind === 'template' || (node.kind === 'string' && node.template && node.tag === undefined)) return undefined;
  const text = scalarText(node);
  if (text !== undefined) return node.tag === undefined ? text : { [node.tag]: text };
  if (node.kind !== 'object' || node.tag !== undefined) return undefined;
  const [only, other] = node.entries;
  const argument = only && !other ? scalarText(only.value) : undefined;
  return only && argument !== undefined && only.value.tag === undefined ? { [tagOf(only.key)]: argument } : undefined;
}

function tagOf(name: string): string {
  return `!${name.replace(/^Fn::/, '')}`;
}

/** Tags as JSON writes them: `{ "Ref": "Alarm" }`, `{ "Fn::GetAtt": ["Service", "Name"] }`. */
export function inJson(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(inJson);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (!key.startsWith('!')) return [key, inJson(item)];
      if (key === '!GetAtt' && typeof item === 'string') return ['Fn::GetAtt', splitOnce(item)];
      return [key === '!Ref' || key === '!Condition' ? key.slice(1) : `Fn::${key.slice(1)}`, inJson(item)];
    }),
  );
}

function splitOnce(attribute: string): readonly string[] {
  const dot = attribute.indexOf('.');
  return [attribute.slice(0, dot), attribute.slice(dot + 1)];
}

export function capitalized(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function capitalizedKeys(value: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [capitalized(key), spelled(item)]));
}

/** A value of the API in a template's spelling. */
export function spelled(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? value.map(spelled) : capitalizedKeys(value);
}
