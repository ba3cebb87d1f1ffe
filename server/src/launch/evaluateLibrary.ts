// Libraries that read settings from the environment: python-decouple, environs, django-environ, env-var, envalid, and
// NestJS's ConfigService. Each is known by the import it comes from.

import type { Argument, CallExpression, Expression } from '../facts/expression.ts';
import { dottedName } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame } from './evaluated.ts';
import { withHop } from './evaluated.ts';
import { printExpression } from './printExpression.ts';
import { readFileVariable, readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

type Library = Extract<Evaluated, { kind: 'library' }>;

/** Casting readers: `env("PORT")`, `env.int("PORT", 8000)`, `config("PORT", default=8000, cast=int)`. */
const readers = [
  /^decouple\.config$/,
  /^environs\.(?:Env|env)\(\)(?:\.(?:int|str|integer|string))?$/,
  /^environs\.env(?:\.(?:int|str))?$/,
  /^environ\.(?:Env|FileAwareEnv)\(\)(?:\.(?:int|str))?$/,
  /^starlette\.config\.Config\(\)$/,
  /^@nestjs\/config\.ConfigService\(\)\.(?:get|getOrThrow)$/,
];
/** Make an object whose methods read. */
const makers =
  /^(?:environs\.Env|environ\.(?:Env|FileAwareEnv)|starlette\.config\.Config|@nestjs\/config\.ConfigService)$/;
/** Libraries that look into `.env` by themselves. */
const readsDotEnv = /^(?:decouple|@nestjs)/;

export function callLibrary(
  evaluation: Evaluation,
  target: Library,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  if (makers.test(target.name)) return { ...target, name: `${target.name}()` };
  if (readers.some((reader) => reader.test(target.name))) return readCall(evaluation, target.name, call, frame);
  return envVarCall(evaluation, target, call, frame);
}

function readCall(evaluation: Evaluation, library: string, call: CallExpression, frame: Frame): Evaluated | undefined {
  const name = textArgument(evaluation, call.arguments[0], frame);
  if (name === undefined) return undefined;
  const named = call.arguments.find((argument) => argument.name === 'default');
  const second = call.arguments[1]?.name === undefined ? call.arguments[1] : undefined;
  const usesDotEnv = readsDotEnv.test(library);
  return readWithDefault(evaluation, name, usesDotEnv, named?.value ?? second?.value, call, frame);
}

function readWithDefault(
  evaluation: Evaluation,
  name: string,
  usesDotEnv: boolean,
  fallback: Expression | undefined,
  at: Expression,
  frame: Frame,
): Evaluated {
  const hop = step(at.at, printExpression(at, frame.module.program.language));
  const value = readVariable(evaluation, name, at.at);
  if (value.kind !== 'scalar' || value.value !== null) return withHop(value, hop);
  const fromFile = usesDotEnv ? readFileVariable(evaluation, '.env', name) : undefined;
  if (fromFile !== undefined) return withHop(fromFile, hop);
  return fallback === undefined ? value : withHop(evaluate(evaluation, fallback, frame), hop);
}

function textArgument(evaluation: Evaluation, argument: Argument | undefined, frame: Frame): string | undefined {
  const value = argument && evaluate(evaluation, argument.value, frame);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** `env.get('PORT').default('3000').asPortNumber()`: https://github.com/evanshortiss/env-var */
function envVarCall(
  evaluation: Evaluation,
  target: Library,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  if (!target.name.startsWith('env-var')) return undefined;
  const method = target.name.slice(target.name.lastIndexOf('.') + 1);
  if (!/^as(?:PortNumber|Int|IntPositive|String)$/.test(method)) {
    return { ...target, name: `env-var.${method}` };
  }
  let fallback: Expression | undefined;
  let receiver: Expression | undefined = call.callee.kind === 'member' ? call.callee.object : undefined;
  for (let depth = 0; depth < 6 && receiver?.kind === 'call' && receiver.callee.kind === 'member'; depth++) {
    const name = receiver.callee.property.kind === 'literal' ? receiver.callee.property.value : undefined;
    if (name === 'default') fallback = receiver.arguments[0]?.value;
    if (name === 'get') {
      const variable = textArgument(evaluation, receiver.arguments[0], frame);
      return variable === undefined ? undefined : readWithDefault(evaluation, variable, false, fallback, call, frame);
    }
    receiver = receiver.callee.object;
  }
  return undefined;
}

/**
 * `configService.get('PORT', 3000)` and `app.get(ConfigService).get('PORT')`. Names in capitals are variables of the
 * environment; others may be keys of a configuration that the program builds.
 */
export function isConfigService(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.property.kind !== 'literal') return undefined;
  if (callee.property.value !== 'get' && callee.property.value !== 'getOrThrow') return undefined;
  if (!frame.module.program.imports.some(({ module }) => module === '@nestjs/config')) return undefined;
  const first = call.arguments[0]?.value;
  if (first?.kind === 'name' && first.name === 'ConfigService') {
    return { kind: 'library', name: '@nestjs/config.ConfigService()', at: call.at, trail: [] };
  }
  const receiver = dottedName(callee.object);
  if (receiver === undefined || !/config(?:service)?$/i.test(receiver)) return undefined;
  const name = textArgument(evaluation, call.arguments[0], frame);
  if (name === undefined || !/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
  return readWithDefault(evaluation, name, true, call.arguments[1]?.value, call, frame);
}
