// Walks a shell text as the shell would and says which commands keep running at its end. Where a test is open, every
// branch is walked; `run.ts` then asks whether the branches agree.

import type { Value } from '../../facts/value.ts';
import { dynamic } from '../../facts/value.ts';
import type { ShellCase, ShellChain, ShellIf, ShellNode } from '../../syntax/shellWords.ts';
import { parseShell } from '../../syntax/shellWords.ts';
import type { Branch, ContainerProcess, FileCommand } from '../launcher.ts';
import { step } from '../text.ts';
import { runCommand } from './command.ts';
import { assignedValue, expandText } from './expand.ts';
import { joinStates } from './join.ts';
import type { ShellState, ShellText } from './state.ts';
import { assign, sameState } from './state.ts';
import { conditionHolds, patternFits, statusOf } from './test.ts';

const MOST_PATHS = 16;
const MOST_STEPS = 4000;

/** What one walk shares: the process of the shell itself and a bound on its work. */
export interface Walk {
  readonly process: ContainerProcess;
  budget: number;
  /** Functions and sourced files that are being run. */
  depth: number;
  /** More paths than are followed. */
  truncated: boolean;
  /** Every text that was walked. */
  readonly texts: Set<string>;
}

/** The branches of a shell text. `positional` starts with `$0`. */
export function interpretShell(
  process: ContainerProcess,
  source: ShellText,
  positional: readonly Value<string>[],
): readonly Branch[] | undefined {
  const lasting = lastingStates(process, source, positional);
  return lasting?.map(branchOf);
}

/** What the commands of a text may have written, where every way through it leaves the same; else undefined. */
export function shellChanges(process: ContainerProcess, source: ShellText): readonly FileCommand[] | undefined {
  const [first, ...others] = lastingStates(process, source, []) ?? [];
  if (first === undefined || others.some(({ changes }) => changes !== first.changes)) return undefined;
  return first.changes;
}

function lastingStates(
  process: ContainerProcess,
  source: ShellText,
  positional: readonly Value<string>[],
): readonly ShellState[] | undefined {
  const walk: Walk = { process, budget: MOST_STEPS, depth: 0, truncated: false, texts: new Set() };
  const start: ShellState = {
    environment: process.environment,
    variables: new Map(),
    positional,
    workingDirectory: process.workingDirectory,
    functions: new Map(),
    program: undefined,
    background: [],
    changes: [],
    pipe: 'none',
    ended: undefined,
  };
  const states = runNodes(walk, parseShell(source.text).body, start, source);
  if (walk.truncated || walk.budget <= 0) return undefined;
  // A path that exits refuses to start; what counts is how the container runs.
  const lasting = states.filter((state) => state.ended !== 'exit' || state.background.length > 0);
  return lasting.length > 0 ? lasting : states;
}

function branchOf(state: ShellState): Branch {
  return { processes: state.program === undefined ? state.background : [...state.background, state.program] };
}

/** Runs commands one after the other, on every path. */
export function runNodes(
  walk: Walk,
  nodes: readonly ShellNode[],
  start: ShellState,
  source: ShellText,
): readonly ShellState[] {
  walk.texts.add(source.text);
  let states: readonly ShellState[] = [start];
  for (const node of nodes) {
    if (states.every((state) => state.ended !== undefined)) break;
    states = merged(
      walk,
      states.flatMap((state) => (state.ended === undefined ? runNode(walk, node, state, source) : [state])),
    );
  }
  return states;
}

function merged(walk: Walk, states: readonly ShellState[]): readonly ShellState[] {
  const distinct: ShellState[] = [];
  for (const state of states) {
    if (!distinct.some((other) => sameState(other, state))) distinct.push(state);
  }
  return distinct.length > MOST_PATHS ? joined(walk, distinct) : distinct;
}

function joined(walk: Walk, states: readonly ShellState[]): readonly ShellState[] {
  const few = joinStates(states, walk.texts);
  if (few.length > MOST_PATHS) walk.truncated = true;
  return few.slice(0, MOST_PATHS);
}

function runNode(walk: Walk, node: ShellNode, state: ShellState, source: ShellText): readonly ShellState[] {
  if (walk.budget-- <= 0) return [state];
  const context = { state, source, process: walk.process };
  switch (node.kind) {
    case 'command': {
      if (node.words.length > 0) return runCommand(walk, node, state, source);
      let next = state;
      for (const { name, append, value } of node.assignments) {
        const given = append ? dynamic(name, source.locate(value.span)) : assignedValue(name, value, next, source);
        next = assign(next, name, given);
      }
      return [next];
    }
    case 'chain':
      return runChain(walk, node, state, source);
    case 'pipeline':
      return runPipeline(walk, node.commands, state, source);
    case 'background':
      return inBackground(walk, node.node, state, source);
    case 'if':
      return runIf(walk, node, state, source);
    case 'case':
      return runCase(walk, node, state, source);
    case 'loop': {
      const isForever = conditionHolds(node.condition, context) === !node.until;
      return isForever ? runNodes(walk, node.body, state, source) : [afterSkipped(node.body, state, source)];
    }
    case 'for':
      return [afterSkipped(node.body, state, source)];
    case 'group': {
      const after = runNodes(walk, node.body, state, source);
      return node.subshell ? after.map((inner) => leaveSubshell(state, inner)) : after;
    }
    case 'function': {
      const body = { nodes: node.body, source };
      return [{ ...state, functions: new Map(state.functions).set(node.name, body) }];
    }
    default:
      return [state];
  }
}

function leaveSubshell(outer: ShellState, inner: ShellState): ShellState {
  return { ...outer, program: inner.program, background: inner.background, changes: inner.changes };
}

/** `a && b || c`: commands are taken to succeed where it is not seen that they fail. */
function runChain(walk: Walk, chain: ShellChain, state: ShellState, source: ShellText): readonly ShellState[] {
  interface Link {
    readonly state: ShellState;
    readonly status: boolean | undefined;
  }
  const runLink = (node: ShellNode, before: ShellState): readonly Link[] => {
    const isTest = node.kind === 'test' || (node.kind === 'pipeline' && node.negated);
    const status = statusOf(node, { state: before, source, process: walk.process }) ?? (isTest ? undefined : true);
    return runNode(walk, node, before, source).map((after) => ({ state: after, status }));
  };
  let links = runLink(chain.first, state);
  for (const { operator, node } of chain.rest) {
    links = links.flatMap((link): readonly Link[] => {
      if (link.state.ended !== undefined) return [link];
      const runs = operator === '&&' ? link.status : link.status === undefined ? undefined : !link.status;
      if (runs === false) return [link];
      const after = runLink(node, link.state);
      return runs === true ? after : [{ ...link, status: operator === '||' }, ...after];
    });
    if (links.length > MOST_PATHS) {
      links = [true, false, undefined].flatMap((status) => {
        const alike = links.filter((link) => link.status === status).map((link) => link.state);
        return joined(walk, alike).map((after) => ({ state: after, status }));
      });
    }
  }
  return links.map((link) => link.state);
}

/** Of `server | tee log` the server stays, of `echo yes | tool` the tool. */
function runPipeline(
  walk: Walk,
  commands: readonly ShellNode[],
  state: ShellState,
  source: ShellText,
): readonly ShellState[] {
  let states: readonly ShellState[] = [commands.length === 1 ? state : { ...state, pipe: 'starts' }];
  for (const command of commands) {
    const before = states;
    states = before.flatMap((current) => {
      const after = runNode(walk, command, current, source);
      // Each part is a subshell: it changes no variable, and `exec` ends only that part.
      return after.map((inner) => leaveSubshell(current, inner));
    });
    states = states.map((after) => ({ ...after, pipe: 'continues' }));
  }
  return states.map((after) => ({ ...after, pipe: state.pipe }));
}

function inBackground(walk: Walk, node: ShellNode, state: ShellState, source: ShellText): readonly ShellState[] {
  const before: ShellState = { ...state, program: undefined };
  return runNode(walk, node, before, source).map((after) => {
    const started = after.program === undefined ? [] : [after.program];
    return { ...state, background: [...after.background, ...started], changes: after.changes };
  });
}

function runIf(walk: Walk, node: ShellIf, state: ShellState, source: ShellText): readonly ShellState[] {
  const results: ShellState[] = [];
  for (const { condition, body } of node.branches) {
    const holds = conditionHolds(condition, { state, source, process: walk.process });
    if (holds === false) continue;
    results.push(...runNodes(walk, body, state, source));
    if (holds === true) return results;
  }
  return [...results, ...runNodes(walk, node.otherwise, state, source)];
}

function runCase(walk: Walk, node: ShellCase, state: ShellState, source: ShellText): readonly ShellState[] {
  const context = { state, source, process: walk.process };
  const subject = expandText(node.subject, state, source);
  const results: ShellState[] = [];
  for (const clause of node.clauses) {
    const fits = clause.patterns.map((pattern) => {
      if (subject.state === 'known') return patternFits(pattern, subject.value, context);
      const [part] = pattern.parts;
      return part?.kind === 'glob' && part.text === '*' && pattern.parts.length === 1 ? true : undefined;
    });
    if (fits.every((fit) => fit === false)) continue;
    results.push(...runNodes(walk, clause.body, state, source));
    if (clause.end !== ';;') walk.truncated = true;
    if (fits.includes(true)) return results;
  }
  return [...results, state];
}

/** A loop that is not walked leaves what it sets open. */
function afterSkipped(nodes: readonly ShellNode[], state: ShellState, source: ShellText): ShellState {
  let next = state;
  for (const node of nodes) {
    if (node.kind !== 'command') continue;
    for (const { name, span } of node.assignments) next = assign(next, name, dynamic(name, source.locate(span)));
    const text = source.text.slice(node.span.start, node.span.end);
    if (!/^(?:export|eval|source|\.)\s/.test(text)) continue;
    const by = dynamic(text, source.locate(node.span), 'a loop of the script may set it');
    next = { ...next, environment: next.environment.opened(by), variables: new Map() };
  }
  return next;
}

/** The trail of a command inside a text, unless the text is that one command. */
export function commandTrail(walk: Walk, text: string, source: ShellText, start: number, end: number) {
  const isWhole = source.text.trim() === text.trim();
  return isWhole ? walk.process.trail : [...walk.process.trail, step(source.locate({ start, end }), text)];
}
