// PHP on the command line: its own web server, Laravel's and Symfony's commands, and scripts.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, bindsListen, containerPath, listensNone, serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import { programOutcome } from './programOutcome.ts';

/** Commands of Laravel and Symfony that open no port: workers, schedulers, migrations, caches. */
const portless =
  /^(?:queue|schedule|horizon|migrate|db|config|route|view|cache|optimize|storage|key|event|make|package|passport|scout|telescope|tinker|app|messenger|doctrine|assets|lint|debug|secrets|about|inspire|up|down|pulse|nova|filament|livewire|icons|permission|sanctum|jwt|octane:(?:status|stop|reload|install))(?::|$)/;

export const php: Launcher = {
  id: 'php',
  runs: (command) => /^php[\d.]*$/.test(command),
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['-S'], ['-t'], ['-d', '--define'], ['-c', '--php-ini'], ['-f', '--file'], ['-r', '--run'], ['-z']],
      stopsAtPositional: true,
    });
    const address = flags.last('-S');
    if (address !== undefined) {
      return bindsListen(process, "PHP's own server", [address], { port: 80, host: '127.0.0.1' });
    }
    if (flags.open !== undefined) return unknownOutcome(process, 'the arguments of php are open');
    if (flags.has('-v', '-i', '-m', '-l') || flags.last('-r') !== undefined) return listensNone(process);
    const script = flags.last('-f') ?? flags.rest[0];
    if (script === undefined) return listensNone(process);
    if (script.state !== 'known')
      return unknownOutcome(process, `the script \`${wordText(script)}\` that php runs is open`);
    return runScript(process, script.value, flags.rest.slice(1));
  },
};

/** `artisan` and `bin/console` called by their own path. */
export const phpConsole: Launcher = {
  id: 'phpConsole',
  runs: (command) => command === 'artisan' || command === 'console' || command === 'composer',
  resolve(process) {
    const [first] = process.argv;
    const path = first === undefined ? '' : wordText(first);
    if (lastSegment(path) === 'composer')
      return unknownOutcome(process, 'what a script of Composer runs is not followed');
    return runScript(process, path, argumentsOf(process));
  },
};

function runScript(process: ContainerProcess, path: string, words: readonly Value<string>[]): Outcome {
  const name = lastSegment(path);
  if (name === 'artisan' || name === 'console' || name === 'please') return runConsole(process, words);
  const uri = workspaceFile(process, path);
  if (uri === undefined) {
    return unknownOutcome(process, `${containerPath(process, path)}, which php runs, is not among the files in view`);
  }
  return programOutcome(process, uri, { main: true, arguments: words, language: 'php' });
}

function runConsole(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const flags = parseFlags(words, {
    valued: [
      ['--host'],
      ['--port', '-p'],
      ['--server'],
      ['--workers'],
      ['--max-requests'],
      ['--admin-port'],
      ['--rpc-port'],
      ['--rpc-host'],
      ['--tries'],
      ['--env'],
    ],
  });
  const [command] = flags.positionals;
  if (command?.state !== 'known' || flags.open !== undefined) {
    return unknownOutcome(process, `the command of the console is open`);
  }
  switch (command.value) {
    case 'serve':
      return artisanServe(process, flags.last('--port'), flags.last('--host'));
    case 'octane:start':
    case 'octane:swoole':
    case 'octane:roadrunner':
    case 'octane:frankenphp':
      return serverListens(process, {
        server: 'Laravel Octane',
        port: flags.last('--port'),
        host: flags.last('--host'),
        portVariable: 'OCTANE_PORT',
        hostVariable: 'OCTANE_HOST',
        defaults: commandDefaults.octane,
      });
    case 'reverb:start':
      return serverListens(process, {
        server: 'Laravel Reverb',
        port: flags.last('--port'),
        host: flags.last('--host'),
        portVariable: 'REVERB_SERVER_PORT',
        hostVariable: 'REVERB_SERVER_HOST',
        defaults: commandDefaults.reverb,
      });
    default:
      if (portless.test(command.value)) return listensNone(process);
      return unknownOutcome(process, `what the console command \`${command.value}\` listens on is not known`);
  }
}

/** `--host=0.0.0.0:8080` names both. */
function artisanServe(
  process: ContainerProcess,
  port: Value<string> | undefined,
  host: Value<string> | undefined,
): Outcome {
  if (port === undefined && host?.state === 'known' && /:\d+$/.test(host.value)) {
    return bindsListen(process, 'artisan serve', [host], commandDefaults.artisanServe);
  }
  return serverListens(process, {
    server: 'artisan serve',
    port,
    host,
    portVariable: 'SERVER_PORT',
    hostVariable: 'SERVER_HOST',
    defaults: commandDefaults.artisanServe,
  });
}

/** `symfony server:start`, `symfony serve`. https://symfony.com/doc/current/setup/symfony_cli.html */
export const symfony: Launcher = {
  id: 'symfony',
  runs: (command) => command === 'symfony',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--port'], ['--listen-ip'], ['--dir'], ['--document-root']],
    });
    const name = wordText(flags.positionals[0] ?? known('', { uri: '', span: { start: 0, end: 0 } }));
    if (!/^(?:local:)?(?:server:start|serve)$/.test(name)) {
      return unknownOutcome(process, `what \`symfony ${name}\` listens on is not known`);
    }
    const everywhere = flags.has('--allow-all-ip');
    const host = everywhere
      ? known('0.0.0.0', process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } })
      : undefined;
    return serverListens(process, {
      server: 'the Symfony CLI',
      port: flags.last('--port'),
      host: host ?? flags.last('--listen-ip'),
      defaults: commandDefaults.symfony,
    });
  },
};
