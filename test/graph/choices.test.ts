// A container port that a condition decides: wrong only where every branch is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze } from '../rules/workspace.ts';

const template = (first: number, second: number): string => `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage:
    Type: String
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  TaskDefinition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app
          Image: web:1.4.2
          PortMappings:
            - ContainerPort: !If [IsProduction, ${first}, ${second}]
`;

async function findings(first: number, second: number): Promise<readonly string[]> {
  const files = new Map([
    ['template.yml', template(first, second)],
    ['Dockerfile', 'FROM node:22-slim\nWORKDIR /app\nCOPY server.js .\nCMD ["node", "server.js"]\n'],
    ['server.js', "require('http').createServer().listen(3000);\n"],
  ]);
  const reports = allReports(await analyze(files));
  return reports.filter(({ rule }) => rule === 'container-port-not-listened-on').map(({ message }) => message);
}

test('one branch is right: silence', async () => {
  assert.deepEqual(await findings(3000, 4000), []);
  assert.deepEqual(await findings(4000, 3000), []);
});

test('every branch is wrong: each is named', async () => {
  assert.deepEqual(await findings(4000, 5000), [
    'The program listens on 3000, not on container port 4000.',
    'The program listens on 3000, not on container port 5000.',
  ]);
});
