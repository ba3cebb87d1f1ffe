// Many ways through a shell text as few: ways that run the same commands become one, in which what they set differently
// is open. So a script of many open tests still has an answer where the tests do not matter.

import type { Location } from '../../base/text.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic } from '../../facts/value.ts';
import type { ContainerProcess, Environment } from '../launcher.ts';
import type { ShellState } from './state.ts';
import { sameWords } from './state.ts';

/** Names that a text may set: assignments, `export`, `read`. */
const SET_NAME =
  /([A-Za-z_]\w{0,100})(?:\+?=)|\b(?:export|read|unset|declare|local)[ \t]+(?:-\w+[ \t]+)?([A-Za-z_]\w{0,100})/g;
/** Set by no script: whether it stays open tells whether the whole environment is. */
const NEVER_SET = 'A_NAME_THAT_NOTHING_SETS';

/** The states with those joined that differ in their variables only. */
export function joinStates(states: readonly ShellState[], texts: Iterable<string>): readonly ShellState[] {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [, assigned, named] of text.matchAll(SET_NAME)) names.add(assigned ?? named ?? '');
  }
  const groups: ShellState[][] = [];
  for (const state of states) {
    const group = groups.find(([first]) => first !== undefined && runsTheSame(first, state));
    if (group === undefined) groups.push([state]);
    else group.push(state);
  }
  return groups.flatMap((group) => joinGroup(group, names) ?? []);
}

function runsTheSame(left: ShellState, right: ShellState): boolean {
  return (
    left.ended === right.ended &&
    left.workingDirectory === right.workingDirectory &&
    left.positional === right.positional &&
    left.functions === right.functions &&
    left.pipe === right.pipe &&
    left.changes === right.changes &&
    left.background.length === right.background.length &&
    left.background.every((process, index) => sameCommand(process, right.background[index])) &&
    sameCommand(left.program, right.program)
  );
}

function sameCommand(left: ContainerProcess | undefined, right: ContainerProcess | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.workingDirectory === right.workingDirectory && sameWords(left.argv, right.argv);
}

function joinGroup(group: readonly ShellState[], names: ReadonlySet<string>): ShellState | undefined {
  const [first, ...others] = group;
  if (first === undefined || others.length === 0) return first;
  const joinProcess = (process: ContainerProcess, index: number | undefined): ContainerProcess => {
    const same = group.flatMap((state) => (index === undefined ? state.program : state.background[index]) ?? []);
    return {
      ...process,
      environment: joinEnvironments(
        same.map(({ environment }) => environment),
        names,
      ),
    };
  };
  return {
    ...first,
    environment: joinEnvironments(
      group.map(({ environment }) => environment),
      names,
    ),
    variables: joinVariables(group),
    program: first.program && joinProcess(first.program, undefined),
    background: first.background.map(joinProcess),
  };
}

function joinVariables(group: readonly ShellState[]): ReadonlyMap<string, Value<string>> {
  const joined = new Map<string, Value<string>>();
  for (const name of new Set(group.flatMap(({ variables }) => [...variables.keys()]))) {
    const values = group.map(({ variables, environment }) => variables.get(name) ?? environment.get(name));
    const value = joinValues(name, values);
    if (value !== undefined) joined.set(name, value);
  }
  return joined;
}

function joinEnvironments(environments: readonly Environment[], names: ReadonlySet<string>): Environment {
  const distinct = [...new Set(environments)];
  const open = distinct.find((environment) => environment.get(NEVER_SET) !== undefined);
  const [first] = distinct;
  const base = open ?? first;
  if (base === undefined || distinct.length === 1) return base as Environment;
  const differing = [...names].flatMap((name) => {
    const values = distinct.map((environment) => environment.get(name));
    const value = joinValues(name, values);
    return value === undefined || value === base.get(name) ? [] : [{ name, value }];
  });
  return base.with(differing);
}

/** The value that all agree on, else one that is open; undefined where none has any. */
function joinValues(name: string, values: readonly (Value<string> | undefined)[]): Value<string> | undefined {
  const [first] = values;
  const agree = values.every(
    (value) => value === first || (value?.state === 'known' && first?.state === 'known' && value.value === first.value),
  );
  if (agree) return first;
  const at: Location | undefined = values.find((value) => value !== undefined)?.at;
  return at && dynamic(name, at, `${name} depends on which way the script goes`);
}
