// The tree of POSIX and bash text that `shellWords.ts` reads. Offsets count within the text given to `parseShell`.
// It says what stands there; what variables hold, and which branch runs, is decided by `launch/`.

import type { Span } from '../base/text.ts';

/** A whole text. `problems` never stop the reading: what cannot be read is an `unknown` node. */
export interface ShellScriptNode {
  readonly kind: 'script';
  readonly body: readonly ShellNode[];
  readonly problems: readonly ShellProblem[];
  readonly span: Span;
}

export interface ShellProblem {
  readonly message: string;
  readonly span: Span;
}

export type ShellNode =
  | ShellCommand
  | ShellTest
  | ShellPipeline
  | ShellChain
  | ShellBackground
  | ShellIf
  | ShellCase
  | ShellLoop
  | ShellFor
  | ShellFunction
  | ShellGroup
  | ShellUnknown;

/**
 * `PORT=80 node server.js >log`. Without words it sets shell variables; `export A=1` is a
 * command whose words are `export` and `A=1`; `exec 2>&1` is a command of the one word `exec`.
 */
export interface ShellCommand {
  readonly kind: 'command';
  readonly assignments: readonly ShellAssignment[];
  readonly words: readonly ShellWord[];
  /** Absent where there are none. */
  readonly redirections?: readonly ShellRedirection[];
  readonly span: Span;
}

/** `>file`, `2>&1`, `<<EOF`; `operator` with its file descriptor. */
export interface ShellRedirection {
  readonly operator: string;
  readonly target: ShellWord;
  /** The lines of a here-document; as a word without parts where they are empty. */
  readonly body?: ShellWord;
}

/** `NAME=value` before a command; `append` for `NAME+=value`. An array `A=(…)` is a word of one unknown part. */
export interface ShellAssignment {
  readonly name: string;
  readonly append: boolean;
  readonly value: ShellWord;
  readonly span: Span;
}

/** `[ … ]`, `[[ … ]]` and `test …`: the words between, operators as literal words (`=`, `-z`, `&&`). */
export interface ShellTest {
  readonly kind: 'test';
  readonly words: readonly ShellWord[];
  readonly span: Span;
}

/** `a | b`, or `! a` with a single command. */
export interface ShellPipeline {
  readonly kind: 'pipeline';
  readonly negated: boolean;
  readonly commands: readonly ShellNode[];
  readonly span: Span;
}

/** `first && second || third`, evaluated from the left; `&&` and `||` bind equally. */
export interface ShellChain {
  readonly kind: 'chain';
  readonly first: ShellNode;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly node: ShellNode }[];
  readonly span: Span;
}

/** `node &`. */
export interface ShellBackground {
  readonly kind: 'background';
  readonly node: ShellNode;
  readonly span: Span;
}

/** `if … elif … else … fi`: the branches in order; `otherwise` is empty without `else`. */
export interface ShellIf {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: readonly ShellNode[]; readonly body: readonly ShellNode[] }[];
  readonly otherwise: readonly ShellNode[];
  readonly span: Span;
}

/** `end` is `;;`, or bash's `;&` (falls through) and `;;&` (goes on matching). */
export interface ShellCase {
  readonly kind: 'case';
  readonly subject: ShellWord;
  readonly clauses: readonly {
    readonly patterns: readonly ShellWord[];
    readonly body: readonly ShellNode[];
    readonly end: ';;' | ';&' | ';;&';
  }[];
  readonly span: Span;
}

/** `while`, or `until`. */
export interface ShellLoop {
  readonly kind: 'loop';
  readonly until: boolean;
  readonly condition: readonly ShellNode[];
  readonly body: readonly ShellNode[];
  readonly span: Span;
}

/** `for name in words`; `words` is absent where it runs over `"$@"`. `for ((…))` is a loop with an unknown condition. */
export interface ShellFor {
  readonly kind: 'for';
  readonly name: string;
  readonly words?: readonly ShellWord[];
  readonly body: readonly ShellNode[];
  readonly span: Span;
}

/** Defines a function; its body runs where a command names it. */
export interface ShellFunction {
  readonly kind: 'function';
  readonly name: string;
  readonly body: readonly ShellNode[];
  readonly span: Span;
}

/** `{ …; }`, or `( … )` with `subshell`. */
export interface ShellGroup {
  readonly kind: 'group';
  readonly subshell: boolean;
  readonly body: readonly ShellNode[];
  readonly span: Span;
}

/** `(( … ))`, or what cannot be read. */
export interface ShellUnknown {
  readonly kind: 'unknown';
  readonly text: string;
  readonly span: Span;
}

/** One word as written; after expansion it may be none or several, unless every variable in it is quoted. */
export interface ShellWord {
  readonly parts: readonly WordPart[];
  /** The whole word with its quotes. */
  readonly span: Span;
}

/** `quoted` parts are neither split into fields nor matched as patterns. */
export type WordPart =
  /** Text without its quotes and escapes; `span` is the inside of the quotes. */
  | { readonly kind: 'literal'; readonly text: string; readonly quoted: boolean; readonly span: Span }
  | ShellVariable
  /** Unquoted `*`, `?`, `[…]` and bash's `{a,b}`. */
  | { readonly kind: 'glob'; readonly text: string; readonly span: Span }
  /** `$(…)`, backquotes, `$((…))`, `${X%…}`, `<(…)`, `~`, an array. */
  | { readonly kind: 'unknown'; readonly text: string; readonly quoted: boolean; readonly span: Span };

/** `$NAME`, `$1`, `$@`, `$*`, `$#`, `$?`, `$$`, `$!`, `$-`, `${NAME}`, `${NAME:-default}`. `name` is without `$` and braces. */
export interface ShellVariable {
  readonly kind: 'variable';
  readonly name: string;
  readonly operator?: ':-' | '-' | ':=' | '=' | ':+' | '+' | ':?' | '?';
  /** What follows the operator. */
  readonly argument?: readonly WordPart[];
  readonly quoted: boolean;
  readonly span: Span;
}

/** The text of a word without variables; undefined where it depends on something. A lone glob counts as its text. */
export function literalText(word: ShellWord): string | undefined {
  let text = '';
  for (const part of word.parts) {
    if (part.kind !== 'literal' && part.kind !== 'glob') return undefined;
    text += part.text;
  }
  return text;
}

/** The span of a word's text: the inside of the quotes where the whole word is one quoted string. */
export function textSpan(word: ShellWord): Span {
  const only = word.parts.length === 1 ? word.parts[0] : undefined;
  return only ? only.span : word.span;
}
