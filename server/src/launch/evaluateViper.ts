// Settings that a Go program reads by viper, in its order: Set, a flag that is given, the environment, the
// settings file, SetDefault, the default of a flag.
// https://github.com/spf13/viper#why-viper

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { basename, joinUri } from '../base/uri.ts';
import type { ConfigFile } from '../facts/configFile.ts';
import type { Expression } from '../facts/expression.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Call } from '../facts/program.ts';
import type { Value } from '../facts/value.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame } from './evaluated.ts';
import { scalar, unknownResult, withHop } from './evaluated.ts';
import { readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

const VIPER = 'github.com/spf13/viper';

export function isViper(library: string): boolean {
  return library === VIPER || library.startsWith(`${VIPER}.`);
}

interface ViperCall {
  readonly method: string;
  readonly values: readonly Expression[];
  readonly frame: Frame;
  readonly at: Location;
}

/** The value at a key; keys are compared without case. */
export function viperSetting(evaluation: Evaluation, key: string, at: Location): Evaluated {
  const calls = viperCalls(evaluation);
  const set = keyed(evaluation, calls, 'Set', key);
  if (set !== undefined) return set;
  const given = keyed(evaluation, calls, 'BindPFlag', key, withoutDefault);
  if (given !== undefined && !(given.kind === 'scalar' && given.value === null)) return given;
  const fromEnvironment = environmentSetting(evaluation, calls, key, at);
  if (fromEnvironment !== undefined) return fromEnvironment;
  const fromFile = fileSetting(evaluation, calls, key);
  if (fromFile !== undefined) return fromFile;
  const fallback = keyed(evaluation, calls, 'SetDefault', key);
  if (fallback !== undefined) return fallback;
  const flag = keyed(evaluation, calls, 'BindPFlag', key);
  if (flag !== undefined) return flag;
  return unknownResult(key, at, `nothing in view gives viper a value for \`${key}\``);
}

function viperCalls(evaluation: Evaluation): readonly ViperCall[] {
  const calls: ViperCall[] = [];
  for (const module of evaluation.reached) {
    if (!module.program.imports.some(({ module: path }) => path === VIPER)) continue;
    for (const call of module.program.calls) {
      const method = methodOf(call);
      if (method === undefined) continue;
      const values = call.arguments.map(({ value }) => value);
      calls.push({ method, values, frame: { module, path: call.scope.path }, at: call.at });
    }
  }
  return calls;
}

function methodOf({ callee }: Call): string | undefined {
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  return /^(?:Set|SetDefault|BindPFlag|BindEnv|MustBindEnv|AutomaticEnv|SetEnvPrefix|SetEnvKeyReplacer|SetConfigName|SetConfigFile|SetConfigType|AddConfigPath)$/.test(
    name,
  )
    ? name
    : undefined;
}

function textOf(evaluation: Evaluation, expression: Expression | undefined, frame: Frame): string | undefined {
  const value = expression && evaluate(evaluation, expression, frame);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** A flag as far as the command gives it. */
function withoutDefault(flag: Expression): Expression {
  if (flag.kind !== 'call') return flag;
  return { ...flag, arguments: flag.arguments.filter(({ name }) => name !== 'default') };
}

/** The value that the last call of `Set`, `SetDefault` or `BindPFlag` gives a key. */
function keyed(
  evaluation: Evaluation,
  calls: readonly ViperCall[],
  method: string,
  key: string,
  part: (value: Expression) => Expression = (value) => value,
): Evaluated | undefined {
  for (const call of calls.toReversed()) {
    const [name, value] = call.values;
    if (call.method !== method || value === undefined) continue;
    if (textOf(evaluation, name, call.frame)?.toLowerCase() !== key.toLowerCase()) continue;
    return withHop(evaluate(evaluation, part(value), call.frame), step(call.at, `viper.${method} ${key}`));
  }
  return undefined;
}

function environmentSetting(
  evaluation: Evaluation,
  calls: readonly ViperCall[],
  key: string,
  at: Location,
): Evaluated | undefined {
  for (const name of variableNames(evaluation, calls, key)) {
    const value = readVariable(evaluation, name, at);
    if (value.kind === 'unknown') return value;
    if (value.kind === 'scalar' && value.value !== null && value.value !== '') {
      return withHop(value, step(at, `viper reads ${name}`));
    }
  }
  return undefined;
}

function variableNames(evaluation: Evaluation, calls: readonly ViperCall[], key: string): readonly string[] {
  const named = (method: string) => calls.find((call) => call.method === method);
  const prefixCall = named('SetEnvPrefix');
  const prefix = prefixCall && textOf(evaluation, prefixCall.values[0], prefixCall.frame);
  const spelled = named('SetEnvKeyReplacer') === undefined ? key : key.replace(/[.-]/g, '_');
  const automatic = (prefix === undefined || prefix === '' ? spelled : `${prefix}_${spelled}`).toUpperCase();
  const names: string[] = [];
  for (const { method, values, frame } of calls) {
    if (!method.endsWith('BindEnv') || textOf(evaluation, values[0], frame)?.toLowerCase() !== key.toLowerCase())
      continue;
    const given = values.slice(1).flatMap((value) => textOf(evaluation, value, frame) ?? []);
    names.push(...(given.length > 0 ? given : [automatic]));
  }
  return named('AutomaticEnv') === undefined ? names : [...names, automatic];
}

const endings = ['yaml', 'yml', 'json', 'toml', 'env', 'properties', 'ini'];

function fileSetting(evaluation: Evaluation, calls: readonly ViperCall[], key: string): Evaluated | undefined {
  for (const uri of settingsFiles(evaluation, calls)) {
    const { modules } = evaluation;
    const wanted = key.toLowerCase();
    const config = modules.config(uri);
    const found = config === undefined ? environmentEntry(evaluation, uri, wanted) : configEntry(config, wanted);
    if (found === undefined) continue;
    const file = evaluation.shownPath(uri);
    if (found.state !== 'known') return unknownResult(key, found.at, `\`${key}\` in ${file} is open`);
    return scalar(found.value, found.at, [step(found.at, `${file} ${key}: ${found.value}`)]);
  }
  return undefined;
}

function configEntry(config: ConfigFile, key: string): Value<string> | undefined {
  return config.entries.findLast((entry) => entry.key.toLowerCase() === key)?.value;
}

function environmentEntry(evaluation: Evaluation, uri: Uri, key: string): Value<string> | undefined {
  const file = factOf(evaluation.modules.files.facts(uri), 'environmentFile');
  return file?.entries.findLast((entry) => entry.name.toLowerCase() === key)?.value;
}

/** The files that viper looks for, those that the image holds. */
function settingsFiles(evaluation: Evaluation, calls: readonly ViperCall[]): readonly Uri[] {
  const texts = (wanted: string) =>
    calls.flatMap(({ method, values, frame }) =>
      method === wanted ? (textOf(evaluation, values[0], frame) ?? []) : [],
    );
  const files = texts('SetConfigFile');
  const names = texts('SetConfigName');
  const folders = texts('AddConfigPath');
  const types = texts('SetConfigType');
  const paths = [...files];
  for (const name of names.length === 0 && folders.length > 0 ? ['config'] : names) {
    for (const folder of folders.length === 0 ? ['.'] : folders) {
      paths.push(...[...endings, ...types].map((ending) => `${folder}/${name}.${ending}`), `${folder}/${name}`);
    }
  }
  const { modules, workingDirectory } = evaluation;
  return paths.flatMap((path) => {
    const uri = modules.image.workspaceUri(joinUri(workingDirectory, path));
    return uri !== undefined && modules.files.exists(uri) && basename(uri) !== '' ? [uri] : [];
  });
}
