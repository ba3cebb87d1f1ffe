// Scripts that a script runs before it goes on: `./configure.sh; nginx`. What they do to files counts for what follows;
// what they start and set is theirs alone.

import { joinUri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { parseShell } from '../../syntax/shellWords.ts';
import type { FileCommand } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import type { Walk } from './interpret.ts';
import { runNodes } from './interpret.ts';
import type { ShellState } from './state.ts';
import { textOfFile } from './state.ts';

const DEEPEST = 8;
const shells = /^(?:ba|da|a)?sh$/;

/** The state after a command that may be such a script; the same state for any other. */
export function afterScript(walk: Walk, words: readonly Value<string>[], state: ShellState): ShellState {
  const script = scriptOf(words);
  const [path] = script;
  if (path?.state !== 'known' || walk.depth >= DEEPEST) return state;
  const uri = walk.process.image.workspaceUri(joinUri(state.workingDirectory, path.value));
  if (uri === undefined || !walk.process.files.exists(uri)) return state;
  const text = factOf(walk.process.files.facts(uri), 'shellScript')?.text;
  if (text === undefined) return state;
  walk.depth++;
  const start: ShellState = { ...state, positional: script, program: undefined, background: [], pipe: 'none' };
  const after = runNodes(walk, parseShell(text).body, start, textOfFile(uri, text));
  walk.depth--;
  return { ...state, changes: agreed(state, after) };
}

/** `./configure.sh a`, `sh -e configure.sh a`: the script and its arguments. */
function scriptOf(words: readonly Value<string>[]): readonly Value<string>[] {
  const [first] = words;
  const name = first?.state === 'known' ? first.value : '';
  if (!shells.test(lastSegment(name))) return name.includes('/') ? words : [];
  const index = words.findIndex((word, position) => position > 0 && !/^[-+]/.test(wordText(word)));
  const readsText = words.slice(1, Math.max(index, 1)).some((word) => /^-[a-z]*c/.test(wordText(word)));
  return index < 0 || readsText ? [] : words.slice(index);
}

/** Where the ways through the script do not leave the same, the files that any of them writes are open. */
function agreed(state: ShellState, after: readonly ShellState[]): readonly FileCommand[] {
  const [first, ...others] = after;
  if (first === undefined) return state.changes;
  if (others.every(({ changes }) => changes === first.changes)) return first.changes;
  const own = after.flatMap(({ changes }) => changes.slice(state.changes.length));
  return [...state.changes, ...new Set(own)].map((change, index) =>
    index < state.changes.length ? change : open(change),
  );
}

function open({ writes, ...change }: FileCommand): FileCommand {
  const written = writes === undefined ? [] : [writes.path];
  const maybe = known('maybe', change.step.at);
  return { ...change, words: [maybe, ...change.words, ...written], writes: undefined };
}
