// `flask run`: flags, FLASK_RUN_PORT and FLASK_RUN_HOST, 127.0.0.1:5000. It does not read PORT.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { argumentsOf, listensNone, serverListens, workspaceFile } from '../argv.ts';
import { explained } from '../environment.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';

export const flask: Launcher = {
  id: 'flask',
  runs: (command) => command === 'flask' || command === 'quart',
  resolve(process) {
    const options = parseFlags(argumentsOf(process), {
      valued: [
        ['--app', '-A'],
        ['--env-file', '-e'],
      ],
      stopsAtPositional: true,
    });
    const [command, ...rest] = options.rest;
    if (command?.state !== 'known') return unknownOutcome(process, 'the command of flask is open');
    const app = options.last('--app') ?? process.environment.get('FLASK_APP');
    const program = appFile(process, app);
    if (command.value !== 'run') {
      return /^(?:db|shell|routes|init-db|seed|translate)/.test(command.value)
        ? listensNone(process, program)
        : unknownOutcome(process, `what \`flask ${command.value}\` does is not known`, program);
    }
    return flaskRun(process, rest, program);
  },
};

function flaskRun(process: ContainerProcess, words: readonly Value<string>[], program: Uri | undefined): Outcome {
  const flags = parseFlags(words, {
    valued: [['--port', '-p'], ['--host', '-h'], ['--cert'], ['--key'], ['--extra-files'], ['--exclude-patterns']],
  });
  if (flags.open !== undefined && flags.last('--port') === undefined) {
    return unknownOutcome(process, 'the arguments of flask run are open', program);
  }
  const sources = {
    server: 'flask run',
    port: flags.last('--port') ?? flaskVariable(process, 'FLASK_RUN_PORT'),
    host: flags.last('--host') ?? flaskVariable(process, 'FLASK_RUN_HOST'),
    defaults: commandDefaults.flask,
  };
  return serverListens(process, sources, program);
}

/** flask run also reads `.env` and `.flaskenv`: https://flask.palletsprojects.com/en/stable/cli/#environment-variables-from-dotenv */
function flaskVariable(process: ContainerProcess, name: string): Value<string> | undefined {
  const value = process.environment.get(name);
  if (value !== undefined) return value;
  for (const path of ['.env', '.flaskenv']) {
    const uri = workspaceFile(process, path);
    const file = uri === undefined ? undefined : factOf(process.files.facts(uri), 'environmentFile');
    const entry = file?.entries.findLast((candidate) => candidate.name === name);
    if (entry !== undefined) return explained(name, entry.value, entry.value.at, path);
  }
  return undefined;
}

/** `wsgi`, `app.py`, `package:create_app()`; without a name `wsgi.py`, then `app.py`. */
function appFile(process: ContainerProcess, app: Value<string> | undefined): Uri | undefined {
  if (app !== undefined && app.state !== 'known') return undefined;
  const names = app === undefined ? ['wsgi', 'app'] : [app.value];
  for (const name of names) {
    const found = moduleFile(process, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The file of `package.module:attribute`, counted from the working directory. */
export function moduleFile(process: ContainerProcess, reference: string, folder = ''): Uri | undefined {
  const module = reference.split(':')[0] ?? reference;
  const path = module.endsWith('.py') ? module.slice(0, -3) : module.split('.').join('/');
  const base = folder === '' ? path : `${folder}/${path}`;
  return (
    workspaceFile(process, `${base}.py`) ??
    workspaceFile(process, `${base}/__init__.py`) ??
    workspaceFile(process, `src/${path}.py`)
  );
}
