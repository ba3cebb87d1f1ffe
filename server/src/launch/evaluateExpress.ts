// Settings of Express applications: `app.get('port')` gives what `app.set('port', …)` has set in any file of the program. In
// Feathers the settings of node-config come behind that: https://feathersjs.com/api/configuration

import type { CallExpression } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, LibraryResult } from './evaluated.ts';
import { withHop } from './evaluated.ts';
import { oneOf } from './evaluateName.ts';
import { nodeConfigValue } from './evaluateNodeConfig.ts';
import { printExpression } from './printExpression.ts';
import { step } from './text.ts';

/** Make an application with settings. */
export const expressMakers =
  /^(?:(?:express|ultimate-express)(?:\.default)?|@feathersjs\/(?:express|koa|feathers)(?:\.(?:default|koa|feathers))?)$/;

const getter = /^(.+)\(\)\.get$/;

export function callExpressSetting(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const maker = getter.exec(target.name)?.[1];
  const [key, more] = call.arguments;
  if (maker === undefined || !expressMakers.test(maker) || key === undefined || more !== undefined) return undefined;
  const name = evaluate(evaluation, key.value, frame);
  if (name.kind !== 'scalar') return name;
  const found =
    valueSet(evaluation, String(name.value)) ??
    (maker.startsWith('@feathersjs/') ? nodeConfigValue(evaluation, String(name.value), call.at) : undefined);
  return found && withHop(found, step(call.at, printExpression(call, frame.module.program.language)));
}

/** What all calls of `set` with this name agree on. */
function valueSet(evaluation: Evaluation, name: string): Evaluated | undefined {
  const values: Evaluated[] = [];
  for (const module of evaluation.reached) {
    for (const { callee, arguments: given, scope } of module.program.calls) {
      const [key, value] = given;
      if (!callee.endsWith('.set') || key?.value.kind !== 'literal' || key.value.value !== name || !value) continue;
      values.push(evaluate(evaluation, value.value, { module, path: scope.path }));
    }
  }
  return oneOf(values);
}
