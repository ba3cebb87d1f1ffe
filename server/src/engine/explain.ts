// What a place of a file is linked to, and because of what: the text of hovers and the targets of go-to-definition.

import { contains, type Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { ListenedPort } from '../facts/listens.ts';
import { knownValue, type Value } from '../facts/value.ts';
import { forecast } from '../forecast/forecast.ts';
import { minuteRange } from '../forecast/minutes.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { loadBalancersOf } from '../graph/ports.ts';
import type { Explanation } from './analysis.ts';

interface Place {
  readonly at: Location;
  readonly lines: readonly string[];
  readonly links: readonly { readonly to: Location; readonly because: string }[];
}

/** Every explanation at a place, of every deployment that has one; the smallest token wins. */
export function explain(
  at: { readonly uri: Uri; readonly offset: number },
  deployments: readonly Deployment[],
): Explanation | undefined {
  const hits = deployments
    .flatMap(placesOf)
    .filter((place) => place.at.uri === at.uri && contains(place.at.span, at.offset))
    .sort((a, b) => length(a) - length(b));
  const [first] = hits;
  if (!first) return undefined;
  const same = hits.filter((hit) => length(hit) === length(first));
  return {
    at: first.at,
    markdown: [...new Set(same.flatMap((hit) => hit.lines))].join('\n\n'),
    links: [
      ...new Map(
        same.flatMap((hit) => hit.links).map((link) => [`${link.to.uri}:${link.to.span.start}`, link]),
      ).values(),
    ],
  };
}

function length(place: Place): number {
  return place.at.span.end - place.at.span.start;
}

function placesOf(deployment: Deployment): readonly Place[] {
  return [
    ...servicePlaces(deployment),
    ...deployment.containers.flatMap((container) => containerPlaces(container, deployment)),
  ];
}

function servicePlaces(deployment: Deployment): readonly Place[] {
  const { service, taskDefinition, serviceLink } = deployment;
  if (!service) return [];
  const link = taskDefinition && serviceLink ? [{ to: taskDefinition.nameAt, because: serviceLink.because }] : [];
  const runs: Place = {
    at: service.taskDefinition.at,
    lines: [
      serviceLink
        ? `Service **${deployment.name}** runs this task definition: ${serviceLink.because}.`
        : `No task definition in view is linked to service **${deployment.name}**.`,
    ],
    links: link,
  };
  const breaker = service.deploymentCircuitBreaker;
  const words =
    breaker.state === 'known'
      ? `The circuit breaker is ${word(knownValue(breaker.value.enable), 'on', 'off')}; rollback is ${word(knownValue(breaker.value.rollback), 'on', 'off')}.`
      : breaker.state === 'absent'
        ? 'No circuit breaker: ECS starts and stops tasks of a broken deployment for ever.'
        : 'The circuit breaker is decided elsewhere.';
  const at = breaker.state === 'known' ? breaker.value.at : service.deploymentConfigurationAt;
  const expected = forecastLines(deployment);
  const timing = timingPlaces(deployment).map((place) => ({ at: place, lines: expected, links: [] }));
  return [runs, { at, lines: [words, ...expected], links: link }, ...timing];
}

/** What decides how soon a broken deployment is noticed. */
function timingPlaces({ service, infrastructure, containers }: Deployment): readonly Location[] {
  if (!service) return [];
  const group = infrastructure?.targets.flatMap(({ targetGroup: { healthCheck, deregistrationDelay } }) => [
    healthCheck.interval,
    healthCheck.unhealthyThreshold,
    deregistrationDelay,
  ]);
  const checks = containers.flatMap(({ container }) => {
    const check = knownValue(container.healthCheck);
    return [container.stopTimeout, ...(check ? [check.interval, check.retries, check.startPeriod] : [])];
  });
  const values = [
    service.desiredCount,
    service.minimumHealthyPercent,
    service.maximumPercent,
    service.healthCheckGracePeriodSeconds,
    ...(group ?? []),
    ...checks,
  ];
  return values.filter((value) => value.state === 'known').map((value) => value.at);
}

/** The forecast, or what it would be with the circuit breaker on. */
function forecastLines(deployment: Deployment): readonly string[] {
  const now = forecast(deployment);
  if (!now) return [];
  const better = now.rollsBack ? undefined : forecast(deployment, { enable: true, rollback: true });
  const sentence = now.minutes
    ? `A broken deployment is ${now.rollsBack ? 'rolled back' : 'marked FAILED'} after about **${minuteRange(now.minutes)} minutes**.`
    : 'ECS would not notice a broken deployment.';
  return [
    sentence,
    now.because.map((step) => `- ${step}`).join('\n'),
    ...(better?.minutes
      ? [`With the circuit breaker and rollback on: about **${minuteRange(better.minutes)} minutes**.`]
      : []),
  ];
}

function word(value: boolean | undefined, yes: string, no: string): string {
  return value === undefined ? 'decided elsewhere' : value ? yes : no;
}

function containerPlaces(container: DeployedContainer, deployment: Deployment): readonly Place[] {
  const name = knownValue(container.container.name) ?? 'the container';
  const chain = [...chainLines(container, name), ...mappingLines(container, deployment)];
  const links = chainLinks(container, deployment);
  const places: Location[] = [
    ...container.container.portMappings.items.flatMap((mapping) => [mapping.containerPort.at, mapping.hostPort.at]),
    ...container.healthCheckCalls.map((call) => call.portAt),
    ...loadBalancersOf(container, deployment).map((balancer) => balancer.containerPort.at),
    ...exposed(container).map((port) => port.at),
    ...(container.listens.state === 'known' ? container.listens.ports.flatMap(portPlaces) : []),
  ];
  const image: Place = {
    at: container.container.image.at,
    lines: [
      container.dockerfile
        ? `Container **${name}** is built from ${path(container.dockerfile.uri)}: ${container.dockerfile.link.because}.`
        : (container.unlinked ?? ''),
      ...container.renders.slice(0, 1).map(() => 'A pipeline writes another image here before it deploys.'),
    ].filter((line) => line !== ''),
    links: container.dockerfile
      ? [{ to: container.dockerfile.link.to, because: container.dockerfile.link.because }]
      : [],
  };
  return [image, ...places.map((at) => ({ at, lines: chain, links: links.filter((link) => !sameStart(link.to, at)) }))];
}

function portPlaces(port: ListenedPort): readonly Location[] {
  return [port.port.at, ...port.because.map((step) => step.at)];
}

function chainLines(container: DeployedContainer, name: string): readonly string[] {
  const { listens } = container;
  if (listens.state === 'none') return [`Container **${name}** opens no port.`];
  if (listens.state === 'unknown') return [`The port of container **${name}** is unknown. ${listens.reason}`];
  return listens.ports.map((port) => {
    const host = knownValue(port.host);
    const where = host === undefined ? '' : ` on ${host}`;
    const steps = port.because.map((step) => `- ${path(step.at.uri)}: \`${step.text.replaceAll('`', "'")}\``);
    return [`Container **${name}** listens on **${port.port.value}**${where}, because`, ...steps].join('\n');
  });
}

/** The places that should agree with the program, each with its number. */
function mappingLines(container: DeployedContainer, deployment: Deployment): readonly string[] {
  const said = (what: string, value: Value<number>): readonly string[] =>
    value.state === 'known' ? [`- ${what} **${value.value}**: ${path(value.at.uri)}`] : [];
  const lines = [
    ...container.container.portMappings.items.flatMap((mapping) => said('container port', mapping.containerPort)),
    ...loadBalancersOf(container, deployment).flatMap((balancer) => said('load balancer', balancer.containerPort)),
    ...container.healthCheckCalls.flatMap((call) =>
      call.port === undefined ? [] : [`- container health check **${call.port}**: ${path(call.portAt.uri)}`],
    ),
    ...exposed(container).flatMap((port) => said('EXPOSE', port)),
  ];
  return lines.length === 0 ? [] : [['Its deployment says', ...new Set(lines)].join('\n')];
}

function exposed(container: DeployedContainer): readonly Value<number>[] {
  return (container.dockerfile?.stages ?? []).flatMap((stage) =>
    stage.instructions.flatMap((instruction) => (instruction.kind === 'expose' ? [instruction.port] : [])),
  );
}

function chainLinks(container: DeployedContainer, deployment: Deployment): Place['links'] {
  const listened = container.listens.state === 'known' ? container.listens.ports : [];
  return [
    ...listened.map((port) => ({ to: port.port.at, because: 'the program listens here' })),
    ...container.container.portMappings.items.map((mapping) => ({
      to: mapping.containerPort.at,
      because: 'the port mapping',
    })),
    ...loadBalancersOf(container, deployment).map((balancer) => ({
      to: balancer.containerPort.at,
      because: 'the load balancer',
    })),
    ...container.healthCheckCalls.map((call) => ({ to: call.portAt, because: 'the container health check' })),
  ];
}

function sameStart(a: Location, b: Location): boolean {
  return a.uri === b.uri && a.span.start === b.span.start;
}

function path(uri: Uri): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
