// What stands around services in programs of the CDK: security groups, and deployment groups of CodeDeploy.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { IngressRule } from '../../../server/src/facts/securityGroup.ts';
import { type App, loadGrammars, pythonStack, settle, shown, shownList, stack } from './app.ts';

before(loadGrammars);

const task = `const task = new ecs.FargateTaskDefinition(this, 'Task');
task.addContainer('app', { image: ecs.ContainerImage.fromRegistry('acme/web:1.4.2'), portMappings: [{ containerPort: 8080 }] });`;

const named = (text: string): string => text.replace('resource:file:///repo/#', '');

function rule({ protocol, fromPort, toPort, cidrs, sourceGroups }: IngressRule): string {
  const from = cidrs.state === 'present' ? shownList(cidrs, shown) : shownList(sourceGroups, shown);
  return `${shown(protocol)} ${shown(fromPort)}-${shown(toPort)} from ${named(from)}`;
}

function groups(app: App): readonly string[] {
  return app.of('securityGroup').map(({ ingress }) => shownList(ingress, rule));
}

describe('security groups', () => {
  it('rules that the program writes', () => {
    const app = settle(
      stack(`const other = new ec2.SecurityGroup(this, 'Other', { vpc });
const group = new ec2.SecurityGroup(this, 'Group', { vpc, securityGroupName: 'web' });
group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(8080), 'everybody');
group.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcpRange(8000, 8010));
group.addIngressRule(other, ec2.Port.allTcp());
group.addIngressRule(peer, ec2.Port.allTraffic());
group.addIngressRule(ec2.Peer.anyIpv6(), ec2.Port.HTTPS);
group.addIngressRule(ec2.Peer.anyIpv4(), port);`),
    );
    assert.deepEqual(groups(app), [
      '',
      'tcp 8080-8080 from 0.0.0.0/0, tcp 8000-8010 from 10.0.0.0/8, tcp 0-65535 from Web.Other, ' +
        '-1 --- from ?…, tcp 443-443 from ::/0, ?… ?…-?… from 0.0.0.0/0',
    ]);
  });

  it('connections, and load balancers that the CDK lets in', () => {
    const app = settle(
      stack(`${task}
const group = new ec2.SecurityGroup(this, 'Group', { vpc });
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task, securityGroups: [group] });
service.connections.allowFromAnyIpv4(ec2.Port.tcp(3000));
group.connections.allowInternally(ec2.Port.tcp(7946));
bastion.connections.allowTo(service, ec2.Port.tcp(22));
const listener = new elbv2.ApplicationLoadBalancer(this, 'Balancer', { vpc }).addListener('Http', { port: 80 });
listener.addTargets('Web', { port: 80, targets: [service] });`),
    );
    assert.deepEqual(groups(app), [
      'tcp 7946-7946 from Web.Group, tcp 3000-3000 from 0.0.0.0/0, ' + '?… ?…-?… from ?…',
    ]);
    assert.equal(named(shownList(app.only('service').securityGroups, shown)), 'Web.Group');
  });

  it('a group that the CDK makes, or that is handed to others, stays open', () => {
    const app = settle(
      stack(`${task}
const group = new ec2.SecurityGroup(this, 'Group', { vpc });
configure(group);
new ecs.FargateService(this, 'Service', { taskDefinition: task });
new ecs.FargateService(this, 'Other', { taskDefinition: task, securityGroups: [imported, group] });`),
    );
    assert.deepEqual(groups(app), [' …']);
    assert.deepEqual(
      app.of('service').map(({ securityGroups }) => securityGroups.complete),
      [false, false],
    );
  });

  it('resources of CloudFormation', () => {
    const app = settle(
      stack(`const balancer = new ec2.CfnSecurityGroup(this, 'Balancer', { groupDescription: 'b' });
const group = new ec2.CfnSecurityGroup(this, 'Group', { groupDescription: 'g', securityGroupIngress: [
  { ipProtocol: 'tcp', fromPort: 80, toPort: 80, sourceSecurityGroupId: balancer.attrGroupId },
] });
new ec2.CfnSecurityGroupIngress(this, 'Apart', { groupId: group.attrGroupId, ipProtocol: 'tcp', fromPort: 81, toPort: 81, cidrIp: '0.0.0.0/0' });`),
    );
    assert.deepEqual(groups(app), ['', 'tcp 80-80 from Web.Balancer']);
    assert.equal(named(shown(app.only('securityGroupIngress').group)), 'Web.Group');
  });
});

describe('deployment groups of CodeDeploy', () => {
  const service = `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task, deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY } });
const alarm = new cloudwatch.Alarm(this, 'Errors', { metric, threshold: 1, evaluationPeriods: 1 });`;
  const rows: readonly (readonly [settings: string, rollback: string, alarms: string])[] = [
    ['', 'true: DEPLOYMENT_FAILURE', '-'],
    ['alarms: [alarm]', 'true: DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM', 'Web.Errors'],
    ['autoRollback: { failedDeployment: false }', 'false: ', '-'],
    [
      'autoRollback: { stoppedDeployment: true, deploymentInAlarm: false }, alarms: [alarm]',
      'true: DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_REQUEST',
      'Web.Errors',
    ],
    ['autoRollback: { failedDeployment: this.node.tryGetContext("strict") }', 'open', '-'],
  ];
  for (const [settings, rollback, alarms] of rows) {
    it(settings === '' ? 'defaults' : settings, () => {
      const app = settle(
        stack(
          `${service}\nnew codedeploy.EcsDeploymentGroup(this, 'Group', { service, deploymentGroupName: 'web', ${settings} });`,
        ),
      );
      const group = app.only('deploymentGroup');
      const { autoRollback } = group;
      assert.equal(shown(group.deploymentGroupName), 'web');
      assert.equal(named(shownList(group.services, shown)), 'Web.Service');
      assert.equal(
        autoRollback.state === 'known'
          ? `${shown(autoRollback.value.enabled)}: ${shownList(autoRollback.value.events, shown)}`
          : 'open',
        rollback,
      );
      assert.equal(
        group.alarms.state === 'known' ? named(shownList(group.alarms.value.alarmNames, shown)) : '-',
        alarms,
      );
    });
  }

  it('in Python', () => {
    const app = settle(
      pythonStack(`from aws_cdk import aws_codedeploy as codedeploy
task = ecs.FargateTaskDefinition(self, "Task")
service = ecs.FargateService(self, "Service", task_definition=task)
codedeploy.EcsDeploymentGroup(self, "Group", service=service, auto_rollback=codedeploy.AutoRollbackConfig(failed_deployment=False))`),
    );
    const { autoRollback } = app.only('deploymentGroup');
    assert.equal(autoRollback.state === 'known' && shown(autoRollback.value.enabled), 'false');
  });
});
