// node-config: `require('config').get('server.port')` reads files of the folder `config`, the strongest of which maps
// keys to variables: https://github.com/node-config/node-config/wiki/Configuration-Files

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { CallExpression, Expression } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, LibraryResult } from './evaluated.ts';
import { unknownResult } from './evaluated.ts';
import { memberOf } from './evaluateMember.ts';
import { exportOf, wholeExport } from './evaluateName.ts';
import { fileAt, settingsMember } from './evaluateSettings.ts';
import { readVariable } from './programEnvironment.ts';

const LIBRARY = /^config(?:\.default)?(?:\.(.+))?$/;
const methods = new Set(['get', 'has', 'util', 'default']);
const dataEndings = ['json', 'yaml', 'yml', 'toml', 'properties'];
const endings = ['js', 'cjs', 'mjs', 'ts', ...dataEndings];

export function callNodeConfig(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const name = LIBRARY.exec(target.name)?.[1];
  if (name !== 'get' && name?.endsWith('.get') !== true) return undefined;
  const key = call.arguments[0] && evaluate(evaluation, call.arguments[0].value, frame);
  if (key?.kind !== 'scalar') return key;
  const prefix = name.slice(0, -'get'.length);
  return valueAt(evaluation, target, prefix + String(key.value), call.at);
}

/** `config.server.port` */
export function nodeConfigMember(
  evaluation: Evaluation,
  object: LibraryResult,
  name: string,
  at: Location,
): Evaluated | undefined {
  const match = LIBRARY.exec(object.name);
  if (match === null || methods.has(name)) return undefined;
  return valueAt(evaluation, object, match[1] === undefined ? name : `${match[1]}.${name}`, at);
}

/** The value of a key for libraries that hand on what node-config reads. */
export function nodeConfigValue(evaluation: Evaluation, path: string, at: Location): Evaluated | undefined {
  return valueAt(evaluation, { kind: 'library', name: 'config', at, trail: [] }, path, at);
}

function valueAt(evaluation: Evaluation, library: LibraryResult, path: string, at: Location): Evaluated | undefined {
  const variable = mappedVariable(evaluation, path, at);
  if (variable !== undefined) return variable;
  const environment = readVariable(evaluation, 'NODE_ENV', at);
  if (environment.kind !== 'scalar') return environment;
  const name = String(environment.value ?? 'development');
  for (const layer of [`local-${name}`, 'local', name, 'default']) {
    const found = layerValue(evaluation, layer, path, at);
    if (found === undefined || (found.kind === 'scalar' && found.value === null)) continue;
    const isBranch = found.kind === 'object' || found.kind === 'settings';
    return isBranch ? { ...library, name: `config.${path}` } : found;
  }
  return undefined;
}

function layerValue(evaluation: Evaluation, layer: string, path: string, at: Location): Evaluated | undefined {
  const uri = layerFile(evaluation, layer, endings);
  if (uri === undefined) return undefined;
  const expression: Expression = { kind: 'literal', value: path, at };
  const file = evaluation.modules.config(uri);
  if (file !== undefined) return settingsMember({ kind: 'settings', file, prefix: '', trail: [] }, path, expression);
  const module = evaluation.modules.load(uri);
  if (module === undefined) return unknownResult(path, at, `${evaluation.shownPath(uri)} could not be read`);
  let value = wholeExport(evaluation, uri) ?? exportOf(evaluation, uri, 'default');
  for (const name of path.split('.')) {
    value = value && memberOf(evaluation, value, name, expression, { module, path: [] });
  }
  return value;
}

function layerFile(evaluation: Evaluation, layer: string, among: readonly string[]): Uri | undefined {
  for (const ending of among) {
    const uri = fileAt(evaluation, `config/${layer}.${ending}`);
    if (uri !== undefined) return uri;
  }
  return undefined;
}

/** What a variable that `custom-environment-variables` names for a key is set to. */
function mappedVariable(evaluation: Evaluation, path: string, at: Location): Evaluated | undefined {
  const uri = layerFile(evaluation, 'custom-environment-variables', dataEndings);
  const file = uri === undefined ? undefined : evaluation.modules.config(uri);
  if (file === undefined) return undefined;
  const entry = file.entries.findLast(({ key }) => key === path || key === `${path}.__name`);
  if (entry?.value.state !== 'known') return undefined;
  const value = readVariable(evaluation, entry.value.value, at);
  return value.kind === 'scalar' && !value.value ? undefined : value;
}
