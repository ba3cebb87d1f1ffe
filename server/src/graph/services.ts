// Which task definition a service runs.

import { dirname, type Uri } from '../base/uri.ts';
import type { DeployConfig } from '../facts/deployConfig.ts';
import { type Address, isAddress } from '../facts/reference.ts';
import type { Service } from '../facts/service.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue } from '../facts/value.ts';
import type { Link } from './deployment.ts';
import { namedFile, pipelines, staleBecause } from './pipelines.ts';
import type { View } from './view.ts';

export interface LinkedTaskDefinition {
  readonly taskDefinition: TaskDefinition;
  readonly link: Link;
}

/** `family`, `family:7` and ARNs name a family: `arn:aws:ecs:eu-west-1:1:task-definition/web:7` gives `web`. */
export function familyOf(reference: string): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(0, colon);
}

function taskDefinitionsIn(uri: Uri, view: View): readonly TaskDefinition[] {
  return (view.facts(uri)?.facts ?? []).filter((fact) => fact.kind === 'taskDefinition');
}

/** Settles between candidates: not stale first, then the nearest folder, then the name; uncertain where several remain. */
function nearest(service: Service, candidates: readonly TaskDefinition[], view: View): readonly TaskDefinition[] {
  const folder = view.folderOf(service.at.uri);
  const live = candidates.filter((candidate) => staleBecause(candidate, folder, view) === undefined);
  const pool = live.length > 0 ? live : candidates;
  const home = dirname(service.at.uri);
  const distance = (uri: Uri): number => {
    const a = home.split('/');
    const b = dirname(uri).split('/');
    let common = 0;
    while (common < a.length && common < b.length && a[common] === b[common]) common++;
    return a.length - common + (b.length - common);
  };
  const best = Math.min(...pool.map((candidate) => distance(candidate.at.uri)));
  return pool.filter((candidate) => distance(candidate.at.uri) === best);
}

function linkTo(
  service: Service,
  taskDefinition: TaskDefinition,
  certain: boolean,
  because: string,
): LinkedTaskDefinition {
  const from = service.taskDefinition.state === 'known' ? service.taskDefinition.at : service.nameAt;
  return { taskDefinition, link: { from, to: taskDefinition.nameAt, certain, because } };
}

function byPipeline(service: Service, view: View): LinkedTaskDefinition | undefined {
  const name = knownValue(service.serviceName);
  if (name === undefined) return undefined;
  for (const placed of pipelines(view.folderOf(service.at.uri), view)) {
    for (const deploy of placed.pipeline.deploys) {
      if (knownValue(deploy.service) !== name) continue;
      const file = namedFile(placed, deploy.taskDefinition, view);
      const [only, second] = file === undefined ? [] : taskDefinitionsIn(file, view);
      if (only && !second) return linkTo(service, only, true, `the pipeline deploys it to service ${name}`);
    }
  }
  return undefined;
}

function byFamily(service: Service, family: string, view: View): LinkedTaskDefinition | undefined {
  const candidates = view
    .filesWithFamily(family)
    .flatMap((uri) => taskDefinitionsIn(uri, view))
    .filter((candidate) => knownValue(candidate.family) === family);
  const [first, ...others] = nearest(service, candidates, view);
  return first && linkTo(service, first, others.length === 0, `the service names family ${family}`);
}

/** The task definition beside the service, where the service itself does not tell. */
function byFolder(service: Service, view: View): LinkedTaskDefinition | undefined {
  const family = knownValue(service.taskDefinition);
  const folder = view.folderOf(service.at.uri);
  const fits = (candidate: TaskDefinition): boolean =>
    family === undefined ||
    knownValue(candidate.family) === undefined ||
    knownValue(candidate.family) === familyOf(family);
  const home = dirname(service.at.uri);
  const all = view.filesWith('taskDefinition', folder);
  const beside = all.filter((uri) => dirname(uri) === home).flatMap((uri) => taskDefinitionsIn(uri, view).filter(fits));
  const [first, second] = beside;
  if (first && !second) return linkTo(service, first, false, 'the only task definition beside the service');
  if (first) return undefined;
  const services = view.filesWith('service', folder);
  if (services.length !== 1 || all.length !== 1 || all[0] === undefined) return undefined;
  const [only, more] = taskDefinitionsIn(all[0], view).filter(fits);
  return only && !more ? linkTo(service, only, false, 'the only task definition in view') : undefined;
}

/** The resource that the service refers to in its own description. */
function byAddress(service: Service, address: Address, view: View): LinkedTaskDefinition | undefined {
  const found = view.resource(address);
  return found?.kind === 'taskDefinition' ? linkTo(service, found, true, 'the service refers to it') : undefined;
}

/** The tools' configurations that name a service's file. */
function configsOf(service: Service, view: View): readonly DeployConfig[] {
  return view
    .filesWith('deployConfig', view.folderOf(service.at.uri))
    .flatMap((uri) => (view.facts(uri)?.facts ?? []).filter((fact) => fact.kind === 'deployConfig'))
    .filter(({ serviceDefinition }) => knownValue(serviceDefinition) === service.at.uri);
}

/** The task definition that all of them name beside the service. */
function byConfig(service: Service, view: View): LinkedTaskDefinition | undefined {
  const [file, other] = new Set(configsOf(service, view).map(({ taskDefinition }) => knownValue(taskDefinition)));
  if (file === undefined || other !== undefined) return undefined;
  const [only, second] = taskDefinitionsIn(file, view);
  return only && !second ? linkTo(service, only, true, 'one configuration names both files') : undefined;
}

/** What a service is called by the tool that deploys it. */
export function configuredName(service: Service, view: View): string | undefined {
  const [name, other] = new Set(configsOf(service, view).map((config) => knownValue(config.service)));
  return other === undefined ? name : undefined;
}

export function taskDefinitionOf(service: Service, view: View): LinkedTaskDefinition | undefined {
  const reference = knownValue(service.taskDefinition);
  if (reference !== undefined && isAddress(reference)) return byAddress(service, reference, view);
  const configured = byConfig(service, view);
  if (configured) return configured;
  const named = reference === undefined ? undefined : byFamily(service, familyOf(reference), view);
  return named ?? byPipeline(service, view) ?? byFolder(service, view);
}
