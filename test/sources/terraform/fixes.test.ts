// Fixes of wrong ports, wherever Terraform keeps the number: after each the finding is gone, and the rest of the file stays.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, applyFix, type Files } from '../../rules/workspace.ts';

const PROGRAM: readonly (readonly [string, string])[] = [
  ['Dockerfile', 'FROM node:22\nCOPY server.js .\nCMD ["node", "server.js"]\n'],
  ['server.js', "require('http').createServer().listen(3000);\n"],
];

const task = (definitions: string): string =>
  `resource "aws_ecs_task_definition" "app" {\n  family                = "app"\n  network_mode          = "awsvpc"\n  container_definitions = ${definitions}\n}\n`;

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** The file that changes, and what 3001 stands in there. */
  readonly changes: string;
}

const cases: readonly Case[] = [
  {
    name: 'a template file',
    files: {
      'infra/main.tf': task(
        'templatefile("${path.module}/app.tftpl", { image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1" })',
      ),
      'infra/app.tftpl':
        '[\n  {\n    "name": "app",\n    "image": "${image}",\n    "portMappings": [{ "containerPort": 3001 }]\n  }\n]\n',
    },
    changes: 'infra/app.tftpl',
  },
  {
    name: 'what a template file is given',
    files: {
      'infra/main.tf': task('templatefile("${path.module}/app.tftpl", {\n    port = 3001 # the port\n  })'),
      'infra/app.tftpl':
        '[{ "name": "app", "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", "portMappings": [{ "containerPort": ${port} }] }]\n',
    },
    changes: 'infra/main.tf',
  },
  {
    name: 'a file of JSON',
    files: {
      'infra/main.tf': task('file("app.json")'),
      'infra/app.json':
        '[{ "name": "app", "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", "portMappings": [{ "containerPort": 3001 }] }]\n',
    },
    changes: 'infra/app.json',
  },
  {
    name: 'a heredoc',
    files: {
      'infra/main.tf': task(
        '<<EOF\n[\n  {\n    "name": "app",\n    "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1",\n    "portMappings": [{ "containerPort": 3001 }]\n  }\n]\nEOF',
      ),
    },
    changes: 'infra/main.tf',
  },
  {
    name: 'a variable file',
    files: {
      'infra/main.tf': `variable "port" {}\n${task('jsonencode([{ name = "app", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", portMappings = [{ containerPort = var.port }] }])')}`,
      'infra/terraform.tfvars': '# as in the program\nport = 3001\n',
    },
    changes: 'infra/terraform.tfvars',
  },
  {
    name: 'the argument of a module',
    files: {
      'infra/main.tf': 'module "app" {\n  source = "./app"\n  port   = 3001\n}\n',
      'infra/app/main.tf': `variable "port" {\n  type = number\n}\n${task('jsonencode([{ name = "app", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", portMappings = [{ containerPort = var.port }] }])')}`,
    },
    changes: 'infra/main.tf',
  },
  {
    name: 'a local',
    files: {
      'infra/locals.tf': 'locals {\n  port = "3001"\n}\n',
      'infra/main.tf': task(
        'jsonencode([{ name = "app", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", portMappings = [{ containerPort = tonumber(local.port) }] }])',
      ),
    },
    changes: 'infra/locals.tf',
  },
  {
    name: 'the service module of the registry',
    files: {
      'infra/main.tf':
        'module "app" {\n  source = "terraform-aws-modules/ecs/aws//modules/service"\n  name   = "app"\n  container_definitions = {\n    app = {\n      image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"\n      portMappings = [{ containerPort = 3001 }]\n    }\n  }\n}\n',
    },
    changes: 'infra/main.tf',
  },
  {
    name: 'JSON of Terraform',
    files: {
      'infra/main.tf.json': `${JSON.stringify({ locals: { port: 3001 }, resource: { aws_ecs_task_definition: { app: { family: 'app', container_definitions: '${jsonencode(local.containers)}' } } } }, undefined, 2)}\n`,
      'infra/containers.tf':
        'locals {\n  containers = [{ name = "app", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", portMappings = [{ containerPort = local.port }] }]\n}\n',
    },
    changes: 'infra/main.tf.json',
  },
];

for (const { name, files: texts, changes } of cases) {
  test(name, async () => {
    const files: Files = new Map([...PROGRAM, ...Object.entries(texts)]);
    const host = await analyze(files);
    const report = allReports(host).find((one) => one.rule === 'container-port-not-listened-on');
    const fix = report?.fixes.find((one) => one.preferred);
    assert(fix, JSON.stringify(allReports(host).map((one) => [one.rule, one.message])));
    const after = applyFix(host, fix, files);
    for (const [path, text] of files) {
      assert.equal(after.get(path), path === changes ? text.replace('3001', '3000') : text, path);
    }
    const left = allReports(await analyze(after)).map((one) => one.rule);
    assert(!left.some((rule) => /port|unparseable/.test(rule)), left.join());
  });
}
