// The port is written once, under a name; everything else refers to it.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const portElsewhere: ParityDeployment = {
  name: 'a wrong port in a parameter, a variable, a constant',
  image: nodeImage('5201'),
  model: modelWith({}),
  rewritten: {
    'CloudFormation YAML': [
      [
        'Resources:',
        'Parameters:\n  Port:\n    Type: Number\n    Default: 3000 # where the program listens\nResources:',
      ],
      ['ContainerPort: 3000', 'ContainerPort: !Ref Port'],
      ['- curl -f http://localhost:3000/', `- !Sub curl -f http://localhost:\${Port}/`],
    ],
    'CloudFormation JSON': [
      ['"Resources": {', '"Parameters": {\n    "Port": { "Type": "Number", "Default": 3000 }\n  },\n  "Resources": {'],
      ['"ContainerPort": 3000', '"ContainerPort": { "Ref": "Port" }'],
      ['"curl -f http://localhost:3000/ || exit 1"', `{ "Fn::Sub": "curl -f http://localhost:\${Port}/ || exit 1" }`],
    ],
    Terraform: [
      [
        'resource "aws_ecs_task_definition"',
        'variable "port" {\n  type    = number\n  default = 3000\n}\n\nlocals {\n  port = var.port\n}\n\nresource "aws_ecs_task_definition"',
      ],
      ['containerPort = 3000', 'containerPort = local.port'],
      ['container_port = 3000', 'container_port = var.port'],
      ['localhost:3000/', `localhost:\${var.port}/`],
    ],
    'CDK TypeScript': [
      ['class WebStack', 'const port = 3000; // where the program listens\n\nclass WebStack'],
      ['containerPort: 3000', 'containerPort: port'],
      ['"curl -f http://localhost:3000/ || exit 1"', `\`curl -f http://localhost:\${port}/ || exit 1\``],
    ],
    'CDK Python': [
      ['class WebStack', 'PORT = 3000  # where the program listens\n\n\nclass WebStack'],
      ['container_port=3000', 'container_port=PORT'],
      ['"curl -f http://localhost:3000/', 'f"curl -f http://localhost:{PORT}/'],
    ],
    ecspresso: [['"containerPort": 3000', '"containerPort": {{ env `PORT` `3000` }}']],
  },
  findings: ['error container-port-not-listened-on'],
  left: [],
};
