// Well-known base images: what they run, where, on which port, and which tools a health check finds in them.
// Read in the images' own Dockerfiles (the `source` of each entry), November 2026. What is not sure is left out:
// an absent tool or command is unknown, never "no".

import { webImages } from './webImages.ts';

/** What a base image brings. */
export interface BaseImageFacts {
  readonly entrypoint?: readonly string[];
  /** Whether the entrypoint ends in `exec "$@"`, so that the command is what runs. */
  readonly passesThrough?: boolean;
  readonly cmd?: readonly string[];
  /** The variables that decide a port, and those only. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `/` where it is absent. */
  readonly workingDirectory?: string;
  /** The ports of the default command with its default configuration. */
  readonly ports?: readonly number[];
  /** The variable that moves the first of them. */
  readonly portVariable?: string;
  /** Variables that change the ports in a way that is not followed here. */
  readonly undecidedBy?: readonly string[];
  /** What the default command, a script of the image's own, runs side by side in the end. */
  readonly starts?: readonly (readonly string[])[];
  /** Command → whether it is on the path. A command that is not named is unknown. */
  readonly tools: Readonly<Record<string, boolean>>;
  /** Brings a program of its own, which may run files that no COPY line brings in. */
  readonly bringsProgram?: boolean;
  readonly source: string;
}

/** Name and tag of a reference; the tag is empty where there is none. */
export interface BaseImageName {
  readonly repository: string;
  readonly tag: string;
}

type Tools = BaseImageFacts['tools'];

/** BusyBox brings wget and nc. https://hub.docker.com/_/alpine */
const alpine: Tools = { sh: true, bash: false, curl: false, wget: true, nc: true };
/** Debian and Ubuntu, slim or not, bring neither. https://hub.docker.com/_/debian */
const debian: Tools = { sh: true, bash: true, curl: false, wget: false, nc: false };
/** https://github.com/docker-library/buildpack-deps */
const buildpack: Tools = { sh: true, bash: true, curl: true, wget: true };
const nothing: Tools = { sh: false, bash: false, curl: false, wget: false, nc: false };
const unsure: Tools = {};

const library = (name: string) => `https://github.com/docker-library/${name}`;

/** The tools of a language image by its tag: the full one builds on buildpack-deps. */
function variant(tag: string, full: Tools): Tools {
  if (/alpine/.test(tag)) return alpine;
  if (/windowsservercore|nanoserver/.test(tag)) return unsure;
  return /slim/.test(tag) ? debian : full;
}

function withPrograms(tools: Tools, ...programs: readonly string[]): Tools {
  return { ...tools, ...Object.fromEntries(programs.map((program) => [program, true])) };
}

export type Describe = (tag: string) => BaseImageFacts;

/** Tomcat, Maven and others are tagged by the Java image that they build on. */
function javaTools(tag: string): Tools {
  if (/alpine/.test(tag)) return alpine;
  if (/corretto|al20|amazonlinux/.test(tag)) return { sh: true, bash: true, curl: true };
  return unsure;
}

function php(tag: string): BaseImageFacts {
  const apache = /apache/.test(tag);
  const fpm = /fpm/.test(tag);
  return {
    entrypoint: ['docker-php-entrypoint'],
    passesThrough: true,
    cmd: apache ? ['apache2-foreground'] : fpm ? ['php-fpm'] : ['php', '-a'],
    ...(apache || fpm ? { workingDirectory: '/var/www/html', ports: [apache ? 80 : 9000] } : {}),
    tools: withPrograms({ ...variant(tag, debian), curl: true }, 'php'),
    source: library('php'),
  };
}

/** All but the slim images bring curl; older ones were not read. */
function nginx(port: number, source: string): Describe {
  return (tag) => {
    const { curl: _, ...others } = variant(tag, debian);
    const old = Number(/^1\.(\d+)/.exec(tag)?.[1] ?? 99) < 21;
    return {
      entrypoint: ['/docker-entrypoint.sh'],
      passesThrough: true,
      cmd: ['nginx', '-g', 'daemon off;'],
      ports: [port],
      tools: withPrograms(old ? others : { ...others, curl: !/alpine.*slim/.test(tag) }, 'nginx'),
      source,
    };
  };
}

/** Images from .NET 8 on listen on 8080, earlier ones on 80; the SDK images unset it. */
function dotnet(kind: string): Describe {
  return (tag) => {
    const version = /^(\d+)\./.exec(tag)?.[1];
    const old = version !== undefined && Number(version) < 8;
    const name = old ? 'ASPNETCORE_URLS' : 'ASPNETCORE_HTTP_PORTS';
    const value = old ? 'http://+:80' : '8080';
    const sdk = kind === 'sdk';
    return {
      environment: { [name]: sdk ? '' : value },
      tools: withPrograms(dotnetTools(tag, sdk), ...(kind === 'runtime-deps' ? [] : ['dotnet'])),
      source: 'https://github.com/dotnet/dotnet-docker',
    };
  };
}

function dotnetTools(tag: string, sdk: boolean): Tools {
  if (/chiseled|distroless/.test(tag)) return nothing;
  if (/nanoserver|windowsservercore|azurelinux|mariner/.test(tag)) return unsure;
  if (/alpine/.test(tag)) return sdk ? { ...alpine, curl: true } : alpine;
  return sdk ? buildpack : debian;
}

function temurin(tag: string): BaseImageFacts {
  const version = Number(/^\d+/.exec(tag)?.[0] ?? Number.NaN);
  const ubuntu = /noble|jammy|focal|resolute/.test(tag) || !/alpine|ubi|windows|nanoserver|centos|al20/.test(tag);
  // From 25 on the images no longer bring curl. https://github.com/adoptium/containers
  const tools: Tools = version < 25 ? buildpack : version >= 25 ? { sh: true, bash: true, curl: false } : unsure;
  return {
    entrypoint: ['/__cacert_entrypoint.sh'],
    passesThrough: true,
    ...(/jre/.test(tag) ? {} : { cmd: ['jshell'] }),
    tools: withPrograms(/alpine/.test(tag) ? alpine : ubuntu ? tools : unsure, 'java'),
    source: 'https://github.com/adoptium/containers',
  };
}

function corretto(tag: string): BaseImageFacts {
  const debianBased = /debian|bookworm|bullseye/.test(tag);
  // The others build on Amazon Linux, which brings curl.
  const tools: Tools = /alpine/.test(tag) ? alpine : debianBased ? debian : { sh: true, bash: true, curl: true };
  return { tools: withPrograms(tools, 'java'), source: 'https://github.com/corretto/corretto-docker' };
}

function openjdk(tag: string): BaseImageFacts {
  // Plain tags are Oracle Linux from version 12 on.
  const oracle = !/slim|alpine|bullseye|bookworm|buster|stretch|trixie/.test(tag) && !/^(?:8|11)\b/.test(tag);
  return {
    cmd: ['jshell'],
    tools: withPrograms(oracle || /oracle/.test(tag) ? unsure : variant(tag, buildpack), 'java'),
    source: library('openjdk'),
  };
}

/** `gcr.io/distroless/…`: no shell, save in the debug tags. */
function distroless(program: string): Describe {
  return (tag) => ({
    tools: withPrograms(/debug/.test(tag) ? unsure : nothing, ...(program === '' ? [] : [program])),
    source: 'https://github.com/GoogleContainerTools/distroless',
    ...(program === '' ? {} : { entrypoint: distrolessEntrypoints[program] ?? [] }),
  });
}

const distrolessEntrypoints: Readonly<Record<string, readonly string[]>> = {
  python3: ['/usr/bin/python3'],
  node: ['/nodejs/bin/node'],
  java: ['/usr/bin/java', '-jar'],
};

function uv(tag: string): BaseImageFacts {
  const based = /alpine|slim|bookworm|bullseye|trixie|debian/.test(tag);
  return {
    tools: based ? withPrograms(variant(tag, unsure), 'python', 'python3', 'uv') : nothing,
    source: 'https://docs.astral.sh/uv/guides/integration/docker/',
  };
}

const language =
  (name: string, cmd: readonly string[] | undefined, programs: readonly string[], source = library(name)): Describe =>
  (tag) => ({ ...(cmd ? { cmd } : {}), tools: withPrograms(variant(tag, buildpack), ...programs), source });

const plain =
  (tools: Tools, source: string, cmd?: readonly string[]): Describe =>
  () => ({ tools, source, ...(cmd ? { cmd } : {}) });

/** A server in its own image; its tools are those of Debian or Alpine only where that was read. */
const server =
  (ports: readonly number[], cmd: readonly string[], source: string, more: Partial<BaseImageFacts> = {}): Describe =>
  (tag) => ({
    entrypoint: ['docker-entrypoint.sh'],
    passesThrough: true,
    cmd,
    ports,
    tools: withPrograms(/alpine/.test(tag) ? alpine : unsure, ...cmd.slice(0, 1)),
    source,
    ...more,
  });

/** A tool in its own image: what runs are its arguments. */
const command =
  (name: string, source: string): Describe =>
  () => ({ entrypoint: [name], tools: withPrograms(unsure, name), bringsProgram: true, source });

/** The images start gunicorn on PORT, 80 where it is not set. */
const tiangolo: Describe = () => ({
  cmd: ['/start.sh'],
  workingDirectory: '/app',
  ports: [80],
  bringsProgram: true,
  tools: withPrograms(unsure, 'python'),
  source: 'https://github.com/tiangolo/uvicorn-gunicorn-docker',
});

const images: Readonly<Record<string, Describe>> = {
  ...webImages,
  scratch: plain(nothing, 'https://hub.docker.com/_/scratch'),
  alpine: plain(alpine, 'https://hub.docker.com/_/alpine', ['/bin/sh']),
  busybox: plain({ ...alpine }, 'https://hub.docker.com/_/busybox', ['sh']),
  debian: plain(debian, 'https://hub.docker.com/_/debian', ['bash']),
  ubuntu: plain(debian, 'https://hub.docker.com/_/ubuntu', ['/bin/bash']),
  'buildpack-deps': plain(buildpack, library('buildpack-deps')),
  // https://docs.aws.amazon.com/linux/al2023/ug/curl-minimal.html
  amazonlinux: plain({ sh: true, bash: true, curl: true, wget: false }, 'https://hub.docker.com/_/amazonlinux', [
    '/bin/bash',
  ]),
  fedora: plain({ sh: true, bash: true, curl: true }, 'https://hub.docker.com/_/fedora', ['/bin/bash']),
  centos: plain({ sh: true, bash: true, curl: true }, 'https://hub.docker.com/_/centos', ['/bin/bash']),
  rockylinux: plain({ sh: true, bash: true, curl: true }, 'https://hub.docker.com/_/rockylinux', ['/bin/bash']),
  almalinux: plain({ sh: true, bash: true, curl: true }, 'https://hub.docker.com/_/almalinux', ['/bin/bash']),
  python: language('python', ['python3'], ['python', 'python3', 'pip']),
  node: (tag) => ({
    ...language('node', ['node'], ['node', 'npm', 'npx'], 'https://github.com/nodejs/docker-node')(tag),
    entrypoint: ['docker-entrypoint.sh'],
    passesThrough: true,
  }),
  ruby: language('ruby', ['irb'], ['ruby', 'bundle', 'gem']),
  golang: (tag) => ({ ...language('golang', undefined, ['go'])(tag), workingDirectory: '/go' }),
  rust: language('rust', undefined, ['cargo'], 'https://github.com/rust-lang/docker-rust'),
  elixir: language('elixir', ['iex'], ['elixir'], 'https://github.com/erlef/docker-elixir'),
  perl: language('perl', undefined, ['perl'], 'https://github.com/perl/docker-perl'),
  php,
  openjdk,
  'eclipse-temurin': temurin,
  amazoncorretto: corretto,
  maven: (tag) => ({
    entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'],
    passesThrough: true,
    cmd: ['mvn'],
    tools: withPrograms(javaTools(tag), 'java', 'mvn'),
    source: 'https://github.com/carlossg/docker-maven',
  }),
  gradle: (tag) => ({
    cmd: ['gradle'],
    tools: withPrograms(javaTools(tag), 'java', 'gradle'),
    source: 'https://github.com/gradle/docker-gradle',
  }),
  tomcat: (tag) => ({
    // The entrypoint of the Java image below it is reset.
    cmd: ['catalina.sh', 'run'],
    workingDirectory: '/usr/local/tomcat',
    ports: [8080],
    tools: withPrograms(javaTools(tag), 'java', 'catalina.sh'),
    source: library('tomcat'),
  }),
  jetty: (tag) => ({
    entrypoint: ['/docker-entrypoint.sh'],
    passesThrough: true,
    cmd: ['java', '-jar', '/usr/local/jetty/start.jar'],
    workingDirectory: '/var/lib/jetty',
    ports: [8080],
    tools: withPrograms(javaTools(tag), 'java'),
    source: 'https://github.com/jetty/jetty.docker',
  }),
  nginx: nginx(80, 'https://github.com/nginxinc/docker-nginx'),
  'nginxinc/nginx-unprivileged': nginx(8080, 'https://github.com/nginxinc/docker-nginx-unprivileged'),
  httpd: (tag) => ({
    cmd: ['httpd-foreground'],
    workingDirectory: '/usr/local/apache2',
    ports: [80],
    tools: variant(tag, debian),
    source: library('httpd'),
  }),
  caddy: (tag) => ({
    cmd: ['caddy', 'run', '--config', '/etc/caddy/Caddyfile', '--adapter', 'caddyfile'],
    workingDirectory: '/srv',
    ports: [80],
    tools: /windows|nanoserver/.test(tag) ? unsure : withPrograms({ ...alpine, curl: true }, 'caddy'),
    source: 'https://github.com/caddyserver/caddy-docker',
  }),
  redis: server([6379], ['redis-server'], library('redis'), { workingDirectory: '/data' }),
  postgres: server([5432], ['postgres'], library('postgres')),
  mysql: server([3306], ['mysqld'], library('mysql')),
  mariadb: server([3306], ['mariadbd'], 'https://github.com/MariaDB/mariadb-docker'),
  mongo: server([27017], ['mongod'], library('mongo')),
  rabbitmq: server([5672], ['rabbitmq-server'], library('rabbitmq')),
  memcached: server([11211], ['memcached'], library('memcached')),
  wordpress: (tag) => ({
    ...php(/fpm|cli/.test(tag) ? tag : `${tag}-apache`),
    entrypoint: ['docker-entrypoint.sh'],
    bringsProgram: true,
    source: library('wordpress'),
  }),
  'oven/bun': (tag) => ({
    entrypoint: ['/usr/local/bin/docker-entrypoint.sh'],
    passesThrough: true,
    cmd: ['/usr/local/bin/bun'],
    workingDirectory: '/home/bun/app',
    tools: withPrograms(/distroless/.test(tag) ? nothing : /alpine/.test(tag) ? alpine : debian, 'bun'),
    source: 'https://github.com/oven-sh/bun/tree/main/dockerhub',
  }),
  'denoland/deno': (tag) => ({
    entrypoint: ['/tini', '--', 'docker-entrypoint.sh'],
    tools: withPrograms(/distroless|bin/.test(tag) ? nothing : /alpine/.test(tag) ? alpine : debian, 'deno'),
    source: 'https://github.com/denoland/deno_docker',
  }),
  'openresty/openresty': (tag) => ({
    cmd: ['/usr/local/openresty/bin/openresty', '-g', 'daemon off;'],
    ports: [80],
    tools: variant(tag, unsure),
    source: 'https://github.com/openresty/docker-openresty',
  }),
  haproxy: server([], ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'], library('haproxy')),
  drupal: (tag) => ({
    ...php(/fpm/.test(tag) ? tag : `${tag}-apache`),
    bringsProgram: true,
    source: library('drupal'),
  }),
  nextcloud: (tag) => ({
    ...php(/fpm/.test(tag) ? tag : `${tag}-apache`),
    entrypoint: ['/entrypoint.sh'],
    bringsProgram: true,
    source: 'https://github.com/nextcloud/docker',
  }),
  'tiangolo/uvicorn-gunicorn-fastapi': tiangolo,
  'tiangolo/uvicorn-gunicorn': tiangolo,
  'tiangolo/uvicorn-gunicorn-starlette': tiangolo,
  'ghcr.io/astral-sh/uv': uv,
  'amazon/aws-cli': command('aws', 'https://github.com/aws/aws-cli/blob/v2/docker/Dockerfile'),
  'public.ecr.aws/aws-cli/aws-cli': command('aws', 'https://github.com/aws/aws-cli/blob/v2/docker/Dockerfile'),
  'flyway/flyway': command('flyway', 'https://github.com/flyway/flyway-docker'),
  'redgate/flyway': command('flyway', 'https://github.com/flyway/flyway-docker'),
  'migrate/migrate': command('migrate', 'https://github.com/golang-migrate/migrate/blob/master/Dockerfile'),
  'mcr.microsoft.com/dotnet/aspnet': dotnet('aspnet'),
  'mcr.microsoft.com/dotnet/runtime': dotnet('runtime'),
  'mcr.microsoft.com/dotnet/runtime-deps': dotnet('runtime-deps'),
  'mcr.microsoft.com/dotnet/sdk': dotnet('sdk'),
};

const distrolessImages: readonly (readonly [RegExp, Describe])[] = [
  [/^gcr\.io\/distroless\/python3/, distroless('python3')],
  [/^gcr\.io\/distroless\/nodejs/, distroless('node')],
  [/^gcr\.io\/distroless\/java(?!-base)/, distroless('java')],
  [/^gcr\.io\/distroless\//, distroless('')],
];

/** What is known of a base image, from its reference as FROM writes it. */
export function baseImage(reference: string): BaseImageFacts | undefined {
  if (described.has(reference)) return described.get(reference);
  const { repository, tag } = baseImageName(reference);
  const own = Object.hasOwn(images, repository) ? images[repository] : undefined;
  const describe = own ?? distrolessImages.find(([pattern]) => pattern.test(repository))?.[1];
  const facts = describe?.(tag);
  if (described.size >= MOST_DESCRIBED) described.clear();
  described.set(reference, facts);
  return facts;
}

/** The same few references are asked for with every change. */
const described = new Map<string, BaseImageFacts | undefined>();
const MOST_DESCRIBED = 1000;

/** The repository without the addresses of Docker Hub and its mirrors: `library/node` and `public.ecr.aws/docker/library/node` are `node`. */
export function baseImageName(reference: string): BaseImageName {
  const named = reference.split('@', 1)[0] ?? '';
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const path = colon < 0 ? named : named.slice(0, colon);
  const repository = path
    .replace(/^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com)\//, '')
    .replace(/^(?:[^/]+\/){0,4}library\/([^/]+)$/, '$1')
    .replace(/^public\.ecr\.aws\/(amazonlinux|amazoncorretto|nginx)\/\1$/, '$1')
    .replace(/^public\.ecr\.aws\/nginx\/nginx-unprivileged$/, 'nginxinc/nginx-unprivileged')
    .replace(/^mcr\.microsoft\.com\/dotnet\/(?:core|nightly)\//, 'mcr.microsoft.com/dotnet/')
    .replace(/^(?:amd64|arm64v8)\//, '');
  return { repository, tag: colon < 0 ? '' : named.slice(colon + 1) };
}
