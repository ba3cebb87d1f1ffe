// The commands of pipeline scripts that matter to a deployment: `docker build`, `docker tag`, `docker push`, and
// `aws ecs`. Words come expanded from `workflowScript.ts`.

import { type Location, locationOf } from '../base/text.ts';
import { normalizePath } from '../base/uri.ts';
import type {
  PipelineBuild,
  PipelineCount,
  PipelineDeploy,
  PipelineEdit,
  PipelineRender,
  PipelineWait,
} from '../facts/pipeline.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { absent, dynamic, known, type Value } from '../facts/value.ts';
import { COMPUTED, repositoryPath } from './workflowText.ts';

/** A build whose tags and pushes may still come. */
export interface OpenBuild extends Omit<PipelineBuild, 'tags' | 'pushes'> {
  readonly tags: Word[];
  pushes: boolean;
}

/** What a job's scripts have done so far. */
export interface JobState {
  readonly builds: OpenBuild[];
  readonly deploys: PipelineDeploy[];
  readonly renders: PipelineRender[];
  readonly edits: PipelineEdit[];
  readonly registrations: Location[];
  readonly waits: PipelineWait[];
  readonly counts: PipelineCount[];
  /** Images that are tagged or pushed without a build of their own. */
  readonly otherImages: Word[];
  /** The file that a command read, by the file that it wrote: `jq … in.json > out.json`. */
  readonly written: Map<string, string>;
  /** The path of the task definition last registered. */
  registered: Value<string> | undefined;
}

/** A word of a command, variables replaced as far as they are decided. */
export interface Word {
  readonly text: string;
  /** Something in it is not decided. */
  readonly open: boolean;
  readonly at: Location;
}

/** A command as it would be run. */
export interface ScriptCommand {
  readonly words: readonly Word[];
  readonly at: Location;
  readonly folder: Value<string>;
  /** In a loop, or cut off by `timeout`. */
  readonly repeated: boolean;
  /** The file that it reads, or a `cat` before it in the same pipe. */
  readonly input?: Word;
  /** The file that it writes, or the last command of its pipe. */
  readonly output?: Word;
}

export function wordValue(word: Word): Value<string> {
  return word.open ? dynamic(word.text, word.at, COMPUTED) : known(word.text, word.at);
}

/** A path below a folder. */
export function joinFolder(folder: Value<string>, path: string, at: Location): Value<string> {
  if (folder.state === 'absent') return known(path, at);
  if (folder.state !== 'known') return dynamic(path, at, COMPUTED);
  return known(normalizePath(`${folder.value}/${path}`) || '.', at);
}

/** A flag with its value; a flag alone has none. `name` is without dashes. */
interface Flag {
  readonly name: string;
  readonly value: Word | undefined;
  readonly word: Word;
}

interface Parsed {
  readonly flags: readonly Flag[];
  readonly positional: readonly Word[];
}

/** Flags of `docker build` that stand alone: https://docs.docker.com/reference/cli/docker/buildx/build/ */
const LONE_BUILD_FLAGS = new Set(
  'push load no-cache pull quiet q rm force-rm squash compress check debug D disable-content-trust'.split(' '),
);
const LONE_AWS_FLAGS = new Set(
  ['force-new-deployment', 'no-force-new-deployment', 'no-cli-pager', 'debug', 'no-verify-ssl', 'no-paginate'].concat(
    'no-sign-request enable-execute-command disable-execute-command enable-ecs-managed-tags no-cli-auto-prompt'.split(
      ' ',
    ),
  ),
);

/** Splits words into flags and the rest. A flag takes the next word, unless it stands alone or has `=`. */
function parseFlags(words: readonly Word[], lone: ReadonlySet<string>): Parsed {
  const flags: Flag[] = [];
  const positional: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word) break;
    const [, name, assigned] = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(word.text) ?? [];
    if (name === undefined) positional.push(word);
    else if (assigned !== undefined) flags.push({ name, value: tail(word, word.text.length - assigned.length), word });
    else if (lone.has(name)) flags.push({ name, value: undefined, word });
    else flags.push({ name, value: words[++i], word });
  }
  return { flags, positional };
}

/** The rest of a word from an offset. */
function tail(word: Word, offset: number): Word {
  const { uri, span } = word.at;
  const exact = span.end - span.start === word.text.length;
  const at = exact ? locationOf(uri, span.start + offset, span.end) : word.at;
  return { text: word.text.slice(offset), open: word.open, at };
}

export function readDockerCommand(state: JobState, command: ScriptCommand): void {
  const words = command.words.filter((word) => word.text !== 'image');
  const verbs = words.slice(0, 2).map((word) => word.text);
  if (verbs[0] === 'buildx' && verbs[1] === 'build') readBuild(state, command, words.slice(2));
  else if (verbs[0] === 'build') readBuild(state, command, words.slice(1));
  else if (verbs[0] === 'tag') readTag(state, words[1], words[2]);
  else if (verbs[0] === 'push') {
    const { positional, flags } = parseFlags(words.slice(1), new Set(['all-tags', 'a', 'q', 'quiet']));
    readPush(state, positional[0], flags.length > 0);
  }
}

function readBuild(state: JobState, command: ScriptCommand, words: readonly Word[]): void {
  const { flags, positional } = parseFlags(words, LONE_BUILD_FLAGS);
  const values = (...names: readonly string[]): readonly Word[] =>
    flags.flatMap((flag) => (names.includes(flag.name) && flag.value ? [flag.value] : []));
  const optional = (word: Word | undefined): Value<string> => (word ? pathValue(word) : absent(command.at));
  const output = values('output', 'o').some((word) => /type=registry|push=true/.test(word.text));
  state.builds.push({
    at: command.at,
    context: contextValue(positional.at(-1), command),
    dockerfile: optional(values('file', 'f').at(-1)),
    workingDirectory: command.folder,
    tags: [...values('tag', 't')],
    target: optional(values('target').at(-1)),
    buildArguments: values('build-arg').flatMap(buildArgument),
    pushes: output || flags.some((flag) => flag.name === 'push' && flag.value?.text !== 'false'),
  });
}

function pathValue(word: Word): Value<string> {
  const path = repositoryPath(word.text);
  return path === word.text || path.includes('$') ? wordValue(word) : known(path || '.', word.at);
}

function contextValue(word: Word | undefined, command: ScriptCommand): Value<string> {
  if (!word) return absent(command.at);
  const elsewhere = word.text === '-' || /^(?:https?:|git@|git:)/.test(word.text);
  return elsewhere ? dynamic(word.text, word.at, 'the context is not a folder here') : pathValue(word);
}

/** `NAME=value`; a lone name takes its value from the environment. */
function buildArgument(word: Word): readonly EnvironmentVariable[] {
  const equals = word.text.indexOf('=');
  if (equals <= 0) return [{ name: known(word.text, word.at), value: dynamic('', word.at, COMPUTED), at: word.at }];
  const value = tail(word, equals + 1);
  return [{ name: known(word.text.slice(0, equals), word.at), value: wordValue(value), at: value.at }];
}

function readTag(state: JobState, source: Word | undefined, target: Word | undefined): void {
  if (!source || !target) return;
  const build = state.builds.findLast((one) => one.tags.some((tag) => sameImage(tag.text, source.text)));
  if (build) build.tags.push(target);
  else state.otherImages.push(target);
}

function readPush(state: JobState, image: Word | undefined, all: boolean): void {
  if (!image) return;
  const named = state.builds.filter((one) => one.tags.some((tag) => pushesTag(tag.text, image.text, all)));
  const pushed: readonly OpenBuild[] = named.length === 0 && state.builds.length === 1 ? state.builds : named;
  if (named.length === 0) state.otherImages.push(image);
  for (const build of pushed) build.pushes = true;
}

/** Without a tag, `latest` is meant. */
function sameImage(a: string, b: string): boolean {
  return a === b || a === `${b}:latest` || b === `${a}:latest`;
}

function pushesTag(tag: string, image: string, all: boolean): boolean {
  return sameImage(tag, image) || (all && tag.startsWith(`${image}:`));
}

/** `aws ecs wait services-stable` asks 40 times, every 15 seconds: https://docs.aws.amazon.com/cli/latest/reference/ecs/wait/services-stable.html */
const WAITER_MINUTES = 10;

export function readAwsCommand(state: JobState, command: ScriptCommand): void {
  const ecs = command.words.findIndex((word) => word.text === 'ecs');
  const [verb, ...rest] = command.words.slice(ecs + 1);
  if (ecs < 0 || !verb) return;
  if (verb.text === 'wait' && rest[0]?.text === 'services-stable') {
    const minutes = command.repeated ? dynamic('', command.at, COMPUTED) : known(WAITER_MINUTES, command.at);
    state.waits.push({ at: command.at, minutes });
  } else if (verb.text === 'describe-services' && state.deploys.length > 0) {
    // A script of its own that looks at the service after the deployment.
    state.waits.push({ at: command.at, minutes: dynamic('', command.at, COMPUTED) });
  } else if (verb.text === 'register-task-definition') {
    state.registrations.push(command.at);
    const { flags } = parseFlags(rest, LONE_AWS_FLAGS);
    const input = flags.find(({ name }) => name === 'cli-input-json' || name === 'cli-input-yaml')?.value;
    state.registered = input ? registeredPath(input, command) : undefined;
  } else if (verb.text === 'update-service') readUpdateService(state, command, rest);
}

function readUpdateService(state: JobState, command: ScriptCommand, rest: readonly Word[]): void {
  const { flags } = parseFlags(rest, LONE_AWS_FLAGS);
  const value = (name: string): Word | undefined => flags.find((flag) => flag.name === name)?.value;
  const optional = (name: string): Value<string> => {
    const word = value(name);
    return word ? wordValue(word) : absent(command.at);
  };
  const names = { at: command.at, service: optional('service'), cluster: optional('cluster') };
  const count = value('desired-count');
  if (count) {
    const isNumber = !count.open && /^\d{1,6}$/.test(count.text);
    state.counts.push({
      ...names,
      count: isNumber ? known(Number(count.text), count.at) : dynamic(count.text, count.at, COMPUTED),
    });
  }
  const force = flags.find((flag) => flag.name === 'force-new-deployment');
  const named = value('task-definition');
  if (!force && !named) return;
  state.deploys.push({
    ...names,
    taskDefinition: named
      ? (state.registered ?? dynamic(named.text, named.at, 'it names a registered task definition, not a file'))
      : absent(command.at),
    waitForServiceStability: absent(command.at),
    waitForMinutes: absent(command.at),
    forceNewDeployment: force ? known(true, force.word.at) : absent(command.at),
  });
}

function registeredPath(input: Word, command: ScriptCommand): Value<string> {
  const file = /^file:\/\/(.+)$/.exec(input.text)?.[1];
  if (file === undefined) return dynamic(input.text, input.at, COMPUTED);
  return filePath(file, input.at, command);
}

/** A path of the repository that a command names. */
export function filePath(file: string, at: Location, command: ScriptCommand): Value<string> {
  const path = repositoryPath(file);
  if (path.includes('$')) return dynamic(file, at, COMPUTED);
  return path === file ? joinFolder(command.folder, path, at) : known(path, at);
}
