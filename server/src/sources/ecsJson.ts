// JSON files that hold ECS task definitions or services, found by what they say and not by their names. Decides which
// file holds what; `taskDefinitionJson.ts` and `serviceJson.ts` read it.

import { locationOf } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { Fact, FileFacts } from '../facts/fileFacts.ts';
import { parseJson } from '../syntax/json.ts';
import { childOf, entryOf, type ObjectNode, type Tree } from '../syntax/tree.ts';
import { editJson, editJsonAll } from './jsonEdits.ts';
import { looksLikeService, readService } from './serviceJson.ts';
import type { Source } from './source.ts';
import { isContainerArray, readContainerArray, readTaskDefinition } from './taskDefinitionJson.ts';

const JSON_NAME =
  /\.jsonc?$|\.jsonc?\.(?:tpl|tmpl|tftpl|template|j2|jinja2?|erb|mustache|hbs|gotmpl|envsubst|in)$|(?:task|ecs|container|service)[^/]*\.(?:template|tpl|tmpl|tftpl|j2)$/;

const FOREIGN_NAME = new RegExp(
  `^(?:${[
    'package(?:-lock)?',
    'npm-shrinkwrap',
    '[jt]sconfig.*',
    'composer',
    'angular',
    'nx',
    'lerna',
    'turbo',
    'vercel',
    'netlify',
    'firebase',
    'bower',
    'deno',
    'biome',
    'renovate',
    'cdk',
    'cdk\\.context',
    'appsettings.*',
    'launchsettings',
    'global',
    'devcontainer',
    'swagger',
    'openapi',
    'steadystate',
    'dockerrun\\.aws',
    'manifest',
    '\\.[a-z].*',
    '.*\\.schema',
  ].join('|')})\\.jsonc?$`,
);

/** Parsing more than this serves nobody: a registered task definition has at most 64 KiB. */
const MAX_LENGTH = 2_000_000;
const MAX_PROBLEMS = 3;

const CUES = /"(?:containerDefinitions|portMappings|desiredCount|deploymentConfiguration|loadBalancers|launchType)"/;
const BARE_CONTAINER = /"(?:essential|memory|memoryReservation|logConfiguration|mountPoints|cpu)"/;

export const ecsJson: Source = {
  id: 'ecsJson',
  discovery: 'scan',

  claims(uri) {
    const name = basename(uri).toLowerCase();
    if (!JSON_NAME.test(name) || FOREIGN_NAME.test(name)) return 'no';
    return uri.includes('/node_modules/') || uri.includes('/.vscode/') ? 'no' : 'maybe';
  },

  recognizes(text) {
    if (text.length > MAX_LENGTH) return false;
    return CUES.test(text) || isUpdateInput(text) || (text.includes('"image"') && BARE_CONTAINER.test(text));
  },

  extract(file) {
    const nothing: FileFacts = { uri: file.uri, source: 'ecsJson', facts: [], problems: [] };
    if (file.text.length > MAX_LENGTH) return nothing;
    const tree = parseJson(file.text);
    const facts = factsOf(file.uri, tree);
    if (facts.length === 0) return nothing;
    const problems = tree.problems.slice(0, MAX_PROBLEMS).map(({ span, message }) => ({
      at: locationOf(file.uri, span.start, span.end),
      message,
    }));
    return { ...nothing, facts, problems };
  },

  edit: editJson,
  editAll: editJsonAll,
};

function isUpdateInput(text: string): boolean {
  return text.includes('"taskDefinition"') && /"(?:service|serviceName|cluster)"/.test(text);
}

/** The task definitions and services of a tree, whatever it was read from. */
export function factsOf(uri: Uri, tree: Tree): readonly Fact[] {
  const { root } = tree;
  if (root?.kind === 'array') {
    if (isContainerArray(root)) return [readContainerArray(uri, tree, root)];
    return root.items.flatMap((item) => (item.kind === 'object' ? factsOfObject(uri, tree, item) : []));
  }
  if (root?.kind !== 'object') return [];
  const wrapped = childOf(root, 'taskDefinition');
  const service = childOf(root, 'service');
  const services = childOf(root, 'services');
  return [
    ...factsOfObject(uri, tree, root),
    ...(wrapped?.kind === 'object' ? factsOfObject(uri, tree, wrapped, root) : []),
    ...(service?.kind === 'object' ? factsOfObject(uri, tree, service) : []),
    ...(services?.kind === 'array' ? services.items : []).flatMap((item) =>
      item.kind === 'object' ? factsOfObject(uri, tree, item) : [],
    ),
  ];
}

function factsOfObject(uri: Uri, tree: Tree, node: ObjectNode, wrapper?: ObjectNode): readonly Fact[] {
  if (looksLikeTaskDefinition(node)) return [readTaskDefinition(uri, tree, node, wrapper)];
  return looksLikeService(node) ? [readService(uri, node)] : [];
}

function looksLikeTaskDefinition(node: ObjectNode): boolean {
  const containers = childOf(node, 'containerDefinitions');
  if (!containers || entryOf(node, 'AWSEBDockerrunVersion') || entryOf(node, 'Resources')) return false;
  if (containers.kind === 'array')
    return containers.items.length === 0 || containers.items.some((item) => item.kind !== 'null');
  return containers.kind === 'template' && entryOf(node, 'family') !== undefined;
}
