// Servers and tools of the Python world that are started as commands and take port and host as flags: mlflow, jupyter,
// airflow, granian, flower and their like. Each default with the page that says so.

import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone, runs, serverListens } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';

interface Server {
  readonly port: number;
  readonly host: string;
  readonly source: string;
  readonly portFlags: readonly string[];
  readonly hostFlags: readonly string[];
  readonly portVariable?: string;
  readonly hostVariable?: string;
  /** The subcommands that serve; any where there is none. */
  readonly serves?: readonly string[];
  /** Subcommands that listen nowhere. */
  readonly quiet?: readonly string[];
}

const EVERYWHERE = '0.0.0.0';
const LOOPBACK = '127.0.0.1';

const table: Readonly<Record<string, Server>> = {
  mlflow: {
    port: 5000,
    host: LOOPBACK,
    source: 'https://mlflow.org/docs/latest/cli.html',
    portFlags: ['--port', '-p'],
    hostFlags: ['--host', '-h'],
    portVariable: 'MLFLOW_PORT',
    hostVariable: 'MLFLOW_HOST',
    serves: ['server', 'ui'],
    quiet: ['run', 'db', 'gc', 'experiments', 'runs'],
  },
  jupyter: {
    port: 8888,
    host: 'localhost',
    source: 'https://jupyter-server.readthedocs.io/en/latest/users/configuration.html',
    portFlags: ['--port', '--ServerApp.port', '--NotebookApp.port'],
    hostFlags: ['--ip', '--ServerApp.ip', '--NotebookApp.ip'],
    portVariable: 'JUPYTER_PORT',
    serves: ['lab', 'notebook', 'server'],
    quiet: ['nbconvert', 'kernelspec'],
  },
  marimo: {
    port: 2718,
    host: LOOPBACK,
    source: 'https://docs.marimo.io/cli/',
    portFlags: ['--port', '-p'],
    hostFlags: ['--host'],
    serves: ['run', 'edit'],
  },
  airflow: {
    port: 8080,
    host: EVERYWHERE,
    source: 'https://airflow.apache.org/docs/apache-airflow/stable/cli-and-env-variables-ref.html',
    portFlags: ['--port', '-p'],
    hostFlags: ['--hostname', '-H', '--host'],
    portVariable: 'AIRFLOW__WEBSERVER__WEB_SERVER_PORT',
    serves: ['webserver', 'api-server', 'standalone'],
    quiet: ['scheduler', 'triggerer', 'dag-processor', 'db', 'users', 'connections', 'variables', 'version'],
  },
  flower: {
    port: 5555,
    host: EVERYWHERE,
    source: 'https://flower.readthedocs.io/en/latest/config.html#port',
    portFlags: ['--port'],
    hostFlags: ['--address'],
    portVariable: 'FLOWER_PORT',
    hostVariable: 'FLOWER_ADDRESS',
  },
  granian: {
    port: 8000,
    host: LOOPBACK,
    source: 'https://github.com/emmett-framework/granian#options',
    portFlags: ['--port'],
    hostFlags: ['--host'],
    portVariable: 'GRANIAN_PORT',
    hostVariable: 'GRANIAN_HOST',
  },
  litestar: {
    port: 8000,
    host: LOOPBACK,
    source: 'https://docs.litestar.dev/latest/usage/cli.html',
    portFlags: ['--port', '-p'],
    hostFlags: ['--host', '-H'],
    portVariable: 'LITESTAR_PORT',
    hostVariable: 'LITESTAR_HOST',
    serves: ['run'],
  },
  sanic: {
    port: 8000,
    host: LOOPBACK,
    source: 'https://sanic.dev/en/guide/running/running.html',
    portFlags: ['--port', '-p'],
    hostFlags: ['--host', '-H'],
  },
  locust: {
    port: 8089,
    host: EVERYWHERE,
    source: 'https://docs.locust.io/en/stable/configuration.html',
    portFlags: ['--web-port', '-P'],
    hostFlags: ['--web-host'],
    portVariable: 'LOCUST_WEB_PORT',
  },
  bokeh: {
    port: 5006,
    host: 'localhost',
    source: 'https://docs.bokeh.org/en/latest/docs/reference/command/subcommands/serve.html',
    portFlags: ['--port'],
    hostFlags: ['--address'],
    serves: ['serve'],
  },
  panel: {
    port: 5006,
    host: 'localhost',
    source: 'https://panel.holoviz.org/how_to/server/commandline.html',
    portFlags: ['--port'],
    hostFlags: ['--address'],
    serves: ['serve'],
  },
  'dagster-webserver': {
    port: 3000,
    host: LOOPBACK,
    source: 'https://docs.dagster.io/deployment/oss/dagster-webserver',
    portFlags: ['--port', '-p'],
    hostFlags: ['--host', '-h'],
  },
  litellm: {
    port: 4000,
    host: EVERYWHERE,
    source: 'https://docs.litellm.ai/docs/proxy/cli',
    portFlags: ['--port'],
    hostFlags: ['--host'],
    portVariable: 'PORT',
    hostVariable: 'HOST',
  },
};

export const pythonServers: Launcher = {
  id: 'pythonServers',
  runs: (command) => Object.hasOwn(table, command) || command === 'gradio' || /^jupyter-\w+$/.test(command),
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    // `gradio app.py` runs the program and watches it.
    if (command === 'gradio')
      return runs(process, [known('python', process.argv[0]?.at ?? nowhere), ...argumentsOf(process)]);
    const [tool = '', subcommand] = command.split(/-(?=lab$|notebook$|server$)/);
    const server = table[tool] ?? table[command];
    if (server === undefined) return unknownOutcome(process, `the command \`${command}\` is not known`);
    return runServer(process, tool, server, argumentsOf(process), subcommand);
  },
};

const nowhere = { uri: '', span: { start: 0, end: 0 } };

/** `celery -A app flower --port=5555` */
export function runFlower(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const { flower } = table;
  return flower === undefined
    ? unknownOutcome(process, 'what `celery flower` listens on is not known')
    : runServer(process, 'flower', flower, words, undefined);
}

function runServer(
  process: ContainerProcess,
  name: string,
  server: Server,
  words: readonly Value<string>[],
  given: string | undefined,
): Outcome {
  const flags = parseFlags(words, { valued: [server.portFlags, server.hostFlags] });
  const first = flags.positionals[0];
  const subcommand = given ?? (first === undefined ? '' : wordText(first));
  if (server.quiet?.includes(subcommand)) return listensNone(process);
  if (server.serves !== undefined && !server.serves.includes(subcommand)) {
    return unknownOutcome(process, `what \`${name} ${subcommand}\` listens on is not known`);
  }
  const port = flags.last(server.portFlags[0] ?? '');
  if (flags.open !== undefined && port === undefined) {
    return unknownOutcome(process, `the arguments of ${name} are open`);
  }
  const host = flags.last(server.hostFlags[0] ?? '');
  return serverListens(process, {
    server: name,
    port,
    host: host?.state === 'known' && host.value === '*' ? { ...host, value: EVERYWHERE } : host,
    ...(server.portVariable === undefined ? {} : { portVariable: server.portVariable }),
    ...(server.hostVariable === undefined ? {} : { hostVariable: server.hostVariable }),
    defaults: server,
  });
}
