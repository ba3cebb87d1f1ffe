// Whether an image may be built from a Dockerfile in view, judged by its reference alone.

import { isWellKnownImage } from '../aws/wellKnownImages.ts';
import { basename, type Uri } from '../base/uri.ts';
import { writtenReference } from '../facts/imageReference.ts';
import type { Container, TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue } from '../facts/value.ts';
import type { View } from './view.ts';

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

/** With more files of task definitions than these, their families are not compared. */
const MOST_FILES = 50;

/**
 * Whether an image carries the name of the project: that of the analysed folder, or what the families of its task
 * definitions have in common. A family alone may be called like the program of others that it runs.
 */
export function namesProject(container: Container, taskDefinition: TaskDefinition, folder: Uri, view: View): boolean {
  const image = writtenReference(container.image) ?? '';
  const words = wordsOf(image.replace(/[:@][^/]*$/, '').replace(/^(?:docker\.io|quay\.io|public\.ecr\.aws)\//, ''));
  const project = wordsOf(basename(folder));
  if (words.some((word) => project.includes(word))) return true;
  const family = wordsOf(knownValue(taskDefinition.family) ?? '');
  const named = words.filter((word) => family.includes(word));
  if (named.length === 0) return false;
  const families = familiesIn(folder, view).map(wordsOf);
  return named.some((word) => families.every((one) => one.includes(word)));
}

/** Of task definitions that run more than published programs. */
function familiesIn(folder: Uri, view: View): readonly string[] {
  const files = view.filesWith('taskDefinition', folder);
  if (files.length > MOST_FILES) return [''];
  return files
    .flatMap((uri) => view.facts(uri)?.facts ?? [])
    .flatMap((fact) => (fact.kind === 'taskDefinition' ? fact : []))
    .filter(({ containerDefinitions }) => containerDefinitions.items.some((one) => originOf(one) !== 'published'))
    .flatMap(({ family }) => knownValue(family) ?? []);
}

function wordsOf(text: string): readonly string[] {
  const words = text
    .slice(0, 400)
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word.length > 2 && !commonWords.has(word));
}
