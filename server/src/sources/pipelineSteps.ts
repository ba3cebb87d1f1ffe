// Steps of pipelines that are packaged for reuse and build or deploy images without a shell command: tasks of Azure,
// orbs of CircleCI, pipes of Bitbucket.

import type { Uri } from '../base/uri.ts';
import { absent, dynamic, known, type Value } from '../facts/value.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../syntax/tree.ts';
import type { FoundSteps } from './scriptedPipeline.ts';
import { placeOf, tokenOf } from './treeValues.ts';
import { COMPUTED, type Names } from './workflowText.ts';

/** Reads a step's inputs by the first name that is there. */
type Input = (...names: readonly string[]) => Value<string>;

export function readPackagedStep(uri: Uri, step: ObjectNode, names: Names, found: FoundSteps): void {
  const task = textOf(step, 'task');
  if (task !== undefined && /^Docker@/i.test(task)) readAzureDocker(uri, step, names, found);
  const pipe = textOf(step, 'pipe');
  if (pipe?.startsWith('atlassian/aws-ecs-deploy:')) readEcsPipe(uri, step, names, found);
  for (const { key, value } of step.entries) {
    if (/^aws-ecr\/build[-_]and[-_]push[-_]image$/.test(key) && value.kind === 'object')
      readEcrOrb(uri, value, names, found);
    if (key.startsWith('aws-ecs/')) found.registrations.push(placeOf(uri, value));
  }
}

function textOf(node: TreeNode | undefined, key: string): string | undefined {
  const value = childOf(node, key);
  return value && scalarText(value);
}

/** https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/docker-v2 */
function readAzureDocker(uri: Uri, step: ObjectNode, names: Names, found: FoundSteps): void {
  const command = textOf(childOf(step, 'inputs'), 'command') ?? 'buildAndPush';
  if (!/^build/i.test(command)) return;
  const at = placeOf(uri, step);
  const input = inputsOf(uri, childOf(step, 'inputs'), names, at);
  const dockerfile = input('dockerfile', 'Dockerfile', 'dockerFile');
  const isGlob = isGlobbed(dockerfile);
  const context = input('buildContext');
  found.builds.push({
    at,
    // Its default is the folder of the Dockerfile.
    context: context.state === 'absent' || isGlobbed(context) ? folderOf(dockerfile, isGlob) : context,
    dockerfile: isGlob ? absent(at) : dockerfile,
    workingDirectory: absent(at),
    tags: [input('repository')],
    target: absent(at),
    buildArguments: [],
    pushes: /push/i.test(command),
    otherTags: true,
  });
}

function isGlobbed(path: Value<string>): boolean {
  return path.state === 'known' && path.value.includes('*');
}

function folderOf(dockerfile: Value<string>, isGlob: boolean): Value<string> {
  if (dockerfile.state !== 'known' || isGlob)
    return dockerfile.state === 'dynamic' ? dockerfile : absent(dockerfile.at);
  const slash = dockerfile.value.lastIndexOf('/');
  return known(slash < 0 ? '.' : dockerfile.value.slice(0, slash), dockerfile.at);
}

/** https://circleci.com/developer/orbs/orb/circleci/aws-ecr */
function readEcrOrb(uri: Uri, inputs: ObjectNode, names: Names, found: FoundSteps): void {
  const at = placeOf(uri, inputs);
  const input = inputsOf(uri, inputs, names, at);
  const build = input('build-path', 'build_path');
  const path = input('path');
  found.builds.push({
    at,
    context: build.state === 'absent' ? path : build,
    dockerfile: input('dockerfile'),
    workingDirectory: absent(at),
    tags: [input('repo')],
    target: absent(at),
    buildArguments: [],
    pushes: true,
    otherTags: true,
  });
}

/** https://bitbucket.org/atlassian/aws-ecs-deploy */
function readEcsPipe(uri: Uri, step: ObjectNode, names: Names, found: FoundSteps): void {
  const at = placeOf(uri, step);
  const input = inputsOf(uri, childOf(step, 'variables'), names, at);
  const taskDefinition = input('TASK_DEFINITION');
  const force = input('FORCE_NEW_DEPLOYMENT');
  const wait = input('WAIT');
  found.deploys.push({
    at,
    taskDefinition,
    service: input('SERVICE_NAME'),
    cluster: input('CLUSTER_NAME'),
    waitForServiceStability: flag(wait),
    waitForMinutes: absent(at),
    forceNewDeployment: flag(force),
  });
}

function flag(value: Value<string>): Value<boolean> {
  if (value.state === 'known') return known(value.value.toLowerCase() === 'true', value.at);
  return value.state === 'dynamic' ? value : absent(value.at);
}

function inputsOf(uri: Uri, inputs: TreeNode | undefined, names: Names, at: Value<string>['at']): Input {
  return (...keys) => {
    for (const key of keys) {
      const node = inputs?.kind === 'object' ? entryOf(inputs, key)?.value : undefined;
      const text = node && scalarText(node)?.trim();
      if (!node || text === undefined || text === '') continue;
      return settled(text, tokenOf(uri, node), names);
    }
    return absent(at);
  };
}

/** `$(Build.SourcesDirectory)/api` is a folder of the repository; `$(NAME)` and `$NAME` are variables of the pipeline. */
function settled(text: string, at: Value<string>['at'], names: Names): Value<string> {
  const local = text.replace(
    /^\$\((?:Build\.SourcesDirectory|Build\.Repository\.LocalPath|System\.DefaultWorkingDirectory)\)\/?/i,
    '',
  );
  const expanded = local.replace(/\$(?:\((\w+)\)|\{(\w+)\}|(\w+))/g, (match, ...groups: (string | undefined)[]) => {
    const name = groups.slice(0, 3).find((group) => group !== undefined);
    return names.get(`env.${name}`) ?? match;
  });
  return /[$<]|\{\{/.test(expanded) ? dynamic(expanded, at, COMPUTED) : known(expanded || '.', at);
}
