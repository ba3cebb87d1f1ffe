// The schema of `steadystate.json`, and the parts of it that VS Code's settings share, from the table of settings and
// the rules' own records.

import type { Json } from '../base/json.ts';
import { type SettingRecord, settingsTable } from '../config/table.ts';
import type { Rule } from '../rules/rule.ts';
import { print } from './ecsSchemas.ts';
import type { GeneratedFile } from './generated.ts';
import { plainSummary } from './markdown.ts';
import { isObject, type JsonObject } from './mendSchema.ts';

export function settingsSchema(rules: readonly Rule[]): GeneratedFile {
  const properties = settingsTable.map((setting) => [setting.key, settingSchema(setting, rules)]);
  const schema: JsonObject = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of Steady State',
    description: 'Settings of the folder that holds this file. They beat the settings of the editor, key by key.',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
  };
  return { path: 'schemas/steadystate.schema.json', text: print(schema) };
}

/** One setting, with the rules' ids where rules are meant. */
export function settingSchema(setting: SettingRecord, rules: readonly Rule[]): JsonObject {
  const schema = setting.key === 'rules' ? ruleLevels(setting, rules) : withRuleIds(setting.schema, rules);
  return {
    ...schema,
    default: setting.default,
    description: plainSummary(setting.description),
    markdownDescription: setting.description,
  };
}

/** Each rule as a property: its levels are offered, and an id that no rule has is marked. */
function ruleLevels(setting: SettingRecord, rules: readonly Rule[]): JsonObject {
  const level = setting.schema.additionalProperties;
  const properties = rules.map((rule) => [rule.id, { ...(isObject(level) ? level : {}), ...ruleTexts(rule) }]);
  return { ...setting.schema, additionalProperties: false, properties: Object.fromEntries(properties) };
}

function ruleTexts(rule: Rule): JsonObject {
  const markdown = `${rule.summary}\n\nLevel where it is not set: \`${rule.severity}\`.`;
  return { default: rule.severity, description: plainSummary(rule.summary), markdownDescription: markdown };
}

/** `rule` of an ignore entry is one of the rules. */
function withRuleIds(schema: JsonObject, rules: readonly Rule[]): JsonObject {
  return mapObjects(schema, (name, value) =>
    name === 'rule' && value.type === 'string' ? { ...value, enum: rules.map((rule) => rule.id) } : value,
  );
}

function mapObjects(object: JsonObject, map: (name: string, value: JsonObject) => JsonObject): JsonObject {
  const entries = Object.entries(object).map(([name, value]): [string, Json] => [
    name,
    isObject(value) ? map(name, mapObjects(value, map)) : value,
  ]);
  return Object.fromEntries(entries);
}
