// `a.b` and `a["b"]`: members of objects, arrays, modules, packages, settings files, classes and their instances.

import type { Expression, MemberExpression, ObjectExpression } from '../facts/expression.ts';
import { dottedName } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, Scalar } from './evaluated.ts';
import { scalar, unknownResult, withHop } from './evaluated.ts';
import { classMember, instanceMember } from './evaluateInstance.ts';
import { libraryMember } from './evaluateLibrary.ts';
import { exportOf, exportOfAny, lookUp, submoduleOf } from './evaluateName.ts';
import { ownPath, pathMember } from './evaluatePath.ts';
import { settingsMember } from './evaluateSettings.ts';
import { printExpression } from './printExpression.ts';
import { readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

const environmentObjects = new Set(['process.env', 'os.environ', 'Bun.env', 'import.meta.env']);

export function evaluateMember(evaluation: Evaluation, expression: MemberExpression, frame: Frame): Evaluated {
  const dotted = dottedName(expression);
  if (dotted !== undefined) {
    if (environmentObjects.has(dotted)) return { kind: 'environment', trail: [] };
    // `this.port = …` and `config.port = …` are definitions of their own.
    const own = lookUp(evaluation, dotted, frame);
    if (own !== undefined) return own;
    const path = ownPath(dotted, expression.at, frame);
    if (path !== undefined) return path;
  }
  const object = evaluate(evaluation, expression.object, frame);
  const property = evaluate(evaluation, expression.property, frame);
  if (property.kind !== 'scalar') return property.kind === 'unknown' ? property : open(expression, frame);
  return memberOf(evaluation, object, property.value, expression, frame) ?? open(expression, frame);
}

function open(expression: Expression, frame: Frame): Evaluated {
  const text = printExpression(expression, frame.module.program.language);
  return unknownResult(text, expression.at, `\`${text}\` cannot be evaluated`);
}

/** Undefined where the object is known not to have, or cannot be seen to have, such a member. */
export function memberOf(
  evaluation: Evaluation,
  object: Evaluated,
  key: Scalar,
  expression: Expression,
  frame: Frame,
): Evaluated | undefined {
  const name = String(key);
  switch (object.kind) {
    case 'object':
      return objectMember(evaluation, object.expression, object.frame, name);
    case 'array': {
      const index = typeof key === 'number' && key < 0 ? object.expression.items.length + key : Number(key);
      const item = object.expression.items[index];
      return item && evaluate(evaluation, item, object.frame);
    }
    case 'module':
      return exportOf(evaluation, object.uri, name);
    case 'modules':
      return exportOfAny(evaluation, object.uris, name);
    case 'package':
      return submoduleOf(evaluation, object.folder, name);
    case 'settings':
      return settingsMember(object, key, expression);
    case 'environment': {
      const value = readVariable(evaluation, name, expression.at);
      return withHop(value, step(expression.at, printExpression(expression, frame.module.program.language)));
    }
    case 'class':
      return classMember(evaluation, object, name);
    case 'instance':
      return instanceMember(evaluation, object, name);
    case 'library':
      return libraryMember(evaluation, object, name, expression);
    case 'scalar':
      return pathMember(object, name);
    case 'unknown':
      return object;
    default:
      return undefined;
  }
}

function objectMember(
  evaluation: Evaluation,
  object: ObjectExpression,
  frame: Frame,
  name: string,
): Evaluated | undefined {
  if (!object.complete) return undefined;
  const entry = object.entries.findLast((candidate) => candidate.key === name);
  if (entry === undefined) return scalar(null, object.at);
  const text = `${name}: ${printExpression(entry.value, frame.module.program.language)}`;
  return withHop(evaluate(evaluation, entry.value, frame), step(entry.at, text));
}
