// Asks the editor for its `steadystate` settings. What is wrong in them is left out; what they mean is the engine's business.

import type { Connection, DidChangeConfigurationParams } from 'vscode-languageserver/node';
import { readEditorSettings } from '../config/read.ts';
import type { Settings } from '../config/settings.ts';
import type { ClientFeatures } from './clientFeatures.ts';

const SECTION = 'steadystate';

/** Undefined where the editor has none to tell. `pushed` is what came with the notification, where one came. */
export async function editorSettings(
  connection: Connection,
  features: ClientFeatures,
  knownRules: ReadonlySet<string>,
  pushed?: DidChangeConfigurationParams,
): Promise<Partial<Settings> | undefined> {
  const value = features.configuration
    ? await connection.workspace.getConfiguration(SECTION)
    : pushedSection(pushed?.settings);
  return value === undefined || value === null ? undefined : readEditorSettings(value, knownRules);
}

/** Some editors send the section itself, some an object that holds it. */
function pushedSection(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  return SECTION in settings ? settings[SECTION] : settings;
}
