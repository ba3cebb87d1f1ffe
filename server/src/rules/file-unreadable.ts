// A file that should be read and cannot be. The engine finds it.

import type { EngineRule } from './rule.ts';

export const fileUnreadable: EngineRule = {
  id: 'file-unreadable',
  group: 'files',
  severity: 'warning',
  summary: 'A file that should be checked cannot be read.',
  why: 'What is not read is not checked: permissions, an unknown encoding or its size keep this file out of sight.',
  remedy: 'Give it read permission, save it as UTF-8, or exclude it in `steadystate.json`.',
  sources: [],
  fixKinds: [],
  subject: 'engine',
  examples: { bad: [], good: [] },
};
