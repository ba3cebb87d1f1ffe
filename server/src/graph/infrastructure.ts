// What stands around a service in infrastructure code: the target groups it registers with, who may reach its tasks, what
// scales it and what watches it.

import type { DeploymentGroup } from '../facts/deploymentGroup.ts';
import type { Fact } from '../facts/fileFacts.ts';
import type { LoadBalancer, LoadBalancerListener, TargetGroup } from '../facts/loadBalancing.ts';
import type { Alarm, EventRule, ScalableTarget, ScheduledCount } from '../facts/operations.ts';
import { isAddress, type Reference } from '../facts/reference.ts';
import type { IngressRule, SecurityGroup, SecurityGroupIngress } from '../facts/securityGroup.ts';
import type { Service, ServiceLoadBalancer } from '../facts/service.ts';
import { knownValue } from '../facts/value.ts';
import type { View } from './view.ts';

export interface Infrastructure {
  readonly targets: readonly Target[];
  /** The groups of the tasks; undefined unless every one of them and all their rules are in view. */
  readonly securityGroups: readonly OpenGroup[] | undefined;
  readonly scalableTargets: readonly ScalableTarget[];
  readonly scheduledCounts: readonly ScheduledCount[];
  /** Alarms that watch the service or one of its target groups. */
  readonly alarms: readonly Alarm[];
  /** The groups by which CodeDeploy deploys the service. */
  readonly deploymentGroups: readonly DeploymentGroup[];
  /** Rules on events, whatever they match. */
  readonly eventRules: readonly EventRule[];
}

/** A load balancer of the service and the target group behind it. */
export interface Target {
  readonly balancer: ServiceLoadBalancer;
  readonly targetGroup: TargetGroup;
  /** The load balancers in front of it; undefined unless all of them are in view. */
  readonly loadBalancers: readonly LoadBalancer[] | undefined;
}

/** A security group with the rules that stand apart from it. */
export interface OpenGroup {
  readonly group: SecurityGroup;
  readonly rules: readonly IngressRule[];
}

/** Undefined for a service whose format gives it no identity. */
export function infrastructureOf(service: Service, view: View): Infrastructure | undefined {
  if (service.address === undefined) return undefined;
  const targets = service.loadBalancers.items.flatMap((balancer) => targetOf(balancer, view));
  const own = view.referrers(service.address);
  const scalableTargets = own.filter((fact) => fact.kind === 'scalableTarget');
  const scaling = scalableTargets.flatMap((target) => view.referrers(target.address));
  const around = [...own, ...targets.flatMap(({ targetGroup }) => view.referrers(targetGroup.address))];
  return {
    targets,
    securityGroups: openGroups(service, view),
    scalableTargets,
    scheduledCounts: [...own, ...scaling].filter((fact) => fact.kind === 'scheduledCount'),
    alarms: distinct(around.filter((fact) => fact.kind === 'alarm')),
    deploymentGroups: own.filter((fact) => fact.kind === 'deploymentGroup'),
    eventRules: view
      .filesWith('eventRule', view.folderOf(service.at.uri))
      .flatMap((uri) => (view.facts(uri)?.facts ?? []).filter((fact) => fact.kind === 'eventRule')),
  };
}

function resourceOf<K extends Fact['kind']>(
  reference: Reference,
  kind: K,
  view: View,
): Extract<Fact, { kind: K }> | undefined {
  const address = knownValue(reference);
  const fact = address !== undefined && isAddress(address) ? view.resource(address) : undefined;
  return fact && isKind(fact, kind) ? fact : undefined;
}

function isKind<K extends Fact['kind']>(fact: Fact, kind: K): fact is Extract<Fact, { kind: K }> {
  return fact.kind === kind;
}

function targetOf(balancer: ServiceLoadBalancer, view: View): readonly Target[] {
  const targetGroup = resourceOf(balancer.targetGroupArn, 'targetGroup', view);
  return targetGroup ? [{ balancer, targetGroup, loadBalancers: loadBalancersBefore(targetGroup, view) }] : [];
}

/** Through the listeners, and the listeners of the rules, that send requests to a group. */
function loadBalancersBefore(targetGroup: TargetGroup, view: View): readonly LoadBalancer[] | undefined {
  const senders = view.referrers(targetGroup.address).filter((fact) => fact.kind === 'loadBalancerListener');
  const found: LoadBalancer[] = [];
  for (const sender of senders) {
    const balancer = loadBalancerOf(sender, view);
    if (balancer === undefined) return undefined;
    found.push(balancer);
  }
  return found.length > 0 ? distinct(found) : undefined;
}

function loadBalancerOf(sender: LoadBalancerListener, view: View): LoadBalancer | undefined {
  const listener = resourceOf(sender.listener, 'loadBalancerListener', view);
  return resourceOf((listener ?? sender).loadBalancer, 'loadBalancer', view);
}

function openGroups(service: Service, view: View): readonly OpenGroup[] | undefined {
  const { securityGroups } = service;
  if (securityGroups.state === 'absent' || !securityGroups.complete) return undefined;
  const groups: OpenGroup[] = [];
  for (const reference of securityGroups.items) {
    const group = resourceOf(reference, 'securityGroup', view);
    if (group === undefined || !group.ingress.complete) return undefined;
    const apart = view.referrers(group.address).filter(isIngressOf(group));
    groups.push({ group, rules: [...group.ingress.items, ...apart.map(({ rule }) => rule)] });
  }
  return groups.length > 0 && !hasUnplacedRules(service, view) ? groups : undefined;
}

/** Rules whose group is not known may be of any. */
function hasUnplacedRules(service: Service, view: View): boolean {
  return view
    .filesWith('securityGroupIngress', view.folderOf(service.at.uri))
    .flatMap((uri) => view.facts(uri)?.facts ?? [])
    .some((fact) => fact.kind === 'securityGroupIngress' && fact.group.state !== 'known');
}

function isIngressOf(group: SecurityGroup): (fact: Fact) => fact is SecurityGroupIngress {
  return (fact): fact is SecurityGroupIngress =>
    fact.kind === 'securityGroupIngress' && knownValue(fact.group) === group.address;
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
