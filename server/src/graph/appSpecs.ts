// Which CodeDeploy specification deploys a task definition.

import { dirname, type Uri } from '../base/uri.ts';
import type { AppSpec } from '../facts/operations.ts';
import { isAddress } from '../facts/reference.ts';
import type { Service } from '../facts/service.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue } from '../facts/value.ts';
import type { LinkedAppSpec } from './deployment.ts';
import { staleBecause } from './pipelines.ts';
import { familyOf } from './services.ts';
import type { View } from './view.ts';

/** None where the service is deployed otherwise, and where several specifications say different things. */
export function appSpecOf(
  taskDefinition: TaskDefinition,
  service: Service | undefined,
  view: View,
): LinkedAppSpec | undefined {
  if (service && knownValue(service.deploymentController) !== 'CODE_DEPLOY') return undefined;
  const folder = view.folderOf(taskDefinition.at.uri);
  const linked = view
    .filesWith('appSpec', folder)
    .flatMap((uri) => (view.facts(uri)?.facts ?? []).filter((fact) => fact.kind === 'appSpec'))
    .flatMap((spec) => linkOf(spec, taskDefinition, folder, view) ?? []);
  const [first] = linked;
  return first && linked.every((other) => isSame(other.appSpec, first.appSpec)) ? first : undefined;
}

function isSame(a: AppSpec, b: AppSpec): boolean {
  const port = knownValue(a.containerPort);
  const name = knownValue(a.containerName);
  return port !== undefined && port === knownValue(b.containerPort) && name === knownValue(b.containerName);
}

function linkOf(appSpec: AppSpec, taskDefinition: TaskDefinition, folder: Uri, view: View): LinkedAppSpec | undefined {
  const named = knownValue(appSpec.taskDefinition);
  const link = (certain: boolean, because: string): LinkedAppSpec => ({
    appSpec,
    link: { from: appSpec.nameAt, to: taskDefinition.nameAt, certain, because },
  });
  if (named !== undefined && isAddress(named)) return undefined;
  if (named !== undefined && knownValue(taskDefinition.family) === familyOf(named)) {
    return link(true, `the specification names family ${familyOf(named)}`);
  }
  // `<TASK_DEFINITION>`: CodePipeline writes the revision there that it has just registered.
  if (named !== undefined) return undefined;
  const [only, second] = nearby(appSpec, folder, view);
  if (!only || second || only.at.uri !== taskDefinition.at.uri || only.at.span.start !== taskDefinition.at.span.start) {
    return undefined;
  }
  return link(false, 'the only task definition beside the specification or in view');
}

/** The live task definitions of its folder; where it holds none, all in view. */
function nearby(appSpec: AppSpec, folder: Uri, view: View): readonly TaskDefinition[] {
  const all = view
    .filesWith('taskDefinition', folder)
    .flatMap((uri) => (view.facts(uri)?.facts ?? []).filter((fact) => fact.kind === 'taskDefinition'));
  const live = all.filter((one) => staleBecause(one, folder, view) === undefined);
  const beside = live.filter((one) => dirname(one.at.uri) === dirname(appSpec.at.uri));
  return beside.length > 0 ? beside : live;
}
