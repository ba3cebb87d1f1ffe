// A deployment: one task definition, the service that runs it, and for each container the image and program behind it.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Dockerfile, Stage } from '../facts/dockerfile.ts';
import type { Listens } from '../facts/listens.ts';
import type { AppSpec, ImageRepository } from '../facts/operations.ts';
import type { PipelineRender } from '../facts/pipeline.ts';
import type { ServedRoute } from '../facts/routing.ts';
import type { Service } from '../facts/service.ts';
import type { Container, TaskDefinition } from '../facts/taskDefinition.ts';
import type { Step, Value } from '../facts/value.ts';
import type { Delivery } from './deliveries.ts';
import type { Infrastructure } from './infrastructure.ts';

/** Why two facts belong together. `because` is a clause: `the only Dockerfile above the task definition`. */
export interface Link {
  readonly from: Location;
  readonly to: Location;
  readonly certain: boolean;
  readonly because: string;
}

/** `id` is `file#name`, with the file relative to the analysed folder; unique in it. */
export interface Deployment {
  readonly id: string;
  readonly name: string;
  /** Undefined for a service whose task definition is not in view. */
  readonly taskDefinition: TaskDefinition | undefined;
  readonly service: Service | undefined;
  /** Why the service runs this task definition. */
  readonly serviceLink: Link | undefined;
  /** The specification by which CodeDeploy deploys the task definition. */
  readonly appSpec: LinkedAppSpec | undefined;
  readonly containers: readonly DeployedContainer[];
  /** Undefined without a service, and where its format holds nothing but the service. */
  readonly infrastructure: Infrastructure | undefined;
  /** The pipelines in view that deploy it. */
  readonly deliveries: readonly Delivery[];
  /** Set where a pipeline in view deploys another file of the same family; findings are then never above info. */
  readonly staleBecause: Link | undefined;
}

export interface LinkedAppSpec {
  readonly appSpec: AppSpec;
  /** From the specification to the task definition. */
  readonly link: Link;
}

export interface DeployedContainer {
  readonly container: Container;
  readonly dockerfile: LinkedDockerfile | undefined;
  /** Why there is no Dockerfile, one sentence. */
  readonly unlinked: string | undefined;
  /** Argv after the task definition's overrides, as far as it is known; empty where nothing is. */
  readonly command: readonly Value<string>[];
  /** The file of the workspace the program starts from. */
  readonly program: Uri | undefined;
  readonly listens: Listens;
  /** The paths that the program answers; undefined unless all can be seen and a health check asks for one. */
  readonly routes: readonly ServedRoute[] | undefined;
  /** Ports called by the container health check, with the digits' places. */
  readonly healthCheckCalls: readonly HealthCheckCall[];
  /** The steps of pipelines that write this container's image. */
  readonly renders: readonly PipelineRender[];
  /** The registry's repository of the image, where infrastructure code in view describes it. */
  readonly repository: ImageRepository | undefined;
  /** Ports of a well-known image that is not built here; undefined for any other. */
  readonly wellKnownPorts: readonly number[] | undefined;
}

export interface LinkedDockerfile {
  readonly uri: Uri;
  readonly dockerfile: Dockerfile;
  /** The stages that become the image: the final one first, then those it starts from. */
  readonly stages: readonly Stage[];
  readonly link: Link;
  /**
   * Whether the image has `curl` and `wget`, which can call an HTTP server; undefined where that cannot be told. Empty where
   * a health check is there already.
   */
  readonly httpTools: ReadonlyMap<string, boolean | undefined>;
  /** What the image's CMD or ENTRYPOINT names that the image does not hold. */
  readonly missingEntry:
    | { readonly path: string; readonly at: Location; readonly because: readonly Step[] }
    | undefined;
}

/** A tool call of a container health check: `curl -f http://localhost:5001/`. */
export interface HealthCheckCall {
  /** `curl`, `wget`, `nc`; undefined where another program makes the call. */
  readonly tool: string | undefined;
  readonly toolAt: Location;
  /** Whether the image contains the tool; undefined where that cannot be told. */
  readonly toolPresent: boolean | undefined;
  /** Undefined where the command decides it at run time. */
  readonly port: number | undefined;
  /** Of a URL, without its query; undefined where there is none or it is not decided. */
  readonly path: string | undefined;
  readonly pathAt: Location;
  /** The digits, or the URL where it names no port. */
  readonly portAt: Location;
}
