// The generated parts of package.json: the editor's settings, and which files the schemas are for. The rest of it is
// written by hand and stays as it is.

import type { Json } from '../base/json.ts';
import { settingsTable } from '../config/table.ts';
import type { Rule } from '../rules/rule.ts';
import { print } from './ecsSchemas.ts';
import type { GeneratedFile } from './generated.ts';
import { isObject, type JsonObject } from './mendSchema.ts';
import { settingSchema } from './settingsSchema.ts';

/** Names that say what they are, with whatever people add around them: `api-task-definition.prod.json`. */
const TASK_DEFINITIONS = [
  '*task-definition*.json',
  '*task_definition*.json',
  '*taskDefinition*.json',
  '*container-definitions*.json',
  '*container_definitions*.json',
  ...['taskdef', 'taskDef', 'task-def', 'task_def'].flatMap(spellings),
];

const SERVICES = [
  'service-definition',
  'service_definition',
  'serviceDefinition',
  'ecs-service-def',
  'ecs-service',
].flatMap(spellings);

/** A schema that describes such files is none of them. */
const NOT_SCHEMAS = '!*.schema.json';

export function packageManifest(current: string, rules: readonly Rule[]): GeneratedFile {
  const manifest: Json = JSON.parse(current);
  if (!isObject(manifest)) throw new Error('package.json is not an object.');
  const contributes: JsonObject = {
    ...(isObject(manifest.contributes) ? manifest.contributes : {}),
    configuration: configuration(rules),
    jsonValidation,
  };
  return { path: 'package.json', text: print({ ...manifest, contributes }) };
}

function configuration(rules: readonly Rule[]): JsonObject {
  const properties = settingsTable.map((setting, index) => {
    // VS Code shows one of the two, and warns about neither.
    const { description: _, ...schema } = settingSchema(setting, rules);
    return [`steadystate.${setting.key}`, { scope: 'resource', order: index + 1, ...schema }];
  });
  return { title: 'Steady State', properties: Object.fromEntries(properties) };
}

const jsonValidation: Json = [
  { fileMatch: [...TASK_DEFINITIONS, NOT_SCHEMAS], url: './schemas/task-definition.schema.json' },
  { fileMatch: [...SERVICES, NOT_SCHEMAS], url: './schemas/service-definition.schema.json' },
  { fileMatch: ['steadystate.json'], url: './schemas/steadystate.schema.json' },
];

/** A short name alone, or set apart from what stands before or after it. */
function spellings(name: string): readonly string[] {
  return [`${name}.json`, `${name}[-_.]*.json`, `*[-_.]${name}.json`, `*[-_.]${name}[-_.]*.json`];
}
