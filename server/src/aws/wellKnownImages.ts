// Images of other people's programs that run beside an application or are its backing service, with the ports that
// they open by default. Each port is the default of the program's own documentation, November 2026. A container of such
// an image is built in no Dockerfile of the workspace.

import { baseImageName } from './baseImages.ts';

interface WellKnownImage {
  /** Of the repository, without tag and without the addresses of Docker Hub's mirrors. */
  readonly repository: RegExp;
  readonly ports: readonly number[];
  /** Started without a command of one's own and without settings, it opens exactly these ports. */
  readonly opensAll?: true;
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
  { repository: /(?:^|\/)(?:redis|valkey)$/, ports: [6379], opensAll: true, source: 'https://hub.docker.com/_/redis' },
  {
    repository: /(?:^|\/)(?:postgres|postgis\/postgis|pgvector\/pgvector)$/,
    ports: [5432],
    opensAll: true,
    source: 'https://hub.docker.com/_/postgres',
  },
  { repository: /(?:^|\/)pgbouncer$/, ports: [5432, 6432], source: 'https://www.pgbouncer.org/config.html' },
  {
    repository: /(?:^|\/)(?:mysql|mysql-server|mariadb)$/,
    ports: [3306, 33060],
    opensAll: true,
    source: 'https://hub.docker.com/_/mysql',
  },
  { repository: /(?:^|\/)mongo$/, ports: [27017], opensAll: true, source: 'https://hub.docker.com/_/mongo' },
  {
    repository: /(?:^|\/)rabbitmq$/,
    ports: [5672, 15672, 4369, 25672, 15692],
    source: 'https://hub.docker.com/_/rabbitmq',
  },
  {
    repository: /(?:^|\/)eclipse-mosquitto$/,
    ports: [1883],
    opensAll: true,
    source: 'https://hub.docker.com/_/eclipse-mosquitto',
  },
  {
    repository: /(?:^|\/)chromadb\/chroma$/,
    ports: [8000],
    opensAll: true,
    source: 'https://docs.trychroma.com/guides/deploy/docker',
  },
  { repository: /(?:^|\/)memcached$/, ports: [11211], opensAll: true, source: 'https://hub.docker.com/_/memcached' },
  {
    repository: /(?:^|\/)(?:elasticsearch|opensearch)$/,
    ports: [9200, 9300],
    source: 'https://hub.docker.com/_/elasticsearch',
  },
  { repository: /(?:^|\/)kibana$/, ports: [5601], opensAll: true, source: 'https://hub.docker.com/_/kibana' },
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
    repository: /(?:^|\/)prom\/prometheus$/,
    ports: [9090],
    opensAll: true,
    source: 'https://prometheus.io/docs/prometheus/latest/installation/',
  },
  {
    repository: /(?:^|\/)(?:prom\/)?node-exporter$/,
    ports: [9100],
    opensAll: true,
    source: 'https://github.com/prometheus/node_exporter',
  },
  {
    repository: /(?:^|\/)grafana\/grafana(?:-oss|-enterprise)?$/,
    ports: [3000],
    opensAll: true,
    source: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/',
  },
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
  return wellKnownImage(reference)?.ports;
}

/** The ports that a well-known image surely opens when it is started as it is. */
export function portsOpenedAsIs(reference: string): readonly number[] | undefined {
  const image = wellKnownImage(reference);
  return image?.opensAll ? image.ports : undefined;
}

function wellKnownImage(reference: string): WellKnownImage | undefined {
  const { repository } = baseImageName(reference);
  return isPrivateApplication(repository) ? undefined : known.find((image) => image.repository.test(repository));
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
