// Other servers of Ruby that are started as commands: unicorn, thin, falcon, Hanami, Passenger, iodine, and Thruster in front of one.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { parseAddress } from '../address.ts';
import { argumentsOf, bindsListen, knownCommand, listensNone, serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { valueOfArgument } from '../ruby/puma.ts';
import { readServerConfig } from '../ruby/serverConfig.ts';
import { lastSegment, wordText } from '../text.ts';

type Resolve = (process: ContainerProcess, program: Uri | undefined) => Outcome;

const servers: Readonly<Record<string, Resolve>> = {
  unicorn,
  unicorn_rails: unicorn,
  thin,
  falcon,
  hanami,
  passenger,
  iodine,
  thrust,
  rake,
};

export const rubyServers: Launcher = {
  id: 'rubyServers',
  runs: (command) => Object.hasOwn(servers, command),
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const server = servers[command];
    return server === undefined
      ? unknownOutcome(process, `the command \`${command}\` is not known`)
      : server(process, workspaceFile(process, 'config.ru'));
  },
};

/** https://yhbt.net/unicorn/unicorn_1.html */
function unicorn(process: ContainerProcess, program: Uri | undefined): Outcome {
  const { unicorn: defaults } = commandDefaults;
  const flags = parseFlags(argumentsOf(process), {
    valued: [
      ['--listen', '-l'],
      ['--port', '-p'],
      ['--host', '-o'],
      ['--config-file', '-c'],
      ['--env', '-E'],
      ['-I'],
      ['-r'],
      ['--path'],
    ],
  });
  const given = [...flags.all('--listen'), ...flags.all('--port')];
  if (given.length === 0 && flags.open !== undefined) {
    return unknownOutcome(process, 'the arguments of unicorn are open', program);
  }
  const config = flags.last('--config-file');
  if (config === undefined) return unicornBinds(process, given, program);
  const uri = config.state === 'known' ? workspaceFile(process, config.value) : undefined;
  const file = uri === undefined ? undefined : readServerConfig(process, uri);
  if (file === undefined) {
    return unknownOutcome(process, `unicorn's configuration ${wordText(config)} could not be read`, program);
  }
  const calls = file.calls('listen');
  if (calls.some(({ certain }) => !certain)) {
    return unknownOutcome(
      process,
      `what ${process.shownPath(file.uri)} listens on depends on what is not in view`,
      program,
    );
  }
  const listed = calls.flatMap((found) => {
    const [first] = found.call.arguments;
    if (first === undefined) return [];
    const value = valueOfArgument(found, first);
    // The folder of a socket may be computed.
    return [value.state !== 'known' && /\.sock\b/.test(wordText(value)) ? known('unix:', value.at) : value];
  });
  if (given.length > 0 && listed.length > 0) {
    return unknownOutcome(process, 'the arguments and the configuration of unicorn name addresses', program);
  }
  return unicornBinds(process, given.length > 0 ? given : listed, program);

  function unicornBinds(of: ContainerProcess, binds: readonly Value<string>[], entry: Uri | undefined): Outcome {
    return binds.length > 0
      ? bindsListen(of, 'unicorn', binds, defaults, entry)
      : serverListens(of, { server: 'unicorn', port: undefined, host: undefined, defaults }, entry);
  }
}

/** https://github.com/macournoyer/thin */
function thin(process: ContainerProcess, program: Uri | undefined): Outcome {
  const flags = parseFlags(argumentsOf(process), {
    valued: [
      ['--port', '-p'],
      ['--address', '-a'],
      ['--config', '-C'],
      ['--socket', '-S'],
      ['--rackup', '-R'],
      ['--environment', '-e'],
      ['--chdir', '-c'],
    ],
  });
  if (flags.last('--config') !== undefined) return unknownOutcome(process, `thin's configuration is not read`, program);
  if (flags.last('--socket') !== undefined) return listensNone(process, program);
  const [port, host] = [flags.last('--port'), flags.last('--address')];
  return serverListens(process, { server: 'thin', port, host, defaults: commandDefaults.thin }, program);
}

/**
 * `falcon serve`: `--bind`, its port overridden by `--port`; `--hostname` is for certificates alone. `falcon host` runs
 * what falcon.rb describes. https://github.com/socketry/falcon July 2026, lib/falcon/command/serve.rb
 */
function falcon(process: ContainerProcess, program: Uri | undefined): Outcome {
  const [first, ...words] = argumentsOf(process);
  const name = wordText(first ?? known('serve', { uri: '', span: { start: 0, end: 0 } }));
  if (name === 'host') return falconHost(process, words);
  if (name !== 'serve') return unknownOutcome(process, `what \`falcon ${name}\` listens on is not known`, program);
  const flags = parseFlags(words, {
    valued: [
      ['--bind', '-b'],
      ['--port', '-p'],
      ['--hostname', '-h'],
      ['--config', '-c'],
      ['--count', '-n'],
    ],
  });
  const bind = flags.last('--bind');
  const port = flags.last('--port');
  if (bind !== undefined && port === undefined)
    return bindsListen(process, 'falcon', [bind], commandDefaults.falcon, program);
  const address = bind?.state === 'known' ? parseAddress(bind) : undefined;
  const host = address?.kind === 'port' || address?.kind === 'host' ? address.host : bind;
  return serverListens(process, { server: 'falcon', port, host, defaults: commandDefaults.falcon }, program);
}

/** The `url` or the endpoint of the services in falcon.rb, where each is written as a text. */
function falconHost(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const path = wordText(words[0] ?? known('falcon.rb', { uri: '', span: { start: 0, end: 0 } }));
  const uri = workspaceFile(process, path);
  const file = uri === undefined ? undefined : readServerConfig(process, uri);
  if (file === undefined) return unknownOutcome(process, `falcon's ${path} is not among the files in view`);
  const parsed = file.calls('Async.HTTP.Endpoint.parse', 'Falcon.Endpoint.parse', 'url');
  const binds = parsed.flatMap((found) => {
    const [first] = found.call.arguments;
    return first === undefined ? [] : [valueOfArgument(found, first)];
  });
  return binds.length === 0
    ? unknownOutcome(process, `no endpoint of ${process.shownPath(file.uri)} could be read`, file.uri)
    : bindsListen(process, 'falcon', binds, commandDefaults.falcon, file.uri);
}

/** `hanami server`: 2300 whatever config/puma.rb says. https://github.com/hanami/cli August 2026 */
function hanami(process: ContainerProcess, program: Uri | undefined): Outcome {
  const [first, ...words] = argumentsOf(process);
  if (wordText(first ?? known('', { uri: '', span: { start: 0, end: 0 } })) !== 'server') {
    return listensNone(process, program);
  }
  const flags = parseFlags(words, { valued: [['--port', '-p'], ['--host'], ['--config']] });
  const [port, host] = [flags.last('--port'), flags.last('--host')];
  const own = { server: 'Hanami', port, host, portVariable: 'HANAMI_PORT' };
  return serverListens(process, { ...own, defaults: commandDefaults.hanami }, program);
}

/** https://www.phusionpassenger.com/docs/references/config_reference/standalone/ */
function passenger(process: ContainerProcess, program: Uri | undefined): Outcome {
  const [first, ...words] = argumentsOf(process);
  if (wordText(first ?? known('', { uri: '', span: { start: 0, end: 0 } })) !== 'start') {
    return unknownOutcome(process, 'what passenger listens on is not known', program);
  }
  if (workspaceFile(process, 'Passengerfile.json') !== undefined) {
    return unknownOutcome(process, 'Passengerfile.json is not read', program);
  }
  const flags = parseFlags(words, {
    valued: [
      ['--port', '-p'],
      ['--address', '-a'],
      ['--environment', '-e'],
      ['--socket', '-S'],
    ],
  });
  const [port, host] = [flags.last('--port'), flags.last('--address')];
  const portVariable = process.environment.get('PASSENGER_PORT') === undefined ? 'PORT' : 'PASSENGER_PORT';
  return serverListens(
    process,
    { server: 'Passenger', port, host, portVariable, defaults: commandDefaults.passenger },
    program,
  );
}

/** Tasks end, or work off a queue; those of the project itself are not read. */
function rake(process: ContainerProcess): Outcome {
  const names = argumentsOf(process)
    .map(wordText)
    .filter((word) => /^[\w:]+(?:\[|$)/.test(word));
  const known = /^(?:db|assets|resque|jobs|sidekiq|que|solid_queue|good_job|environment|log|tmp|test|spec)(?::|\[|$)/;
  return names.length > 0 && names.every((name) => known.test(name))
    ? listensNone(process)
    : unknownOutcome(process, `what \`rake ${names.join(' ')}\` runs is not known`);
}

/** https://github.com/boazsegev/iodine */
function iodine(process: ContainerProcess, program: Uri | undefined): Outcome {
  const flags = parseFlags(argumentsOf(process), {
    valued: [['-p', '-port'], ['-b', '-bind'], ['-t'], ['-w'], ['-www']],
  });
  const [port, host] = [flags.last('-p'), flags.last('-b')];
  return serverListens(
    process,
    { server: 'iodine', port, host, portVariable: 'PORT', defaults: commandDefaults.iodine },
    program,
  );
}

/** Thruster serves HTTP_PORT and starts its command with PORT: https://github.com/basecamp/thruster */
function thrust(process: ContainerProcess): Outcome {
  const words = argumentsOf(process);
  const variable = (name: string) =>
    [`THRUSTER_${name}`, name].find((key) => process.environment.get(key) !== undefined);
  if (words.length === 0) {
    const portVariable = variable('HTTP_PORT') ?? 'HTTP_PORT';
    const own = { server: 'Thruster', port: undefined, host: undefined, portVariable };
    return serverListens(process, { ...own, defaults: commandDefaults.thruster });
  }
  const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
  const target = variable('TARGET_PORT');
  const port =
    (target === undefined ? undefined : process.environment.get(target)) ??
    known('3000', at, [{ at, text: 'Thruster sets PORT=3000' }]);
  const environment = process.environment.with([{ name: 'PORT', value: port }]);
  const processes = [
    { ...process, argv: words, environment },
    { ...process, argv: process.argv.slice(0, 1) },
  ];
  return { kind: 'branches', branches: [{ processes }] };
}
