// The words of a running command, as launchers ask for them.

import type { Uri } from '../base/uri.ts';
import { joinUri } from '../base/uri.ts';
import type { Listens } from '../facts/listens.ts';
import type { Known, Step, Value } from '../facts/value.ts';
import { known } from '../facts/value.ts';
import { normalizeHost, parseAddress, portNumber } from './address.ts';
import type { ContainerProcess, Outcome } from './launcher.ts';
import { unknownOutcome } from './launcher.ts';
import { step, wordText } from './text.ts';

/** The command as written, with its folders; undefined where it is open. */
export function knownCommand(process: ContainerProcess): string | undefined {
  const [first] = process.argv;
  return first?.state === 'known' ? first.value : undefined;
}

/** The words behind the command. */
export function argumentsOf(process: ContainerProcess): readonly Value<string>[] {
  return process.argv.slice(1);
}

/** The same process with another command line. */
export function runs(process: ContainerProcess, argv: readonly Value<string>[], hop?: Step): Outcome {
  const trail = hop === undefined ? process.trail : [...process.trail, hop];
  return { kind: 'run', process: { ...process, argv, trail } };
}

/** The file of the workspace at a path of the container, where it exists. */
export function workspaceFile(process: ContainerProcess, path: string): Uri | undefined {
  const uri = process.image.workspaceUri(containerPath(process, path));
  return uri !== undefined && process.files.exists(uri) ? uri : undefined;
}

export function containerPath(process: ContainerProcess, path: string): string {
  return joinUri(process.workingDirectory, path);
}

export function listensNone(process: ContainerProcess, program?: Uri): Outcome {
  const listens: Listens = { state: 'none', because: process.trail };
  return program === undefined ? { kind: 'listens', listens } : { kind: 'listens', listens, program };
}

/** Where a server's port or host comes from, strongest first: a flag, a variable, its default. */
export interface PortSources {
  /** As people call it: `uvicorn`. */
  readonly server: string;
  readonly port: Value<string> | undefined;
  readonly host: Value<string> | undefined;
  readonly portVariable?: string;
  readonly hostVariable?: string;
  readonly defaults: { readonly port: number; readonly host: string };
}

export function serverListens(process: ContainerProcess, sources: PortSources, program?: Uri): Outcome {
  const port = sources.port ?? variable(process, sources.portVariable);
  const host = sources.host ?? variable(process, sources.hostVariable);
  const first = process.argv[0];
  const at = first?.at ?? { uri: '', span: { start: 0, end: 0 } };
  if (port === undefined) {
    const { port: number } = sources.defaults;
    const hop = step(at, `${sources.server} listens on ${number} when no port is given`);
    return listensOn(process, known(number, at, [hop]), hostOf(sources, host, at), [hop], program);
  }
  if (port.state !== 'known') return unknownOutcome(process, openPortReason(sources.server, port), program);
  const number = portNumber(port.value);
  if (number === undefined) {
    return unknownOutcome(process, `\`${port.value}\` is no port number for ${sources.server}`, program);
  }
  const trail = port.trail ?? [];
  const value = known(number, port.at, trail);
  return listensOn(process, value, hostOf(sources, host, at), trail, program);
}

export function openPortReason(server: string, port: Value<string>): string {
  const cause = port.state === 'dynamic' && port.reason !== undefined ? `: ${port.reason}` : '';
  return `the port \`${wordText(port)}\` of ${server} cannot be decided${cause}`;
}

function hostOf(sources: PortSources, host: Value<string> | undefined, at: Known<string>['at']): Value<string> {
  if (host === undefined) {
    const hop = step(at, `${sources.server} binds ${sources.defaults.host} when no host is given`);
    return known(sources.defaults.host, at, [hop]);
  }
  return host.state === 'known' ? { ...host, value: normalizeHost(host.value) } : host;
}

function variable(process: ContainerProcess, name: string | undefined): Value<string> | undefined {
  return name === undefined ? undefined : process.environment.get(name);
}

export function listensOn(
  process: ContainerProcess,
  port: Known<number>,
  host: Value<string>,
  trail: readonly Step[],
  program?: Uri,
): Outcome {
  const because = [...process.trail, ...trail];
  const listens: Listens = { state: 'known', ports: [{ port, host, because }] };
  return program === undefined ? { kind: 'listens', listens } : { kind: 'listens', listens, program };
}

/** Addresses that a server binds, `-b 0.0.0.0:8000` given once or more; unix sockets do not count. */
export function bindsListen(
  process: ContainerProcess,
  server: string,
  binds: readonly Value<string>[],
  defaults: { readonly port: number; readonly host: string },
  program?: Uri,
): Outcome {
  const ports = [];
  for (const bind of binds) {
    if (bind.state !== 'known') return unknownOutcome(process, openPortReason(server, bind), program);
    const address = parseAddress(bind);
    if (address.kind === 'socket') continue;
    if (address.kind === 'invalid') {
      return unknownOutcome(process, `\`${bind.value}\` names no port for ${server}`, program);
    }
    const trail = bind.trail ?? [];
    const port = address.kind === 'port' ? address.port : known(defaults.port, bind.at, trail);
    const host = address.host === undefined ? known('0.0.0.0', bind.at) : boundHost(address.host);
    ports.push({ port, host, because: [...process.trail, ...(port.trail ?? trail)] });
  }
  if (ports.length === 0) return listensNone(process, program);
  const listens: Listens = { state: 'known', ports };
  return program === undefined ? { kind: 'listens', listens } : { kind: 'listens', listens, program };
}

function boundHost(host: Known<string>): Known<string> {
  return { ...host, value: normalizeHost(host.value) };
}
