// Images of other people's programs that run beside an application or are its backing service, with the ports that
// they may open. Each port is the default of the program's own documentation, November 2026. A container of such an image
// is built in no Dockerfile of the workspace. Servers that surely open their ports stand in publishedServers.ts.

import { baseImageName } from './baseImages.ts';
import { publishedServer } from './publishedServers.ts';

interface WellKnownImage {
  /** Of the repository, without tag and without the addresses of Docker Hub's mirrors. */
  readonly repository: RegExp;
  readonly ports: readonly number[];
  readonly source: string;
}

const known: readonly WellKnownImage[] = [
  {
    repository: /(?:^|\/)datadog\/agent$/,
    ports: [8125, 8126],
    source: 'https://docs.datadoghq.com/agent/configuration/network/',
  },
  {
    repository:
      /(?:^|\/)(?:aws-otel-collector|opentelemetry-collector(?:-contrib|-k8s)?|opentelemetry-collector-releases\/[\w-]+)$/,
    ports: [4317, 4318, 13133],
    source: 'https://opentelemetry.io/docs/collector/configuration/',
  },
  {
    repository: /(?:^|\/)aws-xray-daemon$/,
    ports: [2000],
    source: 'https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon.html',
  },
  {
    repository: /(?:^|\/)(?:aws-for-fluent-bit|fluent-bit|aws-for-fluent-bit\/[\w-]+)$/,
    ports: [24224, 2020],
    source: 'https://docs.fluentbit.io/manual/administration/monitoring',
  },
  {
    repository: /(?:^|\/)fluentd$/,
    ports: [24224, 5140],
    source: 'https://docs.fluentd.org/input/forward',
  },
  {
    repository: /(?:^|\/)(?:aws-appmesh-envoy|envoy|envoy-distroless)$/,
    ports: [9901, 10000, 15000, 15001],
    source: 'https://www.envoyproxy.io/docs/envoy/latest/start/quick-start/admin',
  },
  {
    repository: /(?:^|\/)(?:cloudwatch-agent|amazon-cloudwatch-agent)$/,
    ports: [25888, 8125, 4315, 4316, 2000],
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Generation_CloudWatch_Agent.html',
  },
  {
    repository: /(?:^|\/)newrelic\/(?:infrastructure|nri-ecs)$/,
    ports: [],
    source:
      'https://docs.newrelic.com/docs/infrastructure/elastic-container-service-integration/installation/install-ecs-integration/',
  },
  { repository: /(?:^|\/)(?:redis|valkey)$/, ports: [6379], source: 'https://hub.docker.com/_/redis' },
  {
    repository: /(?:^|\/)(?:postgres|postgis\/postgis|pgvector\/pgvector)$/,
    ports: [5432],
    source: 'https://hub.docker.com/_/postgres',
  },
  { repository: /(?:^|\/)pgbouncer$/, ports: [5432, 6432], source: 'https://www.pgbouncer.org/config.html' },
  {
    repository: /(?:^|\/)(?:mysql|mysql-server|mariadb)$/,
    ports: [3306, 33060],
    source: 'https://hub.docker.com/_/mysql',
  },
  { repository: /(?:^|\/)mongo$/, ports: [27017], source: 'https://hub.docker.com/_/mongo' },
  {
    repository: /(?:^|\/)rabbitmq$/,
    ports: [5672, 15672, 4369, 25672, 15692],
    source: 'https://hub.docker.com/_/rabbitmq',
  },
  {
    repository: /(?:^|\/)(?:elasticsearch|opensearch)$/,
    ports: [9200, 9300],
    source: 'https://hub.docker.com/_/elasticsearch',
  },
  { repository: /(?:^|\/)(?:nginx)$/, ports: [80], source: 'https://hub.docker.com/_/nginx' },
  {
    repository: /(?:^|\/)nginx-unprivileged$/,
    ports: [8080],
    source: 'https://hub.docker.com/r/nginxinc/nginx-unprivileged',
  },
  { repository: /(?:^|\/)(?:httpd|wordpress)$/, ports: [80], source: 'https://hub.docker.com/_/httpd' },
  { repository: /(?:^|\/)traefik$/, ports: [80, 443, 8080], source: 'https://hub.docker.com/_/traefik' },
  { repository: /(?:^|\/)caddy$/, ports: [80, 443, 2019], source: 'https://hub.docker.com/_/caddy' },
  {
    repository: /(?:^|\/)jaegertracing\/all-in-one$/,
    ports: [16686, 4317, 4318, 14268, 6831],
    source: 'https://www.jaegertracing.io/docs/latest/getting-started/',
  },
  { repository: /(?:^|\/)statsd\/statsd$/, ports: [8125, 8126], source: 'https://github.com/statsd/statsd' },
  {
    repository: /(?:^|\/)cloudflare\/cloudflared$/,
    ports: [],
    source: 'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/',
  },
  {
    repository: /(?:^|\/)amazon-ecs-(?:sample|pause)$/,
    ports: [80],
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/getting-started-fargate.html',
  },
];

/** The default ports of a well-known image; empty where it opens none, undefined for any other image. */
export function wellKnownPorts(reference: string): readonly number[] | undefined {
  const { repository } = baseImageName(reference);
  const image = isPrivateApplication(repository) ? undefined : known.find((each) => each.repository.test(repository));
  return image?.ports ?? publishedServer(reference)?.ports;
}

export function isWellKnownImage(reference: string): boolean {
  return wellKnownPorts(reference) !== undefined;
}

/** `nginx` of a company's own registry is mostly its own build; only pull-through caches keep the publisher's path. */
function isPrivateApplication(repository: string): boolean {
  if (!/^[^/]+\.dkr\.ecr\.|^ghcr\.io\/|\.jfrog\.io\/|\.azurecr\.io\//.test(repository)) return false;
  return !/\/(?:docker-hub|ecr-public|dockerhub|public|aws-observability|cloudwatch-agent|xray|datadog|open-telemetry|fluent)\//.test(
    repository,
  );
}
