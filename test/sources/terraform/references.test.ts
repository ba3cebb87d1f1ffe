// How services name their task definitions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, settle, short } from './root.ts';

const references: readonly (readonly [string, string])[] = [
  ['aws_ecs_task_definition.app.arn', address('aws_ecs_task_definition.app')],
  ['aws_ecs_task_definition.app.id', address('aws_ecs_task_definition.app')],
  ['aws_ecs_task_definition.app.family', address('aws_ecs_task_definition.app')],
  ['aws_ecs_task_definition.app.arn_without_revision', address('aws_ecs_task_definition.app')],
  [
    '"${aws_ecs_task_definition.app.family}:${aws_ecs_task_definition.app.revision}"',
    address('aws_ecs_task_definition.app'),
  ],
  ['data.aws_ecs_task_definition.latest.arn', address('aws_ecs_task_definition.app')],
  [
    '"${aws_ecs_task_definition.app.family}:${max(aws_ecs_task_definition.app.revision, data.aws_ecs_task_definition.latest.revision)}"',
    address('aws_ecs_task_definition.app'),
  ],
  ['aws_ecs_task_definition.many[1].arn', address('aws_ecs_task_definition.many[1]')],
  ['aws_ecs_task_definition.each["b"].arn', address('aws_ecs_task_definition.each["b"]')],
  ['try(aws_ecs_task_definition.many[0].arn, "x")', address('aws_ecs_task_definition.many[0]')],
  ['one(aws_ecs_task_definition.single[*].arn)', address('aws_ecs_task_definition.single[0]')],
  ['join("", aws_ecs_task_definition.single.*.arn)', address('aws_ecs_task_definition.single[0]')],
  ['"web:7"', 'web:7'],
];

for (const [expression, expected] of references) {
  test(`a service refers to ${expression}`, () => {
    const root = settle({
      'main.tf': `
resource "aws_ecs_task_definition" "app" { family = "app" }
resource "aws_ecs_task_definition" "many" {
  count  = 2
  family = "m\${count.index}"
}
resource "aws_ecs_task_definition" "single" {
  count  = 1
  family = "s"
}
resource "aws_ecs_task_definition" "each" {
  for_each = { a = 1, b = 2 }
  family   = each.key
}
data "aws_ecs_task_definition" "latest" { task_definition = aws_ecs_task_definition.app.family }
resource "aws_ecs_service" "s" { task_definition = ${expression} }
`,
    });
    assert.equal(short(root.only('service').taskDefinition), expected);
  });
}
