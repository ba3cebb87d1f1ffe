// Services of a CDK program as descriptions.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.FargateService.html

import type { Location } from '../../base/text.ts';
import type { Described, DescribedEntry, DescribedResource } from '../described/described.ts';
import { isTaskDefinition, logicalName, said } from './containers.ts';
import { withOverrides } from './overrides.ts';
import {
  type App,
  addressOf,
  argument,
  constant,
  constantOf,
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
import { groupsOf } from './securityGroups.ts';
import { type Attachment, loadBalancerOf } from './targets.ts';
import { type CdkValue, entryOf, isNothing, type Made, type ObjectValue, plainOf } from './values.ts';

const SERVICE = /^aws_ecs\.(?:Fargate|Ec2|External)Service$/;

/** https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ecs/lib/base/base-service.ts */
const DEFAULTS = { desiredCount: 1, minimum: 50, maximum: 200, grace: 60 };
const MANAGED = 'the CDK decides it';

export function isService(made: Made): boolean {
  return SERVICE.test(made.callee) && !made.receiver;
}

export function serviceOf(made: Made, attachments: readonly Attachment[], app: App): DescribedResource {
  const properties = propertiesOf(made);
  const task = madeOf(property(properties, 'taskDefinition'));
  const balancers = attachments.filter(({ service }) => service === made).map((one) => loadBalancerOf(one, task, app));
  const isFargate = made.callee === 'aws_ecs.FargateService';
  const taskDefinition =
    task && isTaskDefinition(task) ? reference(addressOf(app, task), made.nameAt) : undecided(made.nameAt);
  return serviceFrom(made, properties, taskDefinition, balancers, isFargate, app);
}

/** What services of every kind, those of patterns too, say in the same properties. */
export function serviceFrom(
  made: Made,
  properties: ObjectValue,
  taskDefinition: Described,
  balancers: readonly Described[],
  isFargate: boolean,
  app: App,
): DescribedResource {
  const { at, nameAt } = made;
  const isDaemon = plainOf(property(properties, 'daemon')) === true;
  const counted = isDaemon
    ? []
    : defaulted(countOf(properties), 'desiredCount', DEFAULTS.desiredCount, nameAt, properties.unsaid);
  const grace = renamed(properties, { healthCheckGracePeriod: 'healthCheckGracePeriodSeconds' });
  const entries = [
    ...renamed(properties, { serviceName: 'serviceName' }),
    entry('cluster', nameAt, undecided(nameAt)),
    entry('taskDefinition', nameAt, taskDefinition),
    ...counted,
    ...launchType(properties, isFargate, nameAt),
    ...(isDaemon ? [entry('schedulingStrategy', nameAt, text('DAEMON', nameAt))] : []),
    ...controller(properties),
    ...deployment(made, properties, isDaemon, app),
    ...(balancers.length > 0
      ? defaulted(grace, 'healthCheckGracePeriodSeconds', DEFAULTS.grace, nameAt, properties.unsaid)
      : grace),
    ...platformVersion(properties),
    ...networkConfiguration(made, app),
    ...said('loadBalancers', listOf(at, balancers, !made.escaped), nameAt),
    ...serviceConnect(made, properties),
  ];
  return {
    type: 'AWS::ECS::Service',
    address: addressOf(app, made),
    ...logicalName(made),
    properties: withOverrides(
      objectAt(at, nameAt, entries, properties.unsaid),
      made,
      isService(made) ? [] : ['service'],
    ),
  };
}

function countOf(properties: ObjectValue): readonly DescribedEntry[] {
  return renamed(properties, { desiredCount: 'desiredCount', minScalingCapacity: 'desiredCount' });
}

function launchType(properties: ObjectValue, isFargate: boolean, nameAt: Location): readonly DescribedEntry[] {
  const strategies = property(properties, 'capacityProviderStrategies');
  return strategies ? [] : [entry('launchType', nameAt, text(isFargate ? 'FARGATE' : 'EC2', nameAt))];
}

function controller(properties: ObjectValue): readonly DescribedEntry[] {
  const found = entryOf(properties, 'deploymentController');
  if (!found || isNothing(found.value)) return [];
  const object = objectOf(found.value, found.keyAt);
  return [entry('deploymentController', found.keyAt, objectFrom(object, constant(object, 'type', 'type')))];
}

function deployment(made: Made, properties: ObjectValue, isDaemon: boolean, app: App): readonly DescribedEntry[] {
  const { nameAt } = made;
  const { unsaid } = properties;
  const percents = renamed(properties, {
    minHealthyPercent: 'minimumHealthyPercent',
    maxHealthyPercent: 'maximumPercent',
  });
  const minimum = defaulted(percents, 'minimumHealthyPercent', isDaemon ? 0 : DEFAULTS.minimum, nameAt, unsaid);
  const entries = [
    ...defaulted(minimum, 'maximumPercent', isDaemon ? 100 : DEFAULTS.maximum, nameAt, unsaid),
    ...constant(properties, 'deploymentStrategy', 'strategy'),
    ...circuitBreaker(properties),
    ...alarms(made, properties, app),
  ];
  return [entry('deploymentConfiguration', nameAt, objectAt(made.at, nameAt, entries, unsaid))];
}

/** `circuitBreaker: {}` is on, and rolls nothing back. */
function circuitBreaker(properties: ObjectValue): readonly DescribedEntry[] {
  const found = entryOf(properties, 'circuitBreaker');
  if (!found || isNothing(found.value)) return [];
  const { keyAt } = found;
  const breaker = objectOf(found.value, keyAt);
  const said = renamed(breaker, { enable: 'enable', rollback: 'rollback' });
  const entries = defaulted(
    defaulted(said, 'enable', true, keyAt, breaker.unsaid),
    'rollback',
    false,
    keyAt,
    breaker.unsaid,
  );
  return [entry('deploymentCircuitBreaker', keyAt, objectFrom(breaker, entries, keyAt))];
}

function alarms(made: Made, properties: ObjectValue, app: App): readonly DescribedEntry[] {
  const enabled = made.calls.find(({ callee }) => callee === 'enableDeploymentAlarms');
  if (enabled) {
    const options = objectOf(enabled.values[1], enabled.at);
    return [alarmEntry(enabled.at, alarmNames(argument(enabled, 0, 'alarmNames'), enabled.at, app), options)];
  }
  const found = entryOf(properties, 'deploymentAlarms');
  if (!found || isNothing(found.value)) return [];
  const options = objectOf(found.value, found.keyAt);
  const names = property(options, 'alarmNames');
  return [alarmEntry(found.keyAt, alarmNames(names, found.keyAt, app), options)];
}

/** `alarm.alarmName` is the alarm. */
function alarmNames(names: CdkValue | undefined, at: Location, app: App): Described {
  if (names?.kind !== 'list') return names ? described(names, at) : undecided(at);
  const items = names.items.map((name) =>
    name.kind === 'made' && name.isMember && name.callee === 'alarmName' && name.receiver
      ? reference(addressOf(app, name.receiver), at)
      : described(name, at),
  );
  return listOf(names.at, items, names.complete);
}

function alarmEntry(at: Location, names: Described, options: ObjectValue): DescribedEntry {
  const rollback = constantOf(property(options, 'behavior')) !== 'FAIL_ON_ALARM';
  return entry(
    'alarms',
    at,
    objectAt(at, at, [
      entry('alarmNames', at, names),
      entry('enable', at, text(true, at)),
      entry('rollback', at, text(rollback, at)),
    ]),
  );
}

function platformVersion(properties: ObjectValue): readonly DescribedEntry[] {
  return constant(properties, 'platformVersion', 'platformVersion', (name) =>
    name.startsWith('VERSION') ? name.slice('VERSION'.length).split('_').concat('0', '0').slice(0, 3).join('.') : name,
  );
}

function networkConfiguration(made: Made, app: App): readonly DescribedEntry[] {
  const at = made.nameAt;
  const given = groupsOf(made)?.map((group) => reference(addressOf(app, group), at));
  const groups = entry('securityGroups', at, given ? listOf(at, given) : undecided(at, MANAGED));
  const vpc = entry('awsvpcConfiguration', at, objectAt(at, at, [groups], MANAGED));
  return [entry('networkConfiguration', at, objectAt(at, at, [vpc], MANAGED))];
}

function serviceConnect(made: Made, properties: ObjectValue): readonly DescribedEntry[] {
  const call = made.calls.find(({ callee }) => callee === 'enableServiceConnect');
  const value = property(properties, 'serviceConnectConfiguration') ?? (call && argument(call, 0, 'config'));
  if (!value) return [];
  const at = call?.at ?? made.nameAt;
  const configuration = objectOf(value, at);
  const services = property(configuration, 'services');
  const items = itemsOf(services).map((service) => {
    const object = objectOf(service, at);
    return objectFrom(object, renamed(object, { portMappingName: 'portName' }));
  });
  const complete = configuration.unsaid === undefined && (services === undefined || services.kind === 'list');
  return [
    entry(
      'serviceConnectConfiguration',
      at,
      objectFrom(configuration, [entry('services', at, listOf(configuration.at, items, complete))]),
    ),
  ];
}
