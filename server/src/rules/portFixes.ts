// The fixes of a wrong port: make every place say what the program does, or the program what the manifests say.

import type { EditIntent } from '../facts/edit.ts';
import type { PortMapping } from '../facts/taskDefinition.ts';
import { type Known, knownValue, type Value } from '../facts/value.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { loadBalancersOf, servedPort } from '../graph/ports.ts';
import type { Fix, Related } from './rule.ts';

interface PortPlace extends Related {
  readonly intent: (port: number) => EditIntent;
}

function placeOf(value: Value<number>, port: number, message: string): readonly PortPlace[] {
  if (value.state !== 'known' || value.value !== port) return [];
  return [{ at: value.at, message, intent: (next) => ({ kind: 'replace', at: value.at, value: next }) }];
}

/** The other places of the manifests that repeat a mapped port. */
export function portPlaces(
  mapping: PortMapping,
  port: number,
  container: DeployedContainer,
  deployment: Deployment,
): readonly PortPlace[] {
  return [
    ...placeOf(mapping.hostPort, port, `The host port repeats ${port}.`),
    ...loadBalancersOf(container, deployment).flatMap((balancer) =>
      placeOf(balancer.containerPort, port, `The service's load balancer sends traffic to ${port}.`),
    ),
    ...container.healthCheckCalls.flatMap((call): PortPlace[] =>
      call.port === port && String(port).length === call.portAt.span.end - call.portAt.span.start
        ? [
            {
              at: call.portAt,
              message: `The container health check calls ${port}.`,
              intent: (next) => ({ kind: 'replace', at: call.portAt, value: next }),
            },
          ]
        : [],
    ),
  ];
}

function exposePlaces(port: number, container: DeployedContainer): readonly PortPlace[] {
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
  const endToEnd: Fix = {
    title: `Serve port ${served.port.value} end to end`,
    kind: 'unsafe',
    preferred: true,
    intents: [
      { kind: 'replace', at: port.at, value: served.port.value },
      ...places.map((place) => place.intent(served.port.value)),
    ],
  };
  const back: Fix = {
    title: `Listen on ${port.value} again`,
    kind: 'unsafe',
    preferred: false,
    intents: [{ kind: 'replace', at: served.port.at, value: port.value }],
  };
  return [...(taken ? [] : [endToEnd]), ...(decidesPort(served.port) ? [back] : [])];
}

/** Whether the token at the port's place is the number itself, so that it can be written over. */
function decidesPort(port: Known<number>): boolean {
  return port.at.span.end - port.at.span.start === String(port.value).length;
}
