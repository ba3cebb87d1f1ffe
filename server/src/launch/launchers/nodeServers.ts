// Servers and tools of the Node world that are started as commands: next, serve, vite, ng serve, prisma, tsc. What their
// own configuration files say about the port is read.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone, serverListens } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile, readSettings } from '../settingsFiles.ts';
import { lastSegment, wordText } from '../text.ts';

/** Come to an end and listen nowhere. */
const ending =
  /^(?:prisma|knex|sequelize|sequelize-cli|typeorm|typeorm-ts-node-commonjs|db-migrate|node-pg-migrate|drizzle-kit|tsc|tsup|esbuild|webpack|webpack-cli|rollup|eslint|prettier|jest|vitest|mocha|rimraf|shx|cpx|copyfiles|tsc-alias|husky|migrate-mongo)$/;

interface Server {
  readonly defaults: { readonly port: number; readonly host: string };
  readonly port: readonly string[];
  readonly host: readonly string[];
  readonly portVariables?: readonly string[];
  readonly hostVariables?: readonly string[];
  /** The subcommands that serve; '' for none given. */
  readonly serves: readonly string[];
  /** Subcommands that end. */
  readonly ends?: readonly string[];
  /** Its configuration, and the keys in it that hold port and host, strongest first. */
  readonly config?: (subcommand: string) => ConfigKeys;
}

interface ConfigKeys {
  /** Names without their endings. */
  readonly file: string;
  readonly port: readonly (readonly string[])[];
  readonly host: readonly (readonly string[])[];
}

const endings = ['ts', 'js', 'mjs', 'mts', 'cjs', 'cts'];

/** Development servers keep port and host under one key. */
function keysOf(file: string, ...owners: readonly string[]): () => ConfigKeys {
  return () => ({ file, port: owners.map((owner) => [owner, 'port']), host: owners.map((owner) => [owner, 'host']) });
}

const table: Readonly<Record<string, Server>> = {
  next: {
    defaults: commandDefaults.next,
    port: ['-p', '--port'],
    host: ['-H', '--hostname'],
    portVariables: ['PORT'],
    serves: ['start', 'dev'],
    ends: ['build', 'lint', 'export'],
  },
  serve: {
    defaults: commandDefaults.serve,
    port: ['-p', '-l', '--listen', '--port'],
    host: [],
    portVariables: ['PORT'],
    serves: [],
  },
  keystone: {
    defaults: commandDefaults.keystone,
    port: ['--port'],
    host: [],
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    serves: ['', 'start', 'dev'],
    ends: ['build', 'postinstall', 'prisma', 'telemetry'],
    config: keysOf('keystone', 'server'),
  },
  'http-server': {
    defaults: commandDefaults.httpServerNode,
    port: ['-p', '--port'],
    host: ['-a'],
    portVariables: ['PORT'],
    serves: [],
  },
  'json-server': { defaults: commandDefaults.jsonServer, port: ['-p', '--port'], host: ['-H', '--host'], serves: [] },
  'react-scripts': {
    defaults: commandDefaults.reactScripts,
    port: [],
    host: [],
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    serves: ['start'],
    ends: ['build', 'test'],
  },
  'react-router-serve': {
    defaults: commandDefaults.reactRouterServe,
    port: [],
    host: [],
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    serves: [],
  },
  'remix-serve': {
    defaults: commandDefaults.reactRouterServe,
    port: [],
    host: [],
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    serves: [],
  },
  // preview takes its host from `server` where it has none of its own: https://vite.dev/config/preview-options
  vite: {
    defaults: commandDefaults.viteDev,
    port: ['--port'],
    host: ['--host'],
    serves: ['', 'dev', 'serve', 'preview'],
    ends: ['build', 'optimize'],
    config: (subcommand) =>
      subcommand === 'preview'
        ? {
            file: 'vite.config',
            port: [['preview', 'port']],
            host: [
              ['preview', 'host'],
              ['server', 'host'],
            ],
          }
        : keysOf('vite.config', 'server')(),
  },
  astro: {
    defaults: commandDefaults.astro,
    port: ['--port'],
    host: ['--host'],
    serves: ['dev', 'preview', 'start'],
    ends: ['build', 'check', 'sync'],
    config: keysOf('astro.config', 'server'),
  },
  nuxt: {
    defaults: commandDefaults.nuxtCommand,
    port: ['-p', '--port'],
    host: ['-H', '--host'],
    portVariables: ['NUXT_PORT', 'NITRO_PORT', 'PORT'],
    hostVariables: ['NUXT_HOST', 'NITRO_HOST', 'HOST'],
    serves: ['', 'start', 'dev', 'preview'],
    ends: ['build', 'generate', 'prepare', 'typecheck'],
    config: keysOf('nuxt.config', 'devServer', 'server'),
  },
  gatsby: {
    defaults: commandDefaults.gatsbyServe,
    port: ['-p', '--port'],
    host: ['-H', '--host'],
    serves: ['serve'],
    ends: ['build', 'clean'],
  },
  'vue-cli-service': {
    defaults: commandDefaults.vueCli,
    port: ['--port'],
    host: ['--host'],
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    serves: ['serve'],
    ends: ['build', 'lint', 'inspect', 'test:unit'],
    config: keysOf('vue.config', 'devServer'),
  },
  'webpack-dev-server': {
    defaults: commandDefaults.webpackDevServer,
    port: ['--port'],
    host: ['--host'],
    serves: ['', 'serve', 'server'],
    config: keysOf('webpack.config', 'devServer'),
  },
  ng: {
    defaults: commandDefaults.angular,
    port: ['--port'],
    host: ['--host'],
    serves: ['serve', 's'],
    ends: ['build', 'test', 'lint', 'version', 'config'],
  },
  storybook: {
    defaults: commandDefaults.storybook,
    port: ['-p', '--port'],
    host: ['-h', '--host'],
    serves: ['dev'],
    ends: ['build'],
  },
};

/** The same servers under other names. */
const alike: Readonly<Record<string, string>> = { nuxi: 'nuxt' };

export const nodeServers: Launcher = {
  id: 'nodeServers',
  runs: (command) =>
    Object.hasOwn(table, command) || Object.hasOwn(alike, command) || ending.test(command) || command === 'nest',
  resolve(process) {
    const given = lastSegment(knownCommand(process) ?? '');
    const command = alike[given] ?? (isDevServer(given, process) ? 'webpack-dev-server' : given);
    if (ending.test(command)) return listensNone(process);
    if (command === 'nest') return runNest(process);
    const server = table[command];
    if (server === undefined) return unknownOutcome(process, `the command \`${command}\` is not known`);
    return runServer(process, command, server);
  },
};

/** `webpack serve` */
function isDevServer(command: string, process: ContainerProcess): boolean {
  return /^webpack(?:-cli)?$/.test(command) && /^(?:serve|server|s)$/.test(wordText(process.argv[1] ?? noWord));
}

const noWord: Value<string> = known('', { uri: '', span: { start: 0, end: 0 } });

function runServer(process: ContainerProcess, name: string, server: Server): Outcome {
  const flags = parseFlags(argumentsOf(process), {
    valued: [...server.port.map((flag) => [flag]), ...server.host.map((flag) => [flag]), ['-c', '--config']],
    ignored: ['--keepAliveTimeout', '--outDir', '--mode', '-m', '--base', '--configuration', '--proxy-config'],
  });
  const first = flags.positionals[0];
  const subcommand = first?.state === 'known' ? first.value : '';
  if (server.ends?.includes(subcommand)) return listensNone(process);
  // Ray Serve has a command of the same name: https://docs.ray.io/en/latest/serve/api/index.html#command-line-interface-cli
  if (name === 'serve' && /^(?:run|deploy)$/.test(subcommand)) {
    return unknownOutcome(process, `what \`serve ${subcommand}\` of Ray listens on is not known`);
  }
  if (server.serves.length > 0 && !server.serves.includes(subcommand)) {
    return unknownOutcome(process, `what \`${name} ${subcommand}\` listens on is not known`);
  }
  const given = firstOf(flags, server.port) ?? variableOf(process, server.portVariables);
  if (flags.open !== undefined && given === undefined)
    return unknownOutcome(process, `the arguments of ${name} are open`);
  const written = name === 'ng' ? angularSettings(process, flags.positionals[1]) : configured(process, server, flags);
  if (written === 'unread' && given === undefined) {
    return unknownOutcome(process, `the configuration of ${name} may name the port and cannot be read`);
  }
  const { port: writtenPort, host: writtenHost } = written === 'unread' ? nothingWritten : written;
  const port = given ?? writtenPort;
  const host = hostOf(process, flags, server) ?? variableOf(process, server.hostVariables) ?? everyHost(writtenHost);
  return serverListens(process, {
    server: name,
    port: port?.state === 'known' ? { ...port, value: port.value.replace(/^tcp:\/\/[^:]*:/, '') } : port,
    host: written === 'unread' && host === undefined ? dynamic('', noWord.at, 'the configuration may name it') : host,
    defaults: subcommand === 'preview' && name === 'vite' ? commandDefaults.vitePreview : server.defaults,
  });
}

interface Written {
  readonly port: Value<string> | undefined;
  readonly host: Value<string> | undefined;
}

const nothingWritten: Written = { port: undefined, host: undefined };

function variableOf(process: ContainerProcess, names: readonly string[] = []): Value<string> | undefined {
  const name = names.find((candidate) => process.environment.get(candidate) !== undefined);
  return name === undefined ? undefined : process.environment.get(name);
}

/** What the server's own configuration file says. */
function configured(process: ContainerProcess, server: Server, flags: Flags): Written | 'unread' {
  const first = flags.positionals[0];
  const keys = server.config?.(first?.state === 'known' ? first.value : '');
  if (keys === undefined) return nothingWritten;
  const named = flags.last('-c');
  const files = named?.state === 'known' ? [named.value] : endings.map((ending) => `${keys.file}.${ending}`);
  const settings = readSettings(process, files);
  if (settings === undefined || settings === 'unread') return settings ?? nothingWritten;
  const read = (paths: readonly (readonly string[])[]) => {
    for (const path of paths) {
      const value = settings.value(...path);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return { port: read(keys.port), host: read(keys.host) };
}

/** `projects.web.architect.serve.options.port` of angular.json. */
function angularSettings(process: ContainerProcess, project: Value<string> | undefined): Written {
  const file = dataFile(process, 'angular.json');
  const wanted = project?.state === 'known' ? project.value : undefined;
  const read = (name: string): Value<string> | undefined => {
    const ending = new RegExp(`^projects\\.(.+)\\.(?:architect|targets)\\.serve\\.options\\.${name}$`);
    const values = (file?.entries ?? []).filter(({ key }) => {
      const owner = ending.exec(key)?.[1];
      return owner !== undefined && (wanted === undefined || wanted === owner);
    });
    const [first, second] = values;
    if (first === undefined) return undefined;
    return second === undefined ? first.value : dynamic(name, first.value.at, 'angular.json has several projects');
  };
  return { port: read('port'), host: read('host') };
}

function firstOf(flags: Flags, names: readonly string[]) {
  for (const name of names) {
    const value = flags.last(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** `vite --host` without a value binds every interface. */
function hostOf(process: ContainerProcess, flags: Flags, server: Server): Value<string> | undefined {
  const given = firstOf(flags, server.host);
  const last = process.argv.at(-1);
  if (given === undefined && last && server.host.includes(wordText(last))) return known('0.0.0.0', last.at);
  return everyHost(given);
}

/** `host: true`, and an option that follows `--host` in place of a value. */
function everyHost(given: Value<string> | undefined): Value<string> | undefined {
  const isEvery = given?.state === 'known' && (given.value === 'true' || given.value.startsWith('-'));
  return isEvery ? { ...given, value: '0.0.0.0' } : given;
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
