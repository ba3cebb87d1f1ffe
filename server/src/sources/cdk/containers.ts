// Containers and task definitions of a CDK program, as descriptions.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.TaskDefinition.html

import type { Location } from '../../base/text.ts';
import type {
  Described,
  DescribedEntry,
  DescribedList,
  DescribedObject,
  DescribedResource,
} from '../described/described.ts';
import { imageOf } from './images.ts';
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
  objectAt,
  objectFrom,
  objectOf,
  propertiesOf,
  property,
  renamed,
  text,
  undecided,
} from './read.ts';
import { type CdkValue, entryOf, isNothing, type Made, nothing, type ObjectValue, placeOf, plainOf } from './values.ts';

const TASK_DEFINITION = /^aws_ecs\.(?:Fargate|Ec2|External)?TaskDefinition$/;
const MANAGED = 'the CDK makes it where it is needed';
const CONDITION = 'a condition of the program decides it';

export function isTaskDefinition(made: Made): boolean {
  return TASK_DEFINITION.test(made.callee) && !made.receiver;
}

/** A container of a program, and the port that traffic goes to where nothing else is said. */
export interface ProgramContainer {
  readonly description: DescribedObject;
  readonly name: Described;
  /** The first mapping's. */
  readonly port?: Described;
}

export function taskDefinitionOf(made: Made, app: App): DescribedResource {
  const properties = propertiesOf(made);
  const containers = containersOf(made, app);
  const complete = !made.escaped && !made.calls.some((call) => call.callee === 'addExtension');
  const items = containers.map(({ description, conditional }) => (conditional ? maybe(description) : description));
  return {
    type: 'AWS::ECS::TaskDefinition',
    address: addressOf(app, made),
    ...logicalName(made),
    properties: withOverrides(
      objectAt(
        made.at,
        made.nameAt,
        [
          ...taskEntries(made, properties),
          entry('containerDefinitions', made.nameAt, listOf(made.at, items, complete)),
        ],
        properties.unsaid,
      ),
      made,
    ),
  };
}

/** The construct's id: what people know it by where it has no name. */
export function logicalName(made: Made): { readonly logicalName?: string } {
  const id = plainOf(argument(made, 1, 'id'));
  return typeof id === 'string' ? { logicalName: id } : {};
}

function taskEntries(made: Made, properties: ObjectValue): readonly DescribedEntry[] {
  const { nameAt } = made;
  const isFargate = made.callee === 'aws_ecs.FargateTaskDefinition';
  const compatibility = constantOf(property(properties, 'compatibility'));
  const runsOnFargate = isFargate || (compatibility ?? '').includes('FARGATE');
  const sizes = renamed(properties, { cpu: 'cpu', memoryLimitMiB: 'memory', memoryMiB: 'memory' });
  // https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.FargateTaskDefinitionProps.html
  const sized = isFargate
    ? defaulted(defaulted(sizes, 'cpu', 256, nameAt, properties.unsaid), 'memory', 512, nameAt, properties.unsaid)
    : sizes;
  const written = isFargate ? [] : constant(properties, 'networkMode', 'networkMode', networkMode);
  return [
    ...renamed(properties, { family: 'family' }),
    ...sized,
    ...defaulted(
      written,
      'networkMode',
      runsOnFargate ? 'awsvpc' : 'bridge',
      nameAt,
      isFargate ? undefined : properties.unsaid,
    ),
    ...(runsOnFargate ? [entry('requiresCompatibilities', nameAt, listOf(nameAt, [text('FARGATE', nameAt)]))] : []),
    entry('executionRoleArn', nameAt, undecided(nameAt, MANAGED)),
    entry('taskRoleArn', nameAt, undecided(nameAt, MANAGED)),
  ];
}

/** Undefined where the program computes it. */
export function networkModeOf(task: Made): string | undefined {
  const found = taskEntries(task, propertiesOf(task)).find(({ key }) => key === 'networkMode')?.value;
  return found?.kind === 'scalar' && found.value.state === 'known' ? String(found.value.value) : undefined;
}

const networkMode = (name: string): string => (name === 'AWS_VPC' ? 'awsvpc' : name.toLowerCase());

/** Something that may or may not be there. */
function maybe(value: Described): Described {
  const at = value.kind === 'scalar' ? value.value.at : value.at;
  return {
    kind: 'choice',
    at,
    branches: [
      { when: 'the condition holds', value },
      { when: 'it does not', value: nothing(at) },
    ],
  };
}

// Containers

interface TaskContainer extends ProgramContainer {
  readonly conditional: boolean;
}

/** Tasks are asked for their containers by everything that sends traffic to them. */
const containersOfTasks = new WeakMap<Made, readonly TaskContainer[]>();

export function containersOf(task: Made, app: App): readonly TaskContainer[] {
  const before = containersOfTasks.get(task);
  if (before) return before;
  const containers = readContainers(task, app);
  containersOfTasks.set(task, containers);
  return containers;
}

function readContainers(task: Made, app: App): readonly TaskContainer[] {
  const added = task.calls.filter(({ callee }) => callee === 'addContainer' || callee === 'addFirelensLogRouter');
  const apart = app.made.filter(
    (made) => made.callee === 'aws_ecs.ContainerDefinition' && property(propertiesOf(made), 'taskDefinition') === task,
  );
  return [...added, ...apart].map((made, index) => {
    const isAdded = made.receiver !== undefined;
    const properties = isAdded ? propertiesOf(made, 1) : propertiesOf(made);
    const id = isAdded ? argument(made, 0, 'id') : argument(made, 1, 'id');
    const container = containerFrom(made, callsOf(made, task, index), properties, id, app);
    return { ...container, conditional: made.conditional && !task.conditional };
  });
}

/** `taskDefinition.defaultContainer` is the first one. */
function callsOf(made: Made, task: Made, index: number): readonly Made[] {
  const others = index === 0 ? (task.members.get('defaultContainer')?.calls ?? []) : [];
  return [...made.calls, ...others];
}

function containerFrom(
  made: Made,
  calls: readonly Made[],
  properties: ObjectValue,
  id: CdkValue | undefined,
  app: App,
): ProgramContainer {
  const name = described(property(properties, 'containerName') ?? id ?? nothing(made.at), made.nameAt);
  const mappings = portMappings(made, calls, properties);
  const { image, build } = imageOf(property(properties, 'image'), made.nameAt, app);
  const entries = [
    entry('name', made.nameAt, name),
    entry('image', made.nameAt, image),
    ...containerEntries(properties),
    ...said('environment', environmentOf(properties, calls, made), made.nameAt),
    ...said('portMappings', mappings, made.nameAt),
  ];
  const description = objectAt(made.at, made.nameAt, entries, properties.unsaid);
  const port = firstPort(mappings);
  return { description: build ? { ...description, build } : description, name, ...(port ? { port } : {}) };
}

/** A list, where it holds anything or may. */
export function said(key: string, list: DescribedList, keyAt: Location): readonly DescribedEntry[] {
  return list.items.length > 0 || !list.complete ? [entry(key, keyAt, list)] : [];
}

/** What a container and the options of a pattern's image say alike. */
export function containerEntries(properties: ObjectValue): readonly DescribedEntry[] {
  return [
    ...renamed(properties, {
      command: 'command',
      entryPoint: 'entryPoint',
      workingDirectory: 'workingDirectory',
      essential: 'essential',
      privileged: 'privileged',
      stopTimeout: 'stopTimeout',
    }),
    ...constant(properties, 'versionConsistency', 'versionConsistency', (name) => name.toLowerCase()),
    ...listOfNames(properties, 'secrets'),
    ...environmentFiles(properties),
    ...healthCheck(properties),
    ...logging(properties),
  ];
}

function listOfNames(properties: ObjectValue, key: string): readonly DescribedEntry[] {
  const found = entryOf(properties, key);
  if (!found || isNothing(found.value)) return [];
  const { keyAt, value } = found;
  if (value.kind !== 'object') return [entry(key, keyAt, undecided(keyAt))];
  const items = value.entries.map(({ key: name, keyAt: at }) => objectAt(at, at, [entry('name', at, text(name, at))]));
  return [entry(key, keyAt, listOf(value.at, items, value.unsaid === undefined))];
}

/** Files in buckets: their variables are not in view. */
function environmentFiles(properties: ObjectValue): readonly DescribedEntry[] {
  const files = itemsOf(property(properties, 'environmentFiles'));
  const items = files.map((file) => {
    const at = placeOf(file, properties.at);
    return objectAt(at, at, [entry('value', at, undecided(at))]);
  });
  return items.length === 0 ? [] : [entry('environmentFiles', properties.at, listOf(properties.at, items))];
}

/** https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ecs/lib/container-definition.ts */
export function healthCheck(properties: ObjectValue): readonly DescribedEntry[] {
  const found = entryOf(properties, 'healthCheck');
  if (!found || isNothing(found.value)) return [];
  const check = objectOf(found.value, found.keyAt);
  const times = renamed(check, {
    interval: 'interval',
    timeout: 'timeout',
    retries: 'retries',
    startPeriod: 'startPeriod',
  });
  const command = property(check, 'command');
  const entries = command ? [entry('command', found.keyAt, healthCommand(command, found.keyAt)), ...times] : times;
  return [entry('healthCheck', found.keyAt, objectFrom(check, entries, found.keyAt))];
}

/** The CDK writes `CMD-SHELL` before a single word and `CMD` before several, where neither stands there. */
function healthCommand(command: CdkValue, keyAt: Location): Described {
  const value = described(command, keyAt);
  const [first, second] = value.kind === 'list' ? value.items : [];
  if (value.kind !== 'list' || first?.kind !== 'scalar' || first.value.state !== 'known') return value;
  if (/^(?:CMD|CMD-SHELL|NONE)$/.test(String(first.value.value))) return value;
  return { ...value, items: [text(second ? 'CMD' : 'CMD-SHELL', value.at), ...value.items] };
}

function logging(properties: ObjectValue): readonly DescribedEntry[] {
  const found = entryOf(properties, 'logging') ?? entryOf(properties, 'logDriver');
  if (!found || isNothing(found.value)) return [];
  const { keyAt, value } = found;
  const isLogs = value.kind === 'made' && /^aws_ecs\.(?:AwsLogDriver|LogDrivers?\.awsLogs)$/.test(value.callee);
  const driver = isLogs ? text('awslogs', keyAt) : undecided(keyAt);
  return [entry('logConfiguration', keyAt, objectAt(keyAt, keyAt, [entry('logDriver', keyAt, driver)]))];
}

export function environmentOf(properties: ObjectValue, calls: readonly Made[], owner: Made): DescribedList {
  const found = entryOf(properties, 'environment');
  const value = found && !isNothing(found.value) ? objectOf(found.value, found.keyAt) : undefined;
  const items = (value?.entries ?? []).map(({ key, keyAt, value: held }) =>
    variable(text(key, keyAt), described(held, keyAt), keyAt),
  );
  const added = calls.filter(({ callee }) => callee === 'addEnvironment');
  for (const call of added) {
    const [name, held] = [argument(call, 0, 'name'), argument(call, 1, 'value')];
    if (!name || !held) continue;
    const of = call.conditional && !owner.conditional ? undecided(call.at, CONDITION) : described(held, call.at);
    items.push(variable(described(name, call.at), of, call.at));
  }
  const hidden = value?.unsaid ?? (found ? undefined : properties.unsaid);
  return listOf(value?.at ?? properties.at, items, hidden === undefined && !owner.escaped);
}

function variable(name: Described, value: Described, at: Location): DescribedObject {
  return objectAt(at, at, [entry('name', at, name), entry('value', at, value)]);
}

function portMappings(made: Made, calls: readonly Made[], properties: ObjectValue): DescribedList {
  const found = property(properties, 'portMappings');
  const list = found?.kind === 'list' ? found : undefined;
  const written = (list?.items ?? []).map((item) => portMapping(item, made.at));
  const added = calls.flatMap((call) => {
    if (call.callee !== 'addPortMappings') return [];
    const mappings = call.values.map((value) => portMapping(value, call.at));
    return call.conditional && !made.conditional ? mappings.map(maybe) : mappings;
  });
  const open = (found !== undefined && !list?.complete) || (!found && properties.unsaid !== undefined);
  return listOf(list?.at ?? made.nameAt, [...written, ...added], !open && !made.escaped);
}

function portMapping(value: CdkValue, at: Location): Described {
  const mapping = objectOf(value, at);
  return objectFrom(mapping, [
    ...renamed(mapping, { containerPort: 'containerPort', hostPort: 'hostPort', name: 'name' }),
    ...constant(mapping, 'protocol', 'protocol', (name) => name.toLowerCase()),
  ]);
}

function firstPort(mappings: DescribedList): Described | undefined {
  const [first] = mappings.items;
  return first?.kind === 'object' ? first.entries.find(({ key }) => key === 'containerPort')?.value : undefined;
}

/** The container that traffic goes to where none is named: the first that is essential. */
export function defaultContainer(task: Made, app: App): ProgramContainer | undefined {
  return containersOf(task, app).find(({ description }) => {
    const essential = description.entries.find(({ key }) => key === 'essential')?.value;
    return !(essential?.kind === 'scalar' && essential.value.state === 'known' && essential.value.value === false);
  });
}
