// The settings of each analysed folder: its file beats the editor's, per key.

import type { Span } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { globMatcher } from '../config/globs.ts';
import { mergeSettings } from '../config/merge.ts';
import { type ReadSettings, readSettings } from '../config/read.ts';
import { type Settings, settingsUri } from '../config/settings.ts';
import { rules } from '../rules/index.ts';
import { parseJson } from '../syntax/json.ts';
import type { TreeNode } from '../syntax/tree.ts';

const knownRules: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));

export interface FolderSettings {
  readonly settings: Settings;
  /** Undefined where the folder has no settings file. */
  readonly read: ReadSettings | undefined;
  readonly excludes: (path: string) => boolean;
}

export function folderSettings(folder: Uri, text: string | undefined, editor: Partial<Settings>): FolderSettings {
  const read = text === undefined ? undefined : readSettings({ uri: settingsUri(folder), text }, knownRules);
  const settings = mergeSettings(editor, read?.settings ?? {});
  return { settings, read, excludes: globMatcher(settings.exclude) };
}

/** The value that a JSON pointer (RFC 6901) names in a text. */
export function pointedSpan(text: string, pointer: string): Span | undefined {
  let node: TreeNode | undefined = parseJson(text).root;
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (node?.kind === 'object') node = node.entries.find((entry) => entry.key === key)?.value;
    else if (node?.kind === 'array') node = node.items[Number(key)];
    else return undefined;
  }
  return node?.span;
}
