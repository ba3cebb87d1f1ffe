// The settings as the engine uses them. `table.ts` describes each for people and schemas.

import type { LinkSetting, ListensSetting } from '../base/links.ts';
import type { Uri } from '../base/uri.ts';

export type RuleLevel = 'off' | 'info' | 'warning' | 'error';

/** Globs and paths are relative to `base`, the folder of the settings file. */
export interface Settings {
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly ignore: readonly IgnoreEntry[];
  readonly exclude: readonly string[];
  readonly links: readonly LinkSetting[];
  readonly listens: readonly ListensSetting[];
  readonly rollback: { readonly slowAfterMinutes: number };
}

export interface IgnoreEntry {
  readonly rule: string;
  readonly path: string;
  /** A JSON pointer (RFC 6901) into the file: the finding must lie in the value it names. */
  readonly pointer?: string;
  readonly reason: string;
}

export const defaultSettings: Settings = {
  rules: {},
  ignore: [],
  exclude: [],
  links: [],
  listens: [],
  rollback: { slowAfterMinutes: 10 },
};

/** The settings file of an analysed folder. */
export function settingsUri(folder: Uri): Uri {
  return `${folder}/steadystate.json`;
}
