// Chooses the command and turns everything that goes wrong into one sentence and an exit code.

import { didYouMean } from '../config/suggest.ts';
import { visible } from '../report/terminalText.ts';
import { check } from './check.ts';
import { type Command, CommandError, commandHelp, readArguments } from './command.ts';
import { explain } from './explain.ts';
import { forecast } from './forecast.ts';
import { graph } from './graph.ts';
import { lsp } from './lsp.ts';
import { rules } from './rules.ts';
import type { Terminal } from './terminal.ts';
import { tool } from './tool.ts';

const commands: readonly Command[] = [check, graph, forecast, explain, rules, lsp];

/** Answers the exit code: 0 and 1 are the command's, 2 means it could not run. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await runCommand(args, terminal);
  } catch (error) {
    if (error instanceof CommandError) terminal.err(`steadystate: ${visible(error.message)}\n`);
    else terminal.err(`steadystate: Something went wrong inside steadystate: ${errorText(error)}\n`);
    return 2;
  }
}

async function runCommand([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === '--version' || name === '-v') {
    terminal.out(`${tool.version}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const named = commands.find((command) => command.name === rest[0]);
    terminal.out(named ? commandHelp(named) : generalHelp());
    return 0;
  }
  const names = commands.map((command) => command.name);
  if (name === undefined)
    throw new CommandError(`Name a command: ${names.join(', ')}. 'steadystate --help' explains them.`);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const what = name.startsWith('-') ? 'flag' : 'command';
    throw new CommandError(
      `There is no ${what} '${name}'${didYouMean(name, names)} The commands are ${names.join(', ')}.`,
    );
  }
  const given = readArguments(command, rest);
  if (!given.has('help')) return command.run(given, terminal);
  terminal.out(commandHelp(command));
  return 0;
}

function generalHelp(): string {
  const heads = commands.map((command) => `${command.name} ${command.usage}`.trim());
  const width = Math.max(...heads.map((head) => head.length));
  const lines = commands.map((command, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${command.summary}`);
  return `Says before you push whether an Amazon ECS deployment will reach a steady state.

Usage: steadystate <command> [flags]

${lines.join('\n')}

'steadystate <command> --help' lists a command's flags. '--version' prints the version.

Exit codes: 0 nothing at or above --fail-on was found, 1 something was, 2 it could not run.
`;
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
