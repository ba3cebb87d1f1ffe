// What another tool reports in CloudFormation is left to it there, unless settings name a level; all else is reported.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, besideNeighbors, readMarked } from './workspace.ts';

interface Task {
  readonly networkMode?: string;
  readonly hostPort?: number;
  readonly requires?: string;
  readonly memory?: number;
  readonly container?: string;
}

const template = ({
  networkMode = 'awsvpc',
  hostPort = 80,
  requires = 'EC2',
  memory = 512,
  container = '',
}: Task) => `--- stack.yml
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: ${networkMode}
      RequiresCompatibilities: [${requires}]
      Cpu: "256"
      Memory: "${memory}"
      ContainerDefinitions:
        - Name: app
          Image: acme/web:1.4.2
${container}          PortMappings:
            - ContainerPort: 80
              HostPort: ${hostPort}
`;

async function errorsOf(task: Task, levels = {}): Promise<readonly string[]> {
  const reports = allReports(await analyze(readMarked(template(task)).files, levels));
  return reports.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

const rows: readonly (readonly [string, Task, readonly string[], readonly string[]])[] = [
  ['a host port that differs', { hostPort: 8080 }, [], ['host-port-differs']],
  ['the same in host mode', { networkMode: 'host', hostPort: 8080 }, ['host-port-differs'], ['host-port-differs']],
  ['a size', { requires: 'FARGATE', memory: 4096 }, [], ['fargate-size-invalid']],
  ['a network mode', { requires: 'FARGATE', networkMode: 'bridge' }, [], ['fargate-unsupported-setting']],
  [
    'a privileged container',
    { requires: 'FARGATE', container: '          Privileged: true\n' },
    ['fargate-unsupported-setting'],
    ['fargate-unsupported-setting'],
  ],
];

for (const [name, task, expected, all] of rows) {
  test(`left to a neighbor or not: ${name}`, async () => {
    assert.deepEqual(await errorsOf(task), expected);
    assert.deepEqual(await errorsOf(task, besideNeighbors), all);
  });
}
