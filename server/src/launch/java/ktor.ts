// Ktor: an `EngineMain` reads `ktor.deployment.port` from application.conf or application.yaml; other programs start an
// embedded server in code. https://ktor.io/docs/server-configuration-file.html

import type { Uri } from '../../base/uri.ts';
import { joinUri } from '../../base/uri.ts';
import type { ConfigEntry } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Known, Step, Value } from '../../facts/value.ts';
import { dynamic } from '../../facts/value.ts';
import { workspaceFile } from '../argv.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { step } from '../text.ts';
import { sliceWord } from '../words.ts';
import type { JavaStart } from './commandLine.ts';
import { jvmProgram } from './jvmProgram.ts';
import { libraryOf } from './libraries.ts';
import type { JavaProgram, Port } from './ports.ts';
import { boundHost, portsListen, settledPort } from './ports.ts';
import type { JavaBuild } from './projects.ts';
import type { Layer, Settings } from './settings.ts';
import { argumentLayer, createSettings, propertyLayer } from './settings.ts';

const names = ['application.conf', 'application.yaml', 'application.yml', 'application.json'];
const ENGINE_MAIN = /\.EngineMain$/;

export function ktor(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  const isEngine = ENGINE_MAIN.test(startClass(build, start));
  const uri = configFile(process, build, start);
  if (!isEngine) {
    const own = jvmProgram(process, build, start);
    if (uri === undefined || own.kind !== 'listens' || own.listens.state === 'known') return own;
  }
  if (uri === undefined)
    return unknownOutcome(process, 'no application.conf of the Ktor program is in view', build.file);
  return configured(process, build, start, uri);
}

function startClass(build: JavaBuild, { target }: JavaStart): string {
  if (target?.kind === 'class' && target.name.state === 'known') return target.name.value;
  return build.project.mainClass?.value ?? '';
}

function configFile(process: ContainerProcess, build: JavaBuild, start: JavaStart): Uri | undefined {
  const given = argumentLayer(start.arguments)('config');
  if (given?.state === 'known') return workspaceFile(process, given.value);
  const uris = build.folders.flatMap((folder) =>
    ['src/main/resources', 'resources'].flatMap((path) => names.map((name) => joinUri(folder, `${path}/${name}`))),
  );
  return uris.find((uri) => process.files.exists(uri));
}

function configured(process: ContainerProcess, build: JavaBuild, start: JavaStart, uri: Uri): Outcome {
  const file = factOf(process.files.facts(uri, 'configFile'), 'configFile');
  if (file === undefined) return unknownOutcome(process, `${process.shownPath(uri)} could not be read`, build.file);
  const library = libraryOf(build, /ktor-server/);
  const trail: readonly Step[] = [...process.trail, step(library?.at ?? build.project.at, library?.value ?? 'Ktor')];
  const program: JavaProgram = { process, build, trail };
  const settings = createSettings([
    deploymentArguments(argumentLayer(start.arguments)),
    propertyLayer(start.properties, start.open, '-D'),
    entriesLayer(process, file.entries),
  ]);
  const ports = portsOf(program, settings);
  if (ports.length > 0) return { kind: 'listens', listens: portsListen(program, ports), program: uri };
  return unknownOutcome(process, `ktor.deployment.port is not set in ${process.shownPath(uri)}`, uri);
}

function portsOf(program: JavaProgram, settings: Settings): readonly (Port | undefined)[] {
  const host = boundHost(program, settings, 'ktor.deployment.host');
  return ['ktor.deployment.port', 'ktor.deployment.sslPort'].flatMap((key) => {
    const port = settings.get(key);
    return port === undefined ? [] : [settledPort(program, port, host, key)];
  });
}

/** `-port=8080`, `-host=…`, `-P:ktor.deployment.port=8080`. */
function deploymentArguments(layer: Layer): Layer {
  return (key) => layer(key.replace(/^ktor\.deployment\./, '')) ?? layer(`P:${key}`);
}

/** The last setting of a key that comes to something: `port = 8080`, then `port = ${?PORT}`. */
function entriesLayer(process: ContainerProcess, entries: readonly ConfigEntry[]): Layer {
  return (key) => {
    const found = entries.filter((entry) => entry.key === key).reverse();
    for (const { value } of found) {
      const substituted = value.state === 'known' ? substitution(process, value) : value;
      if (substituted !== undefined) return substituted;
    }
    return undefined;
  };
}

/** `${?PORT}` of HOCON, `$PORT`, `"$?PORT"` and `$PORT:8080` of Ktor's YAML; undefined where an optional one is not set. */
function substitution(process: ContainerProcess, value: Known<string>): Value<string> | undefined {
  const own = { ...value, trail: [step(value.at, value.value)] };
  const found = /^\$(?:\{(\?)?([\w.]+)\}|(\?)?(\w+)(?::(.*))?)$/.exec(value.value.trim());
  if (found === null) return own;
  const name = found[2] ?? found[4] ?? '';
  const set = process.environment.get(name);
  if (set !== undefined) return set.state === 'known' ? { ...set, trail: [...own.trail, ...(set.trail ?? [])] } : set;
  if (found[5] !== undefined) return { ...sliceWord(own, value.value.length - found[5].length), trail: own.trail };
  const isOptional = (found[1] ?? found[3]) !== undefined;
  return isOptional ? undefined : dynamic(value.value, value.at, `nothing in view sets ${name}`);
}
