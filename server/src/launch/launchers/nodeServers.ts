// Servers and tools of the Node world that are started as commands: next, serve, vite, prisma, tsc.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import { argumentsOf, knownCommand, listensNone, serverListens, workspaceFile } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment } from '../text.ts';

/** Come to an end and listen nowhere. */
const ending =
  /^(?:prisma|knex|sequelize|sequelize-cli|typeorm|typeorm-ts-node-commonjs|db-migrate|node-pg-migrate|drizzle-kit|tsc|tsup|esbuild|webpack|rollup|eslint|prettier|jest|vitest|mocha|rimraf|shx|cpx|copyfiles|tsc-alias|husky|migrate-mongo)$/;

interface Server {
  readonly defaults: { readonly port: number; readonly host: string };
  readonly port: readonly string[];
  readonly host: readonly string[];
  readonly portVariable?: string;
  readonly hostVariable?: string;
  /** The subcommands that serve; '' for none given. */
  readonly serves: readonly string[];
  /** Subcommands that end. */
  readonly ends?: readonly string[];
  /** Files that may hold another port. */
  readonly configs?: readonly string[];
}

const viteConfigs = ['vite.config.ts', 'vite.config.js', 'vite.config.mjs', 'vite.config.mts'];

const table: Readonly<Record<string, Server>> = {
  next: {
    defaults: commandDefaults.next,
    port: ['-p', '--port'],
    host: ['-H', '--hostname'],
    portVariable: 'PORT',
    serves: ['start', 'dev'],
    ends: ['build', 'lint', 'export'],
  },
  serve: {
    defaults: commandDefaults.serve,
    port: ['-p', '-l', '--listen', '--port'],
    host: [],
    portVariable: 'PORT',
    serves: [],
  },
  'http-server': {
    defaults: commandDefaults.httpServerNode,
    port: ['-p', '--port'],
    host: ['-a'],
    portVariable: 'PORT',
    serves: [],
  },
  'json-server': { defaults: commandDefaults.jsonServer, port: ['-p', '--port'], host: ['-H', '--host'], serves: [] },
  'react-scripts': {
    defaults: commandDefaults.reactScripts,
    port: [],
    host: [],
    portVariable: 'PORT',
    hostVariable: 'HOST',
    serves: ['start'],
    ends: ['build', 'test'],
  },
  'react-router-serve': {
    defaults: commandDefaults.reactRouterServe,
    port: [],
    host: [],
    portVariable: 'PORT',
    hostVariable: 'HOST',
    serves: [],
  },
  'remix-serve': {
    defaults: commandDefaults.reactRouterServe,
    port: [],
    host: [],
    portVariable: 'PORT',
    hostVariable: 'HOST',
    serves: [],
  },
};

const vite: Server = {
  defaults: commandDefaults.viteDev,
  port: ['--port'],
  host: ['--host'],
  serves: ['', 'dev', 'serve', 'preview'],
  ends: ['build', 'optimize'],
  configs: viteConfigs,
};

export const nodeServers: Launcher = {
  id: 'nodeServers',
  runs: (command) => Object.hasOwn(table, command) || command === 'vite' || ending.test(command) || command === 'nest',
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    if (ending.test(command)) return listensNone(process);
    if (command === 'nest') return runNest(process);
    const server = command === 'vite' ? vite : table[command];
    if (server === undefined) return unknownOutcome(process, `the command \`${command}\` is not known`);
    return runServer(process, command, server);
  },
};

function runServer(process: ContainerProcess, name: string, server: Server): Outcome {
  const flags = parseFlags(argumentsOf(process), {
    valued: [...server.port.map((flag) => [flag]), ...server.host.map((flag) => [flag])],
    ignored: ['-c', '--config', '--keepAliveTimeout', '--outDir', '--mode', '-m', '--base'],
  });
  const first = flags.positionals[0];
  const subcommand = first?.state === 'known' ? first.value : '';
  if (server.ends?.includes(subcommand)) return listensNone(process);
  if (server.serves.length > 0 && !server.serves.includes(subcommand)) {
    return unknownOutcome(process, `what \`${name} ${subcommand}\` listens on is not known`);
  }
  const port = firstOf(flags, server.port);
  if (flags.open !== undefined && port === undefined)
    return unknownOutcome(process, `the arguments of ${name} are open`);
  const config = server.configs?.find((file) => workspaceFile(process, file) !== undefined);
  if (port === undefined && config !== undefined) {
    return unknownOutcome(process, `the port may stand in ${config}, which is not read`);
  }
  return serverListens(process, {
    server: name,
    port: port?.state === 'known' ? { ...port, value: port.value.replace(/^tcp:\/\/[^:]*:/, '') } : port,
    host: hostOf(flags, server),
    ...(server.portVariable === undefined ? {} : { portVariable: server.portVariable }),
    ...(server.hostVariable === undefined ? {} : { hostVariable: server.hostVariable }),
    defaults: subcommand === 'preview' ? commandDefaults.vitePreview : server.defaults,
  });
}

function firstOf(flags: Flags, names: readonly string[]) {
  for (const name of names) {
    const value = flags.last(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** `vite --host` without a value binds every interface. */
function hostOf(flags: Flags, server: Server) {
  const given = firstOf(flags, server.host);
  const isFlag = given?.state === 'known' && (given.value === 'true' || given.value.startsWith('-'));
  return isFlag ? { ...given, value: '0.0.0.0' } : given;
}

/** `nest start` builds and runs src/main.ts. */
function runNest(process: ContainerProcess): Outcome {
  const flags = parseFlags(argumentsOf(process), {
    valued: [
      ['-c', '--config'],
      ['-p', '--path'],
      ['-e', '--exec'],
    ],
  });
  const [command, project] = flags.positionals;
  if (command?.state !== 'known' || command.value !== 'start') return listensNone(process);
  const app = project?.state === 'known' ? `apps/${project.value}/src/main.ts` : 'src/main.ts';
  const script = { ...command, value: app };
  return { kind: 'run', process: { ...process, argv: [{ ...command, value: 'ts-node' }, script] } };
}
