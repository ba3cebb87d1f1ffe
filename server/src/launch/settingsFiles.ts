// Settings of tools, written as data or as a program: `vite.config.ts`, `ecosystem.config.js`, `nodemon.json`,
// `.streamlit/config.toml`. What a key means is for the launcher that asks.

import type { Uri } from '../base/uri.ts';
import type { ConfigFile } from '../facts/configFile.ts';
import { settingOf } from '../facts/configFile.ts';
import type { Expression } from '../facts/expression.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Value } from '../facts/value.ts';
import { dynamic, known, withStep } from '../facts/value.ts';
import { workspaceFile } from './argv.ts';
import { evaluate } from './evaluate.ts';
import { callFunction } from './evaluateCall.ts';
import type { Evaluated, Evaluation, Frame } from './evaluated.ts';
import { memberOf } from './evaluateMember.ts';
import { exportOf, wholeExport } from './evaluateName.ts';
import type { ContainerProcess } from './launcher.ts';
import { startProgram } from './program.ts';
import { step } from './text.ts';

const MOST_ITEMS = 30;

/** Settings, or a part of them. */
export interface Settings {
  readonly uri: Uri;
  /** What stands at a path of keys; undefined where it is surely not set. */
  value(...path: readonly (string | number)[]): Value<string> | undefined;
  /** The parts of a list, or of the only object in its place. */
  items(...path: readonly (string | number)[]): readonly Settings[];
  /** The scalars of an object. */
  entries(...path: readonly (string | number)[]): readonly { readonly name: string; readonly value: Value<string> }[];
}

/** A file of data at a path of the container. */
export function dataFile(process: ContainerProcess, path: string): ConfigFile | undefined {
  const uri = workspaceFile(process, path);
  return uri === undefined ? undefined : factOf(process.files.facts(uri, 'configFile'), 'configFile');
}

/** A key of a file of data, with the step that shows it. */
export function dataValue(
  process: ContainerProcess,
  file: ConfigFile | undefined,
  key: string,
): Value<string> | undefined {
  const value = settingOf(file, key);
  if (value === undefined || value.state === 'absent') return undefined;
  const text = value.state === 'known' ? value.value : '';
  return withStep(value, step(value.at, `${process.shownPath(value.at.uri)} ${key}: ${text}`));
}

/** The first of several files that the image holds. */
export function readSettings(process: ContainerProcess, paths: readonly string[]): Settings | 'unread' | undefined {
  for (const path of paths) {
    const uri = workspaceFile(process, path);
    if (uri !== undefined) return settingsAt(process, uri) ?? 'unread';
  }
  return undefined;
}

export function settingsAt(process: ContainerProcess, uri: Uri): Settings | undefined {
  const start = { process, entry: uri, main: false, arguments: [], folders: [], containerFolders: [] };
  const file = factOf(process.files.facts(uri, 'configFile'), 'configFile');
  const program = startProgram(start);
  if (program !== undefined) return ofProgram(program.evaluation, uri);
  return file && ofFile(file, '');
}

function ofFile(file: ConfigFile, prefix: string): Settings {
  const keyOf = (path: readonly (string | number)[]) => {
    const key = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
    return prefix === '' ? key.replace(/^\./, '') : prefix + key;
  };
  const has = (key: string) =>
    file.entries.some((entry) => /^[.[]/.test(entry.key.slice(key.length)) && entry.key.startsWith(key));
  return {
    uri: file.at.uri,
    value: (...path) => {
      const value = settingOf(file, keyOf(path));
      return value?.state === 'absent' ? undefined : value;
    },
    items: (...path) => {
      const key = keyOf(path);
      const items: Settings[] = [];
      for (let index = 0; index < MOST_ITEMS && has(`${key}[${index}]`); index++)
        items.push(ofFile(file, `${key}[${index}]`));
      return items.length === 0 && has(key) ? [ofFile(file, key)] : items;
    },
    entries: (...path) => {
      const start = `${keyOf(path)}.`;
      return file.entries
        .filter(({ key }) => key.startsWith(start))
        .map(({ key, value }) => ({ name: key.slice(start.length), value }));
    },
  };
}

function ofProgram(evaluation: Evaluation, uri: Uri): Settings | undefined {
  const module = evaluation.modules.load(uri);
  if (module === undefined) return undefined;
  const frame: Frame = { module, path: [] };
  let value = wholeExport(evaluation, uri) ?? exportOf(evaluation, uri, 'default');
  if (value?.kind === 'function') value = callFunction(evaluation, value, [], frame);
  return value && ofValue(evaluation, uri, value, frame);
}

function ofValue(evaluation: Evaluation, uri: Uri, whole: Evaluated, frame: Frame): Settings {
  const find = (path: readonly (string | number)[]): Evaluated | undefined => {
    let value: Evaluated | undefined = whole;
    for (const part of path) {
      if (value === undefined || (value.kind === 'scalar' && value.value === null)) return value;
      const at: Expression = { kind: 'literal', value: part, at: frame.module.program.at };
      value = memberOf(evaluation, value, part, at, frame) ?? unread(String(part), uri);
    }
    return value;
  };
  return {
    uri,
    value: (...path) => toValue(find(path)),
    items: (...path) => {
      const found = find(path);
      if (found?.kind === 'object') return [ofValue(evaluation, uri, found, frame)];
      if (found?.kind !== 'array') return [];
      return found.expression.items
        .slice(0, MOST_ITEMS)
        .map((item) => ofValue(evaluation, uri, evaluate(evaluation, item, found.frame), frame));
    },
    entries: (...path) => {
      const found = find(path);
      if (found?.kind !== 'object') return [];
      return found.expression.entries.flatMap(({ key, value }) => {
        const result = toValue(evaluate(evaluation, value, found.frame));
        return result === undefined ? [] : [{ name: key, value: result }];
      });
    },
  };
}

function unread(name: string, uri: Uri): Evaluated {
  return { kind: 'unknown', text: name, at: { uri, span: { start: 0, end: 0 } }, reason: `\`${name}\` cannot be read` };
}

function toValue(result: Evaluated | undefined): Value<string> | undefined {
  if (result === undefined) return undefined;
  if (result.kind === 'unknown') return dynamic(result.text, result.at, result.reason);
  if (result.kind !== 'scalar') return dynamic('…', { uri: '', span: { start: 0, end: 0 } });
  if (result.value !== null) return known(String(result.value), result.at, result.trail);
  return result.unset === undefined
    ? undefined
    : dynamic(result.unset, result.at, `nothing in view sets ${result.unset}`);
}
