// Everything one file says.

import type { Layout } from '../base/layout.ts';
import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type {
  ConfigFile,
  DockerIgnore,
  EnvironmentFile,
  PackageManifest,
  ServerConfig,
  ShellScript,
} from './configFile.ts';
import type { ConstructApp } from './constructApp.ts';
import type { CopilotManifest } from './copilot.ts';
import type { DeployConfig } from './deployConfig.ts';
import type { DeploymentGroup } from './deploymentGroup.ts';
import type { Dockerfile } from './dockerfile.ts';
import type { DotnetProject, DotnetSolution } from './dotnetProject.ts';
import type { GoModule } from './goModule.ts';
import type { JavaProject } from './javaProject.ts';
import type { LoadBalancer, LoadBalancerListener, TargetGroup } from './loadBalancing.ts';
import type { Alarm, AppSpec, EventRule, ImageRepository, ScalableTarget, ScheduledCount } from './operations.ts';
import type { Pipeline } from './pipeline.ts';
import type { Program } from './program.ts';
import type { SecurityGroup, SecurityGroupIngress } from './securityGroup.ts';
import type { Service } from './service.ts';
import type { NestedStack, StackTemplate } from './stackTemplate.ts';
import type { TaskDefinition } from './taskDefinition.ts';
import type { TerraformFile, TerraformModuleCalls, TerraformVariables } from './terraform.ts';

export type Fact =
  | TaskDefinition
  | Service
  | Dockerfile
  | Pipeline
  | Program
  | PackageManifest
  | EnvironmentFile
  | ShellScript
  | ServerConfig
  | ConfigFile
  | DockerIgnore
  | DotnetProject
  | DotnetSolution
  | JavaProject
  | GoModule
  | TargetGroup
  | LoadBalancer
  | LoadBalancerListener
  | SecurityGroup
  | SecurityGroupIngress
  | ScalableTarget
  | ScheduledCount
  | Alarm
  | EventRule
  | ImageRepository
  | AppSpec
  | DeploymentGroup
  | StackTemplate
  | NestedStack
  | ConstructApp
  | CopilotManifest
  | DeployConfig
  | TerraformFile
  | TerraformModuleCalls
  | TerraformVariables;

export type FactKind = Fact['kind'];

/** A syntax problem, in one sentence. */
export interface Problem {
  readonly at: Location;
  readonly message: string;
}

export interface FileFacts {
  readonly uri: Uri;
  /** Id of the source that read the file. */
  readonly source: string;
  readonly facts: readonly Fact[];
  /** Worth a finding only where the file is clearly about ECS. */
  readonly problems: readonly Problem[];
  /** Where what the settled facts of its unit tell of stands now; undefined where their places are offsets of the text. */
  readonly layout?: Layout;
}

/** The first fact of a kind. */
export function factOf<K extends FactKind>(
  file: FileFacts | undefined,
  kind: K,
): Extract<Fact, { kind: K }> | undefined {
  return file?.facts.find((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}
