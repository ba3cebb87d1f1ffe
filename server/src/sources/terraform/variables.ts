// The values of variables: what a module is called with, what variable files say, defaults, and what the type fills in.

import { type Location, locationOf } from '../../base/text.ts';
import { attributeOf, type HclExpression } from '../../syntax/hcl/tree.ts';
import { type Context, type ModuleInstance, placeIn, type Scope, scopeOf } from './context.ts';
import { isNull, knownBoolean, knownNumber, knownText, scalar, type TerraformValue, unknown } from './values.ts';

export function variableValue(name: string, module: ModuleInstance, at: Location, context: Context): TerraformValue {
  const key = `var.${name}`;
  const value = context.once(module, key, () => {
    const definition = context.definition(module, key);
    const body = definition?.kind === 'block' ? definition.block.body : undefined;
    const scope = scopeOf(definition ?? { uri: at.uri, shift: 0 }, module);
    const type = body && attributeOf(body, 'type')?.value;
    const fallback = body && attributeOf(body, 'default')?.value;
    const defaultValue = (): TerraformValue | undefined =>
      fallback && withText(context.evaluate(fallback, scope), 'default');
    const given = givenValue(name, module, defaultValue, context);
    const strict = body && attributeOf(body, 'nullable')?.value;
    const refusesNull = strict?.kind === 'literal' && strict.value === false;
    if (given && !(refusesNull && isNull(given))) return withDefaults(given, type, scope, context);
    const value = defaultValue();
    return value ? withDefaults(value, type, scope, context) : noValue;
  });
  return value === noValue ? unknown(key, at, `the variable ${name} has no value in the files`) : value;
}

/** Stands for no value, whoever asks; the place of that is where it is asked for. */
const noValue = unknown('', locationOf('', 0, 0), '');

function givenValue(
  name: string,
  module: ModuleInstance,
  fallback: () => TerraformValue | undefined,
  context: Context,
): TerraformValue | undefined {
  if (!module.call) return context.assigned(name, fallback);
  const argument = context.argument(module, name);
  return argument && withText(context.evaluate(argument, module.call.scope), name);
}

function withText(value: TerraformValue, name: string): TerraformValue {
  if (value.kind !== 'scalar' || value.trail || value.value === null) return value;
  return { ...value, trail: [{ at: value.at, text: `${name} = ${JSON.stringify(value.value)}` }] };
}

/** Fills in what `optional(…)` says of the type: https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
function withDefaults(
  value: TerraformValue,
  type: HclExpression | undefined,
  scope: Scope,
  context: Context,
): TerraformValue {
  if (!context.spend(1)) return unknown('…', value.at, 'it takes too much to compute');
  if (type?.kind === 'reference') return asPlain(value, type.name);
  if (type?.kind !== 'call') return value;
  const [inner] = type.arguments;
  switch (type.name) {
    case 'optional':
      return withDefaults(value, inner, scope, context);
    case 'map':
      if (value.kind !== 'object') return value;
      return {
        ...value,
        entries: value.entries.map((entry) => ({ ...entry, value: withDefaults(entry.value, inner, scope, context) })),
      };
    case 'list':
    case 'set':
      if (value.kind !== 'list') return value;
      return { ...value, items: value.items.map((item) => withDefaults(item, inner, scope, context)) };
    case 'object':
      return inner?.kind === 'object' ? objectWithDefaults(value, inner, scope, context) : value;
    default:
      return value;
  }
}

/** `80` for a variable of texts is `"80"`, and the other way round. */
function asPlain(value: TerraformValue, type: string): TerraformValue {
  if (value.kind !== 'scalar' || value.value === null) return value;
  const converted =
    type === 'string'
      ? knownText(value)
      : type === 'number'
        ? knownNumber(value)
        : type === 'bool'
          ? knownBoolean(value)
          : undefined;
  return converted === undefined ? value : { ...value, value: converted };
}

function objectWithDefaults(
  value: TerraformValue,
  type: Extract<HclExpression, { kind: 'object' }>,
  scope: Scope,
  context: Context,
): TerraformValue {
  if (value.kind !== 'object') return value;
  const types = new Map(
    type.entries.flatMap((entry) => (entry.key.kind === 'string' ? [[entry.key.value, entry.value] as const] : [])),
  );
  const entries = value.entries.map((entry) => ({
    ...entry,
    value: isNull(entry.value)
      ? (fill(types.get(entry.key), scope, context) ?? entry.value)
      : withDefaults(entry.value, types.get(entry.key), scope, context),
  }));
  const said = new Set(entries.map((entry) => entry.key));
  const filled = [...types].flatMap(([key, one]) => {
    const filling = said.has(key) ? undefined : fill(one, scope, context);
    return filling ? [{ key, keyAt: placeIn(scope, one.span), value: filling }] : [];
  });
  return { ...value, entries: [...entries, ...filled] };
}

/** What stands for an optional attribute that is not given. */
function fill(type: HclExpression | undefined, scope: Scope, context: Context): TerraformValue | undefined {
  if (type?.kind !== 'call' || type.name !== 'optional') return undefined;
  const [inner, fallback] = type.arguments;
  if (!fallback) return scalar(null, placeIn(scope, type.span));
  return withDefaults(context.evaluate(fallback, scope), inner, scope, context);
}
