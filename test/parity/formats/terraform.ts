// A Terraform root: in HCL with `jsonencode`, and in `.tf.json`.

import type { Json } from '../../../server/src/base/json.ts';
import {
  CLUSTER,
  compact,
  EXECUTION_ROLE_ARN,
  type JsonObject,
  json,
  type Model,
  plain,
  SECURITY_GROUP,
  SUBNETS,
  TARGET_GROUP_ARN,
  type Texts,
} from '../model.ts';

export function terraformHcl(model: Model): Texts {
  const containers = model.taskDefinition.containerDefinitions.map(plain);
  const resources = [
    resource('aws_ecs_task_definition', taskDefinition(model), [
      `container_definitions = jsonencode(${hcl(containers, 1)})`,
    ]),
    resource('aws_ecs_service', service(model), connectLines(model)),
    ...(model.repository ? [resource('aws_ecr_repository', repository(model.repository.name))] : []),
    ...(model.targetGroup ? [resource('aws_lb_target_group', targetGroup(model.targetGroup))] : []),
    ...(model.alarm
      ? [resource('aws_cloudwatch_metric_alarm', alarm(model.alarm.name), [`dimensions = ${hcl(DIMENSIONS, 1)}`])]
      : []),
  ];
  return { 'infra/main.tf': resources.join('\n') };
}

export function terraformJson(model: Model): Texts {
  const containers = JSON.stringify(model.taskDefinition.containerDefinitions);
  const text = json({
    resource: {
      aws_ecs_task_definition: { app: { ...taskDefinition(model), container_definitions: containers } },
      aws_ecs_service: { app: { ...interpolated(service(model)), ...connect(model) } },
      ...(model.repository && { aws_ecr_repository: { app: repository(model.repository.name) } }),
      ...(model.targetGroup && { aws_lb_target_group: { app: targetGroup(model.targetGroup) } }),
      ...(model.alarm && {
        aws_cloudwatch_metric_alarm: { app: { ...alarm(model.alarm.name), dimensions: interpolated(DIMENSIONS) } },
      }),
    },
  });
  return { 'infra/main.tf.json': text };
}

/** A reference to another resource; HCL writes it bare, JSON as a template. */
const REFERENCE = /^aws_\w+\.app\.\w+$/;

function taskDefinition({ taskDefinition: { family, cpu, memory, executionRole } }: Model): JsonObject {
  return {
    family,
    network_mode: 'awsvpc',
    requires_compatibilities: ['FARGATE'],
    cpu,
    memory,
    ...(executionRole !== 'none' && { execution_role_arn: EXECUTION_ROLE_ARN }),
  };
}

function service({ service: model, targetGroup: group }: Model): JsonObject {
  return compact({
    name: model.serviceName,
    cluster: CLUSTER,
    task_definition: 'aws_ecs_task_definition.app.arn',
    launch_type: 'FARGATE',
    desired_count: model.desiredCount,
    deployment_controller: model.deploymentController && { type: model.deploymentController },
    health_check_grace_period_seconds: model.healthCheckGracePeriodSeconds,
    deployment_minimum_healthy_percent: model.minimumHealthyPercent,
    deployment_maximum_percent: model.maximumPercent,
    deployment_circuit_breaker: model.circuitBreaker && { ...model.circuitBreaker },
    load_balancer: model.loadBalancer && {
      target_group_arn: group ? 'aws_lb_target_group.app.arn' : TARGET_GROUP_ARN,
      container_name: model.loadBalancer.containerName,
      container_port: model.loadBalancer.containerPort,
    },
    network_configuration: { subnets: SUBNETS, security_groups: [SECURITY_GROUP], assign_public_ip: false },
  });
}

function targetGroup(model: NonNullable<Model['targetGroup']>): JsonObject {
  return {
    vpc_id: 'vpc-0123456789abcdef0',
    target_type: model.targetType ?? 'ip',
    protocol: 'HTTP',
    port: model.port,
    deregistration_delay: 300,
    health_check: compact({
      enabled: true,
      protocol: 'HTTP',
      port: model.healthCheckPort,
      path: model.healthCheckPath,
      matcher: '200',
      interval: model.times?.interval,
      timeout: model.times?.timeout,
      healthy_threshold: model.times?.healthyThreshold,
      unhealthy_threshold: model.times?.unhealthyThreshold,
    }),
  };
}

function repository(name: string): JsonObject {
  return { name, image_tag_mutability: 'MUTABLE' };
}

function connect({ service: { serviceConnect } }: Model): JsonObject {
  if (serviceConnect === undefined) return {};
  return { service_connect_configuration: { enabled: true, service: [{ port_name: serviceConnect }] } };
}

function connectLines({ service: { serviceConnect } }: Model): readonly string[] {
  if (serviceConnect === undefined) return [];
  const inner = `  service {\n    port_name = "${serviceConnect}"\n  }`;
  return [`service_connect_configuration {\n  enabled = true\n${inner}\n}`];
}

const DIMENSIONS: JsonObject = {
  TargetGroup: 'aws_lb_target_group.app.arn_suffix',
  LoadBalancer: 'app/web/6d0ecf831eec9f09',
};

function alarm(name: string): JsonObject {
  return {
    alarm_name: name,
    namespace: 'AWS/ApplicationELB',
    metric_name: 'UnHealthyHostCount',
    statistic: 'Maximum',
    comparison_operator: 'GreaterThanThreshold',
    threshold: 0,
    period: 60,
    evaluation_periods: 2,
  };
}

function interpolated(entries: JsonObject): JsonObject {
  const each = (value: Json): Json => {
    if (typeof value === 'string') return REFERENCE.test(value) ? `\${${value}}` : value;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? interpolated(value as JsonObject)
      : value;
  };
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, each(value)]));
}

/** Objects are blocks here, as the provider wants them. */
function resource(type: string, entries: JsonObject, more: readonly string[] = []): string {
  const lines = Object.entries(entries).map(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? `\n${key} {\n${attributes(value as JsonObject)}\n}`
      : `${key} = ${hcl(value, 1)}`,
  );
  const body = [...lines, ...more].join('\n').replaceAll(/^(?!$)/gm, '  ');
  return `resource "${type}" "app" {\n${body}\n}\n`;
}

function attributes(entries: JsonObject): string {
  return Object.entries(entries)
    .map(([key, value]) => `  ${key} = ${hcl(value, 1)}`)
    .join('\n');
}

function hcl(value: Json, depth: number): string {
  if (typeof value === 'string' && REFERENCE.test(value)) return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    if (!value.some((entry) => typeof entry === 'object')) return `[${value.map((one) => hcl(one, depth)).join(', ')}]`;
    return `[\n${value.map((one) => `${indent}${hcl(one, depth + 1)},\n`).join('')}${'  '.repeat(depth - 1)}]`;
  }
  const entries = Object.entries(value).map(([key, one]) => `${indent}${key} = ${hcl(one, depth + 1)}\n`);
  return `{\n${entries.join('')}${'  '.repeat(depth - 1)}}`;
}
