// `ruby app.rb`, and scripts of Ruby that stand for a command: `ruby bin/rails server`.

import { dirname } from '../../base/uri.ts';
import type { Value } from '../../facts/value.ts';
import { argumentsOf, runs, serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { programListens } from '../program.ts';
import { startedByScript } from '../ruby/started.ts';
import { lastSegment, wordText } from '../text.ts';

const commands = /^(?:rails|puma|rackup|bundle|rake|unicorn|thin|falcon|sidekiq|thrust|spring)$/;

export const ruby: Launcher = {
  id: 'ruby',
  runs: (command) => /^j?ruby[\d.]*$/.test(command),
  resolve(process) {
    const words = argumentsOf(process);
    for (let index = 0; index < words.length; index++) {
      const word = words[index];
      if (word?.state !== 'known') return unknownOutcome(process, 'the arguments of ruby are open');
      if (word.value === '-run') return library(process, words.slice(index + 1));
      if (word.value === '-e') return unknownOutcome(process, 'ruby runs text given with -e');
      if (/^-[CIr]$/.test(word.value)) index++;
      else if (!word.value.startsWith('-')) return script(process, word.value, words.slice(index));
    }
    return unknownOutcome(process, 'ruby is started without a program');
  },
};

function script(process: ContainerProcess, path: string, words: readonly Value<string>[]): Outcome {
  if (commands.test(lastSegment(path))) return runs(process, words);
  const entry = workspaceFile(process, path);
  if (entry === undefined) return unknownOutcome(process, `${path} is not among the files in view`);
  const listens = programListens({
    process,
    entry,
    main: true,
    arguments: words.slice(1),
    folders: [dirname(entry)],
    containerFolders: [process.workingDirectory],
  });
  const started = listens.state === 'known' ? undefined : startedByScript(process, entry, words.slice(1));
  if (started === 'open') {
    return unknownOutcome(process, `what ${process.shownPath(entry)} starts is computed`, entry);
  }
  return started === undefined ? { kind: 'listens', listens, program: entry } : { kind: 'run', process: started };
}

/** `ruby -run -e httpd . -p 8000`: https://docs.ruby-lang.org/en/3.4/UN.html */
function library(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const flags = parseFlags(words, {
    valued: [
      ['-e', '-ehttpd'],
      ['--port', '-p'],
      ['--bind-address', '-b'],
    ],
  });
  const name = flags.last('-e');
  if (name === undefined || wordText(name) !== 'httpd')
    return unknownOutcome(process, 'what ruby -run does is not known');
  const [port, host] = [flags.last('--port'), flags.last('--bind-address')];
  return serverListens(process, { server: 'un.rb', port, host, defaults: { port: 8080, host: '0.0.0.0' } });
}
