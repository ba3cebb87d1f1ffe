// A container's port chain, from its image to the health check, as data: what each link says and whether it agrees with the
// program. The text, Markdown and HTML reports draw it.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { isLoopback, type ListenedPort } from '../facts/listens.ts';
import type { List, Step, Value } from '../facts/value.ts';
import { knownValue } from '../facts/value.ts';
import type { DeployedContainer, Deployment, HealthCheckCall } from '../graph/deployment.ts';
import { isDeaf, loadBalancersOf, socketsBeside } from '../graph/ports.ts';

export type Verdict = 'agrees' | 'differs' | 'unknown';

export interface ChainLink {
  readonly kind: 'expose' | 'containerPort' | 'loadBalancer' | 'healthCheck';
  /** `containerPort`, `load balancer`. */
  readonly label: string;
  /** `5001`, or what stands there where it is not known. */
  readonly value: string;
  readonly at: Location;
  readonly verdict: Verdict;
}

export interface Chain {
  readonly container: string;
  readonly at: Location;
  readonly image: string | undefined;
  readonly dockerfile: { readonly uri: Uri; readonly because: string; readonly certain: boolean } | undefined;
  /** Why there is no Dockerfile. */
  readonly unlinked: string | undefined;
  /** `python app.py`; empty where nothing of it is known. */
  readonly command: string;
  readonly program: Uri | undefined;
  readonly listens: ChainListens;
  readonly links: readonly ChainLink[];
  readonly verdict: Verdict;
}

export interface ChainListens {
  readonly state: 'known' | 'none' | 'unknown';
  /** `listens on 5201`, `opens no port`, `port unknown`. */
  readonly text: string;
  readonly steps: readonly Step[];
  /** Why it is unknown, one sentence. */
  readonly reason: string | undefined;
  readonly loopback: boolean;
}

export function chainsOf(deployment: Deployment): readonly Chain[] {
  return deployment.containers.map((container) => chainOf(container, deployment));
}

export function chainOf(container: DeployedContainer, deployment: Deployment): Chain {
  const links = [
    ...exposeLinks(container),
    ...portLinks(container, deployment),
    ...loadBalancerLinks(container, deployment),
    ...healthCheckLinks(container, deployment),
  ];
  const listens = listensOf(container);
  return {
    container: valueText(container.container.name) ?? 'unnamed',
    at: container.container.nameAt,
    image: valueText(container.container.image),
    dockerfile: container.dockerfile && {
      uri: container.dockerfile.uri,
      because: container.dockerfile.link.because,
      certain: container.dockerfile.link.certain,
    },
    unlinked: container.unlinked,
    command: container.command.map((word) => valueText(word) ?? '…').join(' '),
    program: container.program,
    listens,
    links,
    verdict: overall(listens, links),
  };
}

/** What a reader would call a value; undefined where nothing stands there. */
export function valueText(value: Value<string | number> | undefined): string | undefined {
  switch (value?.state) {
    case 'known':
      return String(value.value);
    case 'dynamic':
      return value.text;
    case 'choice':
      return value.branches.map((branch) => valueText(branch.value) ?? 'nothing').join(' or ');
    default:
      return undefined;
  }
}

/** The ports that the stages of a container's image expose. */
export function exposedPorts(container: DeployedContainer): readonly Value<number>[] {
  const stages = container.dockerfile?.stages ?? [];
  return stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) => (instruction.kind === 'expose' ? [instruction.port] : [])),
  );
}

function exposeLinks(container: DeployedContainer): readonly ChainLink[] {
  return exposedPorts(container).map((port) => link('expose', 'EXPOSE', port, exposeVerdict(port, container)));
}

function exposeVerdict(port: Value<number>, container: DeployedContainer): Verdict {
  if (port.state !== 'known' || container.listens.state === 'unknown') return 'unknown';
  const ports = container.listens.state === 'known' ? container.listens.ports : [];
  return ports.some((listened) => listened.port.value === port.value) ? 'agrees' : 'differs';
}

function portLinks(container: DeployedContainer, deployment: Deployment): readonly ChainLink[] {
  return container.container.portMappings.items.flatMap((mapping) => {
    if (mapping.containerPort.state === 'absent') return [];
    return [
      link(
        'containerPort',
        'containerPort',
        mapping.containerPort,
        heard(mapping.containerPort, container, deployment),
      ),
    ];
  });
}

function loadBalancerLinks(container: DeployedContainer, deployment: Deployment): readonly ChainLink[] {
  return loadBalancersOf(container, deployment).flatMap(({ containerPort }) => {
    if (containerPort.state === 'absent') return [];
    const mapped = isMapped(containerPort, container.container.portMappings);
    return [
      link(
        'loadBalancer',
        'load balancer',
        containerPort,
        mapped ? heard(containerPort, container, deployment) : 'differs',
      ),
    ];
  });
}

function isMapped(
  port: Value<number>,
  mappings: List<{ readonly containerPort: Value<number>; readonly containerPortRange: Value<string> }>,
): boolean {
  if (port.state !== 'known' || !mappings.complete) return true;
  return mappings.items.some(
    ({ containerPort, containerPortRange }) =>
      (containerPort.state !== 'known' && containerPort.state !== 'absent') ||
      containerPortRange.state !== 'absent' ||
      knownValue(containerPort) === port.value,
  );
}

function healthCheckLinks(container: DeployedContainer, deployment: Deployment): readonly ChainLink[] {
  return container.healthCheckCalls.map((call: HealthCheckCall) => {
    const port: Value<number> =
      call.port === undefined
        ? { state: 'dynamic', text: 'a port decided at run time', at: call.portAt }
        : { state: 'known', value: call.port, at: call.portAt };
    return link('healthCheck', 'health check', port, heard(port, container, deployment));
  });
}

function heard(port: Value<number>, container: DeployedContainer, deployment: Deployment): Verdict {
  if (port.state !== 'known') return 'unknown';
  if (isDeaf(port.value, container, deployment)) return 'differs';
  const own = container.listens.state === 'known' ? container.listens.ports : [];
  const sockets = socketsBeside(container, deployment) ?? own;
  return sockets.some((socket) => socket.port.value === port.value) ? 'agrees' : 'unknown';
}

function link(kind: ChainLink['kind'], label: string, port: Value<number>, verdict: Verdict): ChainLink {
  return { kind, label, value: valueText(port) ?? 'none', at: port.at, verdict };
}

function listensOf({ listens, wellKnownPorts }: DeployedContainer): ChainListens {
  switch (listens.state) {
    case 'known':
      return {
        state: 'known',
        text: `listens on ${[...new Set(listens.ports.map(portText))].join(' and ')}`,
        steps: listens.ports[0]?.because ?? [],
        reason: undefined,
        loopback: listens.ports.length > 0 && listens.ports.every(onLoopback),
      };
    case 'none':
      return { state: 'none', text: 'opens no port', steps: listens.because, reason: undefined, loopback: false };
    case 'unknown': {
      const known = wellKnownPorts !== undefined && wellKnownPorts.length > 0;
      const text = known ? `listens on ${wellKnownPorts.join(' and ')}` : 'port unknown';
      return {
        state: 'unknown',
        text,
        steps: listens.because,
        reason: known ? undefined : listens.reason,
        loopback: false,
      };
    }
  }
}

function portText(listened: ListenedPort): string {
  const host = knownValue(listened.host);
  return host !== undefined && isLoopback(host) ? `${host}:${listened.port.value}` : String(listened.port.value);
}

function onLoopback(listened: ListenedPort): boolean {
  const host = knownValue(listened.host);
  return host !== undefined && isLoopback(host);
}

/** EXPOSE is documentation: it never makes a chain wrong. */
function overall(listens: ChainListens, links: readonly ChainLink[]): Verdict {
  const binding = links.filter((candidate) => candidate.kind !== 'expose');
  if (binding.some((candidate) => candidate.verdict === 'differs')) return 'differs';
  if (listens.loopback && binding.some((candidate) => candidate.kind !== 'healthCheck')) return 'differs';
  if (binding.some((candidate) => candidate.verdict === 'unknown')) return 'unknown';
  return binding.length > 0 || listens.state !== 'unknown' ? 'agrees' : 'unknown';
}
