// What expressions evaluate to, seen through the family of a task definition.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMilliseconds } from '../../cpuTime.ts';
import { settle, short } from './root.ts';

const NAMES = `
variable "name" { default = "web" }
variable "open" {}
variable "port" {
  type    = number
  default = 8080
}
variable "none" { default = null }
variable "settings" {
  type = object({
    image = string
    tag   = optional(string, "v1")
    ports = optional(map(object({ number = optional(number, 80) })), { http = {} })
    extra = optional(string)
  })
  default = { image = "app" }
}
locals {
  list  = ["a", "b", "c"]
  map   = { x = "1", y = "2" }
  deep  = { services = [{ name = "one" }, { name = "two" }] }
  loop  = local.pool
  pool  = local.loop
  json  = jsonencode({ a = [1, { b = "c" }] })
  twice = "\${var.name}-\${var.name}"
}
resource "aws_ecr_repository" "app" { name = "acme/\${var.name}" }
resource "aws_ecs_cluster" "main" { name = "prod" }
resource "aws_instance" "many" {
  count = 2
  ami   = "ami-\${count.index}"
}
resource "aws_instance" "each" {
  for_each = toset(["blue", "green"])
  ami      = "ami-\${each.key}"
}
data "aws_caller_identity" "me" {}
`;

const rows: readonly (readonly [string, string])[] = [
  ['"web"', 'web'],
  ['var.name', 'web'],
  ['var.open', `? \${var.open}`],
  ['var.missing', `? \${var.missing}`],
  ['var.none', '-'],
  ['"a-${var.port}-b"', 'a-8080-b'],
  ['"${var.name}-${var.open}"', `? web-\${var.open}`],
  ['local.twice', 'web-web'],
  ['local.loop', `? \${local.loop}`],
  ['local.list[1]', 'b'],
  ['local.list[7]', '? ${…}'],
  ['local.map["y"]', '2'],
  ['local.map.x', '1'],
  ['local.deep.services[1].name', 'two'],
  ['join(",", local.deep.services[*].name)', 'one,two'],
  ['local.deep.services.*.name[1]', 'two'],
  ['var.settings.tag', 'v1'],
  ['var.settings.ports.http.number', '80'],
  ['coalesce(var.settings.extra, "z")', 'z'],
  ['var.port == 8080 ? "yes" : "no"', 'yes'],
  ['var.port > 9000 && true ? "yes" : "no"', 'no'],
  ['var.open == "x" ? "yes" : "no"', 'var.open == "x": yes | not var.open == "x": no'],
  ['var.open == "x" ? "same" : "same"', 'same'],
  ['"a-${var.open == "x" ? "b" : "c"}"', 'var.open == "x": a-b | not var.open == "x": a-c'],
  ['"%{ if var.port > 1 }big%{ else }small%{ endif }"', 'big'],
  ['"%{ for x in local.list }${x};%{ endfor }"', 'a;b;c;'],
  ['"%{ for i, x in local.list }${i}${x}%{ endfor }"', '0a1b2c'],
  ['format("%s-%d%%", var.name, 5)', 'web-5%'],
  ['format("%s/%s", var.open, "x")', `? \${var.open}/x`],
  ['join("-", local.list)', 'a-b-c'],
  ['join(",", [for x in local.list : upper(x) if x != "b"])', 'A,C'],
  ['join(",", keys({ for k, v in local.map : v => k }))', '1,2'],
  ['join(",", values(local.map))', '1,2'],
  ['split("/", "a/b/c")[2]', 'c'],
  ['element(split("-", local.twice), 3)', 'web'],
  ['replace("a_b_c", "_", "-")', 'a-b-c'],
  ['lower("ABC")', 'abc'],
  ['trimsuffix(trimprefix("x-abc-y", "x-"), "-y")', 'abc'],
  ['substr("abcdef", 1, 3)', 'bcd'],
  ['lookup(local.map, "z", "fallback")', 'fallback'],
  ['lookup(local.map, "x", "fallback")', '1'],
  ['merge(local.map, { x = "9" }).x', '9'],
  ['merge(local.map, var.open).x', '? ${x}'],
  ['merge({ a = 1 }, var.open, { b = 2 }).b', '2'],
  ['concat(local.list, ["d"])[3]', 'd'],
  ['flatten([["a"], [["b"]]])[1]', 'b'],
  ['length(local.list) + length("four") + length(local.map)', '9'],
  ['tostring(var.port + 1)', '8081'],
  ['tonumber("12") * 2', '24'],
  ['max(1, 7, 3) - min(4, 2)', '5'],
  ['7 % 4', '3'],
  ['1 / 0', '? ${1 / 0}'],
  ['coalesce(null, "", "c")', 'c'],
  ['coalesce(var.open, "c")', '? ${coalesce(var.open, "c")}'],
  ['try(local.map.nope, local.deep.nope.x, "last")', 'last'],
  ['try(local.map.x, "last")', '1'],
  ['can(local.map.nope) ? "yes" : "no"', 'no'],
  ['one([var.name])', 'web'],
  ['contains(local.list, "b") ? "in" : "out"', 'in'],
  ['zipmap(["k"], ["v"]).k', 'v'],
  ['join(",", [for i in range(3) : tostring(i)])', '0,1,2'],
  ['sort(["b", "a"])[0]', 'a'],
  ['jsondecode(local.json).a[1].b', 'c'],
  ['jsondecode("{\\"a\\": [1, 2]}").a[1]', '2'],
  ['jsondecode(file("settings.json")).port', '3000'],
  ['templatefile("${path.module}/name.tftpl", { who = var.name, list = local.list })', 'web: a b c '],
  ['file("${path.root}/plain.txt")', 'plain'],
  ['file("gone.txt")', '? ${file(…)}'],
  ['aws_ecs_cluster.main.name', 'prod'],
  ['aws_ecs_cluster.main.arn', '? ${aws_ecs_cluster.main.arn}'],
  ['aws_ecs_cluster.gone.arn', '? ${aws_ecs_cluster.gone.arn}'],
  ['aws_instance.many[1].ami', 'ami-1'],
  ['aws_instance.each["green"].ami', 'ami-green'],
  ['join(",", aws_instance.many[*].ami)', 'ami-0,ami-1'],
  ['"${aws_ecr_repository.app.repository_url}:v1"', `? \${registry}/acme/web:v1`],
  ['data.aws_caller_identity.me.account_id', `? \${data.aws_caller_identity.me.account_id}`],
  ['"x-${terraform.workspace}"', `? x-\${terraform.workspace}`],
  [
    '<<-EOT\n    %{ for x in local.list ~}\n    ${x};\n    %{ endfor ~}\n    end\n  EOT',
    '    a;\n    b;\n    c;\n    end\n',
  ],
  ['join(",", [for k, v in { b = 1, a = 2 } : "${k}${v}"])', 'a2,b1'],
  ['tolist(toset(["b", "a", "b"]))[0]', 'a'],
  ['1 == "1" ? "same" : "another type"', 'another type'],
  ['{ a = [1] } == { a = [1] } ? "same" : "not"', 'same'],
  ['uuid()', '? ${uuid()}'],
];

for (const [expression, expected] of rows) {
  test(expression, () => {
    const root = settle({
      'main.tf': `${NAMES}\nresource "aws_ecs_task_definition" "t" {\n  family = ${expression}\n}\n`,
      'settings.json': '{ "port": 3000 }',
      'name.tftpl': `\${who}: %{ for x in list }\${x} %{ endfor }`,
      'plain.txt': 'plain',
    });
    assert.equal(short(root.only('taskDefinition').family), expected);
  });
}

test('variables that conditions decide are named', () => {
  const root = settle({
    'main.tf': `variable "database" {}
variable "search" {}
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{
    name = "web"
    environment = [for key, value in merge({ A = "1" }, var.search ? { B = "2" } : {}) : { name = key, value = value }]
    secrets     = [for key, value in var.database ? { C = "arn" } : {} : { name = key, valueFrom = value }]
  }])
}
`,
  });
  const [container] = root.only('taskDefinition').containerDefinitions.items;
  const { environment, secrets } = container ?? assert.fail();
  assert.deepEqual([environment.complete, secrets.complete], [true, true]);
  assert.deepEqual([...new Set(environment.items.map(({ name }) => short(name)))], ['A', 'B']);
  assert.ok(environment.items.every(({ name, value }) => short(name) === 'A' || value.state === 'dynamic'));
  assert.deepEqual(
    secrets.items.map(({ name }) => short(name)),
    ['C'],
  );
});

test('what grows without end is cut off', () => {
  const doubling = Array.from({ length: 60 }, (_, i) =>
    [
      `l${i + 1} = concat(local.l${i}, local.l${i})`,
      `s${i + 1} = "\${local.s${i}}\${local.s${i}}"`,
      `n${i + 1} = [local.n${i}, local.n${i}]`,
    ].join('\n'),
  );
  const start = cpuMilliseconds();
  const root = settle({
    'main.tf': `locals {
l0 = ["a"]
s0 = "a"
n0 = ["a"]
m  = { for x in range(5000) : "k\${x}" => x }
${doubling.join('\n')}
}
variable "deep" {
  type    = ${'list('.repeat(60)}any${')'.repeat(60)}
  default = null
}
resource "aws_ecs_task_definition" "t" {
  family = "\${local.s60}-\${length(local.l60)}-\${local.n60 == [local.n59, local.n59]}-\${length(flatten(local.n60))}"
  cpu    = length([for a in range(9999) : [for b in range(9999) : a]])
  memory = join("", [for a in range(9999) : length(merge(local.m, { x = a }))])
  container_definitions = jsonencode(local.n60)
}
resource "aws_ecs_task_definition" "u" {
  family = join("", [for a in range(9999) : keys(local.m)[a]])
  cpu    = join("", [for a in range(9999) : local.m["k\${a}"]])
  memory = jsonencode(local.n60)
}
`,
  });
  const milliseconds = cpuMilliseconds() - start;
  assert.equal(root.of('taskDefinition')[0]?.family.state, 'dynamic');
  assert(milliseconds < 4000, `it took ${milliseconds} ms`);
});
