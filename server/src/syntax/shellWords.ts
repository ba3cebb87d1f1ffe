// Reads shell text: one-line commands (`sh -c "…"`, shell-form CMD, npm scripts) and whole scripts. Hand-written, linear
// in the length of the text, and it never throws. The tree is described in `shellTree.ts`; nothing is evaluated here.

import { parseList, unexpected } from './shellParser.ts';
import { addProblem, createReader } from './shellReader.ts';
import { literalText, type ShellNode, type ShellScriptNode, textSpan } from './shellTree.ts';

export type * from './shellTree.ts';
export { literalText, textSpan } from './shellTree.ts';

/** Reads a whole text. */
export function parseShell(text: string): ShellScriptNode {
  const reader = createReader(text);
  const body: ShellNode[] = [];
  for (;;) {
    body.push(...parseList(reader, []));
    if (reader.position >= text.length) break;
    body.push(unexpected(reader));
  }
  for (const heredoc of reader.heredocs) {
    addProblem(reader, 'This here-document is never closed.', heredoc.at.start, heredoc.at.end);
  }
  return { kind: 'script', body, problems: reader.problems, span: { start: 0, end: text.length } };
}

/**
 * The words of one plain command: no variables, assignments, operators or redirections; undefined for anything else.
 * `start` and `end` are inside the quotes where the whole word is quoted.
 */
export function splitWords(
  text: string,
): readonly { readonly text: string; readonly start: number; readonly end: number }[] | undefined {
  const script = parseShell(text);
  if (script.body.length === 0 && script.problems.length === 0) return [];
  const command = script.body[0];
  if (script.body.length !== 1 || script.problems.length > 0) return undefined;
  if (command?.kind !== 'command' && command?.kind !== 'test') return undefined;
  if (command.kind === 'test' || command.assignments.length > 0) return undefined;
  const words: { text: string; start: number; end: number }[] = [];
  for (const word of command.words) {
    const literal = literalText(word);
    if (literal === undefined) return undefined;
    words.push({ text: literal, ...textSpan(word) });
  }
  // A dropped redirection or operator leaves text that no word covers.
  const last = command.words.at(-1)?.span.end ?? 0;
  const gaps = command.words.every((word, index) => {
    const from = command.words[index - 1]?.span.end ?? 0;
    return !/[<>&|;]/.test(text.slice(from, word.span.start));
  });
  return gaps && !/[<>&|;]/.test(text.slice(last)) ? words : undefined;
}
