// The containers of a Copilot manifest: the main one, its sidecars, and those that Copilot adds by itself.
// https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/

import { type Location, locationOf } from '../../base/text.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import type { EnvironmentVariable, ImageBuild } from '../../facts/taskDefinition.ts';
import { absent, known, type Value } from '../../facts/value.ts';
import { splitWords } from '../../syntax/shellWords.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../../syntax/tree.ts';
import type { Described, DescribedEntry, DescribedObject } from '../described/described.ts';
import { describeNode } from '../described/tree.ts';
import { stringValue } from '../described/values.ts';
import { keyPlace, startOf, tokenOf } from '../treeValues.ts';
import {
  entry,
  list,
  type Manifest,
  object,
  open,
  renamed,
  renamedOr,
  rootKeyAt,
  type Sidecar,
  scalar,
  seconds,
  sidecarsOf,
  unsaidIn,
  wholeOf,
} from './manifest.ts';
import type { ExposedPort } from './ports.ts';

export function containersOf(manifest: Manifest, exposed: readonly ExposedPort[]): readonly DescribedObject[] {
  return [
    mainContainer(manifest, exposed),
    ...ownContainers(manifest),
    ...sidecarsOf(manifest).map((one) => sidecar(one, manifest, exposed)),
  ];
}

function mainContainer(manifest: Manifest, exposed: readonly ExposedPort[]): DescribedObject {
  const { root, name, nameAt, defaultsAt } = manifest;
  const image = childOf(root, 'image');
  const built = childOf(image, 'build');
  const entries = [
    entry('name', nameAt, scalar(name, nameAt)),
    imageEntry(image, rootKeyAt(manifest, 'image'), manifest),
    portMappings(name, exposed, rootKeyAt(manifest, 'image')),
    healthCheck(image, manifest),
    ...sharedEntries(root, manifest),
    logging(manifest, childOf(root, 'logging') ? 'awsfirelens' : 'awslogs'),
    credentials(image, 'credentials', manifest),
  ];
  const at = image?.kind === 'object' ? wholeOf(manifest, image) : defaultsAt;
  return withBuild(object(at, nameAt, entries, unsaidIn(root, image)), built, manifest);
}

function sidecar({ name, nameAt, node }: Sidecar, manifest: Manifest, exposed: readonly ExposedPort[]) {
  const image = childOf(node, 'image');
  const entries = [
    entry('name', nameAt, scalar(name, nameAt)),
    imageEntry(image, nameAt, manifest),
    renamed(node, 'essential', 'essential', manifest),
    portMappings(name, exposed, nameAt),
    healthCheck(node, manifest),
    ...sharedEntries(node, manifest),
    logging(manifest, 'awslogs'),
    credentials(node, 'credentialsParameter', manifest),
  ];
  const described = object(wholeOf(manifest, node), nameAt, entries, unsaidIn(node));
  return withBuild(described, childOf(image, 'build'), manifest);
}

/** `logging` and `observability` make Copilot put containers of its own into the task. */
function ownContainers(manifest: Manifest): readonly DescribedObject[] {
  const { root } = manifest;
  const own: DescribedObject[] = [];
  const router = childOf(root, 'logging');
  if (router?.kind === 'object') {
    const fluentBit = 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable';
    const image = renamedOr(router, 'image', 'image', manifest, fluentBit);
    own.push(ownContainer('firelens_log_router', rootKeyAt(manifest, 'logging'), image, manifest));
  }
  const tracing = childOf(childOf(root, 'observability'), 'tracing');
  if (tracing && scalarText(tracing)?.toLowerCase() === 'awsxray') {
    const at = tokenOf(manifest.uri, tracing);
    const collector = scalar('public.ecr.aws/aws-observability/aws-otel-collector:v0.17.0', at);
    own.push(ownContainer('aws-otel-collector', at, entry('image', at, collector), manifest));
  }
  return own;
}

function ownContainer(name: string, at: Location, image: readonly DescribedEntry[], manifest: Manifest) {
  return object(at, at, [entry('name', at, scalar(name, at)), image, logging(manifest, 'awslogs')]);
}

function logging({ defaultsAt }: Manifest, driver: string): readonly DescribedEntry[] {
  const logDriver = entry('logDriver', defaultsAt, scalar(driver, defaultsAt));
  return entry('logConfiguration', defaultsAt, object(defaultsAt, defaultsAt, [logDriver]));
}

function credentials(node: TreeNode | undefined, key: string, manifest: Manifest): readonly DescribedEntry[] {
  const [found] = renamed(node, key, 'credentialsParameter', manifest);
  return found ? entry('repositoryCredentials', found.keyAt, object(found.keyAt, found.keyAt, [[found]])) : [];
}

// Image

const BUILT = 'Copilot builds the image and tags it when it deploys';

/** A reference, or an object with `location` or `build`. */
function imageEntry(image: TreeNode | undefined, keyAt: Location, manifest: Manifest): readonly DescribedEntry[] {
  if (image?.kind !== 'object') {
    return entry(
      'image',
      keyAt,
      image ? describeNode(image, manifest.reading) : open('the manifest names none', keyAt),
    );
  }
  const location = renamed(image, 'location', 'image', manifest);
  if (location.length > 0) return location;
  const build = entryOf(image, 'build');
  const at = build ? keyPlace(manifest.uri, build) : keyAt;
  return entry('image', at, open(BUILT, at));
}

function withBuild(container: DescribedObject, node: TreeNode | undefined, manifest: Manifest): DescribedObject {
  const build = node && node.kind !== 'null' ? buildOf(node, manifest) : undefined;
  return build ? { ...container, build } : container;
}

/**
 * `./web/Dockerfile`, or an object of which each part may be left out; all paths count from the workspace, and those
 * written on Windows may have its separators.
 */
function buildOf(node: TreeNode, manifest: Manifest): ImageBuild {
  const { uri, workspace } = manifest;
  const at = tokenOf(uri, node);
  const pathAt = (part: TreeNode | undefined): Value<string> => {
    if (!part || scalarText(part) === '') return absent(at);
    const text = stringValue(describeNode(part, manifest.reading));
    return text.state === 'known' ? { ...text, value: joinUri(workspace, text.value.replaceAll('\\', '/')) } : text;
  };
  if (node.kind !== 'object') {
    const dockerfile = pathAt(node);
    return { at, dockerfile, context: folderOf(dockerfile), target: absent(at), arguments: [] };
  }
  const dockerfile = pathAt(childOf(node, 'dockerfile'));
  const context = pathAt(childOf(node, 'context'));
  const target = childOf(node, 'target');
  const given = childOf(node, 'args');
  return {
    at,
    dockerfile,
    context: context.state === 'absent' ? folderOf(dockerfile, workspace) : context,
    target: target ? stringValue(describeNode(target, manifest.reading)) : absent(at),
    arguments: given?.kind === 'object' ? argumentsOf(given, manifest) : [],
  };
}

function folderOf(dockerfile: Value<string>, otherwise?: string): Value<string> {
  if (dockerfile.state === 'known') return known(dirname(dockerfile.value), dockerfile.at);
  return dockerfile.state === 'absent' && otherwise !== undefined ? known(otherwise, dockerfile.at) : dockerfile;
}

function argumentsOf(given: ObjectNode, manifest: Manifest): readonly EnvironmentVariable[] {
  return given.entries.map((one) => ({
    name: known(one.key, keyPlace(manifest.uri, one)),
    value: stringValue(describeNode(one.value, manifest.reading)),
    at: tokenOf(manifest.uri, one.value),
  }));
}

// What the image runs with

function portMappings(name: string, exposed: readonly ExposedPort[], at: Location): readonly DescribedEntry[] {
  const own = exposed.filter(({ container }) => container === name);
  if (own.length === 0) return [];
  const mappings = own.map(({ port, protocol, connected }) => {
    const place = port.at;
    return object(place, place, [
      entry('containerPort', place, { kind: 'scalar', value: port }),
      entry('protocol', place, scalar(protocol, place)),
      connected ? entry('name', place, scalar('target', place)) : [],
    ]);
  });
  return entry('portMappings', at, list(own[0]?.port.at ?? at, mappings));
}

function sharedEntries(owner: ObjectNode, manifest: Manifest): readonly (readonly DescribedEntry[])[] {
  return [
    words(owner, 'entrypoint', 'entryPoint', manifest),
    words(owner, 'command', 'command', manifest),
    environment(owner, manifest),
    environmentFile(owner, manifest),
    secrets(owner, manifest),
  ];
}

/** A list of words, or a text that is split as a shell would. */
function words(owner: ObjectNode, key: string, as: string, manifest: Manifest): readonly DescribedEntry[] {
  return renamed(owner, key, as, manifest, (part) => {
    if (part.kind !== 'scalar' || part.value.state !== 'known') return part;
    const { value, at } = part.value;
    const text = String(value);
    const found = text.startsWith('[') ? undefined : (splitWords(text) ?? plainWords(text));
    if (!found) return open('only a shell tells its words apart', at, text);
    const { uri, span } = at;
    const exact = span.end - span.start === text.length;
    const items = found.map((word) =>
      scalar(word.text, exact ? locationOf(uri, span.start + word.start, span.start + word.end) : at),
    );
    return list(at, items);
  });
}

/** Copilot knows quotes and blanks, and no other sign of a shell. */
function plainWords(text: string): ReturnType<typeof splitWords> {
  if (/["'\\]/.test(text)) return undefined;
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function variable(name: string, nameAt: Location, value: Described): DescribedObject {
  return object(nameAt, nameAt, [entry('name', nameAt, scalar(name, nameAt)), entry('value', nameAt, value)]);
}

function environment(owner: ObjectNode, manifest: Manifest): readonly DescribedEntry[] {
  const { uri, reading, injected } = manifest;
  const found = entryOf(owner, 'variables');
  const written = found?.value.kind === 'object' ? found.value : undefined;
  const items = (written?.entries ?? []).map((one) => {
    const nameAt = keyPlace(uri, one);
    const imported = one.value.kind === 'object' || one.value.kind === 'array';
    const value = imported ? open('another stack exports it', nameAt) : describeNode(one.value, reading);
    return variable(one.key, nameAt, value);
  });
  const given = injected.map(({ name, at }) => variable(name, at, open('an addon of the service gives it', at)));
  const seen = found === undefined || found.value.kind === 'null' || written?.complete === true;
  if (items.length + given.length === 0 && seen) return [];
  const at = found ? keyPlace(uri, found) : manifest.defaultsAt;
  return entry('environment', at, list(at, [...items, ...given], seen));
}

/** Copilot uploads this very file. */
function environmentFile(owner: ObjectNode, manifest: Manifest): readonly DescribedEntry[] {
  const [found] = renamed(owner, 'env_file', 'value', manifest, (part) => {
    if (part.kind !== 'scalar' || part.value.state !== 'known') return part;
    return scalar(joinUri(manifest.workspace, String(part.value.value)), part.value.at);
  });
  return found
    ? entry('environmentFiles', found.keyAt, list(found.keyAt, [object(found.keyAt, found.keyAt, [[found]])]))
    : [];
}

function secrets(owner: ObjectNode, manifest: Manifest): readonly DescribedEntry[] {
  const found = entryOf(owner, 'secrets');
  if (found?.value.kind !== 'object') return [];
  const items = found.value.entries.map((one) => {
    const at = keyPlace(manifest.uri, one);
    return object(at, at, [entry('name', at, scalar(one.key, at))]);
  });
  const at = keyPlace(manifest.uri, found);
  return entry('secrets', at, list(at, items, found.value.complete));
}

/** What is left out of a health check is not AWS's default but Copilot's. */
function healthCheck(owner: TreeNode | undefined, manifest: Manifest): readonly DescribedEntry[] {
  const found = owner?.kind === 'object' ? entryOf(owner, 'healthcheck') : undefined;
  if (found?.value.kind !== 'object') return [];
  const { uri, defaultsAt } = manifest;
  const check = found.value;
  const keyAt = keyPlace(uri, found);
  const command = renamed(check, 'command', 'command', manifest);
  const call = ['CMD-SHELL', 'curl -f http://localhost/ || exit 1'].map((word) => scalar(word, defaultsAt));
  const entries = [
    command.length > 0 ? command : entry('command', keyAt, list(defaultsAt, call)),
    renamedOr(check, 'interval', 'interval', manifest, 10, seconds),
    renamedOr(check, 'timeout', 'timeout', manifest, 5, seconds),
    renamedOr(check, 'retries', 'retries', manifest, 2),
    renamedOr(check, 'start_period', 'startPeriod', manifest, 0, seconds),
  ];
  return entry('healthCheck', keyAt, object(wholeOf(manifest, check), startOf(uri, check), entries, unsaidIn(check)));
}
