// The instructions of a Dockerfile to stages with expanded values. Which names and forms there are is written here, how
// the words are read in `dockerfileVariables.ts` and `dockerfileCommands.ts`.

import { type Location, locationOf, type Span } from '../base/text.ts';
import type { Copy, Dockerfile, Instruction, Stage } from '../facts/dockerfile.ts';
import type { Problem } from '../facts/fileFacts.ts';
import { dynamic, knownValue, type Value } from '../facts/value.ts';
import type { DockerfileInstruction, DockerfileTree } from '../syntax/dockerfile.ts';
import { hasOpenQuote, plainText, readJsonStrings, splitDockerWords, takeFlags } from '../syntax/dockerfileWords.ts';
import { commandOf, expand, exposedPorts, healthCheckOf } from './dockerfileCommands.ts';
import { inlineFiles } from './dockerfileHeredocs.ts';
import { childScope, type ReadFile, type Scope, variable } from './dockerfileVariables.ts';

const KNOWN_KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const MAXIMUM_PROBLEMS = 10;

interface OpenStage extends Omit<Stage, 'instructions'> {
  readonly instructions: Instruction[];
  readonly scope: Scope;
}

interface Builder extends ReadFile {
  readonly stages: OpenStage[];
  /** ARGs before the first FROM. */
  readonly globals: Scope;
  readonly problems: Problem[];
}

/** The Dockerfile; undefined where a template decides which instructions there are. */
export function readStages(
  uri: string,
  tree: DockerfileTree,
): { readonly dockerfile: Dockerfile | undefined; readonly problems: readonly Problem[] } {
  const builder: Builder = { uri, tree, stages: [], globals: childScope(undefined), problems: [] };
  for (const problem of tree.problems) addProblem(builder, problem.message, problem.span);
  let templated = false;
  for (const instruction of tree.instructions) {
    if (/^(?:\{\{|\{%|<%|%)/.test(instruction.keyword)) templated = true;
    else readInstruction(builder, instruction);
  }
  if (templated) return { dockerfile: undefined, problems: [] };
  if (builder.stages.length === 0 && tree.text.trim() !== '') {
    addProblem(builder, 'No FROM instruction says which image this one is built on.', firstSpan(tree));
  }
  const stages = builder.stages.map(({ scope: _, ...stage }): Stage => stage);
  const at = stages.at(-1)?.at ?? place(builder, firstSpan(tree));
  return { dockerfile: { kind: 'dockerfile', at, stages }, problems: builder.problems.slice(0, MAXIMUM_PROBLEMS) };
}

function readInstruction(builder: Builder, instruction: DockerfileInstruction): void {
  const { keyword, keywordSpan, argument } = instruction;
  if (!KNOWN_KEYWORDS.has(keyword)) {
    addProblem(
      builder,
      `${plainText(builder.tree, keywordSpan).slice(0, 40)} is not a Dockerfile instruction.`,
      keywordSpan,
    );
    return;
  }
  if (argument.end <= argument.start) {
    addProblem(builder, `${keyword} has no argument.`, keywordSpan);
    return;
  }
  const stage = builder.stages.at(-1);
  if (keyword === 'FROM') readFrom(builder, instruction);
  else if (stage) stage.instructions.push(...instructionsOf(builder, stage, instruction));
  else if (keyword === 'ARG') readArguments(builder, builder.globals, instruction);
  else addProblem(builder, `${keyword} stands before the first FROM.`, keywordSpan);
}

function readFrom(builder: Builder, instruction: DockerfileInstruction): void {
  const { rest } = takeFlags(builder.tree, instruction.argument);
  const [image, as, name] = splitDockerWords(builder.tree, rest);
  if (!image) {
    addProblem(builder, 'FROM names no image.', instruction.keywordSpan);
    return;
  }
  const from = expand(builder, image, builder.globals, instruction);
  const named = as && name && /^as$/i.test(plainText(builder.tree, as)) ? plainText(builder.tree, name) : undefined;
  const fromStage = stageIndex(builder, knownValue(from));
  const parent = fromStage === undefined ? undefined : builder.stages[fromStage];
  builder.stages.push({
    at: place(builder, instruction.span),
    ...(named === undefined ? {} : { name: named.toLowerCase() }),
    from,
    ...(fromStage === undefined ? {} : { fromStage }),
    instructions: [],
    scope: childScope(parent?.scope),
  });
}

/** The latest earlier stage of a name. */
function stageIndex(builder: Builder, name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const index = builder.stages.findLastIndex((stage) => stage.name === name.toLowerCase());
  return index < 0 ? undefined : index;
}

function instructionsOf(
  builder: Builder,
  stage: OpenStage,
  instruction: DockerfileInstruction,
): readonly Instruction[] {
  const { argument, keyword } = instruction;
  const at = place(builder, instruction.span);
  const value = () => expand(builder, argument, stage.scope, instruction);
  switch (keyword) {
    case 'ARG':
      return readArguments(builder, stage.scope, instruction);
    case 'ENV':
      return readEnvironment(builder, stage.scope, instruction);
    case 'EXPOSE':
      return exposedPorts(builder, instruction, stage.scope);
    case 'WORKDIR':
      return [{ kind: 'workdir', path: value(), at }];
    case 'USER':
      return [{ kind: 'user', user: value(), at }];
    case 'COPY':
    case 'ADD':
      return copyOf(builder, stage.scope, instruction, at);
    case 'RUN':
      return [{ kind: 'run', command: commandOf(builder, instruction, takeFlags(builder.tree, argument).rest), at }];
    case 'CMD':
      return [{ kind: 'cmd', command: commandOf(builder, instruction, argument), at }];
    case 'ENTRYPOINT':
      return [{ kind: 'entrypoint', command: commandOf(builder, instruction, argument), at }];
    case 'SHELL':
      return shellOf(builder, instruction, at);
    case 'HEALTHCHECK': {
      const check = healthCheckOf(builder, instruction);
      if (check === undefined) addProblem(builder, 'HEALTHCHECK is followed by neither CMD nor NONE.', argument);
      return check === undefined ? [] : [{ kind: 'healthcheck', check, at }];
    }
    default:
      return [];
  }
}

function shellOf(builder: Builder, instruction: DockerfileInstruction, at: Location): readonly Instruction[] {
  const words = readJsonStrings(builder.tree, instruction.argument);
  if (words) return [{ kind: 'shell', words: words.map((word) => word.text), at }];
  addProblem(builder, 'SHELL needs a JSON array of double-quoted strings.', instruction.argument);
  return [];
}

/** `ARG NAME`, `ARG NAME=default`, several in one instruction. */
function readArguments(builder: Builder, scope: Scope, instruction: DockerfileInstruction): readonly Instruction[] {
  const at = place(builder, instruction.span);
  checkQuotes(builder, instruction);
  return splitDockerWords(builder.tree, instruction.argument).map((span): Instruction => {
    const { name, valueSpan } = assignment(builder.tree, span);
    const global = scope === builder.globals ? undefined : builder.globals.arguments.get(name);
    const inherited = valueSpan === undefined ? (global ?? variable(scope, name)) : undefined;
    const value = valueSpan
      ? expand(builder, valueSpan, scope, instruction)
      : (inherited?.value ?? dynamic(name, place(builder, span), `the build argument ${name} has no default`));
    scope.arguments.set(name, { value, unset: valueSpan === undefined && (inherited?.unset ?? true) });
    return { kind: 'arg', name, value, at };
  });
}

/** `ENV A=1 B=2` or `ENV A the rest of the line`. All values see the variables from before the instruction. */
function readEnvironment(builder: Builder, scope: Scope, instruction: DockerfileInstruction): readonly Instruction[] {
  const at = place(builder, instruction.span);
  const [first, second, ...others] = splitDockerWords(builder.tree, instruction.argument);
  if (!first) return [];
  checkQuotes(builder, instruction);
  const entries: { name: string; value: Value<string> }[] = [];
  if (assignment(builder.tree, first).valueSpan === undefined) {
    const name = plainText(builder.tree, first);
    if (!second) {
      addProblem(builder, `ENV gives ${name.slice(0, 40)} no value.`, first);
      return [];
    }
    const rest = { start: second.start, end: instruction.argument.end };
    entries.push({ name, value: expand(builder, rest, scope, instruction) });
  } else {
    for (const span of [first, ...(second ? [second] : []), ...others]) {
      const { name, valueSpan } = assignment(builder.tree, span);
      if (valueSpan) entries.push({ name, value: expand(builder, valueSpan, scope, instruction) });
      else addProblem(builder, `${name.slice(0, 40)} is followed by no \`=\`.`, span);
    }
  }
  for (const { name, value } of entries) scope.environment.set(name, { value, unset: false });
  return entries.map((entry) => ({ kind: 'env', ...entry, at }));
}

function assignment(tree: DockerfileTree, span: Span): { readonly name: string; readonly valueSpan: Span | undefined } {
  const equals = tree.text.indexOf('=', span.start);
  if (equals < 0 || equals >= span.end) return { name: plainText(tree, span), valueSpan: undefined };
  const name = plainText(tree, { start: span.start, end: equals });
  return { name: name.replace(/^"(.*)$/, '$1'), valueSpan: { start: equals + 1, end: span.end } };
}

function copyOf(
  builder: Builder,
  scope: Scope,
  instruction: DockerfileInstruction,
  at: Location,
): readonly Instruction[] {
  const { flags, rest } = takeFlags(builder.tree, instruction.argument);
  const strings = readJsonStrings(builder.tree, rest)?.map((word) => word.span);
  const spans = strings ?? splitDockerWords(builder.tree, rest);
  const target = spans.at(-1);
  const isHeredoc = (span: Span) =>
    instruction.heredocs !== undefined && builder.tree.text.startsWith('<<', span.start);
  if (!target || spans.length < 2) {
    addProblem(builder, `${instruction.keyword} needs a source and a destination.`, instruction.argument);
    return [];
  }
  const words = spans.slice(0, -1).filter((span) => !isHeredoc(span));
  const sources = words.map((span) => expand(builder, span, scope, instruction));
  const flag = flags.find(({ name }) => name === 'from')?.value;
  const opaque = instruction.keyword === 'ADD' && sources.some((source) => isOpaque(knownValue(source)));
  const destination = expand(builder, target, scope, instruction);
  const from = flag === undefined ? {} : { from: copySource(builder, flag, scope) };
  const inline = inlineOf(builder, scope, instruction, spans.slice(0, -1).filter(isHeredoc));
  return [{ kind: 'copy', sources, destination, ...from, ...inline, opaque, at }];
}

function inlineOf(
  builder: Builder,
  scope: Scope,
  { heredocs }: DockerfileInstruction,
  openings: readonly Span[],
): Pick<Copy, 'inline'> {
  return heredocs === undefined || openings.length === 0
    ? {}
    : { inline: inlineFiles(builder, openings, heredocs, scope) };
}

/** `--from` names an earlier stage, its index, or an image. */
function copySource(builder: Builder, flag: string, scope: Scope): NonNullable<Copy['from']> {
  const name = flag.replace(/^\$\{?(\w+)\}?$/, (all, key: string) => knownValue(variable(scope, key)?.value) ?? all);
  const stage = stageIndex(builder, name) ?? (/^\d{1,4}$/.test(name) ? Number(name) : undefined);
  return stage !== undefined && stage < builder.stages.length - 1 ? { stage } : { image: name };
}

/** What ADD fetches or unpacks. An unknown source of ADD may be either. */
function isOpaque(source: string | undefined): boolean {
  if (source === undefined) return true;
  return /^(?:https?|ftp|git|ssh):\/\/|^git@|\.git(?:#|$)|\.(?:tar|tar\.\w+|tgz|tbz2?|txz)$/i.test(source);
}

function checkQuotes(builder: Builder, instruction: DockerfileInstruction): void {
  if (!hasOpenQuote(builder.tree, instruction.argument)) return;
  addProblem(builder, `A quoted string of this ${instruction.keyword} is never closed.`, instruction.argument);
}

function addProblem(builder: Builder, message: string, span: Span): void {
  builder.problems.push({ at: place(builder, span), message });
}

function place(builder: ReadFile, span: Span): Location {
  return locationOf(builder.uri, span.start, span.end);
}

function firstSpan(tree: DockerfileTree): Span {
  return tree.instructions[0]?.keywordSpan ?? { start: 0, end: 0 };
}
