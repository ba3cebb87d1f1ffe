// The settings of each analysed folder: its file beats the editor's, per key.

import type { Span } from '../base/text.ts';
import { joinUri, pathFrom, relativePath, type Uri } from '../base/uri.ts';
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
  /** What its globs count from. */
  readonly base: Uri;
  readonly excludes: (uri: Uri) => boolean;
}

/** `base` is the folder that paths in the settings file count from. */
export function folderSettings(
  folder: Uri,
  text: string | undefined,
  editor: Partial<Settings>,
  base: Uri,
): FolderSettings {
  const read = text === undefined ? undefined : readSettings({ uri: settingsUri(folder), text }, knownRules);
  const settings = seenFrom(folder, mergeSettings(editor, read?.settings ?? {}), base);
  const excludes = globMatcher(settings.exclude);
  return { settings, read, base, excludes: (uri) => excludes(pathFrom(base, uri)) };
}

/** Settings with the paths of `links` and `listens` counted from the analysed folder; what lies outside it goes. */
function seenFrom(folder: Uri, settings: Settings, base: Uri): Settings {
  if (base === folder) return settings;
  const path = (text: string): string | undefined => relativePath(folder, joinUri(base, text));
  return {
    ...settings,
    links: settings.links.flatMap((link) => {
      const [taskDefinition, dockerfile] = [path(link.taskDefinition), path(link.dockerfile)];
      return taskDefinition === undefined || dockerfile === undefined ? [] : [{ ...link, taskDefinition, dockerfile }];
    }),
    listens: settings.listens.flatMap((entry) => {
      const dockerfile = path(entry.dockerfile);
      return dockerfile === undefined ? [] : [{ ...entry, dockerfile }];
    }),
  };
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
