// The servers that well-known images bring, save those whose configuration is read: redis, Tomcat, PHP with nginx. Their default ports hold while nothing in view touches
// their configuration.

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
    command === lastSegment(process.base?.cmd?.[0] ?? '') && process.base?.ports !== undefined,
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const ports = process.base?.ports ?? [];
    if (!hasDefaultArguments(process)) {
      return unknownOutcome(process, `the arguments of ${command} may name another port`);
    }
    const { portVariable } = process.base ?? {};
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
