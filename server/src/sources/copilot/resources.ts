// The resources that Copilot makes of a manifest for one environment, as its templates write them.
// https://github.com/aws/copilot-cli/tree/mainline/internal/pkg/template/templates/workloads

import { type Location, locationOf } from '../../base/text.ts';
import { resourceAddress } from '../../facts/reference.ts';
import { isKnown, type Known, known, placeWithin } from '../../facts/value.ts';
import { childOf, entryOf, type TreeNode } from '../../syntax/tree.ts';
import type { Described, DescribedEntry, DescribedObject, DescribedResource } from '../described/described.ts';
import { describeNode } from '../described/tree.ts';
import { stringValue } from '../described/values.ts';
import { keyPlace, tokenOf } from '../treeValues.ts';
import { containersOf } from './containers.ts';
import {
  entry,
  JOB_TYPE,
  list,
  type Manifest,
  object,
  open,
  renamed,
  renamedOr,
  scalar,
  seconds,
  unsaidIn,
  wholeOf,
} from './manifest.ts';
import { type Ports, portsOf, type Route, usesServiceConnect } from './ports.ts';

const TASK = 'TaskDefinition';
const SERVICE = 'Service';
const BY_COPILOT = 'Copilot makes it when it deploys';
const NAMED_BY_COPILOT = 'Copilot names it after the application and the environment';

export function resourcesOf(manifest: Manifest): readonly DescribedResource[] {
  const ports = portsOf(manifest);
  const task = resource(manifest, TASK, 'AWS::ECS::TaskDefinition', taskDefinition(manifest, ports));
  if (manifest.type === JOB_TYPE) return [task];
  const groups = ports.routes.map((route, index) =>
    resource(
      manifest,
      groupId(ports.routes, index),
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      targetGroup(route, manifest),
    ),
  );
  const service = resource(manifest, SERVICE, 'AWS::ECS::Service', serviceProperties(manifest, ports));
  return [task, service, ...groups, ...scalableTarget(manifest)];
}

function resource(manifest: Manifest, id: string, type: string, properties: DescribedObject): DescribedResource {
  return { type, address: resourceAddress(manifest.uri, id), logicalName: manifest.name, properties };
}

/** As Copilot numbers them: `TargetGroup`, `TargetGroup1`, `NetworkLoadBalancerTargetGroup`. */
function groupId(routes: readonly Route[], index: number): string {
  const { balancer } = routes[index] ?? {};
  const name = balancer === 'network' ? 'NetworkLoadBalancerTargetGroup' : 'TargetGroup';
  const before = routes.slice(0, index).filter((route) => route.balancer === balancer).length;
  return before === 0 ? name : `${name}${before}`;
}

function taskDefinition(manifest: Manifest, ports: Ports): DescribedObject {
  const { root, nameAt, defaultsAt, name } = manifest;
  return object(
    wholeOf(manifest, root),
    nameAt,
    [
      entry('family', nameAt, open(NAMED_BY_COPILOT, nameAt, `\${APPLICATION}-\${ENVIRONMENT}-${name}`)),
      entry('networkMode', defaultsAt, scalar('awsvpc', defaultsAt)),
      entry('requiresCompatibilities', defaultsAt, list(defaultsAt, [scalar('FARGATE', defaultsAt)])),
      renamedOr(root, 'cpu', 'cpu', manifest, 256),
      renamedOr(root, 'memory', 'memory', manifest, 512),
      entry('executionRoleArn', defaultsAt, open(BY_COPILOT, defaultsAt)),
      entry('taskRoleArn', defaultsAt, open(BY_COPILOT, defaultsAt)),
      entry('containerDefinitions', defaultsAt, list(defaultsAt, containersOf(manifest, ports.exposed), root.complete)),
    ],
    unsaidIn(root),
  );
}

// Service

function serviceProperties(manifest: Manifest, { routes, exposed }: Ports): DescribedObject {
  const { root, uri, nameAt, defaultsAt } = manifest;
  const connected = exposed.find((one) => one.connected);
  return object(
    wholeOf(manifest, root),
    nameAt,
    [
      entry('serviceName', nameAt, open('CloudFormation names it when it is made', nameAt)),
      entry('cluster', defaultsAt, open(BY_COPILOT, defaultsAt)),
      entry('taskDefinition', defaultsAt, scalar(resourceAddress(uri, TASK), defaultsAt)),
      entry('launchType', defaultsAt, scalar('FARGATE', defaultsAt)),
      desiredCount(manifest),
      deploymentConfiguration(manifest),
      routes.length > 0 ? gracePeriod(manifest) : [],
      routes.length > 0 ? loadBalancers(routes, manifest) : [],
      serviceConnect(manifest, connected?.port.at),
      networkConfiguration(manifest),
    ],
    unsaidIn(root),
  );
}

function loadBalancers(routes: readonly Route[], { uri }: Manifest): readonly DescribedEntry[] {
  const items = routes.map(({ nameAt, node, container, port }, index) => {
    const at = node ? locationOf(uri, node.span.start, node.span.end) : nameAt;
    const address = resourceAddress(uri, groupId(routes, index));
    return object(at, nameAt, [
      entry('targetGroupArn', nameAt, scalar(address, nameAt)),
      entry('containerName', nameAt, scalar(container, containerAt(node, nameAt, uri))),
      entry('containerPort', nameAt, { kind: 'scalar', value: port }),
    ]);
  });
  const at = routes[0]?.nameAt;
  return at ? entry('loadBalancers', at, list(at, items)) : [];
}

function containerAt(node: TreeNode | undefined, nameAt: Location, uri: string): Location {
  const named = childOf(node, 'target_container') ?? childOf(node, 'targetContainer');
  return named ? tokenOf(uri, named) : nameAt;
}

/** A number, `spot`, or the least of a `range`: autoscaling begins there. */
function desiredCount(manifest: Manifest): readonly DescribedEntry[] {
  const { root } = manifest;
  const count = childOf(root, 'count');
  if (count?.kind !== 'object') return renamedOr(root, 'count', 'desiredCount', manifest, 1);
  const range = rangeOf(manifest);
  if (range) return entry('desiredCount', range.keyAt, range.minimum);
  return renamedOr(count, 'spot', 'desiredCount', manifest, 1);
}

interface Range {
  readonly keyAt: Location;
  readonly minimum: Described;
  readonly maximum: Described;
}

/** `1-10`, or `min` and `max`. */
function rangeOf(manifest: Manifest): Range | undefined {
  const { uri, root, reading } = manifest;
  const count = childOf(root, 'count');
  const found = count?.kind === 'object' ? entryOf(count, 'range') : undefined;
  if (!found) return undefined;
  const keyAt = keyPlace(uri, found);
  const inObject = (key: string): Described => {
    const [one] = renamed(found.value, key, key, manifest);
    return one?.value ?? open('the range does not say it', keyAt);
  };
  if (found.value.kind === 'object') return { keyAt, minimum: inObject('min'), maximum: inObject('max') };
  const text = stringValue(describeNode(found.value, reading));
  const digits = text.state === 'known' ? /^(\d+)-(\d+)$/.exec(text.value) : null;
  if (text.state !== 'known' || !digits) {
    const unread = open('it is no range', keyAt);
    return { keyAt, minimum: unread, maximum: unread };
  }
  const [, from = '', to = ''] = digits;
  return { keyAt, minimum: numberIn(text, 0, from), maximum: numberIn(text, text.value.length - to.length, to) };
}

function numberIn(text: Known<string>, start: number, digits: string): Described {
  const at = placeWithin(text, start, start + digits.length);
  const step = { at: text.at, text: `count.range ${text.value}` };
  return { kind: 'scalar', value: known(Number(digits), at, [step]) };
}

function scalableTarget(manifest: Manifest): readonly DescribedResource[] {
  const range = rangeOf(manifest);
  if (!range) return [];
  const { keyAt, minimum, maximum } = range;
  const properties = object(keyAt, keyAt, [
    entry('serviceNamespace', keyAt, scalar('ecs', keyAt)),
    entry('resourceId', keyAt, scalar(resourceAddress(manifest.uri, SERVICE), keyAt)),
    entry('minCapacity', keyAt, minimum),
    entry('maxCapacity', keyAt, maximum),
  ]);
  return [resource(manifest, 'AutoScalingTarget', 'AWS::ApplicationAutoScaling::ScalableTarget', properties)];
}

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#deployment */
function deploymentConfiguration(manifest: Manifest): readonly DescribedEntry[] {
  const { root, uri, defaultsAt, reading } = manifest;
  const deployment = childOf(root, 'deployment');
  const rolling = childOf(deployment, 'rolling');
  const how = rolling && stringValue(describeNode(rolling, reading));
  const at = how?.at ?? defaultsAt;
  const percent = (standard: number, recreate: number): Described => {
    if (how && !isKnown(how)) return open('the strategy stays open', at);
    return scalar(how && how.value.toLowerCase() === 'recreate' ? recreate : standard, at);
  };
  const on = scalar(true, defaultsAt);
  const breaker = [entry('enable', defaultsAt, on), entry('rollback', defaultsAt, on)];
  const found = entryOf(root, 'deployment');
  const keyAt = found ? keyPlace(uri, found) : defaultsAt;
  const entries = [
    entry('deploymentCircuitBreaker', defaultsAt, object(defaultsAt, defaultsAt, breaker)),
    entry('minimumHealthyPercent', at, percent(100, 0)),
    entry('maximumPercent', at, percent(200, 100)),
    alarms(manifest),
  ];
  return entry('deploymentConfiguration', keyAt, object(keyAt, keyAt, entries));
}

/** Names, or thresholds of alarms that Copilot makes. */
function alarms(manifest: Manifest): readonly DescribedEntry[] {
  const deployment = childOf(manifest.root, 'deployment');
  const found = deployment?.kind === 'object' ? entryOf(deployment, 'rollback_alarms') : undefined;
  if (!found || found.value.kind === 'null') return [];
  const keyAt = keyPlace(manifest.uri, found);
  const names =
    found.value.kind === 'array'
      ? describeNode(found.value, manifest.reading)
      : list(keyAt, [open(BY_COPILOT, keyAt)], false);
  const on = scalar(true, keyAt);
  const entries = [entry('alarmNames', keyAt, names), entry('enable', keyAt, on), entry('rollback', keyAt, on)];
  return entry('alarms', keyAt, object(keyAt, keyAt, entries));
}

function gracePeriod(manifest: Manifest): readonly DescribedEntry[] {
  const { root } = manifest;
  const key = 'healthCheckGracePeriodSeconds';
  const written = renamed(childOf(childOf(root, 'http'), 'healthcheck'), 'grace_period', key, manifest, seconds);
  if (written.length > 0) return written;
  return renamedOr(childOf(childOf(root, 'nlb'), 'healthcheck'), 'grace_period', key, manifest, 60, seconds);
}

function serviceConnect(manifest: Manifest, port: Location | undefined): readonly DescribedEntry[] {
  if (!usesServiceConnect(manifest)) return [];
  const { defaultsAt } = manifest;
  const services = port ? [object(port, port, [entry('portName', port, scalar('target', port))])] : [];
  const entries = [
    entry('enabled', defaultsAt, scalar(true, defaultsAt)),
    entry('services', defaultsAt, list(defaultsAt, services)),
  ];
  return entry('serviceConnectConfiguration', defaultsAt, object(defaultsAt, defaultsAt, entries));
}

/** The environment's own security group is not in view. */
function networkConfiguration({ defaultsAt }: Manifest): readonly DescribedEntry[] {
  const groups = entry('securityGroups', defaultsAt, list(defaultsAt, [], false));
  const awsvpc = entry('awsvpcConfiguration', defaultsAt, object(defaultsAt, defaultsAt, [groups]));
  return entry('networkConfiguration', defaultsAt, object(defaultsAt, defaultsAt, [awsvpc]));
}

// Target groups

function targetGroup(route: Route, manifest: Manifest): DescribedObject {
  const { uri } = manifest;
  const { node, nameAt, balancer, port } = route;
  const at = node ? wholeOf(manifest, node) : nameAt;
  const found = node && entryOf(node, 'healthcheck');
  const check = found?.value;
  const inCheck = (key: string, as: string, convert?: (part: Described) => Described): readonly DescribedEntry[] =>
    renamed(check, key, as, manifest, convert);
  const delay = renamedOr(node, 'deregistration_delay', 'value', manifest, 60, seconds);
  const attribute = object(nameAt, nameAt, [
    entry('key', nameAt, scalar('deregistration_delay.timeout_seconds', nameAt)),
    delay,
  ]);
  return object(
    at,
    nameAt,
    [
      entry('targetType', nameAt, scalar('ip', nameAt)),
      entry('protocol', nameAt, scalar(protocolOf(route), nameAt)),
      entry('port', nameAt, { kind: 'scalar', value: port }),
      balancer === 'application' ? pathOf(check, found ? keyPlace(uri, found) : nameAt, manifest) : [],
      inCheck('port', 'healthCheckPort'),
      inCheck('success_codes', 'healthyHttpCodes'),
      inCheck('interval', 'healthCheckIntervalSeconds', seconds),
      inCheck('timeout', 'healthCheckTimeoutSeconds', seconds),
      inCheck('healthy_threshold', 'healthyThresholdCount'),
      inCheck('unhealthy_threshold', 'unhealthyThresholdCount'),
      entry('targetGroupAttributes', nameAt, list(nameAt, [attribute])),
    ],
    unsaidIn(node, check),
  );
}

function protocolOf({ balancer, port, protocol }: Route): string {
  if (balancer === 'network') return protocol.toUpperCase();
  return isKnown(port) && port.value === 443 ? 'HTTPS' : 'HTTP';
}

/** `healthcheck` is a path, or an object that may hold one. */
function pathOf(check: TreeNode | undefined, keyAt: Location, manifest: Manifest): readonly DescribedEntry[] {
  const withSlash = (part: Described): Described => {
    if (part.kind !== 'scalar' || part.value.state !== 'known') return part;
    const path = String(part.value.value);
    return path.startsWith('/') ? part : scalar(`/${path}`, part.value.at);
  };
  const key = 'healthCheckPath';
  if (check?.kind === 'object') return renamedOr(check, 'path', key, manifest, '/', withSlash);
  if (!check || check.kind === 'null') return entry(key, keyAt, scalar('/', keyAt));
  return entry(key, keyAt, withSlash(describeNode(check, manifest.reading)));
}
