// A Terraform root after any edits says what a fresh run says, its modules, variables and templates included.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalysisHost } from '../../../server/src/engine/index.ts';
import { analyze, root, settle, uriOf } from '../../rules/workspace.ts';

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

const SNIPPETS = [
  '3000',
  '"',
  '}',
  '{',
  '\n',
  '',
  'var.port',
  '[',
  '# x\n',
  'é🚀',
  '${',
  '\n}\n\nresource "aws_ecs_service" "other" {\n  name = "other"\n',
  '\n}\nlocals {\n  port = 3003\n',
];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function mutate(text: string, next: () => number): string {
  const start = Math.floor(next() * (text.length + 1));
  const end = Math.min(text.length, start + Math.floor(next() * 6));
  return text.slice(0, start) + (SNIPPETS[Math.floor(next() * SNIPPETS.length)] ?? '') + text.slice(end);
}

const seed = Number(process.env.SEED ?? 20261123);

for (let run = 0; run < 6; run++) {
  test(`edits with seed ${seed + run}`, async () => {
    const next = random(seed + run);
    const files = new Map(original);
    const host = createAnalysisHost();
    host.apply({ folders: [root], added: [...files.keys()].map(uriOf) });
    await settle(host, files);
    for (let step = 0; step < 30; step++) {
      const paths = [...original.keys()];
      const path = paths[Math.floor(next() * paths.length)] ?? '';
      const choice = next();
      if (choice < 0.12 && files.has(path)) {
        files.delete(path);
        host.apply({ removed: [uriOf(path)] });
      } else {
        const text = choice < 0.45 ? (original.get(path) ?? '') : mutate(files.get(path) ?? '', next);
        files.set(path, text);
        host.apply({ contents: [{ uri: uriOf(path), text }] });
      }
      await settle(host, files);
      const fresh = await analyze(files);
      const plain = (from: typeof host): unknown => from.reported.map((uri) => [uri, from.reports(uri)]);
      assert.deepEqual(plain(host), plain(fresh), `seed ${seed + run}, step ${step}`);
      const views = (from: typeof host): unknown => from.deployments().map((view) => view.deployment);
      assert.deepEqual(views(host), views(fresh), `seed ${seed + run}, step ${step}`);
      const uri = uriOf(path);
      const offset = Math.floor(next() * (files.get(path) ?? '').length);
      const mended = (from: typeof host): unknown =>
        from.reports(uri).flatMap((report) => report.fixes.map((fix) => from.edits(fix)));
      assert.deepEqual(mended(host), mended(fresh), `seed ${seed + run}, step ${step}`);
      assert.deepEqual(
        host.explain({ uri, offset }),
        fresh.explain({ uri, offset }),
        `seed ${seed + run}, step ${step}`,
      );
    }
  });
}

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
