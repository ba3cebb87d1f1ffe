// The facts of a resource of infrastructure code, whatever format it is written in.

import type { Fact } from '../../facts/fileFacts.ts';
import type { Address } from '../../facts/reference.ts';
import { readAlarm } from './alarm.ts';
import { readDeploymentGroup } from './deploymentGroup.ts';
import type { DescribedObject, DescribedResource } from './described.ts';
import { readEventRule } from './eventRule.ts';
import { readExpressGatewayService } from './expressGatewayService.ts';
import { readImageRepository } from './imageRepository.ts';
import { readListener, readLoadBalancer } from './loadBalancer.ts';
import { readScalableTarget } from './scalableTarget.ts';
import { readSchedule } from './schedule.ts';
import { readSecurityGroup, readSecurityGroupIngress } from './securityGroup.ts';
import { readService } from './service.ts';
import { readTargetGroup } from './targetGroup.ts';
import { readTaskDefinition } from './taskDefinition.ts';

type Reader = (properties: DescribedObject, address: Address) => readonly Fact[];

const READERS: Readonly<Record<string, Reader>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': readScalableTarget,
  'AWS::CloudWatch::Alarm': (properties, address) => [readAlarm(properties, address)],
  'AWS::CodeDeploy::DeploymentGroup': readDeploymentGroup,
  'AWS::EC2::SecurityGroup': (properties, address) => [readSecurityGroup(properties, address)],
  'AWS::EC2::SecurityGroupIngress': (properties) => [readSecurityGroupIngress(properties)],
  'AWS::ECR::Repository': (properties, address) => [readImageRepository(properties, address)],
  'AWS::ECS::ExpressGatewayService': readExpressGatewayService,
  'AWS::ECS::Service': (properties, address) => [readService(properties, address)],
  'AWS::ECS::TaskDefinition': (properties, address) => [readTaskDefinition(properties, address)],
  'AWS::ElasticLoadBalancingV2::Listener': (properties, address) => [readListener(properties, address)],
  'AWS::ElasticLoadBalancingV2::ListenerRule': (properties, address) => [readListener(properties, address)],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (properties, address) => [readLoadBalancer(properties, address)],
  'AWS::ElasticLoadBalancingV2::TargetGroup': (properties, address) => [readTargetGroup(properties, address)],
  'AWS::Events::Rule': (properties) => [readEventRule(properties)],
  'AWS::Scheduler::Schedule': readSchedule,
};

/** What a resource says; empty for types that tell nothing about deployments. */
export function factsOf({ type, address, logicalName, properties }: DescribedResource): readonly Fact[] {
  const facts = Object.hasOwn(READERS, type) ? (READERS[type]?.(properties, address) ?? []) : [];
  if (logicalName === undefined) return facts;
  return facts.map((fact) =>
    fact.kind === 'service' || fact.kind === 'taskDefinition' || fact.kind === 'alarm'
      ? { ...fact, logicalName }
      : fact,
  );
}

/** Whether a type of resource has a reader. */
export function isReadType(type: string): boolean {
  return Object.hasOwn(READERS, type);
}
