// One path through a shell text: what the shell knows at a point of it. Immutable, so that branches share it.

import type { Location, Span } from '../../base/text.ts';
import type { Known, Value } from '../../facts/value.ts';
import { placeWithin } from '../../facts/value.ts';
import type { ShellNode } from '../../syntax/shellWords.ts';
import type { ContainerProcess, Environment, FileCommand } from '../launcher.ts';

/** A text that the shell reads, with the places of its parts. */
export interface ShellText {
  readonly text: string;
  locate(span: Span): Location;
}

export interface ShellState {
  readonly environment: Environment;
  /** Variables that are not exported. */
  readonly variables: ReadonlyMap<string, Value<string>>;
  /** `$0`, `$1`, … */
  readonly positional: readonly Value<string>[];
  readonly workingDirectory: string;
  readonly functions: ReadonlyMap<string, FunctionBody>;
  /** The command in the foreground that was started last, save those that end by themselves. */
  readonly program: ContainerProcess | undefined;
  readonly background: readonly ContainerProcess[];
  /** Commands that ran and may have written files that a server is configured by. */
  readonly changes: readonly FileCommand[];
  /** Where in a pipeline the next command stands. */
  readonly pipe: FileCommand['pipe'];
  /** The path goes no further: another program took the shell's place, or the shell exits. */
  readonly ended: 'program' | 'exit' | undefined;
}

export interface FunctionBody {
  readonly nodes: readonly ShellNode[];
  readonly source: ShellText;
}

/** The text of a word of argv. */
export function textOfWord(word: Known<string>): ShellText {
  return { text: word.value, locate: ({ start, end }) => placeWithin(word, start, end) };
}

/** The text of a file. */
export function textOfFile(uri: string, text: string): ShellText {
  return { text, locate: (span) => ({ uri, span }) };
}

/** A variable as the shell sees it; undefined where it is surely not set. */
export function variable(state: ShellState, name: string): Value<string> | undefined {
  return state.variables.get(name) ?? state.environment.get(name);
}

/** Sets a variable; it stays exported where it was. */
export function assign(state: ShellState, name: string, value: Value<string>): ShellState {
  if (!state.variables.has(name) && state.environment.named(name)) {
    return { ...state, environment: state.environment.with([{ name, value }]) };
  }
  return { ...state, variables: new Map(state.variables).set(name, value) };
}

/** Sets a variable for the commands that follow as well. */
export function exportVariable(state: ShellState, name: string, value: Value<string> | undefined): ShellState {
  const exported = value ?? state.variables.get(name);
  if (exported === undefined) return state;
  const variables = new Map(state.variables);
  variables.delete(name);
  return { ...state, variables, environment: state.environment.with([{ name, value: exported }]) };
}

export function sameState(left: ShellState, right: ShellState): boolean {
  return (
    left.environment === right.environment &&
    left.variables === right.variables &&
    left.positional === right.positional &&
    left.workingDirectory === right.workingDirectory &&
    left.functions === right.functions &&
    left.ended === right.ended &&
    left.background === right.background &&
    left.changes === right.changes &&
    sameProcess(left.program, right.program)
  );
}

function sameProcess(left: ContainerProcess | undefined, right: ContainerProcess | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined) return false;
  return (
    left.environment === right.environment &&
    left.workingDirectory === right.workingDirectory &&
    sameWords(left.argv, right.argv)
  );
}

export function sameWords(left: readonly Value<string>[], right: readonly Value<string>[]): boolean {
  return left.length === right.length && left.every((word, index) => sameWord(word, right[index]));
}

function sameWord(left: Value<string>, right: Value<string> | undefined): boolean {
  if (left === right) return true;
  if (left.state !== 'known' || right?.state !== 'known') return false;
  const sameStart = left.at.span.start === right.at.span.start;
  return left.value === right.value && left.at.uri === right.at.uri && sameStart;
}
