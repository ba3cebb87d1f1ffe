// An ECS task definition, whatever it is written in. Field names and units are those of RegisterTaskDefinition:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Address } from './reference.ts';
import type { List, Value } from './value.ts';

export interface TaskDefinition {
  readonly kind: 'taskDefinition';
  /** The whole description. Edit intents name it as their owner. */
  readonly at: Location;
  /** The token that names it: the family, else the start of the description. */
  readonly nameAt: Location;
  /** Where the format gives it an identity that others refer to. */
  readonly address?: Address;
  /** What its description calls it where it has no other name: a logical id, the name of a block. */
  readonly logicalName?: string;
  readonly family: Value<string>;
  readonly networkMode: Value<string>;
  readonly requiresCompatibilities: Value<readonly string[]>;
  readonly cpu: Value<string>;
  readonly memory: Value<string>;
  readonly executionRoleArn: Value<string>;
  readonly taskRoleArn: Value<string>;
  readonly containerDefinitions: List<Container>;
  /** Settings that say something and that Fargate rejects; `at` is the key, edit intents remove it. */
  readonly rejectedByFargate: readonly { readonly name: string; readonly at: Location }[];
  /** Keys that only `describe-task-definition` prints; `at` is the key, edit intents remove it. */
  readonly describeOnlyKeys: readonly { readonly name: string; readonly at: Location }[];
}

export interface Container {
  readonly at: Location;
  /** The token that names it: its name, else the start of the description. */
  readonly nameAt: Location;
  readonly name: Value<string>;
  readonly image: Value<string>;
  /** Where its own description says how the image is built. */
  readonly build?: ImageBuild;
  readonly essential: Value<boolean>;
  readonly portMappings: List<PortMapping>;
  readonly entryPoint: Value<readonly Value<string>[]>;
  readonly command: Value<readonly Value<string>[]>;
  readonly workingDirectory: Value<string>;
  readonly environment: List<EnvironmentVariable>;
  readonly environmentFiles: List<Value<string>>;
  readonly secrets: List<{ readonly name: Value<string>; readonly at: Location }>;
  readonly healthCheck: Value<HealthCheck>;
  /** Seconds between the request to stop and the kill; absent means 30. */
  readonly stopTimeout: Value<number>;
  /** Of `logConfiguration`: `awslogs`. */
  readonly logDriver: Value<string>;
  /** Of `repositoryCredentials`: the secret that a private registry is opened with. */
  readonly repositoryCredentials: Value<string>;
  /** `enabled` or `disabled`. */
  readonly versionConsistency: Value<string>;
}

/** The build of a container's image. Paths are addresses of the workspace. */
export interface ImageBuild {
  readonly at: Location;
  /** The folder; absent where nothing but the Dockerfile is named. */
  readonly context: Value<Uri>;
  /** The file; absent means `Dockerfile` in the context. */
  readonly dockerfile: Value<Uri>;
  readonly target: Value<string>;
  readonly arguments: readonly EnvironmentVariable[];
}

export interface PortMapping {
  readonly at: Location;
  readonly containerPort: Value<number>;
  readonly hostPort: Value<number>;
  readonly protocol: Value<string>;
  readonly name: Value<string>;
  /** `8000-8010`. */
  readonly containerPortRange: Value<string>;
}

/** `at` is the value's token. */
export interface EnvironmentVariable {
  readonly name: Value<string>;
  readonly value: Value<string>;
  readonly at: Location;
}

/** Times in seconds. */
export interface HealthCheck {
  readonly at: Location;
  /** `["CMD-SHELL", "curl -f http://localhost:5001/ || exit 1"]`. */
  readonly command: Value<readonly Value<string>[]>;
  readonly interval: Value<number>;
  readonly timeout: Value<number>;
  readonly retries: Value<number>;
  readonly startPeriod: Value<number>;
}
