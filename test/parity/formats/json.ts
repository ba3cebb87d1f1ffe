// The JSON that RegisterTaskDefinition and CreateService take.

import {
  CLUSTER,
  compact,
  EXECUTION_ROLE_ARN,
  type JsonObject,
  json,
  type Model,
  plain,
  SECURITY_GROUP,
  SUBNETS,
  TARGET_GROUP_ARN,
  type Texts,
} from '../model.ts';

export function jsonTexts(model: Model): Texts {
  return {
    'ecs/task-definition.json': json(taskDefinitionInput(model)),
    'ecs/service-definition.json': json(serviceInput(model)),
  };
}

export function taskDefinitionInput({ taskDefinition }: Model): JsonObject {
  return {
    family: taskDefinition.family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: taskDefinition.cpu,
    memory: taskDefinition.memory,
    ...(taskDefinition.executionRole !== 'none' && { executionRoleArn: EXECUTION_ROLE_ARN }),
    containerDefinitions: taskDefinition.containerDefinitions.map(plain),
  };
}

export function serviceInput({ taskDefinition, service }: Model): JsonObject {
  return compact({
    serviceName: service.serviceName,
    cluster: CLUSTER,
    taskDefinition: taskDefinition.family,
    launchType: 'FARGATE',
    desiredCount: service.desiredCount,
    deploymentController: service.deploymentController && { type: service.deploymentController },
    deploymentConfiguration: compact({
      minimumHealthyPercent: service.minimumHealthyPercent,
      maximumPercent: service.maximumPercent,
      deploymentCircuitBreaker: service.circuitBreaker && { ...service.circuitBreaker },
    }),
    serviceConnectConfiguration: service.serviceConnect && {
      enabled: true,
      services: [{ portName: service.serviceConnect }],
    },
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    loadBalancers: service.loadBalancer && [{ targetGroupArn: TARGET_GROUP_ARN, ...service.loadBalancer }],
    networkConfiguration: {
      awsvpcConfiguration: { subnets: SUBNETS, securityGroups: [SECURITY_GROUP], assignPublicIp: 'DISABLED' },
    },
  });
}
