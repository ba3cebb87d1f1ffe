import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cloudFormation } from '../../../server/src/sources/cloudFormation.ts';
import { cpuMilliseconds } from '../../cpuTime.ts';
import { settle, sourceOf } from './stack.ts';

const STACK = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Port: { Type: Number, Default: 5001 }
  Names: { Type: CommaDelimitedList, Default: "a,b" }
Mappings: { Stage: { prod: { count: 4 } } }
Conditions: { IsProd: !Equals [!Ref "AWS::Region", eu-west-1] }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: !Sub ["\${A}-\${Port}", { A: !Select [0, !Split [",", "x,y"]] }]
      ContainerDefinitions:
        - Name: !Join ["-", [!Ref Port, !FindInMap [Stage, prod, count]]]
          Image: !If [IsProd, "acme/web:1", !Ref "AWS::NoValue"]
          PortMappings: !If [IsProd, [{ ContainerPort: !Ref Port }], [{ ContainerPort: 80 }]]
          Command: !Ref Names
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      DeploymentConfiguration: !If [IsProd, { MaximumPercent: 200 }, !Ref "AWS::NoValue"]
`;

const json = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: {
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: { 'Fn::Sub': ['${A}', { A: { Ref: 'X' } }] } } },
    Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
  },
});

/** Reads a text with the source of a name, whatever it is. */
function read(path: string, text: string): void {
  const uri = `file:///repo/${path}`;
  for (const source of cloudFormation) {
    if (source.claims(uri) === 'no') continue;
    const facts = source.extract({ uri, text });
    if (facts.facts.length > 0 && source.recognizes?.(text)) settle({ [path]: text });
    source.edit(
      { uri, text },
      { kind: 'set', owner: { uri, span: { start: 9, end: 40 } }, path: ['a', 'b'], value: 1 },
    );
    source.edit({ uri, text }, { kind: 'remove', at: { uri, span: { start: 30, end: 31 } } });
  }
}

describe('damaged templates', () => {
  it('never throw when cut anywhere', () => {
    for (let end = 0; end < STACK.length; end += 5) read('a.yml', STACK.slice(0, end));
    for (let end = 0; end < json.length; end += 3) read('a.json', json.slice(0, end));
  });

  it('never throw when a piece is missing', () => {
    for (let start = 0; start < STACK.length; start += 17)
      read('a.yml', STACK.slice(0, start) + STACK.slice(start + 9));
  });

  it('claim no absence where the text is broken', () => {
    const facts = settle({ 'a.yml': STACK.replace('      TaskDefinition: !Ref Task\n', '      TaskDefinition: "x\n') });
    for (const fact of facts) if (fact.kind === 'service') assert.notEqual(fact.desiredCount.state, 'absent');
  });

  it('report what is broken only where ECS is described', () => {
    const bucket = 'Resources:\n  B: { Type: "AWS::EC2::SecurityGroup", Properties: { x: [ } }\n';
    const task = 'Resources:\n  T: { Type: "AWS::ECS::Service", Properties: { x: [ } }\n';
    const problems = [bucket, task].map((text) => {
      const uri = 'file:///repo/a.yml';
      return sourceOf('a.yml', text).extract({ uri, text }).problems.length > 0;
    });
    assert.deepEqual(problems, [false, true]);
  });

  it('branches in branches end', () => {
    let choice = '"a"';
    for (let depth = 0; depth < 60; depth++) choice = `{"Fn::If": ["C", ${choice}, "b${depth}"]}`;
    const parts = Array.from({ length: 6 }, () => choice).join(', ');
    const text = `{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": {"Fn::Join": ["", [${parts}]]}}}}}`;
    const before = cpuMilliseconds();
    settle({ 'a.json': text });
    assert(cpuMilliseconds() - before < 2000);
  });
});

describe('templates are told from other files', () => {
  const rows: readonly (readonly [path: string, text: string, recognized: boolean])[] = [
    ['infra/stack.yml', STACK, true],
    ['infra/stack.template', STACK, true],
    ['infra/stack.template', json, true],
    ['infra/stack.json', json, true],
    ['sam.yaml', 'Transform: AWS::Serverless-2016-10-31\nResources:\n  F: { Type: AWS::Serverless::Function }\n', true],
    ['cdk.out/App.template.json', json, false],
    ['.aws-sam/build/template.yaml', STACK, false],
    ['k8s.yml', 'kind: Deployment\nspec:\n  resources: {}\n', false],
    ['workflow.yml', 'on: push\njobs: {}\n', false],
    ['package.json', '{"name": "x"}', false],
    ['appspec.yml', 'version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n', false],
  ];
  for (const [path, text, recognized] of rows) {
    it(path, () => {
      const uri = `file:///repo/${path}`;
      const source = cloudFormation.find((one) => one.claims(uri) !== 'no' && one.recognizes?.(text));
      assert.equal(source !== undefined, recognized);
      if (source) assert(source.extract({ uri, text }).facts.length > 0);
    });
  }
});
