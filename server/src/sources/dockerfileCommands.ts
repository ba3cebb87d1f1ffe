// The commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK in both forms, and the values that Docker expands.

import { type Location, locationOf, type Span } from '../base/text.ts';
import type { ImageCommand, ImageHealthCheck, Instruction } from '../facts/dockerfile.ts';
import { dynamic, known, mapValue, placeWithin, type Step, type Value } from '../facts/value.ts';
import type { DockerfileInstruction } from '../syntax/dockerfile.ts';
import {
  type DockerWord,
  plainText,
  readDockerWord,
  readJsonStrings,
  splitDockerWords,
  takeFlags,
} from '../syntax/dockerfileWords.ts';
import { expandWord, type ReadFile, type Scope } from './dockerfileVariables.ts';

const MAXIMUM_RANGE = 200;

/** The instruction as a person would quote it: on one line, cut. */
export function quoted(file: ReadFile, span: Span): string {
  const text = plainText(file.tree, { start: span.start, end: Math.min(span.end, span.start + 400) });
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

export function expand(file: ReadFile, span: Span, scope: Scope, instruction: DockerfileInstruction): Value<string> {
  const step = (at: Location): Step => ({ at, text: quoted(file, instruction.span) });
  return expandWord(file, readDockerWord(file.tree, span), scope, step);
}

/** Docker expands no variables in commands: the exec form has none, the shell form's are the running shell's. */
export function commandOf(file: ReadFile, instruction: DockerfileInstruction, argument: Span): ImageCommand {
  const at = locationOf(file.uri, argument.start, argument.end);
  const strings = readJsonStrings(file.tree, argument);
  if (strings) {
    const words = strings.map((word) => known(word.text, locationOf(file.uri, word.span.start, word.span.end)));
    return { form: 'exec', words, at };
  }
  const script = instruction.heredocs && heredocScript(file, argument, instruction.heredocs);
  if (script) return { form: 'shell', words: [known(script.text, locationOf(file.uri, script.start, script.end))], at };
  const text = plainText(file.tree, argument);
  const body = instruction.heredocs ? `\n${plainText(file.tree, instruction.heredocs)}` : '';
  return { form: 'shell', words: [known(text + body, at)], at };
}

/** `RUN <<EOF`: the lines are the script, unless they name a program of their own. */
function heredocScript(file: ReadFile, argument: Span, heredocs: Span) {
  const opening = /^<<-?\s*["']?([\w.-]+)["']?$/.exec(plainText(file.tree, argument));
  const body = plainText(file.tree, heredocs);
  const closing = /(?:^|\n)\t*([\w.-]+)\s*$/.exec(body.slice(-200));
  if (!opening || !closing || closing[1] !== opening[1]) return undefined;
  if (/^#!/.test(body) && !/^#![^\n]*\b(?:ba|da|a)?sh\b/.test(body)) return undefined;
  const end = Math.max(0, body.length - closing[0].trimStart().length);
  return { text: body.slice(0, end), start: heredocs.start, end: heredocs.start + end };
}

/** Each port of EXPOSE; a range gives all of its ports. */
export function exposedPorts(file: ReadFile, instruction: DockerfileInstruction, scope: Scope): readonly Instruction[] {
  const at = locationOf(file.uri, instruction.span.start, instruction.span.end);
  const step = (place: Location): Step => ({ at: place, text: quoted(file, instruction.span) });
  return splitDockerWords(file.tree, instruction.argument).flatMap((span) => {
    const { word, protocol } = withoutProtocol(readDockerWord(file.tree, span));
    const value = expandWord(file, word, scope, step);
    return portsOf(value, protocol).map((entry) => ({ kind: 'expose' as const, ...entry, at }));
  });
}

interface Port {
  readonly port: Value<number>;
  readonly protocol: 'tcp' | 'udp';
}

/** Takes a literal `/tcp` off, so that `$PORT/tcp` is the variable and nothing else. */
function withoutProtocol(word: DockerWord): { readonly word: DockerWord; readonly protocol: string | undefined } {
  const last = word.parts.at(-1);
  const match = last?.kind === 'text' ? /^(.*)\/(tcp|udp|sctp)$/i.exec(last.text) : undefined;
  if (!match) return { word, protocol: undefined };
  const [, text = '', protocol = ''] = match;
  const parts = word.parts.slice(0, -1);
  if (text !== '') parts.push({ kind: 'text', text });
  const span = { start: word.span.start, end: Math.max(word.span.start, word.span.end - protocol.length - 1) };
  return { word: { parts, span }, protocol: protocol.toLowerCase() };
}

function portsOf(value: Value<string>, protocol: string | undefined): readonly Port[] {
  if (value.state !== 'known') return [{ port: mapValue(value, Number), protocol: protocol === 'udp' ? 'udp' : 'tcp' }];
  const ports: Port[] = [];
  for (const match of value.value.matchAll(/\S+/g)) {
    const [, first, last, ending] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?$/.exec(match[0]) ?? [];
    const is = (ending ?? protocol)?.toLowerCase() === 'udp' ? 'udp' : 'tcp';
    const start = match.index;
    if (first === undefined || Number(last ?? first) - Number(first) > MAXIMUM_RANGE) {
      ports.push({ port: dynamic(match[0], placeWithin(value, start, start + match[0].length)), protocol: is });
      continue;
    }
    for (let port = Number(first); port <= Number(last ?? first); port++) {
      const isFirst = port === Number(first);
      const from = isFirst ? start : last && port === Number(last) ? start + first.length + 1 : start;
      const length = isFirst ? first.length : last && port === Number(last) ? last.length : match[0].length;
      ports.push({ port: known(port, placeWithin(value, from, from + length), value.trail), protocol: is });
    }
  }
  return ports;
}

/** HEALTHCHECK's options and command; undefined where it has none. */
export function healthCheckOf(
  file: ReadFile,
  instruction: DockerfileInstruction,
): ImageHealthCheck | 'none' | undefined {
  const { flags, rest } = takeFlags(file.tree, instruction.argument);
  const [kind] = splitDockerWords(file.tree, rest);
  const word = kind && plainText(file.tree, kind).toUpperCase();
  if (word === 'NONE') return 'none';
  if (word !== 'CMD' || kind === undefined) return undefined;
  const option = (name: string) => flags.find((flag) => flag.name === name)?.value ?? '';
  const { rest: argument } = takeFlags(file.tree, { start: kind.end, end: rest.end });
  const retries = option('retries');
  const interval = seconds(option('interval'));
  const timeout = seconds(option('timeout'));
  const startPeriod = seconds(option('start-period'));
  return {
    command: commandOf(file, instruction, argument),
    ...(interval === undefined ? {} : { interval }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(/^\d{1,9}$/.test(retries) ? { retries: Number(retries) } : {}),
    ...(startPeriod === undefined ? {} : { startPeriod }),
  };
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** A Go duration such as `1m30s` in seconds. https://pkg.go.dev/time#ParseDuration */
export function seconds(duration: string): number | undefined {
  if (duration.length > 60 || !/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(duration)) return undefined;
  let total = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  }
  return total;
}
