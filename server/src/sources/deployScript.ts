// Shell scripts that people or pipelines start to build, push and deploy images. A container's command may lead to such
// a script too, so that it is a shell script like any other beside that.

import { locationOf } from '../base/text.ts';
import { basename } from '../base/uri.ts';
import { absent } from '../facts/value.ts';
import { finishJob, homeOf, noSteps, partOf, pipelineOf } from './scriptedPipeline.ts';
import { shellScript } from './shellScript.ts';
import type { Source } from './source.ts';
import { createJobScripts } from './workflowScript.ts';

const NAME = /(?:deploy|build|push|publish|release|rollout|ship|ecr|ecs|aws|docker|image|update)[^/]*\.(?:sh|bash)$/i;
const COMMAND = /\b(?:docker|podman)[ \t]+(?:buildx[ \t]+|image[ \t]+)?build\b|\baws[ \t]+ecs[ \t]/;

export const deployScript: Source = {
  ...shellScript,
  id: 'deployScript',
  discovery: 'scan',

  claims(uri) {
    return NAME.test(basename(uri)) ? 'maybe' : 'no';
  },
  recognizes: (text) => COMMAND.test(text),

  extract(file) {
    const read = shellScript.extract(file);
    const at = locationOf(file.uri, 0, file.text.length);
    const scripts = createJobScripts();
    scripts.run({
      script: partOf(file, 0, file.text),
      names: new Map(),
      workingDirectory: absent(at),
      stepId: undefined,
      jobNames: new Map(),
      home: homeOf(file.uri),
    });
    const found = noSteps();
    finishJob(scripts, found);
    const pipeline = pipelineOf(at, { origin: 'script', pathsFrom: 'repository' }, found);
    return { ...read, source: 'deployScript', facts: pipeline ? [...read.facts, pipeline] : read.facts };
  },
};
