// Manifests of AWS Copilot: services and jobs that run on ECS. `copilot/` lays environments over each other, describes what
// Copilot makes of them, and writes edits; the facts are read in `described/`.

import { locationOf, type SourceFile } from '../base/text.ts';
import { basename, dirname, joinUri, type Uri } from '../base/uri.ts';
import { type Fact, type FileFacts, factOf } from '../facts/fileFacts.ts';
import type { UnitFiles } from '../facts/files.ts';
import { hasTemplate } from '../syntax/template.ts';
import type { ObjectNode, TreeNode } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { injectedVariables } from './copilot/addons.ts';
import { combinedResources } from './copilot/combine.ts';
import { editManifest } from './copilot/edits.ts';
import { environmentViews } from './copilot/environments.ts';
import { manifestOf } from './copilot/manifest.ts';
import { withPatches, withTaskOverrides } from './copilot/overrides.ts';
import { resourcesOf } from './copilot/resources.ts';
import { factsOf } from './described/resources.ts';
import type { Source } from './source.ts';

const NAME = /\/copilot\/[^/]+\/manifest\.ya?ml$/;
const ON_ECS = /^["']?type["']?[ \t]*:[ \t]*["']?(?:(?:Load Balanced Web|Backend|Worker) Service|Scheduled Job)\b/m;
const MAX_LENGTH = 500_000;
const MAX_PROBLEMS = 3;

export const copilot: Source = {
  id: 'copilot',
  discovery: 'scan',
  comment: '#',
  claims: (uri) => (NAME.test(uri) ? 'maybe' : 'no'),
  recognizes: (text) => text.length <= MAX_LENGTH && ON_ECS.test(text),
  extract,
  unit: ({ uri, facts }) => (facts.length > 0 ? uri : undefined),
  resolve,
  edit: (file, intent) => editManifest(file, [intent]),
  editAll: editManifest,
};

function extract({ uri, text }: SourceFile): FileFacts {
  const { root, problems } = parseYaml(text);
  const fact: readonly Fact[] =
    root?.kind === 'object' ? [{ kind: 'copilotManifest', at: locationOf(uri, 0, text.length), root }] : [];
  return {
    uri,
    source: 'copilot',
    facts: fact,
    problems: problems.slice(0, MAX_PROBLEMS).map(({ span, message }) => ({
      at: locationOf(uri, span.start, span.end),
      message,
    })),
  };
}

function resolve(uri: Uri, files: UnitFiles): readonly Fact[] {
  const written = factOf(files.facts(uri, 'copilotManifest'), 'copilotManifest');
  if (!written) return [];
  const home = dirname(uri);
  const injected = injectedVariables(joinUri(home, 'addons'), files);
  const reading = { uri, literal: literalStrings(written.root) };
  const branches = environmentViews(written.root, environmentsBeside(home, files)).flatMap(({ when, root }) => {
    const manifest = manifestOf(uri, root, reading, injected);
    return manifest ? [{ when, value: withTaskOverrides(resourcesOf(manifest), root) }] : [];
  });
  return withPatches(combinedResources(branches), uri, files).flatMap(factsOf);
}

/** The environments of the application, where `copilot/environments/` names them. */
function environmentsBeside(home: Uri, files: UnitFiles): readonly string[] {
  return files.folders(joinUri(dirname(home), 'environments')).map(basename);
}

/** Copilot fills in `${NAME}` alone; `${PORT:-80}` and `\${NAME}` are for the container's shell. */
function literalStrings(root: ObjectNode): ReadonlySet<TreeNode> {
  const literal = new Set<TreeNode>();
  const open: TreeNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'object') open.push(...node.entries.map(({ value }) => value));
    else if (node.kind === 'array') open.push(...node.items);
    else if (node.kind === 'string' && node.template && !hasTemplate(withoutShell(node.value))) literal.add(node);
  }
  return literal;
}

function withoutShell(text: string): string {
  return text.replace(/\\\$\{[A-Za-z_]\w*\}|\$\{[A-Za-z_]\w*:?[-+=?][^{}]*\}/g, '');
}
