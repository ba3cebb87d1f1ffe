// One simple command of a shell text: builtins change the shell's state, everything else becomes a process.

import type { Uri } from '../../base/uri.ts';
import { joinUri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import type { ShellCommand } from '../../syntax/shellWords.ts';
import { parseShell } from '../../syntax/shellWords.ts';
import { explained } from '../environment.ts';
import { endsByItself, goesToBackground, neverReturns, onlyWaits, startsHelper } from '../knownCommands.ts';
import type { ContainerProcess } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import { sliceWord } from '../words.ts';
import { assignedValue, expandWords } from './expand.ts';
import { recordFileCommand } from './fileCommands.ts';
import type { Walk } from './interpret.ts';
import { commandTrail, runNodes } from './interpret.ts';
import { afterScript } from './ranScripts.ts';
import type { ShellState, ShellText } from './state.ts';
import { assign, exportVariable, textOfFile } from './state.ts';

const DEEPEST = 8;
/** Files of tools that set up their own paths. */
const harmless = /(?:^|\/)(?:activate|nvm\.sh|profile|\.?bashrc|\.profile|venv\.sh|os-release|functions)$/;

export function runCommand(
  walk: Walk,
  command: ShellCommand,
  state: ShellState,
  source: ShellText,
): readonly ShellState[] {
  const words = expandWords(command.words, state, source);
  const [first, ...rest] = words;
  if (first === undefined) return [state];
  const name = first.state === 'known' ? first.value : undefined;
  const body = name === undefined ? undefined : state.functions.get(name);
  if (body !== undefined && walk.depth < DEEPEST) {
    walk.depth++;
    const inner = { ...state, positional: [state.positional[0] ?? first, ...rest] };
    const after = runNodes(walk, body.nodes, inner, body.source);
    walk.depth--;
    return after.map((result) => ({ ...result, positional: state.positional }));
  }
  return (
    (name === undefined ? undefined : runBuiltin(walk, name, rest, command, state, source)) ?? [
      startProcess(walk, words, command, state, source, false),
    ]
  );
}

function runBuiltin(
  walk: Walk,
  name: string,
  rest: readonly Value<string>[],
  command: ShellCommand,
  state: ShellState,
  source: ShellText,
): readonly ShellState[] | undefined {
  switch (name) {
    case 'exec': {
      const words = execWords(rest);
      return [words.length === 0 ? state : startProcess(walk, words, command, state, source, true)];
    }
    case 'cd':
    case 'pushd':
      return [changeDirectory(rest[0], state)];
    case 'export':
    case 'readonly':
    case 'declare':
    case 'typeset':
    case 'local':
      return [declareAll(name, rest, state)];
    case 'unset':
      return [{ ...state, environment: state.environment.without(rest.map(wordText)) }];
    case 'set':
      return [setParameters(rest, state)];
    case 'shift':
      return [{ ...state, positional: [...state.positional.slice(0, 1), ...state.positional.slice(2)] }];
    case 'exit':
      return [{ ...state, ended: 'exit' }];
    case '.':
    case 'source':
      return sourceFile(walk, rest, state);
    case 'eval': {
      const by = dynamic('eval', source.locate(command.span), 'the script evaluates text that it computes');
      return [{ ...state, environment: state.environment.opened(by), variables: new Map() }];
    }
    case 'command':
    case 'builtin':
    case 'nohup':
      return rest[0] === undefined || wordText(rest[0]).startsWith('-')
        ? [state]
        : [startProcess(walk, rest, command, state, source, false)];
    default:
      return undefined;
  }
}

/** `exec -a name command`. */
function execWords(words: readonly Value<string>[]): readonly Value<string>[] {
  let index = 0;
  while (index < words.length && /^-[acl]+$/.test(wordText(words[index] ?? dynamicNothing))) {
    index += wordText(words[index] ?? dynamicNothing) === '-a' ? 2 : 1;
  }
  return words.slice(index);
}

const dynamicNothing: Value<string> = dynamic('', { uri: '', span: { start: 0, end: 0 } });

function startProcess(
  walk: Walk,
  words: readonly Value<string>[],
  command: ShellCommand,
  state: ShellState,
  source: ShellText,
  replaces: boolean,
): ShellState {
  const [first] = words;
  const name = first?.state === 'known' ? lastSegment(first.value) : undefined;
  const recorded = recordFileCommand(words, command, state, source);
  const changed = replaces ? recorded : afterScript(walk, words, recorded);
  if (name !== undefined && !replaces && (endsByItself(name) || isShortWait(name, words))) return changed;
  if (name !== undefined && onlyWaits(name)) return replaces ? { ...state, ended: 'program' } : state;
  // A server in the foreground keeps the shell from going on.
  if (state.program !== undefined && isServer(state.program)) return { ...state, ended: 'program' };
  const { start, end } = command.span;
  const text = source.text.slice(start, end);
  const process: ContainerProcess = {
    ...walk.process,
    argv: words,
    environment: withAssignments(command, state, source),
    workingDirectory: state.workingDirectory,
    changes: [...walk.process.changes, ...state.changes],
    trail: commandTrail(walk, text, source, start, end),
  };
  const rest = words.slice(1).map(wordText);
  if (name !== undefined && !replaces && startsHelper(name, rest)) return state;
  if (name !== undefined && !replaces && goesToBackground(name, rest)) {
    return { ...changed, background: [...state.background, process] };
  }
  return { ...changed, program: process, ended: replaces ? 'program' : undefined };
}

function isShortWait(name: string, words: readonly Value<string>[]): boolean {
  return name === 'sleep' && words[1] !== undefined && wordText(words[1]) !== 'infinity';
}

function isServer(process: ContainerProcess): boolean {
  const [first] = process.argv;
  return first?.state === 'known' && neverReturns(lastSegment(first.value));
}

/** `PORT=80 node server.js` sets PORT for that one command. */
function withAssignments(command: ShellCommand, state: ShellState, source: ShellText) {
  if (command.assignments.length === 0) return state.environment;
  return state.environment.with(
    command.assignments.map(({ name, value }) => ({ name, value: assignedValue(name, value, state, source) })),
  );
}

function changeDirectory(target: Value<string> | undefined, state: ShellState): ShellState {
  if (target?.state !== 'known' || target.value === '-') return state;
  return { ...state, workingDirectory: joinUri(state.workingDirectory, target.value) };
}

function declareAll(builtin: string, words: readonly Value<string>[], state: ShellState): ShellState {
  let next = state;
  for (const word of words) {
    const text = wordText(word);
    if (text.startsWith('-')) continue;
    const match = /^([A-Za-z_]\w*)(=)?/.exec(text);
    if (match === null) {
      // `export $(cat .env | xargs)` sets what only the file knows.
      if (word.state === 'known') continue;
      const by = dynamic(text, word.state === 'dynamic' ? word.at : word.at, 'the script exports what it computes');
      next = { ...next, environment: next.environment.opened(by), variables: new Map() };
      continue;
    }
    const [whole, name = '', equals] = match;
    const value = equals === undefined ? undefined : valueAfter(word, whole.length, name);
    if (builtin === 'export') next = exportVariable(next, name, value);
    else if (value !== undefined) next = assign(next, name, value);
  }
  return next;
}

function valueAfter(word: Value<string>, start: number, name: string): Value<string> {
  if (word.state !== 'known') {
    return dynamic(wordText(word).slice(start), word.at, word.state === 'dynamic' ? word.reason : undefined);
  }
  if (start === word.value.length) return known('', word.at);
  const value = sliceWord(word, start);
  return value.trail !== undefined && value.trail.length > 0
    ? value
    : explained(name, value, value.at, 'the shell sets');
}

/** `set -- python app.py "$@"`. */
function setParameters(words: readonly Value<string>[], state: ShellState): ShellState {
  const dashes = words.findIndex((word) => wordText(word) === '--');
  if (dashes < 0) return state;
  return { ...state, positional: [...state.positional.slice(0, 1), ...words.slice(dashes + 1)] };
}

function sourceFile(walk: Walk, words: readonly Value<string>[], state: ShellState): readonly ShellState[] {
  const [target] = words;
  if (target === undefined) return [state];
  const text = wordText(target);
  if (harmless.test(text)) return [state];
  const uri =
    target.state === 'known'
      ? walk.process.image.workspaceUri(joinUri(state.workingDirectory, target.value))
      : undefined;
  const known = uri === undefined || walk.depth >= DEEPEST ? undefined : readSourced(walk, uri, state);
  if (known !== undefined) return known;
  const by = dynamic(text, target.at, `${text} may set it`);
  return [{ ...state, environment: state.environment.opened(by), variables: new Map() }];
}

function readSourced(walk: Walk, uri: Uri, state: ShellState): readonly ShellState[] | undefined {
  const facts = walk.process.files.exists(uri) ? walk.process.files.facts(uri) : undefined;
  const script = factOf(facts, 'shellScript');
  if (script !== undefined) {
    walk.depth++;
    const after = runNodes(walk, parseShell(script.text).body, state, textOfFile(uri, script.text));
    walk.depth--;
    return after;
  }
  const file = factOf(facts, 'environmentFile');
  if (file === undefined) return undefined;
  const entries = file.entries.map(({ name, value }) => ({ name, value: explained(name, value, value.at, 'file') }));
  return [{ ...state, environment: state.environment.with(entries) }];
}
