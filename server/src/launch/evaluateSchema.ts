// Libraries that check settings against a schema and fill in its defaults: zod, Joi, yup, envalid, envsafe, t3-env,
// convict, and the fields of Python's dataclasses. A field is what the checked values say, else its default.

import type { CallExpression, Expression } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import { callFunction } from './evaluateCall.ts';
import type { Evaluated, Evaluation, Frame, LibraryResult, Made } from './evaluated.ts';
import { scalar, withHop } from './evaluated.ts';
import { memberOf } from './evaluateMember.ts';
import { fileAt, settingsMember } from './evaluateSettings.ts';
import { printExpression } from './printExpression.ts';
import { readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

const objectMakers =
  /^(?:zod|zod\/v4|joi|@hapi\/joi|yup|celebrate)(?:\.(?:z|default|Joi))*\.(?:object|strictObject|looseObject)$/;
/** https://github.com/af/envalid, https://github.com/KATT/envsafe, https://env.t3.gg */
const environmentCheckers = /^(?:envalid\.(?:default\.)?cleanEnv|envsafe\.envsafe|@t3-oss\/env-\w+\.createEnv)$/;
const SCHEMA = 'schema()';
const RESULT = 'schema.result()';
const CONVICT = 'convict()';

export function callSchema(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const { name } = target;
  if (objectMakers.test(name)) return { ...target, name: SCHEMA, made: { call, frame } };
  if (environmentCheckers.test(name)) return { ...target, name: RESULT, made: { call, frame } };
  if (name === 'convict' || name === 'convict.default') return { ...target, name: CONVICT, made: { call, frame } };
  if (name === 'dataclasses.field') return dataclassField(evaluation, call, frame);
  if (name.startsWith(`${SCHEMA}.`)) return callOfSchema(evaluation, target, call, frame);
  return name.startsWith(`${CONVICT}.`) ? callOfConvict(evaluation, target, call, frame) : undefined;
}

/** `schema.keys({…})`, `schema.unknown()`, `schema.parse(process.env)`. */
function callOfSchema(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const method = target.name.slice(SCHEMA.length + 1);
  const [argument] = call.arguments;
  if (/^(?:parse|safeParse|parseAsync|safeParseAsync|validate|validateSync|attempt|cast)$/.test(method)) {
    if (target.made === undefined || argument === undefined) return undefined;
    const input = evaluate(evaluation, argument.value, frame);
    return { ...target, name: RESULT, made: { ...target.made, input } };
  }
  if ((method === 'keys' || method === 'extend') && argument) return { ...target, name: SCHEMA, made: { call, frame } };
  return { ...target, name: SCHEMA };
}

/** A member of what a check gave back: a field, or the way to the fields. */
export function schemaMember(
  evaluation: Evaluation,
  object: LibraryResult,
  name: string,
  expression: Expression,
): Evaluated | undefined {
  const { made } = object;
  if (object.name !== RESULT || made === undefined) return undefined;
  if (made.input !== undefined) {
    if (name === 'data' || name === 'value') return object;
    if (name === 'success') return scalar(true, expression.at);
    if (name === 'error') return scalar(null, expression.at);
  }
  return checkedField(evaluation, made, name, expression);
}

function checkedField(evaluation: Evaluation, made: Made, name: string, expression: Expression): Evaluated | undefined {
  const given =
    made.input === undefined
      ? readVariable(evaluation, name, expression.at)
      : memberOf(evaluation, made.input, name, expression, made.frame);
  if (given !== undefined && (given.kind !== 'scalar' || given.value !== null)) return given;
  return schemaDefault(evaluation, made, name) ?? given;
}

/** The default of a field; undefined where the schema has none. */
export function schemaDefault(evaluation: Evaluation, made: Made, name: string): Evaluated | undefined {
  for (const { value } of made.call.arguments.toReversed()) {
    const fields = evaluate(evaluation, value, made.frame);
    const found = fields.kind === 'object' ? fieldOf(evaluation, fields, name) : undefined;
    if (found === undefined) continue;
    const fallback = defaultOf(found.expression);
    if (fallback === undefined) return undefined;
    const hop = step(found.expression.at, `${name}: ${printExpression(found.expression, 'javascript')}`);
    return withHop(evaluate(evaluation, fallback, found.frame), hop);
  }
  return undefined;
}

type ObjectResult = Extract<Evaluated, { kind: 'object' }>;

function fieldOf(
  evaluation: Evaluation,
  { expression, frame }: ObjectResult,
  name: string,
): { readonly expression: Expression; readonly frame: Frame } | undefined {
  const own = expression.entries.findLast((entry) => entry.key === name);
  if (own !== undefined) return { expression: own.value, frame };
  // t3-env sorts the fields by who may see them.
  for (const { key, value } of expression.entries) {
    if (key !== 'server' && key !== 'shared' && key !== 'client') continue;
    const inner = evaluate(evaluation, value, frame);
    const found = inner.kind === 'object' ? fieldOf(evaluation, inner, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `z.coerce.number().default(3000)`, `port({ default: 3000 })`. */
function defaultOf(field: Expression): Expression | undefined {
  let current = field;
  for (let depth = 0; depth < 12 && current.kind === 'call'; depth++) {
    const { callee } = current;
    const method = callee.kind === 'member' && callee.property.kind === 'literal' ? callee.property.value : undefined;
    const [first] = current.arguments;
    if (first && (method === 'default' || method === 'catch' || method === 'prefault' || method === 'failover')) {
      return first.value;
    }
    if (first?.value.kind === 'object') {
      const entry = first.value.entries.findLast(({ key }) => key === 'default');
      if (entry !== undefined) return entry.value;
    }
    if (callee.kind !== 'member') return undefined;
    current = callee.object;
  }
  return undefined;
}

/** `field(default=8000)`, `field(default_factory=lambda: …)` */
function dataclassField(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated | undefined {
  const named = (name: string) => call.arguments.find((argument) => argument.name === name)?.value;
  const fallback = named('default');
  if (fallback !== undefined) return evaluate(evaluation, fallback, frame);
  const factory = named('default_factory');
  const made = factory && evaluate(evaluation, factory, frame);
  return made?.kind === 'function' ? callFunction(evaluation, made, [], frame) : undefined;
}

/** `config.get('server.port')`: https://github.com/mozilla/node-convict; variables beat files, files beat defaults. */
function callOfConvict(
  evaluation: Evaluation,
  target: LibraryResult,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const method = target.name.slice(CONVICT.length + 1);
  const [argument] = call.arguments;
  if (method !== 'get') return { ...target, name: CONVICT };
  const path = argument && evaluate(evaluation, argument.value, frame);
  const schema = target.made?.call.arguments[0]?.value;
  if (path?.kind !== 'scalar' || target.made === undefined || schema === undefined) return undefined;
  let field: Evaluated | undefined = evaluate(evaluation, schema, target.made.frame);
  for (const name of String(path.value).split('.')) {
    field = field && memberOf(evaluation, field, name, call, frame);
  }
  if (field?.kind !== 'object') return undefined;
  const variable = memberOf(evaluation, field, 'env', call, frame);
  if (variable?.kind === 'scalar' && typeof variable.value === 'string') {
    const value = readVariable(evaluation, variable.value, call.at);
    if (value.kind !== 'scalar' || value.value !== null) return value;
  }
  return loadedValue(evaluation, String(path.value), call) ?? memberOf(evaluation, field, 'default', call, frame);
}

/** What a file says that `config.loadFile(path)` has read. */
function loadedValue(evaluation: Evaluation, path: string, at: Expression): Evaluated | undefined {
  for (const module of evaluation.reached) {
    for (const call of module.program.calls) {
      if (!call.callee.endsWith('.loadFile')) continue;
      const given =
        call.arguments[0] && evaluate(evaluation, call.arguments[0].value, { module, path: call.scope.path });
      if (given?.kind === 'unknown') return given;
      const uri = given?.kind === 'scalar' ? fileAt(evaluation, String(given.value)) : undefined;
      const file = uri === undefined ? undefined : evaluation.modules.config(uri);
      const found = file && settingsMember({ kind: 'settings', file, prefix: '', trail: [] }, path, at);
      if (found !== undefined && (found.kind !== 'scalar' || found.value !== null)) return found;
    }
  }
  return undefined;
}
