// An ignore that outlived its reason. The engine finds it once every file is read.

import type { EngineRule } from './rule.ts';

export const ignoreUnused: EngineRule = {
  id: 'ignore-unused',
  group: 'settings',
  severity: 'info',
  summary: 'An ignore that no longer matches anything.',
  why: 'It would hide the next real finding at the same place.',
  remedy: 'Remove it.',
  sources: [],
  fixKinds: [],
  subject: 'engine',
  examples: {
    bad: [
      {
        files: `--- steadystate.json
{
  "ignore": [«{ "rule": "image-tag-latest", "path": "task-definition.json", "reason": "retagged on promotion" }»]
}
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
`,
      },
    ],
    good: [
      `--- steadystate.json
{
  "ignore": [{ "rule": "image-tag-latest", "path": "task-definition.json", "reason": "retagged on promotion" }]
}
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:latest", "essential": true }]
}
`,
    ],
  },
};
