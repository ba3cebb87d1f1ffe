// Servers of Python applications that take port and host as flags: uvicorn, hypercorn, daphne, waitress, Streamlit.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, bindsListen, listensNone, serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile, dataValue } from '../settingsFiles.ts';
import { moduleFile } from './flask.ts';
import { bindsOfFile } from './gunicorn.ts';

function appFile(process: ContainerProcess, app: Value<string> | undefined, folder?: Value<string>): Uri | undefined {
  if (app?.state !== 'known') return undefined;
  return moduleFile(process, app.value, folder?.state === 'known' ? folder.value : '');
}

/** Options that uvicorn's port does not depend on. */
const uvicornIgnored = [
  '--reload-dir',
  '--reload-include',
  '--reload-exclude',
  '--reload-delay',
  '--workers',
  '--loop',
  '--http',
  '--ws',
  '--ws-max-size',
  '--ws-max-queue',
  '--ws-ping-interval',
  '--ws-ping-timeout',
  '--lifespan',
  '--interface',
  '--env-file',
  '--log-config',
  '--log-level',
  '--forwarded-allow-ips',
  '--root-path',
  '--limit-concurrency',
  '--backlog',
  '--limit-max-requests',
  '--timeout-keep-alive',
  '--timeout-graceful-shutdown',
  '--ssl-keyfile',
  '--ssl-certfile',
  '--ssl-keyfile-password',
  '--ssl-ca-certs',
  '--ssl-ciphers',
  '--header',
];

export const uvicorn: Launcher = {
  id: 'uvicorn',
  runs: (command) => command === 'uvicorn',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--port'], ['--host'], ['--uds'], ['--fd'], ['--app-dir']],
      ignored: uvicornIgnored,
    });
    const program = appFile(process, flags.positionals[0], flags.last('--app-dir'));
    if (flags.last('--uds') !== undefined || flags.last('--fd') !== undefined) return listensNone(process, program);
    const port = flags.last('--port');
    if (flags.open !== undefined && port === undefined) {
      return unknownOutcome(process, 'the arguments of uvicorn are open', program);
    }
    const sources = {
      server: 'uvicorn',
      port,
      host: flags.last('--host'),
      portVariable: 'UVICORN_PORT',
      hostVariable: 'UVICORN_HOST',
      defaults: commandDefaults.uvicorn,
    };
    return serverListens(process, sources, program);
  },
};

export const hypercorn: Launcher = {
  id: 'hypercorn',
  runs: (command) => command === 'hypercorn',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--bind', '-b'], ['--config', '-c'], ['--insecure-bind'], ['--quic-bind']],
      ignored: ['-w', '--workers', '-k', '--worker-class', '--access-logfile', '--error-logfile', '--log-level'],
    });
    const program = appFile(process, flags.positionals[0]);
    const binds = [...flags.all('--bind'), ...flags.all('--insecure-bind')];
    if (binds.length > 0) return bindsListen(process, 'hypercorn', binds, commandDefaults.hypercorn, program);
    const configured = configuredBinds(process, flags.last('--config'));
    if (configured !== undefined && configured.length > 0) {
      return bindsListen(process, 'hypercorn', configured, commandDefaults.hypercorn, program);
    }
    if (flags.open !== undefined || (flags.last('--config') !== undefined && configured === undefined)) {
      return unknownOutcome(process, "hypercorn's address stands in a file or argument that is not read", program);
    }
    const sources = { server: 'hypercorn', port: undefined, host: undefined, defaults: commandDefaults.hypercorn };
    return serverListens(process, sources, program);
  },
};

/** `bind` of a TOML file, or of a file or module of Python; undefined where it cannot be read. */
function configuredBinds(
  process: ContainerProcess,
  config: Value<string> | undefined,
): readonly Value<string>[] | undefined {
  if (config?.state !== 'known') return undefined;
  const [, kind, path = config.value] = /^(file|python):(.*)$/.exec(config.value) ?? [];
  if (kind === undefined) {
    const file = dataFile(process, path.replace(/^toml:/, ''));
    const keys = (file?.entries ?? [])
      .map(({ key }) => key)
      .filter((key) => /^(?:insecure_)?bind(?:\[\d+\])?$/.test(key));
    return file && keys.flatMap((key) => dataValue(process, file, key) ?? []);
  }
  const entry = kind === 'python' ? moduleFile(process, path) : workspaceFile(process, path);
  const binds = entry === undefined ? 'unread' : bindsOfFile(process, entry);
  return binds === 'unread' ? undefined : (binds ?? []);
}

export const daphne: Launcher = {
  id: 'daphne',
  runs: (command) => command === 'daphne',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--port', '-p'], ['--bind', '-b'], ['-u', '--unix-socket'], ['-e', '--endpoint'], ['--fd']],
      ignored: ['-v', '--verbosity', '-t', '--http-timeout', '--access-log', '--ping-interval', '--ping-timeout'],
    });
    const program = appFile(process, flags.positionals[0]);
    if (flags.open !== undefined || flags.last('-e') !== undefined) {
      return unknownOutcome(process, 'daphne listens on an endpoint that is not read', program);
    }
    const port = flags.last('--port');
    const host = flags.last('--bind');
    if (flags.last('-u') !== undefined && port === undefined && host === undefined)
      return listensNone(process, program);
    return serverListens(process, { server: 'daphne', port, host, defaults: commandDefaults.daphne }, program);
  },
};

export const waitress: Launcher = {
  id: 'waitress',
  runs: (command) => command === 'waitress-serve',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--port'], ['--host'], ['--listen'], ['--unix-socket'], ['--threads'], ['--url-scheme'], ['--call']],
    });
    const call = flags.positionals[0] ?? flags.last('--call');
    const program = appFile(process, call);
    const { waitress: defaults } = commandDefaults;
    const binds = flags.all('--listen');
    if (binds.length > 0) return bindsListen(process, 'waitress', binds, defaults, program);
    if (flags.last('--unix-socket') !== undefined) return listensNone(process, program);
    if (flags.open !== undefined && flags.last('--port') === undefined) {
      return unknownOutcome(process, 'the arguments of waitress-serve are open', program);
    }
    const sources = { server: 'waitress', port: flags.last('--port'), host: flags.last('--host'), defaults };
    return serverListens(process, sources, program);
  },
};

export const streamlit: Launcher = {
  id: 'streamlit',
  runs: (command) => command === 'streamlit',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--server.port'], ['--server.address'], ['--server.baseUrlPath']],
    });
    const [command, script] = flags.positionals;
    if (command?.state !== 'known' || command.value !== 'run') return unknownOutcome(process, 'streamlit does not run');
    const program = script?.state === 'known' ? workspaceFile(process, script.value) : undefined;
    const config = dataFile(process, '.streamlit/config.toml') ?? dataFile(process, '/root/.streamlit/config.toml');
    const set = (option: string, variable: string) =>
      flags.last(`--${option}`) ?? process.environment.get(variable) ?? dataValue(process, config, option);
    const port = set('server.port', 'STREAMLIT_SERVER_PORT');
    if (port === undefined && config?.complete === false) {
      return unknownOutcome(process, 'the port may stand in .streamlit/config.toml, which cannot be read', program);
    }
    const given = set('server.address', 'STREAMLIT_SERVER_ADDRESS');
    const at = process.argv[0]?.at;
    const host = given ?? (at === undefined ? undefined : known('0.0.0.0', at));
    return serverListens(process, { server: 'Streamlit', port, host, defaults: commandDefaults.streamlit }, program);
  },
};

export const chainlit: Launcher = {
  id: 'chainlit',
  runs: (command) => command === 'chainlit',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued: [['--port'], ['--host']], ignored: ['--root-path'] });
    const [command, script] = flags.positionals;
    if (command?.state !== 'known' || command.value !== 'run') return unknownOutcome(process, 'chainlit does not run');
    const program = script?.state === 'known' ? workspaceFile(process, script.value) : undefined;
    const sources = {
      server: 'chainlit',
      port: flags.last('--port'),
      host: flags.last('--host'),
      portVariable: 'CHAINLIT_PORT',
      hostVariable: 'CHAINLIT_HOST',
      defaults: commandDefaults.chainlit,
    };
    return serverListens(process, sources, program);
  },
};
