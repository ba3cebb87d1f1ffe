// GitHub workflows: which images they build, what they write into which task definition, and what they deploy.
// Reusable workflows and composite actions are not followed. `run:` steps are read in `workflowScript.ts`.

import { locationOf, type SourceFile } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Pipeline, PipelineBuild, PipelineDeploy, PipelineRender } from '../facts/pipeline.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { absent, absentList, dynamic, known, type List, mapValue, type Value } from '../facts/value.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Source } from './source.ts';
import { placeOf, startOf, unseenList } from './treeValues.ts';
import { matrixRuns, withEnvironment } from './workflowScope.ts';
import { createJobScripts, type JobScripts } from './workflowScript.ts';
import {
  COMPUTED,
  expandExpressions,
  isOpen,
  type Names,
  type PlacedText,
  placedText,
  repositoryPath,
  textValue,
} from './workflowText.ts';
import { editYaml } from './yamlEdits.ts';

export const githubWorkflow: Source = {
  id: 'githubWorkflow',
  discovery: 'scan',
  comment: '#',

  claims(uri) {
    return /\/\.github\/workflows\/[^/]+\.ya?ml$/.test(uri) ? 'yes' : 'no';
  },

  extract(file) {
    const nothing = { uri: file.uri, source: 'githubWorkflow', facts: [], problems: [] };
    if (!/amazon-ecs-|\becs\b|docker|podman|build-push-action/i.test(file.text)) return nothing;
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

interface Mutable {
  readonly builds: PipelineBuild[];
  readonly renders: PipelineRender[];
  readonly deploys: PipelineDeploy[];
}

function readWorkflow(file: SourceFile, root: ObjectNode): Pipeline {
  const found: Mutable = { builds: [], renders: [], deploys: [] };
  const names = withEnvironment(new Map(), childOf(root, 'env'));
  const jobs = childOf(root, 'jobs');
  for (const { value: job } of jobs?.kind === 'object' ? jobs.entries : []) {
    const steps = childOf(job, 'steps');
    if (job.kind !== 'object' || steps?.kind !== 'array') continue;
    const folder = defaultFolder(job) ?? defaultFolder(root);
    for (const run of matrixRuns(job)) {
      const scope = withEnvironment(new Map([...names, ...run]), childOf(job, 'env'));
      readJob(file, steps.items, scope, folder, found);
    }
  }
  return { kind: 'pipeline', at: placeOf(file.uri, root), origin: 'workflow', pathsFrom: 'repository', ...found };
}

function defaultFolder(owner: ObjectNode): TreeNode | undefined {
  return childOf(childOf(childOf(owner, 'defaults'), 'run'), 'working-directory');
}

function textOf(owner: ObjectNode, key: string): string | undefined {
  const node = childOf(owner, key);
  return node && scalarText(node);
}

/** One run of a job: what earlier steps left for later ones. */
interface Job {
  readonly file: SourceFile;
  readonly names: Map<string, string>;
  /** The task definition's path by the id of the step that rendered it. */
  readonly rendered: Map<string, Value<string>>;
  readonly scripts: JobScripts;
  readonly found: Mutable;
}

function readJob(
  file: SourceFile,
  steps: readonly TreeNode[],
  names: Map<string, string>,
  folder: TreeNode | undefined,
  found: Mutable,
): void {
  const scripts = createJobScripts();
  const job: Job = { file, names, rendered: new Map(), scripts, found };
  for (const step of steps) {
    if (step.kind !== 'object') continue;
    const uses = textOf(step, 'uses')?.trim().toLowerCase().split('@', 1)[0];
    if (uses !== undefined) readAction(job, step, uses);
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
  const { builds, deploys } = scripts.finish();
  found.builds.push(...builds);
  found.deploys.push(...deploys);
}

function readAction(job: Job, step: ObjectNode, uses: string): void {
  const action = actionOf(job, step);
  if (uses === 'aws-actions/amazon-ecs-render-task-definition') readRender(job, action);
  else if (uses === 'aws-actions/amazon-ecs-deploy-task-definition') readDeploy(job, action);
  else if (uses === 'docker/build-push-action') readBuild(job, action);
  else if (uses === 'docker/metadata-action') readMetadata(job, action);
}

/** A step that uses an action, and its inputs. */
interface Action {
  readonly id: string | undefined;
  readonly uri: Uri;
  readonly at: Pipeline['at'];
  /** The input's text with its place, before expressions are replaced. */
  input(name: string): PlacedText | undefined;
  value(name: string): Value<string>;
  expand(text: string): string;
}

function actionOf(job: Job, step: ObjectNode): Action {
  const { uri, text } = job.file;
  const uses = entryOf(step, 'uses');
  const at = uses ? placeOf(uri, uses.value) : placeOf(uri, step);
  const inputs = childOf(step, 'with');
  const names = withEnvironment(job.names, childOf(step, 'env'));
  const find = (name: string): TreeNode | undefined =>
    inputs?.kind === 'object' ? inputs.entries.findLast((entry) => entry.key.toLowerCase() === name)?.value : undefined;
  return {
    id: textOf(step, 'id'),
    uri,
    at,
    input(name) {
      const node = find(name);
      return node && placedText(uri, text, node);
    },
    value(name) {
      const node = find(name);
      return node && scalarText(node) ? inputValue(job.file, node, names) : absent(at);
    },
    expand: (value) => expandExpressions(value, names),
  };
}

function inputValue(file: SourceFile, node: TreeNode, names: Names): Value<string> {
  const placed = placedText(file.uri, file.text, node);
  if (!placed) return dynamic('', placeOf(file.uri, node), COMPUTED);
  const trimmed = placed.text.trim();
  const start = placed.text.indexOf(trimmed);
  return textValue(expandExpressions(trimmed, names), placed.place(start, start + trimmed.length));
}

function readRender(job: Job, action: Action): void {
  const described = ['task-definition-arn', 'task-definition-family'].some((name) => action.input(name));
  const path = action.input('task-definition') ? taskDefinitionPath(job, action) : absent(action.at);
  const taskDefinition = described ? dynamic('', action.at, 'it is described from AWS when the workflow runs') : path;
  if (action.id !== undefined) job.rendered.set(action.id, taskDefinition);
  job.found.renders.push({
    at: action.at,
    taskDefinition,
    containerName: action.value('container-name'),
    image: action.value('image'),
    environment: variables(action, 'environment-variables'),
  });
}

const RENDERED = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.task-definition\s*\}\}$/;

/** The path of the file in the repository, through the render steps that an expression names. */
function taskDefinitionPath(job: Job, action: Action): Value<string> {
  const value = action.value('task-definition');
  if (value.state === 'known') return mapValue(value, repositoryPath);
  if (value.state !== 'dynamic') return value;
  const path = repositoryPath(value.text);
  if (!isOpen(path)) return known(path, value.at);
  const step = RENDERED.exec(path)?.[1];
  const earlier = step === undefined ? undefined : job.rendered.get(step);
  if (earlier?.state !== 'known') return earlier ?? value;
  return known(earlier.value, earlier.at, [...(earlier.trail ?? []), { at: value.at, text: value.text }]);
}

function readDeploy(job: Job, action: Action): void {
  job.found.deploys.push({
    at: action.at,
    taskDefinition: taskDefinitionPath(job, action),
    service: action.value('service'),
    cluster: action.value('cluster'),
    waitForServiceStability: flag(action, 'wait-for-service-stability'),
    forceNewDeployment: flag(action, 'force-new-deployment'),
  });
}

function flag(action: Action, name: string): Value<boolean> {
  return mapValue(action.value(name), (text) => {
    if (/^true$/i.test(text)) return true;
    return /^false$/i.test(text) ? false : undefined;
  });
}

function readBuild(job: Job, action: Action): void {
  const outputs = action.value('outputs');
  const push = action.value('push');
  const exported = outputs.state === 'known' && /type=registry|push=true/.test(outputs.value);
  const context = action.value('context');
  job.found.builds.push({
    at: action.at,
    context: withoutDefaultContext(context),
    dockerfile: mapPath(action.value('file')),
    workingDirectory: absent(action.at),
    tags: listed(action, 'tags', /[\n,]/),
    target: action.value('target'),
    buildArguments: variables(action, 'build-args').items,
    pushes: exported || push.state === 'dynamic' || (push.state === 'known' && push.value.toLowerCase() === 'true'),
  });
}

function mapPath(value: Value<string>): Value<string> {
  if (value.state === 'dynamic' && !isOpen(repositoryPath(value.text)))
    return known(repositoryPath(value.text), value.at);
  return mapValue(value, repositoryPath);
}

/** `{{defaultContext}}:api` is the folder `api` of the repository. */
function withoutDefaultContext(value: Value<string>): Value<string> {
  return mapValue(mapPath(value), (text) => {
    const folder = /^\{\{\s*defaultContext\s*\}\}(?::(.*))?$/.exec(text);
    return folder ? (folder[1] ?? '.') : text;
  });
}

/** The image names that `docker/metadata-action` makes its tags of. */
function readMetadata(job: Job, action: Action): void {
  const images = listed(action, 'images', /[\n,]/).flatMap((image) =>
    image.state === 'known' || image.state === 'dynamic' ? [image.state === 'known' ? image.value : image.text] : [],
  );
  if (action.id === undefined || images.length === 0) return;
  const tags = images.map((image) => `${image}:\${{ steps.${action.id}.outputs.version }}`);
  job.names.set(`steps.${action.id}.outputs.tags`, tags.join('\n'));
}

/** The entries of an input that is a list: a line each, or between commas. */
function listed(action: Action, name: string, separator: RegExp): readonly Value<string>[] {
  const input = action.input(name);
  if (!input) return [];
  return pieces(input, separator).flatMap(({ text, at }) =>
    action
      .expand(text)
      .split('\n')
      .map((one) => textValue(one, at)),
  );
}

function pieces(input: PlacedText, separator: RegExp): readonly { text: string; at: Pipeline['at'] }[] {
  const found: { text: string; at: Pipeline['at'] }[] = [];
  let offset = 0;
  for (const piece of input.text.split(separator)) {
    const text = piece.trim();
    const start = offset + piece.indexOf(text);
    if (text !== '') found.push({ text, at: input.place(start, start + text.length) });
    offset += piece.length + 1;
  }
  return found;
}

/** An input of lines `NAME=value`. */
function variables(action: Action, name: string): List<EnvironmentVariable> {
  const input = action.input(name);
  if (!input) return absentList(action.at);
  const whole = input.place(0, input.text.length);
  const items: EnvironmentVariable[] = [];
  let complete = true;
  for (const { text, at } of pieces(input, /\n/)) {
    if (text.startsWith('#')) continue;
    const equals = text.indexOf('=');
    if (equals <= 0 || isOpen(text.slice(0, equals))) {
      complete = false;
      continue;
    }
    const nameAt = locationOf(at.uri, at.span.start, at.span.start + equals);
    const valueAt =
      at.span.end - at.span.start === text.length ? locationOf(at.uri, nameAt.span.end + 1, at.span.end) : at;
    const value = textValue(action.expand(text.slice(equals + 1).trim()), valueAt);
    items.push({ name: known(text.slice(0, equals).trim(), nameAt), value, at: valueAt });
  }
  return items.length === 0 && !complete ? unseenList(whole) : { state: 'present', items, complete, at: whole };
}
