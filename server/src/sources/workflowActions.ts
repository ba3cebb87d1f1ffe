// The actions that steps of a GitHub workflow use: those of AWS and Docker, and actions and workflows of the same
// repository, which are calls to be followed where all files are in view.

import { locationOf, type SourceFile } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Pipeline, PipelineCall } from '../facts/pipeline.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { absent, absentList, dynamic, known, type List, mapValue, unseenList, type Value } from '../facts/value.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../syntax/tree.ts';
import type { FoundSteps } from './scriptedPipeline.ts';
import { keyPlace, placeOf } from './treeValues.ts';
import { actionMayRegister } from './workflowRegistrations.ts';
import { withEnvironment } from './workflowScope.ts';
import type { JobScripts } from './workflowScript.ts';
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

export interface WorkflowSteps extends FoundSteps {
  readonly calls: PipelineCall[];
}

/** One run of a job: what earlier steps left for later ones. */
export interface Job {
  readonly file: SourceFile;
  readonly names: Map<string, string>;
  /** The task definition's path by the id of the step that rendered it. */
  readonly rendered: Map<string, Value<string>>;
  readonly scripts: JobScripts;
  readonly found: WorkflowSteps;
}

export function textOf(owner: ObjectNode, key: string): string | undefined {
  const node = childOf(owner, key);
  return node && scalarText(node);
}

/** A job or step that runs another file of the repository. */
export function readCall(file: SourceFile, owner: ObjectNode, names: Names, found: WorkflowSteps): void {
  const path = textOf(owner, 'uses')?.trim();
  const uses = entryOf(owner, 'uses');
  if (!uses || !path?.startsWith('./')) return;
  const given = childOf(owner, 'with');
  const inputs = (given?.kind === 'object' ? given.entries : []).map((entry): EnvironmentVariable => {
    const value = inputValue(file, entry.value, names);
    return { name: known(entry.key, keyPlace(file.uri, entry)), value, at: value.at };
  });
  found.calls.push({ at: placeOf(file.uri, uses.value), path, inputs });
}

export function readAction(job: Job, step: ObjectNode): void {
  const written = textOf(step, 'uses')?.trim();
  if (written === undefined) return;
  const uses = written.toLowerCase().split('@', 1)[0] ?? '';
  const action = actionOf(job, step);
  if (uses.startsWith('./')) readCall(job.file, step, withEnvironment(job.names, childOf(step, 'env')), job.found);
  if (uses === 'aws-actions/amazon-ecs-render-task-definition') readRender(job, action);
  else if (uses === 'aws-actions/amazon-ecs-deploy-task-definition') readDeploy(job, action);
  else if (uses === 'docker/build-push-action') readBuild(job, action);
  else if (uses === 'docker/metadata-action') readMetadata(job, action);
  else if (Object.hasOwn(publishers, uses)) readPublisher(job, action, publishers[uses] ?? {});
  if (!uses.startsWith('./') && actionMayRegister(uses)) job.found.registrations.push(action.at);
}

/** A step that uses an action, and its inputs. */
interface Action {
  readonly id: string | undefined;
  readonly uri: Uri;
  readonly at: Pipeline['at'];
  readonly inputsAt: Pipeline['at'] | undefined;
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
    inputsAt: inputs?.kind === 'object' ? placeOf(uri, inputs) : undefined,
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

export function inputValue(file: SourceFile, node: TreeNode, names: Names): Value<string> {
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
  if (value.state === 'known') return mapValue(value, (path) => job.scripts.original(repositoryPath(path)));
  if (value.state !== 'dynamic') return value;
  const path = repositoryPath(value.text);
  if (!isOpen(path)) return known(job.scripts.original(path), value.at);
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
    waitForMinutes: mapValue(action.value('wait-for-minutes'), (text) =>
      /^\d{1,4}$/.test(text) ? Number(text) : undefined,
    ),
    forceNewDeployment: flag(action, 'force-new-deployment'),
    ...(action.inputsAt && { inputsAt: action.inputsAt }),
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

/** Actions that build and push an image in one step, by the names of their inputs. */
const publishers: Readonly<
  Record<string, { readonly tags?: string; readonly file?: string; readonly context?: string }>
> = {
  'kciter/aws-ecr-action': { tags: 'repo', file: 'dockerfile', context: 'path' },
  'mr-smithers-excellent/docker-build-push': { tags: 'image', file: 'dockerfile', context: 'directory' },
  'whoan/docker-build-with-cache-action': { tags: 'image_name', file: 'dockerfile', context: 'context' },
  'elgohr/publish-docker-github-action': { tags: 'name', file: 'dockerfile', context: 'context' },
};

function readPublisher(job: Job, action: Action, names: (typeof publishers)[string]): void {
  job.found.builds.push({
    at: action.at,
    context: mapPath(action.value(names.context ?? '')),
    dockerfile: mapPath(action.value(names.file ?? '')),
    workingDirectory: absent(action.at),
    tags: [action.value(names.tags ?? '')],
    target: action.value('target'),
    buildArguments: [],
    pushes: true,
    otherTags: true,
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
