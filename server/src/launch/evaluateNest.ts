// NestJS's ConfigService: variables and `.env` files first, then the defaults of the schema they are checked against, then
// what the functions in `load` give back: https://docs.nestjs.com/techniques/configuration

import type { CallExpression, Expression } from '../facts/expression.ts';
import { dottedName } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import { callFunction } from './evaluateCall.ts';
import type { Evaluated, Evaluation, Frame, LibraryResult } from './evaluated.ts';
import { unknownResult, withHop } from './evaluated.ts';
import { readWithDefault, textArgument } from './evaluateLibrary.ts';
import { memberOf } from './evaluateMember.ts';
import { schemaDefault } from './evaluateSchema.ts';
import { printExpression } from './printExpression.ts';
import { readFileVariable } from './programEnvironment.ts';
import { step } from './text.ts';

const SERVICE = '@nestjs/config.ConfigService()';
const REGISTERED = '@nestjs/config.registerAs()';

export function callNestConfig(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  switch (target.name) {
    case '@nestjs/config.ConfigService':
      return { ...target, name: SERVICE };
    case '@nestjs/config.registerAs':
      return { ...target, name: REGISTERED, made: { call, frame } };
    case `${SERVICE}.get`:
    case `${SERVICE}.getOrThrow`:
      return readSetting(evaluation, call, frame);
    default:
      return undefined;
  }
}

/** `config.port` of a registered function's settings, which `@Inject(config.KEY)` gives. */
export function nestConfigMember(evaluation: Evaluation, object: LibraryResult, name: string): Evaluated | undefined {
  if (object.name !== REGISTERED || name !== 'KEY') return undefined;
  return registeredSettings(evaluation, object);
}

/** `configService.get('PORT', 3000)` and `app.get(ConfigService).get('PORT')`. */
export function isConfigService(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.property.kind !== 'literal') return undefined;
  if (callee.property.value !== 'get' && callee.property.value !== 'getOrThrow') return undefined;
  const first = call.arguments[0]?.value;
  if (first?.kind === 'member' && first.property.kind === 'literal' && first.property.value === 'KEY') {
    const settings = evaluate(evaluation, first, frame);
    return settings.kind === 'library' || settings.kind === 'unknown' ? undefined : settings;
  }
  if (!frame.module.program.imports.some(({ module }) => module === '@nestjs/config')) return undefined;
  if (first?.kind === 'name' && first.name === 'ConfigService') {
    return { kind: 'library', name: SERVICE, at: call.at, trail: [] };
  }
  const receiver = dottedName(callee.object);
  if (receiver === undefined || !/config(?:service)?$/i.test(receiver)) return undefined;
  return readSetting(evaluation, call, frame);
}

function readSetting(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated | undefined {
  const name = textArgument(evaluation, call.arguments[0], frame);
  if (name === undefined) return undefined;
  const options = rootOptions(evaluation);
  const variable = readWithDefault(evaluation, name, true, undefined, call, frame);
  if (!isNothing(variable)) return variable;
  const found = options
    .map((option) => fromFiles(evaluation, option, name) ?? fromOptions(evaluation, option, name, call))
    .find((value) => value !== undefined && !isNothing(value));
  if (found !== undefined) {
    return withHop(found, step(call.at, printExpression(call, frame.module.program.language)));
  }
  const fallback = call.arguments.slice(1).find(({ value }) => value.kind !== 'object');
  if (fallback !== undefined) return readWithDefault(evaluation, name, true, fallback.value, call, frame);
  return /^[A-Z][A-Z0-9_]*$/.test(name)
    ? variable
    : unknownResult(name, call.at, `the configuration of NestJS has no \`${name}\` in view`);
}

function isNothing(value: Evaluated): boolean {
  return value.kind === 'scalar' && value.value === null;
}

interface RootOptions {
  readonly value: Evaluated;
  readonly frame: Frame;
}

/** What `ConfigModule.forRoot({ … })` was given, wherever it stands. */
function rootOptions(evaluation: Evaluation): readonly RootOptions[] {
  const found: RootOptions[] = [];
  for (const module of evaluation.reached) {
    for (const call of module.program.calls) {
      const [given] = call.arguments;
      if (!/(?:^|\.)ConfigModule\.forRoot$/.test(call.callee) || given === undefined) continue;
      const frame: Frame = { module, path: call.scope.path };
      found.push({ value: evaluate(evaluation, given.value, frame), frame });
    }
  }
  return found;
}

function optionOf(evaluation: Evaluation, { value, frame }: RootOptions, name: string): Evaluated | undefined {
  if (value.kind !== 'object') return undefined;
  const entry = value.expression.entries.findLast(({ key }) => key === name);
  return entry && evaluate(evaluation, entry.value, { ...value.frame, bindings: frame.bindings ?? new Map() });
}

/** `envFilePath: ['.env.local', '.env']`: the first file that has the variable. */
function fromFiles(evaluation: Evaluation, options: RootOptions, name: string): Evaluated | undefined {
  const paths = optionOf(evaluation, options, 'envFilePath');
  const items =
    paths?.kind === 'array' ? paths.expression.items.map((item) => evaluate(evaluation, item, paths.frame)) : [paths];
  for (const item of items) {
    if (item?.kind !== 'scalar' || typeof item.value !== 'string') continue;
    const found = readFileVariable(evaluation, item.value, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fromOptions(
  evaluation: Evaluation,
  options: RootOptions,
  name: string,
  call: CallExpression,
): Evaluated | undefined {
  const schema = optionOf(evaluation, options, 'validationSchema');
  const checked = schema?.kind === 'library' && schema.made ? schemaDefault(evaluation, schema.made, name) : undefined;
  if (checked !== undefined) return checked;
  const load = optionOf(evaluation, options, 'load');
  if (load?.kind !== 'array') return load?.kind === 'unknown' ? load : undefined;
  for (const item of load.expression.items) {
    const found = fromFactory(evaluation, evaluate(evaluation, item, load.frame), name, call, load.frame);
    if (found !== undefined && !isNothing(found)) return found;
  }
  return undefined;
}

/** A key of what a function in `load` gives back; those of `registerAs('app', …)` start with its name. */
function fromFactory(
  evaluation: Evaluation,
  factory: Evaluated,
  name: string,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const path = name.split('.');
  let value: Evaluated | undefined;
  if (factory.kind === 'library' && factory.name === REGISTERED) {
    const space = factory.made && textArgument(evaluation, factory.made.call.arguments[0], factory.made.frame);
    if (space !== path.shift()) return undefined;
    value = registeredSettings(evaluation, factory);
  } else if (factory.kind === 'function') {
    value = callFunction(evaluation, factory, [], frame);
  }
  for (const key of path) value = value && memberOf(evaluation, value, key, call, frame);
  return value;
}

function registeredSettings(evaluation: Evaluation, { made }: LibraryResult): Evaluated | undefined {
  const factory: Expression | undefined = made?.call.arguments[1]?.value;
  const given = made && factory && evaluate(evaluation, factory, made.frame);
  return given?.kind === 'function' ? callFunction(evaluation, given, [], made?.frame ?? given.frame) : undefined;
}
