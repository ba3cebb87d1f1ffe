// A CloudFormation template, in YAML and in JSON.

import { stringify } from 'yaml';
import type { Json } from '../../../server/src/base/json.ts';
import { compact, type JsonObject, json, type Model, type Texts } from '../model.ts';
import { serviceInput, taskDefinitionInput } from './json.ts';

export function cloudFormationYaml(model: Model): Texts {
  return { 'infra/service.yaml': stringify(template(model), { lineWidth: 0 }) };
}

export function cloudFormationJson(model: Model): Texts {
  return { 'infra/service.template.json': json(template(model)) };
}

function template(model: Model): JsonObject {
  const service = properties(serviceInput(model));
  const balancers = service.LoadBalancers;
  const { targetGroup } = model;
  const linked =
    targetGroup && Array.isArray(balancers)
      ? { LoadBalancers: balancers.map((one) => ({ ...(one as JsonObject), TargetGroupArn: { Ref: 'TargetGroup' } })) }
      : {};
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      TaskDefinition: { Type: 'AWS::ECS::TaskDefinition', Properties: properties(taskDefinitionInput(model)) },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: { ...service, TaskDefinition: { Ref: 'TaskDefinition' }, ...linked },
      },
      ...(targetGroup && {
        TargetGroup: {
          Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
          Properties: compact({
            VpcId: 'vpc-0123456789abcdef0',
            TargetType: targetGroup.targetType ?? 'ip',
            Protocol: 'HTTP',
            Port: targetGroup.port,
            HealthCheckEnabled: true,
            HealthCheckProtocol: 'HTTP',
            HealthCheckPort: targetGroup.healthCheckPort,
            HealthCheckPath: targetGroup.healthCheckPath,
            Matcher: { HttpCode: '200' },
            HealthCheckIntervalSeconds: targetGroup.times?.interval,
            HealthCheckTimeoutSeconds: targetGroup.times?.timeout,
            HealthyThresholdCount: targetGroup.times?.healthyThreshold,
            UnhealthyThresholdCount: targetGroup.times?.unhealthyThreshold,
            TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '300' }],
          }),
        },
      }),
      ...(model.repository && {
        Repository: {
          Type: 'AWS::ECR::Repository',
          Properties: { RepositoryName: model.repository.name, ImageTagMutability: 'MUTABLE' },
        },
      }),
      ...(model.alarm && {
        Alarm: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            AlarmName: model.alarm.name,
            Namespace: 'AWS/ApplicationELB',
            MetricName: 'UnHealthyHostCount',
            Dimensions: [
              { Name: 'TargetGroup', Value: { 'Fn::GetAtt': ['TargetGroup', 'TargetGroupFullName'] } },
              { Name: 'LoadBalancer', Value: { 'Fn::ImportValue': 'LoadBalancer' } },
            ],
            Statistic: 'Maximum',
            ComparisonOperator: 'GreaterThanThreshold',
            Threshold: 0,
            Period: 60,
            EvaluationPeriods: 2,
          },
        },
      }),
    },
  };
}

/** The same in CloudFormation's spelling. */
function properties(input: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), inTemplate(value)]),
  );
}

function inTemplate(value: Json): Json {
  if (Array.isArray(value)) return value.map(inTemplate);
  return typeof value === 'object' && value !== null ? properties(value as JsonObject) : value;
}
