// Makes the schema that comes out of the SDK's types fit the files people write: values may be templates that are
// filled in before AWS reads them, consoles and tools print `null` and empty strings for what is not set, and keys may be
// unknown to this version of the SDK.

import type { Json } from '../base/json.ts';
import { htmlToMarkdown, plainSummary } from './markdown.ts';

export type JsonObject = { readonly [key: string]: Json };
export type Definitions = Readonly<Record<string, JsonObject>>;

/**
 * `{{ must_env }}`, `${VAR}`, `<IMAGE>`, `%X%`, `__X__`, `@X@`, and the words people write where a pipeline will. Also in
 * the middle of a longer text.
 */
export const TEMPLATE_PATTERN = [
  '\\{[{%#]',
  '[$%#]\\{',
  '\\$[A-Za-z_(]',
  '<[A-Za-z_][^>]*>',
  '%[A-Za-z_]\\w*%',
  '__[A-Za-z]\\w*__',
  '@[A-Za-z_]\\w*@',
  '[Pp][Ll][Aa][Cc][Ee]_?[Hh][Oo][Ll][Dd][Ee][Rr]',
  '[Rr][Ee][Pp][Ll][Aa][Cc][Ee]',
  '[Cc][Hh][Aa][Nn][Gg][Ee][-_]?[Mm][Ee]',
].join('|');

/** `CONTAINER_PORT` where a number belongs: somebody's `sed` will replace it. */
const PLACEHOLDER_WORD = '^[A-Z][A-Z0-9_]{2,}$';

/** A value that CloudFormation computes: `{ "Ref": "Port" }`. */
const intrinsic: JsonObject = { propertyNames: { pattern: '^(?:Ref|Condition|Fn::.+)$' } };

const orTemplate = 'or a template such as `${VALUE}`';

/** Definitions that the mended schemas refer to. */
export const commonDefinitions: Definitions = {
  intrinsic,
  template: { type: ['string', 'object', 'null'], pattern: `^$|${TEMPLATE_PATTERN}`, ...intrinsic },
  numberTemplate: {
    pattern: `${TEMPLATE_PATTERN}|${PLACEHOLDER_WORD}`,
    patternErrorMessage: `Expected a number, ${orTemplate}.`,
    ...intrinsic,
  },
  booleanTemplate: {
    pattern: TEMPLATE_PATTERN,
    patternErrorMessage: `Expected true or false, ${orTemplate}.`,
    ...intrinsic,
  },
};

/** By the type of the SDK. The first of the types is what editors insert. */
const scalars: Definitions = {
  string: { type: ['string', 'object', 'null'], errorMessage: 'Expected a string.', allOf: [refTo('intrinsic')] },
  number: {
    type: ['number', 'string', 'object', 'null'],
    errorMessage: `Expected a number, ${orTemplate}.`,
    allOf: [refTo('numberTemplate')],
  },
  boolean: {
    type: ['boolean', 'string', 'object', 'null'],
    errorMessage: `Expected true or false, ${orTemplate}.`,
    allOf: [refTo('booleanTemplate')],
  },
};

const time: JsonObject = { type: ['string', 'number', 'null'] };

export function refTo(name: string): JsonObject {
  return { $ref: `#/definitions/${name}` };
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function propertiesOf(schema: JsonObject | undefined): Readonly<Record<string, JsonObject>> {
  const properties = schema?.properties;
  if (!isObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  );
}

/**
 * Mends one definition or property of the SDK's `definitions`. What the SDK calls required is dropped: see `ecsSchemas.ts`
 * for what is asked for.
 */
export function mendSchema(schema: JsonObject, definitions: Definitions): JsonObject {
  return { ...mendShape(schema, definitions), ...describe(schema) };
}

function mendShape(schema: JsonObject, definitions: Definitions): JsonObject {
  const literals = literalsOf(schema);
  if (literals.length > 0) return { anyOf: [{ enum: literals }, refTo('template')] };
  if (typeof schema.$ref === 'string') return mendReference(schema.$ref, definitions);
  if (schema.format === 'date-time') return time;
  if (typeof schema.type === 'string' && scalars[schema.type]) return scalars[schema.type] ?? {};
  if (schema.type === 'array' && isObject(schema.items)) {
    return { type: ['array', 'null'], items: mendSchema(schema.items, definitions) };
  }
  if (Array.isArray(schema.anyOf)) return mendUnion(schema.anyOf.filter(isObject), definitions);
  return schema.type === 'object' ? { type: ['object', 'null'], ...mendMembers(schema, definitions) } : {};
}

/** Known keys by name; the values of a map by its one type. */
function mendMembers(schema: JsonObject, definitions: Definitions): JsonObject {
  const values = schema.additionalProperties;
  if (isObject(values)) return { additionalProperties: mendSchema(values, definitions) };
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => [
    name,
    mendSchema(property, definitions),
  ]);
  return { properties: Object.fromEntries(properties) };
}

/**
 * `allOf`, because draft-07 says that nothing beside `$ref` counts, not even a description. The type beside it tells editors
 * what to insert.
 */
function mendReference(reference: string, definitions: Definitions): JsonObject {
  const name = decodeURIComponent(reference.replace('#/definitions/', ''));
  // Free-form documents.
  if (name === 'DocumentType') return {};
  const enumerated = literalsOf(definitions[name] ?? {}).length > 0;
  return { type: enumerated ? ['string', 'object', 'null'] : ['object', 'null'], allOf: [refTo(name)] };
}

/** The values of an enumeration. The generator adds an empty schema for `undefined`. */
function literalsOf(schema: JsonObject): readonly Json[] {
  if (schema.const !== undefined) return [schema.const];
  if (!Array.isArray(schema.anyOf)) return [];
  return schema.anyOf.filter(isObject).flatMap((branch) => (branch.const === undefined ? [] : [branch.const]));
}

/** The SDK's unions have a member for what a newer service may answer; nobody writes that. */
function mendUnion(branches: readonly JsonObject[], definitions: Definitions): JsonObject {
  const named = branches.filter((branch) => !String(branch.$ref ?? '').includes('UnknownMember'));
  const [only] = named;
  return named.length === 1 && only
    ? mendSchema(only, definitions)
    : { anyOf: named.map((branch) => mendSchema(branch, definitions)) };
}

function describe(schema: JsonObject): JsonObject {
  const text = typeof schema.description === 'string' ? htmlToMarkdown(schema.description) : '';
  const deprecated = schema.deprecated === undefined ? '' : `Deprecated ${String(schema.deprecated)}`.trim();
  const markdown = [deprecated, text].filter((part) => part !== '').join('\n\n');
  if (markdown === '') return {};
  return {
    description: plainSummary(markdown),
    markdownDescription: markdown,
    ...(deprecated === '' ? {} : { doNotSuggest: true }),
  };
}
