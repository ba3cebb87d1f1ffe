// Which paths a Spring Boot application answers: those that its classes declare, below the paths that settings put before
// them, those of the actuator, and static files. Undefined where a library may bring more.
// https://docs.spring.io/spring-boot/reference/web/servlet.html, https://docs.spring.io/spring-boot/reference/actuator/endpoints.html

import type { Location } from '../../base/text.ts';
import { basename, joinUri, type Uri } from '../../base/uri.ts';
import type { ServedRoute } from '../../facts/routing.ts';
import type { ContainerProcess } from '../launcher.ts';
import { startProgram } from '../program.ts';
import { collectDeclared, collectMentioned, createCollection, joined, routesIn } from '../routes/collect.ts';
import { filesBelow } from '../routes/folder.ts';
import { libraryOf } from './libraries.ts';
import type { JavaBuild } from './projects.ts';
import type { Settings } from './settings.ts';

export interface SpringServer {
  readonly process: ContainerProcess;
  readonly build: JavaBuild;
  /** The file of the main class. */
  readonly main: Uri | undefined;
  /** Under the profiles that are active; undefined where these, or the files, are not in view. */
  readonly settings: Settings | undefined;
  /** The keys that any of its settings files sets. */
  readonly keys: ReadonlySet<string>;
}

/** Settings that add paths, or move pages of libraries to others. */
const OPENING_KEY =
  /additional-?path|static-?locations|static-?path-?pattern|springdoc\.(?:swagger-?ui\.(?:path|use-?root-?path)|api-?docs\.path)/i;

/** Libraries that answer paths of their own choice, or stand before the program's classes. */
const OPEN =
  /data-rest|jersey|cxf|resteasy|cloud-(?:starter-)?gateway|zuul|vaadin|camunda|flowable|grails|boot-admin|eureka-server|config-server|function-web|authorization-server|web-services|webservices|hawtio|jolokia|dgs|jhipster|axon-server|javamelody|activiti|keycloak-spring-boot-starter|health/;
/** Of other makers than Spring, what may configure itself. */
const MAY_CONFIGURE = /^(?!org\.springframework)[\w.]+:.*(?:-starter|spring-boot)/;
const QUIET_STARTERS =
  /(?:mybatis|lombok|springdoc|springfox|knife4j|swagger|jasypt|resilience4j|druid|pagehelper|redisson|aws|awspring|liquibase|flyway|querydsl|p6spy|datasource|mapper|kafka|rabbit|rocketmq|sqs|s3|mail|telegram|openfeign|feign|caffeine|jetcache|shedlock|sentry|opentelemetry|micrometer|zipkin|brave|logbook|problem|langchain4j|openai|bucket4j|firebase|jwt|okta|auth0|graphql|grpc|mongo|redis|elasticsearch|jooq|jdbc|datadog|newrelic|dotenv|wiremock|testcontainers|modelmapper|mapstruct|hypersistence|hibernate|envers|sleuth|thymeleaf|recaptcha|slack|twilio|stripe|retry|quartz|jobrunr|db-scheduler)[\w-]*/;

/** What libraries answer, wherever the program puts it. */
const libraryPaths: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /springdoc|springfox|swagger|knife4j/,
    ['swagger-ui', 'swagger-ui.html', 'v2/api-docs', 'v3/api-docs', 'swagger-resources', 'webjars', 'doc.html'],
  ],
  [/h2/, ['h2-console']],
  [/graphql/, ['graphql', 'graphiql', 'playground', 'voyager']],
  [/security|oauth2/, ['login', 'logout', 'oauth2', 'saml2']],
  [/webjars/, ['webjars']],
];

export function springRoutes(server: SpringServer): readonly ServedRoute[] | undefined {
  const { process, build, main, keys } = server;
  if (!build.complete || bringsRoutes(build) || [...keys].some((key) => OPENING_KEY.test(key))) return undefined;
  const sources = filesBelow(process.files, sourceFolders(build), /\.(?:java|kt)$/);
  const entry = main ?? sources?.[0];
  if (!sources || entry === undefined) return undefined;
  const program = startProgram({ process, entry, main: true, arguments: [], folders: [], containerFolders: [] });
  if (!program) return undefined;
  const { evaluation } = program;
  const routings = new Map(sources.map((uri) => [uri, process.files.routing?.(uri)]));
  const types = new Set(sources.map((uri) => basename(uri).replace(/\.\w+$/, '')));
  for (const routing of routings.values()) {
    // Interfaces that are written by a generator declare paths too.
    if (!routing || routing.bases?.some((base) => !types.has(base) && !QUIET_BASE.test(base))) return undefined;
  }
  const declaring = sources.filter((uri) => (routings.get(uri)?.declared.length ?? 0) > 0);
  const modules = declaring.flatMap((uri) => evaluation.modules.load(uri) ?? []);
  if (modules.length < declaring.length) return undefined;
  const collection = createCollection(evaluation, modules);
  const prefix = pathBefore(server);
  collectDeclared(collection, prefix);
  collectMentioned(collection, sources);
  const first = build.project.at;
  collection.routes.push(
    ...libraryRoutes(build, first),
    ...actuatorRoutes(server, prefix, first, hasJakarta(server, sources)),
  );
  collection.routes.push(...staticRoutes(server, prefix, first));
  return routesIn(collection);
}

/** They declare no paths. */
const QUIET_BASE =
  /^(?:Serializable|Any|Object|\w+Aware|InitializingBean|DisposableBean|ApplicationRunner|CommandLineRunner)$/;

function sourceFolders({ folders }: JavaBuild): readonly Uri[] {
  return folders.flatMap((folder) => ['src/main/java', 'src/main/kotlin'].map((path) => joinUri(folder, path)));
}

function bringsRoutes(build: JavaBuild): boolean {
  return build.dependencies.some(
    ({ value }) => OPEN.test(value) || (MAY_CONFIGURE.test(value) && !QUIET_STARTERS.test(value)),
  );
}

function libraryRoutes(build: JavaBuild, at: Location): readonly ServedRoute[] {
  return libraryPaths.flatMap(([library, paths]) =>
    libraryOf(build, library) ? paths.map((path) => ({ path, below: true, anywhere: true, at })) : [],
  );
}

/** Of the servlet context and the dispatcher; undefined where it cannot be decided. */
function pathBefore({ settings }: SpringServer): string | undefined {
  let path = '';
  const keys = [
    ['server.servlet.context-path', 'server.context-path'],
    ['spring.mvc.servlet.path', 'server.servlet.path', 'server.servlet-path', 'spring.webflux.base-path'],
  ];
  for (const names of keys) {
    const set = names.map((name) => settings?.get(name)).find((value) => value !== undefined);
    if (!settings || (set && set.state !== 'known')) return undefined;
    if (set?.state === 'known') path = joined(path, set.value);
  }
  return path;
}

/** Spring Boot 1 has its health below no path; only from 3 on there are packages of Jakarta, and from 2 on these keys. */
function hasJakarta({ keys, process }: SpringServer, sources: readonly Uri[]): boolean {
  if ([...keys].some((key) => /^management\.endpoints?\./.test(key))) return true;
  return sources.some((uri) => process.files.routing?.(uri)?.isJakarta === true);
}

function actuatorRoutes(
  { build, settings }: SpringServer,
  prefix: string | undefined,
  at: Location,
  isRecent: boolean,
): readonly ServedRoute[] {
  if (libraryOf(build, /actuator/) === undefined) return [];
  const base = settings?.get('management.endpoints.web.base-path');
  if (!settings || (base && base.state !== 'known')) return [{ path: '', below: true, anywhere: true, at }];
  const written = base?.state === 'known' ? base.value : '/actuator';
  // At the root it has the probes beside the program's own paths.
  const path = written.replace(/\//g, '') === '' ? '/health' : written;
  const older = settings.get('management.context-path');
  if (older && older.state !== 'known') return [{ path: '', below: true, anywhere: true, at }];
  const paths = isRecent ? [path] : [path, joined(older?.state === 'known' ? older.value : '', '/health')];
  return paths.map((one) => ({ path: joined(prefix ?? '', one), below: true, anywhere: prefix === undefined, at }));
}

const staticFolders = ['static', 'public', 'resources', 'META-INF/resources', 'templates'];

/** Files of the resources, and the page at the root. */
function staticRoutes(
  { process, build }: SpringServer,
  prefix: string | undefined,
  at: Location,
): readonly ServedRoute[] {
  const root = prefix ?? '';
  const anywhere = prefix === undefined && { anywhere: true };
  // A front end is put there when the image is built.
  const isBuilt =
    process.buildTexts.some((text) => /resources\/(?:static|public)|webapp/.test(text)) ||
    build.plugins.some((plugin) => /frontend|node|yarn|npm/.test(plugin));
  if (isBuilt) return [{ path: '', below: true, at }];
  const folders = build.folders.flatMap((folder) => [
    ...staticFolders.map((name) => joinUri(folder, `src/main/resources/${name}`)),
    joinUri(folder, 'src/main/webapp'),
  ]);
  return folders.flatMap((folder): readonly ServedRoute[] => [
    ...process.files.list(folder).flatMap((uri): readonly ServedRoute[] => {
      const name = basename(uri);
      const path = /^index\.\w+$/.test(name) ? '/' : `/${name}`;
      return [{ path: joined(root, path), below: false, ...anywhere, at: { ...at, uri } }];
    }),
    ...process.files
      .folders(folder)
      .map((uri) => ({ path: joined(root, basename(uri)), below: true, ...anywhere, at })),
  ]);
}
