// How the alarms that deployments shall listen to are named: by reference where that closes no circle.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, applyFix, readMarked } from './workspace.ts';

const alarm = (label: string, attributes: string): string => `
resource "aws_cloudwatch_metric_alarm" "${label}" {
  metric_name = "UnHealthyHostCount"
${attributes}
}
`;

const root = (alarms: string): string => `--- main.tf
resource "aws_lb_target_group" "web" {
  target_type = "ip"
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "app", image = "acme/web:1.4.2" }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  desired_count   = 4
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
${alarms}`;

const ofGroup = '  dimensions = { TargetGroup = aws_lb_target_group.web.arn_suffix }';
const ofService = '  dimensions = { ServiceName = aws_ecs_service.web.name }';

interface Row {
  readonly what: string;
  readonly alarms: string;
  /** Of `alarm_names` after the fix; undefined where there is no fix. */
  readonly names: string | undefined;
}

const rows: readonly Row[] = [
  {
    what: 'a name of its own',
    alarms: alarm('hosts', `  alarm_name = "hosts"\n${ofGroup}`),
    names: 'aws_cloudwatch_metric_alarm.hosts.alarm_name',
  },
  {
    what: 'a name that is decided elsewhere',
    alarms: alarm('hosts', `  alarm_name = "\${var.stage}-hosts"\n${ofGroup}`),
    names: 'aws_cloudwatch_metric_alarm.hosts.alarm_name',
  },
  {
    what: 'an alarm that refers to the service',
    alarms: alarm('cpu', `  alarm_name = "cpu"\n${ofService}`),
    names: '"cpu"',
  },
  {
    what: 'a name that holds the name of the service',
    alarms: alarm('hosts', `  alarm_name = "\${aws_ecs_service.web.name}-hosts"\n${ofGroup}`),
    names: '"web-hosts"',
  },
  {
    what: 'an open name that refers to the service',
    alarms: alarm('hosts', `  alarm_name = "\${aws_ecs_service.web.name}-\${var.stage}"\n${ofGroup}`),
    names: undefined,
  },
];

for (const { what, alarms, names } of rows) {
  test(what, async () => {
    const { files } = readMarked(root(alarms));
    const host = await analyze(files);
    const report = allReports(host).find(({ rule }) => rule === 'deployment-alarms-missing');
    assert.ok(report);
    const [fix] = report.fixes;
    assert.ok(fix);
    if (names === undefined) {
      assert.deepEqual(host.edits(fix), []);
      return;
    }
    const after = applyFix(host, fix, files);
    assert.match(
      after.get('main.tf') ?? '',
      new RegExp(`\\n    alarm_names = \\[${names.replaceAll('.', '\\.')}\\]\\n`),
    );
    const left = allReports(await analyze(after)).map(({ rule }) => rule);
    assert.ok(!left.includes('deployment-alarms-missing') && !left.includes('file-unparseable'));
  });
}

test('an alarm that scales the service is none that deployments should listen to', async () => {
  const scaling = alarm(
    'busy',
    `  alarm_name = "busy"\n  alarm_actions = [aws_appautoscaling_policy.out.arn]\n${ofService}`,
  );
  const policy = 'resource "aws_appautoscaling_policy" "out" {}\n';
  const reports = allReports(await analyze(readMarked(root(scaling + policy)).files));
  assert.ok(!reports.some(({ rule }) => rule === 'deployment-alarms-missing'));
});

test('the title says what listening gains', async () => {
  const one = root(
    alarm('hosts', `  alarm_name = "hosts"\n  period = 60\n  evaluation_periods = 1\n${ofGroup}`),
  ).replace('desired_count   = 4', 'desired_count   = 1');
  const [report] = allReports(await analyze(readMarked(one).files)).filter(
    ({ rule }) => rule === 'deployment-alarms-missing',
  );
  assert.match(
    report?.fixes[0]?.title ?? '',
    /^Roll back when hosts is raised: rolls back after about [\d.]+–[\d.]+ minutes instead of 18–25$/,
  );
});

test('a module that is called twice names its own alarms only', async () => {
  const outer = `--- main.tf
module "a" {
  source = "./app"
  name   = "a"
}

module "b" {
  source = "./app"
  name   = "b"
}

resource "aws_cloudwatch_metric_alarm" "outer" {
  alarm_name  = "outer"
  metric_name = "UnHealthyHostCount"
  dimensions  = { TargetGroup = module.a.group }
}
`;
  const inner = root(alarm('hosts', `  alarm_name = "\${var.name}-hosts"\n${ofGroup}`))
    .replace('--- main.tf', '--- app/main.tf')
    .replace('name            = "web"', 'name            = var.name');
  const outputs = 'variable "name" {}\n\noutput "group" {\n  value = aws_lb_target_group.web.arn_suffix\n}\n';
  const { files } = readMarked(outer + inner + outputs);
  const host = await analyze(files);
  const reports = allReports(host).filter(({ rule }) => rule === 'deployment-alarms-missing');
  assert.deepEqual(reports.map(({ message }) => message).sort(), [
    'Alarm b-hosts watches service b, but its deployments do not listen to it.',
    'Alarms a-hosts and outer watch service a, but its deployments do not listen to them.',
  ]);
  for (const { fixes } of reports) {
    const [fix] = fixes;
    assert.ok(fix);
    const after = applyFix(host, fix, files).get('app/main.tf') ?? '';
    assert.match(after, /\n {4}alarm_names = \[aws_cloudwatch_metric_alarm\.hosts\.alarm_name\]\n/);
  }
});
