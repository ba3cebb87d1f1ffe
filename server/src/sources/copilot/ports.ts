// Which ports of which containers a Copilot manifest exposes, and which load balancers send requests to them.
// https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#http

import type { Location } from '../../base/text.ts';
import { dynamic, isKnown, type Known, known, placeWithin, type Value } from '../../facts/value.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../../syntax/tree.ts';
import { describeNode } from '../described/tree.ts';
import { numberValue, stringValue } from '../described/values.ts';
import { keyPlace, startOf } from '../treeValues.ts';
import { type Manifest, sidecarsOf } from './manifest.ts';

export interface ExposedPort {
  readonly container: string;
  readonly port: Value<number>;
  readonly protocol: 'tcp' | 'udp';
  /** The container itself says it, not a rule that sends requests there. */
  readonly own: boolean;
  /** Service Connect calls it. */
  readonly connected: boolean;
}

/** A listener rule of `http`, or a listener of `nlb`. */
export interface Route {
  readonly balancer: 'application' | 'network';
  readonly node: ObjectNode | undefined;
  readonly nameAt: Location;
  readonly container: string;
  readonly port: Value<number>;
  readonly protocol: 'tcp' | 'udp';
}

export interface Ports {
  readonly exposed: readonly ExposedPort[];
  readonly routes: readonly Route[];
}

export function portsOf(manifest: Manifest): Ports {
  const image = childOf(manifest.root, 'image');
  const main = readPort(childOf(image, 'port'), manifest)?.port;
  const own = ownPorts(manifest, main);
  const rules = rulesOf(manifest).map((rule) => routeOf(rule, own, main, manifest));
  const exposed = [...own];
  for (const { container, port, protocol } of rules) {
    if (port && !exposed.some((one) => isSamePort(one.port, port))) {
      exposed.push({ container, port, protocol, own: false, connected: false });
    }
  }
  const routes = rules.flatMap((rule) => (rule.port ? [{ ...rule, port: rule.port }] : []));
  return { exposed: withConnected(exposed, routes, manifest), routes };
}

function isSamePort(a: Value<number>, b: Value<number>): boolean {
  return a === b || (isKnown(a) && isKnown(b) && a.value === b.value);
}

/** A port belongs to one container of the task; sidecars come first. */
function ownPorts(manifest: Manifest, main: Value<number> | undefined): readonly ExposedPort[] {
  const ports = sidecarsOf(manifest).flatMap(({ name, node }): ExposedPort[] => {
    const found = readPort(childOf(node, 'port'), manifest);
    return found ? [{ container: name, ...found, own: true, connected: false }] : [];
  });
  if (main === undefined || ports.some(({ port }) => isSamePort(port, main))) return ports;
  return [{ container: manifest.name, port: main, protocol: 'tcp', own: true, connected: false }, ...ports];
}

/** `8080`, `80/udp`. */
function readPort(
  node: TreeNode | undefined,
  manifest: Manifest,
): { readonly port: Value<number>; readonly protocol: 'tcp' | 'udp' } | undefined {
  if (!node || node.kind === 'null') return undefined;
  const part = describeNode(node, manifest.reading);
  const text = stringValue(part);
  const [, digits, protocol] = (text.state === 'known' && /^(\d{1,5})\/(\w+)$/.exec(text.value.trim())) || [];
  if (text.state !== 'known' || digits === undefined) return { port: numberValue(part), protocol: 'tcp' };
  return { port: portIn(text, digits), protocol: protocol?.toLowerCase() === 'udp' ? 'udp' : 'tcp' };
}

function portIn(text: Known<string>, digits: string): Value<number> {
  const start = text.value.indexOf(digits);
  return known(Number(digits), placeWithin(text, start, start + digits.length));
}

// Routes

interface Rule {
  readonly balancer: Route['balancer'];
  readonly node: ObjectNode | undefined;
  readonly nameAt: Location;
}

/** A load-balanced service has a load balancer unless `http: false` says otherwise; a backend has one where it asks for it. */
function rulesOf(manifest: Manifest): readonly Rule[] {
  const { root, type, uri, defaultsAt } = manifest;
  if (type !== 'Load Balanced Web Service' && type !== 'Backend Service') return [];
  const http = entryOf(root, 'http');
  const isOff = http?.value.kind === 'boolean' && !http.value.value;
  const rules: Rule[] = [];
  if (http?.value.kind === 'object') {
    rules.push(...withFurther('application', http.value, keyPlace(uri, http), 'additional_rules', manifest));
  } else if (type === 'Load Balanced Web Service' && !isOff) {
    rules.push({ balancer: 'application', node: undefined, nameAt: http ? keyPlace(uri, http) : defaultsAt });
  }
  const nlb = type === 'Load Balanced Web Service' ? entryOf(root, 'nlb') : undefined;
  if (nlb?.value.kind === 'object') {
    rules.push(...withFurther('network', nlb.value, keyPlace(uri, nlb), 'additional_listeners', manifest));
  }
  return rules;
}

function withFurther(
  balancer: Route['balancer'],
  node: ObjectNode,
  nameAt: Location,
  key: string,
  { uri }: Manifest,
): readonly Rule[] {
  const further = childOf(node, key);
  const rules = (further?.kind === 'array' ? further.items : []).flatMap((item) =>
    item.kind === 'object' ? [{ balancer, node: item, nameAt: startOf(uri, item) }] : [],
  );
  return [{ balancer, node, nameAt }, ...rules];
}

type OpenRoute = Omit<Route, 'port'> & { readonly port: Value<number> | undefined };

/** Where a rule sends requests, by what it leaves out. */
function routeOf(
  { balancer, node, nameAt }: Rule,
  own: readonly ExposedPort[],
  main: Value<number> | undefined,
  manifest: Manifest,
): OpenRoute {
  const listener = balancer === 'network' ? readPort(childOf(node, 'port'), manifest) : undefined;
  const target = readPort(childOf(node, 'target_port'), manifest)?.port;
  const named = childOf(node, 'target_container') ?? childOf(node, 'targetContainer');
  const container = named && scalarText(named);
  const route = { balancer, node, nameAt, protocol: listener?.protocol ?? 'tcp' } as const;
  if (container && container !== manifest.name) {
    const sidecar = own.find((one) => one.container === container);
    return { ...route, container, port: target ?? sidecar?.port ?? listener?.port };
  }
  if (target) {
    const owner = container ? undefined : own.find(({ port }) => isSamePort(port, target));
    return { ...route, container: owner?.container ?? manifest.name, port: target };
  }
  return { ...route, container: manifest.name, port: listener?.port ?? main ?? unsaidPort(manifest, balancer) };
}

/** `image.port` is required, so that what is missing is missing by mistake or stands in another environment. */
function unsaidPort(manifest: Manifest, balancer: Route['balancer']): Value<number> | undefined {
  const { defaultsAt, root } = manifest;
  if (balancer === 'network' && root.complete) return undefined;
  return dynamic('', defaultsAt, 'the manifest names no image.port');
}

// Service Connect

export function usesServiceConnect({ root }: Manifest): boolean {
  const connect = childOf(childOf(root, 'network'), 'connect');
  return connect?.kind === 'object' || (connect?.kind === 'boolean' && connect.value);
}

/** Service Connect calls the port that `http` names, else the main container's. */
function withConnected(
  exposed: readonly ExposedPort[],
  routes: readonly Route[],
  manifest: Manifest,
): readonly ExposedPort[] {
  if (!usesServiceConnect(manifest)) return exposed;
  const route = routes.find(({ balancer }) => balancer === 'application');
  const main = exposed.find(({ container, own }) => own && container === manifest.name);
  const called = route ? exposed.find(({ port }) => isSamePort(port, route.port)) : main;
  return exposed.map((one) => (one === called && one.protocol === 'tcp' ? { ...one, connected: true } : one));
}
