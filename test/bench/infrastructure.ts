// Writes infrastructure code of any size, the same bytes each time: a Terraform root of one file a service, and single long
// files of Terraform and CloudFormation. The port of the service in the middle can be right or wrong.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface EditedFile {
  readonly file: string;
  /** The text with its circuit breaker on, and off. */
  readonly right: string;
  readonly wrong: string;
}

/** One root folder with a file for each service; the file in the middle is the one to edit. */
export function generateTerraformRoot(root: string, services: number): EditedFile {
  mkdirSync(root, { recursive: true });
  const fileOf = (index: number): string => path.join(root, `service-${String(index).padStart(4, '0')}.tf`);
  for (let index = 0; index < services; index++) writeFileSync(fileOf(index), terraformService(index, true));
  const middle = Math.floor(services / 2);
  return { file: fileOf(middle), right: terraformService(middle, true), wrong: terraformService(middle, false) };
}

/** Text of many services in one file, of which the one in the middle is edited. */
export function longText(
  service: (index: number, breaker: boolean) => string,
  services: number,
  head = '',
): EditedFile {
  const text = (breaker: boolean): string =>
    head + Array.from({ length: services }, (_, index) => service(index, breaker || index !== services >> 1)).join('');
  return { file: '', right: text(true), wrong: text(false) };
}

export function terraformService(index: number, breaker: boolean): string {
  const name = `service_${index}`;
  return `resource "aws_ecs_task_definition" "${name}" {
  family                   = "${name}"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
  container_definitions = jsonencode([{
    name         = "${name}"
    image        = "registry.example.com/${name}:1.${index}.0"
    essential    = true
    portMappings = [{ containerPort = ${3000 + (index % 5000)} }]
  }])
}

resource "aws_ecs_service" "${name}" {
  name            = "${name}"
  task_definition = aws_ecs_task_definition.${name}.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  deployment_circuit_breaker {
    enable   = ${breaker}
    rollback = true
  }
}
`;
}

/** The same template in JSON; the service in the middle is edited. */
export function jsonTemplate(services: number): EditedFile {
  const resources = (breaker: boolean): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length: services }, (_, index) => jsonService(index, breaker || index !== services >> 1)).flat(),
    );
  const text = (breaker: boolean): string => `${JSON.stringify({ Resources: resources(breaker) }, undefined, 2)}\n`;
  return { file: '', right: text(true), wrong: text(false) };
}

function jsonService(index: number, breaker: boolean): readonly (readonly [string, unknown])[] {
  const name = `Service${index}`;
  const container = {
    Name: 'app',
    Image: `registry.example.com/${name}:1.${index}.0`,
    PortMappings: [{ ContainerPort: 3000 + (index % 5000) }],
  };
  const task = {
    Family: name,
    NetworkMode: 'awsvpc',
    RequiresCompatibilities: ['FARGATE'],
    Cpu: '256',
    Memory: '512',
    ExecutionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    ContainerDefinitions: [container],
  };
  const service = {
    TaskDefinition: { Ref: `${name}Task` },
    LaunchType: 'FARGATE',
    DesiredCount: 2,
    DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: breaker, Rollback: true } },
  };
  return [
    [`${name}Task`, { Type: 'AWS::ECS::TaskDefinition', Properties: task }],
    [name, { Type: 'AWS::ECS::Service', Properties: service }],
  ];
}

export const CLOUDFORMATION_HEAD = 'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n';

export function cloudFormationService(index: number, breaker: boolean): string {
  const name = `Service${index}`;
  return `  ${name}Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: ${name}
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      Cpu: "256"
      Memory: "512"
      ExecutionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      ContainerDefinitions:
        - Name: app
          Image: registry.example.com/${name}:1.${index}.0
          PortMappings:
            - ContainerPort: ${3000 + (index % 5000)}
  ${name}:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref ${name}Task
      LaunchType: FARGATE
      DesiredCount: 2
      DeploymentConfiguration:
        DeploymentCircuitBreaker:
          Enable: ${breaker}
          Rollback: true
`;
}
