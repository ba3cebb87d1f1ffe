// The one interface of a programming language: program text to facts, edit intent to program text.

import type { SourceFile, TextEdit } from '../base/text.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { Program } from '../facts/program.ts';
import type { Routing } from '../facts/routing.ts';
import type { CodeModule } from './code.ts';

export interface Language {
  /** `python`, `javascript`, `typescript`. */
  readonly id: string;
  /** With the dot, lower case. */
  readonly extensions: readonly string[];
  /** The tree-sitter grammar for a file with this extension. */
  grammar(extension: string): string;
  readonly comment: '#' | '//';
  /** Reads a program; broken code gives what can still be read. The grammar is loaded. */
  extract(file: SourceFile): Program;
  /** The same file in the order in which it runs, for languages that describe infrastructure. The grammar is loaded. */
  code?(file: SourceFile): CodeModule | undefined;
  /** The paths that the file has a part in answering, for languages whose web frameworks are read. The grammar is loaded. */
  routing?(file: SourceFile): Routing | undefined;
  edit(file: SourceFile, intent: EditIntent): readonly TextEdit[];
}
