// What a command is, and how its arguments are read. Whatever is wrong with them is one sentence and exit code 2.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean } from '../config/suggest.ts';
import type { Terminal } from './terminal.ts';

export interface Command {
  readonly name: string;
  /** `[path…]`, as help shows it. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** Answers the exit code. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

export interface Option {
  /** Without dashes. */
  readonly name: string;
  /** What stands for the value in help; absent for a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly description: string;
}

export interface Arguments {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
}

/** The command could not run. The message is one sentence that says what to do. */
export class CommandError extends Error {}

export const helpOption: Option = { name: 'help', description: 'Show this help.' };

export function readArguments(command: Command, args: readonly string[]): Arguments {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const option of [...command.options, helpOption]) {
    const multiple = true;
    options[option.name] = { type: option.value === undefined ? 'boolean' : 'string', multiple };
    if (option.name === 'help') options[option.name] = { type: 'boolean', short: 'h', multiple };
  }
  const parsed = parse(command, [...args], options);
  const given = (name: string): readonly unknown[] => {
    const value = parsed.values[name];
    return Array.isArray(value) ? value : [];
  };
  const values = (name: string): readonly string[] => given(name).filter((value) => typeof value === 'string');
  return {
    positionals: parsed.positionals,
    has: (name) => given(name).length > 0,
    value: (name) => values(name).at(-1),
    values,
  };
}

type Parsed = { readonly positionals: readonly string[]; readonly values: Readonly<Record<string, unknown>> };

function parse(command: Command, args: string[], options: NonNullable<ParseArgsConfig['options']>): Parsed {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CommandError(argumentMessage(command, error));
  }
}

function argumentMessage(command: Command, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const flag = /'(-{1,2}[^'\s,=]+)/.exec(message)?.[1] ?? '';
  const names = [...command.options, helpOption].map((option) => `--${option.name}`);
  const see = `'steadystate ${command.name} --help' lists the flags.`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no flag '${flag}'${didYouMean(flag, names)} ${see}`;
  const takesValue = command.options.some((option) => `--${option.name}` === flag && option.value !== undefined);
  return takesValue ? `'${flag}' needs a value. ${see}` : `'${flag}' takes no value. ${see}`;
}

/** A value that must be one of a few words. */
export function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new CommandError(`'--${flag}' is one of ${allowed.join(', ')}, not '${value}'.`);
}

export function commandHelp(command: Command): string {
  const options = [...command.options, helpOption];
  const heads = options.map((option) => `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`);
  const width = Math.max(...heads.map((head) => head.length));
  const lines = options.map((option, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${option.description}`);
  const usage = ['steadystate', command.name, command.usage, '[flags]'].filter(Boolean).join(' ');
  return `${command.summary}\n\nUsage: ${usage}\n\n${lines.join('\n')}\n`;
}
