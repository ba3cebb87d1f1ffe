// A syntax error in a file that is clearly an ECS file or its Dockerfile. The engine finds it.

import type { EngineRule } from './rule.ts';

export const fileUnparseable: EngineRule = {
  id: 'file-unparseable',
  group: 'files',
  severity: 'warning',
  summary: 'A syntax error in a file that is clearly an ECS file.',
  why: 'AWS and its tools refuse the file, and what stands around the error is not checked.',
  remedy: 'Mend the syntax at the marked place.',
  sources: [],
  fixKinds: [],
  subject: 'engine',
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
  «"networkMode"»: "awsvpc"
}
`,
      },
    ],
    good: [
      `--- task-definition.json
{
  // Comments and trailing commas are fine.
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true },],
}
`,
    ],
  },
};
