// Fields of structs as libraries fill them: from the environment by their tags, from settings files by their keys. The
// language writes a field as a call of `struct.field`, and a call that fills a struct as `struct.filled`.

import { joinUri } from '../base/uri.ts';
import { settingOf } from '../facts/configFile.ts';
import type { CallExpression, Expression } from '../facts/expression.ts';
import type { ClassDefinition } from '../facts/program.ts';
import { evaluate } from './evaluate.ts';
import { evaluateArgument } from './evaluateArgument.ts';
import type { ClassResult, Evaluated, Evaluation, Filled, Frame, FunctionResult, Instance } from './evaluated.ts';
import { scalar, unknownResult, withHop } from './evaluated.ts';
import { memberOf } from './evaluateMember.ts';
import { isViper, viperSetting } from './evaluateViper.ts';
import { readVariable } from './programEnvironment.ts';
import { optionsOf, prefixOfCall, prefixOfField, tagOf, tagText, variableOf } from './structTags.ts';
import { step } from './text.ts';

type Member = ClassDefinition['members'][number];

/** The struct after a call that was given its address. */
export function filledStruct(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated | undefined {
  const [first, by, ...others] = call.arguments;
  const held = first && evaluate(evaluation, first.value, frame);
  if (held?.kind !== 'instance' || by === undefined) return held;
  const filler = evaluate(evaluation, by.value, frame);
  if (filler.kind === 'function') return setByFunction(held, filler);
  const name = filler.kind === 'library' ? filler.name : filler.kind === 'scalar' ? String(filler.value) : '';
  const source = sourceOf(evaluation, by.value, others[0]?.value, frame);
  const variablePrefix = prefixOfCall({ by: name, source });
  return { ...held, filled: { by: name, source, prefix: '', variablePrefix } };
}

/** A function of the program sets fields through its parameter. What else it does with the struct is not followed. */
function setByFunction(held: Instance, { definition, frame, name }: FunctionResult): Instance {
  const inside: Frame = { module: frame.module, path: [...frame.path, name] };
  const parameters = definition.parameters.map((parameter) => ({ name: parameter.name, frame: inside }));
  const filled: Filled = { by: '', source: undefined, prefix: '' };
  return { ...held, variables: [...parameters, ...(held.variables ?? [])], filled: held.filled ?? filled };
}

/** What it is filled from: the argument of `yaml.Unmarshal(data, &config)`, the receiver of `decoder.Decode(&config)`. */
function sourceOf(
  evaluation: Evaluation,
  callee: Expression,
  argument: Expression | undefined,
  frame: Frame,
): Evaluated | undefined {
  if (argument !== undefined) return evaluate(evaluation, argument, frame);
  return callee.kind === 'member' ? evaluate(evaluation, callee.object, frame) : undefined;
}

/** The first of some keys in a settings file of the image; null where it says nothing. */
export function fileSetting(evaluation: Evaluation, call: CallExpression): Evaluated {
  const [path = '', ...keys] = call.arguments.map(({ value }) => (value.kind === 'literal' ? String(value.value) : ''));
  const { modules, workingDirectory } = evaluation;
  const uri = modules.image.workspaceUri(joinUri(workingDirectory, path));
  if (uri === undefined || !modules.files.exists(uri)) return scalar(null, call.at);
  const file = modules.config(uri);
  if (file === undefined) return unknownResult(path, call.at, `${path} is not read`);
  for (const key of keys) {
    const value = settingOf(file, key);
    if (value?.state === 'known')
      return scalar(value.value, value.at, [step(value.at, `${path} ${key} = ${value.value}`)]);
    if (value !== undefined) return unknownResult(key, value.at, `\`${key}\` in ${path} is open`);
  }
  return scalar(null, call.at);
}

export function isStructField(value: Expression): value is CallExpression {
  return value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'struct.field';
}

/** The value of a field that nothing else sets. */
export function structField(
  evaluation: Evaluation,
  instance: Instance,
  owner: ClassResult,
  member: Member,
  field: CallExpression,
): Evaluated {
  const inner: Frame = { module: owner.frame.module, path: owner.frame.path };
  const option = instance.filled && optionField(evaluation, instance.filled, member, field, inner);
  if (option !== undefined) return option;
  const variable = variableOf(instance.filled, member, field);
  if (variable !== undefined) {
    const value = readVariable(evaluation, variable, member.at);
    if (value.kind !== 'scalar' || value.value !== null)
      return withHop(value, step(member.at, `${member.name} reads ${variable}`));
  }
  const setting = instance.filled === undefined ? undefined : settingField(evaluation, instance.filled, member, field);
  if (setting !== undefined) return setting;
  const fallback = tagOf(field, 'envDefault') ?? tagOf(field, 'env-default') ?? tagOf(field, 'default');
  if (fallback !== undefined) {
    return withHop(
      evaluate(evaluation, fallback, inner),
      step(fallback.at, `${member.name} is ${textOf(fallback)} by default`),
    );
  }
  const type = tagOf(field, 'type');
  if (type !== undefined) return nested(evaluation, instance, member, field, evaluate(evaluation, type, inner), inner);
  if (variable !== undefined) return { ...scalar(null, member.at), unset: variable };
  const zero = tagOf(field, 'zero');
  if (zero !== undefined && instance.filled === undefined && instance.arguments !== undefined) {
    return evaluate(evaluation, zero, inner);
  }
  return unknownResult(member.name, member.at, `what sets the field \`${member.name}\` is not seen`);
}

function nested(
  evaluation: Evaluation,
  instance: Instance,
  member: Member,
  field: CallExpression,
  type: Evaluated,
  frame: Frame,
): Evaluated {
  if (type.kind !== 'class') return type;
  const { filled } = instance;
  const built: Instance = { kind: 'instance', of: type, arguments: instance.arguments && [], frame, trail: [] };
  if (filled === undefined) return built;
  const source =
    filled.source === undefined
      ? undefined
      : settingsAt(evaluation, filled.source, keysOf(member, field), field, frame);
  const variablePrefix = (filled.variablePrefix ?? '') + prefixOfField(filled, member, field);
  return {
    ...built,
    filled: { ...filled, source, prefix: `${filled.prefix}${keysOf(member, field)[0] ?? ''}.`, variablePrefix },
  };
}

/** What the command line gives a field. */
function optionField(
  evaluation: Evaluation,
  filled: Filled,
  member: Member,
  field: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  const names = optionsOf(filled, member, field);
  if (names.length === 0) return undefined;
  const found = evaluateArgument(evaluation, argvOption(names, field.at), frame);
  return found.kind === 'scalar' && found.value === null ? undefined : found;
}

function argvOption(names: readonly string[], at: Expression['at']): CallExpression {
  const object: Expression = { kind: 'name', name: 'argv', at };
  const property: Expression = { kind: 'literal', value: 'option', at };
  const values = names.map((value) => ({ value: { kind: 'literal', value, at } as const }));
  return { kind: 'call', callee: { kind: 'member', object, property, at }, arguments: values, at };
}

function settingField(
  evaluation: Evaluation,
  filled: Filled,
  member: Member,
  field: CallExpression,
): Evaluated | undefined {
  const keys = keysOf(member, field);
  if (isViper(filled.by)) {
    if (tagOf(field, 'type') !== undefined) return undefined;
    return viperSetting(evaluation, `${filled.prefix}${keys[0] ?? member.name}`, member.at);
  }
  if (filled.source?.kind !== 'settings' || tagOf(field, 'type') !== undefined) return undefined;
  const frame = evaluation.reached[0];
  return frame && settingsAt(evaluation, filled.source, keys, field, { module: frame, path: [] });
}

function settingsAt(
  evaluation: Evaluation,
  source: Evaluated,
  keys: readonly string[],
  field: Expression,
  frame: Frame,
): Evaluated | undefined {
  if (source.kind !== 'settings') return undefined;
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  for (const { key } of source.file.entries) {
    if (!key.startsWith(source.prefix)) continue;
    const own = key.slice(source.prefix.length).split('.', 1)[0] ?? '';
    if (wanted.has(own.toLowerCase())) return memberOf(evaluation, source, own, field, frame);
  }
  return undefined;
}

/** The keys that a field has in settings files, the likeliest first. */
function keysOf(member: Member, field: CallExpression): readonly string[] {
  const tags = ['mapstructure', 'yaml', 'json', 'toml', 'koanf'].flatMap(
    (name) => tagText(field, name)?.split(',', 1)[0] || [],
  );
  return [...tags, member.name];
}

function textOf(value: Expression): string {
  return value.kind === 'literal' ? String(value.value) : '…';
}
