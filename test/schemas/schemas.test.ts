// What the schemas let pass and what they catch.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems, readSchema, schemasFor } from './validate.ts';

const TASK = 'task-definition.schema.json';
const SERVICE = 'service-definition.schema.json';
const SETTINGS = 'steadystate.schema.json';

const container = { name: 'app', image: 'acme/web:1.4.2', portMappings: [{ containerPort: 8080 }] };
const taskDefinition = { family: 'web', cpu: '256', memory: '512', containerDefinitions: [container] };
const service = {
  serviceName: 'web',
  desiredCount: 2,
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  loadBalancers: [{ targetGroupArn: 'arn:aws:elasticloadbalancing:x', containerName: 'app', containerPort: 8080 }],
};

function withContainer(change: object): object {
  return { ...taskDefinition, containerDefinitions: [{ ...container, ...change }] };
}

const valid: readonly { readonly what: string; readonly schema: string; readonly value: unknown }[] = [
  { what: 'the input of register-task-definition', schema: TASK, value: taskDefinition },
  {
    what: 'the output of describe-task-definition',
    schema: TASK,
    value: {
      taskDefinition: {
        ...taskDefinition,
        taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7',
        revision: 7,
        status: 'ACTIVE',
        requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.ecr-auth' }],
        registeredAt: 1700000000.123,
      },
      tags: [],
    },
  },
  {
    what: 'a registered task definition with keys that only AWS prints',
    schema: TASK,
    value: { ...taskDefinition, revision: 7 },
  },
  { what: 'an array of containers', schema: TASK, value: [container, { name: 'log', image: 'fluent-bit' }] },
  { what: 'an array of task definitions', schema: TASK, value: [taskDefinition] },
  { what: 'cpu and memory as numbers', schema: TASK, value: { ...taskDefinition, cpu: 256, memory: 512 } },
  {
    what: 'a template as a port',
    schema: TASK,
    value: withContainer({ portMappings: [{ containerPort: '{{ must_env `PORT` }}' }] }),
  },
  {
    what: 'a shell variable as a port',
    schema: TASK,
    value: withContainer({ portMappings: [{ containerPort: '${PORT}' }] }),
  },
  {
    what: 'a placeholder as a port',
    schema: TASK,
    value: withContainer({ portMappings: [{ containerPort: '<PORT>' }] }),
  },
  {
    what: 'a word for sed as a port',
    schema: TASK,
    value: withContainer({ portMappings: [{ containerPort: 'CONTAINER_PORT' }] }),
  },
  { what: 'a template as a flag', schema: TASK, value: withContainer({ essential: '{{ essential }}' }) },
  {
    what: 'a template as an enumerated value',
    schema: TASK,
    value: { ...taskDefinition, networkMode: '%NETWORK_MODE%' },
  },
  { what: 'an intrinsic function', schema: TASK, value: withContainer({ image: { 'Fn::Sub': '${Repository}:1' } }) },
  { what: 'an image left to the pipeline', schema: TASK, value: withContainer({ image: null }) },
  {
    what: 'nulls as consoles print them',
    schema: TASK,
    value: { ...taskDefinition, taskRoleArn: null, volumes: null, proxyConfiguration: null },
  },
  {
    what: 'empty enumerated values as ecspresso prints them',
    schema: TASK,
    value: { ...taskDefinition, pidMode: '', ipcMode: '' },
  },
  {
    what: 'keys of a newer AWS',
    schema: TASK,
    value: { ...withContainer({ warpDrive: { speed: 9 } }), shields: true, $schema: 'x' },
  },
  {
    what: 'log options',
    schema: TASK,
    value: withContainer({ logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } } }),
  },
  {
    what: 'a CloudFormation template of that name',
    schema: TASK,
    value: { Resources: { Task: { Type: 'AWS::ECS::TaskDefinition' } } },
  },
  { what: 'the input of create-service', schema: SERVICE, value: service },
  {
    what: 'the input of update-service',
    schema: SERVICE,
    value: { service: 'web', taskDefinition: 'web', forceNewDeployment: true },
  },
  {
    what: 'the output of create-service',
    schema: SERVICE,
    value: { service: { ...service, status: 'ACTIVE', runningCount: 0 } },
  },
  {
    what: 'the output of describe-services',
    schema: SERVICE,
    value: { services: [{ ...service, events: [{ createdAt: '2024-05-01T10:00:00+00:00' }] }], failures: [] },
  },
  { what: 'a template as a count', schema: SERVICE, value: { ...service, desiredCount: '{{ env `COUNT` `1` }}' } },
  { what: 'empty settings', schema: SETTINGS, value: {} },
  {
    what: 'settings of every kind',
    schema: SETTINGS,
    value: {
      $schema: 'x',
      rules: { 'image-tag-latest': 'off' },
      ignore: [{ rule: 'image-tag-latest', path: 'dev/**', reason: 'a playground' }],
      exclude: ['legacy'],
      links: [{ taskDefinition: 'ecs/td.json', container: 'app', dockerfile: 'Dockerfile' }],
      listens: [{ dockerfile: 'Dockerfile', ports: [8080] }],
      rollback: { slowAfterMinutes: 20 },
    },
  },
];

for (const { what, schema, value } of valid) {
  test(`passes: ${what}`, () => assert.deepEqual(problems(schema, JSON.stringify(value)), []));
}

const wrong: readonly {
  readonly what: string;
  readonly schema: string;
  readonly value: unknown;
  readonly at: string;
}[] = [
  {
    what: 'a word as a port',
    schema: TASK,
    value: withContainer({ portMappings: [{ containerPort: 'abc' }] }),
    at: '/containerDefinitions/0/portMappings/0/containerPort',
  },
  {
    what: 'a port in quotes',
    schema: TASK,
    value: [{ ...container, portMappings: [{ containerPort: '8080' }] }],
    at: '/0/portMappings/0/containerPort',
  },
  {
    what: 'a flag in quotes',
    schema: TASK,
    value: withContainer({ essential: 'true' }),
    at: '/containerDefinitions/0/essential',
  },
  {
    what: 'an unknown network mode',
    schema: TASK,
    value: { ...taskDefinition, networkMode: 'vpc' },
    at: '/networkMode',
  },
  {
    what: 'a number as an environment value',
    schema: TASK,
    value: withContainer({ environment: [{ name: 'PORT', value: 8080 }] }),
    at: '/containerDefinitions/0/environment/0/value',
  },
  {
    what: 'a command as one string',
    schema: TASK,
    value: withContainer({ command: 'npm start' }),
    at: '/containerDefinitions/0/command',
  },
  {
    what: 'a container without a name',
    schema: TASK,
    value: { ...taskDefinition, containerDefinitions: [{ image: 'x' }] },
    at: '/containerDefinitions/0',
  },
  { what: 'a family without containers', schema: TASK, value: { family: 'web' }, at: '' },
  {
    what: 'a wrong type inside the output of describe-task-definition',
    schema: TASK,
    value: { taskDefinition: { ...taskDefinition, containerDefinitions: {} } },
    at: '/taskDefinition/containerDefinitions',
  },
  { what: 'an unknown launch type', schema: SERVICE, value: { ...service, launchType: 'LAMBDA' }, at: '/launchType' },
  {
    what: 'a circuit breaker that does not say whether it rolls back',
    schema: SERVICE,
    value: { ...service, deploymentConfiguration: { deploymentCircuitBreaker: { enable: true } } },
    at: '/deploymentConfiguration/deploymentCircuitBreaker',
  },
  {
    what: 'a wrong type inside the output of describe-services',
    schema: SERVICE,
    value: { services: [{ ...service, desiredCount: 'two' }] },
    at: '/services/0/desiredCount',
  },
  { what: 'an unknown setting', schema: SETTINGS, value: { rule: {} }, at: '' },
  { what: 'an unknown rule', schema: SETTINGS, value: { rules: { 'image-tag-newest': 'off' } }, at: '/rules' },
  {
    what: 'an unknown level',
    schema: SETTINGS,
    value: { rules: { 'image-tag-latest': 'loud' } },
    at: '/rules/image-tag-latest',
  },
  {
    what: 'an ignore without a reason',
    schema: SETTINGS,
    value: { ignore: [{ rule: 'image-tag-latest', path: '**' }] },
    at: '/ignore/0',
  },
];

for (const { what, schema, value, at } of wrong) {
  test(`catches: ${what}`, () => {
    const found = problems(schema, JSON.stringify(value));
    assert.ok(
      found.some((problem) => problem.startsWith(`${at} `)),
      `no problem at ${at || 'the root'}, but: ${found.join('; ') || 'none'}`,
    );
  });
}

for (const schema of [TASK, SERVICE, SETTINGS]) {
  // Draft-07 ignores it: editors would show no description and insert no value.
  test(`nothing stands beside a $ref in ${schema}`, () => {
    const crowded: string[] = [];
    JSON.stringify(readSchema(schema), (key, value) => {
      const isReference = typeof value === 'object' && value !== null && '$ref' in value;
      if (isReference && Object.keys(value).length > 1) crowded.push(key);
      return value;
    });
    assert.deepEqual(crowded, []);
  });
}

const names: readonly { readonly name: string; readonly schemas: readonly string[] }[] = [
  ...[
    'task-definition.json',
    '.aws/task-definition.json',
    'ecs-task-definition.json',
    'task_definition.json',
    'task-definition-prod.json',
    'taskdef.json',
    'taskdef-gateway.json',
    'ecs-task-def.json',
    'taskDefinition.json',
    'container-definitions_prod.json',
  ].map((name) => ({ name, schemas: [TASK] })),
  ...['service-definition.json', 'ecs-service-def.json', 'ecs/api-service-definition.json', 'ecs-service.json'].map(
    (name) => ({
      name,
      schemas: [SERVICE],
    }),
  ),
  { name: 'steadystate.json', schemas: [SETTINGS] },
  ...[
    'package.json',
    'tasks.json',
    'taskdefaults.json',
    'service.json',
    'services.json',
    'service-2.json',
    'definition.json',
    'imagedefinitions.json',
    'schemas/task-definition.schema.json',
    'my-steadystate.json',
  ].map((name) => ({ name, schemas: [] })),
];

for (const { name, schemas } of names) {
  test(`the schema of ${name}: ${schemas.join() || 'none'}`, () => assert.deepEqual(schemasFor(name), schemas));
}
