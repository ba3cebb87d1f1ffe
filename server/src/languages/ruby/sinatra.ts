// Sinatra applications: their settings become the definitions `settings.port` and `settings.bind`, their start a listener.
// https://sinatrarb.com/configuration.html

import { locationOf } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { moduleScope, underMainGuard } from '../builder.ts';
import { argvOption, conditional, literal, place, textOf } from '../expressions.ts';
import { dottedText, environmentName, readArguments, rubyExpression } from './expressions.ts';
import { sinatraListener } from './listeners.ts';
import type { Walk } from './program.ts';

const classic = /^[ \t]*require[ (]+['"]sinatra['"]/m;
const modular = /<\s*(?:::)?Sinatra::(?:Base|Application)\b/;

/** The settings that an application has before it sets any. */
export function readSinatra({ file, builder }: Walk): void {
  const text = file.text;
  const found = classic.exec(text) ?? modular.exec(text);
  if (!found) return;
  const at = locationOf(file.uri, found.index, found.index + found[0].length);
  const port: Expression = { kind: 'environment', name: literal('PORT', at), default: literal(4567, at), at };
  const isDevelopment: Expression = {
    kind: 'comparison',
    operator: '==',
    left: environmentName('Sinatra', at),
    right: literal('development', at),
    at,
  };
  const bind = conditional(isDevelopment, [literal('localhost', at), literal('0.0.0.0', at)], at);
  builder.definitions.push({ name: 'settings.port', value: port, at, scope: moduleScope });
  builder.definitions.push({ name: 'settings.bind', value: bind, at, scope: moduleScope });
}

/** A classic application starts when its script has been read; its command line beats its settings. */
export function startsClassic({ file, builder }: Walk): void {
  const found = classic.exec(file.text);
  if (!found || /^[ \t]*(?:disable\s+:run|set\s+:run\s*,\s*false)\b/m.test(file.text)) return;
  const node = { start: found.index, end: found.index + found[0].length };
  const at = place(file, node);
  const scope = underMainGuard(moduleScope);
  const listener = sinatraListener(file, node, [], scope);
  builder.listeners.push({
    ...listener,
    port: argvOption(['-p'], listener.port, at),
    host: argvOption(['-o'], listener.host, at),
  });
}

/** `set :port, 80`, `set port: 80`, `App.run!`; whether the call is one of these. */
export function visitSinatraCall(walk: Walk, node: SyntaxNode, method: string, scope: Scope): boolean {
  const { file, builder } = walk;
  const list = childOf(node, 'arguments');
  if (method === 'run!') {
    // The guard of the script stands in the body of the class, which runs when the file is read.
    const runs = scope.main ? { ...scope, path: [] } : scope;
    builder.listeners.push(sinatraListener(file, node, readArguments(file, list), runs));
    return true;
  }
  const receiver = dottedText(file, childOf(node, 'receiver'));
  if (method !== 'set' || (receiver !== undefined && !/^(?:self|Sinatra\.Application|App)$/.test(receiver)))
    return false;
  for (const { name, value } of settingsOf(walk, list)) {
    const setting = /^(?:port|bind)$/.exec(name)?.[0];
    if (setting === undefined) continue;
    // Settings belong to the application, wherever its class stands.
    builder.definitions.push({ name: `settings.${setting}`, value, at: value.at, scope: { ...scope, path: [] } });
  }
  return true;
}

function settingsOf(
  { file }: Walk,
  list: SyntaxNode | undefined,
): readonly { readonly name: string; readonly value: Expression }[] {
  const [first, second] = list?.children ?? [];
  if (first?.type === 'simple_symbol' && second) {
    return [{ name: textOf(file, first).slice(1), value: rubyExpression(file, second) }];
  }
  return readArguments(file, list).flatMap(({ name, value }) => (name === undefined ? [] : [{ name, value }]));
}
