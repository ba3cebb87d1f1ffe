// Terraform and OpenTofu: `.tf` files as they are written, settled root by root. `terraform/` evaluates and describes; the
// facts of resources are read in `described/`.

import { locationOf, type SourceFile } from '../base/text.ts';
import { dirname, type Uri } from '../base/uri.ts';
import type { Fact, FileFacts } from '../facts/fileFacts.ts';
import type { HclBody, HclTree } from '../syntax/hcl/tree.ts';
import { parseHcl } from '../syntax/hcl.ts';
import type { Source } from './source.ts';
import { calledFolder, isConfiguration } from './terraform/definitions.ts';
import { editTerraform } from './terraform/edits.ts';
import { isJsonConfiguration, parseJsonConfiguration, parseJsonVariables } from './terraform/jsonConfiguration.ts';
import { resolveTerraform } from './terraform/resolve.ts';
import { isVariableFile } from './terraform/variableFiles.ts';

/** Modules that Terraform has fetched are somebody else's. */
const FOREIGN = /\/(?:\.terraform|node_modules)\//;
const ABOUT_ECS = /\b(?:aws_ecs_|awscc_ecs_|container_definitions\b)/;
const MAX_LENGTH = 4_000_000;
const MAX_PROBLEMS = 3;

export const terraform: Source = {
  id: 'terraform',
  discovery: 'scan',
  comment: '#',
  claims: (uri) => ((isConfiguration(uri) || isVariableFile(uri)) && !FOREIGN.test(uri) ? 'yes' : 'no'),
  extract,
  unit: ({ uri, facts }) => (facts.some((fact) => fact.kind === 'terraformFile') ? `${dirname(uri)}/` : undefined),
  resolve: resolveTerraform,
  edit: (file, intent) => editTerraform(file, [intent]),
  editAll: editTerraform,
};

function extract(file: SourceFile): FileFacts {
  const { uri, text } = file;
  if (text.length > MAX_LENGTH) return { uri, source: 'terraform', facts: [], problems: [] };
  const { body, problems } = parse(file);
  const at = locationOf(uri, 0, text.length);
  const facts: readonly Fact[] = isVariableFile(uri)
    ? [{ kind: 'terraformVariables', at, body }]
    : [{ kind: 'terraformFile', at, body }, ...moduleCalls(uri, text, body)];
  const worth = ABOUT_ECS.test(text) ? problems.slice(0, MAX_PROBLEMS) : [];
  return {
    uri,
    source: 'terraform',
    facts,
    problems: worth.map(({ span, message }) => ({ at: locationOf(uri, span.start, span.end), message })),
  };
}

function parse({ uri, text }: SourceFile): HclTree {
  if (!isJsonConfiguration(uri)) return parseHcl(text);
  return isVariableFile(uri) ? parseJsonVariables(text) : parseJsonConfiguration(text);
}

function moduleCalls(uri: Uri, text: string, body: HclBody): readonly Fact[] {
  const folders = body.blocks.flatMap((block) => (block.type === 'module' ? (calledFolder(uri, block) ?? []) : []));
  return folders.length === 0 ? [] : [{ kind: 'terraformModuleCalls', at: locationOf(uri, 0, text.length), folders }];
}
