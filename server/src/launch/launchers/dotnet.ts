// `dotnet App.dll`, `dotnet run`, and programs that `dotnet publish` made into executables: the project they were built
// from, its Program.cs, and what that listens on.

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone, workspaceFile } from '../argv.ts';
import { aspnetListens } from '../dotnet/aspnet.ts';
import { withLaunchProfile } from '../dotnet/launchProfile.ts';
import { isBuiltByDotnet, type Project, projectIn, projectNamed, readProject } from '../dotnet/projects.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { composeListens, runningListeners, startProgram } from '../program.ts';
import { lastSegment, step, wordText } from '../text.ts';

export const dotnet: Launcher = {
  id: 'dotnet',
  runs: (command) => command === 'dotnet',
  resolve(process) {
    const words = argumentsOf(process);
    const [first, ...rest] = words[0]?.state === 'known' && words[0].value === 'exec' ? words.slice(1) : words;
    if (first?.state !== 'known') return unknownOutcome(process, 'the arguments of dotnet are open');
    if (first.value.endsWith('.dll')) return runAssembly(process, lastSegment(first.value).slice(0, -4), rest);
    switch (first.value) {
      case 'run':
        return runProject(process, rest);
      case 'watch':
        return runProject(process, wordText(rest.at(-1) ?? first) === 'test' ? [] : rest);
      case 'test':
      case 'build':
      case 'restore':
      case 'publish':
      case 'ef':
      case 'tool':
      case 'dev-certs':
        return listensNone(process);
      default:
        return unknownOutcome(process, `what \`dotnet ${first.value}\` runs is not known`);
    }
  },
};

/** A program that brings its own runtime, or starts one: `./App`. */
export const dotnetExecutable: Launcher = {
  id: 'dotnetExecutable',
  runs: (command, process) =>
    isBuiltByDotnet(process.build) &&
    workspaceFile(process, knownCommand(process) ?? '') === undefined &&
    projectNamed(process, command) !== undefined,
  resolve: (process) => runAssembly(process, lastSegment(knownCommand(process) ?? ''), argumentsOf(process)),
};

function runAssembly(process: ContainerProcess, name: string, words: readonly Value<string>[]): Outcome {
  const project = projectNamed(process, name);
  if (project === undefined)
    return unknownOutcome(process, `the project that ${name}.dll was built from was not found`);
  return runProgram(process, project, words);
}

/** https://learn.microsoft.com/dotnet/core/tools/dotnet-run */
function runProject(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const options: Value<string>[] = [];
  let given: string | undefined;
  let profile: string | undefined;
  let usesProfile = true;
  const dashes = words.findIndex((word) => wordText(word) === '--');
  const own = dashes < 0 ? words : words.slice(0, dashes);
  for (let index = 0; index < own.length; index++) {
    const word = own[index];
    if (word?.state !== 'known') return unknownOutcome(process, 'the arguments of dotnet run are open');
    const [flag = '', joined] = splitOption(word.value);
    const next = () => joined ?? wordText(own[++index] ?? word);
    if (flag === '--project' || (flag === '-p' && joined === undefined)) given = next();
    else if (flag === '--launch-profile' || flag === '-lp') profile = next();
    else if (flag === '--no-launch-profile') usesProfile = false;
    else if (/^(?:-c|--configuration|-f|--framework|-r|--runtime|-v|--verbosity|-a|--arch|--os)$/.test(flag)) next();
    else if (
      !/^(?:run|watch|--no-build|--no-restore|--no-hot-reload|--non-interactive|--quiet|-p|-p:.*|--property.*)$/.test(
        flag,
      )
    )
      options.push(word);
  }
  const project = projectAt(process, given ?? '.');
  if (project === undefined)
    return unknownOutcome(process, 'the project that dotnet runs is not among the files in view');
  const launched = usesProfile ? withLaunchProfile(process, project.uri, profile) : process;
  if (launched === undefined) return unknownOutcome(process, 'the launch profile of dotnet run could not be read');
  return runProgram(launched, project, [...options, ...(dashes < 0 ? [] : words.slice(dashes + 1))]);
}

function splitOption(text: string): readonly [string, string?] {
  const equals = text.startsWith('--') ? text.indexOf('=') : -1;
  return equals < 0 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}

function projectAt(process: ContainerProcess, path: string): Project | undefined {
  const uri = process.image.workspaceUri(joinUri(process.workingDirectory, path));
  if (uri === undefined) return undefined;
  const project = readProject(process.files, uri);
  return project === undefined ? projectIn(process.files, uri) : { uri, project };
}

/** Libraries that open a port by themselves, in programs that make no web server. */
const openingLibraries =
  /^(?:Microsoft\.AspNetCore|prometheus-net|EmbedIO|Nancy|ServiceStack|Grpc\.(?:Core|AspNetCore)|SuperSocket|DotNetty|Fleck|WebSocketSharp|Watson|GenHTTP|CoreWCF|SoapCore|Microsoft\.Orleans|Akka\.Remote|MQTTnet|Suave|Giraffe|Saturn|Microsoft\.Azure\.(?:Functions|WebJobs)|Amazon\.Lambda\.AspNetCoreServer)/i;

function runProgram(process: ContainerProcess, found: Project, words: readonly Value<string>[]): Outcome {
  const { uri, project } = found;
  const shown = process.shownPath(uri);
  if (!uri.endsWith('.csproj')) return unknownOutcome(process, `the program of ${shown} is not written in C#`, uri);
  const entry = entryFile(process, dirname(uri));
  if (entry === undefined) return unknownOutcome(process, `the start of the program of ${shown} was not found`, uri);
  const running = startProgram({
    process,
    entry,
    main: true,
    arguments: words,
    folders: [],
    containerFolders: [],
  });
  if (running === undefined) return unknownOutcome(process, `${process.shownPath(entry)} could not be read`, entry);
  const calls = runningListeners(running);
  const trail = [...process.trail, step(running.entry.program.at, `${process.shownPath(entry)} of ${shown}`)];
  if (calls.some(({ listener }) => listener.api.id === 'aspnet.host')) {
    return { kind: 'listens', listens: aspnetListens(running.evaluation, calls, trail), program: entry };
  }
  const file = process.shownPath(entry);
  if (/\.Sdk\.(?:Web|BlazorWebAssembly)\b/.test(project.sdk)) {
    return unknownOutcome(process, `where ${file} starts its web server was not found`, entry);
  }
  const library = calls.length > 0 ? undefined : project.references.find((name) => openingLibraries.test(name));
  if (library !== undefined) return unknownOutcome(process, `${shown} uses ${library}, which may open a port`, entry);
  return { kind: 'listens', listens: composeListens(running, calls, process), program: entry };
}

/** Program.cs, else the file of the project's folder that has `Main`. */
function entryFile(process: ContainerProcess, folder: Uri): Uri | undefined {
  const { files } = process;
  const usual = joinUri(folder, 'Program.cs');
  if (files.exists(usual)) return usual;
  return files.list(folder).find((uri) => {
    if (!uri.endsWith('.cs')) return false;
    const program = factOf(files.facts(uri, 'program'), 'program');
    return program?.definitions.some(({ name, scope }) => name === 'Main' && scope.path.length > 0) ?? false;
  });
}
