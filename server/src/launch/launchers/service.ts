// System services that an entry script starts: `service nginx start`, `/etc/init.d/apache2 start`, `rc-service nginx start`.

import { known } from '../../facts/value.ts';
import { argumentsOf, knownCommand, listensNone } from '../argv.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';

/** The server behind a service of another name. */
const commands: Readonly<Record<string, string>> = {
  nginx: 'nginx',
  openresty: 'openresty',
  apache2: 'apache2',
  httpd: 'httpd',
  haproxy: 'haproxy',
  varnish: 'varnishd',
  supervisor: 'supervisord',
  supervisord: 'supervisord',
  'php-fpm': 'php-fpm',
};

export const service: Launcher = {
  id: 'service',
  runs: (command, process) =>
    command === 'service' || command === 'rc-service' || /^\/etc\/init\.d\/[\w.-]+$/.test(knownCommand(process) ?? ''),
  resolve(process) {
    const { name, verb } = asked(process);
    if (verb !== 'start' && verb !== 'restart') return listensNone(process);
    const version = /^php([\d.]+)-fpm$/.exec(name)?.[1];
    const command = version === undefined ? commands[name] : `php-fpm${version}`;
    const [first] = process.argv;
    if (command === undefined || first === undefined) {
      return unknownOutcome(process, `what the service \`${name}\` listens on is not known`);
    }
    return { kind: 'run', process: { ...process, argv: [known(command, first.at)] } };
  },
};

function asked(process: ContainerProcess): { readonly name: string; readonly verb: string } {
  const words = argumentsOf(process)
    .map(wordText)
    .filter((word) => !word.startsWith('-'));
  const command = knownCommand(process) ?? '';
  if (command.startsWith('/etc/init.d/')) return { name: lastSegment(command), verb: words[0] ?? '' };
  return { name: words[0] ?? '', verb: words[1] ?? '' };
}
