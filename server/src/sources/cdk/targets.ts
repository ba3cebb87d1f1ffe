// Target groups and listeners of a CDK program, and which services register with them.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_elasticloadbalancingv2-readme.html

import type { Location } from '../../base/text.ts';
import type { Described, DescribedEntry, DescribedResource } from '../described/described.ts';
import { defaultContainer, isTaskDefinition, networkModeOf } from './containers.ts';
import { withOverrides } from './overrides.ts';
import {
  type App,
  addressOf,
  argument,
  constant,
  described,
  entry,
  itemsOf,
  listOf,
  madeOf,
  objectAt,
  objectOf,
  propertiesOf,
  property,
  reference,
  renamed,
  text,
  undecided,
} from './read.ts';
import { type CdkValue, isNothing, type Made, type ObjectValue } from './values.ts';

const TARGET_GROUP = /^aws_elasticloadbalancingv2\.(?:Application|Network)TargetGroup$/;
const LOAD_BALANCER = /^aws_elasticloadbalancingv2\.(?:Application|Network)LoadBalancer$/;
const LISTENER = /^aws_elasticloadbalancingv2\.(?:Application|Network)Listener(?:Rule)?$/;

/** What sends traffic to a service: a target group, a container and its port. */
export interface Attachment {
  readonly service: Made;
  readonly group: Made;
  readonly at: Location;
  readonly containerName?: Described;
  readonly containerPort?: Described;
}

/** A call or construct that makes a target group; `index` is that of its properties. */
export function targetGroupProperties(made: Made): ObjectValue | undefined {
  if (TARGET_GROUP.test(made.callee) && !made.receiver) return propertiesOf(made);
  return made.callee === 'addTargets' && made.receiver ? propertiesOf(made, 1) : undefined;
}

export function attachmentsOf(app: App): readonly Attachment[] {
  return app.made.flatMap((made): readonly Attachment[] => {
    const group = targetGroupProperties(made);
    if (group) return targetsOf(itemsOf(property(group, 'targets')), made);
    const { callee, receiver } = made;
    if (!receiver) return [];
    if (callee === 'addTarget') return targetsOf(made.values, receiver);
    if (/^attachTo(?:Application|Network)TargetGroup$/.test(callee)) {
      const target = madeOf(argument(made, 0, 'targetGroup'));
      return target ? targetsOf([receiver], target) : [];
    }
    return callee === 'registerLoadBalancerTargets' ? registered(made, receiver) : [];
  });
}

function targetsOf(targets: readonly CdkValue[], group: Made): readonly Attachment[] {
  return targets.flatMap((target): readonly Attachment[] => {
    const made = madeOf(target);
    if (!made) return [];
    if (made.callee !== 'loadBalancerTarget' || !made.receiver) return [{ service: made, group, at: made.at }];
    const options = objectOf(made.values[0] ?? made.keywords, made.at);
    return [{ service: made.receiver, group, at: options.at, ...containerOf(options) }];
  });
}

function containerOf(options: ObjectValue): Pick<Attachment, 'containerName' | 'containerPort'> {
  const name = property(options, 'containerName');
  const port = property(options, 'containerPort');
  return {
    ...(name ? { containerName: described(name, options.at) } : {}),
    ...(port ? { containerPort: described(port, options.at) } : {}),
  };
}

/** `service.registerLoadBalancerTargets({ containerName, containerPort, newTargetGroupId, listener })`. */
function registered(made: Made, service: Made): readonly Attachment[] {
  return made.values.map((value) => {
    const options = objectOf(value, made.at);
    return { service, group: made, at: options.at, ...containerOf(options) };
  });
}

/** The description of an attachment as a load balancer of its service. */
export function loadBalancerOf(attachment: Attachment, task: Made | undefined, app: App): Described {
  const { at, group } = attachment;
  const container = task && isTaskDefinition(task) ? defaultContainer(task, app) : undefined;
  const name = attachment.containerName ?? container?.name ?? undecided(at);
  const port =
    attachment.containerPort ??
    (attachment.containerName ? portOf(attachment.containerName, task, app) : container?.port);
  return objectAt(at, at, [
    entry('targetGroupArn', at, reference(addressOf(app, group), at)),
    entry('containerName', at, name),
    entry('containerPort', at, port ?? undecided(at)),
  ]);
}

function portOf(name: Described, task: Made | undefined, app: App): Described | undefined {
  const wanted = name.kind === 'scalar' && name.value.state === 'known' ? name.value.value : undefined;
  const container = task && defaultContainer(task, app);
  const own = container?.name;
  return own?.kind === 'scalar' && own.value.state === 'known' && own.value.value === wanted
    ? container?.port
    : undefined;
}

// Resources

export function targetGroupOf(
  made: Made,
  properties: ObjectValue,
  targetType: TargetType,
  app: App,
): DescribedResource {
  const { at, nameAt } = made;
  const checks = made.calls.filter(({ callee }) => callee === 'configureHealthCheck');
  const check = checks.map((call) => objectOf(call.values[0] ?? call.keywords, call.at)).at(-1);
  const type = constant(properties, 'targetType', 'targetType', (name) => name.toLowerCase());
  return {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    address: addressOf(app, made),
    properties: withOverrides(
      objectAt(
        at,
        nameAt,
        [
          ...renamed(properties, { port: 'port', targetGroupName: 'name' }),
          ...constant(properties, 'protocol', 'protocol'),
          ...targetTypeEntries(type, targetType, nameAt),
          ...healthCheckOf(check ?? objectOf(property(properties, 'healthCheck'), nameAt)),
          ...deregistrationDelay(properties, made),
        ],
        properties.unsaid,
      ),
      made,
    ),
  };
}

/** What the services that register with a group make of it; `unknown` where that is not in view. */
export type TargetType = 'ip' | 'instance' | 'unknown' | undefined;

/** https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ecs/lib/base/base-service.ts */
export function targetTypeOf(service: Made): TargetType {
  if (/Fargate/.test(service.callee)) return 'ip';
  const task = madeOf(property(propertiesOf(service), 'taskDefinition'));
  const mode = task && isTaskDefinition(task) ? networkModeOf(task) : undefined;
  if (mode === undefined) return 'unknown';
  return mode === 'awsvpc' ? 'ip' : 'instance';
}

function targetTypeEntries(
  written: readonly DescribedEntry[],
  type: TargetType,
  nameAt: Location,
): readonly DescribedEntry[] {
  if (type === undefined || written.length > 0) return written;
  return [entry('targetType', nameAt, type === 'unknown' ? undecided(nameAt) : text(type, nameAt))];
}

export function healthCheckOf(check: ObjectValue): readonly DescribedEntry[] {
  return [
    ...renamed(check, {
      enabled: 'healthCheckEnabled',
      path: 'healthCheckPath',
      healthyHttpCodes: 'healthyHttpCodes',
      port: 'healthCheckPort',
      interval: 'healthCheckIntervalSeconds',
      timeout: 'healthCheckTimeoutSeconds',
      healthyThresholdCount: 'healthyThresholdCount',
      unhealthyThresholdCount: 'unhealthyThresholdCount',
    }),
    ...constant(check, 'protocol', 'healthCheckProtocol'),
  ];
}

const DELAY = 'deregistration_delay.timeout_seconds';

function deregistrationDelay(properties: ObjectValue, made: Made): readonly DescribedEntry[] {
  const written = renamed(properties, { deregistrationDelay: 'value' });
  const set = made.calls.flatMap((call) => {
    const key = call.callee === 'setAttribute' ? argument(call, 0, 'key') : undefined;
    const value =
      key?.kind === 'scalar' && key.value.state === 'known' && key.value.value === DELAY
        ? argument(call, 1, 'value')
        : undefined;
    return value ? [entry('value', call.at, described(value, call.at))] : [];
  });
  const found = [...written, ...set].at(-1);
  if (!found) return [];
  const attribute = objectAt(found.keyAt, found.keyAt, [entry('key', found.keyAt, text(DELAY, found.keyAt)), found]);
  return [entry('targetGroupAttributes', found.keyAt, listOf(found.keyAt, [attribute]))];
}

/** Load balancers, listeners and what their methods add. */
export function balancingOf(made: Made, app: App): readonly DescribedResource[] {
  if (made.receiver === undefined && LOAD_BALANCER.test(made.callee)) return [balancerOf(made, app)];
  if (made.receiver === undefined && LISTENER.test(made.callee)) {
    const properties = propertiesOf(made);
    return [
      listenerOf(made, madeOf(property(properties, 'loadBalancer')), madeOf(property(properties, 'listener')), app),
    ];
  }
  if (!made.receiver) return [];
  if (made.callee === 'addListener') return [listenerOf(made, made.receiver, undefined, app)];
  if (/^add(?:Targets|TargetGroups|Action)$/.test(made.callee))
    return [listenerOf(made, undefined, made.receiver, app)];
  return [];
}

function balancerOf(made: Made, app: App): DescribedResource {
  const type = made.callee.includes('Network') ? 'network' : 'application';
  return {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    address: addressOf(app, made),
    properties: objectAt(made.at, made.nameAt, [
      ...renamed(propertiesOf(made), { loadBalancerName: 'name' }),
      entry('type', made.nameAt, text(type, made.nameAt)),
      entry('securityGroups', made.nameAt, undecided(made.nameAt)),
    ]),
  };
}

function listenerOf(made: Made, balancer: Made | undefined, listener: Made | undefined, app: App): DescribedResource {
  const { at, nameAt } = made;
  const groups = groupsOf(made).map((group) =>
    objectAt(at, at, [entry('targetGroupArn', at, reference(addressOf(app, group), at))]),
  );
  return {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    address: `${addressOf(app, made)}/listener`,
    properties: objectAt(at, nameAt, [
      ...(balancer ? [entry('loadBalancerArn', nameAt, reference(addressOf(app, balancer), nameAt))] : []),
      ...(listener ? [entry('listenerArn', nameAt, reference(`${addressOf(app, listener)}/listener`, nameAt))] : []),
      entry('defaultActions', nameAt, listOf(at, groups, !made.escaped)),
    ]),
  };
}

function groupsOf(made: Made): readonly Made[] {
  if (made.callee === 'addTargets') return [made];
  const properties = propertiesOf(made, made.receiver ? 1 : 2);
  const action = madeOf(property(properties, 'defaultAction') ?? property(properties, 'action'));
  const forwarded = action?.callee.endsWith('.forward') ? itemsOf(argument(action, 0, 'targetGroups')) : [];
  const named = ['targetGroups', 'defaultTargetGroups'].flatMap((key) => itemsOf(property(properties, key)));
  return [...named, ...forwarded].flatMap((value) => (isNothing(value) ? [] : (madeOf(value) ?? [])));
}
