// Binaries that are built in the Dockerfile, or before it: `/app/server` of `go build -o server ./cmd/api`. Traced to the
// program they are built from.

import type { Location } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import { basename, joinUri } from '../../base/uri.ts';
import { argumentsOf, containerPath, knownCommand } from '../argv.ts';
import type { Files } from '../files.ts';
import { buildImage } from '../image.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { step } from '../text.ts';
import { type BuildCommand, buildCommands, placesOf } from './buildCommands.ts';
import { cargoBinaries, cargoBuilds } from './cargoBuilds.ts';
import type { BinaryBuild } from './goBuilds.ts';
import { goBuilds, mainFile } from './goBuilds.ts';
import { programOutcome } from './programOutcome.ts';

const searchPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin', '/go/bin'];

/** A binary that a command of the Dockerfile writes. */
export const builtBinary: Launcher = {
  id: 'builtBinary',
  runs: (_command, process) => builtProgram(process) !== undefined,
  resolve(process) {
    const found = builtProgram(process);
    return found === undefined ? unknownOutcome(process, 'the binary is not built here') : startBinary(process, found);
  },
};

/** A binary of which nothing in the Dockerfile says how it is built: the only program of the workspace, if there is one. */
export const prebuiltBinary: Launcher = {
  id: 'prebuiltBinary',
  runs: (_command, process) => presumedProgram(process) !== undefined,
  resolve(process) {
    const found = presumedProgram(process);
    return found === undefined ? unknownOutcome(process, 'the binary is not built here') : startBinary(process, found);
  },
};

interface Program {
  readonly source: Uri;
  readonly at: Location;
  readonly text: string;
}

function startBinary(process: ContainerProcess, { source, at, text }: Program): Outcome {
  const started = { ...process, trail: [...process.trail, step(at, text)] };
  return programOutcome(started, source, { main: true, arguments: argumentsOf(process), language: undefined });
}

interface FoundBuild extends BinaryBuild {
  readonly command: BuildCommand;
}

function builtProgram(process: ContainerProcess): Program | undefined {
  const { build } = process;
  const command = knownCommand(process);
  if (build === undefined || command === undefined) return undefined;
  const builds = allBuilds(process);
  if (builds.length === 0) return undefined;
  const places = pathsOf(process, command).flatMap((path) => placesOf(build.dockerfile, build.stage, path));
  const exact = builds.find(
    ({ output, command: { stage } }) =>
      output !== undefined && places.some((place) => place.path === output && place.stage === stage),
  );
  if (exact !== undefined) return described(exact);
  const names = new Set([basename(command), ...places.map(({ path }) => basename(path))]);
  const named = builds.filter(({ output }) => output !== undefined && names.has(basename(output)));
  const [first] = named;
  return first !== undefined && named.every(({ source }) => source === first.source) ? described(first) : undefined;
}

/** The paths that a command may stand at. */
function pathsOf(process: ContainerProcess, command: string): readonly string[] {
  return command.includes('/') ? [containerPath(process, command)] : searchPath.map((folder) => `${folder}/${command}`);
}

function described({ source, command }: FoundBuild): Program {
  return { source, at: command.at, text: command.words.map((word) => word ?? '…').join(' ') };
}

function allBuilds(process: ContainerProcess): readonly FoundBuild[] {
  const { build, files } = process;
  if (build === undefined) return [];
  return buildCommands(build.dockerfile).flatMap((command) => {
    if (command.words[0] === undefined || !/^(?:.*\/)?(?:go|cargo|cross)$/.test(command.words[0])) return [];
    const image = buildImage(build.dockerfile, command.stage, build.context, files);
    const folderAt = (path: string) => image.files.workspaceUri(path);
    const found = [...goBuilds(command, files, folderAt), ...cargoBuilds(command, files, folderAt)];
    return found.map((each) => ({ ...each, command }));
  });
}

/** Where programs of Go and Rust stand by habit. */
function presumedProgram(process: ContainerProcess): Program | undefined {
  const { context, files } = process;
  const command = knownCommand(process);
  if (context === undefined || command === undefined) return undefined;
  // A tool of the base image is not the workspace's program.
  if (!pathsOf(process, command).some((path) => process.image.workspaceUri(path) !== undefined)) return undefined;
  const crates = cargoBinaries(files, context, { binary: undefined, package: undefined });
  const binaries = files.exists(joinUri(context, 'go.mod')) ? goPrograms(files, context) : crates;
  const named = binaries.filter(({ name }) => name === basename(command));
  const [only, another] = named.length > 0 ? named : binaries;
  if (only === undefined || another !== undefined) return undefined;
  const at = process.argv[0]?.at;
  return (
    at && { source: only.source, at, text: `${basename(command)} is built from ${process.shownPath(only.source)}` }
  );
}

function goPrograms(files: Files, context: Uri): readonly { readonly name: string; readonly source: Uri }[] {
  const folders = [context, ...files.folders(context), ...files.folders(joinUri(context, 'cmd'))];
  return folders.flatMap((folder) => {
    const source = mainFile(files, folder);
    return source === undefined ? [] : [{ name: basename(folder), source }];
  });
}
