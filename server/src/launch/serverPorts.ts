// The ports of a server's configuration as an answer: each once, those that traffic can reach first.

import type { ListenedPort, Listens } from '../facts/listens.ts';
import { isLoopback } from '../facts/listens.ts';
import { knownValue } from '../facts/value.ts';
import { listensNone } from './argv.ts';
import type { ContainerProcess, Outcome } from './launcher.ts';

/** A port that is bound on every interface and on one more counts once. */
export function serverPorts(process: ContainerProcess, ports: readonly ListenedPort[]): Outcome {
  const byPort = new Map<number, ListenedPort>();
  for (const port of ports) {
    const before = byPort.get(port.port.value);
    if (before === undefined || (isHidden(before) && !isHidden(port))) byPort.set(port.port.value, port);
  }
  if (byPort.size === 0) return listensNone(process);
  const listens: Listens = { state: 'known', ports: [...byPort.values()] };
  return { kind: 'listens', listens };
}

function isHidden({ host }: ListenedPort): boolean {
  return isLoopback(knownValue(host) ?? '');
}
