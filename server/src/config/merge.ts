// Joins the editor's settings and those of `steadystate.json`: key by key the file in the repository wins.

import { defaultSettings, type Settings } from './settings.ts';

/** Within `rules` and `rollback` each entry counts as a key of its own; lists are taken whole. */
export function mergeSettings(editor: Partial<Settings>, file: Partial<Settings>): Settings {
  return {
    ...defaultSettings,
    ...editor,
    ...file,
    rules: { ...editor.rules, ...file.rules },
    rollback: { ...defaultSettings.rollback, ...editor.rollback, ...file.rollback },
  };
}
