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
import { type Layer, layered } from './fileLayers.ts';
import type { FileOperation, FileTree } from './fileOperations.ts';
import { fileOperations } from './fileOperations.ts';
import type { Files } from './files.ts';
import { absolutePath } from './imageFiles.ts';
import type { ContainerProcess, Environment } from './launcher.ts';
import { runCommands } from './runCommands.ts';
import { shellChanges } from './shell/interpret.ts';
import { textOfWord } from './shell/state.ts';
import { step } from './text.ts';

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
  const { build: image, files } = build.process;
  const sees = (source: string) => {
    if (from !== undefined) return origin.read(source) !== undefined || origin.list(source).length > 0;
    const uri = joinUri(image?.context ?? '', source.slice(1));
    return /[*?[]/.test(source) || files.exists(uri) || files.folderExists(uri);
  };
  return { kind: 'copyLine', copy, workingDirectory: state.workingDirectory, origin, sees };
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
