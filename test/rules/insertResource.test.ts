// The fix of `deployment-failure-unobserved` writes a rule into the file that holds the service, and the finding is gone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stackExample } from '../../server/src/rules/infrastructureExamples.ts';
import { allReports, analyze, applyFix, type Files, readMarked } from './workspace.ts';

const ID = 'deployment-failure-unobserved';

const terraform = `--- main.tf
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "app", image = "acme/web:1.4.2" }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.web.arn
} # the only one

variable "deployment_failed" {}
`;

const json = `--- template.json
{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "Task": {
      "Type": "AWS::ECS::TaskDefinition",
      "Properties": { "Family": "web", "ContainerDefinitions": [{ "Name": "app", "Image": "acme/web:1.4.2" }] }
    },
    "Service": {
      "Type": "AWS::ECS::Service",
      "Properties": { "ServiceName": "web", "DesiredCount": 2, "TaskDefinition": { "Ref": "Task" } }
    }
  }
}
`;

async function inserted(files: Files): Promise<Files> {
  const host = await analyze(files);
  const fix = allReports(host).find(({ rule }) => rule === ID)?.fixes[0];
  assert.ok(fix);
  const after = applyFix(host, fix, files);
  const rules = allReports(await analyze(after)).map(({ rule }) => rule);
  assert.deepEqual(
    rules.filter((rule) => rule === ID || rule === 'file-unparseable'),
    [],
  );
  return after;
}

test('in CloudFormation, in YAML', async () => {
  const { files } = readMarked(stackExample({}));
  const after = (await inserted(files)).get('template.yml') ?? '';
  assert.ok(after.startsWith((files.get('template.yml') ?? '').trimEnd()));
  assert.match(after, /\n {2}DeploymentFailedRule:\n {4}Type: AWS::Events::Rule\n/);
  assert.match(after, /\n {8}detail-type:/);
});

test('in CloudFormation, in JSON', async () => {
  const after = (await inserted(readMarked(json).files)).get('template.json') ?? '';
  const resources: unknown = JSON.parse(after).Resources;
  assert.deepEqual(Object.keys(Object(resources)), ['Task', 'Service', 'DeploymentFailedRule']);
});

test('in Terraform, also with other line ends', async () => {
  for (const vary of [(text: string) => text, (text: string) => text.replaceAll('\n', '\r\n')]) {
    const after = (await inserted(readMarked(vary(terraform)).files)).get('main.tf') ?? '';
    assert.match(after, /resource "aws_cloudwatch_event_rule" "deployment_failed2" \{\r?\n/);
    assert.equal(/[^\r]\n/.test(after), !vary('\n').includes('\r'));
  }
});
