// `go run ./cmd/api`, and the tools that build and start a Go program again when its files change: air, CompileDaemon.

import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { isKnown } from '../../facts/value.ts';
import { argumentsOf, containerPath, knownCommand, listensNone, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import { goBuilds } from './goBuilds.ts';
import { programOutcome } from './programOutcome.ts';

export const goCommand: Launcher = {
  id: 'goCommand',
  runs: (command) => command === 'go',
  resolve(process) {
    const [verb, ...words] = argumentsOf(process);
    if (verb === undefined || wordText(verb) !== 'run') return listensNone(process);
    const flags = parseFlags(words, {
      valued: [['-tags'], ['-ldflags'], ['-mod'], ['-gcflags'], ['-exec'], ['-C']],
      stopsAtPositional: true,
    });
    const files = flags.rest.findIndex((word) => !wordText(word).endsWith('.go'));
    const count = Math.max(1, files < 0 ? flags.rest.length : files);
    return runPackages(process, flags.rest.slice(0, count).map(wordText), flags.rest.slice(count));
  },
};

export const goReloaders: Launcher = {
  id: 'goReloaders',
  runs: (command) => command === 'air' || command === 'CompileDaemon' || command === 'fresh' || command === 'reflex',
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const build = command === 'air' ? airBuild(process) : daemonBuild(process);
    if (build === undefined) return unknownOutcome(process, `what ${command} builds is not seen`);
    const words = build.split(/\s+/).filter(Boolean);
    const at = process.argv[0]?.at;
    const index = words.indexOf('go');
    const commands =
      index < 0 || at === undefined
        ? []
        : [{ words: words.slice(index), folder: process.workingDirectory, stage: 0, at }];
    const [found] = commands.flatMap((each) =>
      goBuilds(each, process.files, (path) => process.image.workspaceUri(path)),
    );
    if (found === undefined)
      return unknownOutcome(process, `the program that ${command} builds is not among the files in view`);
    return programOutcome(process, found.source, { main: true, arguments: [], language: undefined });
  },
};

function runPackages(process: ContainerProcess, packages: readonly string[], rest: readonly Value<string>[]): Outcome {
  const at = process.argv[0]?.at;
  if (at === undefined) return listensNone(process);
  const command = { words: ['go', 'build', ...packages], folder: containerPath(process, '.'), stage: 0, at };
  const [found] = goBuilds(command, process.files, (path) => process.image.workspaceUri(path));
  const shown = packages.join(' ');
  if (found === undefined)
    return unknownOutcome(process, `the program of \`go run ${shown}\` is not among the files in view`);
  return programOutcome(process, found.source, { main: true, arguments: rest, language: undefined });
}

/** `build.cmd` of `.air.toml`; https://github.com/air-verse/air/blob/master/air_example.toml */
function airBuild(process: ContainerProcess): string | undefined {
  const flags = parseFlags(argumentsOf(process), { valued: [['-c']] });
  const given = flags.last('-c');
  const path = given === undefined ? '.air.toml' : isKnown(given) ? given.value : undefined;
  if (path === undefined) return undefined;
  const uri = workspaceFile(process, path);
  if (uri === undefined) return given === undefined ? 'go build .' : undefined;
  const config = factOf(process.files.facts(uri), 'configFile');
  const command = config?.entries.findLast(({ key }) => key === 'build.cmd')?.value;
  return command === undefined ? 'go build .' : isKnown(command) ? command.value : undefined;
}

function daemonBuild(process: ContainerProcess): string | undefined {
  const flags = parseFlags(argumentsOf(process), {
    valued: [
      ['-build', '--build'],
      ['-command', '--command'],
      ['-directory', '--directory'],
    ],
  });
  const build = flags.last('-build');
  if (build === undefined) return 'go build .';
  return isKnown(build) ? build.value : undefined;
}
