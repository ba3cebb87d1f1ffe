// Micronaut and Helidon: `micronaut.server.port` and `server.port` from the command line, the environment and the files of
// their resources. https://docs.micronaut.io/latest/guide/#propertySource, https://helidon.io/docs/latest/se/config/

import { commandDefaults } from '../../aws/commandDefaults.ts';
import { joinUri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { workspaceFile } from '../argv.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { step } from '../text.ts';
import type { JavaStart } from './commandLine.ts';
import { libraryOf, opensNothing } from './libraries.ts';
import type { JavaProgram } from './ports.ts';
import { boundHost, defaultPort, portsListen, settledPort, undecided } from './ports.ts';
import { namesIn } from './profiles.ts';
import type { JavaBuild } from './projects.ts';
import type { Layer, Settings } from './settings.ts';
import { argumentLayer, createSettings, environmentLayer, fileLayer, propertyLayer } from './settings.ts';

const extensions = ['.properties', '.yml', '.yaml', '.toml', '.json'];

export function micronaut(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  const library = libraryOf(build, /micronaut-http-server/);
  const hasRuntime = build.plugins.some((plugin) =>
    /^io\.micronaut\.(?:application|minimal\.application)$/.test(plugin),
  );
  const trail = [...process.trail, step(library?.at ?? build.project.at, library?.value ?? 'Micronaut')];
  const program: JavaProgram = { process, build, trail };
  if (library === undefined && !hasRuntime && opensNothing(build) !== true) {
    const reason = `no HTTP server of Micronaut is among the libraries of ${process.shownPath(build.file)}`;
    return { kind: 'listens', listens: undecided(program, reason), program: build.file };
  }
  const outer = outerLayers(process, start);
  const chosen = createSettings(outer).get('micronaut.environments');
  const names = chosen?.state === 'known' ? namesIn(chosen.value) : [];
  const files = [...names.map((name) => `application-${name}`).reverse(), 'application'];
  const settings = createSettings([...outer, ...files.flatMap((name) => resourceLayers(process, build, name))]);
  const { port: fallback } = commandDefaults.micronaut;
  return listensAt(program, settings, 'Micronaut', 'micronaut.server', fallback);
}

/** Helidon MP listens on 7001 where nothing is set, Helidon SE on a port that the system picks. */
export function helidon(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  const isMicroProfile = libraryOf(build, /helidon-microprofile/) !== undefined;
  const trail = [...process.trail, step(build.project.at, isMicroProfile ? 'Helidon MP' : 'Helidon SE')];
  const program: JavaProgram = { process, build, trail };
  const files = ['application', 'META-INF/microprofile-config'];
  const settings = createSettings([
    ...outerLayers(process, start),
    ...files.flatMap((name) => resourceLayers(process, build, name)),
  ]);
  if (!isMicroProfile && settings.get('server.port') === undefined) {
    const reason = 'server.port of Helidon is not set, so that the program or the system picks the port';
    return { kind: 'listens', listens: undecided(program, reason), program: build.file };
  }
  return listensAt(program, settings, 'Helidon MP', 'server', commandDefaults.helidonMp.port);
}

function outerLayers(process: ContainerProcess, start: JavaStart): readonly Layer[] {
  return [argumentLayer(start.arguments), propertyLayer(start.properties, start.open, '-D'), environmentLayer(process)];
}

/** Files beside the program beat those in the archive. */
function resourceLayers(process: ContainerProcess, build: JavaBuild, name: string): readonly Layer[] {
  const inside = build.folders.flatMap((folder) =>
    extensions.map((extension) => joinUri(folder, `src/main/resources/${name}${extension}`)),
  );
  const outside = extensions.flatMap((extension) => workspaceFile(process, `${name}${extension}`) ?? []);
  return [...outside, ...inside].flatMap((uri) => {
    const file = process.files.exists(uri) ? factOf(process.files.facts(uri, 'configFile'), 'configFile') : undefined;
    return file === undefined ? [] : [fileLayer(file, process.shownPath(uri))];
  });
}

function listensAt(
  program: JavaProgram,
  settings: Settings,
  server: string,
  prefix: string,
  fallback: number,
): Outcome {
  const host = boundHost(program, settings, `${prefix}.host`);
  const key = `${prefix}.port`;
  const port = settings.get(key);
  const found =
    port === undefined ? defaultPort(program, server, fallback, key, host) : settledPort(program, port, host, key);
  return { kind: 'listens', listens: portsListen(program, [found]), program: program.build.file };
}
