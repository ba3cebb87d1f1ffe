// Options that a JavaScript or TypeScript program reads from its argv by yargs, minimist or commander. All become
// `argv.option`.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { argvOption, literal, place, textOf } from '../expressions.ts';
import type { ScriptFile } from './names.ts';
import { argumentsOf, stringText } from './names.ts';
import { propertyNode } from './objects.ts';

type Read = (node: SyntaxNode) => Expression;

const yargsResult = /^yargs(?:\/yargs)?(?:\(\))?(?:\.\w+\(\))*\.(?:argv|parse\(\)|parseSync\(\))$|^yargs\.argv\.argv$/;
const minimistResult = /^(?:minimist|yargs-parser|mri)\(\)$/;
const commanderResult = /^commander(?:\.\w+)*(?:\(\))?(?:\.\w+\(\))*\.(?:opts\(\)|optsWithGlobals\(\))$/;

/** `argv.port` of an object that holds the parsed options, by the full name of the call that made it. */
export function optionOf(
  file: ScriptFile,
  full: string,
  name: string,
  node: SyntaxNode,
  read: Read,
): Expression | undefined {
  if (!/^(?:yargs|minimist|mri|commander)/.test(full)) return undefined;
  const at = place(file, node);
  if (commanderResult.test(full)) return commanderOption(file, name, at, read);
  if (yargsResult.test(full)) return yargsOption(file, name, at, read);
  return minimistResult.test(full) ? argvOption(flags([name]), minimistDefault(file, name, read), at) : undefined;
}

function flags(names: readonly string[]): readonly string[] {
  return names.map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
}

/** `.option('port', { alias: 'p', default: 3000 })`, `.default('port', 3000)`. */
function yargsOption(file: ScriptFile, name: string, at: Expression['at'], read: Read): Expression {
  for (const call of file.options) {
    const [key, value] = argumentsOf(call);
    const method = textOf(file, childOf(childOf(call, 'function') ?? call, 'property'));
    const declared = method === 'options' && key?.type === 'object' ? propertyNode(file, key, name) : value;
    if (method !== 'options' && stringText(file, key) !== name) continue;
    if (!declared) continue;
    if (method === 'default') return argvOption(flags([name]), read(declared), at);
    if (declared.type !== 'object') continue;
    const alias = stringText(file, propertyNode(file, declared, 'alias'));
    const fallback = propertyNode(file, declared, 'default');
    const names = alias === undefined ? [name] : [name, alias];
    return argvOption(flags(names), fallback ? read(fallback) : literal(null, at), at);
  }
  return argvOption(flags([name]), literal(null, at), at);
}

/** `.option('-p, --port <number>', 'the port', 3000)`. */
function commanderOption(file: ScriptFile, name: string, at: Expression['at'], read: Read): Expression | undefined {
  for (const call of file.options) {
    const [pattern, , third, fourth] = argumentsOf(call);
    const names = (stringText(file, pattern) ?? '').split(/[\s,|]+/).filter((part) => part.startsWith('-'));
    const long = names.find((part) => part.startsWith('--'));
    if (long === undefined || camelCase(long.slice(2)) !== name) continue;
    const fallback = fourth ?? third;
    const isValue = fallback && !/function|identifier|member_expression/.test(fallback.type);
    return argvOption(names, isValue ? read(fallback) : fallback ? undefined : literal(null, at), at);
  }
  return undefined;
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `minimist(args, { default: { port: 3000 } })`. */
function minimistDefault(file: ScriptFile, name: string, read: Read): Expression | undefined {
  for (const call of file.created.values()) {
    const settings = argumentsOf(call)[1];
    const defaults = settings?.type === 'object' ? propertyNode(file, settings, 'default') : undefined;
    const value = defaults?.type === 'object' ? propertyNode(file, defaults, name) : undefined;
    if (value) return read(value);
  }
  return undefined;
}
