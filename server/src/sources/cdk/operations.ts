// What acts on services from outside in a CDK program: scaling, alarms, event rules, repositories; and the resources of
// CloudFormation that it writes as such.

import type { Described, DescribedEntry, DescribedResource } from '../described/described.ts';
import { isReadType } from '../described/resources.ts';
import { logicalName } from './containers.ts';
import { behindPattern } from './patterns.ts';
import {
  type App,
  addressOf,
  argument,
  constant,
  defaulted,
  described,
  entry,
  itemsOf,
  listOf,
  madeOf,
  objectAt,
  objectFrom,
  objectOf,
  propertiesOf,
  property,
  reference,
  renamed,
  text,
  undecided,
} from './read.ts';
import { type CdkValue, entryOf, type Made, type ObjectValue, plainOf } from './values.ts';

export function operationsOf(made: Made, app: App): readonly DescribedResource[] {
  const { callee, receiver } = made;
  if (receiver) {
    if (callee === 'autoScaleTaskCount') return [scalableTarget(made, receiver, app)];
    return callee === 'createAlarm' ? [alarm(made, receiver, propertiesOf(made), app)] : [];
  }
  switch (callee) {
    case 'aws_ecr.Repository':
      return [repository(made, app)];
    case 'aws_events.Rule':
      return [eventRule(made, app)];
    case 'aws_codedeploy.EcsDeploymentGroup':
      return [deploymentGroup(made, app)];
    case 'aws_cloudwatch.Alarm': {
      const properties = propertiesOf(made);
      return [alarm(made, madeOf(property(properties, 'metric')), properties, app)];
    }
    default:
      return templateResource(made, app);
  }
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.ScalableTaskCount.html */
function scalableTarget(made: Made, service: Made, app: App): DescribedResource {
  const { at, nameAt } = made;
  const limits = objectOf(made.values[0] ?? made.keywords, at);
  const actions = made.calls
    .filter(({ callee }) => callee === 'scaleOnSchedule')
    .map((call) => {
      const options = propertiesOf(call, 1);
      const capacity = objectFrom(
        options,
        renamed(options, { minCapacity: 'minCapacity', maxCapacity: 'maxCapacity' }),
      );
      const name = argument(call, 0, 'id');
      return objectAt(call.at, call.nameAt, [
        ...(name ? [entry('scheduledActionName', call.nameAt, described(name, call.at))] : []),
        entry('schedule', call.nameAt, scheduleOf(property(options, 'schedule'), call)),
        entry('scalableTargetAction', call.nameAt, capacity),
      ]);
    });
  return {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    address: addressOf(app, made),
    properties: objectAt(at, nameAt, [
      entry('serviceNamespace', nameAt, text('ecs', nameAt)),
      entry('resourceId', nameAt, reference(addressOf(app, behindPattern(service)), nameAt)),
      ...renamed(limits, { minCapacity: 'minCapacity', maxCapacity: 'maxCapacity' }),
      entry('scheduledActions', nameAt, listOf(at, actions)),
    ]),
  };
}

/** `Schedule.cron({ hour: '20', minute: '0' })`. */
function scheduleOf(value: CdkValue | undefined, call: Made): Described {
  if (value?.kind !== 'made') return undecided(call.at);
  if (value.callee.endsWith('.expression')) return described(value.values[0] ?? value, value.at);
  if (!value.callee.endsWith('.cron')) return undecided(value.at);
  const fields = objectOf(value.values[0] ?? value.keywords, value.at);
  const field = (key: string, otherwise: string): string => String(plainOf(property(fields, key)) ?? otherwise);
  const day = property(fields, 'weekDay') ? '?' : field('day', '*');
  const weekDay = field('weekDay', '?');
  return text(
    `cron(${field('minute', '*')} ${field('hour', '*')} ${day} ${field('month', '*')} ${weekDay} ${field('year', '*')})`,
    value.at,
  );
}

function repository(made: Made, app: App): DescribedResource {
  const properties = propertiesOf(made);
  const spell = (name: string): string => name;
  return {
    type: 'AWS::ECR::Repository',
    address: addressOf(app, made),
    ...logicalName(made),
    properties: objectAt(
      made.at,
      made.nameAt,
      [
        ...renamed(properties, { repositoryName: 'repositoryName' }),
        ...constant(properties, 'imageTagMutability', 'imageTagMutability', spell),
      ],
      properties.unsaid,
    ),
  };
}

function eventRule(made: Made, app: App): DescribedResource {
  const pattern = entryOf(propertiesOf(made), 'eventPattern');
  const object = pattern && objectOf(pattern.value, pattern.keyAt);
  const entries = (object?.entries ?? []).map(({ key, keyAt, value }) =>
    entry(key === 'detailType' ? 'detail-type' : key, keyAt, described(value, keyAt)),
  );
  return {
    type: 'AWS::Events::Rule',
    address: addressOf(app, made),
    properties: objectAt(made.at, made.nameAt, [
      ...(pattern && object ? [entry('eventPattern', pattern.keyAt, objectFrom(object, entries))] : []),
    ]),
  };
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_codedeploy.EcsDeploymentGroup.html */
function deploymentGroup(made: Made, app: App): DescribedResource {
  const { at, nameAt } = made;
  const properties = propertiesOf(made);
  const service = madeOf(property(properties, 'service'));
  const deployed = service ? reference(addressOf(app, behindPattern(service)), nameAt) : undecided(nameAt);
  const added = made.calls.filter(({ callee }) => callee === 'addAlarm').flatMap(({ values }) => values);
  const alarms = [...itemsOf(property(properties, 'alarms')), ...added].map((value) => {
    const named = madeOf(value);
    return named ? reference(addressOf(app, named), nameAt) : undecided(nameAt);
  });
  const watched = objectAt(at, nameAt, [
    entry('enabled', nameAt, text(true, nameAt)),
    entry('alarms', nameAt, listOf(at, alarms)),
  ]);
  return {
    type: 'AWS::CodeDeploy::DeploymentGroup',
    address: addressOf(app, made),
    properties: objectAt(
      at,
      nameAt,
      [
        ...renamed(properties, { deploymentGroupName: 'deploymentGroupName' }),
        entry('ecsServices', nameAt, listOf(at, [objectAt(at, nameAt, [entry('serviceName', nameAt, deployed)])])),
        entry('autoRollbackConfiguration', nameAt, autoRollback(made, properties, alarms.length > 0)),
        ...(alarms.length > 0 ? [entry('alarmConfiguration', nameAt, watched)] : []),
      ],
      properties.unsaid,
    ),
  };
}

/** https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-codedeploy/lib/private/utils.ts */
function autoRollback(made: Made, properties: ObjectValue, hasAlarms: boolean): Described {
  const { at, nameAt } = made;
  const settings = objectOf(property(properties, 'autoRollback'), nameAt);
  const switches = [
    { event: 'DEPLOYMENT_FAILURE', key: 'failedDeployment', otherwise: true },
    { event: 'DEPLOYMENT_STOP_ON_REQUEST', key: 'stoppedDeployment', otherwise: false },
    { event: 'DEPLOYMENT_STOP_ON_ALARM', key: 'deploymentInAlarm', otherwise: hasAlarms },
  ];
  const isOpen = ({ key }: (typeof switches)[number]): boolean =>
    property(settings, key) !== undefined && typeof plainOf(property(settings, key)) !== 'boolean';
  const events = switches.filter(({ key, otherwise }) => (plainOf(property(settings, key)) ?? otherwise) === true);
  const isWhole = settings.unsaid === undefined && properties.unsaid === undefined && !switches.some(isOpen);
  if (!isWhole) return undecided(nameAt);
  return objectAt(at, nameAt, [
    entry('enabled', nameAt, text(events.length > 0, nameAt)),
    entry(
      'events',
      nameAt,
      listOf(
        nameAt,
        events.map(({ event }) => text(event, nameAt)),
      ),
    ),
  ]);
}

/** An alarm watches whatever its metric belongs to: `targetGroup.metrics.unhealthyHostCount()`. */
function alarm(made: Made, metric: Made | undefined, properties: ObjectValue, app: App): DescribedResource {
  const { at, nameAt } = made;
  return {
    type: 'AWS::CloudWatch::Alarm',
    address: addressOf(app, made),
    properties: objectAt(at, nameAt, [
      ...renamed(properties, {
        alarmName: 'alarmName',
        evaluationPeriods: 'evaluationPeriods',
        datapointsToAlarm: 'datapointsToAlarm',
      }),
      ...(metric ? metricEntries(metric, app) : []),
      ...alarmActions(made),
    ]),
  };
}

/** An action is a construct: its class tells what it does. */
function alarmActions(made: Made): readonly DescribedEntry[] {
  const actions = made.calls
    .filter(({ callee }) => callee === 'addAlarmAction')
    .flatMap(({ at, values }) =>
      values.map((value) => (value.kind === 'made' ? text(value.callee, at) : undecided(at))),
    );
  return actions.length === 0 ? [] : [entry('alarmActions', made.nameAt, listOf(made.at, actions))];
}

function metricEntries(metric: Made, app: App): readonly DescribedEntry[] {
  const { at } = metric;
  const options = objectOf(metric.values[0] ?? metric.keywords, at);
  // https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cloudwatch.MetricOptions.html#period
  const period = defaulted(renamed(options, { period: 'period' }), 'period', 300, at, options.unsaid);
  if (!metric.receiver) return [...renamed(options, { namespace: 'namespace', metricName: 'metricName' }), ...period];
  let owner = metric.receiver;
  while (owner.isMember && owner.receiver && /^metrics$/.test(owner.callee)) owner = owner.receiver;
  const service = behindPattern(owner);
  const name = metricName(metric.callee);
  const dimension = objectAt(at, at, [
    entry('name', at, text('Resource', at)),
    entry('value', at, reference(addressOf(app, service), at)),
  ]);
  return [
    entry('namespace', at, undecided(at)),
    entry('metricName', at, text(name, at)),
    entry('dimensions', at, listOf(at, [dimension])),
    ...period,
  ];
}

/** `metricUnhealthyHostCount` and `unhealthyHostCount` are `UnHealthyHostCount`. */
function metricName(method: string): string {
  const name = method.replace(/^metric(?=[A-Z])/, '');
  const capitalized = name.charAt(0).toUpperCase() + name.slice(1);
  return capitalized.replace(/^Unhealthy/, 'UnHealthy').replace(/^Cpu/, 'CPU');
}

// Resources of CloudFormation

const SERVICES: Readonly<Record<string, string>> = {
  aws_codedeploy: 'CodeDeploy',
  aws_ec2: 'EC2',
  aws_ecs: 'ECS',
  aws_ecr: 'ECR',
  aws_elasticloadbalancingv2: 'ElasticLoadBalancingV2',
  aws_applicationautoscaling: 'ApplicationAutoScaling',
  aws_cloudwatch: 'CloudWatch',
  aws_events: 'Events',
  aws_scheduler: 'Scheduler',
};

/** `new ecs.CfnService(…)`: properties as in a template, with small first letters. */
function templateResource(made: Made, app: App): readonly DescribedResource[] {
  const [, module = '', name = ''] = /^(aws_\w+)\.Cfn([A-Z]\w*)$/.exec(made.callee) ?? [];
  const service = Object.hasOwn(SERVICES, module) ? SERVICES[module] : undefined;
  const type = `AWS::${service}::${name}`;
  if (service === undefined || !isReadType(type)) return [];
  const properties = propertiesOf(made);
  const entries = properties.entries.map(({ key, keyAt, value }) =>
    entry(key, keyAt, withReferences(value, made, app)),
  );
  return [
    {
      type,
      address: addressOf(app, made),
      ...logicalName(made),
      properties: objectAt(made.at, made.nameAt, entries, properties.unsaid),
    },
  ];
}

/** `taskDefinition.ref` and `targetGroup.attrTargetGroupArn` are the resource. */
function withReferences(value: CdkValue, made: Made, app: App): Described {
  if (
    value.kind === 'made' &&
    value.isMember &&
    value.receiver &&
    /^(?:ref|attr\w+|\w+(?:Arn|Id|Name))$/.test(value.callee)
  ) {
    return reference(addressOf(app, value.receiver), made.nameAt);
  }
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => withReferences(item, made, app)) };
  const object = value.kind === 'object' || value.kind === 'made' ? objectOf(value, made.at) : undefined;
  if (!object || (value.kind === 'made' && value.receiver)) return described(value, made.at);
  return objectFrom(
    object,
    object.entries.map(({ key, keyAt, value: held }) => entry(key, keyAt, withReferences(held, made, app))),
  );
}
