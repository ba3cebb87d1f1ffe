// Calls: conversions and string methods that every program uses, the program's own functions and classes, its argv.
// What libraries give back stands in `evaluateLibrary.ts`.

import type { Argument, CallExpression, Expression } from '../facts/expression.ts';
import { dottedName } from '../facts/expression.ts';
import { evaluateSetting } from './dotnet/settings.ts';
import { evaluate } from './evaluate.ts';
import { evaluateArgument } from './evaluateArgument.ts';
import type { Evaluated, Evaluation, Frame, FunctionResult, Scalar } from './evaluated.ts';
import { scalar, unknownResult, withHop } from './evaluated.ts';
import { callFrame, construct } from './evaluateInstance.ts';
import { callLibrary } from './evaluateLibrary.ts';
import { memberOf } from './evaluateMember.ts';
import { lookUp, oneOf, wholeExport } from './evaluateName.ts';
import { isConfigService } from './evaluateNest.ts';
import { pathCall, pathMethod } from './evaluatePath.ts';
import { readByBuiltin, readMethod } from './evaluateSettings.ts';
import { fileSetting, filledStruct } from './evaluateStruct.ts';
import { printExpression } from './printExpression.ts';
import { readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

type Conversion = (value: Scalar) => Scalar | undefined;

const toInteger: Conversion = (value) => {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'boolean') return Number(value);
  const digits = /^\s*([+-]?\d{1,15})/.exec(String(value))?.[1];
  return digits === undefined ? null : Number(digits);
};

const toNumber: Conversion = (value) => {
  if (value === null || typeof value === 'boolean') return Number(value);
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
};

const toText: Conversion = (value) => (value === null ? null : String(value));

const conversions: Readonly<Record<string, Conversion>> = {
  int: (value) => (typeof value === 'string' && !/^\s*[+-]?\d+\s*$/.test(value) ? undefined : toInteger(value)),
  float: toNumber,
  str: toText,
  Number: toNumber,
  parseInt: toInteger,
  parseFloat: toNumber,
  'Number.parseInt': toInteger,
  'Number.parseFloat': toNumber,
  String: toText,
  Boolean: (value) => Boolean(value),
  bool: (value) => Boolean(value),
  isNaN: (value) => toNumber(value) === null,
  'Number.isNaN': (value) => value === null,
};

const methods: Readonly<Record<string, Conversion>> = {
  toString: toText,
  trim: (value) => String(value).trim(),
  strip: (value) => String(value).trim(),
  toLowerCase: (value) => String(value).toLowerCase(),
  lower: (value) => String(value).toLowerCase(),
  toUpperCase: (value) => String(value).toUpperCase(),
  upper: (value) => String(value).toUpperCase(),
};

/** Give back their first argument. */
const transparent = new Set([
  'Object.freeze',
  'cast',
  'typing.cast',
  'Promise.resolve',
  'structuredClone',
  'dict',
  'defineNuxtConfig',
]);

export function evaluateCall(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated {
  const dotted = dottedName(call.callee);
  const result = evaluateTarget(evaluation, call, dotted, frame);
  return result ?? open(call, frame);
}

function open(call: CallExpression, frame: Frame): Evaluated {
  const text = printExpression(call, frame.module.program.language);
  return unknownResult(text, call.at, `\`${text}\` cannot be evaluated`);
}

function evaluateTarget(
  evaluation: Evaluation,
  call: CallExpression,
  dotted: string | undefined,
  frame: Frame,
): Evaluated | undefined {
  if (dotted === 'argv.option' || dotted === 'argv.positional') return evaluateArgument(evaluation, call, frame);
  if (dotted === 'Configuration.GetValue' && frame.module.program.language === 'csharp') {
    return evaluateSetting(evaluation, call, frame);
  }
  if (dotted === 'struct.filled') return filledStruct(evaluation, call, frame);
  if (dotted === 'settings.file') return fileSetting(evaluation, call);
  if (dotted === 'require' || dotted === 'import') return required(evaluation, call, frame);
  const root = dotted?.split('.')[0];
  const isOwn = root !== undefined && lookUp(evaluation, root, frame) !== undefined;
  if (dotted !== undefined && !isOwn) {
    const builtin = callBuiltin(evaluation, call, dotted, frame);
    if (builtin !== undefined) return builtin;
  }
  const service = isConfigService(evaluation, call, frame);
  if (service !== undefined) return service;
  if (call.callee.kind !== 'member') return invoke(evaluation, evaluate(evaluation, call.callee, frame), call, frame);
  return callMethod(evaluation, call, call.callee.object, call.callee.property, frame);
}

function callBuiltin(evaluation: Evaluation, call: CallExpression, name: string, frame: Frame): Evaluated | undefined {
  if (name === 'process.cwd') return pathCall(evaluation, name, call, frame);
  const argument = call.arguments[0]?.value;
  if (argument === undefined) return undefined;
  const read = readByBuiltin(evaluation, name, argument, frame);
  if (read !== undefined) return read;
  if (transparent.has(name)) return evaluate(evaluation, argument, frame);
  const conversion = Object.hasOwn(conversions, name) ? conversions[name] : undefined;
  return conversion && convert(evaluate(evaluation, argument, frame), conversion);
}

function convert(result: Evaluated, conversion: Conversion): Evaluated | undefined {
  if (result.kind === 'unknown') return result;
  if (result.kind !== 'scalar') return undefined;
  // `int(os.environ["PORT"])` of a variable that is not set stays what it is: nothing.
  if (result.value === null && result.unset !== undefined) return result;
  const value = conversion(result.value);
  return value === undefined ? undefined : scalar(value, result.at, result.trail);
}

function required(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated | undefined {
  const argument = call.arguments[0]?.value;
  const name = argument && evaluate(evaluation, argument, frame);
  if (name?.kind !== 'scalar' || typeof name.value !== 'string') return undefined;
  const { module } = frame;
  const resolution = evaluation.modules.resolve(module.uri, module.program.language, name.value);
  if (resolution.kind === 'file') return { kind: 'module', uri: resolution.uri, trail: [] };
  return resolution.kind === 'external' ? { kind: 'library', name: name.value, at: call.at, trail: [] } : undefined;
}

/** Calls what a callee came to. */
function invoke(evaluation: Evaluation, target: Evaluated, call: CallExpression, frame: Frame): Evaluated | undefined {
  switch (target.kind) {
    case 'function':
      return callFunction(evaluation, target, call.arguments, frame);
    case 'class':
      return construct(target, call, frame);
    case 'library':
      return callLibrary(evaluation, target, call, frame);
    case 'module': {
      const whole = wholeExport(evaluation, target.uri);
      return whole === undefined || whole.kind === 'module' ? undefined : invoke(evaluation, whole, call, frame);
    }
    case 'unknown':
      return target;
    default:
      return undefined;
  }
}

function callMethod(
  evaluation: Evaluation,
  call: CallExpression,
  receiver: Expression,
  property: Expression,
  frame: Frame,
): Evaluated | undefined {
  const object = evaluate(evaluation, receiver, frame);
  const name = property.kind === 'literal' ? String(property.value) : undefined;
  if (name === undefined) return undefined;
  if (object.kind === 'unknown') return object;
  const read = readMethod(evaluation, object, name, call, frame);
  if (read !== undefined) return read;
  if (object.kind === 'scalar') {
    const path = pathMethod(evaluation, object, name, call, frame);
    if (path !== undefined) return path;
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    return method && convert(object, method);
  }
  if (object.kind === 'library')
    return callLibrary(evaluation, { ...object, name: `${object.name}.${name}` }, call, frame);
  const member = memberOf(evaluation, object, name, call, frame);
  if (member?.kind === 'function' || member?.kind === 'class' || member?.kind === 'library') {
    return invoke(evaluation, member, call, frame);
  }
  return name === 'get' ? getMethod(evaluation, object, call, frame) : undefined;
}

/** `settings.get("port", 5000)` of a dictionary, a map or the environment. */
function getMethod(
  evaluation: Evaluation,
  object: Evaluated,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const [key, fallback] = call.arguments;
  const name = key && evaluate(evaluation, key.value, frame);
  if (name?.kind !== 'scalar') return name;
  const found =
    object.kind === 'environment'
      ? readVariable(evaluation, String(name.value), call.at)
      : memberOf(evaluation, object, name.value, call, frame);
  const hop = step(call.at, printExpression(call, frame.module.program.language));
  const isNothing = found?.kind === 'scalar' && found.value === null;
  if (found !== undefined && !isNothing) return withHop(found, hop);
  return found !== undefined && fallback !== undefined
    ? withHop(evaluate(evaluation, fallback.value, frame), hop)
    : found;
}

/** What a function of the program gives back: the one value that all its returns agree on. */
export function callFunction(
  evaluation: Evaluation,
  named: FunctionResult,
  values: readonly Argument[],
  caller: Frame,
): Evaluated | undefined {
  const target = overload(named, values.length);
  const body = bodyFrame(target, values, caller);
  if (target.definition.returns.length === 0) return undefined;
  const results: Evaluated[] = [];
  for (const returned of target.definition.returns) {
    if (evaluation.budget <= 0) return undefined;
    results.push(evaluate(evaluation, returned, body));
  }
  return oneOf(results);
}

/** Languages in which functions of one name are told apart by their parameters. */
const overloading: ReadonlySet<string> = new Set(['java', 'kotlin', 'csharp']);

/** Of the functions of one name the one that takes so many arguments. */
function overload(target: FunctionResult, count: number): FunctionResult {
  const { module, path } = target.frame;
  if (target.definition.parameters.length === count || !overloading.has(module.program.language)) return target;
  for (const { value, scope } of module.definitions.get(target.name) ?? []) {
    const isBeside = scope.path.length === path.length && scope.path.every((name, index) => name === path[index]);
    if (isBeside && value.kind === 'function' && value.parameters.length === count) {
      return { ...target, definition: value };
    }
  }
  return target;
}

/** A function without a name has the names around it. */
function bodyFrame(target: FunctionResult, values: readonly Argument[], caller: Frame): Frame {
  if (target.name === '') return target.frame;
  const own: Frame = { ...target.frame, path: [...target.frame.path, target.name] };
  return callFrame(own, target.definition.parameters, values, caller);
}
