// The `run:` steps of one job: image builds, tags and pushes, and what the AWS command line registers and deploys.
// Everything in a script counts as run, whatever conditions stand around it.

import type { Span } from '../base/text.ts';
import { normalizePath } from '../base/uri.ts';
import type { Pipeline } from '../facts/pipeline.ts';
import { dynamic, known, mapValue, type Value } from '../facts/value.ts';
import { parseShell, type ShellCommand, type ShellNode, type ShellWord } from '../syntax/shellWords.ts';
import {
  type JobState,
  joinFolder,
  readAwsCommand,
  readDockerCommand,
  type ScriptCommand,
  type Word,
  wordValue,
} from './workflowCommands.ts';
import { readEditCommand, readEnvsubst } from './workflowEdits.ts';
import { mayRegister, readUnwalked } from './workflowRegistrations.ts';
import { COMPUTED, expandExpressions, isOpen, type Names, type PlacedText, repositoryPath } from './workflowText.ts';

export interface RunStep {
  readonly script: PlacedText;
  /** The names of the step. */
  readonly names: Names;
  readonly workingDirectory: Value<string>;
  readonly stepId: string | undefined;
  /** The names of the job: what the step exports is added. */
  readonly jobNames: Map<string, string>;
  /** The shell that runs it, where one shell runs several scripts. */
  readonly shell?: Shell;
  /** The whole path of the folder that the script's own file stands in: `$(dirname "$0")`. */
  readonly home?: string;
}

/** What a shell remembers from one script to the next. */
export interface Shell {
  readonly locals: Map<string, Pick<Word, 'text' | 'open'>>;
  folder: Value<string>;
}

export interface JobScripts {
  run(step: RunStep): void;
  /** The file that a command made another one of. */
  original(path: string): string;
  finish(): Omit<Pipeline, 'kind' | 'at' | 'origin' | 'pathsFrom' | 'calls' | 'inputs'>;
}

export function createJobScripts(): JobScripts {
  const written = new Map<string, string>();
  const state: JobState = {
    builds: [],
    renders: [],
    deploys: [],
    edits: [],
    registrations: [],
    waits: [],
    counts: [],
    otherImages: [],
    written,
    registered: undefined,
  };
  const original = (path: string): string => written.get(normalizePath(path)) ?? path;
  return {
    run(step) {
      const masked = maskExpressions(step.script.text);
      const shell = step.shell ?? { locals: new Map(), folder: step.workingDirectory };
      const script: Script = {
        step,
        state,
        ...masked,
        locals: shell.locals,
        folder: shell.folder,
        loops: 0,
        input: undefined,
        output: undefined,
        budget: 2000,
      };
      walk(script, parseShell(masked.text).body);
      readUnwalked(state, step.script);
      shell.folder = script.folder;
    },
    original,
    finish() {
      const { waits, renders, edits, registrations, counts, otherImages } = state;
      const [wait] = waits;
      return {
        builds: state.builds.map((build) => ({ ...build, tags: build.tags.map(wordValue) })),
        renders,
        deploys: state.deploys.map((deploy) => ({
          ...deploy,
          taskDefinition: mapValue(deploy.taskDefinition, original),
          ...(wait && { waitForServiceStability: known(true, wait.at) }),
        })),
        edits,
        registrations,
        waits,
        counts,
        otherImages: otherImages.map(wordValue),
      };
    },
  };
}

interface Script {
  readonly step: RunStep;
  readonly state: JobState;
  /** The script with expressions masked by text of equal length. */
  readonly text: string;
  readonly expressions: readonly string[];
  readonly locals: Map<string, Pick<Word, 'text' | 'open'>>;
  folder: Value<string>;
  /** Loops around what is walked. */
  loops: number;
  /** What the pipe that is walked reads and writes. */
  input: Word | undefined;
  output: Word | undefined;
  /** Commands still followed: loops over literal lists multiply them. */
  budget: number;
}

/** Programs that start another one with the rest of their words; `timeout` takes a duration first. */
const STARTERS: ReadonlySet<string> = new Set(['sudo', 'time', 'exec', 'command', 'timeout', 'npx', 'bunx']);

const FIRST_MARK = 0xe100;
const LAST_MARK = 0xf8ff;
const FILL = '\uE0F1';
const MARKED = /[\uE100-\uF8FF]\uE0F1*/g;

/** `${{ … }}` is no shell: each becomes a word character that names it, and filling. */
function maskExpressions(text: string): { text: string; expressions: readonly string[] } {
  const expressions: string[] = [];
  const masked = text.replace(/\$\{\{[^{}\n]{0,500}\}\}/g, (match) => {
    const mark = FIRST_MARK + expressions.length;
    if (mark > LAST_MARK) return match;
    expressions.push(match);
    return String.fromCharCode(mark) + FILL.repeat(match.length - 1);
  });
  return { text: masked, expressions };
}

function restore(script: Script, text: string): string {
  const raw = text.replace(MARKED, (match) => script.expressions[match.charCodeAt(0) - FIRST_MARK] ?? match);
  return expandExpressions(raw, script.step.names);
}

function walk(script: Script, nodes: readonly ShellNode[]): void {
  for (const node of nodes) walkNode(script, node);
}

function walkNode(script: Script, node: ShellNode): void {
  if (script.budget-- <= 0) return;
  switch (node.kind) {
    case 'command':
      runCommand(script, node);
      return;
    case 'pipeline':
      script.input = inputOf(script, node.commands[0]);
      script.output = redirected(script, node.commands.at(-1), WRITES);
      walk(script, node.commands);
      script.input = undefined;
      script.output = undefined;
      return;
    case 'chain':
      walk(script, [node.first, ...node.rest.map((part) => part.node)]);
      return;
    case 'background':
      walkNode(script, node.node);
      return;
    case 'if':
      walk(script, [...node.branches.flatMap((branch) => [...branch.condition, ...branch.body]), ...node.otherwise]);
      return;
    case 'case':
      for (const clause of node.clauses) walk(script, clause.body);
      return;
    case 'loop':
      script.loops++;
      walk(script, [...node.condition, ...node.body]);
      script.loops--;
      return;
    case 'for':
      walkFor(script, node.name, node.words ?? [], node.body);
      return;
    case 'function':
      walk(script, node.body);
      return;
    case 'group': {
      const { folder } = script;
      walk(script, node.body);
      if (node.subshell) script.folder = folder;
      return;
    }
  }
}

/** A loop over words that are all decided runs once for each. */
function walkFor(script: Script, name: string, words: readonly ShellWord[], body: readonly ShellNode[]): void {
  const values = words.map((word) => expandWord(script, word));
  const decided = values.flatMap((value) => (value.open ? [] : value.text.split(/\s+/).filter((one) => one !== '')));
  if (values.some((value) => value.open) || decided.length === 0) {
    script.locals.set(name, { text: `$${name}`, open: true });
    walk(script, body);
    return;
  }
  for (const text of decided) {
    script.locals.set(name, { text, open: false });
    walk(script, body);
  }
}

function runCommand(script: Script, node: ShellCommand): void {
  for (const { name, value, append } of node.assignments) {
    const word = expandWord(script, value);
    if (node.words.length === 0) script.locals.set(name, append ? { ...word, open: true } : word);
  }
  const words = node.words.map((word) => expandWord(script, word));
  const first = programIndex(words);
  const name = words[first]?.text;
  if (name === undefined) return;
  const { start, end } = node.span;
  const input = redirected(script, node, READS) ?? script.input;
  const output = redirected(script, node, WRITES) ?? script.output;
  const command: ScriptCommand = {
    words: words.slice(first + 1),
    at: script.step.script.place(start, end),
    folder: script.folder,
    repeated: script.loops > 0 || words[0]?.text === 'timeout',
    ...(input && { input }),
    ...(output && { output }),
  };
  const program = name.slice(name.lastIndexOf('/') + 1);
  const texts = command.words.map((word) => word.text);
  if (mayRegister(program, texts)) script.state.registrations.push(command.at);
  switch (program) {
    case 'cd':
    case 'pushd':
      script.folder = changeFolder(script.folder, command.words[0]);
      return;
    case 'export':
      for (const word of command.words) assign(script, word);
      return;
    case 'echo':
    case 'printf':
      readEcho(script, command.words, node.span);
      return;
    case 'docker':
    case 'podman':
    case 'nerdctl':
      readDockerCommand(script.state, command);
      return;
    case 'aws':
      readAwsCommand(script.state, command);
      return;
    case 'envsubst':
      readEnvsubst(script.state, command, decidedVariables(script));
      return;
    default:
      readEditCommand(script.state, program, command);
  }
}

/** The program that a command runs, behind those that only start it. */
function programIndex(words: readonly Word[]): number {
  let index = 0;
  for (let text = words[0]?.text ?? ''; STARTERS.has(text) || (index > 0 && text.startsWith('-')); ) {
    index += text === 'timeout' ? 2 : 1;
    text = words[index]?.text ?? '';
  }
  return index;
}

/** `cat task.json | …` */
function inputOf(script: Script, node: ShellNode | undefined): Word | undefined {
  if (node?.kind !== 'command') return undefined;
  const [name, file] = node.words.map((word) => expandWord(script, word));
  return name?.text === 'cat' ? file : undefined;
}

const READS = /^0?<$/;
const WRITES = /^1?>\|?$/;

/** The file that a command is redirected from or to. */
function redirected(script: Script, node: ShellNode | undefined, operators: RegExp): Word | undefined {
  const redirections = node?.kind === 'command' ? (node.redirections ?? []) : [];
  const found = redirections.findLast(({ operator }) => operators.test(operator));
  return found && expandWord(script, found.target);
}

/** Every variable of the shell and its environment that is decided. */
function decidedVariables(script: Script): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const key of script.step.names.keys()) {
    const name = /^env\.(\w+)$/.exec(key)?.[1];
    const value = name === undefined ? undefined : variable(script, name);
    if (name !== undefined && value && !value.open) found.set(name, value.text);
  }
  for (const [name, value] of script.locals) if (!value.open) found.set(name, value.text);
  return found;
}

function assign(script: Script, word: Word): void {
  const equals = word.text.indexOf('=');
  if (equals > 0) script.locals.set(word.text.slice(0, equals), { text: word.text.slice(equals + 1), open: word.open });
}

function changeFolder(folder: Value<string>, target: Word | undefined): Value<string> {
  if (!target || target.text === '-') return folder;
  const path = repositoryPath(target.text);
  const fromRoot = path !== target.text.trim();
  if (path.includes('$') || (target.open && !fromRoot)) return dynamic(target.text, target.at, COMPUTED);
  if (fromRoot || folder.state === 'absent' || path.startsWith('/'))
    return known(normalizePath(path) || '.', target.at);
  return joinFolder(folder, path, target.at);
}

/** `echo "image=…" >> $GITHUB_OUTPUT`, `>> $GITHUB_ENV`, and the old `::set-output`. */
function readEcho(script: Script, words: readonly Word[], { start, end }: Span): void {
  const message = words.find((word) => !word.text.startsWith('-'));
  if (!message) return;
  const old = /^::set-output name=([\w-]+)::([\s\S]*)$/.exec(message.text);
  const set = old ?? /^([A-Za-z_][\w-]*)=([\s\S]*)$/.exec(message.text);
  if (!set) return;
  const [, name = '', value = ''] = set;
  const line = script.text.slice(start, lineEnd(script.text, end));
  const text = message.open && !isOpen(value) ? undefined : value;
  const { jobNames, stepId } = script.step;
  if (line.includes('GITHUB_ENV')) setName(jobNames, `env.${name}`, text);
  else if (stepId !== undefined && (old || script.text.includes('GITHUB_OUTPUT'))) {
    setName(jobNames, `steps.${stepId}.outputs.${name}`, text ?? value);
  }
}

function setName(names: Map<string, string>, name: string, text: string | undefined): void {
  if (text === undefined || text.includes('$(')) names.delete(name);
  else names.set(name, text);
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline;
}

function expandWord(script: Script, word: ShellWord): Word {
  let text = '';
  let open = false;
  for (const part of word.parts) {
    if (part.kind === 'literal' || part.kind === 'glob') text += restore(script, part.text);
    else if (part.kind === 'variable') {
      const value = part.name === 'GITHUB_WORKSPACE' ? undefined : variable(script, part.name);
      const usable = value !== undefined && !part.operator?.includes('+');
      text += usable ? value.text : restore(script, script.text.slice(part.span.start, part.span.end));
      open ||= !usable || value.open;
    } else {
      const home = script.step.home === undefined ? undefined : ownFolder(part.text, script.step.home);
      text += home ?? restore(script, part.text);
      open ||= home === undefined;
    }
  }
  const only = word.parts.length === 1 ? word.parts[0] : undefined;
  const span = only?.kind === 'literal' ? only.span : word.span;
  return { text, open: open || isOpen(text), at: script.step.script.place(span.start, span.end) };
}

const OWN_FOLDER =
  /^\$\((?:cd (?:-- )?["']?)?(?:\$\()?dirname (?:-- )?["']?\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?["']?\)?((?:\/\.\.){0,9})["']?(?: {0,4}(?:>[^&;]{0,40})?(?:&&|;) {0,4}pwd(?: -P)?)?\)?\)?$/;

/** `$(dirname "$0")` and `$(cd "$(dirname "$0")/.." && pwd)`. */
function ownFolder(substitution: string, home: string): string | undefined {
  const up = OWN_FOLDER.exec(substitution)?.[1];
  return up === undefined ? undefined : normalizePath(`${home}${up}`);
}

function variable(script: Script, name: string): Pick<Word, 'text' | 'open'> | undefined {
  const local = script.locals.get(name);
  if (local) return local;
  const text = script.step.names.get(`env.${name}`);
  return text === undefined ? undefined : { text, open: isOpen(text) || text.includes('$') };
}
