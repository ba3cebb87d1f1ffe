// A value that a stack passes to a nested one is mended where it is passed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, applyFix, type Files, settle, uriOf } from '../../rules/workspace.ts';

const service = `Parameters:
  Port: { Type: Number }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app
          Image: acme/web:1.4.2
          PortMappings: [{ ContainerPort: !Ref Port }]
`;

const main = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Web:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./service.yml
      Parameters:
        Port: 8081
`;

const files: Files = new Map([
  ['infra/main.yml', main],
  ['infra/service.yml', service],
  ['Dockerfile', 'FROM node:22\nWORKDIR /app\nCOPY server.js .\nCMD ["node", "server.js"]\n'],
  ['server.js', "require('node:http').createServer().listen(8080);\n"],
]);

const RULE = 'container-port-not-listened-on';

test('the fix changes what the outer stack passes', async () => {
  const host = await analyze(files);
  const report = allReports(host).find((one) => one.rule === RULE);
  assert.equal(report?.at.uri, uriOf('infra/main.yml'));
  const fix = report?.fixes.find((one) => one.preferred);
  assert(fix);
  const after = applyFix(host, fix, files);
  assert.equal(after.get('infra/main.yml'), main.replace('8081', '8080'));
  assert.equal(after.get('infra/service.yml'), service);
});

test('a change of the outer stack is seen in the nested one', async () => {
  const host = await analyze(files);
  const change = async (text: string): Promise<boolean> => {
    host.apply({ contents: [{ uri: uriOf('infra/main.yml'), text }] });
    await settle(host, files);
    return allReports(host).some((one) => one.rule === RULE);
  };
  assert.equal(await change(main.replace('8081', '8080')), false);
  assert.equal(await change(main), true);
  assert.equal(await change(main.replace('        Port: 8081\n', '        Other: 1\n')), false, 'now it is open');
});
