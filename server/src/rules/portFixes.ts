// The fixes of a wrong port: make every place say what the program does, or the program what the manifests say.

import type { Location } from '../base/text.ts';
import type { PortMapping } from '../facts/taskDefinition.ts';
import { type Known, knownValue, type Value } from '../facts/value.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { loadBalancersOf, servedPort } from '../graph/ports.ts';
import type { Fix, Related } from './rule.ts';

function placeOf<T extends number | string>(value: Value<T>, port: T, message: string): readonly Related[] {
  if (value.state !== 'known' || value.value !== port) return [];
  return [{ at: value.at, message }];
}

/** The other places of the manifests that repeat a mapped port. */
export function portPlaces(
  mapping: PortMapping,
  port: number,
  container: DeployedContainer,
  deployment: Deployment,
): readonly Related[] {
  return [
    ...placeOf(mapping.hostPort, port, `The host port repeats ${port}.`),
    ...loadBalancersOf(container, deployment).flatMap((balancer) =>
      placeOf(balancer.containerPort, port, `The service's load balancer sends traffic to ${port}.`),
    ),
    ...container.healthCheckCalls.flatMap((call): Related[] =>
      call.port === port && String(port).length === call.portAt.span.end - call.portAt.span.start
        ? [{ at: call.portAt, message: `The container health check calls ${port}.` }]
        : [],
    ),
    ...infrastructurePlaces(port, container, deployment),
  ];
}

/** Health-check ports of target groups, and rules of security groups that open nothing but this port. */
function infrastructurePlaces(port: number, container: DeployedContainer, deployment: Deployment): readonly Related[] {
  const { infrastructure } = deployment;
  const balancers = loadBalancersOf(container, deployment);
  const checked = (infrastructure?.targets ?? [])
    .filter(({ balancer }) => balancers.includes(balancer))
    .flatMap(({ targetGroup }) =>
      placeOf(targetGroup.healthCheck.port, String(port), `The target group checks ${port}.`),
    );
  const opened = (infrastructure?.securityGroups ?? [])
    .flatMap((group) => group.rules)
    .filter(({ fromPort, toPort }) => knownValue(fromPort) === port && knownValue(toPort) === port)
    .flatMap(({ fromPort, toPort }) =>
      [fromPort, toPort].flatMap((value) => placeOf(value, port, `The security group opens ${port}.`)),
    );
  return [...checked, ...opened];
}

function exposePlaces(port: number, container: DeployedContainer): readonly Related[] {
  return (container.dockerfile?.stages ?? []).flatMap((stage) =>
    stage.instructions.flatMap((instruction) =>
      instruction.kind === 'expose' ? placeOf(instruction.port, port, `EXPOSE says ${port}.`) : [],
    ),
  );
}

/** Both directions, the manifests first: what runs is taken to be meant. */
export function portFixes(
  mapping: PortMapping,
  port: Known<number>,
  container: DeployedContainer,
  deployment: Deployment,
): readonly Fix[] {
  const served = servedPort(container);
  if (!served) return [];
  const taken = container.container.portMappings.items.some(
    (other) => other !== mapping && knownValue(other.containerPort) === served.port.value,
  );
  const places = [...portPlaces(mapping, port.value, container, deployment), ...exposePlaces(port.value, container)];
  const written = distinctPlaces([port.at, ...places.map(({ at }) => at)]);
  const endToEnd: Fix = {
    title: `Serve port ${served.port.value} end to end`,
    kind: 'unsafe',
    preferred: true,
    intents: written.map((at) => ({ kind: 'replace', at, value: served.port.value })),
  };
  const back: Fix = {
    title: `Listen on ${port.value} again`,
    kind: 'unsafe',
    preferred: false,
    intents: [{ kind: 'replace', at: served.port.at, value: port.value }],
  };
  return [...(taken ? [] : [endToEnd]), ...(decidesPort(served.port) ? [back] : [])];
}

/** Several values may stand in one place: the default of a variable. */
function distinctPlaces(places: readonly Location[]): readonly Location[] {
  return [...new Map(places.map((at) => [`${at.uri}:${at.span.start}`, at])).values()];
}

/** Whether the token at the port's place is the number itself, so that it can be written over. */
function decidesPort(port: Known<number>): boolean {
  return port.at.span.end - port.at.span.start === String(port.value).length;
}
