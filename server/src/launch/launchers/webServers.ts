// Small web servers and proxies that are told everything on the command line or by their environment.

import type { Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, bindsListen, knownCommand, serverListens } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import { sliceWord } from '../words.ts';

interface WebServer {
  readonly name: string;
  readonly port: readonly string[];
  readonly host: readonly string[];
  readonly portVariable?: string;
  readonly hostVariable?: string;
  readonly defaults: { readonly port: number; readonly host: string };
  /** Other options that take a value. */
  readonly valued?: readonly string[];
}

const EVERYWHERE = '0.0.0.0';

/** The manuals named, November 2026. */
const servers: Readonly<Record<string, WebServer>> = {
  // https://static-web-server.net/configuration/command-line-arguments/, version 2; the image says it for later ones
  'static-web-server': {
    name: 'static-web-server',
    port: ['--port', '-p'],
    host: ['--host', '-a'],
    portVariable: 'SERVER_PORT',
    hostVariable: 'SERVER_HOST',
    defaults: { port: 80, host: EVERYWHERE },
    valued: ['--root', '-d', '--log-level', '-g', '--config-file', '-w'],
  },
  // https://github.com/emikulic/darkhttpd: 8080, or 80 for root.
  darkhttpd: {
    name: 'darkhttpd',
    port: ['--port'],
    host: ['--addr'],
    defaults: { port: 80, host: EVERYWHERE },
    valued: ['--maxconn', '--log', '--chroot', '--index', '--uid', '--gid', '--pidfile', '--mimetypes'],
  },
  // https://github.com/svenstaro/miniserve
  miniserve: {
    name: 'miniserve',
    port: ['--port', '-p'],
    host: ['--interfaces', '-i'],
    portVariable: 'MINISERVE_PORT',
    defaults: { port: 8080, host: EVERYWHERE },
    valued: ['--index', '--auth', '-a'],
  },
};

export const webServers: Launcher = {
  id: 'webServers',
  runs: (command, process) => Object.hasOwn(servers, command) || isBusyBox(command, process) || command === 'varnishd',
  resolve(process) {
    const command = lastSegment(knownCommand(process) ?? '');
    if (command === 'busybox') return busyBox({ ...process, argv: process.argv.slice(1) });
    if (command === 'varnishd') return varnish(process);
    const server = servers[command];
    if (server === undefined) return unknownOutcome(process, `the command \`${command}\` is not known`);
    const flags = parseFlags(argumentsOf(process), {
      valued: [server.port, server.host],
      ignored: server.valued ?? [],
    });
    if (flags.open !== undefined) return unknownOutcome(process, `the arguments of ${server.name} are open`);
    return serverListens(process, {
      server: server.name,
      port: flags.last(server.port[0] ?? ''),
      host: flags.last(server.host[0] ?? ''),
      defaults: { ...server.defaults, port: portOfImage(process, command) ?? server.defaults.port },
      ...(server.portVariable === undefined ? {} : { portVariable: server.portVariable }),
      ...(server.hostVariable === undefined ? {} : { hostVariable: server.hostVariable }),
    });
  },
};

function portOfImage({ base }: ContainerProcess, command: string): number | undefined {
  return lastSegment(base?.cmd?.[0] ?? '') === command ? base?.ports?.[0] : undefined;
}

function isBusyBox(command: string, process: ContainerProcess): boolean {
  const [, applet] = process.argv;
  return command === 'busybox' && applet !== undefined && wordText(applet) === 'httpd';
}

/** `busybox httpd -f -v -p 127.0.0.1:8080`; 80 without `-p`. https://busybox.net/downloads/BusyBox.html#httpd */
function busyBox(process: ContainerProcess): Outcome {
  const flags = parseFlags(argumentsOf(process), { valued: [['-p'], ['-h'], ['-c'], ['-u'], ['-r'], ['-e'], ['-d']] });
  return bindsListen(process, 'httpd of BusyBox', [addressOr(process, flags.last('-p'), ':80')], {
    port: 80,
    host: EVERYWHERE,
  });
}

/** https://varnish-cache.org/docs/trunk/reference/varnishd.html: `-a [name=]address[,PROTO]`, 80 without one. */
function varnish(process: ContainerProcess): Outcome {
  const flags = parseFlags(argumentsOf(process), {
    valued: [
      ['-a'],
      ['-f'],
      ['-b'],
      ['-s'],
      ['-T'],
      ['-p'],
      ['-S'],
      ['-n'],
      ['-t'],
      ['-l'],
      ['-i'],
      ['-h'],
      ['-j'],
      ['-r'],
      ['-x'],
      ['-I'],
      ['-M'],
      ['-P'],
    ],
  });
  const given = flags.all('-a').map((word): Value<string> => {
    if (word.state !== 'known') return word;
    const [, name = '', address = ''] = /^(\w+=)?([^,]*)/.exec(word.value) ?? [];
    return sliceWord(word, name.length, name.length + address.length);
  });
  return bindsListen(process, 'Varnish', given.length > 0 ? given : [addressOr(process, undefined, ':80')], {
    port: 80,
    host: EVERYWHERE,
  });
}

function addressOr(process: ContainerProcess, value: Value<string> | undefined, otherwise: string): Value<string> {
  return value ?? known(otherwise, process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } });
}
