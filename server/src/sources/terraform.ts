// Terraform and OpenTofu: `.tf` files as they are written, settled root by root. `terraform/` evaluates and describes; the
// facts of resources are read in `described/`.

import { MAX_LAID_OUT } from '../base/layout.ts';
import { locationOf, type SourceFile } from '../base/text.ts';
import { dirname, type Uri } from '../base/uri.ts';
import { type Fact, type FileFacts, factOf } from '../facts/fileFacts.ts';
import type { TerraformSection } from '../facts/terraform.ts';
import { parseHcl } from '../syntax/hcl.ts';
import type { SyntaxProblem } from '../syntax/tree.ts';
import type { ExtractedText, Source } from './source.ts';
import { calledFolder, isConfiguration } from './terraform/definitions.ts';
import { editTerraform } from './terraform/edits.ts';
import { isJsonConfiguration, parseJsonConfiguration, parseJsonVariables } from './terraform/jsonConfiguration.ts';
import { resolveTerraform } from './terraform/resolve.ts';
import { type Sectioned, type SectionedText, sectionsOf, sectionsOfBlocks } from './terraform/sections.ts';
import { isVariableFile } from './terraform/variableFiles.ts';

/** Modules that Terraform has fetched are somebody else's. */
const FOREIGN = /\/(?:\.terraform|node_modules)\//;
const ABOUT_ECS = /\b(?:aws_ecs_|awscc_ecs_|container_definitions\b)/;
const MAX_LENGTH = MAX_LAID_OUT;
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

function extract(file: SourceFile, before?: ExtractedText): FileFacts {
  const { uri, text } = file;
  if (text.length > MAX_LENGTH) return { uri, source: 'terraform', facts: [], problems: [] };
  const at = locationOf(uri, 0, text.length);
  if (isVariableFile(uri)) {
    const { body, problems } = isJsonConfiguration(uri) ? parseJsonVariables(text) : parseHcl(text);
    return fileFacts(file, [{ kind: 'terraformVariables', at, body }], problems);
  }
  const { sections, layout, problems } = read(file, before);
  const facts: readonly Fact[] = [
    { kind: 'terraformFile', at, sections, complete: problems.length === 0 },
    ...moduleCalls(uri, text, sections),
  ];
  return { ...fileFacts(file, facts, problems), ...(layout ? { layout } : {}) };
}

function fileFacts({ uri, text }: SourceFile, facts: readonly Fact[], problems: readonly SyntaxProblem[]): FileFacts {
  const worth = ABOUT_ECS.test(text) ? problems.slice(0, MAX_PROBLEMS) : [];
  return {
    uri,
    source: 'terraform',
    facts,
    problems: worth.map(({ span, message }) => ({ at: locationOf(uri, span.start, span.end), message })),
  };
}

function read({ uri, text }: SourceFile, before: ExtractedText | undefined): Sectioned {
  if (!isJsonConfiguration(uri)) return sectionsOf(text, before && sectioned(before));
  const { body, problems } = parseJsonConfiguration(text);
  return sectionsOfBlocks(body.blocks, problems);
}

function sectioned({ text, facts }: ExtractedText): SectionedText | undefined {
  const file = factOf(facts, 'terraformFile');
  return file && { text, sections: file.sections, layout: facts.layout, complete: file.complete };
}

function moduleCalls(uri: Uri, text: string, sections: readonly TerraformSection[]): readonly Fact[] {
  const folders = sections.flatMap(({ block }) => (block.type === 'module' ? (calledFolder(uri, block) ?? []) : []));
  return folders.length === 0 ? [] : [{ kind: 'terraformModuleCalls', at: locationOf(uri, 0, text.length), folders }];
}
