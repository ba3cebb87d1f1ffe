// Commands that only start another command: `env`, `tini`, `gosu`, `poetry run`, `nodemon`, `wait-for-it.sh … --`.

import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, runs } from '../argv.ts';
import { withVariablesOf } from '../environmentFiles.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import { sliceWord } from '../words.ts';

interface Wrapper {
  /** Options that take a value. */
  readonly valued?: readonly string[];
  /** Words before the command: `poetry run`, `gosu user`. */
  readonly skips?: number;
  /** The first of these words must be one of these. */
  readonly subcommands?: readonly string[];
  /** The command stands behind `--`. */
  readonly afterDashes?: boolean;
}

const table: Readonly<Record<string, Wrapper>> = {
  tini: { valued: ['-p', '-e'] },
  'tini-static': { valued: ['-p', '-e'] },
  'dumb-init': { valued: ['--rewrite', '-r'] },
  'docker-init': {},
  catatonit: {},
  'docker-entrypoint.sh': {},
  'docker-php-entrypoint': {},
  gosu: { skips: 1 },
  'su-exec': { skips: 1 },
  setpriv: { valued: ['--reuid', '--regid', '--groups', '--inh-caps'] },
  nice: { valued: ['-n'] },
  nohup: {},
  stdbuf: { valued: ['-i', '-o', '-e'] },
  timeout: { skips: 1, valued: ['-s', '--signal', '-k', '--kill-after'] },
  time: {},
  poetry: { subcommands: ['run'], skips: 1, valued: ['-C', '--directory', '-P', '--project'] },
  pipenv: { subcommands: ['run'], skips: 1 },
  pdm: { subcommands: ['run'], skips: 1, valued: ['-p', '--project'] },
  poe: {},
  task: {},
  hatch: { subcommands: ['run'], skips: 1 },
  rye: { subcommands: ['run'], skips: 1 },
  uv: {
    subcommands: ['run'],
    skips: 1,
    valued: ['--directory', '--project', '--python', '-p', '--with', '--extra', '--group', '--env-file', '--package'],
  },
  uvx: { valued: ['--from', '--with', '--python', '-p'] },
  pipx: { subcommands: ['run'], skips: 1, valued: ['--spec', '--python'] },
  conda: { subcommands: ['run'], skips: 1, valued: ['-n', '--name', '-p', '--prefix', '--cwd'] },
  micromamba: { subcommands: ['run'], skips: 1, valued: ['-n', '--name', '-p', '--prefix', '--cwd'] },
  'ddtrace-run': {},
  'opentelemetry-instrument': {
    valued: ['--traces_exporter', '--metrics_exporter', '--logs_exporter', '--service_name'],
  },
  'newrelic-admin': { subcommands: ['run-program'], skips: 1 },
  'aws-xray-run': {},
  'elastic-apm-run': {},
  'sentry-run': {},
  'wait-for-it.sh': { afterDashes: true },
  'wait-for-it': { afterDashes: true },
  'wait-for.sh': { afterDashes: true },
  'wait-for': { afterDashes: true },
  watchmedo: {
    subcommands: ['auto-restart'],
    skips: 1,
    valued: ['--directory', '-d', '--pattern', '-p', '--patterns'],
  },
  watchfiles: {},
  dotenv: { valued: ['-e', '-f', '--file', '-c', '-v', '-p'], skips: 0 },
  'env-cmd': { valued: ['-f', '--file', '-e', '--environments', '-r', '--rc-file'] },
  // With Bundler's own short names of it.
  bundle: { subcommands: ['exec', 'exe', 'ex', 'e'], skips: 1 },
  chamber: { subcommands: ['exec'], afterDashes: true },
  'aws-env': {},
  doppler: { subcommands: ['run'], afterDashes: true },
  infisical: { subcommands: ['run'], afterDashes: true },
  dockerize: {
    valued: ['-wait', '-timeout', '-template', '-stdout', '-stderr', '-wait-retry-interval', '-wait-http-header'],
  },
};

/** Set variables that are not in view. */
const secretStores = new Set(['chamber', 'aws-env', 'doppler', 'infisical']);

export const wrappers: Launcher = {
  id: 'wrappers',
  runs: (command) =>
    command === 'env' || command === 'cross-env' || command === 'cross-env-shell' || Object.hasOwn(table, command),
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    if (command === 'env' || command.startsWith('cross-env')) return runEnv(process);
    const wrapper = table[command];
    return wrapper === undefined
      ? unknownOutcome(process, `the command \`${command}\` is not known`)
      : unwrap(process, command, wrapper);
  },
};

function unwrap(process: ContainerProcess, name: string, wrapper: Wrapper): Outcome {
  const words = argumentsOf(process);
  const opened = secretStores.has(name) ? openedBy(process, name) : withFile(process, name, words);
  if (wrapper.afterDashes) {
    const dashes = words.findIndex((word) => wordText(word) === '--');
    if (dashes < 0) return { kind: 'branches', branches: [{ processes: [] }] };
    return runs(opened, words.slice(dashes + 1));
  }
  const valued = (wrapper.valued ?? []).map((option) => [option]);
  let rest = parseFlags(words, { valued, stopsAtPositional: true }).rest;
  if (wrapper.subcommands !== undefined && !wrapper.subcommands.includes(wordText(rest[0] ?? nothing))) {
    return unknownOutcome(process, `what \`${name} ${wordText(rest[0] ?? nothing)}\` runs is not known`);
  }
  for (let skipped = 0; skipped < (wrapper.skips ?? 0); skipped++) rest = rest.slice(1);
  // Options may also stand behind the subcommand: `uv run --no-sync app.py`.
  if (wrapper.subcommands !== undefined) rest = parseFlags(rest, { valued, stopsAtPositional: true }).rest;
  if (wordText(rest[0] ?? nothing) === '--') rest = rest.slice(1);
  return runs(opened, scriptAsPython(name, rest));
}

/** `dotenv -e .env -- command`, `env-cmd -f .env command`, `uv run --env-file .env`. */
function withFile(process: ContainerProcess, name: string, words: readonly Value<string>[]): ContainerProcess {
  const isReader = name === 'dotenv' || name === 'env-cmd';
  if (!isReader && name !== 'uv') return process;
  const options = name === 'dotenv' ? ['-e', '-f', '--file'] : name === 'uv' ? ['--env-file'] : ['-f', '--file'];
  const flags = parseFlags(words, { valued: [options], stopsAtPositional: name !== 'uv' });
  const given = flags.all(options[0] ?? '');
  const files = given.length > 0 || !isReader ? given : [known('.env', nothing.at)];
  return files.reduce(withVariablesOf, process);
}

const nothing: Value<string> = known('', { uri: '', span: { start: 0, end: 0 } });

/** `uv run app.py` starts Python. */
function scriptAsPython(name: string, words: readonly Value<string>[]): readonly Value<string>[] {
  const [first] = words;
  const isScript =
    first?.state === 'known' && first.value.endsWith('.py') && ['uv', 'pdm', 'watchfiles'].includes(name);
  return isScript ? [{ ...first, value: 'python' }, ...words] : words;
}

function openedBy(process: ContainerProcess, name: string): ContainerProcess {
  const at = process.argv[0]?.at ?? nothing.at;
  const by = { state: 'dynamic' as const, text: name, at, reason: `${name} may set it` };
  return { ...process, environment: process.environment.opened(by) };
}

/** `env -u NAME A=1 command`, `cross-env A=1 command`. */
function runEnv(process: ContainerProcess): Outcome {
  const words = argumentsOf(process);
  let { environment } = process;
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index];
    if (word?.state !== 'known') {
      const name = /^([A-Za-z_]\w*)=/.exec(word === undefined ? '' : wordText(word))?.[1];
      if (word === undefined || name === undefined) break;
      environment = environment.with([{ name, value: word }]);
      continue;
    }
    const text = word.value;
    if (text === '-i' || text === '-' || text === '--ignore-environment') environment = environment.cleared();
    else if (text === '-u' || text === '--unset')
      environment = environment.without([wordText(words[++index] ?? nothing)]);
    else if (text === '-C' || text === '--chdir') index++;
    else if (text.startsWith('-')) continue;
    else {
      const name = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
      if (name === undefined) break;
      const value = sliceWord(word, name.length + 1);
      const trail = value.trail ?? [{ at: word.at, text }];
      environment = environment.with([{ name, value: { ...value, trail } }]);
    }
  }
  return runs({ ...process, environment }, words.slice(index));
}
