// The only door for adapters. Pure: says which files it wants, never reads one.

import type { FileEdit, Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Settings } from '../config/settings.ts';
import type { Deployment } from '../graph/deployment.ts';
import type { Fix, Related, Rule, Severity } from '../rules/rule.ts';

/** What happened to the workspace. Everything is optional; one change is applied as a whole. */
export interface Change {
  /** The analysed folders. Files outside them are never wanted. */
  readonly folders?: readonly Uri[];
  readonly added?: readonly Uri[];
  readonly removed?: readonly Uri[];
  /** Texts without byte-order mark, of wanted or edited files. A file not listed yet counts as added. */
  readonly contents?: readonly FileContent[];
  /** The editor's settings; a folder's `steadystate.json` beats them per key. */
  readonly settings?: Partial<Settings>;
  /** The folder that paths of settings files count from; without it, the analysed folder that each stands in. */
  readonly settingsBase?: Uri;
}

export type FileContent =
  | { readonly uri: Uri; readonly text: string }
  /** `unreadable`: a sentence that says why, without its full stop. */
  | { readonly uri: Uri; readonly unreadable: string };

export interface Wanted {
  readonly files: readonly Uri[];
  /** Names of tree-sitter grammars. */
  readonly grammars: readonly string[];
}

/** A finding as people see it. */
export interface Report {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** Ids of deployments it was found in. */
  readonly deployments: readonly string[];
  /** Ignored by a setting or in place. Editors do not show it. */
  readonly suppressed: boolean;
}

export interface DeploymentView {
  readonly deployment: Deployment;
  /** Severity of the worst unsuppressed finding. */
  readonly worst: Severity | undefined;
}

/** What stands at a place, as Markdown; and the places it is linked to. */
export interface Explanation {
  readonly at: Location;
  readonly markdown: string;
  readonly links: readonly { readonly to: Location; readonly because: string }[];
}

export interface AnalysisHost {
  /** Applies a change; answers the files whose reports changed. Reports are complete once nothing is wanted. */
  apply(change: Change): ReadonlySet<Uri>;
  readonly wanted: Wanted;
  loadGrammar(name: string, bytes: Uint8Array): Promise<void>;
  /** Sorted by place, then rule. */
  reports(uri: Uri): readonly Report[];
  /** Files with reports, sorted. */
  readonly reported: readonly Uri[];
  deployments(): readonly DeploymentView[];
  readonly deploymentCount: number;
  /** Dockerfiles that no container was linked to, each with a sentence. */
  unlinked(): readonly { readonly uri: Uri; readonly reason: string }[];
  readonly rules: readonly Rule[];
  /** Text edits of a fix; empty where the files changed so that it no longer applies. */
  edits(fix: Fix): readonly FileEdit[];
  /** Edits that ignore one finding: a comment above it, or an entry in `steadystate.json`, which `creates` may name. */
  ignoreEdits(report: Report, reason: string): IgnoreEdits;
  /** Edits of `steadystate.json` that give a rule another level. */
  levelEdits(uri: Uri, rule: string, level: string): IgnoreEdits;
  explain(at: { readonly uri: Uri; readonly offset: number }): Explanation | undefined;
  /** The current text of a read file. */
  text(uri: Uri): string | undefined;
  /** Whether an editor's document can matter: some source claims it, or a program depends on it. */
  claims(uri: Uri): boolean;
  /** Problems of rules that threw, since the last call. */
  takeLog(): readonly string[];
}

export interface IgnoreEdits {
  /** The file to make first, empty, where it does not exist. */
  readonly creates: Uri | undefined;
  readonly edits: readonly FileEdit[];
}
