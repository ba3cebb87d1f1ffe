// A port inside a command with escapes is mended together with the others, whatever the command is written in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, applyFix, type Files } from './workspace.ts';

const call = `require('http').get('http://localhost:8800/')`;

const image: readonly (readonly [string, string])[] = [
  ['Dockerfile', 'FROM node:22\nWORKDIR /app\nCOPY server.js .\nCMD ["node", "server.js"]\n'],
  ['server.js', `require('http').createServer().listen(3000);\n`],
];

const json = `[{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 8800 }],
  "healthCheck": { "command": ["CMD-SHELL", "node -e \\"${call}\\" || exit 1"] } }]`;

const taskDefinition = (definitions: string): string => `resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = ${definitions}
}
`;

const construct = (command: string): string => `import * as cdk from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
const app = new cdk.App();
const stack = new cdk.Stack(app, 'Web');
const definition = new ecs.FargateTaskDefinition(stack, 'Definition');
definition.addContainer('app', {
  image: ecs.ContainerImage.fromAsset('.'),
  portMappings: [{ containerPort: 8800 }],
  healthCheck: { command: ['CMD-SHELL', ${command}] },
});
`;

const formats: Readonly<Record<string, Files>> = {
  JSON: new Map([['task-definition.json', `{ "family": "web", "containerDefinitions": ${json} }`]]),
  'CloudFormation in YAML': new Map([
    [
      'template.yaml',
      `Resources:
  Definition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app
          Image: acme/web:1.4.2
          PortMappings:
            - ContainerPort: 8800
          HealthCheck:
            Command:
              - CMD-SHELL
              - 'node -e "${call.replaceAll("'", "''")}" || exit 1'
`,
    ],
  ]),
  'Terraform, encoded': new Map([
    [
      'main.tf',
      taskDefinition(
        `jsonencode([{ name = "app", image = "acme/web:1.4.2", portMappings = [{ containerPort = 8800 }],
    healthCheck = { command = ["CMD-SHELL", "node -e \\"${call}\\" || exit 1"] } }])`,
      ),
    ],
  ]),
  'Terraform, as a heredoc': new Map([['main.tf', taskDefinition(`<<JSON\n${json}\nJSON`)]]),
  'the CDK in TypeScript': new Map([
    ['cdk.json', '{ "app": "npx tsx app.ts" }'],
    ['app.ts', construct(`"node -e \\"${call}\\" || exit 1"`)],
  ]),
  'the CDK with a template': new Map([
    ['cdk.json', '{ "app": "npx tsx app.ts" }'],
    ['app.ts', construct(`\`node -e "${call}" || \${'exit 1'}\``)],
  ]),
};

for (const [name, manifests] of Object.entries(formats)) {
  test(name, async () => {
    const files: Files = new Map([...image, ...manifests]);
    const host = await analyze(files);
    const [report] = allReports(host).filter(({ rule }) => rule === 'container-port-not-listened-on');
    const fix = report?.fixes.find(({ preferred }) => preferred);
    assert.ok(fix, 'a preferred fix');
    const mended = applyFix(host, fix, files);
    for (const [path, text] of mended) assert.doesNotMatch(text, /8800/, path);
    const remaining = allReports(await analyze(mended)).filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      remaining.map(({ message }) => message),
      [],
    );
  });
}
