// Edit intents in Terraform's spelling. After each edit the files are read again without a problem.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../server/src/base/json.ts';
import type { EditIntent } from '../../../server/src/facts/edit.ts';
import type { Value } from '../../../server/src/facts/value.ts';
import { edited, extractAll, type Root, settle, type Texts } from './root.ts';

interface Case {
  readonly name: string;
  readonly files: Texts;
  readonly intents: (root: Root) => readonly EditIntent[];
  /** The files that change; undefined where nothing can be done. */
  readonly expected: Texts | undefined;
}

const breaker = { enable: true, rollback: true };

function set(path: string, value: Json, owner: (root: Root) => { readonly at: EditOwner }): Case['intents'] {
  return (root) => [{ kind: 'set', owner: owner(root).at, path: path.split('.'), value }];
}

type EditOwner = Extract<EditIntent, { kind: 'set' }>['owner'];

const service = (root: Root): { readonly at: EditOwner } => root.only('service');
const targetGroup = (root: Root): { readonly at: EditOwner } => root.only('targetGroup');
const container = (root: Root): { readonly at: EditOwner } => {
  const [first] = root.only('taskDefinition').containerDefinitions.items;
  assert(first);
  return first;
};

function replacePort(value: number): Case['intents'] {
  return (root) => {
    const [first] = root.only('taskDefinition').containerDefinitions.items;
    const port = first?.portMappings.items[0]?.containerPort;
    assert(port?.state === 'known');
    return [{ kind: 'replace', at: port.at, value }];
  };
}

function breakerAt(root: Root): EditOwner {
  const { deploymentCircuitBreaker: found } = root.only('service');
  assert(found.state === 'known');
  return found.value.at;
}

const BREAKER = 'deploymentConfiguration.deploymentCircuitBreaker';

const QUOTED = '"[{\\"name\\": \\"web\\", \\"portMappings\\": [{\\"containerPort\\": 80}]}]"';

const cases: readonly Case[] = [
  {
    name: 'a port in a quoted text of JSON',
    files: { 'main.tf': `resource "aws_ecs_task_definition" "t" {\n  container_definitions = ${QUOTED}\n}\n` },
    intents: replacePort(8080),
    expected: {
      'main.tf': `resource "aws_ecs_task_definition" "t" {\n  container_definitions = ${QUOTED.replace('80', '8080')}\n}\n`,
    },
  },
  {
    name: 'a port in a quoted text of a JSON configuration',
    files: {
      'main.tf.json': `{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": ${QUOTED}}}}}\n`,
    },
    intents: replacePort(8080),
    expected: {
      'main.tf.json': `{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": ${QUOTED.replace('80', '8080')}}}}}\n`,
    },
  },
  {
    name: 'no property of a container there',
    files: { 'main.tf': `resource "aws_ecs_task_definition" "t" {\n  container_definitions = ${QUOTED}\n}\n` },
    intents: set('essential', true, container),
    expected: undefined,
  },
  {
    name: 'a block behind what stands there',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "s"\n}\n' },
    intents: set(BREAKER, breaker, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  name = "s"\n\n  deployment_circuit_breaker {\n    enable   = true\n    rollback = true\n  }\n}\n',
    },
  },
  {
    name: 'a block in a resource that is indented, with CRLF and a comment at the end',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\r\n  name = "s" # the name\r\n}\r\n' },
    intents: set(BREAKER, breaker, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\r\n  name = "s" # the name\r\n\r\n  deployment_circuit_breaker {\r\n    enable   = true\r\n    rollback = true\r\n  }\r\n}\r\n',
    },
  },
  {
    name: 'a block in an empty resource',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {}\n' },
    intents: set(BREAKER, breaker, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  deployment_circuit_breaker {\n    enable   = true\n    rollback = true\n  }\n}\n',
    },
  },
  {
    name: 'a switch in a block that lacks it',
    files: {
      'main.tf': 'resource "aws_ecs_service" "s" {\n  deployment_circuit_breaker {\n    enable = true\n  }\n}\n',
    },
    intents: set(`${BREAKER}.rollback`, true, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  deployment_circuit_breaker {\n    enable   = true\n    rollback = true\n  }\n}\n',
    },
  },
  {
    name: 'a switch in a block of one line',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  deployment_circuit_breaker { enable = true }\n}\n' },
    intents: set(`${BREAKER}.rollback`, true, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  deployment_circuit_breaker {\n    enable   = true\n    rollback = true\n  }\n}\n',
    },
  },
  {
    name: 'nothing where the block is generated from what is not known',
    files: {
      'main.tf':
        'variable "x" {}\nresource "aws_ecs_service" "s" {\n  dynamic "deployment_circuit_breaker" {\n    for_each = var.x\n    content {}\n  }\n}\n',
    },
    intents: set(BREAKER, breaker, service),
    expected: undefined,
  },
  {
    name: 'nothing for what the provider has no word for',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "s"\n}\n' },
    intents: set(`${BREAKER}.thresholdConfiguration`, { type: 'COUNT', value: 3 }, service),
    expected: undefined,
  },
  {
    name: 'an attribute in the column of its neighbors',
    files: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  name            = "s"\n  task_definition = "t" # which\n\n  load_balancer {\n    container_name = "c"\n  }\n}\n',
    },
    intents: set('desiredCount', 2, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  name            = "s"\n  task_definition = "t" # which\n  desired_count   = 2\n\n  load_balancer {\n    container_name = "c"\n  }\n}\n',
    },
  },
  {
    name: 'an attribute that is longer than its neighbors moves them',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "s"\n  cluster = "c"\n}\n' },
    intents: set('healthCheckGracePeriodSeconds', 60, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  name                              = "s"\n  cluster                           = "c"\n  health_check_grace_period_seconds = 60\n}\n',
    },
  },
  {
    name: 'an attribute over its value',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  deployment_maximum_percent = 100\n}\n' },
    intents: set('deploymentConfiguration.maximumPercent', 200, service),
    expected: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  deployment_maximum_percent = 200\n}\n' },
  },
  {
    name: 'nothing over what is computed',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  deployment_maximum_percent = var.x\n}\n' },
    intents: set('deploymentConfiguration.maximumPercent', 200, service),
    expected: undefined,
  },
  {
    name: 'a target type',
    files: { 'main.tf': 'resource "aws_lb_target_group" "t" {\n  port = 80\n}\n' },
    intents: set('targetType', 'ip', targetGroup),
    expected: { 'main.tf': 'resource "aws_lb_target_group" "t" {\n  port        = 80\n  target_type = "ip"\n}\n' },
  },
  {
    name: 'a path in the health check',
    files: { 'main.tf': 'resource "aws_lb_target_group" "t" {\n  health_check {\n    port = 80\n  }\n}\n' },
    intents: set('healthCheckPath', '/up', targetGroup),
    expected: {
      'main.tf': 'resource "aws_lb_target_group" "t" {\n  health_check {\n    port = 80\n    path = "/up"\n  }\n}\n',
    },
  },
  {
    name: 'immutable tags',
    files: { 'main.tf': 'resource "aws_ecr_repository" "r" {\n  name = "r"\n}\n' },
    intents: set('imageTagMutability', 'IMMUTABLE', (root) => root.only('imageRepository')),
    expected: {
      'main.tf':
        'resource "aws_ecr_repository" "r" {\n  name                 = "r"\n  image_tag_mutability = "IMMUTABLE"\n}\n',
    },
  },
  {
    name: 'the names of alarms',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "s"\n}\n' },
    intents: set('deploymentConfiguration.alarms', { alarmNames: ['a'], enable: true, rollback: true }, service),
    expected: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  name = "s"\n\n  alarms {\n    alarm_names = ["a"]\n    enable      = true\n    rollback    = true\n  }\n}\n',
    },
  },
  {
    name: 'a health check in jsonencode',
    files: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([\n    {\n      name      = "c"\n      essential = true\n    }\n  ])\n}\n',
    },
    intents: set('healthCheck', { command: ['CMD-SHELL', 'echo ${x} "y"'], interval: 15 }, container),
    expected: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([\n    {\n      name      = "c"\n      essential = true\n      healthCheck = {\n        command  = ["CMD-SHELL", "echo $${x} \\"y\\""]\n        interval = 15\n      }\n    }\n  ])\n}\n',
    },
  },
  {
    name: 'an entry in an object with colons and commas',
    files: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{\n    "name": "c",\n    "image": "x"\n  }])\n}\n',
    },
    intents: set('versionConsistency', 'enabled', container),
    expected: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{\n    "name": "c",\n    "image": "x",\n    "versionConsistency": "enabled"\n  }])\n}\n',
    },
  },
  {
    name: 'an entry in an object of one line',
    files: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ name = "c", image = "x" }])\n}\n',
    },
    intents: set('essential', true, container),
    expected: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ name = "c", image = "x", essential = true }])\n}\n',
    },
  },
  {
    name: 'an entry in a heredoc',
    files: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = <<EOF\n[\n  {\n    "name": "c",\n    "image": "${var.image}"\n  }\n]\nEOF\n}\n',
    },
    intents: set('healthCheck', { command: ['CMD', 'true'] }, container),
    expected: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = <<EOF\n[\n  {\n    "name": "c",\n    "image": "${var.image}",\n    "healthCheck": {\n      "command": ["CMD", "true"]\n    }\n  }\n]\nEOF\n}\n',
    },
  },
  {
    name: 'a port in jsonencode',
    files: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ name = "c", portMappings = [{ containerPort = 80 }] }])\n}\n',
    },
    intents: replacePort(81),
    expected: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ name = "c", portMappings = [{ containerPort = 81 }] }])\n}\n',
    },
  },
  {
    name: 'a port in a heredoc',
    files: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = <<-EOF\n    [{"name": "c", "portMappings": [{"containerPort": 80}]}]\n  EOF\n}\n',
    },
    intents: replacePort(81),
    expected: {
      'main.tf':
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = <<-EOF\n    [{"name": "c", "portMappings": [{"containerPort": 81}]}]\n  EOF\n}\n',
    },
  },
  {
    name: 'a port where a variable file gives it',
    files: {
      'main.tf':
        'variable "port" {}\nresource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ name = "c", portMappings = [{ containerPort = var.port }] }])\n}\n',
      'terraform.tfvars': '# The port\nport = "80"\n',
    },
    intents: replacePort(81),
    expected: { 'terraform.tfvars': '# The port\nport = "81"\n' },
  },
  {
    name: 'a block that goes, with a blank line',
    files: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  name = "s"\n\n  deployment_circuit_breaker {\n    enable   = true\n    rollback = true\n  }\n\n  # kept\n  cluster = "c"\n}\n',
    },
    intents: (root) => [{ kind: 'remove', at: breakerAt(root) }],
    expected: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "s"\n\n  # kept\n  cluster = "c"\n}\n' },
  },
  {
    name: 'a generated block that goes',
    files: {
      'main.tf':
        'resource "aws_ecs_service" "s" {\n  name = "s"\n\n  dynamic "deployment_circuit_breaker" {\n    for_each = [1]\n    content {\n      enable = true\n    }\n  }\n}\n',
    },
    intents: (root) => [{ kind: 'remove', at: breakerAt(root) }],
    expected: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "s"\n}\n' },
  },
  {
    name: 'nothing over what the provider sets by itself',
    files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "s"\n}\n' },
    intents: (root) => {
      const count: Value<number> = root.only('service').desiredCount;
      return [{ kind: 'replace', at: count.at, value: 1 }];
    },
    expected: undefined,
  },
  {
    name: 'the breaker of a service module',
    files: {
      'main.tf': 'module "s" {\n  source = "terraform-aws-modules/ecs/aws//modules/service"\n  name   = "s"\n}\n',
    },
    intents: set(BREAKER, breaker, service),
    expected: {
      'main.tf':
        'module "s" {\n  source = "terraform-aws-modules/ecs/aws//modules/service"\n  name   = "s"\n  deployment_circuit_breaker = {\n    enable   = true\n    rollback = true\n  }\n}\n',
    },
  },
  {
    name: 'the breaker of one of several services',
    files: {
      'main.tf':
        'module "ecs" {\n  source = "terraform-aws-modules/ecs/aws"\n  services = {\n    web = {\n      cpu = 256\n    }\n  }\n}\n',
    },
    intents: set(BREAKER, breaker, service),
    expected: {
      'main.tf':
        'module "ecs" {\n  source = "terraform-aws-modules/ecs/aws"\n  services = {\n    web = {\n      cpu = 256\n      deployment_circuit_breaker = {\n        enable   = true\n        rollback = true\n      }\n    }\n  }\n}\n',
    },
  },
  {
    name: 'a switch of a cloud control resource',
    files: {
      'main.tf':
        'resource "awscc_ecs_service" "s" {\n  deployment_configuration = {\n    deployment_circuit_breaker = {\n      enable = true\n    }\n  }\n}\n',
    },
    intents: set(`${BREAKER}.rollback`, true, service),
    expected: {
      'main.tf':
        'resource "awscc_ecs_service" "s" {\n  deployment_configuration = {\n    deployment_circuit_breaker = {\n      enable   = true\n      rollback = true\n    }\n  }\n}\n',
    },
  },
  {
    name: 'a block in JSON',
    files: {
      'main.tf.json':
        '{\n  "resource": {\n    "aws_ecs_service": {\n      "s": {\n        "name": "s"\n      }\n    }\n  }\n}\n',
    },
    intents: set(BREAKER, breaker, service),
    expected: {
      'main.tf.json':
        '{\n  "resource": {\n    "aws_ecs_service": {\n      "s": {\n        "name": "s",\n        "deployment_circuit_breaker": {\n          "enable": true,\n          "rollback": true\n        }\n      }\n    }\n  }\n}\n',
    },
  },
];

for (const { name, files, intents, expected } of cases) {
  test(name, () => {
    const after = edited(files, intents(settle(files)));
    assert.deepEqual(after, expected && { ...files, ...expected });
    if (!after) return;
    const problems = [...extractAll(after).values()].flatMap((one) => one.problems);
    assert.deepEqual(problems, []);
  });
}
