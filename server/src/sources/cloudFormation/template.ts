// A template's tree as a fact: parameters, mappings, resources, outputs, with short and long functions in one form.

import { type Location, locationOf, type Span } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import type {
  NestedStack,
  StackCall,
  StackExpression,
  StackObject,
  StackParameter,
  StackResource,
  StackScalar,
  StackTemplate,
} from '../../facts/stackTemplate.ts';
import { hasTemplate } from '../../syntax/template.ts';
import { childOf, type ObjectNode, scalarText, type TreeEntry, type TreeNode, tokenSpan } from '../../syntax/tree.ts';
import { isReadType } from '../described/resources.ts';

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-application.html */
const NESTED: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};

/** Whether a type of resource is a stack within the stack. */
export function isNested(type: string): boolean {
  return Object.hasOwn(NESTED, type);
}

/** Undefined where the tree is no template. */
export function templateOf(uri: Uri, root: TreeNode | undefined): StackTemplate | undefined {
  const resources = childOf(root, 'Resources');
  if (root?.kind !== 'object' || resources?.kind !== 'object') return undefined;
  const mappings = childOf(root, 'Mappings');
  return {
    kind: 'stackTemplate',
    at: spanned(uri, root.span),
    parameters: objectEntries(childOf(root, 'Parameters')).map(parameterOf),
    mappings: mappings && expressionOf(mappings),
    resources: resources.entries.flatMap((entry) => resourceOf(entry) ?? []),
    outputs: objectEntries(childOf(root, 'Outputs')).flatMap((entry) => {
      const value = childOf(entry.value, 'Value');
      return value ? [{ name: entry.key, value: expressionOf(value) }] : [];
    }),
  };
}

/** The stacks that a template contains. */
export function nestedStacksOf(uri: Uri, root: TreeNode | undefined): readonly NestedStack[] {
  return objectEntries(childOf(root, 'Resources')).flatMap((entry): readonly NestedStack[] => {
    const type = typeOf(entry.value);
    const properties = childOf(entry.value, 'Properties');
    const template = type === undefined ? undefined : childOf(properties, NESTED[type] ?? '');
    if (!template) return [];
    const parameters = childOf(properties, 'Parameters');
    const at = spanned(uri, entry.span);
    return [
      {
        kind: 'nestedStack',
        at,
        logicalId: entry.key,
        template: expressionOf(template),
        parameters: parameters && expressionOf(parameters),
      },
    ];
  });
}

function spanned(uri: Uri, span: Span): Location {
  return locationOf(uri, span.start, span.end);
}

function objectEntries(node: TreeNode | undefined): readonly TreeEntry[] {
  return node?.kind === 'object' ? node.entries : [];
}

function typeOf(resource: TreeNode): string | undefined {
  const type = childOf(resource, 'Type');
  return type && scalarText(type);
}

function parameterOf({ key, keySpan, value }: TreeEntry): StackParameter {
  const type = childOf(value, 'Type');
  const fallback = childOf(value, 'Default');
  const expression = fallback && expressionOf(fallback);
  return {
    name: key,
    nameSpan: keySpan,
    type: (type && scalarText(type)) ?? 'String',
    default: expression?.kind === 'scalar' ? expression : undefined,
  };
}

export function resourceOf({ key, keySpan, span, value }: TreeEntry): StackResource | undefined {
  const type = typeOf(value);
  if (type === undefined) return undefined;
  const node = childOf(value, 'Properties');
  const read = isReadType(type);
  return {
    logicalId: key,
    idSpan: keySpan,
    type,
    span: node?.kind === 'object' ? node.span : value.span,
    properties: read ? propertiesOf(node, value.span) : undefined,
    entrySpan: span,
    shift: 0,
  };
}

function propertiesOf(node: TreeNode | undefined, whole: Span): StackObject {
  if (node?.kind === 'object') return objectOf(node);
  return {
    kind: 'object',
    span: node?.span ?? whole,
    entries: [],
    complete: node === undefined || node.kind === 'null',
  };
}

/** A node as an expression. The parsers bound how deep it goes. */
export function expressionOf(node: TreeNode): StackExpression {
  const { tag } = node;
  if (tag !== undefined) return callOf(tag.slice(1).replace(/^Fn::/, ''), node.span, untagged(node));
  if (node.kind === 'array') {
    return { kind: 'list', span: node.span, items: node.items.map(expressionOf), complete: node.complete };
  }
  if (node.kind !== 'object') return scalarOf(node);
  const [only, second] = node.entries;
  const name = only && !second ? functionName(only.key) : undefined;
  return only && name !== undefined ? callOf(name, node.span, expressionOf(only.value)) : objectOf(node);
}

function callOf(name: string, span: Span, argument: StackExpression): StackCall {
  return { kind: 'call', name, span, argument };
}

function untagged(node: TreeNode): StackExpression {
  const { tag: _, ...plain } = node;
  return expressionOf(plain);
}

function functionName(key: string): string | undefined {
  if (key === 'Ref' || key === 'Condition') return key;
  return key.startsWith('Fn::') ? key.slice(4) : undefined;
}

function objectOf(node: ObjectNode): StackObject {
  const entries = node.entries.map(({ key, keySpan, value }) => ({ key, keySpan, value: expressionOf(value) }));
  // `Fn::Transform` beside other keys, and a function in the place of a key, may add any.
  const complete = node.complete && !entries.some((entry) => entry.key.startsWith('Fn::'));
  return { kind: 'object', span: node.span, entries, complete };
}

function scalarOf(node: Exclude<TreeNode, { readonly kind: 'object' | 'array' }>): StackScalar {
  const span = tokenSpan(node);
  if (node.kind === 'null') return { kind: 'scalar', span, value: null };
  if (node.kind === 'template') return { kind: 'scalar', span, value: node.text, template: true };
  if (node.kind === 'string') {
    const written = node.value.includes('{{resolve:') || (node.template && hasTemplate(withoutVariables(node.value)));
    if (written) return { kind: 'scalar', span, value: node.value, template: true };
    const value = node.inner === node.span ? plainValue(node.value) : node.value;
    return { kind: 'scalar', span, value, ...(node.runs ? { runs: node.runs } : {}) };
  }
  // `1.20` is a number, but its text says more.
  if (node.kind === 'number')
    return { kind: 'scalar', span, value: String(node.value) === node.text ? node.value : node.text };
  return { kind: 'scalar', span, value: node.value };
}

/** CloudFormation reads YAML 1.1, where unquoted `yes` is true: https://yaml.org/type/bool.html */
function plainValue(text: string): string | boolean {
  if (/^(?:yes|on)$/i.test(text)) return true;
  return /^(?:no|off)$/i.test(text) ? false : text;
}

/** `${Name}` is CloudFormation's own in `Fn::Sub` and plain text elsewhere. */
function withoutVariables(text: string): string {
  return text.replace(/\$\{[^{}]*\}/g, '');
}
