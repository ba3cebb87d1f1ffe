// An ECS service from its description. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html

import type { Address } from '../../facts/reference.ts';
import type {
  DeploymentAlarms,
  DeploymentCircuitBreaker,
  Service,
  ServiceConnectService,
  ServiceLoadBalancer,
} from '../../facts/service.ts';
import { absentList, type List, type Value } from '../../facts/value.ts';
import type { DescribedObject } from './described.ts';
import {
  childObject,
  entryOf,
  named,
  objectItems,
  readBoolean,
  readList,
  readListWithin,
  readNested,
  readNumber,
  readObject,
  readObjects,
  readString,
  stringValue,
} from './values.ts';

export function readService(properties: DescribedObject, address?: Address): Service {
  const owner = named(properties, 'serviceName');
  return {
    kind: 'service',
    at: owner.at,
    nameAt: owner.nameAt,
    ...(address === undefined ? {} : { address }),
    serviceName: readString(owner, 'serviceName'),
    cluster: readString(owner, 'cluster'),
    taskDefinition: readString(owner, 'taskDefinition'),
    desiredCount: readNumber(owner, 'desiredCount'),
    launchType: readString(owner, 'launchType'),
    schedulingStrategy: readString(owner, 'schedulingStrategy'),
    deploymentController: readNested(owner, 'deploymentController', (child) => readString(child, 'type')),
    deploymentConfigurationAt: entryOf(owner, 'deploymentConfiguration')?.keyAt ?? owner.nameAt,
    strategy: readDeployment(owner, (child) => readString(child, 'strategy')),
    minimumHealthyPercent: readDeployment(owner, (child) => readNumber(child, 'minimumHealthyPercent')),
    maximumPercent: readDeployment(owner, (child) => readNumber(child, 'maximumPercent')),
    deploymentCircuitBreaker: readDeployment(owner, (child) =>
      readObject(child, 'deploymentCircuitBreaker', readCircuitBreaker),
    ),
    healthCheckGracePeriodSeconds: readNumber(owner, 'healthCheckGracePeriodSeconds'),
    deploymentAlarms: readDeployment(owner, (child) => readObject(child, 'alarms', readAlarms)),
    securityGroups: readListWithin(
      owner,
      ['networkConfiguration', 'awsvpcConfiguration', 'securityGroups'],
      stringValue,
    ),
    platformVersion: readString(owner, 'platformVersion'),
    forceNewDeployment: readBoolean(owner, 'forceNewDeployment'),
    loadBalancers: readObjects(owner, 'loadBalancers', readLoadBalancer),
    serviceConnectServices: readServiceConnect(owner),
  };
}

function readDeployment<T>(owner: DescribedObject, read: (child: DescribedObject) => Value<T>): Value<T> {
  return readNested(owner, 'deploymentConfiguration', read);
}

function readCircuitBreaker(breaker: DescribedObject): DeploymentCircuitBreaker {
  return {
    at: breaker.at,
    enable: readBoolean(breaker, 'enable'),
    rollback: readBoolean(breaker, 'rollback'),
    resetOnHealthyTask: readBoolean(breaker, 'resetOnHealthyTask'),
    thresholdConfiguration: readObject(breaker, 'thresholdConfiguration', (child) => ({
      at: child.at,
      type: readString(child, 'type'),
      value: readNumber(child, 'value'),
    })),
  };
}

function readAlarms(alarms: DescribedObject): DeploymentAlarms {
  return {
    at: alarms.at,
    alarmNames: readList(alarms, 'alarmNames', stringValue),
    enable: readBoolean(alarms, 'enable'),
    rollback: readBoolean(alarms, 'rollback'),
  };
}

function readLoadBalancer(balancer: DescribedObject): ServiceLoadBalancer {
  const owner = named(balancer, 'containerName');
  return {
    at: owner.at,
    targetGroupArn: readString(owner, 'targetGroupArn'),
    containerName: readString(owner, 'containerName'),
    containerPort: readNumber(owner, 'containerPort'),
  };
}

function readServiceConnect(owner: DescribedObject): List<ServiceConnectService> {
  const configuration = childObject(owner, 'serviceConnectConfiguration');
  const enabled = configuration && readBoolean(configuration, 'enabled');
  if (configuration && enabled?.state === 'known' && !enabled.value) return absentList(configuration.nameAt);
  return readListWithin(
    owner,
    ['serviceConnectConfiguration', 'services'],
    objectItems((item) => ({ at: item.at, portName: readString(named(item, 'portName'), 'portName') })),
  );
}
