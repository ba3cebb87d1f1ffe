// Flask's `app.config`: what `from_object`, `from_pyfile` and `from_mapping` have read into it. Single items that the program
// sets are definitions of their own. https://flask.palletsprojects.com/en/stable/config/

import type { CallExpression } from '../facts/expression.ts';
import type { Call } from '../facts/program.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, LibraryResult } from './evaluated.ts';
import { withHop } from './evaluated.ts';
import { instanceMember } from './evaluateInstance.ts';
import { memberOf } from './evaluateMember.ts';
import { exportOf } from './evaluateName.ts';
import { fileAt, settingsMember } from './evaluateSettings.ts';
import { printExpression } from './printExpression.ts';
import { step } from './text.ts';

const CONFIG = 'flask.Flask().config';

/** `app.config["PORT"]` */
export function flaskConfigMember(evaluation: Evaluation, object: LibraryResult, name: string): Evaluated | undefined {
  if (object.name !== CONFIG || !/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
  return settingOf(evaluation, name);
}

/** `app.config.get("PORT", 5000)` */
export function callFlaskConfig(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  if (target.name !== `${CONFIG}.get`) return undefined;
  const [key, fallback] = call.arguments;
  const name = key && evaluate(evaluation, key.value, frame);
  if (name?.kind !== 'scalar') return name;
  const found = settingOf(evaluation, String(name.value));
  if (found !== undefined || fallback === undefined) return found;
  const hop = step(call.at, printExpression(call, frame.module.program.language));
  return withHop(evaluate(evaluation, fallback.value, frame), hop);
}

/** The last call that gives the setting wins. */
function settingOf(evaluation: Evaluation, name: string): Evaluated | undefined {
  for (const module of evaluation.reached.toReversed()) {
    for (const call of module.program.calls.toReversed()) {
      const method = /\.config\.from_(\w+)$/.exec(call.callee)?.[1];
      if (method === undefined) continue;
      const frame: Frame = { module, path: call.scope.path };
      const found = settingFrom(evaluation, method, call, name, frame);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function settingFrom(
  evaluation: Evaluation,
  method: string,
  call: Call,
  name: string,
  frame: Frame,
): Evaluated | undefined {
  const own = call.arguments.find((argument) => argument.name === name);
  if (method === 'mapping' && own !== undefined) return evaluate(evaluation, own.value, frame);
  const [first] = call.arguments;
  const given = first && evaluate(evaluation, first.value, frame);
  if (given === undefined || given.kind === 'unknown') return given;
  if (method === 'pyfile' || method === 'file') return fromFile(evaluation, given, name, call, frame);
  const source = method === 'object' && given.kind === 'scalar' ? named(evaluation, String(given.value), frame) : given;
  if (source === undefined) return undefined;
  if (source.kind === 'instance') return instanceMember(evaluation, source, name);
  const literal = { kind: 'literal', value: name, at: call.at } as const;
  const found = memberOf(evaluation, source, name, literal, frame);
  return found?.kind === 'scalar' && found.value === null ? undefined : found;
}

/** `"config.ProductionConfig"` names a module and what stands in it. */
function named(evaluation: Evaluation, path: string, frame: Frame): Evaluated | undefined {
  const { module } = frame;
  const whole = evaluation.modules.resolve(module.uri, 'python', path);
  if (whole.kind === 'file') return { kind: 'module', uri: whole.uri, trail: [] };
  const dot = path.lastIndexOf('.');
  if (dot < 0) return undefined;
  const owner = evaluation.modules.resolve(module.uri, 'python', path.slice(0, dot));
  return owner.kind === 'file' ? exportOf(evaluation, owner.uri, path.slice(dot + 1)) : undefined;
}

/** A file of Python or of settings; only what can be read as settings is. */
function fromFile(
  evaluation: Evaluation,
  path: Evaluated,
  name: string,
  call: Call,
  frame: Frame,
): Evaluated | undefined {
  const uri = path.kind === 'scalar' ? fileAt(evaluation, String(path.value)) : undefined;
  if (uri === undefined) return undefined;
  const file = evaluation.modules.config(uri);
  if (file === undefined) return memberOf(evaluation, { kind: 'module', uri, trail: [] }, name, calleeOf(call), frame);
  const found = settingsMember({ kind: 'settings', file, prefix: '', trail: [] }, name, calleeOf(call));
  return found?.kind === 'scalar' && found.value === null ? undefined : found;
}

function calleeOf(call: Call) {
  return { kind: 'name', name: call.callee, at: call.at } as const;
}
