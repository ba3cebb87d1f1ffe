// Expressions of a template as descriptions: what its functions give under parameters, mappings and conditions.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html

import type { Location } from '../../base/text.ts';
import type { StackCall, StackExpression, StackObject, StackScalar } from '../../facts/stackTemplate.ts';
import { absent, known } from '../../facts/value.ts';
import type { Described, DescribedObject } from '../described/described.ts';
import { knownText } from '../knownText.ts';
import { open, placeOf, type StackContext, scalar } from './context.ts';
import { findInMap, join, select, split } from './lists.ts';
import { attribute, reference } from './references.ts';
import { substitute } from './substitute.ts';

const BROKEN = 'the text around it cannot be read whole, or a transform may add to it';
const TEMPLATE = 'another tool or service writes it before the deployment';

/** `shift` is that of what the expression stands in, where it is not that of the call. */
export type Evaluate = (expression: StackExpression, shift?: number) => Described;

/** `nameAt` names an object to people; else the key it stands under or its start does. */
export function evaluate(expression: StackExpression, context: StackContext, nameAt?: Location): Described {
  switch (expression.kind) {
    case 'object':
      return evaluateObject(expression, context, nameAt);
    case 'list':
      return {
        kind: 'list',
        at: placeOf(context, expression.span),
        items: expression.items.map((item) => evaluate(item, context)),
        complete: expression.complete,
      };
    case 'scalar':
      return evaluateScalar(expression, context);
    default:
      return evaluateCall(expression, context);
  }
}

export function evaluateObject(object: StackObject, context: StackContext, nameAt?: Location): DescribedObject {
  const { start, end } = object.span;
  return {
    kind: 'object',
    at: placeOf(context, object.span),
    nameAt: nameAt ?? placeOf(context, { start, end: Math.min(start + 1, end) }),
    entries: object.entries.map(({ key, keySpan, value }) => {
      const keyAt = placeOf(context, keySpan);
      return { key: spelledAsApi(key), keyAt, value: evaluate(value, context, keyAt) };
    }),
    ...(object.complete ? {} : { unsaid: BROKEN }),
  };
}

/** `ContainerPort` is the API's `containerPort`, `ECSServices` its `ecsServices`. */
function spelledAsApi(key: string): string {
  const initials = /^[A-Z]{2,}(?=[A-Z][a-z])/.exec(key)?.[0] ?? key.charAt(0);
  return initials.toLowerCase() + key.slice(initials.length);
}

function evaluateScalar(expression: StackScalar, context: StackContext): Described {
  const at = placeOf(context, expression.span);
  if (expression.value === null) return scalar(absent(at));
  if (expression.template) return scalar({ state: 'dynamic', text: String(expression.value), at, reason: TEMPLATE });
  const { value, runs } = expression;
  return scalar(typeof value === 'string' ? knownText(value, at, runs) : known(value, at));
}

function evaluateCall(call: StackCall, context: StackContext): Described {
  const at = placeOf(context, call.span);
  const inner: Evaluate = (expression, shift = context.shift) =>
    evaluate(expression, shift === context.shift ? context : { ...context, shift });
  switch (call.name) {
    case 'Ref':
      return reference(call, context);
    case 'GetAtt':
      return attribute(call, context, inner);
    case 'Sub':
      return substitute(call, context, inner);
    case 'If':
      return choose(call, at, inner);
    case 'Join':
      return join(call, at, context, inner);
    case 'Select':
      return select(call, at, inner);
    case 'Split':
      return split(call, at, inner);
    case 'FindInMap':
      return findInMap(call, at, context, inner);
    case 'ImportValue':
      return open('ImportValue', at, 'another stack exports it');
    default:
      return open(call.name, at, `Fn::${call.name} is computed when the stack is deployed`);
  }
}

function choose(call: StackCall, at: Location, inner: Evaluate): Described {
  const [condition, yes, no] = call.argument.kind === 'list' ? call.argument.items : [];
  if (condition?.kind !== 'scalar' || !yes || !no) return open('If', at, 'its branches cannot be read');
  return {
    kind: 'choice',
    at,
    branches: [
      { when: `condition ${condition.value} holds`, value: inner(yes) },
      { when: `condition ${condition.value} does not hold`, value: inner(no) },
    ],
  };
}
