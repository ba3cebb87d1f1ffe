// Phoenix's configuration (config/runtime.exs and its like) as a program: the ports its endpoints listen on, where they
// start a server, and under which conditions. A reader of single lines and brackets, not of Elixir: what it does not know
// is unknown. https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-runtime-configuration

import { locationOf, type SourceFile } from '../base/text.ts';
import { basename, dirname } from '../base/uri.ts';
import type { Expression } from '../facts/expression.ts';
import type { ListenerApi } from '../facts/listenerApi.ts';
import type { Definition, Listener, Program, Scope } from '../facts/program.ts';
import { moduleScope, underCondition } from '../languages/builder.ts';
import { closingBracket, elixirExpression, withoutComments } from './elixirText.ts';
import type { Source } from './source.ts';

const endpoint: ListenerApi = {
  id: 'phoenix.endpoint',
  name: 'Phoenix',
  host: '0.0.0.0',
  source: 'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html',
};
/** `server: true`: the endpoint starts a server without `mix phx.server`. */
const started: ListenerApi = { ...endpoint, id: 'phoenix.server' };

export const elixirConfig: Source = {
  id: 'elixirConfig',
  discovery: 'onDemand',
  claims: (uri) => (/\.exs$/.test(uri) && basename(dirname(uri)) === 'config' ? 'yes' : 'no'),
  comment: '#',
  extract: (file) => ({ uri: file.uri, source: 'elixirConfig', facts: [readConfig(file)], problems: [] }),
  edit: () => [],
};

const MOST_LENGTH = 100_000;
const LONGEST_OPTIONS = 1_000;
const MOST_LISTENERS = 100;

function readConfig(file: SourceFile): Program {
  const definitions: Definition[] = [];
  const listeners: Listener[] = [];
  const text = file.text.length > MOST_LENGTH ? '' : withoutComments(file.text);
  const masked: SourceFile = { uri: file.uri, text };
  const scopes: Scope[] = [moduleScope];
  let start = 0;
  for (const line of text.split('\n')) {
    const scope = scopes.at(-1) ?? moduleScope;
    readAssignment(masked, line, start, scope, definitions);
    readEndpoints(masked, line, start, scope, listeners);
    enterBlocks(masked, line, start, scopes);
    start += line.length + 1;
  }
  return {
    kind: 'program',
    language: 'elixir',
    at: locationOf(file.uri, 0, file.text.length),
    definitions,
    listeners,
    imports: [],
    calls: [],
    exports: [],
    environmentWrites: [],
    environmentFiles: [],
  };
}

/** `port = String.to_integer(System.get_env("PORT") || "4000")`, also with its value on the next lines. */
function readAssignment(file: SourceFile, line: string, start: number, scope: Scope, definitions: Definition[]): void {
  const found = /^[ \t]*([a-z_]\w*)[ \t]*=(?![=~>])[ \t]*/.exec(line);
  if (!found) return;
  const [whole, name = ''] = found;
  const from = start + whole.length;
  const at = locationOf(file.uri, start + whole.indexOf(name), start + whole.indexOf(name) + name.length);
  const value = elixirExpression(file, from, endOfStatement(file.text, from));
  definitions.push({ name, value, at, scope });
}

/** The end of the line, and of the lines that it goes on in: after an operator, before one, inside brackets. */
function endOfStatement(text: string, from: number): number {
  let end = lineEnd(text, from);
  for (let lines = 0; lines < 12; lines++) {
    const here = text.slice(from, end).trimEnd();
    const next = text.slice(end + 1, lineEnd(text, end + 1));
    const open = closingBracket(text, from, end) === undefined;
    const isContinued =
      here === '' || open || /(?:\|\||&&|\|>|,|<>)$/.test(here) || /^\s*(?:\|\||&&|\|>|<>)/.test(next);
    if (!isContinued || end >= text.length) break;
    end = lineEnd(text, end + 1);
  }
  return end;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

/** `http: [ip: {0, 0, 0, 0}, port: port]` and `server: true` of a configuration. */
function readEndpoints(file: SourceFile, line: string, start: number, scope: Scope, listeners: Listener[]): void {
  if (listeners.length >= MOST_LISTENERS) return;
  const http = /(?:^|[\s,[(])http:\s*\[/.exec(line);
  if (http) {
    const open = start + http.index + http[0].length;
    const close = closingBracket(file.text, open, Math.min(file.text.length, open + LONGEST_OPTIONS), ']');
    const opened = close === undefined ? undefined : endpointOf(file, open, close, scope);
    const port: Expression = {
      kind: 'unknown',
      text: 'http: […',
      at: locationOf(file.uri, start, start + line.length),
    };
    listeners.push(opened ?? { api: endpoint, port, at: port.at, scope });
  }
  const server = /(?:^|[\s,[(])server:\s*true\b/.exec(line);
  if (server) {
    const at = locationOf(file.uri, start + server.index, start + server.index + server[0].length);
    listeners.push({ api: started, at, scope });
  }
}

function endpointOf(file: SourceFile, open: number, close: number, scope: Scope): Listener {
  const inside = file.text.slice(open, close);
  const at = locationOf(file.uri, open, close);
  const port = optionOf(file, inside, open, /(?:^|[\s,])port:\s*/);
  const host = hostOf(file, inside, open);
  return { api: endpoint, ...(port && { port }), ...(host && { host }), at, scope };
}

function optionOf(file: SourceFile, inside: string, start: number, pattern: RegExp): Expression | undefined {
  const found = pattern.exec(inside);
  if (!found) return undefined;
  const from = start + found.index + found[0].length;
  const end = closingBracket(file.text, from, start + inside.length, ',') ?? start + inside.length;
  return elixirExpression(file, from, end);
}

/** `{127, 0, 0, 1}`, `{0, 0, 0, 0, 0, 0, 0, 0}`. */
function hostOf(file: SourceFile, inside: string, start: number): Expression | undefined {
  const found = /(?:^|[\s,])ip:\s*(\{[\d\s,]*\}|[^,\]]*)/.exec(inside);
  if (!found) return undefined;
  const [whole, text = ''] = found;
  const from = start + found.index + whole.length - text.length;
  const at = locationOf(file.uri, from, from + text.length);
  const numbers = /^\{(.*)\}$/s
    .exec(text)?.[1]
    ?.split(',')
    .map((number) => Number(number));
  if (numbers?.length === 4) return { kind: 'literal', value: numbers.join('.'), at };
  if (numbers?.length === 8) {
    const address = numbers.every((number) => number === 0) ? '::' : numbers.map((n) => n.toString(16)).join(':');
    return { kind: 'literal', value: address === '0:0:0:0:0:0:0:1' ? '::1' : address, at };
  }
  return { kind: 'unknown', text: text.trim(), at };
}

/** `if config_env() == :prod do` … `else` … `end`. */
function enterBlocks(file: SourceFile, line: string, start: number, scopes: Scope[]): void {
  const scope = scopes.at(-1) ?? moduleScope;
  const trimmed = line.trim();
  if (/^end\b/.test(trimmed)) {
    if (scopes.length > 1) scopes.pop();
    return;
  }
  if (trimmed === 'else') {
    const outer = scopes.at(-2) ?? moduleScope;
    scopes[scopes.length - 1] = underCondition(outer, scope.test, scope.negated !== true);
    return;
  }
  const keyword = /^(?:if|unless) /.exec(trimmed)?.[0];
  if (keyword !== undefined && trimmed.endsWith(' do')) {
    const from = start + line.indexOf(trimmed) + keyword.length;
    const test = elixirExpression(file, from, start + line.indexOf(trimmed) + trimmed.length - ' do'.length);
    scopes.push(underCondition(scope, test, keyword.startsWith('unless')));
  } else if (/(?:^|\s)do$/.test(trimmed) || (/\bfn\b/.test(trimmed) && !/\bend\b/.test(trimmed))) {
    scopes.push(underCondition(scope, undefined, false));
  }
}
