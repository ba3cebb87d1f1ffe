// Phoenix: `mix phx.server`, and releases (`bin/app start`, `bin/server`). The port stands in config/runtime.exs, else in
// the file of the environment. https://hexdocs.pm/phoenix/releases.html

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone, workspaceFile } from '../argv.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import type { ListenCall, RunningProgram } from '../program.ts';
import { composeListens, runningListeners, startProgram } from '../program.ts';
import { lastSegment, step, wordText } from '../text.ts';

const starts = /^(?:start|start_iex|daemon|foreground|console)$/;
const others = /^(?:eval|rpc|remote|stop|restart|pid|version|command|migrate|seed)$/;

export const elixir: Launcher = {
  id: 'elixir',
  runs(command, process) {
    if (/^(?:mix|iex|elixir)$/.test(command)) return true;
    if (!buildsRelease(process)) return false;
    const [first] = argumentsOf(process).map(wordText);
    return isServerScript(process) || (first !== undefined && (starts.test(first) || others.test(first)));
  },
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const words = argumentsOf(process).map(wordText);
    if (/^(?:mix|iex|elixir)$/.test(command)) return runMix(process, words);
    if (isServerScript(process)) return runRelease(withServer(process));
    return starts.test(words[0] ?? '') ? runRelease(process) : listensNone(process);
  },
};

function buildsRelease({ build }: ContainerProcess): boolean {
  return (
    build?.dockerfile.stages.some(({ instructions }) =>
      instructions.some(
        (instruction) =>
          instruction.kind === 'run' && isReleaseBuild(instruction.command.words.map(wordText).join(' ')),
      ),
    ) ?? false
  );
}

/** `mix release`, `mix do deps.get, release`, `MIX_ENV=prod mix release shop`. */
function isReleaseBuild(text: string): boolean {
  return text.split(/[&;|]/).some((command) => /\bmix\b/.test(command) && /\brelease\b/.test(command));
}

/** The script of Phoenix's generator: it sets PHX_SERVER and starts the release. */
function isServerScript(process: ContainerProcess): boolean {
  return /(?:^|\/)bin\/server$/.test(knownCommand(process) ?? '');
}

function withServer(process: ContainerProcess): ContainerProcess {
  const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
  const value = known('true', at, [step(at, 'bin/server sets PHX_SERVER=true')]);
  return { ...process, environment: process.environment.with([{ name: 'PHX_SERVER', value }]) };
}

function runMix(process: ContainerProcess, words: readonly string[]): Outcome {
  if (words.includes('phx.server')) {
    const folder = projectFolder(process, workspaceFile(process, 'mix.exs'));
    const environment = process.environment.get('MIX_ENV');
    if (environment !== undefined && environment.state !== 'known') {
      return unknownOutcome(process, 'the environment that mix runs in is open');
    }
    const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
    const name = environment ?? known('dev', at);
    const inside = { ...process, environment: process.environment.with([{ name: 'MIX_ENV', value: name }]) };
    return fromConfig(inside, folder, name.value, true);
  }
  const ends = words.some((word) => /^(?:ecto\.|deps|test|compile|assets|phx\.digest|run$)/.test(word));
  return ends && !words.includes('--no-halt')
    ? listensNone(process)
    : unknownOutcome(process, `what \`mix ${words.join(' ')}\` runs is not known`);
}

/** Releases are built for production. */
function runRelease(process: ContainerProcess): Outcome {
  return fromConfig(process, projectFolder(process, undefined), 'prod', false);
}

/** The folder of mix.exs: where the build copied it from, else the build's own folder. */
function projectFolder(process: ContainerProcess, found: Uri | undefined): Uri | undefined {
  const { build, files, context } = process;
  if (found !== undefined) return dirname(found);
  const copied = (build?.dockerfile.stages ?? []).flatMap(({ instructions }) =>
    instructions.flatMap((instruction) => {
      if (instruction.kind !== 'copy' || instruction.from !== undefined || build === undefined) return [];
      return instruction.sources
        .map((source) => joinUri(build.context, `./${wordText(source)}`))
        .filter((uri) => uri.endsWith('/mix.exs'));
    }),
  );
  const places = [...copied, ...(context === undefined ? [] : [joinUri(context, 'mix.exs')])];
  const uri = places.find((place) => files.exists(place));
  return uri === undefined ? undefined : dirname(uri);
}

interface Config {
  readonly running: RunningProgram;
  readonly calls: readonly ListenCall[];
}

function fromConfig(
  process: ContainerProcess,
  folder: Uri | undefined,
  environment: string,
  isServer: boolean,
): Outcome {
  if (folder === undefined) return unknownOutcome(process, 'the mix.exs of the program was not found');
  const configs: Config[] = [];
  // The generator of Phoenix before 1.6 has prod.exs import prod.secret.exs at its end.
  for (const name of ['runtime.exs', 'releases.exs', `${environment}.secret.exs`, `${environment}.exs`, 'config.exs']) {
    const entry = joinUri(folder, `config/${name}`);
    if (!process.files.exists(entry)) continue;
    const running = startProgram({ process, entry, main: true, arguments: [], folders: [], containerFolders: [] });
    if (running === undefined) return unknownOutcome(process, `${process.shownPath(entry)} could not be read`);
    configs.push({ running, calls: runningListeners(running) });
  }
  if (!isServer) {
    const servers = configs.flatMap(({ calls }) => callsOf(calls, 'phoenix.server'));
    if (servers.length === 0)
      return unknownOutcome(process, 'nothing in view makes the release start its server (PHX_SERVER)');
    if (!servers.some(({ certain }) => certain)) {
      return unknownOutcome(process, 'whether the release starts its server depends on what is not in view');
    }
  }
  for (const { running, calls } of configs) {
    const endpoints = callsOf(calls, 'phoenix.endpoint').filter(({ listener }) => listener.port !== undefined);
    if (endpoints.length === 0) continue;
    return { kind: 'listens', listens: composeListens(running, endpoints, process), program: running.entry.uri };
  }
  return unknownOutcome(process, `the configuration of ${process.shownPath(joinUri(folder, 'mix.exs'))} names no port`);
}

function callsOf(calls: readonly ListenCall[], api: string): readonly ListenCall[] {
  return calls.filter(({ listener }) => listener.api.id === api);
}
