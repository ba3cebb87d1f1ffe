// What calls of Go's libraries give back, as far as a port can depend on it: viper's settings, files that are read,
// servers that are made. Whose method a later call is can be told by the name of what was made.

import { joinUri } from '../base/uri.ts';
import type { CallExpression } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame } from './evaluated.ts';
import { isViper, viperSetting } from './evaluateViper.ts';

type Library = Extract<Evaluated, { kind: 'library' }>;

export function callGoLibrary(
  evaluation: Evaluation,
  target: Library,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const { name } = target;
  const first = call.arguments[0];
  const isStruct = call.arguments.length > 0 && call.arguments.every((argument) => argument.name !== undefined);
  if (isStruct) return structOf(call, frame);
  if (isViper(name) && /\.Get(?:String|U?[Ii]nt\d*)?$/.test(name) && first !== undefined) {
    const key = evaluate(evaluation, first.value, frame);
    return key.kind === 'scalar' ? viperSetting(evaluation, String(key.value), call.at) : key;
  }
  if (/^(?:os\.(?:ReadFile|Open)|io\/ioutil\.ReadFile)$/.test(name) && first !== undefined) {
    return readFile(evaluation, evaluate(evaluation, first.value, frame));
  }
  if (/\.(?:NewDecoder|ReadAll|NewReader)$/.test(name) && first !== undefined) {
    return evaluate(evaluation, first.value, frame);
  }
  return { ...target, name: `${name}()` };
}

/** `http.Server{Addr: ":80"}`: a struct of a library is what was put into it. */
function structOf(call: CallExpression, frame: Frame): Evaluated {
  const entries = call.arguments.map(({ name = '', value }) => ({ key: name, value, at: value.at }));
  const expression = { kind: 'object', entries, complete: true, at: call.at } as const;
  return { kind: 'object', expression, frame, trail: [] };
}

/** A settings file that the program reads by its path. */
function readFile(evaluation: Evaluation, path: Evaluated): Evaluated | undefined {
  if (path.kind !== 'scalar' || typeof path.value !== 'string') return undefined;
  const { modules, workingDirectory } = evaluation;
  const uri = modules.image.workspaceUri(joinUri(workingDirectory, path.value));
  const file = uri === undefined ? undefined : modules.config(uri);
  return file && { kind: 'settings', file, prefix: '', trail: [] };
}
