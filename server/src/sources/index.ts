// Every format, in the order they are asked whether a file is theirs.

import { appSpec } from './appSpec.ts';
import { cdk } from './cdk.ts';
import { cloudFormation } from './cloudFormation.ts';
import { compose } from './compose.ts';
import { configFiles } from './configFiles.ts';
import { copilot } from './copilot.ts';
import { deployScript } from './deployScript.ts';
import { dockerfile } from './dockerfile.ts';
import { dockerIgnore } from './dockerIgnore.ts';
import { dotnetProject } from './dotnetProject.ts';
import { ecsJson } from './ecsJson.ts';
import { ecspresso } from './ecspresso.ts';
import { elixirConfig } from './elixirConfig.ts';
import { environmentFile } from './environmentFile.ts';
import { githubWorkflow } from './githubWorkflow.ts';
import { goModule } from './goModule.ts';
import { gradleProject } from './gradleProject.ts';
import { hoconConfig } from './hoconConfig.ts';
import { jsonnet } from './jsonnet.ts';
import { makefile } from './makefile.ts';
import { mavenProject } from './mavenProject.ts';
import { packageManifest } from './packageManifest.ts';
import { pipelineYaml } from './pipelineYaml.ts';
import { programs } from './program.ts';
import { serverConfig } from './serverConfig.ts';
import { shellScript } from './shellScript.ts';
import type { Source } from './source.ts';
import { terraform } from './terraform.ts';
import { terraformTemplate } from './terraformTemplate.ts';
import { xmlConfig } from './xmlConfig.ts';

export const sources: readonly Source[] = [
  cdk,
  ...appSpec,
  ecspresso,
  copilot,
  ...cloudFormation,
  terraform,
  ecsJson,
  jsonnet,
  githubWorkflow,
  ...pipelineYaml,
  compose,
  makefile,
  deployScript,
  packageManifest,
  goModule,
  hoconConfig,
  mavenProject,
  gradleProject,
  dotnetProject,
  elixirConfig,
  environmentFile,
  dockerfile,
  dockerIgnore,
  shellScript,
  serverConfig,
  terraformTemplate,
  ...programs,
  xmlConfig,
  // The last, for they claim whole endings.
  ...configFiles,
];
