// The servers that well-known images bring: redis, Tomcat, PHP with nginx. Where the image's own script starts servers whose
// configuration is read, those are run; else the default ports hold while nothing in view touches their configuration.

import type { Listens } from '../../facts/listens.ts';
import { known } from '../../facts/value.ts';
import { knownCommand, serverListens, workspaceFile } from '../argv.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, step, wordText } from '../text.ts';

/** What in a Dockerfile may change the ports, by command. */
const configurations: Readonly<Record<string, RegExp>> = {
  'catalina.sh': /server\.xml|\/conf\b/i,
};

const anyConfiguration = /\.conf\b|\.cnf\b|\.ya?ml\b|\.toml\b|\/etc\/|config/i;

export const baseCommand: Launcher = {
  id: 'baseCommand',
  runs: (command, process) =>
    command === lastSegment(process.base?.cmd?.[0] ?? '') &&
    (process.base?.ports !== undefined || process.base?.starts !== undefined),
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const ports = process.base?.ports ?? [];
    if (!hasDefaultArguments(process)) {
      return unknownOutcome(process, `the arguments of ${command} may name another port`);
    }
    const open = process.base?.undecidedBy?.find((name) => isSet(process, name));
    if (open !== undefined) return unknownOutcome(process, `what ${open} makes ${command} listen on is not followed`);
    const { portVariable, starts } = process.base ?? {};
    if (starts !== undefined) return startedBy(process, starts);
    if (command === 'start.sh' && portVariable === undefined) return openedByVariable(process, ports);
    if (portVariable !== undefined && process.environment.get(portVariable) !== undefined) {
      const defaults = { port: ports[0] ?? 80, host: '0.0.0.0' };
      return serverListens(process, { server: command, port: undefined, host: undefined, portVariable, defaults });
    }
    const pattern = configurations[command] ?? anyConfiguration;
    if (process.buildTexts.some((text) => pattern.test(text))) {
      return unknownOutcome(process, `the configuration of ${command} is set in the image and is not read`);
    }
    return { kind: 'listens', listens: defaultPorts(process, command, ports) };
  },
};

/** `off` and `false` are what images set themselves. */
function isSet({ environment }: ContainerProcess, name: string): boolean {
  const value = environment.named(name) ? environment.get(name) : undefined;
  return value !== undefined && !(value.state === 'known' && /^(?:|off|false|no|0)$/i.test(value.value));
}

/** What the image's own script runs in the end. */
function startedBy(process: ContainerProcess, commands: readonly (readonly string[])[]): Outcome {
  const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
  const name = lastSegment(knownCommand(process) ?? '');
  const processes = commands.map((words): ContainerProcess => {
    const hop = step(at, `${name} of the base image starts ${words[0] === 'sh' ? 'its servers' : words[0]}`);
    return { ...process, argv: words.map((word) => known(word, at)), trail: [...process.trail, hop] };
  });
  return { kind: 'branches', branches: [{ processes }] };
}

function hasDefaultArguments(process: ContainerProcess): boolean {
  const defaults = (process.base?.cmd ?? []).slice(1).join(' ');
  const given = process.argv.slice(1).map(wordText).join(' ');
  return given === defaults || given === '';
}

/** https://github.com/tiangolo/uvicorn-gunicorn-docker: a configuration, BIND, else HOST and PORT. */
function openedByVariable(process: ContainerProcess, ports: readonly number[]): Outcome {
  const isConfigured = ['BIND', 'HOST', 'GUNICORN_CONF', 'GUNICORN_CMD_ARGS'].some((name) =>
    process.environment.get(name),
  );
  const hasFile = ['/app/gunicorn_conf.py', '/app/app/gunicorn_conf.py'].some((path) => workspaceFile(process, path));
  if (isConfigured || hasFile)
    return unknownOutcome(process, 'a configuration of gunicorn that is not read sets the port');
  const defaults = { port: ports[0] ?? 80, host: '0.0.0.0' };
  return serverListens(process, {
    server: 'start.sh',
    port: undefined,
    host: undefined,
    portVariable: 'PORT',
    defaults,
  });
}

function defaultPorts(process: ContainerProcess, command: string, ports: readonly number[]): Listens {
  const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
  return {
    state: 'known',
    ports: ports.map((port) => {
      const hop = step(at, `${command} of the base image listens on ${port}`);
      return { port: known(port, at, [hop]), host: known('0.0.0.0', at), because: [...process.trail, hop] };
    }),
  };
}
