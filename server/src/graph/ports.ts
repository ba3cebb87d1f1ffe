// Which ports matter in a deployment, and who listens on them.

import { isLoopback, type ListenedPort } from '../facts/listens.ts';
import type { AppSpec } from '../facts/operations.ts';
import type { ServiceLoadBalancer } from '../facts/service.ts';
import type { PortMapping } from '../facts/taskDefinition.ts';
import { type Known, knownValue } from '../facts/value.ts';
import type { DeployedContainer, Deployment } from './deployment.ts';

/** awsvpc and host mode: every container of the task shares one network namespace. Undefined where the mode is open. */
export function sharesNetwork(deployment: Deployment): boolean | undefined {
  const taskDefinition = deployment.taskDefinition;
  if (!taskDefinition) return undefined;
  const mode = taskDefinition.networkMode;
  if (mode.state === 'known') return mode.value === 'awsvpc' || mode.value === 'host';
  const compatibilities = knownValue(taskDefinition.requiresCompatibilities);
  if (compatibilities?.includes('FARGATE') || knownValue(deployment.service?.launchType) === 'FARGATE') return true;
  // ECS's default on Linux is bridge: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
  return mode.state === 'absent' ? false : undefined;
}

/** Containers whose sockets answer on a container's ports. */
export function neighborsOf(container: DeployedContainer, deployment: Deployment): readonly DeployedContainer[] {
  return sharesNetwork(deployment) === false ? [container] : deployment.containers;
}

/** Every socket opened beside a container; undefined where one of the containers is unknown. */
export function socketsBeside(
  container: DeployedContainer,
  deployment: Deployment,
): readonly ListenedPort[] | undefined {
  if (deployment.taskDefinition?.containerDefinitions.complete === false) return undefined;
  const sockets: ListenedPort[] = [];
  for (const neighbor of neighborsOf(container, deployment)) {
    if (neighbor.listens.state === 'known') sockets.push(...neighbor.listens.ports);
    else if (neighbor.listens.state === 'unknown' && neighbor.wellKnownPorts === undefined) return undefined;
  }
  return sockets;
}

/** Whether a port is surely listened on by no container beside this one. */
export function isDeaf(port: number, container: DeployedContainer, deployment: Deployment): boolean {
  // What an image of other people listens on, its settings may change out of sight.
  if (container.wellKnownPorts !== undefined) return false;
  const sockets = socketsBeside(container, deployment);
  if (!sockets || sockets.some((socket) => socket.port.value === port)) return false;
  return !neighborsOf(container, deployment).some((neighbor) => neighbor.wellKnownPorts?.includes(port));
}

export type BalancedTarget = ServiceLoadBalancer | AppSpec;

/** Where a deployment's load balancers send requests: what the service says, and what CodeDeploy is told. */
export function balancedTargets({ service, appSpec }: Deployment): readonly BalancedTarget[] {
  return [...(service?.loadBalancers.items ?? []), ...(appSpec ? [appSpec.appSpec] : [])];
}

/** Those that name a container. */
export function loadBalancersOf(container: DeployedContainer, deployment: Deployment): readonly BalancedTarget[] {
  const name = knownValue(container.container.name);
  if (name === undefined) return [];
  return balancedTargets(deployment).filter((target) => knownValue(target.containerName) === name);
}

export interface TrafficMapping {
  readonly mapping: PortMapping;
  readonly port: Known<number>;
}

/**
 * Mappings that traffic is sent to: a load balancer or Service Connect names it, or it is the only one of a container that
 * opens a port. What a worker maps and nobody names is left over from the server of the same image, and what an application
 * server on a unix socket maps nobody calls.
 */
export function trafficMappings(container: DeployedContainer, deployment: Deployment): readonly TrafficMapping[] {
  const { portMappings } = container.container;
  const balanced = new Set(
    loadBalancersOf(container, deployment).map((balancer) => knownValue(balancer.containerPort)),
  );
  const connected = new Set(
    (deployment.service?.serviceConnectServices.items ?? []).map((service) => knownValue(service.portName)),
  );
  const only = portMappings.complete && portMappings.items.length === 1 && container.listens.state !== 'none';
  return portMappings.items.flatMap((mapping) => {
    const port = mapping.containerPort;
    if (port.state !== 'known' || knownValue(mapping.protocol) === 'udp') return [];
    const name = knownValue(mapping.name);
    const named = balanced.has(port.value) || (name !== undefined && connected.has(name));
    return only || named ? [{ mapping, port }] : [];
  });
}

/** Traffic mappings that no container listens on. */
export function deafMappings(container: DeployedContainer, deployment: Deployment): readonly TrafficMapping[] {
  if (container.listens.state === 'unknown') return [];
  const deaf = ({ port }: TrafficMapping): boolean => isDeaf(port.value, container, deployment);
  const undecided = undecidedMappings(container).filter((branches) => branches.every(deaf));
  return [...trafficMappings(container, deployment).filter(deaf), ...undecided.flat()];
}

/** The branches of a container's only mapping whose port a condition decides: it is wrong where each of them is. */
function undecidedMappings({ container }: DeployedContainer): readonly (readonly TrafficMapping[])[] {
  const { items, complete } = container.portMappings;
  const [mapping] = items;
  const port = mapping?.containerPort;
  if (!complete || items.length !== 1 || port?.state !== 'choice' || mapping === undefined) return [];
  const ports = port.branches.flatMap(({ value }) => (value.state === 'known' ? [value] : []));
  return ports.length === port.branches.length ? [ports.map((branch) => ({ mapping, port: branch }))] : [];
}

/** The port that a program means to serve: its only one that is reachable from outside the task. */
export function servedPort(container: DeployedContainer): ListenedPort | undefined {
  if (container.listens.state !== 'known') return undefined;
  const reachable = container.listens.ports.filter(
    (socket) => socket.host.state !== 'known' || !isLoopback(socket.host.value),
  );
  const pool = reachable.length > 0 ? reachable : container.listens.ports;
  const ports = new Set(pool.map((socket) => socket.port.value));
  return ports.size === 1 ? pool[0] : undefined;
}
