// The one interface of a file format, both ways: text to facts, edit intent to text edits.

import type { SourceFile, TextEdit } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { Fact, FileFacts } from '../facts/fileFacts.ts';
import type { UnitFiles } from '../facts/files.ts';
import type { Routing } from '../facts/routing.ts';

export interface Source {
  readonly id: string;
  /** `scan`: looked for in the whole workspace. `onDemand`: read only when a container, link or program leads to it. */
  readonly discovery: 'scan' | 'onDemand';
  /** Whether a file is this source's by its name; `maybe` where its text decides. */
  claims(uri: Uri): 'yes' | 'maybe' | 'no';
  /** For `maybe`: a cheap look at the text. */
  recognizes?(text: string): boolean;
  /** The tree-sitter grammar that must be loaded before `extract`. */
  grammar?(uri: Uri): string;
  /** How a comment starts where an ignore may be written in place; absent for formats without comments. */
  readonly comment?: '#' | '//';
  /** Never throws; what is broken becomes a problem. `before` is what an earlier text of the same file said. */
  extract(file: SourceFile, before?: ExtractedText): FileFacts;
  /** The paths that a file of program code answers: read only where a health check asks for one. Never throws. */
  routing?(file: SourceFile): Routing | undefined;
  /**
   * For formats that spread over several files: the unit a file belongs to, a folder (ending in `/`) or a root file. Such
   * a source is scanned; the facts of its files are raw, and `resolve` settles those of a whole unit.
   */
  unit?(facts: FileFacts): Uri | undefined;
  /**
   * The settled facts of a unit. Called again whenever something it looked at has changed; facts that did not change should
   * be the same objects, so that nothing that depends on them is done again.
   */
  resolve?(unit: Uri, files: UnitFiles): readonly Fact[];
  /** Text edits that carry out an intent on this file; empty where it cannot be done. */
  edit(file: SourceFile, intent: EditIntent): readonly TextEdit[];
  /** The same for several intents at once, where edits made one by one would clash: neighbors that go together. */
  editAll?(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[];
}

/** A text and what was read from it. */
export interface ExtractedText {
  readonly text: string;
  readonly facts: FileFacts;
}
