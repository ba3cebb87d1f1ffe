// What lies over the templates that Copilot makes of a manifest: `taskdef_overrides`, YAML patches, and a CDK program. What
// they touch is open.
// https://aws.github.io/copilot-cli/docs/developing/overrides/yamlpatch/

import type { Location } from '../../base/text.ts';
import { dirname, joinUri, type Uri } from '../../base/uri.ts';
import type { UnitFiles } from '../../facts/files.ts';
import { childOf, type ObjectNode, scalarText } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { Described, DescribedObject, DescribedResource } from '../described/described.ts';
import { open } from './manifest.ts';

/** A property of a resource: `TaskDefinition`, then keys and indices in the API's spelling. */
type Path = readonly string[];

const PATCHED = 'a patch in overrides/ may change it';
const PROGRAMMED = 'the program in overrides/ may change it';
const OVERRIDDEN = 'taskdef_overrides may change it';
const MAX_PATCHES = 200;

/** What the manifest itself says over its task definition. */
export function withTaskOverrides(
  resources: readonly DescribedResource[],
  root: ObjectNode,
): readonly DescribedResource[] {
  return taskPaths(root).reduce((result, path) => touched(result, path, OVERRIDDEN), resources);
}

/** What lies in `overrides/` beside the manifest. */
export function withPatches(
  resources: readonly DescribedResource[],
  uri: Uri,
  files: UnitFiles,
): readonly DescribedResource[] {
  const folder = joinUri(dirname(uri), 'overrides');
  const patches = ['cfn.patches.yml', 'cfn.patches.yaml'].map((name) => joinUri(folder, name));
  const paths = patches.flatMap((one) => (files.exists(one) ? patchPaths(files.text(one) ?? '') : []));
  const isProgram = files.list(folder).some((one) => /\.(?:ts|js|mjs|py|go)$/.test(one));
  const patched = paths.reduce((result, path) => touched(result, path, PATCHED), resources);
  return isProgram ? patched.map((one) => ({ ...one, properties: openObject(one.properties, PROGRAMMED) })) : patched;
}

/** `/Resources/Service/Properties/DeploymentConfiguration/MaximumPercent`. */
function patchPaths(text: string): readonly Path[] {
  const { root } = parseYaml(text, { templates: false });
  const patches = root?.kind === 'array' ? root.items.slice(0, MAX_PATCHES) : [];
  return patches.flatMap((patch) => {
    const pointer = childOf(patch, 'path');
    const [, section, resource, properties, ...rest] = (pointer && scalarText(pointer))?.split('/', 40) ?? [];
    if (section !== 'Resources' || resource === undefined) return [];
    return properties === undefined || properties === 'Properties' ? [[resource, ...rest.map(spelledAsApi)]] : [];
  });
}

/** `ContainerDefinitions[0].PortMappings[-].ContainerPort`. */
function taskPaths(root: ObjectNode): readonly Path[] {
  const overrides = childOf(root, 'taskdef_overrides');
  const rules = overrides?.kind === 'array' ? overrides.items.slice(0, MAX_PATCHES) : [];
  return rules.flatMap((rule) => {
    const path = childOf(rule, 'path');
    const text = path && scalarText(path);
    if (!text) return [];
    return [
      [
        'TaskDefinition',
        ...text
          .replace(/\[([\w-]+)\]/g, '.$1')
          .split('.', 40)
          .map(spelledAsApi),
      ],
    ];
  });
}

function spelledAsApi(key: string): string {
  return key.charAt(0).toLowerCase() + key.slice(1);
}

function touched(
  resources: readonly DescribedResource[],
  [id, ...path]: Path,
  reason: string,
): readonly DescribedResource[] {
  return resources.map((one) => {
    if (one.address.slice(one.address.lastIndexOf('#') + 1) !== id) return one;
    const properties = path.length === 0 ? openObject(one.properties, reason) : openIn(one.properties, path, reason);
    return properties.kind === 'object' ? { ...one, properties } : one;
  });
}

/** A part with what lies at a path open; a path that ends nowhere opens what it would be added to. */
function openIn(part: Described, path: Path, reason: string): Described {
  const [key, ...rest] = path;
  if (key === undefined) return open(reason, placeOf(part));
  if (part.kind === 'list') {
    if (!/^\d+$/.test(key)) return { ...part, complete: false };
    const index = Number(key);
    const items = part.items.map((item, at) => (at === index ? openIn(item, rest, reason) : item));
    return { ...part, items, complete: part.complete && index < items.length };
  }
  if (part.kind !== 'object') return open(reason, placeOf(part));
  const found = part.entries.some((one) => one.key === key);
  if (!found)
    return { ...part, entries: [...part.entries, { key, keyAt: part.nameAt, value: open(reason, part.nameAt) }] };
  const entries = part.entries.map((one) =>
    one.key === key ? { ...one, value: openIn(one.value, rest, reason) } : one,
  );
  return { ...part, entries };
}

function placeOf(part: Described): Location {
  return part.kind === 'scalar' ? part.value.at : part.at;
}

/** Everything but names and references is open. */
function openObject(object: DescribedObject, reason: string): DescribedObject {
  const entries = object.entries.map((one) => ({
    ...one,
    value: KEPT.has(one.key) ? one.value : opened(one.value, reason),
  }));
  return { ...object, entries, unsaid: reason };
}

const KEPT = new Set([
  'name',
  'containerName',
  'taskDefinition',
  'targetGroupArn',
  'resourceId',
  'serviceNamespace',
  'key',
]);

function opened(part: Described, reason: string): Described {
  switch (part.kind) {
    case 'object':
      return openObject(part, reason);
    case 'list':
      return { ...part, items: part.items.map((item) => opened(item, reason)), complete: false };
    case 'scalar':
      return part.value.state === 'known' ? open(reason, part.value.at, String(part.value.value)) : part;
    default:
      return open(reason, part.at);
  }
}
