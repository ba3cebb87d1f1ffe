// Servers of site generators: `hugo server`, `mkdocs serve`, `jekyll serve`. They bind loopback unless they are told otherwise.

import { argumentsOf, bindsListen, knownCommand, listensNone, serverListens } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { Launcher } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';

interface SiteServer {
  readonly subcommand: RegExp;
  readonly port?: readonly string[];
  readonly host?: readonly string[];
  /** Host and port in one text. */
  readonly address?: readonly string[];
  readonly defaults: { readonly port: number; readonly host: string };
}

const servers: Readonly<Record<string, SiteServer>> = {
  // https://gohugo.io/commands/hugo_server/
  hugo: {
    subcommand: /^(?:server|serve)$/,
    port: ['--port', '-p'],
    host: ['--bind'],
    defaults: { port: 1313, host: '127.0.0.1' },
  },
  // https://www.mkdocs.org/user-guide/cli/#mkdocs-serve
  mkdocs: {
    subcommand: /^serve$/,
    address: ['--dev-addr', '-a'],
    defaults: { port: 8000, host: '127.0.0.1' },
  },
  // https://jekyllrb.com/docs/configuration/options/#serve-command-options
  jekyll: {
    subcommand: /^(?:serve|server|s)$/,
    port: ['--port', '-P'],
    host: ['--host', '-H'],
    defaults: { port: 4000, host: '127.0.0.1' },
  },
};

export const siteServers: Launcher = {
  id: 'siteServers',
  runs: (command) => Object.hasOwn(servers, command),
  resolve(process) {
    const name = lastSegment(knownCommand(process) ?? '');
    const server = servers[name];
    const [first, ...rest] = argumentsOf(process);
    if (server === undefined || first === undefined || !server.subcommand.test(wordText(first))) {
      return listensNone(process);
    }
    const { port, host, address, defaults } = server;
    const flags = parseFlags(rest, { valued: [port, host, address].filter((option) => option !== undefined) });
    const given = ([option]: readonly string[] = []) => (option === undefined ? undefined : flags.last(option));
    const bound = given(address);
    if (bound) return bindsListen(process, name, [bound], defaults);
    return serverListens(process, { server: name, port: given(port), host: given(host), defaults });
  },
};
