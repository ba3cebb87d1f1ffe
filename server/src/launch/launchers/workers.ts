// Commands that open no port: workers, migrations, and tools that end.

import { argumentsOf, listensNone } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import { opensNoPortEver } from '../knownCommands.ts';
import type { Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import { runFlower } from './commandServers.ts';

export const workers: Launcher = {
  id: 'workers',
  runs: (command) => command === 'celery' || opensNoPortEver(command),
  resolve(process) {
    const [first] = process.argv;
    if (first === undefined || lastSegment(wordText(first)) !== 'celery') return listensNone(process);
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--app', '-A'], ['--broker', '-b'], ['--workdir'], ['--config'], ['--result-backend'], ['--loader']],
      stopsAtPositional: true,
    });
    const [command] = flags.rest;
    const name = command?.state === 'known' ? command.value : '';
    if (name === 'flower') return runFlower(process, flags.rest.slice(1));
    if (/^(?:worker|beat|multi|purge|inspect|status|call)$/.test(name)) return listensNone(process);
    return unknownOutcome(process, `what \`celery ${name}\` listens on is not known`);
  },
};
