// PHP on the command line: its own web server, Laravel's and Symfony's commands, and scripts.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, bindsListen, containerPath, listensNone, runs, serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile, dataValue } from '../settingsFiles.ts';
import { lastSegment, step, wordText } from '../text.ts';
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
  runs: (command) => /^(?:artisan|console|composer|yii|spark|cake|think)$/.test(command),
  resolve(process) {
    const [first] = process.argv;
    const path = first === undefined ? '' : wordText(first);
    if (lastSegment(path) === 'composer') return runComposer(process, argumentsOf(process));
    return runScript(process, path, argumentsOf(process));
  },
};

/** `composer start`, `composer run start`: shell texts of composer.json. https://getcomposer.org/doc/articles/scripts.md */
function runComposer(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const flags = parseFlags(words, { valued: [['--working-dir', '-d']] });
  const [command, script] = flags.positionals;
  const name = /^run(?:-script)?$/.test(wordText(command ?? noWord)) ? script : command;
  if (name?.state !== 'known') return unknownOutcome(process, 'what composer runs is open');
  if (/^(?:install|update|dump-autoload|require|i|u)$/.test(name.value)) return listensNone(process);
  const file = dataFile(process, 'composer.json');
  const single = dataValue(process, file, `scripts.${name.value}`);
  const lines = single === undefined ? linesOf(process, file, name.value) : [single];
  const texts = lines.flatMap((line) => (line.state === 'known' ? [line.value] : []));
  const commands = texts.filter((text) => !/^[\w\\]+::\w+$/.test(text)).map((text) => text.replace(/^@php\b/, 'php'));
  const [first] = lines;
  if (first?.state !== 'known' || texts.length < lines.length || commands.some((text) => text.startsWith('@'))) {
    return unknownOutcome(process, `what the script "${name.value}" of composer.json runs is not known`);
  }
  const at = process.argv[0]?.at ?? first.at;
  const whole = commands.length === 1 && lines.length === 1 ? first : known(commands.join(' && '), first.at);
  const text = { ...whole, value: commands.join(' && ') };
  return runs(process, [known('sh', at), known('-c', at), text], step(first.at, `"${name.value}": "${text.value}"`));
}

function linesOf(process: ContainerProcess, file: ConfigFile | undefined, name: string): readonly Value<string>[] {
  const keys = (file?.entries ?? []).map(({ key }) => key).filter((key) => key.startsWith(`scripts.${name}[`));
  return keys.flatMap((key) => dataValue(process, file, key) ?? []);
}

const noWord: Value<string> = { state: 'absent', at: { uri: '', span: { start: 0, end: 0 } } };

function runScript(process: ContainerProcess, path: string, words: readonly Value<string>[]): Outcome {
  const name = lastSegment(path);
  if (name === 'artisan' || name === 'console' || name === 'please') return runConsole(process, words);
  const development = Object.hasOwn(developmentServers, name) ? developmentServers[name] : undefined;
  if (development !== undefined) return runDevelopmentServer(process, name, development, words);
  const uri = workspaceFile(process, path);
  if (uri === undefined) {
    return unknownOutcome(process, `${containerPath(process, path)}, which php runs, is not among the files in view`);
  }
  return programOutcome(process, uri, { main: true, arguments: words, language: 'php' });
}

interface DevelopmentServer {
  readonly command: string;
  readonly port: number;
  readonly host: string;
  readonly portFlags: readonly string[];
  readonly hostFlags: readonly string[];
  readonly source: string;
}

/** Consoles of frameworks that start PHP's own server. */
const developmentServers: Readonly<Record<string, DevelopmentServer>> = {
  yii: {
    command: 'serve',
    port: 8080,
    host: 'localhost',
    portFlags: ['--port', '-p'],
    hostFlags: [],
    source: 'https://www.yiiframework.com/doc/guide/2.0/en/start-installation',
  },
  spark: {
    command: 'serve',
    port: 8080,
    host: 'localhost',
    portFlags: ['--port'],
    hostFlags: ['--host'],
    source: 'https://codeigniter.com/user_guide/installation/running.html',
  },
  cake: {
    command: 'server',
    port: 8765,
    host: 'localhost',
    portFlags: ['--port', '-p'],
    hostFlags: ['--host', '-H'],
    source: 'https://book.cakephp.org/5/en/console-commands/server.html',
  },
  think: {
    command: 'run',
    port: 8000,
    host: '0.0.0.0',
    portFlags: ['--port', '-p'],
    hostFlags: ['--host', '-H'],
    source: 'https://doc.thinkphp.cn/v8_0/built-in_server.html',
  },
};

function runDevelopmentServer(
  process: ContainerProcess,
  name: string,
  server: DevelopmentServer,
  words: readonly Value<string>[],
): Outcome {
  const flags = parseFlags(words, { valued: [server.portFlags, server.hostFlags] });
  const [command, address] = flags.positionals;
  if (command?.state !== 'known' || flags.open !== undefined) {
    return unknownOutcome(process, 'the command of the console is open');
  }
  if (command.value !== server.command) {
    return unknownOutcome(process, `what \`${name} ${command.value}\` listens on is not known`);
  }
  const given = name === 'yii' ? address : undefined;
  if (given?.state === 'known' && given.value.includes(':')) return bindsListen(process, name, [given], server);
  const host = given ?? flags.last(server.hostFlags[0] ?? '');
  const port = flags.last(server.portFlags[0] ?? '');
  return serverListens(process, { server: `${name} ${server.command}`, port, host, defaults: server });
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
    case 'server:run':
      return bindsListen(process, 'server:run', flags.positionals.slice(1), { port: 8000, host: '127.0.0.1' });
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
