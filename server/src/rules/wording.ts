// Words and places that several rules share.

import { liesWithin } from '../base/text.ts';
import type { ListenedPort } from '../facts/listens.ts';
import type { Container } from '../facts/taskDefinition.ts';
import type { DeployedContainer } from '../graph/deployment.ts';
import type { Related } from './rule.ts';

/** `5201`, `80 and 443`, `80, 443 and 9000`. */
export function listOf(values: readonly (string | number)[]): string {
  const distinct = [...new Set(values)].map(String);
  if (distinct.length < 2) return distinct.join('');
  return `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1)}`;
}

/** `container web`; one whose name is an expression has none to show. */
export function containerName({ name }: Container): string {
  return name.state === 'known' ? `container ${name.value}` : 'the container';
}

export function portsOf(container: DeployedContainer): readonly number[] {
  return container.listens.state === 'known' ? container.listens.ports.map((socket) => socket.port.value) : [];
}

/** Where the program listens, and for a link that is not certain, why this Dockerfile was taken. */
export function listenPlaces(container: DeployedContainer): readonly Related[] {
  const sockets: readonly ListenedPort[] = container.listens.state === 'known' ? container.listens.ports : [];
  const trail = sockets.flatMap((socket) => {
    const deciding = { at: socket.port.at, message: `It listens on ${socket.port.value} here.` };
    // The command around the number is seen in the same line.
    const steps = socket.because
      .filter((step) => !liesWithin(socket.port.at, step.at))
      .map((step) => ({ at: step.at, message: step.text }));
    return [deciding, ...steps];
  });
  const none = container.listens.state === 'none' ? container.listens.because : [];
  return [...trail, ...none.map((step) => ({ at: step.at, message: step.text })), ...dockerfilePlace(container)];
}

/** The Dockerfile, with the cue it was found by, where the link is not certain. */
export function dockerfilePlace(container: DeployedContainer): readonly Related[] {
  const link = container.dockerfile?.link;
  if (!link || link.certain) return [];
  return [{ at: link.to, message: `This Dockerfile is taken to build the image: ${link.because}.` }];
}
