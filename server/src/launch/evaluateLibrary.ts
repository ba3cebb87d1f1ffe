// Libraries that read settings, each known by the import it comes from. Those that read the environment alone stand here:
// python-decouple, environs, django-environ, env-var. The others have files of their own.

import type { Argument, CallExpression, Expression } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, LibraryResult } from './evaluated.ts';
import { withHop } from './evaluated.ts';
import { callExpressSetting, expressMakers } from './evaluateExpress.ts';
import { callFlaskConfig, flaskConfigMember } from './evaluateFlask.ts';
import { callGoLibrary } from './evaluateGo.ts';
import { callNestConfig, nestConfigMember } from './evaluateNest.ts';
import { callNodeConfig, nodeConfigMember } from './evaluateNodeConfig.ts';
import { pathCall } from './evaluatePath.ts';
import { callSchema, schemaMember } from './evaluateSchema.ts';
import { readByLibrary } from './evaluateSettings.ts';
import { printExpression } from './printExpression.ts';
import { readFileVariable, readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

/** Casting readers: `env("PORT")`, `env.int("PORT", 8000)`, `config("PORT", default=8000, cast=int)`. */
const readers = [
  /^decouple\.config$/,
  /^environs\.(?:Env|env)\(\)(?:\.(?:int|str|integer|string))?$/,
  /^environs\.env(?:\.(?:int|str))?$/,
  /^environ\.(?:Env|FileAwareEnv)\(\)(?:\.(?:int|str))?$/,
  /^starlette\.config\.Config\(\)$/,
];
/** Make an object whose methods read. */
const makers = /^(?:environs\.Env|environ\.(?:Env|FileAwareEnv)|starlette\.config\.Config|flask\.Flask)$/;
/** Give back the settings they are given: `defineConfig({ … })`. */
const transparent = /\.define\w*Config$|^@keystone-6\/core\.config$/;
/** Libraries that look into `.env` by themselves. */
const readsDotEnv = /^decouple/;

export function callLibrary(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  if (frame.module.program.language === 'go') return callGoLibrary(evaluation, target, call, frame);
  const [first] = call.arguments;
  if (transparent.test(target.name) && first) return evaluate(evaluation, first.value, frame);
  if (makers.test(target.name) || expressMakers.test(target.name))
    return { ...target, name: `${target.name}()`, made: { call, frame } };
  if (readers.some((reader) => reader.test(target.name))) return readCall(evaluation, target, call, frame);
  return (
    pathCall(evaluation, target.name, call, frame) ??
    readByLibrary(evaluation, target, call, frame) ??
    callSchema(evaluation, target, call, frame) ??
    callNestConfig(evaluation, target, call, frame) ??
    callNodeConfig(evaluation, target, call, frame) ??
    callExpressSetting(evaluation, target, call, frame) ??
    callFlaskConfig(evaluation, target, call, frame) ??
    envVarCall(evaluation, target, call, frame)
  );
}

/** A member of something that a library exports or makes. */
export function libraryMember(
  evaluation: Evaluation,
  object: LibraryResult,
  name: string,
  expression: Expression,
): Evaluated | undefined {
  return (
    schemaMember(evaluation, object, name, expression) ??
    nestConfigMember(evaluation, object, name) ??
    nodeConfigMember(evaluation, object, name, expression.at) ??
    flaskConfigMember(evaluation, object, name) ?? { ...object, name: `${object.name}.${name}` }
  );
}

function readCall(
  evaluation: Evaluation,
  library: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const name = textArgument(evaluation, call.arguments[0], frame);
  if (name === undefined) return undefined;
  const named = call.arguments.find((argument) => argument.name === 'default');
  const second = call.arguments[1]?.name === undefined ? call.arguments[1] : undefined;
  const usesDotEnv = readsDotEnv.test(library.name);
  const fallback = named?.value ?? second?.value ?? schemeDefault(library, name);
  return readWithDefault(evaluation, name, usesDotEnv, fallback, call, frame);
}

/** `environ.Env(PORT=(int, 8000))` */
function schemeDefault({ made }: LibraryResult, name: string): Expression | undefined {
  const entry = made?.call.arguments.find((argument) => argument.name === name)?.value;
  return entry?.kind === 'array' ? entry.items[1] : undefined;
}

export function readWithDefault(
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

export function textArgument(evaluation: Evaluation, argument: Argument | undefined, frame: Frame): string | undefined {
  const value = argument && evaluate(evaluation, argument.value, frame);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** `env.get('PORT').default('3000').asPortNumber()`: https://github.com/evanshortiss/env-var */
function envVarCall(
  evaluation: Evaluation,
  target: LibraryResult,
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
