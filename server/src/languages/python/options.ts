// Options that a Python program reads from its argv: argparse, click, typer, tornado's and absl's flags. All become
// `argv.option` and `argv.positional`.

import type { Expression, ObjectExpression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { argvOption, argvPositional, literal, place, unknownExpression } from '../expressions.ts';
import type { PythonFile } from './names.ts';
import { fullName, keywordArgument, positionalArguments } from './names.ts';
import { plainString } from './strings.ts';

export type Read = (node: SyntaxNode) => Expression;

interface Declared {
  readonly list: SyntaxNode;
  /** `--port`, `-p`; a bare name for a positional argument. */
  readonly names: readonly string[];
}

function declared(file: PythonFile, call: SyntaxNode): Declared | undefined {
  const list = childOf(call, 'arguments');
  const names = positionalArguments(list).flatMap((node) => plainString(file, node) ?? []);
  return list && names.length > 0 ? { list, names } : undefined;
}

/** `--server-port` as the attribute or parameter `server_port`: the first long name, else the first. */
function attributeName(names: readonly string[]): string {
  const name = names.find((candidate) => candidate.startsWith('--')) ?? names[0] ?? '';
  return name.replace(/^-+/, '').replaceAll('-', '_');
}

/** `parser.parse_args()`: every option that the file declares. */
export function parsedArguments(file: PythonFile, node: SyntaxNode, read: Read): ObjectExpression {
  const hasCommands = /\.add_subparsers\b/.test(file.text);
  let position = 0;
  const entries = file.options.flatMap((call) => {
    const option = declared(file, call);
    if (!option) return [];
    const at = place(file, call);
    const isPositional = !option.names[0]?.startsWith('-');
    if (isPositional) position++;
    const key = plainString(file, keywordArgument(file, option.list, 'dest')) ?? attributeName(option.names);
    const given = keywordArgument(file, option.list, 'default');
    const required = keywordArgument(file, option.list, 'required')?.type === 'true';
    const fallback = given ? read(given) : required || isPositional ? undefined : literal(null, at);
    if (!isPositional) return [{ key, value: argvOption(option.names, fallback, at), at }];
    const value = hasCommands ? unknownExpression(file, call) : argvPositional(position, at, fallback);
    return [{ key, value, at }];
  });
  // Options declared elsewhere, by a helper or a parent parser, are not seen.
  const complete = file.options.length > 0 && !/\bparents\s*=/.test(file.text);
  return { kind: 'object', entries: withoutClashes(entries), complete, at: place(file, node) };
}

/** Two parsers of one file may give one name two meanings: then it has none. */
function withoutClashes(entries: ObjectExpression['entries']): ObjectExpression['entries'] {
  const counts = new Map<string, number>();
  for (const { key } of entries) counts.set(key, (counts.get(key) ?? 0) + 1);
  return entries.map((entry) => {
    if (counts.get(entry.key) === 1) return entry;
    return { ...entry, value: { kind: 'unknown', text: entry.key, at: entry.at } };
  });
}

export function parsedKnownArguments(file: PythonFile, node: SyntaxNode, read: Read): Expression {
  const rest = unknownExpression(file, node);
  return { kind: 'array', items: [parsedArguments(file, node, read), rest], at: place(file, node) };
}

/** `options.port` after tornado's `define("port", default=8888)`, `FLAGS.port` after absl's `DEFINE_integer`. */
export function flagOf(file: PythonFile, object: SyntaxNode, name: string, read: Read): Expression | undefined {
  const full = fullName(file, object);
  if (full !== 'tornado.options.options' && full !== 'absl.flags.FLAGS') return undefined;
  for (const call of file.flags) {
    const list = childOf(call, 'arguments');
    const [first, second] = positionalArguments(list);
    if (plainString(file, first) !== name) continue;
    const fallback = keywordArgument(file, list, 'default') ?? second;
    return argvOption([`--${name}`, `-${name}`], fallback && read(fallback), place(file, call));
  }
  return undefined;
}

/** Defaults of a decorated function's parameters: `@click.option('--port', default=8000)`, `@click.argument('port')`. */
export function clickParameters(
  file: PythonFile,
  decorators: readonly SyntaxNode[],
  read: Read,
): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  let position = 0;
  for (const decorator of decorators) {
    const call = decorator.children[0];
    const full = call?.type === 'call' ? fullName(file, childOf(call, 'function')) : undefined;
    if (!call || full === undefined || !/^(?:click|rich_click|asyncclick|flask\.cli)\./.test(full)) continue;
    const option = declared(file, call);
    if (!option) continue;
    const at = place(file, call);
    const given = keywordArgument(file, option.list, 'default');
    const fallback = withVariable(file, option.list, given && read(given), call);
    if (full.endsWith('.option')) {
      const bare = option.names.find((name) => !name.startsWith('-'));
      const flags = option.names.filter((name) => name.startsWith('-'));
      found.set(bare ?? attributeName(flags), argvOption(flags, fallback ?? literal(null, at), at));
    } else if (full.endsWith('.argument')) {
      position++;
      found.set(attributeName(option.names), argvPositional(position, at, fallback));
    }
  }
  return found;
}

/** `envvar='PORT'` stands between the option and its default. */
function withVariable(
  file: PythonFile,
  list: SyntaxNode,
  fallback: Expression | undefined,
  call: SyntaxNode,
): Expression | undefined {
  const node = keywordArgument(file, list, 'envvar');
  const name = plainString(file, node);
  if (!node || name === undefined) return fallback;
  const read = { kind: 'environment', name: literal(name, place(file, node)), at: place(file, call) } as const;
  return fallback ? { ...read, default: fallback } : read;
}

/** A parameter of a function that typer or fire calls with options: `port: int = typer.Option(8000, "--port")`. */
export function commandParameter(file: PythonFile, name: string, value: SyntaxNode, read: Read): Expression {
  const at = place(file, value);
  const full = value.type === 'call' ? fullName(file, childOf(value, 'function')) : undefined;
  const long = `--${name.replaceAll('_', '-')}`;
  if (full !== 'typer.Option') return argvOption([...new Set([long, `--${name}`])], read(value), at);
  const list = childOf(value, 'arguments');
  const [first, ...rest] = positionalArguments(list);
  const given = keywordArgument(file, list, 'default') ?? first;
  const flags = rest.flatMap((node) => plainString(file, node) ?? []).filter((flag) => flag.startsWith('-'));
  const fallback = given && given.type !== 'ellipsis' ? read(given) : undefined;
  return argvOption(flags.length > 0 ? flags : [long], list && withVariable(file, list, fallback, value), at);
}
