// CloudFormation and SAM templates, found by what they say. `cloudFormation/` reads the template, resolves its functions and
// writes edits; the facts of its resources are read in `described/`.

import { locationOf, type SourceFile } from '../base/text.ts';
import { extension } from '../base/uri.ts';
import { type FileFacts, factOf } from '../facts/fileFacts.ts';
import { editJsonTemplate, editYamlTemplate } from './cloudFormation/edits.ts';
import { keepResources } from './cloudFormation/keeping.ts';
import { jsonSyntax, type TemplateSyntax, withOneResourceRead, yamlSyntax } from './cloudFormation/rereading.ts';
import { settledFacts } from './cloudFormation/stacks.ts';
import { nestedStacksOf, templateOf } from './cloudFormation/template.ts';
import type { Source } from './source.ts';

/** What `cdk synth` and `sam build` write is not for editing. */
const FOREIGN = /\/(?:cdk\.out|\.aws-sam|node_modules)\/|\/(?:package(?:-lock)?\.json|tsconfig\.json|pnpm-lock\.yaml)$/;
/** CloudFormation takes no template of more than 1 MB:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_LENGTH = 2_000_000;
const MAX_PROBLEMS = 3;

const VERSION = /AWSTemplateFormatVersion/;
const RESOURCE_TYPE = /\bType"?[ \t]*:[ \t]*["']?AWS::/;

/** CodeDeploy's specifications speak of resources too, as a list of these. */
const SPECIFICATION = 'TargetService';

const recognized = (text: string): boolean =>
  text.length <= MAX_LENGTH &&
  text.includes('Resources') &&
  text.includes('AWS::') &&
  (VERSION.test(text) || (RESOURCE_TYPE.test(text) && !text.includes(SPECIFICATION)));

/** JSON is YAML too, but its own reader keeps more of a broken text, and its edits keep its style. */
const startsJson = (text: string): boolean => /^\s*\{/.test(text);

export const cloudFormation: readonly Source[] = [
  {
    ...templateSource('cloudFormation', ['.yml', '.yaml', '.template'], yamlSyntax, editYamlTemplate),
    comment: '#',
    recognizes: (text) => recognized(text) && !startsJson(text),
  },
  {
    ...templateSource('cloudFormationJson', ['.json', '.template'], jsonSyntax, editJsonTemplate),
    recognizes: (text) => recognized(text) && startsJson(text),
  },
];

function templateSource(
  id: string,
  endings: readonly string[],
  syntax: TemplateSyntax,
  editAll: NonNullable<Source['editAll']>,
): Source {
  return {
    id,
    discovery: 'scan',
    claims: (uri) => (endings.includes(extension(uri)) && !FOREIGN.test(uri) ? 'maybe' : 'no'),
    extract: (file, before) => {
      const old = before && !syntax.sharesParts(file.text) ? before : undefined;
      return (old && withOneResourceRead(file, old, syntax)) ?? extractTemplate(id, file, syntax, old?.facts);
    },
    unit: (facts) => (facts.facts.length > 0 ? facts.uri : undefined),
    resolve: settledFacts,
    edit: (file, intent) => editAll(file, [intent]),
    editAll,
  };
}

function extractTemplate(
  source: string,
  file: SourceFile,
  { parse }: TemplateSyntax,
  before: FileFacts | undefined,
): FileFacts {
  const nothing: FileFacts = { uri: file.uri, source, facts: [], problems: [] };
  if (file.text.length > MAX_LENGTH) return nothing;
  const { root, problems } = parse(file.text);
  const read = templateOf(file.uri, root);
  if (!read) return nothing;
  const old = factOf(before, 'stackTemplate');
  const { template, layout } = old ? keepResources(read, old, before?.layout) : { template: read, layout: undefined };
  const matters = template.resources.some((resource) => resource.type.startsWith('AWS::ECS::'));
  return {
    ...nothing,
    ...(layout ? { layout } : {}),
    facts: [template, ...nestedStacksOf(file.uri, root)],
    problems: (matters ? problems.slice(0, MAX_PROBLEMS) : []).map(({ span, message }) => ({
      at: locationOf(file.uri, span.start, span.end),
      message,
    })),
  };
}
