// What pipelines, deploy scripts and compose files do to images and task definitions on the way to ECS.

import type { Location } from '../base/text.ts';
import type { EnvironmentVariable } from './taskDefinition.ts';
import type { List, Value } from './value.ts';

export interface Pipeline {
  readonly kind: 'pipeline';
  readonly at: Location;
  /** `workflow`: a CI system runs it. `script`: a person or another file does. `compose` says how images are built, no more. */
  readonly origin: 'workflow' | 'script' | 'compose';
  /** Where its relative paths start: at the repository's root, or at the folder of the file. */
  readonly pathsFrom: 'repository' | 'file';
  readonly builds: readonly PipelineBuild[];
  readonly renders: readonly PipelineRender[];
  readonly deploys: readonly PipelineDeploy[];
  readonly edits: readonly PipelineEdit[];
  /** Steps that register a task definition by other means than `deploys`: `terraform apply`, `cdk deploy`, an unknown program. */
  readonly registrations: readonly Location[];
  /** Steps that wait for services to become stable. */
  readonly waits: readonly PipelineWait[];
  /** Steps that set a service's number of tasks. */
  readonly counts: readonly PipelineCount[];
  /** Images that are tagged or pushed and that no build of the same job is seen to make. */
  readonly otherImages: readonly Value<string>[];
  /** Files of the repository whose steps run as a part of this pipeline. */
  readonly calls: readonly PipelineCall[];
  /** What the pipeline's inputs are where a call does not say. */
  readonly inputs: readonly EnvironmentVariable[];
}

/** A reusable workflow or a composite action of the same repository. `path` is as written: `./.github/actions/build`. */
export interface PipelineCall {
  readonly at: Location;
  readonly path: string;
  readonly inputs: readonly EnvironmentVariable[];
}

/** An image build. Paths are as written, relative to `workingDirectory`, itself relative to where the file's paths start. */
export interface PipelineBuild {
  readonly at: Location;
  readonly context: Value<string>;
  readonly dockerfile: Value<string>;
  readonly workingDirectory: Value<string>;
  readonly tags: readonly Value<string>[];
  readonly target: Value<string>;
  readonly buildArguments: readonly EnvironmentVariable[];
  readonly pushes: boolean;
  /** It has more tags than these, chosen by another input or when it runs. */
  readonly otherTags?: true;
  /** The compose service that it builds. */
  readonly service?: string;
}

/** A step that writes an image (and variables) into a container of a task definition. */
export interface PipelineRender {
  readonly at: Location;
  readonly taskDefinition: Value<string>;
  /** Absent where every container is meant, or `containerIndex` tells. */
  readonly containerName: Value<string>;
  readonly containerIndex?: number;
  /** Absent where the image stays. */
  readonly image: Value<string>;
  readonly environment: List<EnvironmentVariable>;
}

/** A command that rewrites the text of a task definition before it is deployed: `sed`, `envsubst`, `jq`. */
export interface PipelineEdit {
  readonly at: Location;
  /** The file's path in the repository. */
  readonly taskDefinition: Value<string>;
  /** What is replaced: a text wherever it stands, the values at a key, or the value of an environment variable. */
  readonly replaces: { readonly text: string } | { readonly key: string } | { readonly variable: string };
  readonly by: Value<string>;
}

/** A step that registers a task definition and updates a service. */
export interface PipelineDeploy {
  readonly at: Location;
  /** The path of the file in the repository, also where an earlier render step's output is named. */
  readonly taskDefinition: Value<string>;
  readonly service: Value<string>;
  readonly cluster: Value<string>;
  readonly waitForServiceStability: Value<boolean>;
  /** How long it waits at most; absent for the default of its tool. */
  readonly waitForMinutes: Value<number>;
  readonly forceNewDeployment: Value<boolean>;
  /** The inputs of an action. Edit intents name them as their owner. */
  readonly inputsAt?: Location;
}

/** `minutes`: after which it gives up. */
export interface PipelineWait {
  readonly at: Location;
  readonly minutes: Value<number>;
}

/** A command that sets a service's desired count. */
export interface PipelineCount {
  readonly at: Location;
  readonly service: Value<string>;
  readonly cluster: Value<string>;
  readonly count: Value<number>;
}
