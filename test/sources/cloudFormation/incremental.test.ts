// Templates after any edits say what a fresh run says; what an edit leaves alone is not read again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalysisHost } from '../../../server/src/engine/index.ts';
import { factOf } from '../../../server/src/facts/fileFacts.ts';
import { cloudFormation } from '../../../server/src/sources/cloudFormation.ts';
import { root, uriOf } from '../../rules/workspace.ts';
import { testEdits } from '../randomEdits.ts';

const template = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Port:
    Type: Number
    Default: 3001
Mappings:
  Sizes:
    small: { Count: 1 }
Resources:
  Repository:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: web
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app
          Image: !Sub "\${Repository.RepositoryUri}:latest"
          PortMappings:
            - ContainerPort: !Ref Port
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      DesiredCount: !FindInMap [Sizes, small, Count]
      LoadBalancers:
        - TargetGroupArn: !Ref TargetGroup
          ContainerName: app
          ContainerPort: !Ref Port
  TargetGroup:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: instance
      HealthCheckPort: "3002"
Outputs:
  Name:
    Value: !Ref Service
`;

const json = `{
  "Resources": {
    "Task": {
      "Type": "AWS::ECS::TaskDefinition",
      "Properties": {
        "Family": "job",
        "ContainerDefinitions": [
          { "Name": "app", "Image": "acme/job:latest", "PortMappings": [{ "ContainerPort": { "Ref": "Port" } }] }
        ]
      }
    },
    "Service": {
      "Type": "AWS::ECS::Service",
      "Properties": { "TaskDefinition": { "Ref": "Task" }, "ServiceName": "job" }
    }
  },
  "Parameters": { "Port": { "Type": "Number", "Default": 3001 } }
}
`;

testEdits(
  new Map([
    ['Dockerfile', 'FROM node:22-alpine\nCOPY server.js .\nEXPOSE 3000\nCMD ["node", "server.js"]\n'],
    ['server.js', "require('http').createServer().listen(3000);\n"],
    ['infra/template.yaml', template],
    ['infra/job.json', json],
  ]),
  6,
  ['  ', '\n  Other:\n    Type: AWS::ECS::Service\n', '!Ref ', ', "X": {', '- ', ': '],
);

/** The resources that are the same objects after an edit. */
function kept(edit: (text: string) => string): string {
  const uri = uriOf('template.yaml');
  const source = cloudFormation.find(({ id }) => id === 'cloudFormation');
  assert(source);
  // The first edit makes room between the resources.
  const text = template.replace('Default: 3001', 'Default: 3000');
  const first = source.extract({ uri, text: template });
  const facts = source.extract({ uri, text }, { text: template, facts: first });
  const now = source.extract({ uri, text: edit(text) }, { text, facts });
  const [before, after] = [facts, now].map((file) => factOf(file, 'stackTemplate')?.resources ?? []);
  return (after ?? []).flatMap((one) => (before?.includes(one) ? one.logicalId : [])).join(' ');
}

const rows: readonly (readonly [string, (text: string) => string, string])[] = [
  ['a longer value', (text) => text.replace('Family: web', 'Family: worker'), 'Repository Service TargetGroup'],
  ['a parameter', (text) => text.replace('Default: 3000', 'Default: 30'), 'Repository Task Service TargetGroup'],
  ['a type', (text) => text.replace('AWS::ECR::Repository', 'AWS::S3::Bucket'), 'Task Service TargetGroup'],
  ['a resource goes', (text) => text.replace(/ {2}Service:\n(?: {4}.*\n)+/, ''), 'Repository Task TargetGroup'],
  [
    'a new resource',
    (text) => text.replace('  Task:\n', '  Topic:\n    Type: AWS::SNS::Topic\n  Task:\n'),
    'Repository Task Service TargetGroup',
  ],
  ['another name', (text) => text.replace('  Task:\n', '  Tasks:\n'), 'Repository Service TargetGroup'],
];

for (const [name, edit, expected] of rows) {
  test(`${name} leaves the other resources as they are`, () => assert.equal(kept(edit), expected));
}

/** Edits inside one resource that reach beyond it. */
const traps: readonly (readonly [string, (text: string) => string, (text: string) => string])[] = [
  ['a name less indented', (text) => text, (text) => text.replace('      NetworkMode: awsvpc', ' NetworkMode: awsvpc')],
  [
    'another resource',
    (text) => text,
    (text) => text.replace('      NetworkMode: awsvpc', '  Other:\n    Type: AWS::ECS::Service'),
  ],
  ['a text without its end', (text) => text, (text) => text.replace('NetworkMode: awsvpc', 'NetworkMode: "awsvpc')],
  ['the end of the document', (text) => text, (text) => text.replace('      NetworkMode: awsvpc', '---')],
  [
    'what an anchor stands for',
    (text) =>
      text
        .replace('Family: web', 'Family: &name web')
        .replace('DesiredCount', 'ServiceName: *name\n      DesiredCount'),
    (text) => text.replace('&name web', '&name worker'),
  ],
  [
    'an entry between braces',
    (text) =>
      text
        .replace(/ {2}Repository:\n(?: {4}.*\n)+/, '')
        .replace('Resources:\n', 'Resources:\n  A: {Type: AWS::ECS::Service, Properties: {ServiceName: a}}\n'),
    (text) => text.replace('ServiceName: a}', 'ServiceName: a, b}'),
  ],
  [
    'the last block of a text',
    (text) => text.replace('HealthCheckPort: "3002"', 'HealthCheckPort: |\n        3002'),
    (text) => text.replace('        3002', '        30\n\n        02'),
  ],
  ['a comment', (text) => text, (text) => text.replace('AWS::ECS::Service', 'AWS::ECS::Service # x')],
];

for (const [name, prepare, edit] of traps) {
  test(`${name} says what a fresh reading says`, () => {
    const uri = uriOf('template.yaml');
    const text = prepare(template);
    const [edited, fresh] = [createAnalysisHost(), createAnalysisHost()];
    for (const one of [`${text}\n`, text, edit(text)]) {
      edited.apply({ folders: [root], contents: [{ uri, text: one }] });
    }
    fresh.apply({ folders: [root], contents: [{ uri, text: edit(text) }] });
    assert.notEqual(edit(text), text);
    assert.deepEqual(edited.reports(uri), fresh.reports(uri));
    const deployments = (host: typeof fresh): unknown => host.deployments().map((view) => view.deployment);
    assert.deepEqual(deployments(edited), deployments(fresh));
  });
}
