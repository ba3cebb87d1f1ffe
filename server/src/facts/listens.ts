// The answer to "which ports does this container listen on", with its reasons.

import type { Known, Step, Value } from './value.ts';

/** One listening socket. */
export interface ListenedPort {
  /** `at` is the token that decides the port: the one to change. */
  readonly port: Known<number>;
  /** The address bound: `0.0.0.0`, `127.0.0.1`, `::`; `dynamic` where it is not decidable. */
  readonly host: Value<string>;
  /** Every step from the image's command to the port. */
  readonly because: readonly Step[];
}

export type Listens =
  | { readonly state: 'known'; readonly ports: readonly ListenedPort[] }
  /** The container runs something that opens no port. */
  | { readonly state: 'none'; readonly because: readonly Step[] }
  /** `reason` is one sentence that names the step that could not be taken. */
  | { readonly state: 'unknown'; readonly reason: string; readonly because: readonly Step[] };

/** Whether an address can be reached only from inside the task's own network namespace. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Whether two answers open the same ports, wherever they come from. */
export function samePorts(left: Listens, right: Listens): boolean {
  if (left.state !== 'known' || right.state !== 'known') return left.state === right.state;
  const ports = (listens: typeof left) =>
    listens.ports
      .map(({ port }) => port.value)
      .sort((a, b) => a - b)
      .join();
  return ports(left) === ports(right);
}
