// The fixes of `deployment-failure-unobserved` write resources into the file that holds the service, and the finding is gone:
// a rule that sees deployments fail, or alarms that deployments listen to, by reference.

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

async function inserted(files: Files, title = /^Add an event rule/): Promise<Files> {
  const host = await analyze(files);
  const fix = allReports(host)
    .find(({ rule }) => rule === ID)
    ?.fixes.find((one) => title.test(one.title));
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
    assert.match(after, /resource "aws_cloudwatch_event_rule" "deployment_failed_2" \{\r?\n/);
    assert.equal(/[^\r]\n/.test(after), !vary('\n').includes('\r'));
  }
});

test('in Terraform, in JSON', async () => {
  const after = (await inserted(readMarked(terraformJson).files)).get('main.tf.json') ?? '';
  const { aws_cloudwatch_event_rule: rules, aws_cloudwatch_event_target: targets } = JSON.parse(after).resource;
  assert.match(rules.deployment_failed.event_pattern, /"SERVICE_DEPLOYMENT_FAILED"/);
  assert.equal(targets.deployment_failed.rule, '${aws_cloudwatch_event_rule.deployment_failed.name}');
});

// Alarms

const ALARMS = /^Add alarms on the service, and roll back when one is raised(?:: rolls back after about|$)/;

const balanced = `  LoadBalancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref LoadBalancer
      DefaultActions:
        - TargetGroupArn: !Ref TargetGroup
`;

async function alarmed(files: Files): Promise<string> {
  const [[path]] = [...files] as [[string, string]];
  const after = await inserted(files, ALARMS);
  const left = allReports(await analyze(after)).map(({ rule }) => rule);
  assert.deepEqual(
    left.filter((rule) => rule === 'deployment-alarms-missing'),
    [],
    'deployments listen to the new alarms',
  );
  return after.get(path) ?? '';
}

test('alarms in CloudFormation, in YAML', async () => {
  const parts = { resources: balanced, service: '      Cluster: !GetAtt Cluster.Arn\n' };
  const text = await alarmed(readMarked(stackExample(parts)).files);
  assert.match(
    text,
    /\n {8}Alarms:\n {10}AlarmNames:\n {12}- !Ref UnhealthyHostsAlarm\n {12}- !Ref RunningTasksAlarm\n/,
  );
  assert.match(text, /Value: !GetAtt TargetGroup\.TargetGroupFullName\n/);
  assert.match(text, /Value: !GetAtt LoadBalancer\.LoadBalancerFullName\n/);
  assert.match(text, /- Name: ClusterName\n {10}Value: !Ref Cluster\n {8}- Name: ServiceName\n {10}Value: web\n?/);
  assert.match(text, /RunningTaskCount needs Container Insights/);
});

test('alarms that would close a circle are written, but not listened to', async () => {
  const text = await alarmed(
    readMarked(stackExample({ resources: balanced }).replace('      ServiceName: web\n', '')).files,
  );
  assert.match(text, /AlarmNames:\n {12}- !Ref UnhealthyHostsAlarm\n {10}Enable: true/);
  assert.match(text, /Value: !GetAtt Service\.Name\n?/);
});

test('no alarm on what cannot be named: a load balancer that is elsewhere, a resource under a condition', async () => {
  const elsewhere = await alarmed(readMarked(stackExample({})).files);
  assert.doesNotMatch(elsewhere, /UnHealthyHostCount/);
  const conditional = balanced.replace('LoadBalancer\n  Listener', 'LoadBalancer\n    Condition: IsPublic\n  Listener');
  const text = await alarmed(readMarked(stackExample({ resources: conditional })).files);
  assert.doesNotMatch(text, /UnHealthyHostCount/);
  assert.match(text, /AlarmNames:\n {12}- !Ref RunningTasksAlarm\n/);
});

test('alarms in CloudFormation, in JSON', async () => {
  const resources: Record<string, { Properties: Record<string, unknown> }> = JSON.parse(
    await alarmed(readMarked(json).files),
  ).Resources;
  assert.deepEqual(Object(resources.Service?.Properties.DeploymentConfiguration).Alarms, {
    AlarmNames: [{ Ref: 'RunningTasksAlarm' }],
    Enable: true,
    Rollback: true,
  });
  assert.deepEqual(resources.RunningTasksAlarm?.Properties.Dimensions, [
    { Name: 'ClusterName', Value: 'default' },
    { Name: 'ServiceName', Value: 'web' },
  ]);
});

const terraformBalanced = `${terraform.replace(
  '  desired_count ',
  '  cluster         = aws_ecs_cluster.main.id\n  load_balancer {\n    target_group_arn = aws_lb_target_group.web.arn\n    container_name = "app"\n    container_port = 80\n  }\n  desired_count ',
)}
resource "aws_ecs_cluster" "main" {}

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
`;

test('alarms in Terraform, also with other line ends', async () => {
  for (const vary of [(text: string) => text, (text: string) => text.replaceAll('\n', '\r\n')]) {
    const text = await alarmed(readMarked(vary(terraformBalanced)).files);
    assert.equal(/[^\r]\n/.test(text), !vary('\n').includes('\r'));
    const plain = text.replaceAll('\r\n', '\n');
    const names =
      'aws_cloudwatch_metric_alarm.unhealthy_hosts.alarm_name, aws_cloudwatch_metric_alarm.running_tasks.alarm_name';
    assert.ok(
      plain.includes(`  alarms {\n    alarm_names = [${names}]\n    enable      = true\n    rollback    = true\n  }\n`),
    );
    assert.match(
      plain,
      /TargetGroup {2}= aws_lb_target_group\.web\.arn_suffix\n {4}LoadBalancer = aws_lb\.web\.arn_suffix\n/,
    );
    assert.match(plain, /ClusterName = aws_ecs_cluster\.main\.name\n {4}ServiceName = "web"\n/);
    assert.match(plain, /alarm_name += "web-running-tasks"\n/);
  }
});

test('alarms in Terraform: a name that is an expression, a cluster that is a name or an ARN', async () => {
  const open = terraformBalanced
    .replace('name            = "web"', 'name            = "${var.stage}-web"')
    .replace('aws_ecs_cluster.main.id', 'var.cluster');
  const text = await alarmed(readMarked(open).files);
  assert.match(text, /ServiceName = "\$\{var\.stage\}-web"\n/);
  assert.match(text, /alarm_name += "\$\{var\.stage\}-web-unhealthy-hosts"\n/);
  assert.match(text, /ClusterName = element\(split\("\/", var\.cluster\), 1\)\n/);
});

const terraformJson = `--- main.tf.json
{
  "resource": {
    "aws_ecs_task_definition": {
      "web": { "family": "web", "container_definitions": "[{\\"name\\": \\"app\\", \\"image\\": \\"acme/web:1.4.2\\"}]" }
    },
    "aws_ecs_service": {
      "web": {
        "name": "\${var.stage}-web",
        "desired_count": 2,
        "task_definition": "\${aws_ecs_task_definition.web.arn}"
      }
    }
  }
}
`;

test('alarms in Terraform, in JSON', async () => {
  const { aws_cloudwatch_metric_alarm: alarms, aws_ecs_service: services } = JSON.parse(
    await alarmed(readMarked(terraformJson).files),
  ).resource;
  assert.deepEqual(services.web.alarms, {
    alarm_names: ['${aws_cloudwatch_metric_alarm.running_tasks.alarm_name}'],
    enable: true,
    rollback: true,
  });
  assert.equal(alarms.running_tasks.alarm_name, '${var.stage}-web-running-tasks');
  assert.deepEqual(alarms.running_tasks.dimensions, { ClusterName: 'default', ServiceName: '${var.stage}-web' });
});

test('a service of which there are several gets no alarm by itself', async () => {
  const counted = terraform.replace('  name            = "web"', '  count           = 2\n  name            = "web"');
  const host = await analyze(readMarked(counted).files);
  const fixes = allReports(host).find(({ rule }) => rule === ID)?.fixes ?? [];
  assert.ok(fixes.every((fix) => !ALARMS.test(fix.title) || host.edits(fix).length === 0));
});
