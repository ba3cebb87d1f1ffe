// gunicorn: `-b`, GUNICORN_CMD_ARGS, its configuration file, PORT, 127.0.0.1:8000; the command line beats the variable,
// which beats the file: https://docs.gunicorn.org/en/stable/configure.html

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import { dirname } from '../../base/uri.ts';
import type { Known, Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { splitWords } from '../../syntax/shellWords.ts';
import { argumentsOf, bindsListen, openPortReason, serverListens, workspaceFile } from '../argv.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluated, Evaluation, Frame } from '../evaluated.ts';
import { wordOf } from '../evaluated.ts';
import { lookUp } from '../evaluateName.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { startProgram } from '../program.ts';
import { sliceWord } from '../words.ts';
import { moduleFile } from './flask.ts';
import { pythonFolders } from './programOutcome.ts';

const { gunicorn: defaults } = commandDefaults;

const valued = [
  ['--bind', '-b'],
  ['--config', '-c'],
  ['--chdir'],
  ['--workers', '-w'],
  ['--worker-class', '-k'],
  ['--threads'],
  ['--timeout', '-t'],
  ['--graceful-timeout'],
  ['--keep-alive'],
  ['--max-requests'],
  ['--max-requests-jitter'],
  ['--backlog'],
  ['--name', '-n'],
  ['--user', '-u'],
  ['--group', '-g'],
  ['--umask', '-m'],
  ['--pid', '-p'],
  ['--worker-tmp-dir'],
  ['--worker-connections'],
  ['--log-level'],
  ['--log-file'],
  ['--log-config'],
  ['--access-logfile'],
  ['--access-logformat'],
  ['--error-logfile'],
  ['--forwarded-allow-ips'],
  ['--proxy-allow-from'],
  ['--env', '-e'],
  ['--pythonpath'],
  ['--paste'],
  ['--certfile'],
  ['--keyfile'],
  ['--ca-certs'],
  ['--limit-request-line'],
  ['--limit-request-fields'],
  ['--limit-request-field_size'],
  ['--statsd-host'],
  ['--statsd-prefix'],
] as const;

export const gunicorn: Launcher = {
  id: 'gunicorn',
  runs: (command) => command === 'gunicorn' || command === 'gunicorn3',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued });
    const folder = knownText(flags.last('--chdir')) ?? '';
    const app = knownText(flags.positionals[0]);
    const program = app === undefined ? undefined : moduleFile(process, app, folder);
    const binds = flags.all('--bind');
    if (binds.length > 0) return bindsListen(process, 'gunicorn', binds, defaults, program);
    if (flags.open !== undefined) return unknownOutcome(process, 'the arguments of gunicorn are open', program);
    return withoutFlag(process, flags, folder, program);
  },
};

function withoutFlag(process: ContainerProcess, flags: Flags, folder: string, program: Uri | undefined): Outcome {
  const variable = process.environment.named('GUNICORN_CMD_ARGS')
    ? process.environment.get('GUNICORN_CMD_ARGS')
    : undefined;
  let config = flags.last('--config');
  if (variable !== undefined) {
    if (variable.state !== 'known') return unknownOutcome(process, openPortReason('gunicorn', variable), program);
    const inner = parseFlags(wordsOf(variable), { valued });
    const binds = inner.all('--bind');
    if (binds.length > 0) return bindsListen(process, 'gunicorn', binds, defaults, program);
    config ??= inner.last('--config');
  }
  return fromConfig(process, config, folder, program) ?? fromPort(process, program);
}

function wordsOf(value: Known<string>): readonly Value<string>[] {
  const words = splitWords(value.value) ?? [];
  return words.map(({ start, end }) => sliceWord(value, start, end));
}

function fromPort(process: ContainerProcess, program: Uri | undefined): Outcome {
  const port = process.environment.get('PORT');
  const host =
    port === undefined ? undefined : known('0.0.0.0', port.at, [{ at: port.at, text: 'gunicorn binds 0.0.0.0:$PORT' }]);
  return serverListens(process, { server: 'gunicorn', port, host, defaults }, program);
}

/** The `bind` of a configuration file; undefined where there is no file or it sets none. */
function fromConfig(
  process: ContainerProcess,
  config: Value<string> | undefined,
  folder: string,
  program: Uri | undefined,
): Outcome | undefined {
  if (config !== undefined && config.state !== 'known') {
    return unknownOutcome(process, `gunicorn's configuration file is open`, program);
  }
  const name = config?.value ?? './gunicorn.conf.py';
  const entry = configFile(process, name, folder);
  if (entry === undefined) {
    return config === undefined
      ? undefined
      : unknownOutcome(process, `gunicorn's configuration ${name} is not among the files in view`, program);
  }
  return fromConfigFile(process, entry, program);
}

function configFile(process: ContainerProcess, name: string, folder: string): Uri | undefined {
  if (name.startsWith('python:')) return moduleFile(process, name.slice('python:'.length), folder);
  const path = name.startsWith('file:') ? name.slice('file:'.length) : name;
  return workspaceFile(process, folder === '' || path.startsWith('/') ? path : `${folder}/${path}`);
}

function fromConfigFile(process: ContainerProcess, entry: Uri, program: Uri | undefined): Outcome | undefined {
  const binds = bindsOfFile(process, entry);
  if (binds === 'unread') return unknownOutcome(process, `${process.shownPath(entry)} could not be read`, program);
  return binds && bindsListen(process, 'gunicorn', binds, defaults, program);
}

/** The addresses that a configuration in Python sets as `bind`; undefined where it sets none. */
export function bindsOfFile(process: ContainerProcess, entry: Uri): readonly Value<string>[] | 'unread' | undefined {
  const running = startProgram({
    process,
    entry,
    main: false,
    arguments: [],
    folders: [dirname(entry)],
    containerFolders: pythonFolders(process),
  });
  if (running === undefined) return 'unread';
  const frame: Frame = { module: running.entry, path: [] };
  const bind = lookUp(running.evaluation, 'bind', frame);
  return bind && bindValues(running.evaluation, bind);
}

function bindValues(evaluation: Evaluation, bind: Evaluated): readonly Value<string>[] {
  if (bind.kind === 'array') {
    return bind.expression.items.flatMap((item) => bindValues(evaluation, evaluate(evaluation, item, bind.frame)));
  }
  if (bind.kind === 'scalar' && typeof bind.value === 'string') return [wordOf(bind)];
  if (bind.kind === 'unknown') return [dynamic(bind.text, bind.at, bind.reason)];
  return [dynamic('bind', { uri: '', span: { start: 0, end: 0 } })];
}

function knownText(value: Value<string> | undefined): string | undefined {
  return value?.state === 'known' ? value.value : undefined;
}
