// The load balancer cannot reach the task.

import { liesWithin } from '../base/text.ts';
import { isAddress } from '../facts/reference.ts';
import type { IngressRule } from '../facts/securityGroup.ts';
import { knownValue } from '../facts/value.ts';
import type { OpenGroup, Target } from '../graph/infrastructure.ts';
import { stackExample } from './infrastructureExamples.ts';
import type { DeploymentRule } from './rule.ts';

const balancer = (ingress: string): string => `      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [subnet-0a1b2c3d]
          SecurityGroups: [!Ref TaskGroup]
  LoadBalancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      SecurityGroups: [!Ref BalancerGroup]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref LoadBalancer
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: forward
          TargetGroupArn: !Ref TargetGroup
  BalancerGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the load balancer
  TaskGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the tasks
      SecurityGroupIngress:
${ingress}`;

export const securityGroupBlocksContainerPort: DeploymentRule = {
  id: 'security-group-blocks-container-port',
  group: 'ports',
  severity: 'error',
  summary: 'All groups of the task are in view and none lets the load balancer reach the port.',
  why: 'The load balancer connects to the container port of each task. A security group that does not let it in drops the packets: every health check times out, and ECS stops every task.',
  remedy: "Open the container port in the tasks' security group for the load balancer's group.",
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
  ],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ infrastructure }) {
    const groups = infrastructure?.securityGroups;
    if (!groups) return;
    for (const target of infrastructure.targets) {
      const port = target.balancer.containerPort;
      const callers = balancerGroups(target);
      if (port.state !== 'known' || !callers) continue;
      const rules = groups.flatMap((group) => group.rules);
      const answers = rules.map((rule) => letsIn(rule, port.value, callers));
      if (answers.some((answer) => answer !== 'no')) continue;
      const wrong = rules.find((rule) => comesFrom(rule, callers) === 'yes' && isSinglePort(rule));
      yield {
        at: wrong?.fromPort.at ?? firstGroup(groups),
        message: wrong
          ? `The security group lets the load balancer reach port ${knownValue(wrong.fromPort)}, not container port ${port.value}.`
          : `No security group of the tasks lets the load balancer reach container port ${port.value}.`,
        related: [{ at: port.at, message: 'The load balancer sends traffic to this port.' }],
        fixes: wrong
          ? [
              {
                title: `Open port ${port.value} instead`,
                kind: 'unsafe',
                // What a variable says, other groups may use as well.
                preferred: liesWithin(wrong.fromPort.at, wrong.at) && liesWithin(wrong.toPort.at, wrong.at),
                intents: [wrong.fromPort, wrong.toPort].map((value) => ({
                  kind: 'replace',
                  at: value.at,
                  value: port.value,
                })),
              },
            ]
          : [],
      };
    }
  },
  examples: {
    bad: [
      {
        files: stackExample({
          service: balancer(`        - IpProtocol: tcp
          FromPort: «3000»
          ToPort: 3000
          SourceSecurityGroupId: !GetAtt BalancerGroup.GroupId
`),
        }),
        fixed: stackExample({
          service: balancer(`        - IpProtocol: tcp
          FromPort: 8080
          ToPort: 8080
          SourceSecurityGroupId: !GetAtt BalancerGroup.GroupId
`),
        }),
        message: 'The security group lets the load balancer reach port 3000, not container port 8080.',
      },
    ],
    good: [
      stackExample({
        service: balancer(`        - IpProtocol: tcp
          FromPort: 0
          ToPort: 65535
          SourceSecurityGroupId: !GetAtt BalancerGroup.GroupId
`),
      }),
    ],
  },
};

function firstGroup(groups: readonly OpenGroup[]) {
  const [first] = groups;
  return first ? first.group.nameAt : { uri: '', span: { start: 0, end: 0 } };
}

/** The groups of the application load balancers before a target; undefined where they are not all in view. */
function balancerGroups({ loadBalancers }: Target): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const one of loadBalancers ?? []) {
    const isApplication = one.type.state === 'absent' || knownValue(one.type) === 'application';
    if (!isApplication || one.securityGroups.state === 'absent' || !one.securityGroups.complete) return undefined;
    for (const group of one.securityGroups.items) {
      const address = knownValue(group);
      if (address === undefined || !isAddress(address)) return undefined;
      found.add(address);
    }
  }
  return found.size > 0 ? found : undefined;
}

type Answer = 'yes' | 'no' | 'open';

function letsIn(rule: IngressRule, port: number, callers: ReadonlySet<string>): Answer {
  const answers = [protocolFits(rule), portFits(rule, port), comesFrom(rule, callers)];
  if (answers.includes('no')) return 'no';
  return answers.includes('open') ? 'open' : 'yes';
}

function protocolFits({ protocol }: IngressRule): Answer {
  if (protocol.state !== 'known') return 'open';
  return /^(?:tcp|6|-1|all)$/i.test(protocol.value) ? 'yes' : 'no';
}

function portFits({ protocol, fromPort, toPort }: IngressRule, port: number): Answer {
  if (/^(?:-1|all)$/i.test(knownValue(protocol) ?? '')) return 'yes';
  if (fromPort.state !== 'known' || toPort.state !== 'known') return 'open';
  return fromPort.value <= port && port <= toPort.value ? 'yes' : 'no';
}

/** An address range may hold the load balancer. */
function comesFrom({ cidrs, sourceGroups }: IngressRule, callers: ReadonlySet<string>): Answer {
  if (cidrs.items.length > 0 || !cidrs.complete || !sourceGroups.complete) return 'open';
  const addresses = sourceGroups.items.map(knownValue);
  if (addresses.some((address) => address !== undefined && callers.has(address))) return 'yes';
  return addresses.some((address) => address === undefined || !isAddress(address)) ? 'open' : 'no';
}

function isSinglePort({ fromPort, toPort }: IngressRule): boolean {
  return fromPort.state === 'known' && toPort.state === 'known' && fromPort.value === toPort.value;
}
