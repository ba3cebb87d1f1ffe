// Roots of several files: variables, local modules, templates of containers; where their values stand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Container } from '../../../server/src/facts/taskDefinition.ts';
import { terraform } from '../../../server/src/sources/terraform.ts';
import { extractAll, placed, type Root, settle, short, type Texts, unitFiles } from './root.ts';

function containerOf(root: Root): Container {
  const [first] = root.only('taskDefinition').containerDefinitions.items;
  assert(first);
  return first;
}

/** The container port and where it stands. */
function portOf(texts: Texts, folder?: string): string {
  const port = containerOf(settle(texts, folder)).portMappings.items[0]?.containerPort;
  assert(port);
  return `${short(port)} at ${placed(texts, port.at)}`;
}

const task = (definitions: string): string =>
  `resource "aws_ecs_task_definition" "app" {\n  family = "app"\n  container_definitions = ${definitions}\n}\n`;

const CONTAINER = '[{ name = "app", image = "app:1", portMappings = [{ containerPort = var.port }] }]';
const VARIABLE = 'variable "port" { default = 80 }\n';

const ports: readonly (readonly [string, Texts, string])[] = [
  ['a default', { 'main.tf': VARIABLE + task(`jsonencode(${CONTAINER})`) }, '80 at main.tf: 80'],
  [
    'terraform.tfvars',
    { 'main.tf': VARIABLE + task(`jsonencode(${CONTAINER})`), 'terraform.tfvars': 'port = 81\n' },
    '81 at terraform.tfvars: 81',
  ],
  [
    'the last of the files that are loaded by themselves',
    {
      'main.tf': VARIABLE + task(`jsonencode(${CONTAINER})`),
      'terraform.tfvars': 'port = 81\n',
      'a.auto.tfvars': 'port = 82\n',
      'b.auto.tfvars': 'port = 83\n',
    },
    '83 at b.auto.tfvars: 83',
  ],
  [
    'files of environments that agree',
    {
      'main.tf': `variable "port" {}\n${task(`jsonencode(${CONTAINER})`)}`,
      'env/a.tfvars': 'port = 84\n',
      'env/b.tfvars': 'port = 84\n',
    },
    '84 at env/a.tfvars: 84',
  ],
  [
    'files of environments that differ',
    {
      'main.tf': VARIABLE + task(`jsonencode(${CONTAINER})`),
      'env/a.tfvars': 'port = 84\n',
      'env/b.tfvars': 'port = 85\n',
    },
    'with env/a.tfvars: 84 | with env/b.tfvars: 85 at env/a.tfvars: 84',
  ],
  [
    'a sample is nobody’s choice',
    { 'main.tf': VARIABLE + task(`jsonencode(${CONTAINER})`), 'example.tfvars': 'port = 86\n' },
    '80 at main.tf: 80',
  ],
  [
    'a local of another file',
    {
      'main.tf': task(`jsonencode(${CONTAINER.replace('var.port', 'local.port')})`),
      'locals.tf': 'locals {\n  port = 87\n}\n',
    },
    '87 at locals.tf: 87',
  ],
  [
    'a heredoc',
    {
      'main.tf':
        VARIABLE + task('<<EOF\n[{"name": "app", "image": "app:1", "portMappings": [{"containerPort": 88}]}]\nEOF'),
    },
    '88 at main.tf: 88',
  ],
  [
    'a heredoc whose keys begin with capital letters',
    { 'main.tf': task('<<EOF\n[{"Name": "app", "Image": "app:1", "PortMappings": [{"ContainerPort": 88}]}]\nEOF') },
    '88 at main.tf: 88',
  ],
  [
    'an interpolation in a heredoc',
    {
      'main.tf':
        VARIABLE +
        task(
          '<<-EOF\n  [{"name": "app", "image": "app:1",\n    "portMappings": [{"containerPort": ${var.port}}]}]\n  EOF',
        ),
    },
    '80 at main.tf: 80',
  ],
  [
    'what cannot be known in a heredoc',
    {
      'main.tf': `variable "port" {}\n${task('<<EOF\n[{"name": "app", "image": "app:1", "portMappings": [{"containerPort": ${var.port}}]}]\nEOF')}`,
    },
    '? ${var.port} at main.tf: ${var.port}',
  ],
  [
    'a template file, its own text',
    {
      'infra/main.tf': task('templatefile("${path.module}/app.json.tpl", { image = "x" })'),
      'infra/app.json.tpl': '[{"name": "app", "image": "${image}", "portMappings": [{"containerPort": 89}]}]',
    },
    '89 at infra/app.json.tpl: 89',
  ],
  [
    'a template file, what it is given',
    {
      'infra/main.tf': VARIABLE + task('templatefile("app.json.tpl", { port = var.port })'),
      'infra/app.json.tpl': '[{"name": "app", "image": "x", "portMappings": [{"containerPort": ${port}}]}]',
    },
    '80 at infra/main.tf: 80',
  ],
  [
    'a template data source',
    {
      'main.tf': `${VARIABLE}data "template_file" "app" {\n  template = file("\${path.module}/app.json")\n  vars = { port = var.port }\n}\n${task('data.template_file.app.rendered')}`,
      'app.json': '[{"name": "app", "image": "x", "portMappings": [{"containerPort": ${port}}]}]',
    },
    '80 at main.tf: 80',
  ],
  [
    'a file',
    {
      'main.tf': task('file("app.json")'),
      'app.json': '[{"name": "app", "image": "x", "portMappings": [{"containerPort": 90}]}]',
    },
    '90 at app.json: 90',
  ],
  [
    'a module’s argument',
    {
      'infra/main.tf': 'module "app" {\n  source = "../modules/app"\n  port   = 91\n}\n',
      'modules/app/main.tf': `variable "port" {}\n${task(`jsonencode(${CONTAINER})`)}`,
    },
    '91 at infra/main.tf: 91',
  ],
  [
    'a module’s default',
    {
      'infra/main.tf': 'module "app" {\n  source = "../modules/app"\n}\n',
      'modules/app/main.tf': VARIABLE + task(`jsonencode(${CONTAINER})`),
    },
    '80 at modules/app/main.tf: 80',
  ],
  [
    'a module’s output given to another module',
    {
      'infra/main.tf':
        'module "ports" {\n  source = "../modules/ports"\n}\nmodule "app" {\n  source = "../modules/app"\n  port = module.ports.http\n}\n',
      'modules/ports/main.tf': 'output "http" {\n  value = 92\n}\n',
      'modules/app/main.tf': `variable "port" {}\n${task(`jsonencode(${CONTAINER})`)}`,
    },
    '92 at modules/ports/main.tf: 92',
  ],
  [
    'a file in JSON',
    {
      'main.tf.json': JSON.stringify({
        variable: { port: { default: 97 } },
        resource: {
          aws_ecs_task_definition: {
            app: { family: 'app', container_definitions: '${jsonencode(local.containers)}' },
          },
        },
        locals: { containers: [{ name: 'app', image: 'x', portMappings: [{ containerPort: '${var.port}' }] }] },
      }),
      'main.tf': '',
    },
    '97 at main.tf.json: 97',
  ],
  [
    'variables in JSON',
    {
      'main.tf': VARIABLE + task(`jsonencode(${CONTAINER})`),
      'terraform.tfvars.json': '{ "port": 98 }',
    },
    '98 at terraform.tfvars.json: 98',
  ],
  [
    'a merged local',
    {
      'main.tf': `locals {\n  base = { name = "app", image = "app:1", portMappings = [{ containerPort = 93 }] }\n}\n${task('jsonencode(concat([merge(local.base, { cpu = 1 })], []))')}`,
    },
    '93 at main.tf: 93',
  ],
  [
    'jsonencode in a heredoc',
    {
      'main.tf': `locals {\n  mappings = [{ containerPort = 94 }]\n}\n${task('<<EOF\n[{"name": "app", "image": "app:1", "portMappings": ${jsonencode(local.mappings)}}]\nEOF')}`,
    },
    '94 at main.tf: 94',
  ],
  [
    'the container-definition module of the registry',
    {
      'main.tf': `module "container" {\n  source = "cloudposse/ecs-container-definition/aws"\n  container_name = "app"\n  container_image = "app:1"\n  port_mappings = [{ containerPort = 95 }]\n}\n${task('module.container.json_map_encoded_list')}`,
    },
    '95 at main.tf: 95',
  ],
];

for (const [name, texts, expected] of ports) {
  test(`a port from ${name}`, () => {
    assert.equal(portOf(texts, texts['main.tf'] === undefined ? 'infra' : ''), expected);
  });
}

test('a value carries the places it came through', () => {
  const texts = {
    'infra/main.tf':
      'locals {\n  http = 96\n}\nmodule "app" {\n  source = "../modules/app"\n  port   = local.http\n}\n',
    'modules/app/main.tf': `variable "port" {}\n${task(`jsonencode(${CONTAINER})`)}`,
  };
  const port = containerOf(settle(texts, 'infra')).portMappings.items[0]?.containerPort;
  assert(port?.state === 'known');
  assert.deepEqual(
    port.trail?.map((step) => `${step.text} at ${placed(texts, step.at)}`),
    [
      'var.port at modules/app/main.tf: var.port',
      'local.http at infra/main.tf: local.http',
      'http = 96 at infra/main.tf: 96',
    ],
  );
});

test('a module that is called is no root, and stands for each of its calls', () => {
  const texts = {
    'infra/main.tf': `
module "service" {
  source   = "./service"
  for_each = { api = 8080, web = 3000 }
  name     = each.key
  port     = each.value
}
`,
    'infra/service/main.tf': `
variable "name" {}
variable "port" {}
resource "aws_ecs_task_definition" "app" {
  family                = var.name
  container_definitions = jsonencode([{ name = var.name, image = "x", portMappings = [{ containerPort = var.port }] }])
}
resource "aws_ecs_service" "app" {
  name            = var.name
  task_definition = aws_ecs_task_definition.app.arn
}
`,
  };
  assert.deepEqual(settle(texts, 'infra/service').facts, []);
  const root = settle(texts, 'infra');
  assert.deepEqual(
    root.of('service').map((one) => [short(one.serviceName), one.address, short(one.taskDefinition)]),
    ['api', 'web'].map((name) => [
      name,
      `resource:file:///repo/infra#module.service["${name}"].aws_ecs_service.app`,
      `resource:file:///repo/infra#module.service["${name}"].aws_ecs_task_definition.app`,
    ]),
  );
  const found = root.of('taskDefinition').flatMap((one) => one.containerDefinitions.items);
  assert.deepEqual(
    found.map((one) => one.portMappings.items.map((mapping) => short(mapping.containerPort)).join()),
    ['8080', '3000'],
  );
});

test('count and for_each decide how many there are', () => {
  const service = (meta: string): string => `resource "aws_ecs_service" "s" {\n  ${meta}\n  name = "s"\n}\n`;
  const count = (meta: string): number =>
    settle({ 'main.tf': `variable "x" {}\n${service(meta)}` }).of('service').length;
  assert.deepEqual(
    [
      'count = 0',
      'count = 2',
      'count = var.x',
      'for_each = toset([])',
      'for_each = toset(["a"])',
      'for_each = var.x',
    ].map(count),
    [0, 2, 1, 0, 1, 1],
  );
});

test('a broken file hides nothing of the others', () => {
  const texts = {
    'main.tf': `resource "aws_ecs_service" "s" {\n  name = \n  desired_count = 2\n}\n`,
    'task.tf': VARIABLE + task(`jsonencode(${CONTAINER})`),
  };
  const service = settle(texts).only('service');
  assert.deepEqual(
    [service.desiredCount, service.launchType].map((one) => short<unknown>(one)),
    ['2', '? '],
  );
  assert.equal(portOf(texts), '80 at task.tf: 80');
});

test('what did not change stays the same objects', () => {
  const texts: Record<string, string> = { 'variables.tf': 'variable "name" { default = "x" }\n' };
  for (let index = 0; index < 20; index++) {
    texts[`s${index}.tf`] = `resource "aws_ecs_service" "s${index}" {\n  name = "\${var.name}-${index}"\n}\n`;
  }
  const facts = new Map(extractAll(texts));
  const resolve = (): readonly unknown[] => terraform.resolve?.('file:///repo/', unitFiles(texts, facts)) ?? [];
  const before = resolve();
  const edit = (path: string, text: string): void => {
    texts[path] = text;
    const uri = `file:///repo/${path}`;
    facts.set(uri, terraform.extract({ uri, text }));
  };
  edit('s7.tf', 'resource "aws_ecs_service" "s7" {\n  name = "other"\n}\n');
  const after = resolve();
  assert.equal(after.filter((fact) => !before.includes(fact)).length, 1);
  edit('variables.tf', 'variable "name" { default = "y" }\n');
  const last = resolve();
  assert.equal(last.filter((fact) => !after.includes(fact)).length, 19);
});
