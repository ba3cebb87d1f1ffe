// Settings and ignores that cannot be understood. The engine finds them while it reads.

import type { EngineRule } from './rule.ts';

export const settingsInvalid: EngineRule = {
  id: 'settings-invalid',
  group: 'settings',
  severity: 'warning',
  summary:
    'Unknown key, wrong type, missing reason or unknown rule in `steadystate.json`; an inline ignore without a reason.',
  why: 'A setting that is not understood has no effect, and an ignore without a reason is one that nobody can review.',
  remedy: 'Correct the key or value; write the reason after `--`.',
  sources: [],
  fixKinds: [],
  subject: 'engine',
  examples: {
    bad: [
      {
        files: `--- steadystate.json
{
  "«rule»": {}
}
`,
      },
      {
        files: `--- Dockerfile
FROM scratch
«# steadystate-ignore expose-differs-from-listen»
EXPOSE 80
`,
      },
    ],
    good: [
      `--- steadystate.json
{
  // Images are promoted by retagging here.
  "rules": { "image-tag-mutable": "off" }
}
`,
    ],
  },
};
