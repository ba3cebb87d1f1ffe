// One listen call: its port and host, with the framework's defaults where it names none.

import type { Expression } from '../facts/expression.ts';
import type { ListenedPort } from '../facts/listens.ts';
import { isLoopback } from '../facts/listens.ts';
import type { Listener } from '../facts/program.ts';
import type { Step, Value } from '../facts/value.ts';
import { dynamic, known } from '../facts/value.ts';
import { normalizeHost, parseAddress, portNumber } from './address.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, ScalarResult } from './evaluated.ts';
import { prependStep, wordOf } from './evaluated.ts';
import { memberOf } from './evaluateMember.ts';
import { printExpression } from './printExpression.ts';
import { readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

export type Opened =
  | { readonly kind: 'port'; readonly port: ListenedPort }
  /** It opens no port that can be named: a unix socket, a random port. */
  | { readonly kind: 'none'; readonly reason?: string }
  | { readonly kind: 'open'; readonly reason: string; readonly because: readonly Step[] };

interface CallContext {
  readonly evaluation: Evaluation;
  readonly listener: Listener;
  readonly frame: Frame;
  readonly trail: readonly Step[];
}

export function evaluateListener(
  evaluation: Evaluation,
  listener: Listener,
  frame: Frame,
  trail: readonly Step[],
): Opened {
  const context: CallContext = { evaluation, listener, frame, trail };
  if (listener.address !== undefined) return openAddress(context, listener.address);
  const host = evaluateHost(context);
  if (listener.port === undefined) return defaultPort(context, host);
  const result = evaluate(evaluation, listener.port, frame);
  if (isBag(result)) return openBag(context, result, listener.port, host);
  return openPort(context, result, listener.port, host);
}

function openPort(context: CallContext, result: Evaluated, expression: Expression, host: Value<string>): Opened {
  const { listener, frame, trail } = context;
  if (result.kind !== 'scalar') return openResult(context, result, expression, host);
  if (result.value === null) return nullPort(context, result, host);
  const port = typeof result.value === 'boolean' ? undefined : portNumber(String(result.value));
  if (port === undefined) return notAPort(context, result);
  const { language } = frame.module.program;
  const call = step(expression.at, portText(listener, printExpression(expression, language), language));
  const because = [...trail, ...prependStep(call, result.trail)];
  return { kind: 'port', port: { port: known(port, result.at, result.trail), host, because } };
}

/** How the call reads: a keyword in Python and Elixir, an argument in JavaScript. */
function portText(listener: Listener, text: string, language: string): string {
  if (language === 'python') return `port=${text}`;
  if (language === 'elixir') return `port: ${text}`;
  if (language === 'ruby' || language === 'csharp') return `port ${text}`;
  return /^(?:bun|deno|hono)\./.test(listener.api.id) ? `port: ${text}` : `listen(${text})`;
}

function openResult(context: CallContext, result: Evaluated, expression: Expression, host: Value<string>): Opened {
  // Nothing that traffic could be sent to, whatever its number.
  if (host.state === 'known' && isLoopback(host.value) && !isOnlyListener(context)) {
    return { kind: 'none' };
  }
  const { listener, frame, trail, evaluation } = context;
  const text = printExpression(expression, frame.module.program.language);
  const file = evaluation.shownPath(listener.at.uri);
  const cause = result.kind === 'unknown' && result.reason !== undefined ? `: ${result.reason}` : '';
  const reason = `the port \`${text}\` in ${file} cannot be decided${cause}`;
  return {
    kind: 'open',
    reason,
    because: [...trail, step(listener.at, portText(listener, text, frame.module.program.language))],
  };
}

function isOnlyListener({ evaluation }: CallContext): boolean {
  let count = 0;
  for (const module of evaluation.reached) count += module.program.listeners.length;
  return count <= 1;
}

function nullPort(context: CallContext, result: ScalarResult, host: Value<string>): Opened {
  const { listener, trail, evaluation } = context;
  if (result.unset === undefined) return defaultPort(context, host);
  const file = evaluation.shownPath(result.at.uri);
  const reason = `${result.unset} is read from the environment in ${file}, and nothing in view sets it`;
  return { kind: 'open', reason, because: [...trail, step(listener.at, result.unset)] };
}

/** A path is a unix socket; 0 lets the system pick. */
function notAPort(context: CallContext, result: ScalarResult): Opened {
  const { value } = result;
  const file = context.evaluation.shownPath(context.listener.at.uri);
  if (typeof value === 'string' && /^(?:unix:)?\.{0,2}\//.test(value)) {
    return { kind: 'none', reason: `${file} listens on a unix socket` };
  }
  if (Number(value) === 0) return { kind: 'none', reason: `${file} listens on a port that the system picks` };
  const reason = `\`${String(value)}\` in ${file} is no port number`;
  return { kind: 'open', reason, because: [...context.trail, ...result.trail] };
}

function defaultPort(context: CallContext, host: Value<string>): Opened {
  const { evaluation, listener, trail } = context;
  const defaults = listener.api;
  for (const name of defaults.portVariables ?? []) {
    const value = readVariable(evaluation, name, listener.at);
    if (value.kind === 'scalar' && value.value === null) continue;
    const expression: Expression = {
      kind: 'environment',
      name: { kind: 'literal', value: name, at: listener.at },
      at: listener.at,
    };
    return openPort(context, value, expression, host);
  }
  if (defaults.port === undefined) {
    const file = evaluation.shownPath(listener.at.uri);
    return { kind: 'none', reason: `${defaults.name} is told to listen without a port in ${file}` };
  }
  const hop = step(listener.at, `${defaults.name} listens on ${defaults.port} when no port is given`);
  return { kind: 'port', port: { port: known(defaults.port, listener.at, [hop]), host, because: [...trail, hop] } };
}

function evaluateHost(context: CallContext): Value<string> {
  const { evaluation, listener, frame } = context;
  if (listener.host === undefined) return defaultHost(context);
  const result = evaluate(evaluation, listener.host, frame);
  return hostValue(context, result, listener.host);
}

function hostValue(context: CallContext, result: Evaluated, expression: Expression): Value<string> {
  const text = printExpression(expression, context.frame.module.program.language);
  if (result.kind !== 'scalar') return dynamic(text, result.kind === 'unknown' ? result.at : expression.at);
  if (result.value === null) return withoutHost(context, result);
  if (typeof result.value !== 'string') return dynamic(text, result.at);
  return known(normalizeHost(result.value), result.at, result.trail);
}

/** A variable that should have named a host: what sets it may be out of view, unless every interface is bound anyway. */
function withoutHost(context: CallContext, result: ScalarResult): Value<string> {
  const host = defaultHost(context);
  if (result.unset === undefined || (host.state === 'known' && !isLoopback(host.value))) return host;
  return dynamic(result.unset, result.at, `${result.unset} is not set in view`);
}

function defaultHost(context: CallContext): Value<string> {
  const { evaluation, listener, frame } = context;
  const defaults = listener.api;
  for (const name of defaults.hostVariables ?? []) {
    const value = readVariable(evaluation, name, listener.at);
    if (value.kind === 'unknown') return dynamic(name, listener.at, value.reason);
    if (value.kind === 'scalar' && typeof value.value === 'string') {
      return known(normalizeHost(value.value), value.at, value.trail);
    }
  }
  const host = adapterHost(listener, frame) ?? defaults.host;
  if (host === undefined) return dynamic('', listener.at, `${defaults.name} decides the address`);
  const hop = step(listener.at, `${defaults.name} binds ${host} when no host is given`);
  return known(host, listener.at, [hop]);
}

/** NestJS on Fastify binds loopback like Fastify: https://docs.nestjs.com/techniques/performance */
function adapterHost(listener: Listener, frame: Frame): string | undefined {
  if (listener.api.id !== 'nest.listen') return undefined;
  const isFastify = frame.module.program.imports.some(({ module }) => module === '@nestjs/platform-fastify');
  return isFastify ? '127.0.0.1' : undefined;
}

function isBag(result: Evaluated): boolean {
  return result.kind === 'object' || result.kind === 'instance' || result.kind === 'settings';
}

/** `listen(config.server)` with an object that holds port and host. */
function openBag(context: CallContext, bag: Evaluated, expression: Expression, host: Value<string>): Opened {
  const { evaluation, frame, listener } = context;
  const port = memberOf(evaluation, bag, 'port', expression, frame);
  if (port === undefined) return openResult(context, bag, expression, host);
  const named = memberOf(evaluation, bag, 'host', expression, frame);
  const address = listener.host === undefined && named !== undefined ? hostValue(context, named, expression) : host;
  return openPort(context, port, expression, address);
}

function openAddress(context: CallContext, expression: Expression): Opened {
  const { evaluation, frame, trail } = context;
  const result = evaluate(evaluation, expression, frame);
  const host = evaluateHost(context);
  if (result.kind !== 'scalar') return openResult(context, result, expression, host);
  if (result.value === null) return nullPort(context, result, host);
  const address = parseAddress(wordOf(result));
  if (address.kind === 'socket') return { kind: 'none' };
  if (address.kind !== 'port') return notAPort(context, result);
  const call = step(expression.at, printExpression(expression, frame.module.program.language));
  const because = [...trail, ...prependStep(call, result.trail)];
  const bound: Value<string> =
    address.host === undefined
      ? known('0.0.0.0', result.at)
      : { ...address.host, value: normalizeHost(address.host.value) };
  return { kind: 'port', port: { port: address.port, host: bound, because } };
}
