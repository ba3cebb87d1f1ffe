// The one table of settings: what each is for people and for schemas. The settings of the editor in package.json and
// schemas/steadystate.schema.json are generated from it; `settings.ts` holds the same settings as types.

import type { Json } from '../base/json.ts';
import { defaultSettings, type RuleLevel, type Settings } from './settings.ts';

export interface SettingRecord {
  readonly key: keyof Settings;
  /** JSON Schema, draft-07, without default and description. The generator adds the rules' ids where `rules` are meant. */
  readonly schema: { readonly [key: string]: Json };
  readonly default: Json;
  /** Markdown. */
  readonly description: string;
}

export const ruleLevels: readonly RuleLevel[] = ['off', 'info', 'warning', 'error'];

const text = (description: string): Json => ({ type: 'string', minLength: 1, description });

export const settingsTable: readonly SettingRecord[] = [
  {
    key: 'rules',
    schema: { type: 'object', additionalProperties: { type: 'string', enum: [...ruleLevels] } },
    default: {},
    description:
      'The level of each rule by its id: `off`, `info`, `warning` or `error`. Rules not named keep their own.',
  },
  {
    key: 'ignore',
    schema: {
      type: 'array',
      items: {
        type: 'object',
        required: ['rule', 'path', 'reason'],
        additionalProperties: false,
        properties: {
          rule: text('The id of the rule to ignore.'),
          path: text('A glob of the files it is ignored in, relative to this file.'),
          pointer: {
            type: 'string',
            pattern: '^(/.*)?$',
            description: 'A JSON pointer: only findings inside the value it names are ignored.',
          },
          reason: text('Why it is right to ignore it. An entry without a reason ignores nothing.'),
        },
      },
    },
    default: [],
    description:
      'Findings to ignore, each with a `rule`, a `path` glob, a `reason`, and a JSON `pointer` where only one place is meant. Entries that match nothing are reported.',
  },
  {
    key: 'exclude',
    schema: { type: 'array', items: text('A glob relative to this file; a folder stands for everything in it.') },
    default: [],
    description: 'Globs of files and folders that are not read at all, besides those that `.gitignore` names.',
  },
  {
    key: 'links',
    schema: {
      type: 'array',
      items: {
        type: 'object',
        required: ['taskDefinition', 'container', 'dockerfile'],
        additionalProperties: false,
        properties: {
          taskDefinition: text('The path of the file that holds the task definition.'),
          container: text('The name of the container.'),
          dockerfile: text('The path of the Dockerfile its image is built from.'),
        },
      },
    },
    default: [],
    description: 'Which Dockerfile a container is built from, where the automatic link is wrong or missing.',
  },
  {
    key: 'listens',
    schema: {
      type: 'array',
      items: {
        type: 'object',
        required: ['dockerfile', 'ports'],
        additionalProperties: false,
        properties: {
          dockerfile: text('The path of the Dockerfile.'),
          ports: {
            type: 'array',
            items: { type: 'integer', minimum: 1, maximum: 65535 },
            description: 'The ports its program listens on. An empty list says that it listens on none.',
          },
        },
      },
    },
    default: [],
    description: 'The ports an image listens on, where they cannot be found in the files.',
  },
  {
    key: 'rollback',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        slowAfterMinutes: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'A rollback that may take longer than this many minutes is reported by `rollback-slow`.',
        },
      },
    },
    default: { slowAfterMinutes: defaultSettings.rollback.slowAfterMinutes },
    description: 'What counts as a slow rollback: `slowAfterMinutes`.',
  },
];
