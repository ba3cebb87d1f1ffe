// rackup: `-p` and `-o`, else 9292; localhost in development, every interface in other environments.
// https://github.com/rack/rackup 2.3.1 lib/rackup/server.rb, and rack 2.2 as it runs

import { commandDefaults } from '../../aws/commandDefaults.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { environmentOf } from '../ruby/environment.ts';
import { step, wordText } from '../text.ts';

export const rackup: Launcher = {
  id: 'rackup',
  runs: (command) => command === 'rackup',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['--port', '-p'],
        ['--host', '-o'],
        ['--env', '-E'],
        ['--server', '-s'],
        ['--include', '-I'],
        ['--require', '-r'],
        ['--option', '-O'],
        ['--pid', '-P'],
        ['--builder', '-b'],
      ],
    });
    const [config] = flags.positionals;
    const program = workspaceFile(process, config === undefined ? 'config.ru' : wordText(config));
    const port = flags.last('--port');
    if (flags.open !== undefined && port === undefined) {
      return unknownOutcome(process, 'the arguments of rackup are open', program);
    }
    const facts = program === undefined ? undefined : factOf(process.files.facts(program, 'program'), 'program');
    if (port === undefined && facts?.definitions.some(({ name }) => name === '#\\')) {
      return unknownOutcome(
        process,
        `the options in ${process.shownPath(facts.at.uri)} count in old versions only`,
        program,
      );
    }
    const environment = environmentOf(process, flags.last('--env'), ['RACK_ENV']);
    const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
    const bound = environment === 'development' ? 'localhost' : '0.0.0.0';
    const host = flags.last('--host') ?? known(bound, at, [step(at, `rackup binds ${bound} in ${environment}`)]);
    return serverListens(process, { server: 'rackup', port, host, defaults: commandDefaults.rackup }, program);
  },
};
