// The constructs of `aws-ecs-patterns`: a service, its task definition and its load balancer in one.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs_patterns-readme.html

import { type Location, locationOf } from '../../base/text.ts';
import { knownValue } from '../../facts/value.ts';
import type { Described, DescribedEntry, DescribedList, DescribedResource } from '../described/described.ts';
import {
  containerEntries,
  containersOf,
  defaultContainer,
  environmentOf,
  healthCheck,
  isTaskDefinition,
  logicalName,
  type ProgramContainer,
  said,
} from './containers.ts';
import { imageOf } from './images.ts';
import { withOverrides } from './overrides.ts';
import {
  type App,
  addressOf,
  defaulted,
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
import { serviceFrom } from './services.ts';
import { targetGroupOf } from './targets.ts';
import { type CdkValue, entryOf, isNothing, type Made, type ObjectValue, placeOf } from './values.ts';

const PATTERN =
  /^aws_ecs_patterns\.(?:(Application|Network)(?:LoadBalanced|MultipleTargetGroups)|(QueueProcessing)|(Scheduled))(Fargate|Ec2)(?:Service|Task)$/;
const MANAGED = 'the CDK makes it where it is needed';
const DEFAULT_PORT = 80;

interface Pattern {
  readonly made: Made;
  readonly kind: 'balanced' | 'multiple' | 'queue' | 'scheduled';
  readonly isFargate: boolean;
  readonly properties: ObjectValue;
  /** What the image of its container is said with, and the token that names that. */
  readonly options: ObjectValue;
  readonly optionsAt: Location;
}

export function isPattern(made: Made): boolean {
  return PATTERN.test(made.callee) && !made.receiver;
}

/** A pattern, where a value is the service that it makes. */
export function behindPattern(made: Made): Made {
  const { receiver, isMember, callee } = made;
  return isMember && receiver && callee === 'service' && isPattern(receiver) ? receiver : made;
}

/** https://github.com/aws/aws-cdk/tree/main/packages/aws-cdk-lib/aws-ecs-patterns/lib */
const CONTAINER_NAMES = {
  balanced: 'web',
  multiple: 'web',
  queue: 'QueueProcessingContainer',
  scheduled: 'ScheduledContainer',
} as const;

const OPTIONS = ['taskImageOptions', 'scheduledFargateTaskImageOptions', 'scheduledEc2TaskImageOptions'];

function patternOf(made: Made): Pattern {
  const [, balanced, queue, scheduled, launch] = PATTERN.exec(made.callee) ?? [];
  const properties = propertiesOf(made);
  const found = OPTIONS.map((key) => entryOf(properties, key)).find((one) => one && !isNothing(one.value));
  const isMultiple = made.callee.includes('MultipleTargetGroups');
  const kind = balanced
    ? isMultiple
      ? 'multiple'
      : 'balanced'
    : queue
      ? 'queue'
      : scheduled
        ? 'scheduled'
        : 'balanced';
  return {
    made,
    kind,
    isFargate: launch === 'Fargate',
    properties,
    options: found ? objectOf(found.value, found.keyAt) : properties,
    optionsAt: found ? optionsPlace(found.keyAt, found.value) : made.nameAt,
  };
}

/** The key, where the options stand behind it; else what the options start with. */
function optionsPlace(keyAt: Location, value: CdkValue): Location {
  const at = placeOf(value, keyAt);
  const gap = at.span.start - keyAt.span.end;
  if (at.uri === keyAt.uri && gap >= 0 && gap < 4) return keyAt;
  if (value.kind === 'made') return value.nameAt;
  return value.kind === 'object' ? locationOf(at.uri, at.span.start, at.span.start + 1) : keyAt;
}

export function patternFacts(made: Made, app: App): readonly DescribedResource[] {
  const pattern = patternOf(made);
  const given = madeOf(property(pattern.properties, 'taskDefinition'));
  const container =
    given && isTaskDefinition(given) ? defaultContainer(given, app) : given ? undefined : ownContainer(pattern, app);
  const task = given ? [] : [ownTaskDefinition(pattern, container, app)];
  if (pattern.kind === 'scheduled') return task;
  const address = given ? (isTaskDefinition(given) ? addressOf(app, given) : undefined) : taskAddress(made, app);
  const taskDefinition = address === undefined ? undecided(made.nameAt) : reference(address, made.nameAt);
  const isBalanced = pattern.kind === 'balanced' || pattern.kind === 'multiple';
  const balancers = isBalanced ? balancersOf(pattern, container, app) : [];
  const service = serviceFrom(made, pattern.properties, taskDefinition, balancers, pattern.isFargate, app);
  return [...task, service, ...(isBalanced ? targetGroups(pattern, app) : [])];
}

function taskAddress(made: Made, app: App): string {
  return `${addressOf(app, made)}.taskDefinition`;
}

// The container

function ownContainer(pattern: Pattern, app: App): ProgramContainer {
  const { options, optionsAt, made, kind, properties } = pattern;
  const { image, build } = imageOf(property(options, 'image'), optionsAt, app);
  const written = property(options, 'containerName');
  const name = written ? described(written, optionsAt) : text(CONTAINER_NAMES[kind], made.nameAt);
  const mappings = mappingsOf(pattern);
  // The health check of a container stands among the properties of the service.
  const checks = kind === 'queue' || kind === 'balanced' ? healthCheck(properties) : [];
  const entries = [
    entry('name', optionsAt, name),
    entry('image', optionsAt, image),
    ...containerEntries(options).filter(({ key }) => key !== 'healthCheck'),
    ...checks,
    ...said('environment', environmentOf(options, [], made), optionsAt),
    ...said('portMappings', mappings.list, optionsAt),
  ];
  const description = objectAt(made.at, optionsAt, entries, options.unsaid);
  const [port] = mappings.ports;
  return { description: build ? { ...description, build } : description, name, ...(port ? { port } : {}) };
}

interface Mappings {
  readonly list: DescribedList;
  readonly ports: readonly Described[];
}

function mappingsOf({ kind, options, optionsAt, properties }: Pattern): Mappings {
  if (kind === 'queue' || kind === 'scheduled') return { list: listOf(optionsAt, []), ports: [] };
  const ports =
    kind === 'multiple' ? distinctPorts(multiplePorts(options, properties, optionsAt)) : singlePort(options, optionsAt);
  const items = ports.map((port) => {
    const at = port.kind === 'scalar' ? port.value.at : optionsAt;
    return objectAt(at, at, [entry('containerPort', at, port)]);
  });
  return { list: listOf(optionsAt, items), ports };
}

function singlePort(options: ObjectValue, optionsAt: Location): readonly Described[] {
  const written = renamed(options, { containerPort: 'containerPort' });
  return defaulted(written, 'containerPort', DEFAULT_PORT, optionsAt, options.unsaid).map(({ value }) => value);
}

function multiplePorts(options: ObjectValue, properties: ObjectValue, optionsAt: Location): readonly Described[] {
  const own = itemsOf(property(options, 'containerPorts'));
  const targets = itemsOf(property(properties, 'targetGroups')).flatMap((group) => {
    const port = property(objectOf(group, optionsAt), 'containerPort');
    return port ? [port] : [];
  });
  const ports = [...own, ...targets].map((port) => described(port, optionsAt));
  return ports.length > 0 ? ports : singlePort(options, optionsAt);
}

/** A port that is mapped already is not mapped again. */
function distinctPorts(ports: readonly Described[]): readonly Described[] {
  const known = ports.map((port) => (port.kind === 'scalar' ? knownValue(port.value) : undefined));
  return ports.filter((_, index) => known[index] === undefined || known.indexOf(known[index]) === index);
}

function ownTaskDefinition(pattern: Pattern, container: ProgramContainer | undefined, app: App): DescribedResource {
  const { made, properties, options, isFargate, kind } = pattern;
  const { at, nameAt } = made;
  const part = made.members.get('taskDefinition');
  const added = part ? containersOf(part, app).map(({ description }) => description) : [];
  const containers = listOf(at, container ? [container.description, ...added] : added, !made.escaped && !part?.escaped);
  const sizes = [
    ...renamed(properties, { cpu: 'cpu', memoryLimitMiB: 'memory' }),
    ...renamed(kind === 'scheduled' ? options : { ...options, entries: [] }, { cpu: 'cpu', memoryLimitMiB: 'memory' }),
  ];
  const sized = isFargate
    ? defaulted(defaulted(sizes, 'cpu', 256, nameAt, properties.unsaid), 'memory', 512, nameAt, properties.unsaid)
    : [];
  const compatibility: readonly DescribedEntry[] = isFargate
    ? [entry('requiresCompatibilities', nameAt, listOf(nameAt, [text('FARGATE', nameAt)]))]
    : [];
  return {
    type: 'AWS::ECS::TaskDefinition',
    address: taskAddress(made, app),
    ...logicalName(made),
    properties: withOverrides(
      objectAt(
        at,
        nameAt,
        [
          ...renamed(options, { family: 'family' }),
          ...sized,
          ...compatibility,
          entry('networkMode', nameAt, text(isFargate ? 'awsvpc' : 'bridge', nameAt)),
          entry('executionRoleArn', nameAt, undecided(nameAt, MANAGED)),
          entry('taskRoleArn', nameAt, undecided(nameAt, MANAGED)),
          entry('containerDefinitions', nameAt, containers),
        ],
        properties.unsaid,
      ),
      made,
      ['taskDefinition'],
    ),
  };
}

// Load balancers

function balancersOf(pattern: Pattern, container: ProgramContainer | undefined, app: App): readonly Described[] {
  const { made, kind, optionsAt } = pattern;
  const address = `${addressOf(app, made)}.targetGroup`;
  const port = container?.port;
  const targets = itemsOf(property(pattern.properties, 'targetGroups'));
  const ports =
    kind === 'multiple' && targets.length > 0
      ? multiplePorts({ ...pattern.options, entries: [] }, pattern.properties, optionsAt)
      : [port];
  return ports.map((one, index) =>
    objectAt(made.at, made.nameAt, [
      entry('targetGroupArn', made.nameAt, reference(index === 0 ? address : `${address}${index}`, made.nameAt)),
      entry('containerName', made.nameAt, container?.name ?? undecided(made.nameAt)),
      entry('containerPort', made.nameAt, one ?? undecided(made.nameAt)),
    ]),
  );
}

/** `service.targetGroup`, whose health check the program may set. */
function targetGroups({ made, kind, properties, isFargate }: Pattern, app: App): readonly DescribedResource[] {
  const part = made.members.get('targetGroup');
  const group: Made = {
    ...(part ?? { ...made, calls: [], members: new Map(), writes: new Map() }),
    at: made.at,
    path: `${made.path}.targetGroup`,
  };
  const count = kind === 'multiple' ? Math.max(1, itemsOf(property(properties, 'targetGroups')).length) : 1;
  const none: ObjectValue = { kind: 'object', at: made.at, entries: [] };
  const type = isFargate ? 'ip' : 'instance';
  return Array.from({ length: count }, (_, index) =>
    targetGroupOf(index === 0 ? group : { ...group, path: `${group.path}${index}`, calls: [] }, none, type, app),
  );
}
