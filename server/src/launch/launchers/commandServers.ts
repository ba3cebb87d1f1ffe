// Servers and tools of the table `aws/commandServers.ts`: mlflow, jupyter, vLLM, Medusa, n8n and their like, by the words
// of the command. Gradio's own command runs the program.

import { type CommandServer, commandServers, quietCommands } from '../../aws/commandServers.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone, runs, serverListens } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';

const names = new Set([
  'gradio',
  ...[...commandServers.flatMap(({ commands }) => commands), ...quietCommands].map((words) => words.split(' ')[0]),
]);

export const commandServer: Launcher = {
  id: 'commandServer',
  runs: (command) => names.has(command),
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    const words = argumentsOf(process);
    // `gradio app.py` runs the program and watches it.
    if (command === 'gradio') return runs(process, [known('python', process.argv[0]?.at ?? nowhere), ...words]);
    const found = servingCommand(command, words);
    if (found !== undefined) return runServer(process, found.server, found.flags);
    const plain = parseFlags(words, { valued: [] }).positionals;
    if (quietCommands.some((quiet) => startsWith(quiet, command, plain))) return listensNone(process);
    const subcommand = plain[0] === undefined ? '' : ` ${wordText(plain[0])}`;
    return unknownOutcome(process, `what \`${command}${subcommand}\` listens on is not known`);
  },
};

const nowhere = { uri: '', span: { start: 0, end: 0 } };

/** The words of the command that `python -m module` stands for. */
export function commandOfModule(module: string): readonly string[] | undefined {
  const server = commandServers.find((candidate) => candidate.module === module);
  const named =
    server ?? commandServers.find(({ commands }) => commands.some((words) => words.split(' ')[0] === module));
  return server?.commands[0]?.split(' ') ?? (named === undefined ? undefined : [module]);
}

/** `celery -A app flower --port=5555` */
export function runFlower(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const found = servingCommand('flower', words);
  return found === undefined
    ? unknownOutcome(process, 'what `celery flower` listens on is not known')
    : runServer(process, found.server, found.flags);
}

/** The server whose command has most of the words in common. */
function servingCommand(command: string, words: readonly Value<string>[]) {
  let best: { readonly server: CommandServer; readonly flags: Flags; readonly length: number } | undefined;
  for (const server of commandServers) {
    for (const candidate of server.commands) {
      if (candidate !== command && !candidate.startsWith(`${command} `)) continue;
      const flags = parseFlags(words, {
        valued: [server.portFlags, server.hostFlags, [server.configFlag ?? '']],
        ignored: server.valued ?? [],
      });
      const { length } = candidate;
      if (length > (best?.length ?? 0) && startsWith(candidate, command, flags.positionals)) {
        best = { server, flags, length };
      }
    }
  }
  return best;
}

function startsWith(words: string, command: string, positionals: readonly Value<string>[]): boolean {
  const [first, ...rest] = words.split(' ');
  return first === command && rest.every((word, index) => wordText(positionals[index] ?? noWord) === word);
}

const noWord: Value<string> = { state: 'absent', at: nowhere };

function runServer(process: ContainerProcess, server: CommandServer, flags: Flags): Outcome {
  const command = lastSegment(knownCommand(process) ?? '');
  const name = server.name ?? command;
  const setting = (option: string | undefined, variables: readonly string[] | undefined) => {
    const [flag, variable] = [flags.last(option ?? ''), variableOf(process, variables)];
    return server.variablesFirst ? (variable ?? flag) : (flag ?? variable);
  };
  const port = setting(server.portFlags[0], server.portVariables);
  if (port === undefined && flags.open !== undefined) {
    return unknownOutcome(process, `the arguments of ${name} are open`);
  }
  if (port === undefined && server.configFlag !== undefined && flags.last(server.configFlag) !== undefined) {
    return unknownOutcome(process, `the configuration of ${name} may name the port and is not read`);
  }
  const given = setting(server.hostFlags[0], server.hostVariables) ?? bareHost(process, server);
  const inDoubt = server.host === undefined ? dynamic('', noWord.at, 'its default depends on the machine') : undefined;
  return serverListens(process, {
    server: name,
    port: port?.state === 'known' ? { ...port, value: port.value.replace(/^tcp:\/\/[^:]*:/, '') } : port,
    host: given?.state === 'known' && given.value === '*' ? { ...given, value: '0.0.0.0' } : (given ?? inDoubt),
    defaults: { port: server.port, host: server.host ?? '0.0.0.0' },
  });
}

/** `--host` as the last word, without a value, asks for every interface. */
function bareHost({ argv }: ContainerProcess, { hostFlags }: CommandServer): Value<string> | undefined {
  const last = argv.at(-1);
  return last && hostFlags.includes(wordText(last)) ? known('0.0.0.0', last.at) : undefined;
}

function variableOf(process: ContainerProcess, variables: readonly string[] = []): Value<string> | undefined {
  for (const name of variables) {
    const value = process.environment.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
