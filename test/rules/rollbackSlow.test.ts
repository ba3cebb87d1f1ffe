// What the title of a fix promises is what the forecast says once the fix is made, in every format of infrastructure.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast } from '../../server/src/forecast/forecast.ts';
import { minuteRange } from '../../server/src/forecast/minutes.ts';
import { stackExample } from '../../server/src/rules/infrastructureExamples.ts';
import { allReports, analyze, applyFix, type Files, readMarked } from './workspace.ts';

const stack = stackExample({
  resources: `  LoadBalancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref LoadBalancer
      DefaultActions:
        - TargetGroupArn: !Ref TargetGroup
`,
}).replace('DesiredCount: 4', 'DesiredCount: 1');

const terraform = `--- main.tf
resource "aws_lb" "web" {}

resource "aws_lb_target_group" "web" {
  target_type = "ip"
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  default_action {
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "app", image = "acme/web:1.4.2", portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  desired_count   = 1
  task_definition = aws_ecs_task_definition.web.arn

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "app"
    container_port   = 8080
  }
}
`;

const copilot = `--- copilot/web/manifest.yml
name: web
type: Load Balanced Web Service
image:
  location: acme/web:1.4.2
  port: 8080
http:
  path: /
  deregistration_delay: 300s
count: 1
`;

async function minutesOf(files: Files): Promise<string | undefined> {
  const [view] = (await analyze(files)).deployments();
  const found = view && forecast(view.deployment);
  return found?.minutes ? minuteRange(found.minutes) : undefined;
}

const DRAIN = 'Drain targets for 30 seconds';
const CHECK = 'Check the health of targets every 10 seconds';
const ALARMS = 'Add alarms on the service, and roll back when one is raised';
const COUNTS = ['Trip the circuit breaker after 1 failed task', 'Trip the circuit breaker after 2 failed tasks'];

const rows: readonly (readonly [format: string, text: string, choices: readonly string[]])[] = [
  ['CloudFormation', stack, [...COUNTS, DRAIN, CHECK, ALARMS]],
  // The provider has no word for the threshold.
  ['Terraform', terraform, [DRAIN, CHECK, ALARMS]],
  // Its circuit breaker is its own.
  ['Copilot', copilot, [DRAIN, CHECK]],
];

for (const [format, text, choices] of rows) {
  test(`in ${format}: ${choices.length} ways to roll back sooner`, async () => {
    const { files } = readMarked(text);
    const host = await analyze(files);
    const report = allReports(host).find(({ rule }) => rule === 'rollback-slow');
    assert.ok(report);
    const before = await minutesOf(files);
    const offered = report.fixes.filter((fix) => host.edits(fix).length > 0);
    assert.deepEqual(
      offered.map(({ title }) => title.replace(/: .*/, '')),
      choices,
    );
    for (const fix of offered) {
      const after = await minutesOf(applyFix(host, fix, files));
      const gain = `: rolls back after about ${after} minutes instead of ${before}`;
      assert.ok(fix.title.endsWith(gain), `${fix.title}, but ${after}`);
    }
  });
}
