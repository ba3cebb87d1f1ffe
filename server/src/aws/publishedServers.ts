// Servers that other people publish as images, by repository, with the ports that they surely open when they are started
// as the image says: those that clients talk to. Each is the default of the program's own documentation, November 2026.
// What else such a program may open, and images whose ports depend on a configuration, stand in wellKnownImages.ts.

import { baseImageName } from './baseImages.ts';

export interface PublishedServer {
  readonly ports: readonly number[];
  /** The variables that move a port, each with its default. */
  readonly movedBy?: Readonly<Record<string, number>>;
  /** Variables that change the ports in a way that is not followed here. */
  readonly undecidedBy?: readonly string[];
  /** The options of its command that name the address of the first port. Without them no arguments are known. */
  readonly options?: readonly string[];
  /** What its command may begin with in the place of an option. */
  readonly programs?: readonly string[];
  /** Words of the command behind which the ports are not known: a configuration, another role. */
  readonly undecidedByWords?: RegExp;
  readonly source: string;
}

type More = Omit<PublishedServer, 'ports' | 'source'>;

/** `variable` moves the first port. */
function server(source: string, port: number, variable?: string, more: More = {}): PublishedServer {
  return { ports: [port], ...(variable === undefined ? {} : { movedBy: { [variable]: port } }), ...more, source };
}

const hub = (name: string) => `https://hub.docker.com/r/${name}`;
const official = (name: string) => `https://hub.docker.com/_/${name}`;
const exporter = (source: string, port: number, variable?: string) =>
  server(source, port, variable, { options: ['--web.listen-address', '-web.listen-address'] });
const bitnami = (name: string, port: number, variable: string) =>
  server(`https://github.com/bitnami/containers/tree/main/bitnami/${name}`, port, variable);

const redis = server(official('redis'), 6379, undefined, {
  options: ['--port'],
  programs: ['redis-server', 'valkey-server'],
  undecidedByWords: /\.conf$|^--tls-/,
});
const postgres = server(official('postgres'), 5432, 'PGPORT', {
  options: ['--port', '-p'],
  programs: ['postgres'],
  undecidedByWords: /\bport\s*=|config_file/,
});
const mysql = server(official('mysql'), 3306, 'MYSQL_TCP_PORT', {
  options: ['--port', '-P'],
  programs: ['mysqld', 'mariadbd'],
  undecidedByWords: /defaults-(?:extra-)?file|skip-networking/,
});
const elasticsearch = server(official('elasticsearch'), 9200, 'http.port', { undecidedBy: ['ES_SETTING_HTTP_PORT'] });
const opensearch = server(
  'https://docs.opensearch.org/latest/install-and-configure/install-opensearch/docker/',
  9200,
  'http.port',
);
const kibana = server('https://www.elastic.co/guide/en/kibana/current/docker.html', 5601, 'SERVER_PORT');
const grafana = server(
  'https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/',
  3000,
  'GF_SERVER_HTTP_PORT',
  {
    undecidedBy: ['GF_PATHS_CONFIG', 'GF_SERVER_PROTOCOL'],
  },
);

const consul = server(official('consul'), 8500, undefined, { undecidedBy: ['CONSUL_LOCAL_CONFIG'] });
const wildfly = server('https://github.com/jboss-dockerfiles/wildfly', 8080, undefined, { undecidedBy: ['JAVA_OPTS'] });

/** By repository, as `baseImageName` spells it. */
const servers: Readonly<Record<string, PublishedServer>> = {
  redis,
  'valkey/valkey': redis,
  'redis/redis-stack-server': server(hub('redis/redis-stack-server'), 6379, undefined, { undecidedBy: ['REDIS_ARGS'] }),
  'bitnami/redis': bitnami('redis', 6379, 'REDIS_PORT_NUMBER'),
  postgres,
  'postgis/postgis': postgres,
  'pgvector/pgvector': postgres,
  'timescale/timescaledb': postgres,
  'bitnami/postgresql': bitnami('postgresql', 5432, 'POSTGRESQL_PORT_NUMBER'),
  mysql,
  'mysql/mysql-server': mysql,
  mariadb: mysql,
  'bitnami/mysql': bitnami('mysql', 3306, 'MYSQL_PORT_NUMBER'),
  'bitnami/mariadb': bitnami('mariadb', 3306, 'MARIADB_PORT_NUMBER'),
  mongo: server(official('mongo'), 27017, undefined, {
    options: ['--port'],
    programs: ['mongod'],
    undecidedByWords: /^(?:--config|-f)\b|svr$/,
  }),
  'bitnami/mongodb': bitnami('mongodb', 27017, 'MONGODB_PORT_NUMBER'),
  memcached: server(official('memcached'), 11211, undefined, {
    options: ['-p', '--port'],
    programs: ['memcached'],
    undecidedByWords: /^(?:-s|-l|--listen)\b/,
  }),
  rabbitmq: server(official('rabbitmq'), 5672, 'RABBITMQ_NODE_PORT', { undecidedBy: ['RABBITMQ_CONFIG_FILE'] }),
  nats: server(official('nats'), 4222, undefined, {
    options: ['-p', '--port'],
    programs: ['nats-server'],
    undecidedByWords: /^(?:-c|--config|-a)\b|\.conf$/,
  }),
  neo4j: {
    ...server(official('neo4j'), 7474),
    ports: [7474, 7687],
    undecidedBy: [
      'NEO4J_server_http_listen__address',
      'NEO4J_server_bolt_listen__address',
      'NEO4J_dbms_connector_http_listen__address',
    ],
  },
  cassandra: server(official('cassandra'), 9042),
  couchdb: server(official('couchdb'), 5984),
  influxdb: server(official('influxdb'), 8086, undefined, {
    undecidedBy: ['INFLUXD_HTTP_BIND_ADDRESS', 'INFLUXDB_HTTP_BIND_ADDRESS'],
  }),
  'clickhouse/clickhouse-server': { ...server(hub('clickhouse/clickhouse-server'), 8123), ports: [8123, 9000] },
  'amazon/dynamodb-local': server(
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html',
    8000,
    undefined,
    { options: ['-port'] },
  ),
  elasticsearch,
  'docker.elastic.co/elasticsearch/elasticsearch': elasticsearch,
  'opensearchproject/opensearch': opensearch,
  kibana,
  'docker.elastic.co/kibana/kibana': kibana,
  'opensearchproject/opensearch-dashboards': server(
    hub('opensearchproject/opensearch-dashboards'),
    5601,
    'SERVER_PORT',
  ),
  'eclipse-mosquitto': server(official('eclipse-mosquitto'), 1883),
  'emqx/emqx': server('https://docs.emqx.com/en/emqx/latest/deploy/install-docker.html', 1883),
  'chromadb/chroma': server('https://docs.trychroma.com/guides/deploy/docker', 8000, undefined, {
    undecidedBy: ['CHROMA_PORT', 'CHROMA_SERVER_HTTP_PORT'],
  }),
  'qdrant/qdrant': {
    ...server('https://qdrant.tech/documentation/guides/installation/', 6333),
    ports: [6333, 6334],
    movedBy: { QDRANT__SERVICE__HTTP_PORT: 6333, QDRANT__SERVICE__GRPC_PORT: 6334 },
  },
  'semitechnologies/weaviate': server(
    'https://docs.weaviate.io/deploy/installation-guides/docker-installation',
    8080,
    undefined,
    { options: ['--port'] },
  ),
  'getmeili/meilisearch': server(
    'https://www.meilisearch.com/docs/learn/self_hosted/configure_meilisearch_at_launch',
    7700,
    'MEILI_HTTP_ADDR',
  ),
  'typesense/typesense': server('https://typesense.org/docs/guide/install-typesense.html', 8108, 'TYPESENSE_API_PORT', {
    options: ['--api-port'],
  }),
  'ollama/ollama': server('https://docs.ollama.com/faq', 11434, 'OLLAMA_HOST'),
  'grafana/grafana': grafana,
  'grafana/grafana-oss': grafana,
  'grafana/grafana-enterprise': grafana,
  'bitnami/grafana': grafana,
  'prom/prometheus': exporter('https://prometheus.io/docs/prometheus/latest/installation/', 9090),
  'prom/alertmanager': exporter('https://prometheus.io/docs/alerting/latest/configuration/', 9093),
  'prom/pushgateway': exporter('https://github.com/prometheus/pushgateway', 9091),
  'prom/node-exporter': exporter('https://github.com/prometheus/node_exporter', 9100),
  'prom/blackbox-exporter': exporter('https://github.com/prometheus/blackbox_exporter', 9115),
  'prom/mysqld-exporter': exporter('https://github.com/prometheus/mysqld_exporter', 9104),
  'prom/cloudwatch-exporter': server('https://github.com/prometheus/cloudwatch_exporter', 9106),
  'oliver006/redis_exporter': exporter(
    'https://github.com/oliver006/redis_exporter',
    9121,
    'REDIS_EXPORTER_WEB_LISTEN_ADDRESS',
  ),
  'prometheuscommunity/postgres-exporter': exporter('https://github.com/prometheus-community/postgres_exporter', 9187),
  'quay.io/prometheuscommunity/postgres-exporter': exporter(
    'https://github.com/prometheus-community/postgres_exporter',
    9187,
  ),
  'nginx/nginx-prometheus-exporter': exporter(
    'https://github.com/nginx/nginx-prometheus-exporter',
    9113,
    'LISTEN_ADDRESS',
  ),
  'amazon/aws-xray-daemon': server('https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-ecs.html', 2000),
  'public.ecr.aws/xray/aws-xray-daemon': server(
    'https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-ecs.html',
    2000,
  ),
  'grafana/loki': server('https://grafana.com/docs/loki/latest/setup/install/docker/', 3100),
  'jaegertracing/all-in-one': server('https://www.jaegertracing.io/docs/1.76/getting-started/', 16686),
  'openzipkin/zipkin': server('https://github.com/openzipkin/zipkin/tree/master/zipkin-server', 9411, 'QUERY_PORT'),
  'localstack/localstack': server(
    'https://docs.localstack.cloud/aws/capabilities/config/configuration/',
    4566,
    undefined,
    { undecidedBy: ['GATEWAY_LISTEN', 'EDGE_PORT'] },
  ),
  consul,
  'hashicorp/consul': consul,
  'jboss/wildfly': wildfly,
  'quay.io/wildfly/wildfly': wildfly,
  'hashicorp/vault': server(official('vault'), 8200, undefined, {
    undecidedBy: ['VAULT_LOCAL_CONFIG', 'VAULT_DEV_LISTEN_ADDRESS'],
  }),
  'metabase/metabase': server(
    'https://www.metabase.com/docs/latest/configuring-metabase/environment-variables',
    3000,
    'MB_JETTY_PORT',
  ),
  'n8nio/n8n': server('https://docs.n8n.io/hosting/configuration/environment-variables/deployment/', 5678, 'N8N_PORT'),
  'docker.n8n.io/n8nio/n8n': server(
    'https://docs.n8n.io/hosting/configuration/environment-variables/deployment/',
    5678,
    'N8N_PORT',
  ),
  'hasura/graphql-engine': server(
    'https://hasura.io/docs/2.0/deployment/graphql-engine-flags/reference/',
    8080,
    'HASURA_GRAPHQL_SERVER_PORT',
  ),
  'directus/directus': server('https://directus.io/docs/configuration/general', 8055, 'PORT'),
  'nocodb/nocodb': server('https://nocodb.com/docs/self-hosting/environment-variables', 8080, 'PORT'),
  'louislam/uptime-kuma': server(
    'https://github.com/louislam/uptime-kuma/wiki/Environment-Variables',
    3001,
    'UPTIME_KUMA_PORT',
    { undecidedBy: ['PORT'] },
  ),
  ghost: server(official('ghost'), 2368, 'server__port'),
  'bitnami/ghost': bitnami('ghost', 2368, 'GHOST_PORT_NUMBER'),
  redmine: server(official('redmine'), 3000, 'PORT'),
  odoo: server(official('odoo'), 8069),
  sonarqube: server(official('sonarqube'), 9000, 'SONAR_WEB_PORT'),
  'jenkins/jenkins': server('https://github.com/jenkinsci/docker', 8080, undefined, { undecidedBy: ['JENKINS_OPTS'] }),
  registry: server('https://distribution.github.io/distribution/about/configuration/', 5000, 'REGISTRY_HTTP_ADDR'),
  'sonatype/nexus3': server(hub('sonatype/nexus3'), 8081),
  'verdaccio/verdaccio': server('https://verdaccio.org/docs/docker/', 4873, 'VERDACCIO_PORT'),
  'temporalio/auto-setup': server('https://github.com/temporalio/docker-builds', 7233, 'FRONTEND_GRPC_PORT'),
  'temporalio/ui': server('https://docs.temporal.io/references/web-ui-environment-variables', 8080, 'TEMPORAL_UI_PORT'),
  'apache/superset': server('https://superset.apache.org/docs/installation/docker-builds', 8088, 'SUPERSET_PORT'),
  'langfuse/langfuse': server('https://langfuse.com/self-hosting/configuration', 3000, 'PORT'),
  'unleashorg/unleash-server': server(
    'https://docs.getunleash.io/using-unleash/deploy/configuring-unleash',
    4242,
    'HTTP_PORT',
    { undecidedBy: ['PORT'] },
  ),
  'nodered/node-red': server('https://nodered.org/docs/getting-started/docker', 1880, 'PORT'),
  'vaultwarden/server': server('https://github.com/dani-garcia/vaultwarden/wiki', 80, 'ROCKET_PORT'),
  'swaggerapi/swagger-ui': server(hub('swaggerapi/swagger-ui'), 8080, 'PORT'),
  'gotenberg/gotenberg': server('https://gotenberg.dev/docs/configuration', 3000, 'API_PORT'),
  'selenium/standalone-chrome': server('https://github.com/SeleniumHQ/docker-selenium', 4444),
  'bkimminich/juice-shop': server(hub('bkimminich/juice-shop'), 3000, 'PORT'),
  adminer: server(official('adminer'), 8080),
  phpmyadmin: server(official('phpmyadmin'), 80, 'APACHE_PORT'),
  'phpmyadmin/phpmyadmin': server(official('phpmyadmin'), 80, 'APACHE_PORT'),
  'dpage/pgadmin4': server(
    'https://www.pgadmin.org/docs/pgadmin4/latest/container_deployment.html',
    80,
    'PGADMIN_LISTEN_PORT',
    { undecidedBy: ['PGADMIN_ENABLE_TLS'] },
  ),
  'mongo-express': server(official('mongo-express'), 8081, 'PORT'),
  'provectuslabs/kafka-ui': server('https://github.com/provectus/kafka-ui', 8080, 'SERVER_PORT'),
  'axllent/mailpit': {
    ...server('https://mailpit.axllent.org/docs/configuration/runtime-options/', 8025),
    ports: [8025, 1025],
    undecidedBy: ['MP_UI_BIND_ADDR', 'MP_SMTP_BIND_ADDR'],
  },
  'mailhog/mailhog': {
    ...server('https://github.com/mailhog/MailHog/blob/master/docs/CONFIG.md', 8025),
    ports: [8025, 1025],
    undecidedBy: ['MH_UI_BIND_ADDR', 'MH_API_BIND_ADDR', 'MH_SMTP_BIND_ADDR'],
  },
  'traefik/whoami': server('https://github.com/traefik/whoami', 80, 'WHOAMI_PORT_NUMBER', {
    options: ['--port', '-port'],
  }),
  'hashicorp/http-echo': server('https://github.com/hashicorp/http-echo', 5678, undefined, {
    options: ['-listen', '--listen'],
  }),
  'kennethreitz/httpbin': server(hub('kennethreitz/httpbin'), 80),
  'mendhak/http-https-echo': {
    ...server('https://github.com/mendhak/docker-http-https-echo', 8080),
    ports: [8080, 8443],
    movedBy: { HTTP_PORT: 8080, HTTPS_PORT: 8443 },
  },
  'nginxdemos/hello': server(hub('nginxdemos/hello'), 80),
  'crccheck/hello-world': server(hub('crccheck/hello-world'), 8000, 'PORT'),
  'amazon/amazon-ecs-sample': server(
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/getting-started-fargate.html',
    80,
  ),
  'public.ecr.aws/ecs-sample-image/amazon-ecs-sample': server(
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/getting-started-fargate.html',
    80,
  ),
};

/** What is known of a server's image from its reference, also behind a mirror or a pull-through cache. */
export function publishedServer(reference: string): PublishedServer | undefined {
  const repository = baseImageName(reference)
    .repository.replace(/^[^/]+\.dkr\.ecr\.[^/]+\/docker-?hub\//, '')
    .replace(/^(?:public\.ecr\.aws\/)?bitnami(?:legacy)?\//, 'bitnami/')
    .replace(/^quay\.io\/prometheus\//, 'prom/');
  return Object.hasOwn(servers, repository) ? servers[repository] : undefined;
}
