// Whether an image may be built from a Dockerfile in view, judged by its reference alone.

import { isWellKnownImage } from '../aws/wellKnownImages.ts';
import { basename, type Uri } from '../base/uri.ts';
import { writtenReference } from '../facts/imageReference.ts';
import type { Container, TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue } from '../facts/value.ts';

/**
 * `own`: it lies in a private registry, or nothing tells. `public`: it lies where everybody's images lie, so that
 * something must name the Dockerfile. `published`: it is somebody's well-known program.
 */
export type ImageOrigin = 'own' | 'public' | 'published';

/** `mongo:7.0`: nobody pushes an image of their own to Docker Hub without a name before the slash. */
const officialImage = /^(?:docker\.io\/)?(?:library\/)?[a-z][a-z0-9._-]{1,60}:v?\d/;

/** Registries that hold programs of their owners only. */
const publisherRegistry =
  /^(?:mcr\.microsoft\.com|registry\.k8s\.io|k8s\.gcr\.io|docker\.elastic\.co|nvcr\.io|gcr\.io\/(?:distroless|google-samples|google_containers)|public\.ecr\.aws\/(?:docker|aws|amazon|datadog|lambda|bitnami|nginx|ubuntu|xray|cloudwatch|eks|ecs)[\w-]*)\//;

/** Names on Docker Hub and Quay under which programs for everybody are published. */
const publisher =
  /^(?:docker\.io\/|quay\.io\/)?(?:amazon|apache|bitnami|bitnamilegacy|clickhouse|cloudflare|confluentinc|datadog|directus|elastic|envoyproxy|fluent|getsentry|gitlab|grafana|hashicorp|hasura|influxdata|jaegertracing|jenkins|keycloak|kong|linuxserver|localstack|metabase|minio|mlflow|n8nio|newrelic|nginxinc|nginx|openpolicyagent|openresty|openzipkin|oryd|otel|portainer|postgis|postgrest|prefecthq|prom|prometheus|prometheuscommunity|rabbitmq|redis|selenium|sonarsource|splunk|supabase|swaggerapi|temporalio|timberio|timescale|traefik|typesense|unleashorg|valkey|wiremock)\//;

/** `acme/shop:1`, `docker.io/acme/shop`, `quay.io/acme/shop`. */
const publicRegistry =
  /^(?:(?:docker\.io|registry-1\.docker\.io|quay\.io|public\.ecr\.aws)\/|[a-z0-9][a-z0-9_-]*\/[\w.-]+(?:[:@]|$))/;

export function originOf(container: Container): ImageOrigin {
  const image = writtenReference(container.image);
  if (image === undefined) return 'own';
  if (isWellKnownImage(image) || publisherRegistry.test(image) || publisher.test(image)) return 'published';
  return officialImage.test(image) || publicRegistry.test(image) ? 'public' : 'own';
}

/** Words that half of all projects are called by. */
const commonWords = new Set([
  'app',
  'docker',
  'image',
  'latest',
  'the',
  'dev',
  'prod',
  'test',
  'aws',
  'ecs',
  'com',
  'org',
]);

/** Whether an image carries the name of the project: that of the analysed folder, or of the task definition's family. */
export function namesProject(container: Container, taskDefinition: TaskDefinition, folder: Uri): boolean {
  const image = writtenReference(container.image) ?? '';
  const project = wordsOf(`${basename(folder)} ${knownValue(taskDefinition.family) ?? ''}`);
  const path = image.replace(/[:@][^/]*$/, '').replace(/^(?:docker\.io|quay\.io|public\.ecr\.aws)\//, '');
  return wordsOf(path).some((word) => project.includes(word));
}

function wordsOf(text: string): readonly string[] {
  const words = text
    .slice(0, 400)
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word.length > 2 && !commonWords.has(word));
}
