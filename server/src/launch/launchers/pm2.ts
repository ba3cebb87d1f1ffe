// pm2: `pm2-runtime server.js`, and process files, `ecosystem.config.js`, with several programs and their variables.
// https://pm2.keymetrics.io/docs/usage/application-declaration/

import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, containerPath, runs, workspaceFile } from '../argv.ts';
import { explained } from '../environment.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import type { Settings } from '../settingsFiles.ts';
import { settingsAt } from '../settingsFiles.ts';
import { step, wordText } from '../text.ts';
import { runScript } from './node.ts';

const valued = [
  ['-i', '--instances'],
  ['--name', '-n'],
  ['--env'],
  ['--only'],
  ['--interpreter'],
  ['--node-args'],
  ['-l', '--log'],
  ['--max-memory-restart'],
];

export const pm2: Launcher = {
  id: 'pm2',
  runs: (command) => /^pm2(?:-runtime|-docker|-dev)?$/.test(command),
  resolve(process) {
    const words = argumentsOf(process);
    const start = words.findIndex((word) => wordText(word) === 'start');
    const flags = parseFlags(words.toSpliced(start, start < 0 ? 0 : 1), { valued, stopsAtPositional: true });
    const [script, ...rest] = flags.rest;
    if (script?.state !== 'known') return unknownOutcome(process, 'what pm2 runs is open');
    if (/^(?:npm|yarn|pnpm)$/.test(script.value)) {
      const dashes = rest.findIndex((word) => wordText(word) === '--');
      return runs(process, [script, ...rest.slice(dashes + 1)]);
    }
    if (!/\.(?:json|ya?ml|config\.[cm]?[jt]s)$/.test(script.value)) return runScript(process, script, rest);
    const uri = workspaceFile(process, script.value);
    if (uri === undefined) return unknownOutcome(process, `${script.value} is not among the files in view`);
    const settings = settingsAt(process, uri);
    const later = parseFlags(rest, { valued });
    return runApps(process, settings, later.last('--env') ?? flags.last('--env'), onlyOf(flags, later), script.value);
  },
};

function onlyOf(...all: readonly Flags[]): readonly string[] {
  return all.flatMap((flags) => flags.all('--only').flatMap((word) => wordText(word).split(',')));
}

function runApps(
  process: ContainerProcess,
  settings: Settings | undefined,
  environment: Value<string> | undefined,
  only: readonly string[],
  path: string,
): Outcome {
  const apps = settings?.items('apps') ?? [];
  const all = apps.length > 0 || settings === undefined ? apps : settings.items();
  const chosen = all.filter((app) => only.length === 0 || only.includes(wordText(app.value('name') ?? nothing)));
  const processes = chosen.flatMap((app) => appProcess(process, app, environment) ?? []);
  if (processes.length === 0 || processes.length < chosen.length) {
    return unknownOutcome(process, `what pm2 runs by ${path} cannot be read`);
  }
  return { kind: 'branches', branches: [{ processes }] };
}

const nothing: Value<string> = known('', { uri: '', span: { start: 0, end: 0 } });

/** One program as the shell would start it; undefined where its script is open. */
function appProcess(
  process: ContainerProcess,
  app: Settings,
  environment: Value<string> | undefined,
): ContainerProcess | undefined {
  const script = app.value('script');
  const folder = app.value('cwd');
  if (script?.state !== 'known' || (folder !== undefined && folder.state !== 'known')) return undefined;
  const shown = process.shownPath(app.uri);
  const entries = [
    ...app.entries('env'),
    ...(environment === undefined ? [] : app.entries(`env_${wordText(environment)}`)),
  ].map(({ name, value }) => ({ name, value: explained(name, value, value.at, shown) }));
  const list = app.items('args');
  const given = app.value('args');
  const words = given?.state === 'known' ? given.value.split(/\s+/).filter(Boolean) : [];
  const values =
    list.length > 0 ? list.flatMap((item) => item.value() ?? []) : words.map((word) => known(word, script.at));
  const interpreter = app.value('interpreter');
  return {
    ...process,
    argv: [...interpreterOf(interpreter, script.value, script), script, ...values],
    environment: process.environment.with(entries),
    workingDirectory: folder === undefined ? process.workingDirectory : containerPath(process, folder.value),
    trail: [...process.trail, step(script.at, `${shown} script: ${script.value}`)],
  };
}

/** pm2 runs `.py` with Python, commands as they are, and everything else with node. */
function interpreterOf(
  given: Value<string> | undefined,
  path: string,
  script: Value<string>,
): readonly Value<string>[] {
  const named = given?.state === 'known' && given.value !== 'none' ? given.value : undefined;
  if (named !== undefined) return [known(named, script.at)];
  if (path.endsWith('.py')) return [known('python', script.at)];
  if (path.endsWith('.sh')) return [known('sh', script.at)];
  const isCommand = given !== undefined || /^[\w-]+$/.test(path) || path.includes('node_modules/.bin/');
  return isCommand ? [] : [known('node', script.at)];
}
