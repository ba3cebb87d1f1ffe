// The pipelines that deploy a service or a task definition, and which of their steps do.

import type { Pipeline, PipelineCount, PipelineDeploy, PipelineRender } from '../facts/pipeline.ts';
import { isAddress } from '../facts/reference.ts';
import type { Service } from '../facts/service.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue, type Value } from '../facts/value.ts';
import { namesFile, type PlacedPipeline, pipelines } from './pipelines.ts';
import type { View } from './view.ts';

/** The steps of a pipeline that are surely about one deployment. */
export interface Delivery {
  readonly pipeline: Pipeline;
  /** Steps that write the file of its task definition. */
  readonly renders: readonly PipelineRender[];
  /** Steps that deploy its service, or its task definition to a service that is not named. */
  readonly deploys: readonly PipelineDeploy[];
  /** Steps that set its desired count. */
  readonly counts: readonly PipelineCount[];
}

export function deliveriesOf(
  service: Service | undefined,
  taskDefinition: TaskDefinition | undefined,
  view: View,
): readonly Delivery[] {
  const owner = service ?? taskDefinition;
  if (!owner) return [];
  return pipelines(view.folderOf(owner.at.uri), view).flatMap((placed) => {
    const { pipeline } = placed;
    const isOwnFile = (path: Value<string>): boolean =>
      taskDefinition !== undefined && namesAlone(placed, path, taskDefinition, view);
    const isOwnService = (step: PipelineDeploy | PipelineCount): boolean =>
      service !== undefined && namesService(step, service);
    const delivery: Delivery = {
      pipeline,
      renders: pipeline.renders.filter((render) => isOwnFile(render.taskDefinition)),
      deploys: pipeline.deploys.filter(
        (deploy) => isOwnService(deploy) || (deploy.service.state !== 'known' && isOwnFile(deploy.taskDefinition)),
      ),
      counts: pipeline.counts.filter(isOwnService),
    };
    const { renders, deploys, counts } = delivery;
    return renders.length + deploys.length + counts.length > 0 ? [delivery] : [];
  });
}

/** Whether a path is that of a task definition's file, and the file holds no other. */
function namesAlone(placed: PlacedPipeline, path: Value<string>, { at }: TaskDefinition, view: View): boolean {
  if (!namesFile(placed, path, at.uri, view)) return false;
  return view.facts(at.uri)?.facts.filter((fact) => fact.kind === 'taskDefinition').length === 1;
}

/** By the service's name, unless both name clusters that differ. */
function namesService(step: PipelineDeploy | PipelineCount, { serviceName, cluster }: Service): boolean {
  const name = knownValue(serviceName);
  if (name === undefined || knownValue(step.service) !== name) return false;
  const own = knownValue(cluster);
  const other = knownValue(step.cluster);
  if (own === undefined || other === undefined || isAddress(own)) return true;
  return lastName(own) === lastName(other);
}

/** A cluster's ARN ends in its name. */
function lastName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
