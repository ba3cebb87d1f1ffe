// The addresses that a configuration file of Puma binds: https://puma.io/puma/Puma/DSL.html

import type { Uri } from '../../base/uri.ts';
import type { Argument, Expression } from '../../facts/expression.ts';
import type { Known, Step, Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { containerPath, workspaceFile } from '../argv.ts';
import { wordOf } from '../evaluated.ts';
import type { ContainerProcess } from '../launcher.ts';
import { printExpression } from '../printExpression.ts';
import { step } from '../text.ts';
import { joinWord, sliceWord, type Word } from '../words.ts';
import type { ConfigCall } from './serverConfig.ts';
import { readServerConfig } from './serverConfig.ts';

export type PumaBinds =
  | { readonly kind: 'binds'; readonly binds: readonly Value<string>[]; readonly uri: Uri }
  | { readonly kind: 'unknown'; readonly reason: string };

/** config/puma/<environment>.rb, else config/puma.rb, where no other file is named. */
export function pumaConfig(process: ContainerProcess, environment: string): Uri | undefined {
  const paths = [`config/puma/${environment}.rb`, 'config/puma.rb'];
  return paths.map((path) => workspaceFile(process, path)).find((uri) => uri !== undefined);
}

/** Whether the program's folder is in view, so that a file that is not found is not there. */
export function isInView(process: ContainerProcess): boolean {
  return process.image.workspaceUri(containerPath(process, 'config/puma.rb')) !== undefined;
}

/** `defaultHost` goes with a port alone. */
export function pumaBinds(process: ContainerProcess, uri: Uri, defaultHost: string): PumaBinds {
  const config = readServerConfig(process, uri);
  const file = process.shownPath(uri);
  if (config === undefined) return { kind: 'unknown', reason: `${file} could not be read` };
  const binds: Value<string>[] = [];
  for (const found of config.calls('bind', 'port', 'ssl_bind', 'clear_binds!', 'instance_eval', 'eval')) {
    const { callee } = found.call;
    if (callee.endsWith('eval')) return { kind: 'unknown', reason: `${file} evaluates text that is not read` };
    if (callee === 'clear_binds!') {
      binds.length = 0;
      continue;
    }
    const bind = bindOf(found, defaultHost);
    if (bind === undefined) continue;
    if (!found.certain)
      return { kind: 'unknown', reason: `whether ${file} binds ${textOfCall(found)} is not decidable` };
    binds.push(bind);
  }
  return { kind: 'binds', binds, uri };
}

/** `activate_control_app 'tcp://0.0.0.0:9293'`; undefined for a socket or none. */
export function pumaControl(process: ContainerProcess, uri: Uri): Value<string> | undefined {
  const found = readServerConfig(process, uri)?.calls('activate_control_app').at(-1);
  const [first] = found?.call.arguments ?? [];
  if (found === undefined || first === undefined || first.name !== undefined) return undefined;
  const address = valueOfArgument(found, first);
  const hop = step(found.call.at, `activate_control_app ${printExpression(first.value, 'ruby')}`);
  return address.state === 'known' && /^(?:tcp|ssl):/.test(address.value) ? throughStep(address, hop) : undefined;
}

function textOfCall({ call }: ConfigCall): string {
  return call.arguments.map(({ value }) => printExpression(value, 'ruby')).join(', ');
}

function bindOf(found: ConfigCall, defaultHost: string): Value<string> | undefined {
  const { call } = found;
  const [first, second] = call.arguments.filter(({ name }) => name === undefined);
  if (first === undefined) return undefined;
  if (isSocket(first.value)) return known('unix:', first.value.at);
  const hop = step(call.at, `${call.callee} ${textOfCall(found)}`);
  switch (call.callee) {
    case 'bind': {
      const address = valueOfArgument(found, first);
      return throughStep(address.state === 'known' ? withoutQuery(address) : address, hop);
    }
    case 'port': {
      const host = second === undefined ? known(defaultHost, call.at) : valueOfArgument(found, second);
      return throughStep(joined(host, valueOfArgument(found, first), call.at), hop);
    }
    default:
      return second && throughStep(joined(valueOfArgument(found, first), valueOfArgument(found, second), call.at), hop);
  }
}

/** The step stands before those of each part too, since the port is one of the parts. */
function throughStep(value: Value<string>, hop: Step): Value<string> {
  if (value.state !== 'known') return value;
  const word: Word = value;
  const before = <T>(part: Known<T>): Known<T> => ({ ...part, trail: [hop, ...(part.trail ?? [])] });
  const pieces = word.pieces?.map((piece) => ({ ...piece, value: before(piece.value) }));
  const whole = before(word);
  return pieces === undefined ? whole : { ...whole, pieces };
}

/** `"unix://#{root}/tmp/puma.sock"`: whatever its folder. */
function isSocket(expression: Expression): boolean {
  const start = expression.kind === 'concat' ? expression.parts[0] : expression;
  return start?.kind === 'literal' && /^unix:/.test(String(start.value));
}

export function valueOfArgument(found: ConfigCall, argument: Argument): Value<string> {
  const result = found.evaluate(argument.value);
  const text = printExpression(argument.value, 'ruby');
  if (result.kind === 'unknown') return dynamic(text, result.at, result.reason);
  if (result.kind !== 'scalar') return dynamic(text, argument.value.at);
  if (result.value !== null) return wordOf(result);
  return dynamic(text, argument.value.at, result.unset && `nothing in view sets ${result.unset}`);
}

function withoutQuery(address: Known<string>): Known<string> {
  const query = address.value.indexOf('?');
  return query < 0 ? address : sliceWord(address, 0, query);
}

function joined(host: Value<string>, port: Value<string>, at: Known<string>['at']): Value<string> {
  if (port.state !== 'known') return port;
  if (host.state !== 'known') return host;
  const bracketed = host.value.includes(':') ? { ...host, value: `[${host.value}]` } : host;
  return joinWord([bracketed, known(':', at), port], at);
}
