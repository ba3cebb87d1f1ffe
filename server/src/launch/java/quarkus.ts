// Quarkus: `quarkus.http.port` from system properties, the environment and application.properties, 8080 where none says
// it. https://quarkus.io/guides/config-reference#configuration-sources

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import { joinUri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { workspaceFile } from '../argv.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { step } from '../text.ts';
import type { JavaStart } from './commandLine.ts';
import { libraryOf, opensNothing } from './libraries.ts';
import type { JavaProgram, Port } from './ports.ts';
import { boundHost, defaultPort, portsListen, settledPort, undecided } from './ports.ts';
import type { JavaBuild } from './projects.ts';
import type { Layer, Settings } from './settings.ts';
import { createSettings, environmentLayer, fileLayer, propertyLayer } from './settings.ts';

/** Extensions that start the HTTP server. */
const http =
  /:quarkus-(?:rest|resteasy|vertx-http|vertx-web|reactive-routes|undertow|smallrye-(?:graphql|health|openapi|metrics)|micrometer|spring-web|funqy-http|websockets|oidc|keycloak|swagger-ui|qute-web|renarde|web-bundler|camel-.*|grpc|hal)/;
const camel = /^org\.apache\.camel\.quarkus:camel-quarkus-(?:rest|platform-http|servlet)/;
const GRPC_PORT = 9000;
const MANAGEMENT_PORT = 9000;

export function quarkus(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  const library = libraryOf(build, http) ?? libraryOf(build, camel);
  const trail = [...process.trail, step(library?.at ?? build.project.at, library?.value ?? 'Quarkus')];
  const program: JavaProgram = { process, build, trail };
  if (library === undefined) {
    const reason = `no HTTP extension of Quarkus is among the libraries of ${process.shownPath(build.file)}`;
    const listens = onlyQuarkus(build) ? { state: 'none' as const, because: trail } : undecided(program, reason);
    return { kind: 'listens', listens, program: build.file };
  }
  const settings = settingsOf(process, build, start);
  const listens = portsListen(program, portsOf(program, settings));
  return { kind: 'listens', listens, program: build.file };
}

function onlyQuarkus(build: JavaBuild): boolean {
  const others = build.dependencies.filter(({ value }) => !value.startsWith('io.quarkus:'));
  return opensNothing({ ...build, dependencies: others }) === true;
}

function settingsOf(process: ContainerProcess, build: JavaBuild, start: JavaStart): Settings {
  const outer: readonly Layer[] = [propertyLayer(start.properties, start.open, '-D'), environmentLayer(process)];
  const chosen = createSettings(outer).get('quarkus.profile');
  const profile = chosen?.state === 'known' ? chosen.value : 'prod';
  const files = ['config/application.properties', 'application.properties'].flatMap(
    (path) => workspaceFile(process, path) ?? [],
  );
  const resources = build.folders.flatMap((folder) =>
    ['application.properties', 'application.yaml', 'application.yml', 'META-INF/microprofile-config.properties'].map(
      (name) => joinUri(folder, `src/main/resources/${name}`),
    ),
  );
  return createSettings([...outer, ...[...files, ...resources].flatMap((uri) => fileLayers(process, uri, profile))]);
}

/** `%prod.quarkus.http.port` beats `quarkus.http.port`. */
function fileLayers(process: ContainerProcess, uri: Uri, profile: string): readonly Layer[] {
  if (!process.files.exists(uri)) return [];
  const file = factOf(process.files.facts(uri, 'configFile'), 'configFile');
  if (file === undefined) return [];
  const name = process.shownPath(uri);
  return [fileLayer(file, name, undefined, `%${profile}.`), fileLayer(file, name)];
}

function portsOf(program: JavaProgram, settings: Settings): readonly (Port | undefined)[] {
  const host = boundHost(program, settings, 'quarkus.http.host', commandDefaults.quarkus.host);
  return [
    ...httpPorts(program, settings, host),
    isTrue(settings.get('quarkus.management.enabled'))
      ? portOr(
          program,
          settings,
          'quarkus.management.port',
          MANAGEMENT_PORT,
          boundHost(program, settings, 'quarkus.management.host'),
        )
      : undefined,
    grpcPort(program, settings),
  ];
}

function httpPorts(program: JavaProgram, settings: Settings, host: Value<string>): readonly (Port | undefined)[] {
  const enabled = settings.get('quarkus.http.host-enabled');
  if (enabled?.state === 'known' && enabled.value === 'false') return [];
  const insecure = settings.get('quarkus.http.insecure-requests');
  const isOff = insecure?.state === 'known' && insecure.value.toLowerCase() === 'disabled';
  const plain = isOff ? undefined : portOr(program, settings, 'quarkus.http.port', commandDefaults.quarkus.port, host);
  const certificates = ['key-store-file', 'files', 'key-files', 'file'].map((key) =>
    settings.get(`quarkus.http.ssl.certificate.${key}`),
  );
  const isSecure = certificates.some((value) => value !== undefined);
  return [plain, isSecure ? portOr(program, settings, 'quarkus.http.ssl-port', 8443, host) : undefined];
}

/** A server of its own beside the HTTP server, unless it is told to share that. */
function grpcPort(program: JavaProgram, settings: Settings): Port | undefined {
  if (libraryOf(program.build, /:quarkus-grpc$/) === undefined) return undefined;
  const separate = settings.get('quarkus.grpc.server.use-separate-server');
  if (separate?.state === 'known' && separate.value === 'false') return undefined;
  return portOr(
    program,
    settings,
    'quarkus.grpc.server.port',
    GRPC_PORT,
    boundHost(program, settings, 'quarkus.grpc.server.host'),
  );
}

function portOr(
  program: JavaProgram,
  settings: Settings,
  key: string,
  fallback: number,
  host: Value<string>,
): Port | undefined {
  const port = settings.get(key);
  return port === undefined
    ? defaultPort(program, 'Quarkus', fallback, key, host)
    : settledPort(program, port, host, key);
}

function isTrue(value: Value<string> | undefined): boolean {
  return value?.state === 'known' && value.value === 'true';
}
