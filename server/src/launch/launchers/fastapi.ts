// `fastapi run` and `fastapi dev`: flags only.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import { argumentsOf, serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';

export const fastapi: Launcher = {
  id: 'fastapi',
  runs: (command) => command === 'fastapi',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--port'], ['--host']],
      ignored: ['--workers', '--root-path', '--app', '--entrypoint', '-e', '--forwarded-allow-ips'],
    });
    const [command, path] = flags.positionals;
    const mode = command?.state === 'known' ? command.value : '';
    if (mode !== 'run' && mode !== 'dev') return unknownOutcome(process, 'fastapi is not told to run');
    const program = path?.state === 'known' ? workspaceFile(process, path.value) : undefined;
    const port = flags.last('--port');
    if (flags.open !== undefined && port === undefined) {
      return unknownOutcome(process, 'the arguments of fastapi are open', program);
    }
    const defaults = mode === 'run' ? commandDefaults.fastapiRun : commandDefaults.fastapiDev;
    return serverListens(process, { server: `fastapi ${mode}`, port, host: flags.last('--host'), defaults }, program);
  },
};
