// ARG and ENV: which value a variable has at an instruction, and words with variables in them.
// https://docs.docker.com/reference/dockerfile/#environment-replacement

import { type Location, locationOf } from '../base/text.ts';
import { type Dynamic, dynamic, type Known, known, type Step, type Value, withStep } from '../facts/value.ts';
import type { DockerfileTree } from '../syntax/dockerfile.ts';
import type { DockerVariable, DockerWord, DockerWordPart } from '../syntax/dockerfileWords.ts';

/** A variable's value; `unset` for an ARG without a default, which is set only where the build gives it. */
export interface Variable {
  readonly value: Value<string>;
  readonly unset: boolean;
}

/** The variables of one stage. ENV beats ARG of the same name, wherever they stand. */
export interface Scope {
  readonly environment: Map<string, Variable>;
  readonly arguments: Map<string, Variable>;
}

export interface ReadFile {
  readonly uri: string;
  readonly tree: DockerfileTree;
}

/** A stage sees the variables of the stage that it starts from. */
export function childScope(parent: Scope | undefined): Scope {
  return { environment: new Map(parent?.environment), arguments: new Map(parent?.arguments) };
}

export function variable(scope: Scope, name: string): Variable | undefined {
  return scope.environment.get(name) ?? scope.arguments.get(name);
}

/**
 * The value of a word. Where one variable makes the whole word, the place that decides the variable is the value's
 * place, and the word itself is a step of its trail.
 */
export function expandWord(
  file: ReadFile,
  word: DockerWord,
  scope: Scope,
  step: (at: Location) => Step,
): Value<string> {
  const at = locationOf(file.uri, word.span.start, word.span.end);
  const only = word.parts.length === 1 ? word.parts[0] : undefined;
  if (only?.kind === 'variable') {
    const value = expandVariable(file, only, scope, at);
    return value.state === 'known' && value.at === at ? value : withStep(value, step(at));
  }
  const raw = file.tree.text.slice(word.span.start, word.span.end);
  let text = '';
  const trail: Step[] = [];
  for (const part of word.parts) {
    const value = expandPart(file, part, scope, at);
    if (value.state !== 'known') return dynamic(raw, at, value.reason);
    text += value.value;
    if (part.kind === 'variable' && value.at !== at) {
      trail.push(...(value.trail ?? []), { at: value.at, text: `${part.name}=${value.value}` });
    }
  }
  return known(text, at, trail);
}

type Expanded = Known<string> | Dynamic;

function expandPart(file: ReadFile, part: DockerWordPart, scope: Scope, at: Location): Expanded {
  if (part.kind === 'text') return known(part.text, at);
  if (part.kind === 'unknown') return dynamic(part.text, at, `${part.text} is filled in by a tool`);
  return expandVariable(file, part, scope, at);
}

function expandVariable(file: ReadFile, part: DockerVariable, scope: Scope, at: Location): Expanded {
  const found = variable(scope, part.name);
  const alternative = part.argument;
  if (part.operator === undefined || alternative === undefined || part.operator.endsWith('?')) {
    return found === undefined
      ? dynamic(part.text, at, `${part.name} is not set in this file`)
      : settled(found.value, part);
  }
  const value = found === undefined ? undefined : settled(found.value, part);
  const missing = found === undefined || found.unset;
  if (!missing && value?.state !== 'known') return dynamic(part.text, at, value?.reason);
  const empty = part.operator.startsWith(':') && value?.state === 'known' && value.value === '';
  const usesAlternative = part.operator.endsWith('+') !== (missing || empty);
  // What nothing here sets, the base image may have set: only a default is worth more than that doubt.
  if (found === undefined && part.operator.endsWith('+')) {
    return dynamic(part.text, at, `${part.name} is not set in this file`);
  }
  if (!usesAlternative) return value?.state === 'known' && !part.operator.endsWith('+') ? value : known('', at);
  const span = part.argumentSpan ?? at.span;
  const place = locationOf(file.uri, span.start, span.end);
  const expanded = expandParts(file, alternative, scope, place, part.text);
  if (expanded.state !== 'known' || !found?.unset) return expanded;
  // A build that sets the argument decides otherwise.
  return { ...expanded, trail: [...(expanded.trail ?? []), { at: found.value.at, text: `ARG ${part.name}` }] };
}

function expandParts(
  file: ReadFile,
  parts: readonly DockerWordPart[],
  scope: Scope,
  at: Location,
  raw: string,
): Expanded {
  let text = '';
  for (const part of parts) {
    const value = expandPart(file, part, scope, at);
    if (value.state !== 'known') return dynamic(raw, at, value.reason);
    if (parts.length === 1) return value;
    text += value.value;
  }
  return known(text, at);
}

function settled(value: Value<string>, part: DockerVariable): Expanded {
  if (value.state === 'known') return value;
  return dynamic(part.text, value.at, value.state === 'dynamic' ? value.reason : undefined);
}
