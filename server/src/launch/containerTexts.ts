// The text of a file of the container as the server that reads it finds it: copied from the workspace, brought by the
// base image or a package, and then rewritten by the build and by entry scripts. A part of a text still knows the place
// that decides it. What single commands do to files is in `fileOperations.ts`.

import { baseImageName } from '../aws/baseImages.ts';
import type { Distribution, ServerFiles } from '../aws/serverFiles.ts';
import { imageServerFiles, packageServerFiles } from '../aws/serverFiles.ts';
import type { Location } from '../base/text.ts';
import { basename, dirname, joinUri, normalizePath, type Uri } from '../base/uri.ts';
import type { Copy, Dockerfile, ImageCommand, Instruction } from '../facts/dockerfile.ts';
import { stageChain } from '../facts/dockerfile.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Value } from '../facts/value.ts';
import { dynamic, known, knownValue } from '../facts/value.ts';
import { createEnvironment, explained } from './environment.ts';
import { withVariablesOfImage } from './envsubst.ts';
import type { FileOperation, FileTree } from './fileOperations.ts';
import { fileOperations, matchesPath } from './fileOperations.ts';
import type { Files } from './files.ts';
import { matchesGlob } from './globs.ts';
import { absolutePath } from './imageFiles.ts';
import type { ContainerProcess, Environment } from './launcher.ts';
import { runCommands } from './runCommands.ts';
import { shellChanges } from './shell/interpret.ts';
import { textOfWord } from './shell/state.ts';
import { step } from './text.ts';

/** Folders that servers bring; a COPY to one of them copies into it. */
const SERVER_FOLDERS =
  /^\/(?:etc|usr\/local\/etc|usr\/local\/apache2\/conf|usr\/local\/openresty\/nginx\/conf)(?:\/(?:nginx|apache2|httpd|conf|caddy|haproxy|supervisor|supervisord\.d|php-fpm\.d|(?:conf|http|default|stream-conf)\.d|templates|sites-(?:available|enabled)|extra|services\.d|s6-overlay|s6-rc\.d))*$/;

const nowhere: Location = { uri: '', span: { start: 0, end: 0 } };
const noTree: FileTree = { read: () => undefined, list: () => [] };

/** The files of a process's container. */
export function containerTexts(process: ContainerProcess): FileTree {
  const image =
    process.build === undefined ? foreignOperations(process) : imageOperations(process, process.build.stage);
  return layered([...image, ...fileOperations(process.changes)]);
}

/** An image that is not built here: what its own files say. */
function foreignOperations(process: ContainerProcess): readonly Layer[] {
  const [at] = process.argv.map((word) => word.at);
  const reference = process.imageReference;
  if (at === undefined || reference === undefined) return [];
  const { repository, tag } = baseImageName(reference.value);
  return brought(imageServerFiles(repository, tag), reference.at, `image ${reference.value}`, process.environment);
}

/** A COPY line, besides what commands do. */
interface CopyLayer {
  readonly kind: 'copyLine';
  readonly copy: Copy;
  readonly workingDirectory: string | undefined;
  readonly origin: FileTree;
}

type Layer = FileOperation | CopyLayer;

interface Build {
  readonly process: ContainerProcess;
  readonly dockerfile: Dockerfile;
  readonly trees: Map<number, FileTree>;
}

function imageOperations(process: ContainerProcess, stage: number): readonly Layer[] {
  const dockerfile = process.build?.dockerfile;
  return dockerfile === undefined ? [] : stageLayers({ process, dockerfile, trees: new Map() }, stage);
}

function stageTree(build: Build, stage: number): FileTree {
  const found = build.trees.get(stage);
  if (found !== undefined) return found;
  // Remembered before it is followed: a copy from itself ends here.
  build.trees.set(stage, noTree);
  const tree = layered(stageLayers(build, stage));
  build.trees.set(stage, tree);
  return tree;
}

function stageLayers(build: Build, index: number): readonly Layer[] {
  const stages = stageChain(build.dockerfile, index).toReversed();
  const from = stages[0]?.from;
  const reference = from === undefined ? '' : (knownValue(from) ?? '');
  const { repository, tag } = baseImageName(reference);
  const layers: Layer[] =
    from === undefined
      ? []
      : [...brought(imageServerFiles(repository, tag), from.at, `FROM ${reference}`, build.process.environment)];
  const state: StageState = { workingDirectory: '/', variables: new Map(), distribution: undefined };
  for (const instruction of stages.flatMap(({ instructions }) => instructions)) {
    layers.push(...instructionLayers(build, index, instruction, state));
  }
  return layers;
}

interface StageState {
  workingDirectory: string | undefined;
  readonly variables: Map<string, Value<string>>;
  distribution: Distribution | undefined;
}

function instructionLayers(build: Build, index: number, instruction: Instruction, state: StageState): readonly Layer[] {
  switch (instruction.kind) {
    case 'env':
    case 'arg': {
      const { name, value, at } = instruction;
      if (value.state !== 'absent')
        state.variables.set(name, explained(name, value, at, instruction.kind.toUpperCase()));
      return [];
    }
    case 'workdir': {
      const path = knownValue(instruction.path);
      state.workingDirectory = path === undefined ? undefined : absolutePath(path, state.workingDirectory);
      return [];
    }
    case 'copy':
      return [copyLayer(build, index, instruction, state)];
    case 'run':
      return runLayers(build.process, instruction.command, state);
    default:
      return [];
  }
}

function copyLayer(build: Build, index: number, copy: Copy, state: StageState): Layer {
  const { from } = copy;
  const stage = from !== undefined && 'stage' in from && from.stage < index ? from.stage : undefined;
  const origin =
    from === undefined ? contextTree(build.process) : stage === undefined ? noTree : stageTree(build, stage);
  return { kind: 'copyLine', copy, workingDirectory: state.workingDirectory, origin };
}

function contextTree({ files, build, shownPath }: ContainerProcess): FileTree {
  const context = build?.context ?? '';
  return {
    read(path) {
      const uri = joinUri(context, path.slice(1));
      return files.exists(uri) ? workspaceText(files, uri, shownPath(uri)) : undefined;
    },
    list: (folder) =>
      files.list(joinUri(context, folder.slice(1))).map((uri) => normalizePath(`${folder}/${basename(uri)}`)),
  };
}

function workspaceText(files: Files, uri: Uri, name: string): Value<string> {
  const facts = files.facts(uri);
  const fact = factOf(facts, 'serverConfig') ?? factOf(facts, 'shellScript');
  if (fact !== undefined) return known(fact.text, fact.at);
  return dynamic(name, { uri, span: { start: 0, end: 0 } }, `${name} could not be read`);
}

function brought(
  files: ServerFiles,
  at: Location,
  from: string,
  environment: Environment | undefined,
): readonly FileOperation[] {
  return Object.entries(files).map(([path, file]): FileOperation => {
    if (typeof file !== 'string') return { kind: 'link', path, target: file.linksTo };
    const text = known(file, at, [step(at, `${from} brings ${path}`)]);
    return {
      kind: 'put',
      path,
      mode: 'default',
      content: () => (environment === undefined ? text : withVariablesOfImage(text, environment)),
    };
  });
}

function runLayers(process: ContainerProcess, command: ImageCommand, state: StageState): readonly Layer[] {
  const layers: Layer[] = [];
  for (const { words } of runCommands(command).commands) layers.push(...installed(words, command.at, state));
  const [word] = command.words;
  if (word?.state !== 'known') return layers;
  const { workingDirectory = '/' } = state;
  const environment = createEnvironment(new Map(state.variables), undefined);
  const shell: ContainerProcess = { ...process, argv: [], environment, workingDirectory, changes: [], trail: [] };
  const text = command.form === 'shell' ? textOfWord(word) : textOfWord(execText(command) ?? word);
  const changes = shellChanges(shell, text);
  if (changes !== undefined) return [...layers, ...fileOperations(changes)];
  const concerns = (path: string) => text.text.includes(path) || text.text.includes(`${dirname(path)}/`);
  return [...layers, { kind: 'doubt', concerns, reason: 'a RUN line may rewrite it' }];
}

/** `RUN ["sh", "-c", "…"]`. */
function execText({ words }: ImageCommand) {
  const flag = words.findIndex((word) => word.state === 'known' && /^-[a-z]*c$/.test(word.value));
  const text = words[flag + 1];
  return flag > 0 && text?.state === 'known' ? text : undefined;
}

const installers: Readonly<Record<string, Distribution>> = {
  apt: 'debian',
  'apt-get': 'debian',
  aptitude: 'debian',
  apk: 'alpine',
  yum: 'fedora',
  dnf: 'fedora',
  microdnf: 'fedora',
  'amazon-linux-extras': 'fedora',
};

/** What packages bring; a file that is there already stays. */
function installed(words: readonly (string | undefined)[], at: Location, state: StageState): readonly FileOperation[] {
  const distribution = installers[words[0] ?? ''];
  if (distribution === undefined) return [];
  state.distribution = distribution;
  if (!words.some((word) => word === 'install' || word === 'add')) return [];
  return words.flatMap((word) => {
    const name = word?.split(/[=~<>]/, 1)[0] ?? '';
    return brought(packageServerFiles(name, distribution), at, `the package ${name}`, undefined);
  });
}

/** Reads from the last layer back to where a file comes from. */
function layered(layers: readonly Layer[]): FileTree {
  // Once it is used up, every answer is open: commands that copy files to and fro could be followed for ever.
  let budget = MOST_STEPS;
  let looks = MOST_STEPS * 5;
  let links = MOST_LINKS;
  const read = (path: string, before: number): Value<string> | undefined => {
    for (let index = before - 1; index >= 0; index--) {
      const layer = layers[index];
      if (layer === undefined) continue;
      if (budget-- <= 0) return dynamic(path, nowhere, `what commands make of ${path} takes too many steps to follow`);
      const below = (other: string) => read(normalizePath(other), index);
      const linked = layer.kind === 'link' ? linkedPath(layer, path) : undefined;
      // What the link points to may have been written later than the link.
      if (linked !== undefined) return links-- > 0 ? read(linked, before) : undefined;
      const found = layer.kind === 'copyLine' ? readCopied(layer, path) : readOperation(layer, path, below);
      if (found === 'gone') return undefined;
      if (found === 'elsewhere') continue;
      const isLong = found.state === 'known' && found.value.length > LONGEST;
      return isLong ? dynamic(path, nowhere, `${path} is too long to read`) : found;
    }
    return undefined;
  };
  const mayHold = remembered((key: string): readonly string[] => {
    const space = key.indexOf(' ');
    const folder = key.slice(space + 1);
    const paths = new Set<string>();
    for (const [index, layer] of layers.slice(0, Number(key.slice(0, space))).entries()) {
      if (looks-- <= 0) break;
      for (const path of listed(layer, folder, (other) => mayHold(`${index} ${normalizePath(other)}`))) paths.add(path);
    }
    return [...paths].filter((path) => dirname(path) === folder);
  });
  const texts = remembered((path: string) => read(path, layers.length));
  const lists = remembered((folder: string): readonly string[] =>
    mayHold(`${layers.length} ${folder}`)
      .filter((path) => texts(path) !== undefined)
      .sort(),
  );
  return { read: (path) => texts(normalizePath(path)), list: (folder) => lists(normalizePath(folder)) };
}

const MOST_STEPS = 20_000;
const MOST_LINKS = 500;
const LONGEST = 500_000;

function remembered<T>(answer: (key: string) => T): (key: string) => T {
  const found = new Map<string, { readonly value: T }>();
  return (key) => {
    const before = found.get(key);
    if (before !== undefined) return before.value;
    const value = answer(key);
    found.set(key, { value });
    return value;
  };
}

type Answer = Value<string> | 'gone' | 'elsewhere';

/** Where a path leads that is a symbolic link or lies below one. */
function linkedPath({ path, target }: Extract<FileOperation, { kind: 'link' }>, asked: string): string | undefined {
  const isMeant = (asked === path || asked.startsWith(`${path}/`)) && path !== target;
  return isMeant ? normalizePath(target + asked.slice(path.length)) : undefined;
}

function readOperation(operation: FileOperation, path: string, below: FileTree['read']): Answer {
  switch (operation.kind) {
    case 'put': {
      if (operation.path !== path) return 'elsewhere';
      const before = operation.mode === 'replaces' ? undefined : below(path);
      if (operation.mode === 'default' && before !== undefined) return before;
      return operation.content(below, before) ?? 'elsewhere';
    }
    case 'copy':
      for (const { target, source } of copyTargets(operation.from, operation.to, path)) {
        const found = target === path ? below(source) : undefined;
        if (found !== undefined) return found;
      }
      return operation.moves && matchesPath(operation.from, path) ? 'gone' : 'elsewhere';
    case 'remove':
      return matchesPath(operation.path, path) ? 'gone' : 'elsewhere';
    case 'change': {
      const before = matchesPath(operation.path, path) ? below(path) : undefined;
      return before === undefined ? 'elsewhere' : operation.change(before);
    }
    case 'link':
      return 'elsewhere';
    case 'doubt':
      if (!operation.concerns(path)) return 'elsewhere';
      return dynamic(path, nowhere, `${path}: ${operation.reason}`);
  }
}

/** Which source may stand at a path after a copy: the file itself, renamed or put into a folder, or one of its folder. */
function copyTargets(from: string, to: string, path: string) {
  const source = normalizePath(from.replace(/\/\.?$/, ''));
  const target = normalizePath(to);
  const inFolder = `${target}/${basename(source)}`;
  const found = [{ source, target: normalizePath(inFolder) }];
  if (!to.endsWith('/') && !SERVER_FOLDERS.test(target)) found.push({ source, target });
  const isGlob = /[*?[]/.test(basename(source));
  const prefix = target === '/' ? '/' : `${target}/`;
  if (!path.startsWith(prefix)) return isGlob ? [] : found;
  const rest = path.slice(prefix.length);
  if (!isGlob) return [...found, { source: normalizePath(`${source}/${rest}`), target: path }];
  const [first = ''] = rest.split('/', 1);
  if (!matchesGlob(basename(source), first)) return [];
  return [{ source: normalizePath(`${dirname(source)}/${rest}`), target: path }];
}

function readCopied({ copy, workingDirectory, origin }: CopyLayer, path: string): Answer {
  const destination = knownValue(copy.destination);
  const target = destination === undefined ? undefined : absolutePath(destination, workingDirectory);
  if (destination === undefined || target === undefined) return 'elsewhere';
  const to = /(?:^|\/)\.{0,2}$/.test(destination) || copy.sources.length > 1 ? `${target}/` : target;
  for (const source of copy.sources) {
    const from = knownValue(source);
    if (from === undefined) continue;
    for (const candidate of copyTargets(normalizePath(`/${from}`), to, path)) {
      const found = candidate.target === path ? origin.read(candidate.source) : undefined;
      if (found !== undefined) return found;
    }
  }
  for (const { name, text } of copy.inline ?? []) {
    if (path === inlinePath(to, name)) return text.state === 'absent' ? 'elsewhere' : text;
  }
  return 'elsewhere';
}

function inlinePath(to: string, name: string): string {
  return to.endsWith('/') ? normalizePath(`${to}${name}`) : to;
}

/** Paths that a layer may put into a folder; `below` lists what the layers before it may. */
function listed(layer: Layer, folder: string, below: FileTree['list']): readonly string[] {
  switch (layer.kind) {
    case 'put':
      return [layer.path];
    case 'link': {
      const linked = linkedPath(layer, folder);
      if (linked === undefined) return [layer.path];
      return below(linked).map((path) => `${folder}/${basename(path)}`);
    }
    case 'copy':
      return copiedInto(layer.from, layer.to, folder, below);
    case 'copyLine': {
      const destination = knownValue(layer.copy.destination) ?? '';
      const target = absolutePath(destination, layer.workingDirectory) ?? '/';
      const copied = layer.copy.sources.flatMap((source) => {
        const from = knownValue(source);
        return from === undefined ? [] : copiedInto(normalizePath(`/${from}`), target, folder, layer.origin.list);
      });
      const to = destination.endsWith('/') ? `${target}/` : target;
      return [...copied, ...(layer.copy.inline ?? []).map(({ name }) => inlinePath(to, name))];
    }
    default:
      return [];
  }
}

function copiedInto(from: string, to: string, folder: string, list: FileTree['list']): readonly string[] {
  const source = normalizePath(from.replace(/\/\.?$/, ''));
  const target = normalizePath(to);
  const names = [target, normalizePath(`${target}/${basename(source)}`)];
  if (/[*?[]/.test(basename(source))) {
    if (folder !== target) return [];
    return list(dirname(source) || '/').map((path) => `${folder}/${basename(path)}`);
  }
  if (folder === target) names.push(...list(source).map((path) => `${folder}/${basename(path)}`));
  else if (folder.startsWith(target === '/' ? '/' : `${target}/`)) {
    const rest = folder.slice(target === '/' ? 0 : target.length);
    names.push(...list(normalizePath(`${source}/${rest}`)).map((path) => `${folder}/${basename(path)}`));
  }
  return names;
}
