// GitHub workflows and composite actions: which images they build, what they write into which task definition, what they
// deploy, and which files of the repository they call. `run:` steps are read in `workflowScript.ts`, actions in
// `workflowActions.ts`.

import { locationOf, type SourceFile } from '../base/text.ts';
import type { Pipeline } from '../facts/pipeline.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { absent, known } from '../facts/value.ts';
import { childOf, type ObjectNode, type TreeNode } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { finishJob, noSteps } from './scriptedPipeline.ts';
import type { Source } from './source.ts';
import { keyPlace, placeOf, startOf } from './treeValues.ts';
import { inputValue, type Job, readAction, readCall, textOf, type WorkflowSteps } from './workflowActions.ts';
import { matrixRuns, withEnvironment } from './workflowScope.ts';
import { createJobScripts } from './workflowScript.ts';
import { placedText } from './workflowText.ts';
import { editYaml } from './yamlEdits.ts';

export const githubWorkflow: Source = {
  id: 'githubWorkflow',
  discovery: 'scan',
  comment: '#',

  claims(uri) {
    if (/\/\.github\/workflows\/[^/]+\.ya?ml$/.test(uri)) return 'yes';
    return /\/action\.ya?ml$/.test(uri) ? 'maybe' : 'no';
  },
  recognizes: (text) => /^[ \t]+using:[ \t]*["']?composite\b/m.test(text),

  extract(file) {
    const nothing = { uri: file.uri, source: 'githubWorkflow', facts: [], problems: [] };
    if (!/amazon-ecs-|\becs\b|docker|podman|build-push-action|uses:[ \t]*["']?\.\//i.test(file.text)) return nothing;
    const { root, problems } = parseYaml(file.text, { templates: false });
    if (root?.kind !== 'object') return nothing;
    const pipeline = readWorkflow(file, root);
    return {
      ...nothing,
      facts: [pipeline],
      // A workflow's syntax is GitHub's business, unless it deploys to ECS.
      problems:
        pipeline.renders.length + pipeline.deploys.length === 0
          ? []
          : problems.slice(0, 3).map(({ span, message }) => ({
              at: locationOf(file.uri, span.start, span.end),
              message,
            })),
    };
  },

  edit: editYaml,
};

function readWorkflow(file: SourceFile, root: ObjectNode): Pipeline {
  const found: WorkflowSteps = { ...noSteps(), calls: [] };
  const names = withEnvironment(new Map(), childOf(root, 'env'));
  const jobs = childOf(root, 'jobs');
  for (const { value: job } of jobs?.kind === 'object' ? jobs.entries : []) {
    if (job.kind !== 'object') continue;
    const steps = childOf(job, 'steps');
    const folder = defaultFolder(job) ?? defaultFolder(root);
    for (const run of matrixRuns(job)) {
      const scope = withEnvironment(new Map([...names, ...run]), childOf(job, 'env'));
      if (steps?.kind === 'array') readJob(file, steps.items, scope, folder, found);
      else readCall(file, job, scope, found);
    }
  }
  const composite = childOf(childOf(root, 'runs'), 'steps');
  if (composite?.kind === 'array') readJob(file, composite.items, names, undefined, found);
  const inputs = inputDefaults(file, root);
  return {
    kind: 'pipeline',
    at: placeOf(file.uri, root),
    origin: 'workflow',
    pathsFrom: 'repository',
    ...found,
    inputs,
  };
}

/** What the inputs of a reusable workflow or composite action are by default. */
function inputDefaults(file: SourceFile, root: ObjectNode): readonly EnvironmentVariable[] {
  const inputs = childOf(childOf(childOf(root, 'on'), 'workflow_call'), 'inputs') ?? childOf(root, 'inputs');
  return (inputs?.kind === 'object' ? inputs.entries : []).flatMap((entry) => {
    const node = childOf(entry.value, 'default');
    if (!node) return [];
    const value = inputValue(file, node, new Map());
    return [{ name: known(entry.key, keyPlace(file.uri, entry)), value, at: value.at }];
  });
}

function defaultFolder(owner: ObjectNode): TreeNode | undefined {
  return childOf(childOf(childOf(owner, 'defaults'), 'run'), 'working-directory');
}

function readJob(
  file: SourceFile,
  steps: readonly TreeNode[],
  names: Map<string, string>,
  folder: TreeNode | undefined,
  found: WorkflowSteps,
): void {
  const scripts = createJobScripts();
  const job: Job = { file, names, rendered: new Map(), scripts, found };
  for (const step of steps) {
    if (step.kind !== 'object') continue;
    readAction(job, step);
    const run = childOf(step, 'run');
    const script = run && placedText(file.uri, file.text, run);
    if (!script) continue;
    const place = childOf(step, 'working-directory') ?? folder;
    const scope = withEnvironment(job.names, childOf(step, 'env'));
    scripts.run({
      script,
      names: scope,
      workingDirectory: place ? inputValue(file, place, scope) : absent(startOf(file.uri, step)),
      stepId: textOf(step, 'id'),
      jobNames: job.names,
    });
  }
  finishJob(scripts, found);
}
