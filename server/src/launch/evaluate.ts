// Evaluates the expressions of programs under the argv, the environment and the other files of one launch. What the
// files do not decide is unknown; nothing is guessed. Calls stand in `evaluateCall.ts`, names in `evaluateName.ts`.

import type {
  ComparisonExpression,
  ConcatExpression,
  ConditionalExpression,
  EnvironmentRead,
  Expression,
  FallbackExpression,
} from '../facts/expression.ts';
import type { Value } from '../facts/value.ts';
import { dynamic, known } from '../facts/value.ts';
import { evaluateCall } from './evaluateCall.ts';
import type { Evaluated, Evaluation, Frame, Scalar } from './evaluated.ts';
import { sameScalar, scalar, truth, unknownResult, withHop, wordOf } from './evaluated.ts';
import { evaluateMember } from './evaluateMember.ts';
import { evaluateName } from './evaluateName.ts';
import { printExpression } from './printExpression.ts';
import { readVariable } from './programEnvironment.ts';
import { step } from './text.ts';
import type { Word } from './words.ts';
import { joinWord } from './words.ts';

const DEEPEST = 64;

/** What an expression comes to as a plain value; its trail leads from the expression to the deciding token. */
export function evaluateValue(evaluation: Evaluation, expression: Expression, frame: Frame): Value<Scalar> {
  return toValue(evaluate(evaluation, expression, frame), expression, frame);
}

export function toValue(result: Evaluated, expression: Expression, frame: Frame): Value<Scalar> {
  if (result.kind === 'scalar') return known(result.value, result.at, result.trail);
  const text = printExpression(expression, frame.module.program.language);
  return result.kind === 'unknown' ? dynamic(text, result.at, result.reason) : dynamic(text, expression.at);
}

export function evaluate(evaluation: Evaluation, expression: Expression, frame: Frame): Evaluated {
  if (evaluation.budget <= 0 || evaluation.depth >= DEEPEST) return unknownExpression(expression, frame);
  evaluation.budget--;
  evaluation.depth++;
  const result = evaluateKind(evaluation, expression, frame);
  evaluation.depth--;
  return result;
}

function evaluateKind(evaluation: Evaluation, expression: Expression, frame: Frame): Evaluated {
  switch (expression.kind) {
    case 'literal':
      return scalar(expression.value, expression.at);
    case 'environment':
      return evaluateEnvironment(evaluation, expression, frame);
    case 'name':
      return evaluateName(evaluation, expression, frame);
    case 'member':
      return evaluateMember(evaluation, expression, frame);
    case 'concat':
      return evaluateConcat(evaluation, expression, frame);
    case 'fallback':
      return evaluateFallback(evaluation, expression, frame);
    case 'conditional':
      return evaluateConditional(evaluation, expression, frame);
    case 'comparison':
      return evaluateComparison(evaluation, expression, frame);
    case 'call':
      return evaluateCall(evaluation, expression, frame);
    case 'object':
      return { kind: 'object', expression, frame, trail: [] };
    case 'array':
      return { kind: 'array', expression, frame, trail: [] };
    case 'lambda': {
      const definition = { kind: 'function', parameters: [], returns: expression.returns, at: expression.at } as const;
      return { kind: 'function', name: '', definition, frame, trail: [] };
    }
    case 'unknown':
      return unknownExpression(expression, frame);
  }
}

function unknownExpression(expression: Expression, frame: Frame): Evaluated {
  const text = printExpression(expression, frame.module.program.language);
  return unknownResult(text, expression.at, `\`${text}\` cannot be evaluated`);
}

function evaluateEnvironment(evaluation: Evaluation, read: EnvironmentRead, frame: Frame): Evaluated {
  const name = evaluate(evaluation, read.name, frame);
  if (name.kind !== 'scalar' || typeof name.value !== 'string') return unknownExpression(read, frame);
  const value = readVariable(evaluation, name.value, read.at);
  const text = printExpression(read, frame.module.program.language);
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'scalar' || value.value !== null) return withHop(value, step(read.at, text));
  if (read.default === undefined) return value;
  return withHop(evaluate(evaluation, read.default, frame), step(read.at, text));
}

function evaluateConcat(evaluation: Evaluation, concat: ConcatExpression, frame: Frame): Evaluated {
  const parts = concat.parts.map((part) => evaluate(evaluation, part, frame));
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined) return only.kind === 'scalar' ? { ...only, value: String(only.value) } : only;
  const words: Word[] = [];
  for (const part of parts) {
    if (part.kind === 'unknown') return part;
    if (part.kind !== 'scalar') return unknownExpression(concat, frame);
    if (part.value === null) return nullInText(part.unset, concat, frame);
    words.push(wordOf(part));
  }
  const { value, at, trail, pieces } = joinWord(words, concat.at);
  // The token to change is the part that holds the digits, where there is one.
  const deciding = words.findLast((word) => /\d/.test(word.value))?.at ?? at;
  return { ...scalar(value, deciding, trail), ...(pieces === undefined ? {} : { pieces }) };
}

function nullInText(unset: string | undefined, concat: ConcatExpression, frame: Frame): Evaluated {
  const text = printExpression(concat, frame.module.program.language);
  return unknownResult(text, concat.at, unset && `${unset} is read from the environment, and nothing in view sets it`);
}

function evaluateFallback(evaluation: Evaluation, fallback: FallbackExpression, frame: Frame): Evaluated {
  const text = printExpression(fallback, frame.module.program.language);
  let last: Evaluated | undefined;
  for (const option of fallback.options) {
    last = evaluate(evaluation, option, frame);
    const skipped = last.kind === 'scalar' && (fallback.skips === 'falsy' ? !last.value : last.value === null);
    if (skipped) continue;
    return last.kind === 'unknown' ? last : withHop(last, step(fallback.at, text));
  }
  return last ?? unknownExpression(fallback, frame);
}

function evaluateConditional(evaluation: Evaluation, expression: ConditionalExpression, frame: Frame): Evaluated {
  const test = evaluate(evaluation, expression.test, frame);
  const holds = truth(test);
  if (holds !== undefined) return evaluate(evaluation, holds ? expression.then : expression.otherwise, frame);
  const then = evaluate(evaluation, expression.then, frame);
  const otherwise = evaluate(evaluation, expression.otherwise, frame);
  if (sameScalar(then, otherwise)) return then;
  return test.kind === 'unknown' ? test : unknownExpression(expression, frame);
}

function evaluateComparison(evaluation: Evaluation, expression: ComparisonExpression, frame: Frame): Evaluated {
  const left = evaluate(evaluation, expression.left, frame);
  if (expression.operator === 'not') {
    const holds = truth(left);
    return holds === undefined ? unknownExpression(expression, frame) : scalar(!holds, expression.at);
  }
  if (expression.right === undefined) return unknownExpression(expression, frame);
  const right = evaluate(evaluation, expression.right, frame);
  if (expression.operator === 'and') return conjunction(left, right) ?? unknownExpression(expression, frame);
  if (left.kind !== 'scalar' || right.kind !== 'scalar') return unknownExpression(expression, frame);
  const same = left.value === right.value;
  return scalar(expression.operator === '==' ? same : !same, expression.at);
}

/** `a && b`; one false side decides even where the other is unknown. */
function conjunction(left: Evaluated, right: Evaluated): Evaluated | undefined {
  const first = truth(left);
  if (first === true) return right;
  if (first === false) return left;
  return truth(right) === false ? right : undefined;
}
