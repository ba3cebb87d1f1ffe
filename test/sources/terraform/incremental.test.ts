// A Terraform root after any edits says what a fresh run says, its modules, variables and templates included.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalysisHost } from '../../../server/src/engine/index.ts';
import { root, settle, uriOf } from '../../rules/workspace.ts';
import { testEdits } from '../randomEdits.ts';

const original: ReadonlyMap<string, string> = new Map([
  ['Dockerfile', 'FROM node:22-alpine\nCOPY server.js .\nEXPOSE 3000\nCMD ["node", "server.js"]\n'],
  ['server.js', "require('http').createServer().listen(3000);\n"],
  [
    'infra/main.tf',
    `variable "port" { default = 3001 }

module "web" {
  source = "./service"
  name   = "web"
  port   = var.port
}

resource "aws_ecs_task_definition" "job" {
  family                = "job"
  container_definitions = templatefile("\${path.module}/job.json.tpl", { port = var.port })
}

resource "aws_ecs_service" "job" {
  name            = "job"
  task_definition = aws_ecs_task_definition.job.arn
  load_balancer {
    target_group_arn = aws_lb_target_group.job.arn
    container_name   = "job"
    container_port   = 3000
  }
}

resource "aws_lb_target_group" "job" {
  target_type = "instance"
}
`,
  ],
  ['infra/terraform.tfvars', 'port = 3002\n'],
  [
    'infra/job.json.tpl',
    '[{"name": "job", "image": "acme/job:latest", "portMappings": [{"containerPort": ${port}}]}]\n',
  ],
  [
    'infra/service/main.tf',
    `variable "name" {}
variable "port" {}

resource "aws_ecs_task_definition" "app" {
  family       = var.name
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name         = var.name
    image        = "acme/web:latest"
    portMappings = [{ containerPort = var.port }]
  }])
}

resource "aws_ecs_service" "app" {
  name            = var.name
  task_definition = aws_ecs_task_definition.app.arn
}
`,
  ],
]);

testEdits(original, 6, [
  'var.port',
  '\n}\n\nresource "aws_ecs_service" "other" {\n  name = "other"\n',
  '\n}\nlocals {\n  port = 3003\n',
]);

test('a template that a root takes in is no deployment of its own, until the root lets go of it', async () => {
  const files = new Map(original);
  const host = createAnalysisHost();
  host.apply({ folders: [root], added: [...files.keys()].map(uriOf) });
  await settle(host, files);
  const names = (): readonly string[] => host.deployments().map((view) => view.deployment.id);
  const standalone = 'infra/job.json.tpl';
  assert(!names().some((id) => id.includes(standalone)), names().join());
  const main = (original.get('infra/main.tf') ?? '').replace('job.json.tpl', 'other.json.tpl');
  host.apply({ contents: [{ uri: uriOf('infra/main.tf'), text: main }] });
  await settle(host, new Map([...files, ['infra/main.tf', main]]));
  assert(
    names().some((id) => id.includes(standalone)),
    names().join(),
  );
});
