// Terraform and a pipeline both say which task definition a service runs.

import { isAddress } from '../facts/reference.ts';
import type { DeploymentRule } from './rule.ts';

const service = (lifecycle: string): string => `--- main.tf
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    { name = "app", image = "acme/web:1.4.2", essential = true },
  ])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  desired_count   = 2
  task_definition = ${lifecycle}
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
--- ecs/task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.3", "essential": true }]
}
--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: «1:aws-actions/amazon-ecs-deploy-task-definition@v2»
        with:
          task-definition: ecs/task-definition.json
          service: web
          wait-for-service-stability: true
`;

export const taskDefinitionOwnedTwice: DeploymentRule = {
  id: 'task-definition-owned-twice',
  group: 'pipeline',
  severity: 'info',
  summary: 'Terraform and a workflow both deploy it, without `ignore_changes`.',
  why: 'The pipeline moves the service to a revision that Terraform does not know. The next `terraform apply`, run for whatever other reason, moves it back to the revision of its state: an unannounced deployment of an older image.',
  remedy:
    'Leave the task definition of the service to the pipeline, with `lifecycle { ignore_changes = [task_definition] }`, or let Terraform deploy it alone.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
    'https://github.com/hashicorp/terraform-provider-aws/issues/632',
  ],
  fixKinds: [],
  subject: 'deployment',
  *check({ service: owned, name, deliveries }) {
    const reference = owned?.taskDefinition;
    if (owned?.ignoresTaskDefinitionChanges !== false || reference?.state !== 'known' || !isAddress(reference.value))
      return;
    const deploys = deliveries.flatMap((delivery) => delivery.deploys);
    const registering = deploys.filter(({ taskDefinition }) => taskDefinition.state !== 'absent');
    if (registering.length === 0) return;
    yield {
      at: reference.at,
      message: `A pipeline deploys service ${name} too, and the next apply moves the service back to this task definition.`,
      related: registering.map(({ at }) => ({ at, message: 'The pipeline deploys it here.' })),
    };
  },
  examples: {
    bad: [
      {
        files: service('«aws_ecs_task_definition.web.arn»'),
        message:
          'A pipeline deploys service web too, and the next apply moves the service back to this task definition.',
      },
    ],
    good: [
      service('aws_ecs_task_definition.web.arn\n  lifecycle {\n    ignore_changes = [task_definition]\n  }').replace(
        /«1:|»/g,
        '',
      ),
    ],
  },
};
