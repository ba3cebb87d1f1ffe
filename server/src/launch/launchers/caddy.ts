// Caddy and FrankenPHP: what their command serves. The Caddyfile and the configuration in JSON are read in `launch/caddy/`.
// https://caddyserver.com/docs/command-line

import { factOf } from '../../facts/fileFacts.ts';
import { known } from '../../facts/value.ts';
import {
  argumentsOf,
  bindsListen,
  containerPath,
  knownCommand,
  listensNone,
  openPortReason,
  workspaceFile,
} from '../argv.ts';
import { caddyfileListens, sitesListen } from '../caddy/addresses.ts';
import { readCaddyfile } from '../caddy/caddyfile.ts';
import { caddyJsonListens } from '../caddy/json.ts';
import { containerTexts } from '../containerTexts.ts';
import { type Flags, parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';

export const caddy: Launcher = {
  id: 'caddy',
  runs: (command) => command === 'caddy' || command === 'frankenphp',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['--config', '-config', '-c'],
        ['--adapter', '-adapter', '-a'],
        ['--listen', '-l'],
        ['--from', '-f'],
        ['--to', '-t'],
        ['--root', '-r'],
        ['--domain', '-d'],
        ['--envfile'],
      ],
    });
    if (flags.open !== undefined) return unknownOutcome(process, 'the arguments of Caddy are open');
    const verb = flags.positionals[0] === undefined ? '' : wordText(flags.positionals[0]);
    switch (verb) {
      case 'run':
      case 'start':
        return runConfig(process, flags);
      case 'file-server':
      case 'php-server':
        return fileServer(process, flags);
      case 'reverse-proxy':
        return serves(process, flags, '--from', 'localhost');
      case 'respond':
        return bindsListen(process, 'caddy respond', flags.all('--listen'), { port: 80, host: '0.0.0.0' });
      case '':
        return unknownOutcome(process, 'what Caddy runs without a command is not known');
      default:
        return listensNone(process);
    }
  },
};

function placeOf(process: ContainerProcess) {
  return process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
}

/** `--listen`, else `--domain`, else port 80. https://caddyserver.com/docs/command-line#caddy-file-server */
function fileServer(process: ContainerProcess, flags: Flags): Outcome {
  const listen = flags.last('--listen');
  if (listen !== undefined) return bindsListen(process, 'Caddy', [listen], { port: 80, host: '0.0.0.0' });
  return serves(process, flags, '--domain', ':80');
}

/** The one site that a flag names. */
function serves(process: ContainerProcess, flags: Flags, flag: string, otherwise: string): Outcome {
  const address = flags.last(flag) ?? known(otherwise, placeOf(process));
  if (address.state !== 'known') return unknownOutcome(process, openPortReason('Caddy', address));
  return sitesListen(process, [{ addresses: [address], body: [] }]);
}

function runConfig(process: ContainerProcess, flags: Flags): Outcome {
  const given = flags.last('--config');
  if (given !== undefined && given.state !== 'known') return unknownOutcome(process, "Caddy's configuration is open");
  const isPhp = lastSegment(knownCommand(process) ?? '') === 'frankenphp';
  const folders = isPhp ? ['/etc/frankenphp/Caddyfile', '/etc/caddy/Caddyfile'] : [];
  const candidates =
    given === undefined ? [containerPath(process, 'Caddyfile'), ...folders] : [containerPath(process, given.value)];
  const adapter = wordText(flags.last('--adapter') ?? known('', placeOf(process)));
  const texts = containerTexts(process);
  const path = candidates.find((file) => texts.read(file) !== undefined);
  if (path !== undefined && /caddyfile/i.test(lastSegment(path) + adapter)) {
    const file = readCaddyfile(process, texts, path);
    if (file !== undefined) {
      return 'problem' in file ? unknownOutcome(process, file.problem) : caddyfileListens(process, file);
    }
  }
  const uri = given === undefined || adapter !== '' ? undefined : workspaceFile(process, given.value);
  const json = uri === undefined ? undefined : factOf(process.files.facts(uri, 'configFile'), 'configFile');
  if (json?.complete) return caddyJsonListens(process, json.entries);
  return unknownOutcome(
    process,
    `Caddy's configuration ${given?.value ?? 'Caddyfile'} is not among the files in view, or not read`,
  );
}
