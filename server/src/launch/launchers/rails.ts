// `rails server`: options, PORT and BINDING, then config/puma.rb, then 3000; localhost in development, every interface in
// other environments. https://github.com/rails/rails main, August 2026, railties/lib/rails/commands/server/server_command.rb
// and https://github.com/puma/puma 8.0.2 lib/rack/handler/puma.rb

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { argumentsOf, bindsListen, listensNone, serverListens, workspaceFile } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { environmentOf } from '../ruby/environment.ts';
import { isInView, pumaBinds, pumaConfig } from '../ruby/puma.ts';
import { step, wordText } from '../text.ts';

const { rails: defaults } = commandDefaults;

const valued = [
  ['--port', '-p'],
  ['--binding', '-b'],
  ['--environment', '-e'],
  ['--config', '-c'],
  ['--using', '-u'],
  ['--pid', '-P'],
] as const;

export const rails: Launcher = {
  id: 'rails',
  runs: (command) => command === 'rails',
  resolve(process) {
    const [first, ...rest] = argumentsOf(process);
    if (first?.state !== 'known') return unknownOutcome(process, 'what rails runs is open');
    if (first.value === 'server' || first.value === 's') return server(process, rest);
    const ends = /^(?:db|assets|runner|r|console|c|generate|g|credentials|routes|test|log|tmp|action_text|data)(?::|$)/;
    const works = /^(?:solid_queue|jobs|resque|good_job|que|sidekiq)(?::|$)/;
    if (ends.test(first.value) || works.test(first.value)) return listensNone(process);
    return unknownOutcome(process, `what \`rails ${first.value}\` runs is not known`);
  },
};

function server(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const flags = parseFlags(words, { valued });
  const program = workspaceFile(process, wordText(flags.last('--config') ?? known('config.ru', nowhere)));
  if (flags.open !== undefined) return unknownOutcome(process, 'the arguments of rails server are open', program);
  const environment = environmentOf(process, flags.last('--environment'), ['RAILS_ENV', 'RACK_ENV']);
  const port = flags.last('--port') ?? process.environment.get('PORT');
  const host = flags.last('--binding') ?? process.environment.get('BINDING');
  const bound = host ?? defaultHost(process, flags, environment);
  // HOST alone names no address, but makes Rails hand its own over.
  if (port !== undefined || host !== undefined || process.environment.named('HOST')) {
    return serverListens(process, { server: 'Rails', port, host: bound, defaults }, program);
  }
  return fromConfig(process, environment, bound, program);
}

const nowhere = { uri: '', span: { start: 0, end: 0 } };

function defaultHost(process: ContainerProcess, flags: Flags, environment: string | undefined): Value<string> {
  const at = flags.last('--environment')?.at ?? process.argv[0]?.at ?? nowhere;
  if (environment === undefined) return dynamic('', at, 'the environment that rails runs in is open');
  const host = environment === 'development' ? 'localhost' : '0.0.0.0';
  return known(host, at, [step(at, `Rails binds ${host} in ${environment}`)]);
}

function fromConfig(
  process: ContainerProcess,
  environment: string | undefined,
  host: Value<string>,
  program: Uri | undefined,
): Outcome {
  if (environment === undefined || host.state !== 'known') {
    return unknownOutcome(process, 'the environment that rails runs in is open', program);
  }
  const uri = pumaConfig(process, environment);
  if (uri === undefined && !isInView(process)) {
    return unknownOutcome(process, 'the folder that Rails runs in is not in view', program);
  }
  const found = uri === undefined ? undefined : pumaBinds(process, uri, wordText(host));
  if (found?.kind === 'unknown') return unknownOutcome(process, found.reason, program);
  if (found !== undefined && found.binds.length > 0) {
    return bindsListen(process, 'Rails', found.binds, defaults, program);
  }
  return serverListens(process, { server: 'Rails', port: undefined, host, defaults }, program);
}
