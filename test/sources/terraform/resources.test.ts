// Resources of the provider to facts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reference } from '../../../server/src/facts/reference.ts';
import { address, settle, short, shortList } from './root.ts';

const SERVICE = `
resource "aws_ecs_cluster" "main" { name = "prod" }

resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = "512"
  container_definitions = jsonencode([{
    name  = "app"
    image = "acme/app:1"
    portMappings = [{ containerPort = 3000, hostPort = 3000 }]
    environment = [for k, v in { PORT = 3000, MODE = "x" } : { name = k, value = tostring(v) }]
  }])
}

resource "aws_lb_target_group" "app" {
  name                 = "app"
  port                 = 80
  target_type          = "ip"
  deregistration_delay = 30
  health_check {
    path    = "/health"
    timeout = 4
  }
}

resource "aws_ecs_service" "app" {
  name            = "app"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"

  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 150

  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }

  deployment_controller {
    type = "ECS"
  }

  alarms {
    enable      = true
    rollback    = true
    alarm_names = ["app-5xx"]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.app.arn
    container_name   = "app"
    container_port   = 3000
  }

  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.app.id, "sg-1"]
  }

  service_connect_configuration {
    enabled = true
    service { port_name = "http" }
  }
}

resource "aws_security_group" "app" {}
`;

test('a service with everything that belongs to it', () => {
  const root = settle({ 'main.tf': SERVICE });
  const service = root.only('service');
  const breaker = service.deploymentCircuitBreaker;
  assert(breaker.state === 'known');
  assert.deepEqual(
    {
      address: service.address,
      name: short(service.serviceName),
      cluster: short(service.cluster),
      taskDefinition: short(service.taskDefinition),
      desiredCount: short(service.desiredCount),
      launchType: short(service.launchType),
      controller: short(service.deploymentController),
      percents: [short(service.minimumHealthyPercent), short(service.maximumPercent)],
      breaker: [short(breaker.value.enable), short(breaker.value.rollback)],
      loadBalancers: service.loadBalancers.items.map((one) => [
        short(one.targetGroupArn),
        short(one.containerName),
        short(one.containerPort),
      ]),
      securityGroups: shortList(service.securityGroups),
      connect: service.serviceConnectServices.items.map((one) => short(one.portName)),
    },
    {
      address: address('aws_ecs_service.app'),
      name: 'app',
      cluster: address('aws_ecs_cluster.main'),
      taskDefinition: address('aws_ecs_task_definition.app'),
      desiredCount: '0',
      launchType: 'FARGATE',
      controller: 'ECS',
      percents: ['50', '150'],
      breaker: ['true', 'false'],
      loadBalancers: [[address('aws_lb_target_group.app'), 'app', '3000']],
      securityGroups: `${address('aws_security_group.app')}, sg-1`,
      connect: ['http'],
    },
  );
  assert(service.deploymentAlarms.state === 'known');
  assert.equal(shortList(service.deploymentAlarms.value.alarmNames), 'app-5xx');
});

test('a task definition and its containers', () => {
  const definition = settle({ 'main.tf': SERVICE }).only('taskDefinition');
  const [container] = definition.containerDefinitions.items;
  assert(container);
  assert.deepEqual([definition.family, definition.networkMode, definition.cpu, definition.memory].map(short), [
    'app',
    'awsvpc',
    '256',
    '512',
  ]);
  assert.deepEqual(
    container.environment.items.map((one) => `${short(one.name)}=${short(one.value)}`),
    ['MODE=x', 'PORT=3000'],
  );
  assert.deepEqual(
    [container.name, container.image, ...container.portMappings.items.map((one) => one.hostPort)].map((one) =>
      short<unknown>(one),
    ),
    ['app', 'acme/app:1', '3000'],
  );
});

test('a target group, with what the provider sets where nothing is written', () => {
  const { healthCheck, ...group } = settle({ 'main.tf': SERVICE }).only('targetGroup');
  const values = [group.port, group.targetType, group.deregistrationDelay, healthCheck.path, healthCheck.port];
  assert.deepEqual(
    values.map((value) => short<unknown>(value)),
    ['80', 'ip', '30', '/health', '-'],
  );
  const times = [
    healthCheck.interval,
    healthCheck.timeout,
    healthCheck.healthyThreshold,
    healthCheck.unhealthyThreshold,
  ];
  assert.deepEqual(times.map(short), ['30', '4', '3', '3']);
});

test('what stands around a service', () => {
  const root = settle({
    'main.tf': `
resource "aws_ecs_service" "app" { name = "app" }
resource "aws_lb" "main" {
  name            = "main"
  security_groups = [aws_security_group.lb.id]
}
resource "aws_alb_target_group" "app" { name = "app" }
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_alb_target_group.app.arn
  }
}
resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.http.arn
  action {
    type = "forward"
    forward {
      target_group { arn = aws_alb_target_group.app.arn }
    }
  }
}
resource "aws_security_group" "lb" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
    self        = true
  }
}
resource "aws_security_group_rule" "in" {
  type                     = "ingress"
  from_port                = 80
  to_port                  = 81
  protocol                 = "tcp"
  security_group_id        = aws_security_group.lb.id
  source_security_group_id = aws_security_group.lb.id
}
resource "aws_security_group_rule" "out" {
  type              = "egress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  security_group_id = aws_security_group.lb.id
}
resource "aws_vpc_security_group_ingress_rule" "in" {
  security_group_id            = aws_security_group.lb.id
  referenced_security_group_id = aws_security_group.lb.id
  ip_protocol                  = "-1"
}
resource "aws_appautoscaling_target" "app" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/prod/\${aws_ecs_service.app.name}"
  min_capacity       = 1
  max_capacity       = 4
}
resource "aws_appautoscaling_scheduled_action" "night" {
  name              = "night"
  service_namespace = aws_appautoscaling_target.app.service_namespace
  resource_id       = aws_appautoscaling_target.app.resource_id
  schedule          = "cron(0 20 * * ? *)"
  scalable_target_action {
    min_capacity = 0
    max_capacity = 0
  }
}
resource "aws_scheduler_schedule" "night" {
  name                = "night"
  schedule_expression = "cron(0 20 * * ? *)"
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:ecs:updateService"
    input    = jsonencode({ Cluster = "prod", Service = aws_ecs_service.app.name, DesiredCount = 0 })
  }
}
resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  alarm_name  = "unhealthy"
  namespace   = "AWS/ECS"
  metric_name = "RunningTaskCount"
  dimensions = {
    ServiceName = aws_ecs_service.app.name
  }
}
resource "aws_cloudwatch_event_rule" "failed" {
  event_pattern = jsonencode({ source = ["aws.ecs"], detail = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] } })
}
resource "aws_ecr_repository" "app" {
  name                 = "acme/app"
  image_tag_mutability = "IMMUTABLE"
}
`,
  });
  const lb = address('aws_security_group.lb');
  assert.equal(shortList(root.only('loadBalancer').securityGroups), lb);
  assert.deepEqual(
    root
      .of('loadBalancerListener')
      .map((one) => [short(one.loadBalancer), short(one.listener), shortList(one.targetGroups)]),
    [
      [address('aws_lb.main'), '-', address('aws_alb_target_group.app')],
      ['-', address('aws_lb_listener.http'), address('aws_alb_target_group.app')],
    ],
  );
  const [ingress] = root.only('securityGroup').ingress.items;
  assert(ingress);
  assert.deepEqual([shortList(ingress.cidrs), shortList(ingress.sourceGroups)], ['10.0.0.0/8, 192.168.0.0/16', lb]);
  assert.deepEqual(
    root
      .of('securityGroupIngress')
      .map(({ group, rule }) => [
        short(group),
        short(rule.protocol),
        short(rule.fromPort),
        short(rule.toPort),
        shortList(rule.sourceGroups),
      ]),
    [
      [lb, 'tcp', '80', '81', lb],
      [lb, '-1', '-', '-', lb],
    ],
  );
  const target = root.only('scalableTarget');
  assert.deepEqual(
    [target.service, target.minCapacity, target.maxCapacity].map((one) => short<unknown>(one)),
    [address('aws_ecs_service.app'), '1', '4'],
  );
  assert.deepEqual(
    root.of('scheduledCount').map((one) => [short(one.target), short(one.count)]),
    [
      [address('aws_ecs_service.app'), '0'],
      ['app', '0'],
    ],
  );
  const alarm = root.only('alarm');
  const dimension = (value: Reference | undefined): string => (value ? short(value) : 'none');
  assert.deepEqual(
    [short(alarm.metricName), dimension(alarm.dimensions.items[0]?.value)],
    ['RunningTaskCount', address('aws_ecs_service.app')],
  );
  assert.equal(
    short(root.only('eventRule').pattern),
    '{"source":["aws.ecs"],"detail":{"eventName":["SERVICE_DEPLOYMENT_FAILED"]}}',
  );
  const repository = root.only('imageRepository');
  assert.deepEqual([repository.repositoryName, repository.imageTagMutability].map(short), ['acme/app', 'IMMUTABLE']);
});

test('deployment groups of CodeDeploy', () => {
  const root = settle({
    'main.tf': `resource "aws_ecs_service" "app" {
  name = "app"
}
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name = "errors"
}
resource "aws_codedeploy_deployment_group" "app" {
  app_name               = "app"
  deployment_group_name  = "app-group"
  deployment_config_name = "CodeDeployDefault.ECSAllAtOnce"
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE"]
  }
  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
  }
  ecs_service {
    cluster_name = "main"
    service_name = aws_ecs_service.app.name
  }
  trigger_configuration {
    trigger_events     = ["DeploymentFailure"]
    trigger_name       = "told"
    trigger_target_arn = "arn:aws:sns:eu-west-1:123456789012:told"
  }
}
resource "aws_codedeploy_deployment_group" "functions" {
  app_name              = "other"
  deployment_group_name = "functions"
}`,
  });
  const group = root.only('deploymentGroup');
  assert.deepEqual(
    [group.deploymentGroupName, group.deploymentConfigName].map((one) => short<unknown>(one)),
    ['app-group', 'CodeDeployDefault.ECSAllAtOnce'],
  );
  assert.equal(shortList(group.services), address('aws_ecs_service.app'));
  assert.equal(shortList(group.triggerEvents), 'DeploymentFailure');
  const { autoRollback, alarms } = group;
  assert.equal(autoRollback.state === 'known' && shortList(autoRollback.value.events), 'DEPLOYMENT_FAILURE');
  assert.equal(
    alarms.state === 'known' && shortList(alarms.value.alarmNames),
    address('aws_cloudwatch_metric_alarm.errors'),
  );
});
