// ASP.NET's configuration as a running program reads it: command line, environment, appsettings files. Keys are compared
// without case; `:` parts them, `__` in variables. What the keys mean is left to whoever asks.
// https://learn.microsoft.com/aspnet/core/fundamentals/configuration/#default-application-configuration-sources

import type { Location } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri } from '../../base/uri.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import type { CallExpression } from '../../facts/expression.ts';
import type { Value } from '../../facts/value.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluated, Evaluation, Frame } from '../evaluated.ts';
import { scalar, unknownResult, withHop, wordOf } from '../evaluated.ts';
import { printExpression } from '../printExpression.ts';
import { readVariable } from '../programEnvironment.ts';
import { step, wordText } from '../text.ts';
import { sliceWord, type Word } from '../words.ts';

/** `Configuration.GetValue(key, default)`: see `languages/csharp/expressions.ts`. */
export function evaluateSetting(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated {
  const [key, fallback] = call.arguments;
  const name = key && evaluate(evaluation, key.value, frame);
  const text = printExpression(call, frame.module.program.language);
  if (name?.kind !== 'scalar') return unknownResult(text, call.at, `\`${text}\` cannot be evaluated`);
  const found = readSetting(evaluation, String(name.value), call.at);
  const isSet = found.kind !== 'scalar' || found.value !== null;
  const result = isSet || fallback === undefined ? found : evaluate(evaluation, fallback.value, frame);
  return withHop(result, step(call.at, text));
}

/** The value of a key, null where nothing sets it. */
export function readSetting(evaluation: Evaluation, key: string, at: Location): Evaluated {
  const argument = fromArguments(evaluation, key);
  if (argument !== undefined) return argument;
  const variable = fromEnvironment(evaluation, key, '', at);
  if (variable !== undefined) return variable;
  const fromFiles = fromSettingsFiles(evaluation, key);
  if (fromFiles !== undefined) return fromFiles;
  for (const prefix of ['DOTNET_', 'ASPNETCORE_']) {
    const host = fromEnvironment(evaluation, key, prefix, at);
    if (host !== undefined) return host;
  }
  return { ...scalar(null, at), unset: key };
}

/** `--urls http://*:80`, `--urls=…`, `/urls=…`, `urls=…`. */
function fromArguments(evaluation: Evaluation, key: string): Evaluated | undefined {
  const words = evaluation.arguments;
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index];
    if (word === undefined) continue;
    if (word.state !== 'known') {
      if (/^--?\w/.test(wordText(words[index - 1] ?? word))) continue;
      return unknownResult(wordText(word), word.at, 'an argument of the command is open');
    }
    const [, name = '', equals] = /^(?:--|\/)?([\w:.]+)(=)?/.exec(word.value) ?? [];
    if (name.toLowerCase() !== key.toLowerCase()) continue;
    if (equals !== undefined) return fromWord(sliceWord(word, word.value.indexOf('=') + 1));
    const next = words[index + 1];
    if (next !== undefined && word.value.startsWith('-')) return fromWord(next);
  }
  return undefined;
}

function fromWord(word: Value<string>): Evaluated {
  if (word.state !== 'known') return unknownResult(wordText(word), word.at, 'an argument of the command is open');
  return scalar(word.value, word.at, [...(word.trail ?? []), step(word.at, word.value)]);
}

/** Names are compared without case; the spellings that people use are asked. */
export function fromEnvironment(
  evaluation: Evaluation,
  key: string,
  prefix: string,
  at: Location,
): Evaluated | undefined {
  const name = key.replaceAll(':', '__');
  for (const spelling of new Set([name.toUpperCase(), name, name.toLowerCase()])) {
    const value = readVariable(evaluation, prefix + spelling, at);
    if (value.kind !== 'scalar' || value.value !== null) return value;
  }
  return undefined;
}

interface SettingsFile {
  readonly uri: Uri;
  readonly file: ConfigFile;
}

function fromSettingsFiles(evaluation: Evaluation, key: string): Evaluated | undefined {
  const wanted = key.replaceAll(':', '.').toLowerCase();
  const open = environmentName(evaluation) === undefined ? environmentFiles(evaluation) : [];
  for (const { uri, file } of open) {
    const entry = file.entries.find((candidate) => candidate.key.toLowerCase() === wanted);
    if (entry !== undefined) {
      const reason = `which settings hold depends on ASPNETCORE_ENVIRONMENT, and ${evaluation.shownPath(uri)} sets ${entry.key}`;
      return unknownResult(entry.key, entry.value.at, reason);
    }
  }
  for (const { uri, file } of settingsFiles(evaluation)) {
    const entry = file.entries.findLast((candidate) => candidate.key.toLowerCase() === wanted);
    if (entry === undefined || entry.value.state === 'absent') continue;
    return fromEntry(evaluation, uri, entry.key, entry.value);
  }
  return undefined;
}

function fromEntry(evaluation: Evaluation, uri: Uri, key: string, value: Value<string>): Evaluated {
  const name = `${key} in ${evaluation.shownPath(uri)}`;
  if (value.state !== 'known') return unknownResult(key, value.at, `${name} is open`);
  return scalar(value.value, value.at, [step(value.at, `${evaluation.shownPath(uri)} ${key}: ${value.value}`)]);
}

/** Files that the program adds, then appsettings.{Environment}.json, then appsettings.json. */
export function settingsFiles(evaluation: Evaluation): readonly SettingsFile[] {
  const environment = environmentName(evaluation);
  const usual = environment === undefined ? [] : [`appsettings.${environment}.json`];
  const names = new Set([...addedFiles(evaluation), ...usual, 'appsettings.json']);
  return [...names].flatMap((name) => readFile(evaluation, settingsUri(evaluation, name)));
}

function readFile(evaluation: Evaluation, uri: Uri | undefined): readonly SettingsFile[] {
  const file = uri === undefined ? undefined : evaluation.modules.config(uri);
  return uri === undefined || file === undefined ? [] : [{ uri, file }];
}

/** `AddJsonFile("hosting.json")`, the last one first. */
function addedFiles(evaluation: Evaluation): readonly string[] {
  const names = evaluation.reached.flatMap(({ program }) =>
    program.calls.flatMap(({ callee, arguments: values }) => {
      const [first] = values;
      const isFile = callee.endsWith('.AddJsonFile') && first?.value.kind === 'literal';
      return isFile ? [String(first.value.value)] : [];
    }),
  );
  return names.filter((name) => !/^appsettings\.(?:\w+\.)?json$/i.test(name)).reverse();
}

/** The settings of every environment, where it is open which one the program runs in. */
function environmentFiles(evaluation: Evaluation): readonly SettingsFile[] {
  const uri = settingsUri(evaluation, 'appsettings.json');
  const listed = uri === undefined ? [] : evaluation.modules.files.list(dirname(uri));
  return listed
    .filter((file) => /^appsettings\.\w+\.json$/i.test(basename(file)))
    .flatMap((file) => readFile(evaluation, file));
}

/** In the folder that the container works in, where the build copied it by name, else in the project's folder. */
function settingsUri(evaluation: Evaluation, name: string): Uri | undefined {
  const { files, image } = evaluation.modules;
  const entry = evaluation.reached[0]?.uri;
  const copied = image.workspaceUri(joinUri(evaluation.workingDirectory, name));
  const inProject = entry === undefined ? undefined : joinUri(dirname(entry), name);
  return [copied, inProject].find((uri) => uri !== undefined && files.exists(uri));
}

/** Production where nothing sets it; undefined where it is open. */
function environmentName(evaluation: Evaluation): string | undefined {
  const at = evaluation.reached[0]?.program.at ?? { uri: '', span: { start: 0, end: 0 } };
  for (const name of ['ASPNETCORE_ENVIRONMENT', 'DOTNET_ENVIRONMENT']) {
    const value = readVariable(evaluation, name, at);
    if (value.kind === 'unknown') return undefined;
    if (value.kind === 'scalar' && typeof value.value === 'string') return value.value;
  }
  return 'Production';
}

/** A result that is a text, as a word of which parts know their places. */
export function textOf(result: Evaluated): Word | undefined {
  return result.kind !== 'scalar' || result.value === null || result.value === '' ? undefined : wordOf(result);
}
