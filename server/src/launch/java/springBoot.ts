// Spring Boot: `server.port` from the command line, system properties, the environment and the settings files under the
// active profiles; 8080 where none says it. The management port where it is another one.
// https://docs.spring.io/spring-boot/reference/features/external-config.html

import { commandDefaults } from '../../aws/commandDefaults.ts';
import { joinUri } from '../../base/uri.ts';
import type { ListenedPort, Listens } from '../../facts/listens.ts';
import type { Step, Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { step, wordText } from '../text.ts';
import type { JavaStart } from './commandLine.ts';
import { libraryOf, opensNothing, springWeb, unknownLibrary } from './libraries.ts';
import type { JavaProgram, Port } from './ports.ts';
import { boundHost, commandPlace, defaultPort, EVERYWHERE, portsListen, settledPort, undecided } from './ports.ts';
import { namesIn, profileHolds, profilesIn } from './profiles.ts';
import type { JavaBuild } from './projects.ts';
import type { Layer, Settings } from './settings.ts';
import { argumentLayer, createSettings, environmentLayer, fileLayer, propertyLayer } from './settings.ts';
import type { SpringDocument, SpringFiles } from './springFiles.ts';
import { springFiles, textsOf } from './springFiles.ts';
import { springMain } from './springMain.ts';
import { type SpringServer, springRoutes } from './springRoutes.ts';

interface Application extends JavaProgram {
  /** What beats every file. */
  readonly outer: readonly Layer[];
  /** What every file beats. */
  readonly defaults: Layer;
  readonly files: SpringFiles;
}

export function springBoot(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  const main = springMain(process, build, start);
  const outer = [
    argumentLayer(start.arguments),
    jsonLayer(process),
    main.properties,
    propertyLayer(start.properties, start.open, '-D'),
    environmentLayer(process),
  ];
  const files = filesOf(process, build, createSettings(outer));
  const trail = buildTrail(process, build);
  const application: Application = { process, build, outer, defaults: main.defaults, files, trail };
  const routes = () => springRoutes({ process, build, main: main.file, ...settingsInView(application) });
  return { kind: 'listens', listens: listensOf(application), program: main.file ?? build.file, routes };
}

/** Settings under the active profiles, where all of them are in view. */
function settingsInView(application: Application): Pick<SpringServer, 'settings' | 'keys'> {
  const { files } = application;
  const active = activeProfiles(application);
  const keys = new Set(files.documents.flatMap(({ file }) => file.entries.map(({ key }) => key)));
  const isHidden = files.missing !== undefined || (files.remote ?? configServer(application)) !== undefined;
  if (
    active.state === 'open' ||
    isHidden ||
    !files.hasBase ||
    hiddenProfile(application, active.profiles) !== undefined
  )
    return { settings: undefined, keys };
  return { settings: settingsUnder(application, active.profiles), keys };
}

function buildTrail(process: ContainerProcess, build: JavaBuild): readonly Step[] {
  const web = libraryOf(build, springWeb);
  const text = web === undefined ? `${process.shownPath(build.file)} builds it` : web.value;
  return [...process.trail, step(web?.at ?? build.project.at, text)];
}

function filesOf(process: ContainerProcess, build: JavaBuild, settings: Settings): SpringFiles {
  const text = (key: string) => {
    const value = settings.get(key);
    return value?.state === 'known' ? value.value : undefined;
  };
  return springFiles(process, {
    name: text('spring.config.name') ?? 'application',
    resources: build.folders.map((folder) => joinUri(folder, 'src/main/resources')),
    only: text('spring.config.location'),
    additional: text('spring.config.additional-location'),
  });
}

/** SPRING_APPLICATION_JSON: nested or dotted keys. */
function jsonLayer(process: ContainerProcess): Layer {
  const value = process.environment.named('SPRING_APPLICATION_JSON')
    ? process.environment.get('SPRING_APPLICATION_JSON')
    : undefined;
  if (value === undefined) return () => undefined;
  if (value.state !== 'known') return () => value;
  const properties = new Map<string, Value<string>>();
  try {
    flatten(JSON.parse(value.value), '', (key, text) => properties.set(key, known(text, value.at, value.trail)), 0);
  } catch {
    return (key) => dynamic(key, value.at, 'SPRING_APPLICATION_JSON could not be read');
  }
  return propertyLayer(properties, undefined, 'SPRING_APPLICATION_JSON ');
}

function flatten(value: unknown, key: string, add: (key: string, text: string) => void, depth: number): void {
  if (depth > 20) return;
  if (typeof value !== 'object' || value === null) {
    if (key !== '') add(key, String(value));
    return;
  }
  for (const [name, inner] of Object.entries(value))
    flatten(inner, key === '' ? name : `${key}.${name}`, add, depth + 1);
}

/** Settings under these profiles. */
function settingsUnder(application: Application, profiles: readonly string[]): Settings {
  const { outer, defaults, files, process } = application;
  const layers = files.documents
    .filter((document) => isActive(document, profiles) !== false)
    .map((document): Layer => {
      const layer = fileLayer(document.file, process.shownPath(document.uri), (index) => index === document.document);
      if (isActive(document, profiles)) return layer;
      return (key) =>
        layer(key) && dynamic(key, document.file.at, `the condition \`${document.condition}\` is not understood`);
    });
  return createSettings([...outer, ...layers, defaults]);
}

function isActive({ profile, condition }: SpringDocument, profiles: readonly string[]): boolean | undefined {
  if (profile !== undefined && !profiles.includes(profile)) return false;
  return condition === undefined ? true : profileHolds(condition, profiles);
}

function listensOf(application: Application): Listens {
  const active = activeProfiles(application);
  if (active.state === 'known') return portsUnder(application, active.profiles);
  const settled = [[], ...possibleProfiles(application)].map((profiles) => portsUnder(application, profiles));
  const [first] = settled;
  const agree = first !== undefined && settled.every((other) => shown(other) === shown(first));
  if (agree && first.state !== 'unknown') return first;
  return undecided(application, `${active.reason}, and the ports of its profiles differ`);
}

function shown(listens: Listens): string {
  return listens.state === 'known'
    ? listens.ports.map(({ port, host }) => `${wordText(host)}:${port.value}`).join()
    : listens.state;
}

type Active =
  | { readonly state: 'known'; readonly profiles: readonly string[] }
  | { readonly state: 'open'; readonly reason: string };

function activeProfiles(application: Application): Active {
  const settings = settingsUnder(application, []);
  const found = listed(settings, 'spring.profiles.active');
  const included = listed(settings, 'spring.profiles.include');
  const open = [...found, ...included].find(({ state }) => state !== 'known');
  if (open !== undefined) {
    const cause = open.state === 'dynamic' && open.reason !== undefined ? `: ${open.reason}` : '';
    return { state: 'open', reason: `the active profile \`${wordText(open)}\` cannot be decided${cause}` };
  }
  const names = [...found, ...included].flatMap((value) => (value.state === 'known' ? namesIn(value.value) : []));
  if (names.length === 0) return { state: 'known', profiles: ['default'] };
  const grouped = names.flatMap((name) => [name, ...groupOf(settings, name)]);
  return { state: 'known', profiles: [...new Set(grouped)] };
}

function groupOf(settings: Settings, name: string): readonly string[] {
  return listed(settings, `spring.profiles.group.${name}`).flatMap((value) =>
    value.state === 'known' ? namesIn(value.value) : [],
  );
}

/** A key that holds one text or a list. */
function listed(settings: Settings, key: string): readonly Value<string>[] {
  const whole = settings.get(key);
  if (whole !== undefined) return [whole];
  const items: Value<string>[] = [];
  for (let index = 0; index < 20; index++) {
    const item = settings.get(`${key}[${index}]`);
    if (item === undefined) break;
    items.push(item);
  }
  return items;
}

/** The profiles that any document speaks of. */
function possibleProfiles({ files }: Application): readonly (readonly string[])[] {
  const names = files.documents.flatMap(({ profile, condition }) => [
    ...(profile === undefined ? [] : [profile]),
    ...(condition === undefined ? [] : profilesIn(condition)),
  ]);
  return [...new Set(names)].slice(0, 40).map((name) => [name]);
}

function portsUnder(application: Application, profiles: readonly string[]): Listens {
  const { build } = application;
  const settings = settingsUnder(application, profiles);
  const kind = settings.get('spring.main.web-application-type') ?? settings.get('spring.main.web-environment');
  if (kind?.state === 'known' && /^(?:none|false)$/i.test(kind.value)) {
    return { state: 'none', because: [...application.trail, ...(kind.trail ?? [])] };
  }
  const grpc = grpcPort(application, settings);
  if (libraryOf(build, springWeb) === undefined) {
    const without = withoutWeb(application, settings);
    return grpc === undefined ? without : portsListen(application, [grpc]);
  }
  const main = mainPort(application, settings, profiles);
  if (main === undefined) return { state: 'none', because: application.trail };
  const management = typeof main === 'string' ? undefined : managementPort(application, settings, main);
  return portsListen(application, [main, management, grpc]);
}

function withoutWeb(application: Application, settings: Settings): Listens {
  const { build, process } = application;
  if (opensNothing(build)) return { state: 'none', because: application.trail };
  const port = settings.get('server.port');
  const library = unknownLibrary(build);
  const cause = library === undefined ? 'a parent that is not in view' : library;
  const file = process.shownPath(build.file);
  const said = port === undefined ? '' : ', although server.port is set';
  return undecided(application, `no web starter is among the libraries of ${file}${said}, but ${cause} may bring one`);
}

/** A sentence where it cannot be decided, nothing where no server is started. */
function mainPort(application: Application, settings: Settings, profiles: readonly string[]): Port | undefined {
  const { files, process, build } = application;
  const port = settings.get('server.port');
  const host = boundHost(application, settings, 'server.address');
  if (port !== undefined) return settledPort(application, port, host, 'server.port');
  if (files.missing !== undefined) return `${files.missing} with the settings of the program is not in view`;
  const resources = process.shownPath(joinUri(build.folder, 'src/main/resources'));
  if (!files.hasBase) {
    return `no application.properties or application.yml is in view in ${resources}; one that is not committed may set server.port`;
  }
  const hidden = hiddenProfile(application, profiles);
  if (hidden !== undefined) return `the settings of the active profile ${hidden} are not in view in ${resources}`;
  const remote = files.remote ?? configServer(application);
  if (remote !== undefined) return `server.port may come from ${remote}, which is not in view`;
  return defaultPort(application, 'Spring Boot', commandDefaults.springBoot.port, 'server.port', host);
}

/** An active profile without a file where the others have theirs: it is mostly kept out of the repository. */
function hiddenProfile({ files }: Application, profiles: readonly string[]): string | undefined {
  if (!files.documents.some(({ profile }) => profile !== undefined)) return undefined;
  return profiles.find(
    (name) =>
      name !== 'default' &&
      !files.documents.some(
        ({ profile, condition }) =>
          profile === name || (condition !== undefined && profilesIn(condition).includes(name)),
      ),
  );
}

function configServer({ build, process, files }: Application): string | undefined {
  const client = libraryOf(
    build,
    /spring-cloud-(?:starter-)?(?:config(?:-client)?|consul-config|zookeeper-config|vault-config|alibaba-nacos-config|bootstrap)$/,
  );
  if (client === undefined) return undefined;
  const bootstrap = springFiles(process, {
    name: 'bootstrap',
    resources: build.folders.map((folder) => joinUri(folder, 'src/main/resources')),
    only: undefined,
    additional: undefined,
  });
  const isOff = [...files.documents, ...bootstrap.documents].some((document) =>
    textsOf(document.file, document.document, 'spring.cloud.config.enabled').some(
      (value) => value.state === 'known' && value.value === 'false',
    ),
  );
  return isOff || !bootstrap.hasBase ? undefined : 'a configuration server';
}

/** A port of its own for the actuator, where that is in the archive. */
function managementPort(application: Application, settings: Settings, main: ListenedPort): Port | undefined {
  if (libraryOf(application.build, /actuator/) === undefined) return undefined;
  const port = settings.get('management.server.port') ?? settings.get('management.port');
  if (port === undefined) return undefined;
  const named = settings.get('management.server.address');
  const host = named === undefined ? main.host : boundHost(application, settings, 'management.server.address');
  const result = settledPort(application, port, host, 'management.server.port');
  return typeof result === 'string' && port.state === 'known' ? undefined : result;
}

interface GrpcServer {
  readonly library: RegExp;
  readonly key: string;
  readonly port: number;
}

const grpcServers: readonly GrpcServer[] = [
  // https://docs.spring.io/spring-grpc/reference/server.html
  { library: /spring-grpc-(?:server-)?spring-boot-starter$/, key: 'spring.grpc.server.port', port: 9090 },
  // https://grpc-ecosystem.github.io/grpc-spring/en/server/configuration.html
  {
    library: /grpc-(?:server-)?spring-boot-starter$|^net\.devh:grpc-spring-boot-starter/,
    key: 'grpc.server.port',
    port: 9090,
  },
  // https://github.com/LogNet/grpc-spring-boot-starter
  { library: /^io\.github\.lognet:grpc-spring-boot-starter/, key: 'grpc.port', port: 6565 },
];

function grpcPort(application: Application, settings: Settings): Port | undefined {
  const ordered = [...grpcServers].reverse();
  const server = ordered.find(({ library }) => libraryOf(application.build, library) !== undefined);
  if (server === undefined) return undefined;
  const everywhere = known(EVERYWHERE, commandPlace(application));
  const port = settings.get(server.key);
  if (port !== undefined) return settledPort(application, port, everywhere, server.key);
  return defaultPort(application, 'the gRPC server of Spring Boot', server.port, server.key, everywhere);
}
