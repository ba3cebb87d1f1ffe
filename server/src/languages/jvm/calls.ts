// Calls of the JVM's own libraries in the vocabulary of expressions: reads of the environment and of system properties,
// conversions, defaults. Shared by Java and Kotlin.

import type { Location } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import { dottedName } from '../../facts/expression.ts';
import { callExpression, literal, negate } from '../expressions.ts';

/** The expression that a call means; undefined for calls of the program itself and of other libraries. */
export function libraryCall(
  name: string,
  receiver: Expression | undefined,
  values: readonly Expression[],
  at: Location,
): Expression | undefined {
  const owner =
    receiver === undefined ? '' : (dottedName(receiver) ?? '').replace(/^(?:java\.(?:lang|util)|kotlin)\./, '');
  const [first, second] = values;
  switch (`${owner}.${name}`) {
    case 'System.getenv':
      return first === undefined ? callExpression('System.getenv', [], at) : { kind: 'environment', name: first, at };
    case 'System.getProperty':
      return first && systemProperty(first, second, at);
    case 'Integer.getInteger':
      return first && toInteger(systemProperty(first, second, at), at);
    case 'Integer.parseInt':
    case 'Integer.valueOf':
    case 'Integer.decode':
    case 'Short.parseShort':
    case 'Long.parseLong':
      return first && toInteger(first, at);
    case 'String.valueOf':
    case 'Integer.toString':
    case 'Objects.toString':
      return first && callExpression('str', [{ value: first }], at);
    case 'Optional.ofNullable':
    case 'Optional.of':
    case 'Objects.requireNonNull':
      return first;
    case 'Objects.requireNonNullElse':
    case 'ObjectUtils.defaultIfNull':
      return first && second && fallback(first, second, at);
    case 'StringUtils.defaultIfBlank':
    case 'StringUtils.defaultIfEmpty':
    case 'StringUtils.defaultString':
      return first && second && { kind: 'fallback', skips: 'falsy', options: [first, second], at };
    case 'Objects.isNull':
      return first && isNull(first, at);
    case 'Objects.nonNull':
      return first && negate(isNull(first, at));
    case 'StringUtils.isBlank':
    case 'StringUtils.isEmpty':
      return first && negate(first);
    case 'StringUtils.isNotBlank':
    case 'StringUtils.isNotEmpty':
      return first;
    default:
      return receiver === undefined ? undefined : methodCall(name, receiver, values, at);
  }
}

/** Methods whose meaning does not depend on whose they are. */
function methodCall(
  name: string,
  receiver: Expression,
  [first, second]: readonly Expression[],
  at: Location,
): Expression | undefined {
  const isEnvironment = receiver.kind === 'call' && dottedName(receiver.callee) === 'System.getenv';
  switch (name) {
    case 'get':
      return isEnvironment && first ? { kind: 'environment', name: first, at } : undefined;
    case 'getOrDefault':
      return isEnvironment && first && second ? { kind: 'environment', name: first, default: second, at } : undefined;
    case 'containsKey':
      return isEnvironment && first ? negate(isNull({ kind: 'environment', name: first, at }, at)) : undefined;
    case 'orElse':
      return first && fallback(receiver, first, at);
    case 'equals':
    case 'equalsIgnoreCase':
      return first && { kind: 'comparison', operator: '==', left: receiver, right: first, at };
    case 'isEmpty':
    case 'isBlank':
    case 'isNullOrEmpty':
    case 'isNullOrBlank':
      return negate(receiver);
    case 'isNotEmpty':
    case 'isNotBlank':
      return receiver;
    case 'toInt':
    case 'toIntOrNull':
    case 'intValue':
      return toInteger(receiver, at);
    case 'map':
      return first?.kind === 'unknown' &&
        /^(?:Integer|Long)::(?:parseInt|valueOf|parseLong)$/.test(first.text.replace(/\s/g, ''))
        ? toInteger(receiver, at)
        : undefined;
    default:
      return undefined;
  }
}

function toInteger(value: Expression, at: Location): Expression {
  return callExpression('int', [{ value }], at);
}

function fallback(value: Expression, otherwise: Expression, at: Location): Expression {
  return { kind: 'fallback', skips: 'missing', options: [value, otherwise], at };
}

function isNull(value: Expression, at: Location): Expression {
  return { kind: 'comparison', operator: '==', left: value, right: literal(null, at), at };
}

/** `-Dname`; see the head of `java/expressions.ts`. */
export function systemProperty(name: Expression, otherwise: Expression | undefined, at: Location): Expression {
  const variable: Expression =
    name.kind === 'literal'
      ? { ...name, value: `-D${name.value}` }
      : { kind: 'concat', parts: [literal('-D', at), name], at };
  return otherwise === undefined
    ? { kind: 'environment', name: variable, at }
    : { kind: 'environment', name: variable, default: otherwise, at };
}
