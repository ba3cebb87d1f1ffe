// Ports that settings of a JVM framework decide, and its defaults.

import type { Location } from '../../base/text.ts';
import type { ListenedPort, Listens } from '../../facts/listens.ts';
import type { Step, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { normalizeHost, portNumber } from '../address.ts';
import type { ContainerProcess } from '../launcher.ts';
import { distinct } from '../program.ts';
import { step, wordText } from '../text.ts';
import type { JavaBuild } from './projects.ts';
import type { Settings } from './settings.ts';

/** A program of which the build is found. */
export interface JavaProgram {
  readonly process: ContainerProcess;
  readonly build: JavaBuild;
  /** What led to the build. */
  readonly trail: readonly Step[];
}

/** A sentence where it cannot be decided. */
export type Port = ListenedPort | string;

export const EVERYWHERE = '0.0.0.0';

/** The place of what has no place of its own: the command. */
export function commandPlace({ process, build }: JavaProgram): Location {
  return process.argv[0]?.at ?? build.project.at;
}

/** The port that a setting names; undefined where it turns the server off. */
export function settledPort(
  program: JavaProgram,
  value: Value<string>,
  host: Value<string>,
  key: string,
): Port | undefined {
  if (value.state !== 'known') {
    const cause = value.state === 'dynamic' && value.reason !== undefined ? `: ${value.reason}` : '';
    return `${key} \`${wordText(value)}\` cannot be decided${cause}`;
  }
  const text = value.value.trim();
  if (text === '-1') return undefined;
  if (text === '0') return `${key} is 0, so that the system picks the port`;
  const number = portNumber(text);
  if (number === undefined) return `\`${text}\` of ${key} is no port number`;
  const because = [...program.trail, ...(value.trail ?? [])];
  return { port: known(number, value.at, value.trail), host, because };
}

export function defaultPort(
  program: JavaProgram,
  server: string,
  port: number,
  key: string,
  host: Value<string>,
): ListenedPort {
  const at = commandPlace(program);
  const hop = step(at, `${server} listens on ${port} when ${key} is not set`);
  return { port: known(port, at, [hop]), host, because: [...program.trail, hop] };
}

/** The address under a key, else the framework's own. */
export function boundHost(program: JavaProgram, settings: Settings, key: string, fallback = EVERYWHERE): Value<string> {
  const host = settings.get(key);
  if (host === undefined) return known(fallback, commandPlace(program));
  return host.state === 'known' ? { ...host, value: normalizeHost(host.value) } : host;
}

export function portsListen(program: JavaProgram, ports: readonly (Port | undefined)[]): Listens {
  const reason = ports.find((port) => typeof port === 'string');
  if (reason !== undefined) return undecided(program, reason);
  const open = ports.filter((port): port is ListenedPort => port !== undefined && typeof port !== 'string');
  return open.length === 0 ? { state: 'none', because: program.trail } : { state: 'known', ports: distinct(open) };
}

export function undecided({ trail }: JavaProgram, reason: string): Listens {
  return { state: 'unknown', reason, because: trail };
}
