// The attributes of data sources that the files decide all the same: rendered templates, files, and what only repeats the
// name of a resource.

import type { Location } from '../../base/text.ts';
import { attributeOf } from '../../syntax/hcl/tree.ts';
import { parseHclTemplate } from '../../syntax/hcl.ts';
import { type Context, placeIn, type Scope } from './context.ts';
import type { BlockDefinition } from './definitions.ts';
import { renderTemplate, variableNames } from './templates.ts';
import { knownText, type TerraformValue, unknown } from './values.ts';

const READ_LATER = 'a data source is read when the configuration is applied';

export function dataAttribute(
  definition: BlockDefinition,
  name: string,
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue {
  const [type] = definition.block.labels.map((label) => label.text);
  const argument = (key: string): TerraformValue | undefined => {
    const attribute = attributeOf(definition.block.body, key);
    return attribute && context.evaluate(attribute.value, scope);
  };
  const later = unknown(`${definition.key}.${name}`, at, READ_LATER);
  switch (type) {
    case 'template_file':
      return name === 'rendered' ? (rendered(argument, scope, context) ?? later) : later;
    case 'aws_ecs_task_definition':
      return argument('task_definition') ?? later;
    case 'aws_ecr_repository': {
      const repository = knownText(argument('name'));
      if (name !== 'repository_url' || repository === undefined)
        return name === 'name' ? (argument('name') ?? later) : later;
      return {
        kind: 'text',
        parts: [unknown('registry', at, READ_LATER), { kind: 'piece', text: `/${repository}`, at }],
        at,
      };
    }
    default:
      return later;
  }
}

/** https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file */
function rendered(
  argument: (key: string) => TerraformValue | undefined,
  scope: Scope,
  context: Context,
): TerraformValue | undefined {
  const template = argument('template');
  const text = knownText(template);
  if (!template || text === undefined) return undefined;
  const whole = template.kind === 'scalar' && template.at.span.end - template.at.span.start === text.length;
  // Only a text that stands in a file as it is can be read again with its places.
  const { parts, span } = parseHclTemplate(text).template;
  const { uri, span: place } = template.at;
  const inFile: Scope = { ...scope, uri, shift: 0, names: variableNames(argument('vars')), closed: true };
  const inner: Scope = whole && place.start === 0 ? inFile : { ...inFile, at: template.at };
  return renderTemplate(parts, placeIn(inner, span), inner, context);
}
