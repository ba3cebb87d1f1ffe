import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAddress } from '../../../server/src/facts/reference.ts';
import type { TaskDefinition } from '../../../server/src/facts/taskDefinition.ts';
import type { Value } from '../../../server/src/facts/value.ts';
import { item, slice } from '../marks.ts';
import { settle } from './stack.ts';

const HEAD = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Port: { Type: Number, Default: 5001 }
  Name: { Type: String, Default: web }
  Open: { Type: String }
  Ports: { Type: CommaDelimitedList, Default: "80, 443" }
  Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: /acme/tag }
Mappings:
  Stage:
    prod: { count: "4", name: shop }
    test: { count: "1", name: shop }
Conditions:
  IsProd: !Equals [!Ref Open, prod]
Resources:
  Registry: { Type: "AWS::ECR::Repository", Properties: { RepositoryName: acme/web } }
  Nameless: { Type: "AWS::ECR::Repository" }
  Role: { Type: "AWS::IAM::Role" }
`;

/** A template whose task definition has this family. */
function template(family: string): string {
  return `${HEAD}  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: []
      Family: ${family}
`;
}

function taskOf(text: string, path = 'stack.yml'): TaskDefinition {
  const [task] = settle({ [path]: text }).filter((fact) => fact.kind === 'taskDefinition');
  assert(task);
  return task;
}

/** `web`, `absent`, `dynamic: ${X}`, `shop | web`; an address as `-> Task`. */
function shown(value: Value<unknown>): string {
  switch (value.state) {
    case 'known': {
      const text = String(value.value);
      return isAddress(text) ? `-> ${text.slice(text.lastIndexOf('#') + 1)}` : text;
    }
    case 'dynamic':
      return `dynamic: ${value.text}`;
    case 'choice':
      return value.branches.map((branch) => shown(branch.value)).join(' | ');
    default:
      return 'absent';
  }
}

const rows: readonly (readonly [expression: string, value: string, place?: string])[] = [
  ['web', 'web', 'web'],
  ['"web"', 'web', 'web'],
  ['!Ref Name', 'web', 'web'],
  ['{ Ref: Name }', 'web', 'web'],
  ['!Ref Open', 'dynamic: ${Open}'],
  ['!Ref Stored', 'dynamic: ${Stored}'],
  ['!Ref Missing', 'dynamic: ${Missing}'],
  ['!Ref AWS::Region', 'dynamic: ${AWS::Region}'],
  ['!Ref "AWS::NoValue"', 'absent'],
  ['!Ref Role', '-> Role'],
  ['!GetAtt Role.Arn', '-> Role'],
  ['{ "Fn::GetAtt": [Role, Arn] }', '-> Role'],
  ['!GetAtt Role.RoleId', 'dynamic: ${Role.RoleId}'],
  ['!Sub plain', 'plain', 'plain'],
  ['!Sub "${Name}"', 'web', 'web'],
  ['!Sub ${Name}-${Port}', 'web-5001', '${Name}-${Port}'],
  ['!Sub "${Name}-${Open}"', 'dynamic: web-${Open}'],
  ['!Sub "${!Name}-${Name}"', '${Name}-web'],
  ['!Sub ["${A}-${Name}", { A: !Ref Port }]', '5001-web'],
  ['{ "Fn::Sub": "${Name}-x" }', 'web-x'],
  ['"${Name}"', '${Name}'],
  ['!Join ["-", [!Ref Name, !Ref Port]]', 'web-5001'],
  ['!Join ["", [a, !Ref AWS::StackName]]', 'dynamic: a${AWS::StackName}'],
  ['!Join [",", !Ref Ports]', '80,443'],
  ['!Select [1, !Ref Ports]', '443', '443'],
  ['!Select [0, !Split ["-", "blue-green"]]', 'blue', 'blue'],
  ['!Select [9, [a]]', 'dynamic: ${Select}'],
  ['!If [IsProd, shop, !Ref Name]', 'shop | web'],
  ['!If [IsProd, shop, !Ref AWS::NoValue]', 'shop | absent'],
  ['!Sub ["${A}-x", { A: !If [IsProd, a, b] }]', 'a-x | b-x'],
  ['!FindInMap [Stage, prod, count]', '4', '4'],
  ['!FindInMap [Stage, !Ref Open, count]', '4 | 1'],
  ['!FindInMap [Stage, dev, count]', 'dynamic: ${FindInMap}'],
  ['!ImportValue shared-name', 'dynamic: ${ImportValue}'],
  ['"{{resolve:ssm:/acme/name}}"', 'dynamic: {{resolve:ssm:/acme/name}}'],
  ['{ "Fn::Transform": { Name: Macro } }', 'dynamic: ${Transform}'],
  ['<FAMILY>', 'dynamic: <FAMILY>'],
  ['!GetAtt Registry.RepositoryUri', 'dynamic: ${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/acme/web'],
  ['!Sub "${Registry}:1"', 'acme/web:1'],
  ['!Sub "${Nameless}:1"', 'dynamic: ${Nameless}:1'],
  ['!Sub "${Registry.RepositoryUri}:1"', 'dynamic: ${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/acme/web:1'],
];

describe('functions of CloudFormation', () => {
  for (const [expression, value, place] of rows) {
    it(expression, () => {
      const text = template(expression);
      const { family } = taskOf(text);
      assert.equal(shown(family), value);
      if (place !== undefined) assert.equal(slice(text, family.at), place);
    });
  }

  it('leads from a parameter to its default', () => {
    const text = template('!Ref Name');
    const { family } = taskOf(text);
    assert(family.state === 'known');
    assert.deepEqual(
      family.trail?.map((step) => [step.text, slice(text, step.at)]),
      [
        ['Ref Name', 'Name'],
        ['the default of parameter Name', 'Name'],
      ],
    );
    assert.equal(family.at.span.start, text.indexOf('web'));
  });

  it('says why something stays open', () => {
    const reasons = ['!Ref Open', '!ImportValue x', '!Ref AWS::Region'].map((expression) => {
      const { family } = taskOf(template(expression));
      return family.state === 'dynamic' ? family.reason : family.state;
    });
    assert.deepEqual(reasons, [
      'parameter Open has no default',
      'another stack exports it',
      'AWS::Region depends on where the stack is deployed',
    ]);
  });

  it('reads the same from JSON', () => {
    const text = JSON.stringify({
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: { Name: { Type: 'String', Default: 'web' } },
      Resources: {
        Task: {
          Type: 'AWS::ECS::TaskDefinition',
          Properties: { Family: { 'Fn::Sub': '${Name}-${AWS::Region}' }, Cpu: { Ref: 'Name' } },
        },
      },
    });
    const task = taskOf(text, 'stack.json');
    assert.deepEqual([shown(task.family), shown(task.cpu)], ['dynamic: web-${AWS::Region}', 'web']);
    assert.equal(slice(text, task.cpu.at), 'web');
  });
});

describe('conditions over parts', () => {
  const container = (properties: string): string => `${HEAD}  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: acme/web:1
${properties.trim().replace(/^/gm, '          ')}
`;
  const only = (properties: string): TaskDefinition['containerDefinitions']['items'][number] =>
    item(taskOf(container(properties)).containerDefinitions);

  it('keeps an item that may not be there, and says that the list is open', () => {
    const { portMappings } = only('PortMappings:\n  - !If [IsProd, { ContainerPort: 80 }, !Ref AWS::NoValue]');
    assert.equal(portMappings.complete, false);
    assert.equal(shown(item(portMappings).containerPort), '80');
  });

  it('makes a choice of what branches say differently', () => {
    const { portMappings } = only('PortMappings: !If [IsProd, [{ ContainerPort: 80 }], [{ ContainerPort: 8080 }]]');
    assert.equal(shown(item(portMappings).containerPort), '80 | 8080');
    const { healthCheck } = only('HealthCheck: !If [IsProd, { Retries: 3 }, !Ref AWS::NoValue]');
    assert.equal(healthCheck.state, 'choice');
  });

  it('sees nothing in lists of different lengths', () => {
    const { portMappings } = only('PortMappings: !If [IsProd, [{ ContainerPort: 80 }], []]');
    assert.deepEqual([portMappings.items.length, portMappings.complete], [0, false]);
  });

  it('does not decide a variable that a condition may leave out', () => {
    const { environment } = only('Environment:\n  - !If [IsProd, { Name: PORT, Value: 80 }, !Ref AWS::NoValue]');
    assert.equal(shown(item(environment).value), 'dynamic: 80');
  });
});
