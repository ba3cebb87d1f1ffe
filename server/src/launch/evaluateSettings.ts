// Files of settings that a program reads while it runs: `require('./config.json')`, `json.load(open('config.json'))`,
// `yaml.safe_load(…)`, `configparser`. Which file a path means, and what stands in it at a key.

import type { Uri } from '../base/uri.ts';
import { joinUri } from '../base/uri.ts';
import type { CallExpression, Expression } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, LibraryResult, Scalar } from './evaluated.ts';
import { scalar, unknownResult } from './evaluated.ts';
import { step } from './text.ts';

type SettingsResult = Extract<Evaluated, { kind: 'settings' }>;

/** Parse the text, or the file, they are given. */
const parsers =
  /^(?:json|simplejson|orjson|ujson|yaml|ruamel\.yaml|toml|tomllib|tomli|rtoml|js-yaml|jsyaml|yamljs|yaml\.default|js-yaml\.default|json5|toml\.default|smol-toml|@iarna\/toml|ini)\.(?:load|loads|safe_load|full_load|unsafe_load|safeLoad|parse|loadFile)$/;

/** Give the text of the file they are given, or a handle of it. */
const readers =
  /^(?:fs|fs-extra|fs\.promises|fs\/promises|fs\.default|fs-extra\.default)\.(?:readFileSync|readFile)$|^(?:io|codecs)\.open$/;

const jsonReaders =
  /^(?:fs-extra|fs-extra\.default|jsonfile|jsonfile\.default|load-json-file)\.(?:readJsonSync|readJSONSync|readFileSync|loadJsonFileSync)$/;

const iniParsers = /^configparser\.(?:ConfigParser|RawConfigParser|SafeConfigParser)$/;

/** What a call of a library reads from a file; undefined where it is no such call or the file cannot be told. */
export function readByLibrary(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  if (iniParsers.test(target.name)) return readIni(evaluation);
  const given = call.arguments.find(({ name }) => name === undefined)?.value;
  if (given === undefined) return undefined;
  if (readers.test(target.name)) return openFile(evaluation, given, frame);
  if (jsonReaders.test(target.name)) return parsed(evaluation, openFile(evaluation, given, frame));
  return parsers.test(target.name) ? parseArgument(evaluation, given, frame) : undefined;
}

/** `open(path)` of Python and `JSON.parse(text)`. */
export function readByBuiltin(
  evaluation: Evaluation,
  name: string,
  argument: Expression,
  frame: Frame,
): Evaluated | undefined {
  if (name === 'open' && frame.module.program.language === 'python') return openFile(evaluation, argument, frame);
  return name === 'JSON.parse' ? parseArgument(evaluation, argument, frame) : undefined;
}

/** Methods of an open file or of its text: `f.read()`, `text.toString()`; an ini file's `getint('server', 'port')`. */
export function readMethod(
  evaluation: Evaluation,
  object: Evaluated,
  name: string,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  // `Path('config.json').read_text()`
  if (object.kind === 'scalar') return /^(?:read_text|open)$/.test(name) ? openPath(evaluation, object) : undefined;
  if (object.kind === 'text') return /^(?:read|toString|trim|decode|strip|text)$/.test(name) ? object : undefined;
  if (object.kind !== 'settings' || object.file.format !== 'ini' || !/^get(?:int|float|boolean)?$/.test(name)) {
    return undefined;
  }
  const words = call.arguments.filter((argument) => argument.name === undefined);
  if (words.length < 2) return undefined;
  const keys = words.slice(0, 2).map(({ value }) => evaluate(evaluation, value, frame));
  const [section, option] = keys;
  if (section?.kind !== 'scalar' || option?.kind !== 'scalar') return keys.find(({ kind }) => kind === 'unknown');
  const found = settingsMember(object, `${String(section.value)}.${String(option.value)}`, call);
  const fallback = call.arguments.find((argument) => argument.name === 'fallback');
  const isMissing = found?.kind === 'scalar' && found.value === null;
  return isMissing && fallback !== undefined ? evaluate(evaluation, fallback.value, frame) : found;
}

function parseArgument(evaluation: Evaluation, argument: Expression, frame: Frame): Evaluated | undefined {
  const value = evaluate(evaluation, argument, frame);
  if (value.kind === 'text') return parsed(evaluation, value);
  if (value.kind === 'unknown') return value;
  // `toml.load("config.toml")` takes a path.
  return parsed(evaluation, openFile(evaluation, argument, frame));
}

function parsed(evaluation: Evaluation, text: Evaluated | undefined): Evaluated | undefined {
  if (text?.kind !== 'text') return text;
  const file = evaluation.modules.config(text.uri);
  if (file !== undefined) return { kind: 'settings', file, prefix: '', trail: text.trail };
  const shown = evaluation.shownPath(text.uri);
  return unknownResult(shown, { uri: text.uri, span: { start: 0, end: 0 } }, `${shown} could not be read`);
}

function openFile(evaluation: Evaluation, argument: Expression, frame: Frame): Evaluated | undefined {
  const path = evaluate(evaluation, argument, frame);
  return path.kind === 'unknown' ? path : openPath(evaluation, path);
}

function openPath(evaluation: Evaluation, path: Evaluated): Evaluated | undefined {
  if (path.kind !== 'scalar' || typeof path.value !== 'string') return undefined;
  const uri = fileAt(evaluation, path.value);
  if (uri !== undefined) return { kind: 'text', uri, trail: [] };
  const shown = path.value.includes('://') ? evaluation.shownPath(path.value) : path.value;
  return unknownResult(shown, path.at, `${shown} is not among the files in view`);
}

/** The file of the workspace that the image holds at a path: absolute, from the working directory, or a URI. */
export function fileAt(evaluation: Evaluation, path: string): Uri | undefined {
  const { image, files } = evaluation.modules;
  if (!path.includes('://')) {
    const uri = image.workspaceUri(joinUri(evaluation.workingDirectory, path));
    return uri !== undefined && files.exists(uri) ? uri : undefined;
  }
  return files.exists(path) && image.containerPaths(path).length > 0 ? path : undefined;
}

/** `parser.read('config.ini')` stands in a call of its own. The last file that is read wins. */
function readIni(evaluation: Evaluation): Evaluated | undefined {
  for (const module of evaluation.reached.toReversed()) {
    for (const call of module.program.calls.toReversed()) {
      if (!/\.read(?:_file)?$/.test(call.callee)) continue;
      const frame: Frame = { module, path: call.scope.path };
      const [given] = call.arguments;
      const items = given?.value.kind === 'array' ? given.value.items : given === undefined ? [] : [given.value];
      for (const item of items.toReversed()) {
        const text = openFile(evaluation, item, frame);
        const file = text?.kind === 'text' ? evaluation.modules.config(text.uri) : undefined;
        if (file?.format === 'ini') return { kind: 'settings', file, prefix: '', trail: [] };
      }
    }
  }
  return undefined;
}

/** What stands at a key; null where the file was read whole and says nothing. */
export function settingsMember(object: SettingsResult, key: Scalar, expression: Expression): Evaluated | undefined {
  const { file, prefix } = object;
  const name = typeof key === 'number' ? `${prefix.replace(/\.$/, '')}[${key}]` : prefix + String(key);
  const isSame = file.format === 'ini' ? sameIgnoringCase(name) : (other: string) => other === name;
  const value = file.entries.findLast((entry) => isSame(entry.key))?.value;
  if (value?.state === 'known') return scalar(value.value, value.at, [step(value.at, `${name}: ${value.value}`)]);
  if (value?.state === 'absent') return scalar(null, value.at);
  if (value !== undefined) return unknownResult(name, expression.at);
  const isBranch = file.entries.some((entry) => entry.key.startsWith(`${name}.`) || entry.key.startsWith(`${name}[`));
  if (isBranch) return { ...object, prefix: `${name}.` };
  return file.complete ? scalar(null, file.at) : undefined;
}

/** configparser compares the names of options in lower case. */
function sameIgnoringCase(name: string): (other: string) => boolean {
  const wanted = name.toLowerCase();
  return (other) => other.toLowerCase() === wanted;
}
