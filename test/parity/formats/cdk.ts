// A CDK app of one stack, in TypeScript and in Python.

import {
  CLUSTER,
  type ContainerModel,
  EXECUTION_ROLE_ARN,
  type Model,
  TARGET_GROUP_ARN,
  type Texts,
} from '../model.ts';

/** Lists and objects of texts, numbers and booleans; an expression of the language is an `Expression`. */
type Written = string | number | boolean | Expression | readonly Written[] | { readonly [key: string]: Written };

class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

interface Language {
  /** A constructor or method with positional arguments and named ones. */
  call(callee: string, positional: readonly string[], named: { readonly [key: string]: Written | undefined }): string;
  name(property: string): string;
  /** A structure of the library: `ecs.PortMapping`. */
  struct(type: string, named: { readonly [key: string]: Written }): Expression;
  construct(type: string): string;
  readonly self: string;
  statement(name: string | undefined, expression: string): string;
  app(statements: readonly string[]): Texts;
}

export function cdkTypeScript(model: Model): Texts {
  return typeScript.app(statements(model, typeScript));
}

export function cdkPython(model: Model): Texts {
  return python.app(statements(model, python));
}

function statements(model: Model, language: Language): readonly string[] {
  const { call, construct, name, self, statement } = language;
  const { taskDefinition, service } = model;
  const made = (type: string, id: string, named: { readonly [key: string]: Written | undefined }): string =>
    call(construct(type), [self, quoted(id)], named);
  const imported = (method: string, id: string, more: readonly string[], named = {}): string =>
    call(name(method), [self, quoted(id), ...more], named);
  const balancer = service.loadBalancer;
  return [
    statement('vpc', imported('ec2.Vpc.fromLookup', 'Vpc', [], { isDefault: true })),
    statement(
      'cluster',
      imported('ecs.Cluster.fromClusterAttributes', 'Cluster', [], {
        clusterName: CLUSTER,
        vpc: new Expression('vpc'),
      }),
    ),
    statement('role', imported('iam.Role.fromRoleArn', 'ExecutionRole', [quoted(EXECUTION_ROLE_ARN)])),
    statement(
      'task',
      made('ecs.FargateTaskDefinition', 'TaskDefinition', {
        family: taskDefinition.family,
        cpu: Number(taskDefinition.cpu),
        memoryLimitMiB: Number(taskDefinition.memory),
        executionRole: taskDefinition.executionRole === 'none' ? undefined : new Expression('role'),
      }),
    ),
    ...taskDefinition.containerDefinitions.map((container) =>
      statement(
        undefined,
        call(name('task.addContainer'), [quoted(container.name)], containerOptions(container, language)),
      ),
    ),
    statement('service', serviceOf(model, language)),
    statement('group', targetGroupOf(model, language)),
    ...(balancer
      ? [
          statement(
            undefined,
            call(name('group.addTarget'), [call(name('service.loadBalancerTarget'), [], { ...balancer })], {}),
          ),
        ]
      : []),
    ...(model.repository
      ? [
          statement(
            undefined,
            made('ecr.Repository', 'Repository', {
              repositoryName: model.repository.name,
              imageTagMutability: new Expression('ecr.TagMutability.MUTABLE'),
            }),
          ),
        ]
      : []),
    ...(model.alarm
      ? [
          statement(
            undefined,
            made('cloudwatch.Alarm', 'Alarm', {
              alarmName: model.alarm.name,
              metric: new Expression(call(name('group.metrics.unhealthyHostCount'), [], {})),
              threshold: 1,
              evaluationPeriods: 2,
            }),
          ),
        ]
      : []),
  ];
}

function targetGroupOf({ targetGroup }: Model, language: Language): string {
  const { call, construct, name, self, struct } = language;
  const id = [self, quoted('TargetGroup')];
  if (!targetGroup) {
    const named = { targetGroupArn: TARGET_GROUP_ARN };
    return call(name('elbv2.ApplicationTargetGroup.fromTargetGroupAttributes'), id, named);
  }
  const { times } = targetGroup;
  return call(construct('elbv2.ApplicationTargetGroup'), id, {
    vpc: new Expression('vpc'),
    targetType: new Expression(`elbv2.TargetType.${targetGroup.targetType === 'instance' ? 'INSTANCE' : 'IP'}`),
    protocol: new Expression('elbv2.ApplicationProtocol.HTTP'),
    port: targetGroup.port,
    deregistrationDelay: seconds(300, language),
    healthCheck: struct('elbv2.HealthCheck', {
      enabled: true,
      protocol: new Expression('elbv2.Protocol.HTTP'),
      port: targetGroup.healthCheckPort,
      path: targetGroup.healthCheckPath,
      healthyHttpCodes: '200',
      ...(times && {
        interval: seconds(times.interval, language),
        timeout: seconds(times.timeout, language),
        healthyThresholdCount: times.healthyThreshold,
        unhealthyThresholdCount: times.unhealthyThreshold,
      }),
    }),
  });
}

function serviceOf({ service }: Model, language: Language): string {
  const { call, construct, self, struct } = language;
  const grace = service.healthCheckGracePeriodSeconds;
  return call(construct('ecs.FargateService'), [self, quoted('Service')], {
    serviceName: service.serviceName,
    cluster: new Expression('cluster'),
    taskDefinition: new Expression('task'),
    desiredCount: service.desiredCount,
    minHealthyPercent: service.minimumHealthyPercent,
    maxHealthyPercent: service.maximumPercent,
    healthCheckGracePeriod: grace === undefined ? undefined : seconds(grace, language),
    ...(service.serviceConnect && {
      serviceConnectConfiguration: struct('ecs.ServiceConnectProps', {
        services: [struct('ecs.ServiceConnectService', { portMappingName: service.serviceConnect })],
      }),
    }),
    ...(service.deploymentController && {
      deploymentController: struct('ecs.DeploymentController', {
        type: new Expression(`ecs.DeploymentControllerType.${service.deploymentController}`),
      }),
    }),
    ...(service.circuitBreaker && {
      circuitBreaker: struct('ecs.DeploymentCircuitBreaker', { ...service.circuitBreaker }),
    }),
  });
}

function containerOptions(container: ContainerModel, language: Language): { readonly [key: string]: Written } {
  const { struct } = language;
  const { portMappings, command, environment, healthCheck, stopTimeout, versionConsistency, privileged } = container;
  return {
    image: new Expression(`${language.name('ecs.ContainerImage.fromRegistry')}(${quoted(container.image)})`),
    essential: container.essential,
    ...(portMappings && {
      portMappings: portMappings.map(({ containerPort, hostPort, name }) =>
        struct('ecs.PortMapping', {
          containerPort,
          ...(hostPort !== undefined && { hostPort }),
          ...(name !== undefined && { name }),
          protocol: new Expression('ecs.Protocol.TCP'),
        }),
      ),
    }),
    ...(command && { command }),
    ...(privileged !== undefined && { privileged }),
    ...(stopTimeout !== undefined && { stopTimeout: seconds(stopTimeout, language) }),
    ...(versionConsistency && {
      versionConsistency: new Expression(`ecs.VersionConsistency.${versionConsistency.toUpperCase()}`),
    }),
    ...(environment && { environment: Object.fromEntries(environment.map(({ name, value }) => [name, value])) }),
    ...(healthCheck && {
      healthCheck: struct('ecs.HealthCheck', {
        command: healthCheck.command,
        interval: seconds(healthCheck.interval, language),
        timeout: seconds(healthCheck.timeout, language),
        retries: healthCheck.retries,
        startPeriod: seconds(healthCheck.startPeriod, language),
      }),
    }),
  };
}

function seconds(count: number, language: Language): Expression {
  return new Expression(`${language === python ? '' : 'cdk.'}Duration.seconds(${count})`);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

const typeScript: Language = {
  self: 'this',
  name: (property) => property,
  construct: (type) => `new ${type}`,
  call: (callee, positional, named) => {
    const options = said(named);
    const last = options.length === 0 ? [] : [inTypeScript(Object.fromEntries(options))];
    return `${callee}(${[...positional, ...last].join(', ')})`;
  },
  struct: (_, named) => new Expression(inTypeScript(named)),
  statement: (name, expression) => (name === undefined ? `${expression};` : `const ${name} = ${expression};`),
  app: (lines) => ({
    'infra/cdk.json': '{ "app": "npx ts-node --prefer-ts-exts bin/app.ts" }\n',
    'infra/bin/app.ts': [
      "import * as cdk from 'aws-cdk-lib';",
      "import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';",
      "import * as ec2 from 'aws-cdk-lib/aws-ec2';",
      "import * as ecr from 'aws-cdk-lib/aws-ecr';",
      "import * as ecs from 'aws-cdk-lib/aws-ecs';",
      "import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';",
      "import * as iam from 'aws-cdk-lib/aws-iam';",
      '',
      'class WebStack extends cdk.Stack {',
      '  constructor(scope: cdk.App, id: string) {',
      '    super(scope, id);',
      ...lines.map((line) => `    ${line}`),
      '  }',
      '}',
      '',
      "new WebStack(new cdk.App(), 'Web');",
      '',
    ].join('\n'),
  }),
};

const python: Language = {
  self: 'self',
  name: (property) => property.replaceAll(/(?<=\.)[a-z]\w*$/g, snakeCase),
  construct: (type) => type,
  call: (callee, positional, named) => {
    const keywords = said(named).map(([key, value]) => `${snakeCase(key)}=${inPython(value)}`);
    return `${callee}(${[...positional, ...keywords].join(', ')})`;
  },
  struct: (type, named) => new Expression(python.call(type, [], named)),
  statement: (name, expression) => (name === undefined ? expression : `${name} = ${expression}`),
  app: (lines) => ({
    'infra/cdk.json': '{ "app": "python3 app.py" }\n',
    'infra/app.py': [
      'from aws_cdk import App, Duration, Stack',
      'from aws_cdk import aws_cloudwatch as cloudwatch, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam',
      'from aws_cdk import aws_ecr as ecr, aws_elasticloadbalancingv2 as elbv2',
      '',
      '',
      'class WebStack(Stack):',
      '    def __init__(self, scope, id):',
      '        super().__init__(scope, id)',
      ...lines.map((line) => `        ${line}`),
      '',
      '',
      'WebStack(App(), "Web")',
      '',
    ].join('\n'),
  }),
};

function said(named: { readonly [key: string]: Written | undefined }): readonly (readonly [string, Written])[] {
  return Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

function inTypeScript(value: Written): string {
  if (value instanceof Expression) return value.text;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(inTypeScript).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${inTypeScript(one)}`)
    .join(', ')} }`;
}

function inPython(value: Written): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(inPython).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}: ${inPython(one)}`)
    .join(', ')}}`;
}

function isList(value: object): value is readonly Written[] {
  return Array.isArray(value);
}

function snakeCase(name: string): string {
  return name.replace('MiB', 'Mib').replaceAll(/[A-Z]/g, (letters) => `_${letters.toLowerCase()}`);
}
