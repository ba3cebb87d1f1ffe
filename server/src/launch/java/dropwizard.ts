// Dropwizard: `java -jar app.jar server config.yml`. The connectors stand in the file, or in `-Ddw.…` properties.
// https://www.dropwizard.io/en/stable/manual/configuration.html#servers

import { factOf } from '../../facts/fileFacts.ts';
import { known } from '../../facts/value.ts';
import { workspaceFile } from '../argv.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { step } from '../text.ts';
import type { JavaStart } from './commandLine.ts';
import { libraryOf } from './libraries.ts';
import type { JavaProgram, Port } from './ports.ts';
import { boundHost, commandPlace, defaultPort, EVERYWHERE, portsListen, settledPort } from './ports.ts';
import type { JavaBuild } from './projects.ts';
import type { Layer, Settings } from './settings.ts';
import { createSettings, environmentVariable, fileLayer, propertyLayer } from './settings.ts';

const APPLICATION = { list: 'server.applicationConnectors', port: 8080 } as const;
const ADMIN = { list: 'server.adminConnectors', port: 8081 } as const;
const MOST_CONNECTORS = 10;

export function dropwizard(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  const [command, path] = start.arguments;
  if (command?.state !== 'known')
    return unknownOutcome(process, 'the command of the Dropwizard program is open', build.file);
  const library = libraryOf(build, /dropwizard/);
  const trail = [...process.trail, step(library?.at ?? build.project.at, library?.value ?? 'Dropwizard')];
  if (command.value !== 'server')
    return { kind: 'listens', listens: { state: 'none', because: trail }, program: build.file };
  const program: JavaProgram = { process, build, trail };
  const file = path?.state === 'known' ? workspaceFile(process, path.value) : undefined;
  const config = file === undefined ? undefined : factOf(process.files.facts(file, 'configFile'), 'configFile');
  if (path !== undefined && (config === undefined || file === undefined)) {
    const named = path.state === 'known' ? path.value : 'that it is given';
    return unknownOutcome(process, `the configuration ${named} is not among the files in view`, build.file);
  }
  const layers: Layer[] = [prefixed(propertyLayer(start.properties, start.open, '-D'))];
  if (config !== undefined && file !== undefined) layers.push(fileLayer(config, process.shownPath(file)));
  // Placeholders mean variables of the environment only.
  const settings = createSettings(layers, { find: environmentVariable(process), separator: ':-' });
  return { kind: 'listens', listens: portsListen(program, portsOf(program, settings)), program: build.file };
}

/** `-Ddw.server.connector.port=…` overrides the file. */
function prefixed(layer: Layer): Layer {
  return (key) => layer(`dw.${key}`);
}

function portsOf(program: JavaProgram, settings: Settings): readonly (Port | undefined)[] {
  const type = settings.get('server.type');
  if (type?.state === 'known' && type.value === 'simple') {
    return [connector(program, settings, 'server.connector') ?? simplePort(program)];
  }
  return [...connectors(program, settings, APPLICATION), ...connectors(program, settings, ADMIN)];
}

function simplePort(program: JavaProgram): Port {
  const everywhere = known(EVERYWHERE, commandPlace(program));
  return defaultPort(program, 'Dropwizard', APPLICATION.port, 'server.connector.port', everywhere);
}

function connectors(
  program: JavaProgram,
  settings: Settings,
  { list, port }: { readonly list: string; readonly port: number },
): readonly (Port | undefined)[] {
  const found: (Port | undefined)[] = [];
  for (let index = 0; index < MOST_CONNECTORS; index++) {
    const key = `${list}[${index}]`;
    if (settings.get(`${key}.type`) === undefined && settings.get(`${key}.port`) === undefined) break;
    found.push(
      connector(program, settings, key) ??
        defaultPort(program, 'Dropwizard', 8080, `${key}.port`, boundHost(program, settings, `${key}.bindHost`)),
    );
  }
  if (found.length > 0) return found;
  return [defaultPort(program, 'Dropwizard', port, list, known(EVERYWHERE, commandPlace(program)))];
}

function connector(program: JavaProgram, settings: Settings, key: string): Port | undefined {
  const port = settings.get(`${key}.port`);
  return port && settledPort(program, port, boundHost(program, settings, `${key}.bindHost`), `${key}.port`);
}
