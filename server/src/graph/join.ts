// Joins facts into deployments: a service and the task definition it runs, or a task definition alone.

import { wellKnownPorts } from '../aws/wellKnownImages.ts';
import { basename, type Uri } from '../base/uri.ts';
import { stageChain } from '../facts/dockerfile.ts';
import { writtenReference } from '../facts/imageReference.ts';
import { type Listens, samePorts } from '../facts/listens.ts';
import { isAddress } from '../facts/reference.ts';
import type { Service } from '../facts/service.ts';
import type { Container, EnvironmentVariable, TaskDefinition } from '../facts/taskDefinition.ts';
import { dynamic, known, knownValue, type Value } from '../facts/value.ts';
import { imageHasTool } from '../launch/imageTools.ts';
import { launch } from '../launch/index.ts';
import { appSpecOf } from './appSpecs.ts';
import { deliveriesOf } from './deliveries.ts';
import type { DeployedContainer, Deployment } from './deployment.ts';
import { type Build, dockerfileOf } from './dockerfiles.ts';
import { healthCheckCalls } from './healthChecks.ts';
import { infrastructureOf } from './infrastructure.ts';
import { asDeployed } from './pipelineEdits.ts';
import { rendersOf, staleBecause } from './pipelines.ts';
import { withRemedy } from './reasons.ts';
import { repositoryOf } from './repositories.ts';
import { configuredName, type LinkedTaskDefinition, taskDefinitionOf } from './services.ts';
import type { View } from './view.ts';

/** A service's deployment; its task definition is undefined where none in view is linked. */
export function deploymentOfService(service: Service, view: View): Deployment {
  return deployment(service, taskDefinitionOf(service, view), view);
}

/** The deployment of a task definition that no service in view runs. */
export function deploymentOfTaskDefinition(taskDefinition: TaskDefinition, view: View): Deployment {
  return deployment(undefined, { taskDefinition, link: undefined }, view);
}

function deployment(
  service: Service | undefined,
  linked: LinkedTaskDefinition | { readonly taskDefinition: TaskDefinition; readonly link: undefined } | undefined,
  view: View,
): Deployment {
  const taskDefinition = linked && asDeployed(linked.taskDefinition, view);
  const file = (service ?? taskDefinition)?.at.uri ?? '';
  const name =
    nameOf(service?.serviceName) ??
    (service && configuredName(service, view)) ??
    nameOf(taskDefinition?.family) ??
    service?.logicalName ??
    taskDefinition?.logicalName ??
    stem(file);
  const infrastructure = service && infrastructureOf(service, view);
  const balancer: Balancer = {
    asks: (infrastructure?.targets.length ?? 0) > 0,
    isMissing: service?.loadBalancers.items.length === 0,
  };
  return {
    id: `${view.nameOf(file)}#${name}`,
    name,
    taskDefinition,
    service,
    serviceLink: linked?.link,
    appSpec: linked && appSpecOf(linked.taskDefinition, service, view),
    containers:
      taskDefinition?.containerDefinitions.items.map((container) =>
        deployedContainer(container, taskDefinition, balancer, view),
      ) ?? [],
    infrastructure,
    deliveries: deliveriesOf(service, taskDefinition, view),
    staleBecause: taskDefinition && staleBecause(taskDefinition, view.folderOf(taskDefinition.at.uri), view),
  };
}

/** An address is nothing to show to people. */
function nameOf(value: Value<string> | undefined): string | undefined {
  const name = knownValue(value);
  return name === undefined || isAddress(name) ? undefined : name;
}

function stem(uri: Uri): string {
  const name = basename(uri);
  const dot = name.indexOf('.', 1);
  return dot < 0 ? name : name.slice(0, dot);
}

interface Balancer {
  /** Whether a target group in view asks for a path. */
  readonly asks: boolean;
  /** Whether the service surely names none. */
  readonly isMissing: boolean;
}

function deployedContainer(
  container: Container,
  taskDefinition: TaskDefinition,
  balancer: Balancer,
  view: View,
): DeployedContainer {
  const linked = dockerfileOf(container, taskDefinition, view);
  const build = 'build' in linked ? linked.build : undefined;
  const written = rendersOf(container, taskDefinition, view);
  const renders = written.filter((render) => render.image.state !== 'absent');
  const injected = written.flatMap((render) => render.environment.items);
  const launched = launch({
    container: build === undefined && renders.length > 0 ? withReplacedImage(container) : container,
    ...(build ? { build } : {}),
    injected,
    files: view,
  });
  const agreed = 'unlinked' in linked ? agreedListens(container, linked.candidates, injected, view) : undefined;
  const image = writtenReference(container.image);
  const calls = healthCheckCalls(container, (tool) => build && imageHasTool(build.dockerfile, build.stage, tool));
  // A container that nothing checks is offered a check of a path that it serves.
  const isUnchecked = balancer.isMissing && container.healthCheck.state === 'absent';
  const asksPath = balancer.asks || isUnchecked || calls.some(({ path }) => path !== undefined);
  return {
    container,
    dockerfile: build && {
      uri: build.uri,
      dockerfile: build.dockerfile,
      stages: stageChain(build.dockerfile, build.stage),
      link: build.link,
      httpTools: container.healthCheck.state === 'absent' ? httpToolsOf(build) : new Map(),
      missingEntry: launched.missingEntry,
    },
    unlinked: 'unlinked' in linked ? linked.unlinked : undefined,
    command: launched.command,
    program: launched.program,
    listens: agreed ?? (build && statedListens(build, view)) ?? withRemedy(launched.listens, linked),
    routes: asksPath ? launched.routes() : undefined,
    healthCheckCalls: calls,
    renders,
    repository: repositoryOf(container, view),
    wellKnownPorts: build || image === undefined || renders.length > 0 ? undefined : wellKnownPorts(image),
  };
}

function httpToolsOf({ dockerfile, stage }: Build): ReadonlyMap<string, boolean | undefined> {
  return new Map(['curl', 'wget'].map((tool) => [tool, imageHasTool(dockerfile, stage, tool)]));
}

/** What each of several possible images would listen on, where that is the same. */
function agreedListens(
  container: Container,
  candidates: readonly Build[],
  injected: readonly EnvironmentVariable[],
  view: View,
): Listens | undefined {
  const answers = candidates.map(
    (build) => statedListens(build, view) ?? launch({ container, build, injected, files: view }).listens,
  );
  const [first, ...others] = answers;
  if (first === undefined || first.state === 'unknown') return undefined;
  return others.every((other) => samePorts(first, other)) ? first : undefined;
}

/** A pipeline writes another image into the container, so the one in the file says nothing of what runs. */
function withReplacedImage(container: Container): Container {
  const { image } = container;
  const text = knownValue(image) ?? '';
  return { ...container, image: dynamic(text, image.at, 'a pipeline writes the image') };
}

/** The ports that settings state for a Dockerfile's image. */
function statedListens(build: Build, view: View): Listens | undefined {
  const folder = view.folderOf(build.uri);
  const stated = view.listens(folder).find((entry) => `${folder}/${entry.dockerfile}` === build.uri);
  if (!stated) return undefined;
  const because = [{ at: build.link.to, text: '"listens" in steadystate.json' }];
  const host = known('0.0.0.0', build.link.to);
  return {
    state: 'known',
    ports: stated.ports.map((port) => ({ port: known(port, build.link.to), host, because })),
  };
}
