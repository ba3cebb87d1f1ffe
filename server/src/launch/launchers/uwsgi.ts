// uWSGI: sockets on the command line, in variables and in its ini, YAML or JSON file.
// https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html

import type { Known, Value } from '../../facts/value.ts';
import { dynamic, known, withStep } from '../../facts/value.ts';
import { argumentsOf, bindsListen } from '../argv.ts';
import type { Flags } from '../flags.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile } from '../settingsFiles.ts';
import { step, wordText } from '../text.ts';
import { moduleFile } from './flask.ts';

const sockets = ['http', 'http-socket', 'https', 'https-socket', 'socket', 'uwsgi-socket', 'fastcgi-socket'];
const files = ['ini', 'yaml', 'yml', 'json'];
/** A socket always names its port. */
const defaults = { port: 0, host: '0.0.0.0' };

export const uwsgi: Launcher = {
  id: 'uwsgi',
  runs: (command) => command === 'uwsgi' || command === 'uwsgi-core' || command === 'pyuwsgi',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ...sockets.map((name) => (name === 'socket' ? ['--socket', '-s'] : [`--${name}`])),
        ...files.map((name) => [`--${name}`]),
        ['--module', '-w'],
        ['--wsgi-file', '--file'],
        ['--chdir'],
      ],
      ignored: [
        '--processes',
        '-p',
        '--threads',
        '--protocol',
        '--callable',
        '-H',
        '--home',
        '--virtualenv',
        '--pythonpath',
      ],
    });
    const module = flags.last('--module') ?? flags.last('--wsgi-file');
    const program = module?.state === 'known' ? moduleFile(process, module.value) : undefined;
    const named = configFile(process, flags);
    const file = named?.state === 'known' ? dataFile(process, named.value) : undefined;
    const binds = [
      ...sockets.flatMap((name) => flags.all(`--${name}`)),
      ...sockets.flatMap((name) => process.environment.get(`UWSGI_${name.toUpperCase().replace('-', '_')}`) ?? []),
      ...(file?.entries ?? []).flatMap(({ key, value }) => {
        const name = /^uwsgi\.([\w-]+)(?:\[\d+\])?$/.exec(key)?.[1];
        if (name === undefined || !sockets.includes(name)) return [];
        const text = `${process.shownPath(value.at.uri)} ${name} = ${wordText(value)}`;
        return [withStep(value, step(value.at, text))];
      }),
    ];
    if (binds.length > 0) {
      return bindsListen(
        process,
        'uWSGI',
        binds.map((bind) => address(process, bind)),
        defaults,
        program,
      );
    }
    if (named !== undefined && file === undefined) {
      return unknownOutcome(
        process,
        `uWSGI's configuration ${wordText(named)} is not among the files in view`,
        program,
      );
    }
    return unknownOutcome(process, 'uWSGI is given no socket in view', program);
  },
};

function configFile(process: ContainerProcess, flags: Flags): Value<string> | undefined {
  for (const name of files) {
    const given = flags.last(`--${name}`);
    if (given !== undefined) return withoutSection(given);
  }
  const given = flags.positionals.find((word) => /\.(?:ini|ya?ml|json)(?::\w*)?$/.test(wordText(word)));
  return withoutSection(given ?? process.environment.get('UWSGI_INI'));
}

/** `uwsgi.ini:production` */
function withoutSection(value: Value<string> | undefined): Value<string> | undefined {
  return value?.state === 'known' ? { ...value, value: value.value.replace(/:\w*$/, '') } : value;
}

/** A socket as an address: `:8000`, `$(PORT)` of the environment, `:443,cert.pem,key.pem`. */
function address(process: ContainerProcess, bind: Value<string>): Value<string> {
  if (bind.state !== 'known') return bind;
  const whole = bind.value.split(',')[0]?.trim() ?? '';
  let open: string | undefined;
  let variable: Known<string> | undefined;
  const text = whole.replace(/\$\((\w{1,100})\)/g, (match, name: string) => {
    const value = process.environment.get(name);
    if (value?.state !== 'known') {
      open = name;
      return match;
    }
    variable = value;
    return value.value;
  });
  if (open !== undefined) return dynamic(whole, bind.at, `${open} is read from the environment`);
  if (/[%@$]\(?\w/.test(text)) return dynamic(whole, bind.at, 'uWSGI fills it in');
  if (variable !== undefined) return known(text, variable.at, [...(bind.trail ?? []), ...(variable.trail ?? [])]);
  return whole === bind.value ? bind : known(text, bind.at, bind.trail);
}
