// A condition that no file decides chooses between the program's port and another one: no format guesses.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

const WITHOUT_CONDITIONS = 'it has no conditions';

const choose = (condition: string): string => `${condition} ? 3000 : 4000`;
const IN_TERRAFORM = choose('var.stage == "production"');

export const conditionalPort: ParityDeployment = {
  name: 'a condition between two ports',
  image: nodeImage('3000'),
  model: modelWith({}),
  rewritten: {
    'CloudFormation YAML': [
      [
        'Resources:',
        'Parameters:\n  Stage:\n    Type: String\nConditions:\n  IsProduction: !Equals [!Ref Stage, production]\nResources:',
      ],
      ['ContainerPort: 3000', 'ContainerPort: !If [IsProduction, 3000, 4000]'],
    ],
    'CloudFormation JSON': [
      [
        '"Resources": {',
        '"Parameters": { "Stage": { "Type": "String" } },\n  "Conditions": { "IsProduction": { "Fn::Equals": [{ "Ref": "Stage" }, "production"] } },\n  "Resources": {',
      ],
      ['"ContainerPort": 3000', '"ContainerPort": { "Fn::If": ["IsProduction", 3000, 4000] }'],
    ],
    Terraform: [
      ['resource "aws_ecs_task_definition"', 'variable "stage" {}\n\nresource "aws_ecs_task_definition"'],
      ['containerPort = 3000', `containerPort = ${IN_TERRAFORM}`],
      ['container_port = 3000', `container_port = ${IN_TERRAFORM}`],
    ],
    'CDK TypeScript': [
      ['const vpc', `const port = ${choose("this.node.tryGetContext('stage') === 'production'")};\n    const vpc`],
      ['containerPort: 3000', 'containerPort: port'],
    ],
    'CDK Python': [
      ['vpc = ', 'port = 3000 if self.node.try_get_context("stage") == "production" else 4000\n        vpc = '],
      ['container_port=3000', 'container_port=port'],
    ],
  },
  except: {
    JSON: WITHOUT_CONDITIONS,
    'Terraform JSON': 'the containers stand in a quoted text',
    Copilot: WITHOUT_CONDITIONS,
    ecspresso: WITHOUT_CONDITIONS,
  },
  findings: [],
  left: [],
};
