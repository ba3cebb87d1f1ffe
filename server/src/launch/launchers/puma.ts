// puma: `-b` and `-p` replace what its configuration file binds; else 0.0.0.0:9292.
// https://github.com/puma/puma 8.0.2 lib/puma/cli.rb and lib/puma/configuration.rb, and puma 5.6.5 as it runs

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import { joinUri } from '../../base/uri.ts';
import type { Value } from '../../facts/value.ts';
import { argumentsOf, bindsListen, serverListens, workspaceFile } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { environmentOf } from '../ruby/environment.ts';
import { isInView, pumaBinds, pumaConfig, pumaControl } from '../ruby/puma.ts';

const { puma: defaults } = commandDefaults;

const valued = [
  ['--bind', '-b'],
  ['--port', '-p'],
  ['--config', '-C'],
  ['--environment', '-e'],
  ['--dir'],
  ['--threads', '-t'],
  ['--workers', '-w'],
  ['--state', '-S'],
  ['--include', '-I'],
  ['--control-url'],
  ['--control', '--control-token'],
  ['--pidfile'],
  ['--tag'],
  ['--redirect-stdout'],
  ['--redirect-stderr'],
  ['--log-requests-file'],
] as const;

export const puma: Launcher = {
  id: 'puma',
  runs: (command) => command === 'puma' || command === 'pumactl',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued });
    const folder = flags.last('--dir');
    const inFolder: ContainerProcess =
      folder?.state === 'known'
        ? { ...process, workingDirectory: joinUri(process.workingDirectory, folder.value) }
        : process;
    const program = workspaceFile(inFolder, 'config.ru');
    const binds = [...flags.all('--bind'), ...flags.all('--port')];
    if (binds.length > 0) {
      const config = configFile(inFolder, flags);
      const control = controlOf(inFolder, flags, config.kind === 'file' ? config.uri : undefined);
      return bindsListen(process, 'puma', [...binds, ...control], defaults, program);
    }
    if (flags.open !== undefined) return unknownOutcome(process, 'the arguments of puma are open', program);
    return fromConfig(inFolder, flags, program);
  },
};

function fromConfig(process: ContainerProcess, flags: Flags, program: Uri | undefined): Outcome {
  const config = configFile(process, flags);
  if (config.kind === 'unknown') return unknownOutcome(process, config.reason, program);
  const control = controlOf(process, flags, config.uri);
  const found = config.uri === undefined ? undefined : pumaBinds(process, config.uri, defaults.host);
  if (found?.kind === 'unknown') return unknownOutcome(process, found.reason, program);
  const binds = found === undefined || found.binds.length === 0 ? [] : [...found.binds, ...control];
  if (binds.length > 0) return bindsListen(process, 'puma', binds, defaults, program);
  const own = serverListens(process, { server: 'puma', port: undefined, host: undefined, defaults }, program);
  return control.length === 0 ? own : beside(process, own, control);
}

/** The address of the control server, where it is one that traffic can be sent to. */
function controlOf(process: ContainerProcess, flags: Flags, config: Uri | undefined): readonly Value<string>[] {
  const flag = flags.last('--control-url');
  const url = flag ?? (config === undefined ? undefined : pumaControl(process, config));
  return url?.state === 'known' && /^(?:tcp|ssl):/.test(url.value) ? [url] : [];
}

function beside(process: ContainerProcess, own: Outcome, control: readonly Value<string>[]): Outcome {
  const more = bindsListen(process, 'puma', control, defaults);
  if (own.kind !== 'listens' || more.kind !== 'listens') return own;
  if (own.listens.state !== 'known' || more.listens.state !== 'known') return own;
  return { ...own, listens: { state: 'known', ports: [...own.listens.ports, ...more.listens.ports] } };
}

type ConfigPath =
  | { readonly kind: 'file'; readonly uri: Uri | undefined }
  | { readonly kind: 'unknown'; readonly reason: string };

function configFile(process: ContainerProcess, flags: Flags): ConfigPath {
  const given: Value<string> | undefined = flags.last('--config');
  if (given !== undefined) {
    if (given.state !== 'known') return { kind: 'unknown', reason: `puma's configuration file is open` };
    if (given.value === '-') return { kind: 'file', uri: undefined };
    const uri = workspaceFile(process, given.value);
    const reason = `puma's configuration ${given.value} is not among the files in view`;
    return uri === undefined ? { kind: 'unknown', reason } : { kind: 'file', uri };
  }
  const environment = environmentOf(process, flags.last('--environment'), ['APP_ENV', 'RACK_ENV', 'RAILS_ENV']);
  const uri = pumaConfig(process, environment ?? 'development');
  if (uri === undefined && !isInView(process)) {
    return { kind: 'unknown', reason: 'the folder that puma looks for its configuration in is not in view' };
  }
  return { kind: 'file', uri };
}
