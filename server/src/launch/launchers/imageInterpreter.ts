// Images of interpreters, whose entry script hands words that are no command to the interpreter: `CMD ["server.js"]` on node,
// `CMD ["run", "main.ts"]` on denoland/deno.

import { known } from '../../facts/value.ts';
import { runs } from '../argv.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { wordText } from '../text.ts';

interface Interpreter {
  readonly command: string;
  readonly takes: RegExp;
  readonly source: string;
}

const interpreters: readonly Interpreter[] = [
  {
    command: 'deno',
    takes: /^(?:run|serve|task|eval|test|cache|compile|install)$/,
    source: 'https://github.com/denoland/deno_docker/blob/main/_entry.sh',
  },
  {
    command: 'bun',
    takes: /^(?:run|x|install|[\w./-]+\.[cm]?[jt]sx?)$/,
    source: 'https://github.com/oven-sh/bun/blob/main/dockerhub/debian/docker-entrypoint.sh',
  },
  {
    command: 'node',
    takes: /^[\w./-]+\.[cm]?js$/,
    source: 'https://github.com/nodejs/docker-node/blob/main/docker-entrypoint.sh',
  },
];

export const imageInterpreter: Launcher = {
  id: 'imageInterpreter',
  runs: (_command, process) => interpreterOf(process) !== undefined,
  resolve(process) {
    const [first] = process.argv;
    const interpreter = interpreterOf(process)?.command ?? '';
    return runs(process, first === undefined ? [] : [known(interpreter, first.at), ...process.argv]);
  },
};

function interpreterOf(process: ContainerProcess): Interpreter | undefined {
  const [first] = process.argv;
  const word = first === undefined ? '' : wordText(first);
  return interpreters.find(({ command, takes }) => process.base?.tools[command] === true && takes.test(word));
}
