// Pipelines that are written in YAML as lists of shell commands: GitLab CI, CircleCI, Azure Pipelines, Bitbucket
// Pipelines, CodeBuild's buildspec and their like, and Taskfiles. One table tells them apart; GitHub's workflows, with
// expressions of their own, are read in `githubWorkflow.ts`. Included files and rules are not followed.

import type { SourceFile } from '../base/text.ts';
import type { Pipeline } from '../facts/pipeline.ts';
import { absent, type Value } from '../facts/value.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { readPackagedStep } from './pipelineSteps.ts';
import {
  type FoundSteps,
  finishJob,
  noSteps,
  PIPELINE_CUES,
  pipelineOf,
  settledText,
  withVariable,
} from './scriptedPipeline.ts';
import type { Source } from './source.ts';
import { placeOf, startOf, tokenOf } from './treeValues.ts';
import { createJobScripts, type JobScripts, type Shell } from './workflowScript.ts';
import { type Names, placedText } from './workflowText.ts';
import { editYaml } from './yamlEdits.ts';

interface Format {
  readonly id: string;
  readonly name: RegExp;
  readonly origin: Pipeline['origin'];
  /** One shell runs all commands of the file: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html */
  readonly oneShell?: true;
}

const formats: readonly Format[] = [
  { id: 'gitlabCi', name: /\/\.gitlab-ci[^/]*\.ya?ml$|\/\.gitlab\/[^?]*\.ya?ml$/, origin: 'workflow' },
  { id: 'circleCi', name: /\/\.circleci\/[^/]+\.ya?ml$/, origin: 'workflow' },
  {
    id: 'azurePipelines',
    name: /\/[^/]*azure[^/]*pipeline[^/]*\.ya?ml$|\/\.azure(?:-pipelines|-devops)?\/[^?]*\.ya?ml$/i,
    origin: 'workflow',
  },
  { id: 'bitbucketPipelines', name: /\/bitbucket-pipelines\.ya?ml$/, origin: 'workflow' },
  { id: 'buildspec', name: /\/[^/]*build-?spec[^/]*\.ya?ml$/i, origin: 'workflow', oneShell: true },
  {
    id: 'otherPipelines',
    name: /\/\.(?:travis|drone|woodpecker)\.ya?ml$|\/\.(?:woodpecker|semaphore)\/[^/]+\.ya?ml$/,
    origin: 'workflow',
  },
  { id: 'taskfile', name: /\/taskfile[^/]*\.ya?ml$/i, origin: 'script' },
];

const SCRIPT_KEYS = [
  'before_script',
  'install',
  'script',
  'commands',
  'command',
  'cmds',
  'run',
  'bash',
  'inlineScript',
  'after_script',
];
const VARIABLE_KEYS = ['variables', 'environment', 'env', 'vars'];
const FOLDER_KEYS = ['working_directory', 'workingDirectory', 'working-directory', 'dir'];
const JOB_KEYS = ['steps', 'phases', ...SCRIPT_KEYS];
const MAXIMUM_DEPTH = 30;

export const pipelineYaml: readonly Source[] = formats.map(
  (format): Source => ({
    id: format.id,
    discovery: 'scan',
    comment: '#',
    claims: (uri) => (format.name.test(uri) ? 'maybe' : 'no'),
    recognizes: (text) => PIPELINE_CUES.test(text),
    extract(file) {
      const nothing = { uri: file.uri, source: format.id, facts: [], problems: [] };
      const { root } = parseYaml(file.text, { templates: false });
      if (!root) return nothing;
      const found = noSteps();
      readNode({ file, format, found, job: undefined, names: new Map(), folder: undefined, depth: 0 }, root);
      const pipeline = pipelineOf(placeOf(file.uri, root), { origin: format.origin, pathsFrom: 'repository' }, found);
      return pipeline ? { ...nothing, facts: [pipeline] } : nothing;
    },
    edit: editYaml,
  }),
);

interface Job {
  readonly scripts: JobScripts;
  readonly shell: Shell | undefined;
}

interface Scope {
  readonly file: SourceFile;
  readonly format: Format;
  readonly found: FoundSteps;
  /** The job that the node is a part of. */
  readonly job: Job | undefined;
  readonly names: Names;
  readonly folder: Value<string> | undefined;
  readonly depth: number;
}

function readNode(scope: Scope, node: TreeNode): void {
  if (scope.depth > MAXIMUM_DEPTH) return;
  if (node.kind === 'array') for (const item of node.items) readNode({ ...scope, depth: scope.depth + 1 }, item);
  if (node.kind !== 'object') return;
  const inner = { ...scope, names: namesIn(scope, node), folder: folderIn(scope, node), depth: scope.depth + 1 };
  if (scope.job !== undefined || !JOB_KEYS.some((key) => entryOf(node, key))) {
    readObject(inner, node);
    return;
  }
  const shell = { locals: new Map(), folder: absent(startOf(scope.file.uri, node)) };
  const job = { scripts: createJobScripts(), shell: scope.format.oneShell ? shell : undefined };
  readObject({ ...inner, job }, node);
  finishJob(job.scripts, scope.found);
}

function readObject(scope: Scope, node: ObjectNode): void {
  const workingDirectory = scope.folder ?? absent(startOf(scope.file.uri, node));
  const shell = scope.job?.shell ?? { locals: new Map(), folder: workingDirectory };
  readPackagedStep(scope.file.uri, node, scope.names, scope.found);
  for (const { key, value } of node.entries) {
    if (VARIABLE_KEYS.includes(key)) continue;
    if (!SCRIPT_KEYS.includes(key) || value.kind === 'object') readNode(scope, value);
    else for (const script of scriptsIn(value)) runScript(scope, script, shell);
  }
}

/** The lines of a script: a text, or a list that may hold lists. Objects in it are steps of their own. */
function scriptsIn(node: TreeNode): readonly TreeNode[] {
  if (node.kind !== 'array') return [node];
  return node.items.flatMap((item) => {
    if (item.kind === 'array') return item.items;
    return (item.kind === 'object' ? (childOf(item, 'command') ?? childOf(item, 'cmd')) : item) ?? [];
  });
}

function runScript(scope: Scope, node: TreeNode, shell: Shell): void {
  const script = placedText(scope.file.uri, scope.file.text, node);
  if (!script || !scope.job) return;
  scope.job.scripts.run({
    script,
    names: scope.names,
    workingDirectory: shell.folder,
    stepId: undefined,
    jobNames: new Map(),
    shell,
  });
}

/** The names of the scope with an object's own variables; Azure lists them as objects of name and value. */
function namesIn(scope: Scope, node: ObjectNode): Names {
  let { names } = scope;
  const add = (name: string, value: TreeNode | undefined): void => {
    const inner = value?.kind === 'object' ? childOf(value, 'value') : value;
    const text = inner && scalarText(inner);
    if (text !== undefined) names = withVariable(names, name, text);
  };
  for (const key of VARIABLE_KEYS) {
    const owner = childOf(node, key);
    const variables = childOf(owner, 'variables') ?? owner;
    if (variables?.kind === 'object') for (const entry of variables.entries) add(entry.key, entry.value);
    if (variables?.kind !== 'array') continue;
    for (const item of variables.items) {
      const name = childOf(item, 'name');
      if (name) add(scalarText(name) ?? '', childOf(item, 'value'));
    }
  }
  return names;
}

function folderIn(scope: Scope, node: ObjectNode): Value<string> | undefined {
  for (const key of FOLDER_KEYS) {
    const value = childOf(node, key);
    const text = value && scalarText(value);
    // CircleCI's working directory of a job is where the repository is checked out.
    if (value && text && !text.startsWith('~')) return settledText(text, tokenOf(scope.file.uri, value));
  }
  return scope.folder;
}
