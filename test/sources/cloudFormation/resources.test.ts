import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fact, FactKind } from '../../../server/src/facts/fileFacts.ts';
import { resourceAddress } from '../../../server/src/facts/reference.ts';
import { item, short, slice } from '../marks.ts';
import { root, settle } from './stack.ts';

const STACK = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      ContainerDefinitions:
        - Name: app
          Image: acme/web:1
          Secrets: [{ Name: KEY, ValueFrom: arn:aws:ssm:x }]
          EnvironmentFiles: [{ Type: s3, Value: "arn:aws:s3:::b/a.env" }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Task
      DesiredCount: 2
      DeploymentController: { Type: ECS }
      DeploymentConfiguration:
        MinimumHealthyPercent: 50
        DeploymentCircuitBreaker: { Enable: yes, Rollback: false }
        Alarms: { AlarmNames: [!Ref Alarm], Enable: true, Rollback: true }
      LoadBalancers:
        - { ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Group }
      NetworkConfiguration:
        AwsvpcConfiguration:
          SecurityGroups: [!GetAtt TaskGroup.GroupId]
      ServiceConnectConfiguration: { Enabled: true, Services: [{ PortName: http }] }
  Cluster: { Type: "AWS::ECS::Cluster" }
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 80
      TargetType: ip
      HealthCheckPort: traffic-port
      HealthCheckPath: /healthz
      HealthyThresholdCount: 2
      TargetGroupAttributes:
        - { Key: stickiness.enabled, Value: "false" }
        - { Key: deregistration_delay.timeout_seconds, Value: "30" }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Group }, { Type: redirect }]
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Listener
      Actions: [{ Type: forward, ForwardConfig: { TargetGroups: [{ TargetGroupArn: !Ref Group, Weight: 1 }] } }]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Type: application, SecurityGroups: [!Ref TaskGroup] }
  TaskGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 80, ToPort: 90, CidrIp: 10.0.0.0/8 }]
  FromBalancer:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: !GetAtt TaskGroup.GroupId, IpProtocol: "-1", SourceSecurityGroupId: !Ref TaskGroup }
  Scaling:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ResourceId: !Sub service/\${Cluster}/\${Service.Name}
      MinCapacity: 0
      MaxCapacity: 4
      ScheduledActions:
        - { ScheduledActionName: night, Schedule: "cron(0 20 * * ? *)", ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } }
  JoinedScaling:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: { ServiceNamespace: ecs, ResourceId: !Join ["/", [service, !Ref Cluster, !GetAtt Service.Name]] }
  Table:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: { ServiceNamespace: dynamodb, ResourceId: table/x, MinCapacity: 1, MaxCapacity: 2 }
  Morning:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: morning
      ScheduleExpression: cron(0 9 * * ? *)
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:ecs:updateService
        Input: '{"Cluster": "main", "Service": "web", "DesiredCount": 3}'
  Evening:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: cron(0 21 * * ? *)
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:ecs:updateService
        Input: !Sub '{"Cluster": "\${Cluster}", "Service": "\${Service.Name}", "DesiredCount": 0}'
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationELB
      MetricName: UnHealthyHostCount
      Dimensions: [{ Name: TargetGroup, Value: !GetAtt Group.TargetGroupFullName }]
  Failed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [aws.ecs], detail-type: [ECS Deployment State Change] }
  Registry:
    Type: AWS::ECR::Repository
    Properties: { RepositoryName: acme/web, ImageTagMutability: IMMUTABLE }
`;

const facts = settle({ 'stack.yml': STACK });

function all<K extends FactKind>(kind: K): readonly Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

function only<K extends FactKind>(kind: K): Extract<Fact, { kind: K }> {
  const [fact] = all(kind);
  assert(fact, kind);
  return fact;
}

const address = (logicalId: string): string => resourceAddress(`${root}/stack.yml`, logicalId);

describe('resources of CloudFormation', () => {
  it('a service refers to its task definition, target group and security groups', () => {
    const service = only('service');
    assert.equal(service.address, address('Service'));
    assert.equal(service.logicalName, 'Service');
    assert.equal(slice(STACK, service.nameAt), 'Service');
    assert.equal(short(service.taskDefinition), address('Task'));
    const balancer = item(service.loadBalancers);
    assert.deepEqual([balancer.targetGroupArn, balancer.containerPort].map(short), [address('Group'), 8080]);
    assert.deepEqual(service.securityGroups.items.map(short), [address('TaskGroup')]);
    assert.deepEqual(
      [service.desiredCount, service.deploymentController, service.minimumHealthyPercent, service.maximumPercent].map(
        short,
      ),
      [2, 'ECS', 50, 'absent'],
    );
    assert(service.deploymentCircuitBreaker.state === 'known');
    const breaker = service.deploymentCircuitBreaker.value;
    assert.deepEqual([breaker.enable, breaker.rollback].map(short), [true, false]);
    assert(service.deploymentAlarms.state === 'known');
    assert.deepEqual(service.deploymentAlarms.value.alarmNames.items.map(short), [address('Alarm')]);
    assert.equal(short(item(service.serviceConnectServices).portName), 'http');
    assert.equal(slice(STACK, service.deploymentConfigurationAt), 'DeploymentConfiguration');
  });

  it('a task definition is named by its family', () => {
    const task = only('taskDefinition');
    assert.equal(slice(STACK, task.nameAt), 'web');
    const app = item(task.containerDefinitions);
    assert.deepEqual(
      app.secrets.items.map((secret) => [short(secret.name), slice(STACK, secret.at)]),
      [['KEY', 'arn:aws:ssm:x']],
    );
    assert.deepEqual(app.environmentFiles.items.map(short), ['arn:aws:s3:::b/a.env']);
    assert.equal(short(app.command), 'absent');
  });

  it('a target group has its health check and its delay', () => {
    const group = only('targetGroup');
    const { healthCheck } = group;
    assert.deepEqual(
      [group.port, group.targetType, healthCheck.port, healthCheck.path, healthCheck.healthyThreshold].map(short),
      [80, 'ip', 'traffic-port', '/healthz', 2],
    );
    assert.deepEqual([short(group.deregistrationDelay), short(healthCheck.interval)], [30, 'absent']);
    assert.equal(slice(STACK, healthCheck.at), 'HealthCheckPort');
  });

  it('listeners and their rules forward to target groups', () => {
    assert.deepEqual(
      all('loadBalancerListener').map((listener) => [
        short(listener.loadBalancer),
        short(listener.listener),
        listener.targetGroups.items.map(short),
      ]),
      [
        [address('Balancer'), 'absent', [address('Group')]],
        ['absent', address('Listener'), [address('Group')]],
      ],
    );
    assert.deepEqual(only('loadBalancer').securityGroups.items.map(short), [address('TaskGroup')]);
  });

  it('security groups let connections in', () => {
    const rule = item(only('securityGroup').ingress);
    assert.deepEqual([rule.fromPort, rule.toPort].map(short), [80, 90]);
    assert.deepEqual([rule.cidrs.items.map(short), rule.sourceGroups.state], [['10.0.0.0/8'], 'absent']);
    const apart = only('securityGroupIngress');
    assert.deepEqual([short(apart.group), short(apart.rule.protocol)], [address('TaskGroup'), '-1']);
    assert.deepEqual(apart.rule.sourceGroups.items.map(short), [address('TaskGroup')]);
  });

  it('scaling names its service, whichever way the name is put together', () => {
    assert.deepEqual(
      all('scalableTarget').map((target) => [short(target.service), short(target.maxCapacity)]),
      [
        [address('Service'), 4],
        [address('Service'), 'absent'],
      ],
    );
  });

  it('schedules set counts', () => {
    assert.deepEqual(
      all('scheduledCount').map((one) => [short(one.target), short(one.count), short(one.schedule)]),
      [
        [address('Scaling'), 0, 'cron(0 20 * * ? *)'],
        ['web', 3, 'cron(0 9 * * ? *)'],
        [address('Service'), 0, 'cron(0 21 * * ? *)'],
      ],
    );
    const morning = all('scheduledCount')[1];
    assert(morning);
    assert.equal(slice(STACK, morning.count.at), '3');
  });

  it('alarms, event rules and registries', () => {
    const alarm = only('alarm');
    assert.deepEqual(
      alarm.dimensions.items.map(({ name, value }) => [name, short(value)]),
      [['TargetGroup', address('Group')]],
    );
    assert.match(String(short(only('eventRule').pattern)), /ECS Deployment State Change/);
    assert.deepEqual([short(only('imageRepository').imageTagMutability)], ['IMMUTABLE']);
  });
});

describe('an Express service', () => {
  const text = `Resources:
  Web:
    Type: AWS::ECS::ExpressGatewayService
    Properties:
      ExecutionRoleArn: arn:aws:iam::123456789012:role/exec
      HealthCheckPath: /healthz
      PrimaryContainer:
        Image: acme/web:1
        Environment: [{ Name: PORT, Value: "3000" }]
`;

  it('is a service and a task definition that receives requests on port 80', () => {
    const [service, task] = settle({ 'web.yaml': text });
    assert(service?.kind === 'service' && task?.kind === 'taskDefinition');
    assert.equal(short(service.taskDefinition), task.address);
    const main = item(task.containerDefinitions);
    assert.deepEqual([short(main.name), short(main.image)], ['Main', 'acme/web:1']);
    assert.equal(short(item(main.portMappings).containerPort), 80);
    assert.equal(short(item(service.loadBalancers).containerPort), 80);
  });

  it('leaves open what ECS decides: the circuit breaker', () => {
    const [service] = settle({ 'web.yaml': text });
    assert(service?.kind === 'service');
    assert.equal(service.deploymentCircuitBreaker.state, 'dynamic');
    assert.equal(service.desiredCount.state, 'dynamic');
  });
});

describe('nested stacks', () => {
  const service = `Parameters:
  Port: { Type: Number }
  Group: { Type: String }
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      LoadBalancers: [{ ContainerName: web, ContainerPort: !Ref Port, TargetGroupArn: !Ref Group }]
`;
  const balancer = `Resources:
  Group: { Type: "AWS::ElasticLoadBalancingV2::TargetGroup", Properties: { Port: 80 } }
Outputs:
  Group: { Value: !Ref Group }
`;
  const main = (url: string, port = '5001'): string => `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Balancer: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: balancer.yml } }
  Web:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${url}
      Parameters: { Port: ${port}, Group: !GetAtt Balancer.Outputs.Group }
`;
  const read = (files: Readonly<Record<string, string>>): unknown => {
    const [found] = settle(files);
    assert(found?.kind === 'service');
    const { containerPort, targetGroupArn } = item(found.loadBalancers);
    return [short(containerPort), short(targetGroupArn)];
  };
  const group = resourceAddress(`${root}/infra/balancer.yml`, 'Group');

  const urls = ['./service.yml', 'service.yml', 'https://s3.amazonaws.com/acme/infra/service.yml'];
  for (const url of urls) {
    it(`pass parameters and outputs: ${url}`, () => {
      const files = { 'infra/service.yml': service, 'infra/balancer.yml': balancer, 'infra/main.yml': main(url) };
      assert.deepEqual(read(files), [5001, group]);
    });
  }

  it('follow the address of an upload in a bucket', () => {
    const url = '!Sub "https://${Bucket}.s3.amazonaws.com/service.yml"';
    const files = { 'infra/service.yml': service, 'infra/balancer.yml': balancer, 'infra/main.yml': main(url) };
    assert.deepEqual(read(files), [5001, group]);
  });

  it('stay open where stacks pass different values, or none', () => {
    const files = {
      'a/service.yml': service,
      'a/one.yml': main('service.yml'),
      'a/two.yml': main('service.yml', '80'),
    };
    assert.deepEqual(read(files), ['dynamic: ${Port}', 'dynamic: ${Balancer.Outputs.Group}']);
    assert.deepEqual(read({ 'a/service.yml': service }), ['dynamic: ${Port}', 'dynamic: ${Group}']);
  });

  it('that contain each other end', () => {
    const loop = `Parameters:
  Port: { Type: Number }
Resources:
  Self: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: other.yml, Parameters: { Port: !Ref Port } } }
  Service: { Type: "AWS::ECS::Service", Properties: { DesiredCount: !Ref Port } }
`;
    const [found] = settle({ 'loop.yml': loop, 'other.yml': loop.replace('other', 'loop') });
    assert(found?.kind === 'service');
    assert.equal(found.desiredCount.state, 'dynamic');
  });
});

describe('a deployment group of CodeDeploy', () => {
  const text = `Resources:
  Service:
    Type: AWS::ECS::Service
    Properties: { DeploymentController: { Type: CODE_DEPLOY } }
  Errors: { Type: AWS::CloudWatch::Alarm }
  Group:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      DeploymentGroupName: web
      ECSServices: [{ ClusterName: main, ServiceName: !GetAtt Service.Name }]
      AutoRollbackConfiguration: { Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM] }
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: !Ref Errors }] }
      TriggerConfigurations: [{ TriggerEvents: [DeploymentFailure], TriggerTargetArn: !Ref Topic }]
  Functions:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties: { DeploymentGroupName: functions }
`;

  it('says which service it deploys, and what it does about failures', () => {
    const [group, other] = settle({ 'template.yml': text }).filter((fact) => fact.kind === 'deploymentGroup');
    assert(group?.kind === 'deploymentGroup' && !other);
    const address = (name: string): string => resourceAddress(`${root}/template.yml`, name);
    assert.equal(slice(text, group.nameAt), 'web');
    assert.deepEqual(group.services.items.map(short), [address('Service')]);
    assert.deepEqual(group.triggerEvents.items.map(short), ['DeploymentFailure']);
    const { autoRollback, alarms } = group;
    assert(autoRollback.state === 'known' && alarms.state === 'known');
    assert.deepEqual(autoRollback.value.events.items.map(short), ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']);
    assert.deepEqual(alarms.value.alarmNames.items.map(short), [address('Errors')]);
  });
});
