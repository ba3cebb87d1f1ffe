// The plain commands that a RUN instruction executes while the image is built. What they do to the image is judged in
// `imageFiles.ts` and `imageTools.ts`.

import type { ImageCommand } from '../facts/dockerfile.ts';
import { knownValue } from '../facts/value.ts';
import { literalText, parseShell, type ShellNode } from '../syntax/shellWords.ts';

export interface RunCommand {
  /** Without `sudo` and its like; `undefined` in place of a word that is not literal. */
  readonly words: readonly (string | undefined)[];
  /** Runs only under a condition that is not judged here. */
  readonly conditional: boolean;
  /** Its output goes into another command. */
  readonly piped: boolean;
}

export interface RunCommands {
  readonly commands: readonly RunCommand[];
  /** Everything was read: no functions, loops or text beyond the shell grammar. */
  readonly complete: boolean;
  /** Output is written into a file. */
  readonly writes: boolean;
}

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', '/bin/sh', '/bin/bash', '/bin/ash', '/usr/bin/bash']);
const PREFIXES = new Set(['sudo', 'command', 'exec', 'time', 'nice', 'eatmydata']);

/** The commands of RUN in either form; a literal `sh -c` is read through. */
export function runCommands(command: ImageCommand): RunCommands {
  const words = command.words.map((word) => knownValue(word));
  if (command.form === 'exec') return throughShell({ words, conditional: false, piped: false }, 0);
  const text = words[0];
  return text === undefined ? unread : readText(text, 0);
}

const unread: RunCommands = { commands: [], complete: false, writes: true };

function readText(text: string, depth: number): RunCommands {
  const script = parseShell(text);
  const reader: Reader = { commands: [], complete: script.problems.length === 0, writes: writesFile(text), depth };
  walkAll(script.body, reader, false);
  return reader;
}

interface Reader {
  readonly commands: RunCommand[];
  complete: boolean;
  writes: boolean;
  readonly depth: number;
}

function walkAll(nodes: readonly ShellNode[], reader: Reader, conditional: boolean): void {
  for (const node of nodes) walk(node, reader, conditional, false);
}

function walk(node: ShellNode, reader: Reader, conditional: boolean, piped: boolean): void {
  switch (node.kind) {
    case 'command': {
      if (node.words.length > 0) add({ words: node.words.map(literalText), conditional, piped }, reader);
      return;
    }
    case 'test':
      return;
    case 'chain':
      walkChain(node, reader, conditional);
      return;
    case 'pipeline':
      for (const [index, command] of node.commands.entries()) {
        walk(command, reader, conditional, index < node.commands.length - 1);
      }
      return;
    case 'background':
      walk(node.node, reader, conditional, piped);
      return;
    case 'group':
      walkAll(node.body, reader, conditional);
      return;
    case 'if':
      for (const branch of node.branches) {
        walkAll(branch.condition, reader, conditional);
        walkAll(branch.body, reader, true);
      }
      walkAll(node.otherwise, reader, true);
      return;
    case 'case':
      for (const clause of node.clauses) walkAll(clause.body, reader, true);
      return;
    case 'loop':
    case 'for':
      walkAll(node.body, reader, true);
      return;
    default:
      reader.complete = false;
  }
}

/** A failing RUN fails the build, so what follows `&&` runs; not so after `||` or after a test. */
function walkChain(node: Extract<ShellNode, { kind: 'chain' }>, reader: Reader, conditional: boolean): void {
  walk(node.first, reader, conditional, false);
  let doubtful = conditional || node.first.kind === 'test';
  for (const { operator, node: next } of node.rest) {
    walk(next, reader, doubtful || operator === '||', false);
    doubtful ||= next.kind === 'test';
  }
}

function add(command: RunCommand, reader: Reader): void {
  const through = throughShell(command, reader.depth);
  reader.commands.push(...through.commands);
  reader.complete &&= through.complete;
  reader.writes ||= through.writes;
}

function throughShell(command: RunCommand, depth: number): RunCommands {
  const words = withoutPrefix(command.words);
  const [name, ...rest] = words;
  const flag = rest.findIndex((word) => word !== undefined && /^-[a-z]*c$/.test(word));
  const text = rest[flag + 1];
  if (name === undefined || !SHELLS.has(name) || flag < 0 || text === undefined || depth > 3) {
    return { commands: [{ ...command, words }], complete: true, writes: false };
  }
  const inner = readText(text, depth + 1);
  const commands = inner.commands.map((each) => ({ ...each, conditional: each.conditional || command.conditional }));
  return { ...inner, commands };
}

function withoutPrefix(words: readonly (string | undefined)[]): readonly (string | undefined)[] {
  let index = 0;
  while (index < words.length) {
    const word = words[index];
    if (word === undefined) break;
    const prefix = PREFIXES.has(word) || word === 'env' || (index > 0 && /^(?:-[A-Za-z]+|\w+=.*)$/.test(word));
    if (!prefix) break;
    index++;
  }
  return words.slice(index);
}

/** Whether a redirection goes anywhere but to another stream or to nowhere. */
function writesFile(text: string): boolean {
  return /(?<![-=>&<])>{1,2}(?![>&(=])(?!\s*\/dev\/(?:null|stdout|stderr)\b)/.test(text);
}

/** `--outfile=x` or `--outfile x`. */
export function optionValue(words: readonly (string | undefined)[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === undefined) continue;
    if (names.includes(word)) return words[index + 1];
    const equals = word.indexOf('=');
    if (equals > 0 && names.includes(word.slice(0, equals))) return word.slice(equals + 1);
  }
  return undefined;
}
