// What blocks say beyond their attributes, other providers' resources, and modules of the registry.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, placed, settle, short } from './root.ts';

test('a service that leaves its task definition to others', () => {
  const service = (changes: string): boolean | undefined =>
    settle({
      'main.tf': `resource "aws_ecs_service" "s" {\n  lifecycle {\n    ignore_changes = ${changes}\n  }\n}\n`,
    }).only('service').ignoresTaskDefinitionChanges;
  assert.deepEqual(
    ['[task_definition]', '[desired_count, task_definition]', 'all', '["task_definition"]', '[desired_count]'].map(
      service,
    ),
    [true, true, true, true, false],
  );
});

test('a service without a name is called as its block is', () => {
  const root = settle(
    {
      'infra/main.tf': 'module "api" {\n  source = "../app"\n}\n',
      'app/main.tf': 'resource "aws_ecs_service" "this" {\n  count = 1\n  name = var.unknown\n}\n',
    },
    'infra',
  );
  assert.equal(root.only('service').logicalName, 'module.api.this[0]');
});

test('dynamic blocks, known and unknown', () => {
  const root = settle({
    'main.tf': `
variable "balancers" {}
resource "aws_ecs_service" "known" {
  dynamic "load_balancer" {
    for_each = { a = 80, b = 81 }
    content {
      container_name = load_balancer.key
      container_port = load_balancer.value
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = [{ enable = true, rollback = true }]
    iterator = breaker
    content {
      enable   = breaker.value.enable
      rollback = breaker.value.rollback
    }
  }
}
resource "aws_ecs_service" "unknown" {
  dynamic "load_balancer" {
    for_each = var.balancers
    content {}
  }
  dynamic "deployment_circuit_breaker" {
    for_each = var.balancers
    content {}
  }
}
resource "aws_ecs_service" "none" {
  dynamic "deployment_circuit_breaker" {
    for_each = []
    content {}
  }
}
`,
  });
  assert.deepEqual(
    root
      .of('service')
      .map((service) => [
        service.loadBalancers.items.map((one) => `${short(one.containerName)}:${short(one.containerPort)}`).join(),
        service.loadBalancers.complete,
        service.deploymentCircuitBreaker.state,
      ]),
    [
      ['a:80,b:81', true, 'known'],
      ['', false, 'dynamic'],
      ['', true, 'absent'],
    ],
  );
});

test('an Express service', () => {
  const root = settle({
    'main.tf': `
resource "aws_ecs_express_gateway_service" "app" {
  service_name = "app"
  primary_container {
    image          = "acme/app:1"
    container_port = 8080
    environment {
      name  = "MODE"
      value = "x"
    }
  }
}
`,
  });
  const [container] = root.only('taskDefinition').containerDefinitions.items;
  assert(container);
  assert.equal(short(root.only('service').serviceName), 'app');
  assert.deepEqual(
    [
      short(container.image),
      container.portMappings.items.map((one) => short(one.containerPort)).join(),
      container.environment.items.map((one) => short(one.value)).join(),
    ],
    ['acme/app:1', '8080', 'x'],
  );
});

test('a resource of the cloud control provider', () => {
  const service = settle({
    'main.tf': `
resource "awscc_ecs_service" "app" {
  service_name    = "app"
  task_definition = "app:1"
  desired_count   = 2
  load_balancers  = [{ container_name = "app", container_port = 80 }]
  deployment_configuration = {
    deployment_circuit_breaker = {
      enable                = true
      rollback              = true
      reset_on_healthy_task = false
    }
  }
}
`,
  }).only('service');
  assert(service.deploymentCircuitBreaker.state === 'known');
  assert.deepEqual(
    [
      short(service.serviceName),
      short(service.desiredCount),
      short(service.deploymentCircuitBreaker.value.resetOnHealthyTask),
    ],
    ['app', '2', 'false'],
  );
  assert.equal(service.loadBalancers.items.map((one) => short(one.containerPort)).join(), '80');
});

test('the service module of the registry', () => {
  const texts = {
    'main.tf': `
module "api" {
  source      = "terraform-aws-modules/ecs/aws//modules/service"
  version     = "~> 6.0"
  name        = "api"
  cluster_arn = module.cluster.arn
  container_definitions = {
    api = {
      image        = "acme/api:1"
      portMappings = [{ containerPort = 8080 }]
    }
  }
  load_balancer = {
    service = {
      target_group_arn = aws_lb_target_group.api.arn
      container_name   = "api"
      container_port   = 8080
    }
  }
  subnet_ids = ["subnet-1"]
}

module "ecs" {
  source  = "terraform-aws-modules/ecs/aws"
  version = "5.12.1"
  services = {
    web = {
      desired_count              = 3
      deployment_circuit_breaker = { enable = true, rollback = true }
      container_definitions = {
        web = {
          image         = "acme/web:1"
          port_mappings = [{ containerPort = 3000 }]
          health_check  = { command = ["CMD", "true"] }
        }
      }
    }
  }
}
resource "aws_lb_target_group" "api" {}
`,
  };
  const root = settle(texts);
  assert.deepEqual(
    root
      .of('service')
      .map((service) => [
        short(service.serviceName),
        short(service.desiredCount),
        short(service.minimumHealthyPercent),
        service.deploymentCircuitBreaker.state,
        service.loadBalancers.items.map((one) => short(one.targetGroupArn)).join(),
        service.securityGroups.complete,
      ]),
    [
      ['api', '1', '66', 'absent', address('aws_lb_target_group.api'), false],
      ['web', '3', '66', 'known', '', false],
    ],
  );
  const containers = root.of('taskDefinition').flatMap((one) => one.containerDefinitions.items);
  assert.deepEqual(
    containers.map((one) => [
      short(one.name),
      one.portMappings.items.map((mapping) => short(mapping.containerPort)).join(),
      one.healthCheck.state,
      short(one.versionConsistency),
    ]),
    [
      ['api', '8080', 'absent', 'disabled'],
      ['web', '3000', 'known', '-'],
    ],
  );
  for (const service of root.of('service')) {
    const linked = root.of('taskDefinition').filter((one) => one.address === short(service.taskDefinition));
    assert.equal(linked.length, 1);
  }
  assert.equal(placed(texts, root.of('service')[1]?.nameAt ?? { uri: '', span: { start: 0, end: 0 } }), 'main.tf: web');
});
