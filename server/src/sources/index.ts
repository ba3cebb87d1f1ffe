// Every format, in the order they are asked whether a file is theirs.

import { configFiles } from './configFiles.ts';
import { dockerfile } from './dockerfile.ts';
import { ecsJson } from './ecsJson.ts';
import { environmentFile } from './environmentFile.ts';
import { githubWorkflow } from './githubWorkflow.ts';
import { gradleProject } from './gradleProject.ts';
import { mavenProject } from './mavenProject.ts';
import { packageManifest } from './packageManifest.ts';
import { programs } from './program.ts';
import { serverConfig } from './serverConfig.ts';
import { shellScript } from './shellScript.ts';
import type { Source } from './source.ts';

export const sources: readonly Source[] = [
  ecsJson,
  githubWorkflow,
  packageManifest,
  mavenProject,
  gradleProject,
  environmentFile,
  dockerfile,
  shellScript,
  serverConfig,
  ...programs,
  // The last, for they claim whole endings.
  ...configFiles,
];
