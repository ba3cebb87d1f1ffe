// Override files of Terraform and OpenTofu, and which of two files of one name is loaded.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Service } from '../../../server/src/facts/service.ts';
import { placed, settle, short, type Texts } from './root.ts';

const MAIN = `variable "count_of_tasks" { default = 1 }
locals {
  controller = "ECS"
}
resource "aws_ecs_service" "web" {
  name          = "web"
  desired_count = var.count_of_tasks
  launch_type   = "EC2"
  deployment_controller {
    type = local.controller
  }
  load_balancer {
    target_group_arn = "arn:a"
    container_name   = "app"
    container_port   = 80
  }
  lifecycle {
    ignore_changes = [task_definition]
  }
}
`;

const override = (body: string): string => `resource "aws_ecs_service" "web" {\n${body}\n}\n`;

function shown(texts: Texts): string {
  const service = settle(texts).only('service');
  const ports = service.loadBalancers.items.map(({ containerPort }) => short(containerPort)).join('+');
  const ignores = service.ignoresTaskDefinitionChanges ? ' ignores' : '';
  return `${short(service.desiredCount)} ${short(service.launchType)} ${short(service.deploymentController)} ${ports}${ignores}`;
}

const rows: readonly (readonly [what: string, texts: Texts, expected: string])[] = [
  ['no override', {}, '1 EC2 ECS 80 ignores'],
  ['an argument', { 'override.tf': override('launch_type = "FARGATE"') }, '1 FARGATE ECS 80 ignores'],
  [
    'nested blocks of a type, all of them',
    { 'web_override.tf': override('load_balancer {\ncontainer_name = "app"\ncontainer_port = 81\n}') },
    '1 EC2 ECS 81 ignores',
  ],
  ['a variable', { 'override.tf': 'variable "count_of_tasks" { default = 4 }' }, '4 EC2 ECS 80 ignores'],
  [
    'a variable without another default',
    { 'override.tf': 'variable "count_of_tasks" { type = number }' },
    '1 EC2 ECS 80 ignores',
  ],
  ['a local', { 'override.tf': 'locals { controller = "CODE_DEPLOY" }' }, '1 EC2 CODE_DEPLOY 80 ignores'],
  [
    'lifecycle, argument by argument',
    { 'override.tf': override('lifecycle {\nprevent_destroy = true\n}') },
    '1 EC2 ECS 80 ignores',
  ],
  ['another lifecycle', { 'override.tf': override('lifecycle {\nignore_changes = []\n}') }, '1 EC2 ECS 80'],
  [
    'several, the last of which is the strongest',
    {
      'b_override.tf': override('desired_count = 3'),
      'a_override.tf': override('desired_count = 2\nlaunch_type = "FARGATE"'),
    },
    '3 FARGATE ECS 80 ignores',
  ],
  [
    'JSON over HCL',
    { 'override.tf.json': '{ "resource": { "aws_ecs_service": { "web": { "desired_count": 7 } } } }' },
    '7 EC2 ECS 80 ignores',
  ],
  ['a name that only looks like one', { 'overrides.tf': override('desired_count = 3') }, '1 EC2 ECS 80 ignores'],
  ['main.tofu in place of main.tf', { 'main.tofu': MAIN.replace('EC2', 'FARGATE') }, '1 FARGATE ECS 80 ignores'],
  ['another .tofu file beside it', { 'override.tofu': override('desired_count = 6') }, '6 EC2 ECS 80 ignores'],
];

describe('override files', () => {
  for (const [what, texts, expected] of rows)
    it(what, () => assert.equal(shown({ 'main.tf': MAIN, ...texts }), expected));

  it('values stand where they are written', () => {
    const texts = { 'main.tf': MAIN, 'override.tf': override('desired_count = 3') };
    assert.equal(placed(texts, settle(texts).only('service').desiredCount.at), 'override.tf: 3');
  });

  it('the facts follow an override that changes', () => {
    const first = { 'main.tf': MAIN, 'override.tf': override('desired_count = 3') };
    assert.equal(shown(first), '3 EC2 ECS 80 ignores');
    assert.equal(shown({ ...first, 'override.tf': override('desired_count = 5') }), '5 EC2 ECS 80 ignores');
    assert.equal(shown({ 'main.tf': MAIN }), '1 EC2 ECS 80 ignores');
  });

  it('arguments of a module that an override gives are open', () => {
    const texts = {
      'main.tf': 'module "web" {\n  source = "./web"\n  tasks = 2\n  type = "EC2"\n}\n',
      'override.tf': 'module "web" {\n  tasks = 3\n}\n',
      'web/main.tf':
        'variable "tasks" {}\nvariable "type" {}\nresource "aws_ecs_service" "web" {\n  name = "web"\n  desired_count = var.tasks\n  launch_type = var.type\n}\n',
    };
    const [service]: readonly Service[] = settle(texts).of('service');
    assert.equal(service?.desiredCount.state, 'dynamic');
    assert.equal(service && short(service.launchType), 'EC2');
  });
});
