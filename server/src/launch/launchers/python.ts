// `python app.py`, `python -m module`, `manage.py runserver`. Servers started with `-m` are the same as their commands.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import type { Known, Value } from '../../facts/value.ts';
import { parseAddress } from '../address.ts';
import {
  argumentsOf,
  bindsListen,
  containerPath,
  listensNone,
  openPortReason,
  runs,
  serverListens,
  workspaceFile,
} from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, wordText } from '../text.ts';
import { sliceWord } from '../words.ts';
import { commandOfModule } from './commandServers.ts';
import { programOutcome, pythonFolders } from './programOutcome.ts';

/** Modules that behave like the command of the same name. */
const commandModules = new Set([
  'gunicorn',
  'uvicorn',
  'flask',
  'hypercorn',
  'daphne',
  'waitress',
  'streamlit',
  'celery',
  'fastapi',
  'alembic',
  'pip',
  'debugpy',
  'ddtrace',
  'arq',
  'dramatiq',
  'taskiq',
  'chainlit',
  'uv',
  'poetry',
  'pipenv',
  'pdm',
]);

export const python: Launcher = {
  id: 'python',
  runs: (command) => /^(?:python|pypy)[\d.]*$/.test(command) || command === 'manage.py',
  resolve(process) {
    const [first] = process.argv;
    if (first !== undefined && lastSegment(wordText(first)) === 'manage.py') return runFile(process, process.argv);
    const words = argumentsOf(process);
    for (let index = 0; index < words.length; index++) {
      const word = words[index];
      if (word?.state !== 'known') return unknownOutcome(process, 'the arguments of python are open');
      const text = word.value;
      if (text === '-m') return runModule(process, words.slice(index + 1));
      if (text.startsWith('-m') && text.length > 2)
        return runModule(process, [sliceWord(word, 2), ...words.slice(index + 1)]);
      if (text === '-c') return unknownOutcome(process, 'python runs text given with -c');
      if (text === '-W' || text === '-X') index++;
      else if (!text.startsWith('-')) return runFile(process, words.slice(index));
    }
    return unknownOutcome(process, 'python is started without a program');
  },
};

function runFile(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const [script, ...rest] = words;
  if (script?.state !== 'known') return unknownOutcome(process, 'the script that python runs is open');
  if (lastSegment(script.value) === 'manage.py' && isDjango(process, script.value))
    return djangoCommand(process, script, rest);
  const uri = workspaceFile(process, script.value) ?? packageMain(process, script.value);
  if (uri === undefined) {
    // A console script of the environment: `python /usr/local/bin/gunicorn app:app`.
    if (commandModules.has(lastSegment(script.value))) return runs(process, words);
    const path = containerPath(process, script.value);
    return unknownOutcome(process, `${path} is not among the files in view`);
  }
  return programOutcome(process, uri, { main: true, arguments: rest, language: 'python' });
}

/** `python folder` runs its `__main__.py`. */
function packageMain(process: ContainerProcess, path: string): Uri | undefined {
  return workspaceFile(process, `${path}/__main__.py`);
}

function runModule(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const [module, ...rest] = words;
  if (module?.state !== 'known') return unknownOutcome(process, 'the module that python runs is open');
  const name = module.value;
  if (name === 'http.server') return httpServer(process, rest);
  if (commandModules.has(name)) return runs(process, [{ ...module, value: moduleCommand(name) }, ...rest]);
  const command = commandOfModule(name);
  if (command !== undefined) return runs(process, [...command.map((word) => ({ ...module, value: word })), ...rest]);
  const path = name.split('.').join('/');
  for (const folder of pythonFolders(process)) {
    const uri =
      workspaceFile(process, `${folder}/${path}.py`) ?? workspaceFile(process, `${folder}/${path}/__main__.py`);
    if (uri === undefined) continue;
    return programOutcome(process, uri, { main: true, arguments: rest, language: 'python', fromFolder: false });
  }
  return unknownOutcome(process, `the module ${name} is not among the files in view`);
}

function moduleCommand(module: string): string {
  if (module === 'waitress') return 'waitress-serve';
  return module === 'ddtrace' ? 'ddtrace-run' : module;
}

function httpServer(process: ContainerProcess, words: readonly Value<string>[]): Outcome {
  const flags = parseFlags(words, {
    valued: [
      ['--bind', '-b'],
      ['--directory', '-d'],
      ['--protocol', '-p'],
    ],
  });
  const [port] = flags.positionals;
  const { httpServer: defaults } = commandDefaults;
  return serverListens(process, { server: 'http.server', port, host: flags.last('--bind'), defaults });
}

function isDjango(process: ContainerProcess, path: string): boolean {
  // A manage.py in view that is Flask-Script or click is read like any program; Django's never listens by itself.
  const uri = workspaceFile(process, path);
  if (uri === undefined) return true;
  const facts = process.files.facts(uri, 'program')?.facts ?? [];
  const imports = facts.flatMap((fact) => (fact.kind === 'program' ? fact.imports : []));
  return imports.length === 0 || imports.some(({ module }) => module.startsWith('django'));
}

/** https://docs.djangoproject.com/en/5.2/ref/django-admin/#runserver */
function djangoCommand(process: ContainerProcess, script: Known<string>, words: readonly Value<string>[]): Outcome {
  const program = workspaceFile(process, script.value);
  const [command, ...rest] = words;
  if (command?.state !== 'known') return unknownOutcome(process, 'the command of manage.py is open', program);
  if (command.value === 'runserver' || command.value === 'runserver_plus') return runServer(process, rest, program);
  const serves = /serve|daphne|uvicorn|gunicorn|shell_plus|grpc|listen/.test(command.value);
  if (serves) return unknownOutcome(process, `what \`manage.py ${command.value}\` listens on is not known`, program);
  return listensNone(process, program);
}

function runServer(process: ContainerProcess, words: readonly Value<string>[], program: Uri | undefined): Outcome {
  const flags = parseFlags(words, { valued: [['--settings'], ['--pythonpath'], ['-v', '--verbosity']] });
  const [address] = flags.positionals;
  const { django: defaults } = commandDefaults;
  const sources = { server: 'runserver', port: undefined, host: undefined, defaults };
  if (address === undefined) return serverListens(process, sources, program);
  if (address.state !== 'known') return unknownOutcome(process, openPortReason('runserver', address), program);
  // `runserver 8000` stays on loopback, `runserver 0:8000` is 0.0.0.0.
  const parsed = parseAddress(address);
  if (parsed.kind === 'port' && parsed.host === undefined && !address.value.startsWith(':')) {
    return serverListens(process, { ...sources, port: address }, program);
  }
  if (parsed.kind === 'port' && parsed.host?.value === '0') {
    const host = { ...parsed.host, value: '0.0.0.0' };
    const port = { ...parsed.port, value: String(parsed.port.value) };
    return serverListens(process, { ...sources, port, host }, program);
  }
  return bindsListen(process, 'runserver', [address], defaults, program);
}
