// Classes of a program and their instances: members, constructors, and pydantic's settings that read the environment.

import type { Argument, CallExpression, Expression } from '../facts/expression.ts';
import { dottedName } from '../facts/expression.ts';
import type { Definition, FunctionDefinition } from '../facts/program.ts';
import { evaluate } from './evaluate.ts';
import type { Bindings, ClassResult, Evaluated, Evaluation, Frame, Instance } from './evaluated.ts';
import { withHop } from './evaluated.ts';
import { evaluateDefinitions, functionAt, lookUp, oneOf, scopeHolds, siblingModules } from './evaluateName.ts';
import { isStructField, structField } from './evaluateStruct.ts';
import type { Module } from './modules.ts';
import { printExpression } from './printExpression.ts';
import { readFileVariable, readVariable } from './programEnvironment.ts';
import { step } from './text.ts';

const constructors = ['__init__', 'constructor'];
const MOST_BASES = 8;

/** What `this` and `self` mean in a method. */
export function selfInstance(evaluation: Evaluation, frame: Frame): Instance | undefined {
  if (frame.self !== undefined) return frame.self;
  const { module, path } = frame;
  for (let length = path.length; length > 0; length--) {
    const name = path[length - 1] ?? '';
    const known = evaluation.instances.get(`${module.uri}#${name}`);
    if (known !== undefined) return known;
    const of = classAround(evaluation, module, path.slice(0, length));
    if (of === undefined) continue;
    const constructed = evaluation.instances.get(`${of.frame.module.uri}#${name}`);
    if (constructed !== undefined) return constructed;
    return { kind: 'instance', of, arguments: undefined, frame: of.frame, trail: [] };
  }
  return undefined;
}

/** The class whose body or methods stand at a path; methods may stand in another file of the package. */
function classAround(evaluation: Evaluation, module: Module, path: readonly string[]): ClassResult | undefined {
  const name = path.at(-1) ?? '';
  for (const owner of [module, ...siblingModules(evaluation, module)]) {
    const found = owner.definitions.get(name)?.find(({ value }) => value.kind === 'class');
    if (found?.value.kind !== 'class') continue;
    return {
      kind: 'class',
      name,
      definition: found.value,
      frame: { module: owner, path: path.slice(0, -1) },
      trail: [],
    };
  }
  return undefined;
}

export function construct(of: ClassResult, call: CallExpression, frame: Frame): Instance {
  return { kind: 'instance', of, arguments: call.arguments, frame, trail: of.trail };
}

/** The frame of a function's body in one call; `own` is its frame without bindings. */
export function callFrame(
  own: Frame,
  parameters: FunctionDefinition['parameters'],
  values: readonly Argument[],
  caller: Frame,
): Frame {
  return { ...own, bindings: bindParameters(parameters, values, caller, own), boundLength: own.path.length };
}

/** Parameters of a function bound to a call's arguments; defaults are evaluated in the function's own frame. */
function bindParameters(
  parameters: FunctionDefinition['parameters'],
  values: readonly Argument[],
  caller: Frame,
  own: Frame,
): Bindings {
  const bindings = new Map<string, { expression: Expression; frame: Frame }>();
  const positional = values.filter((value) => value.name === undefined);
  const named = new Map(values.map((value) => [value.name, value.value]));
  const isMethod = parameters[0]?.name === 'self' || parameters[0]?.name === 'cls';
  parameters.slice(isMethod ? 1 : 0).forEach((parameter, index) => {
    const given = named.get(parameter.name) ?? positional[index]?.value;
    if (given !== undefined) bindings.set(parameter.name, { expression: given, frame: caller });
    else if (parameter.default !== undefined)
      bindings.set(parameter.name, { expression: parameter.default, frame: own });
  });
  return bindings;
}

/** A class attribute, a static method, or what a local base class gives. */
export function classMember(evaluation: Evaluation, of: ClassResult, name: string): Evaluated | undefined {
  for (const current of lineage(evaluation, of)) {
    const member = current.definition.members.findLast((candidate) => candidate.name === name);
    if (member !== undefined) {
      if (isStructField(member.value)) return undefined;
      const inner: Frame = { ...current.frame, path: [...current.frame.path, current.name] };
      const text = `${name} = ${printExpression(member.value, inner.module.program.language)}`;
      return withHop(evaluate(evaluation, member.value, inner), step(member.at, text));
    }
    for (const part of [current, ...otherParts(evaluation, current)]) {
      const found = evaluateDefinitions(evaluation, membersDefined(part, name), part.frame);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The same class in the other files of its package, which may hold methods of it. */
function otherParts(evaluation: Evaluation, of: ClassResult): readonly ClassResult[] {
  const siblings = siblingModules(evaluation, of.frame.module);
  return siblings.map((module) => ({ ...of, frame: { ...of.frame, module } }));
}

/** Functions and assignments that stand directly in the class body. */
function membersDefined(of: ClassResult, name: string): readonly Definition[] {
  const depth = of.frame.path.length + 1;
  return (of.frame.module.definitions.get(name) ?? []).filter(
    ({ scope }) => scope.path.length === depth && scope.path[depth - 1] === of.name,
  );
}

export function instanceMember(evaluation: Evaluation, instance: Instance, name: string): Evaluated | undefined {
  const { found, certain } = setThroughVariables(evaluation, instance, name);
  if (found !== undefined && certain) return found;
  const own = heldThrough(instance, name, ownMember(evaluation, instance, name));
  if (found === undefined || own === undefined) return found ?? own;
  return oneOf([found, own]);
}

/** A struct inside a struct is set through the same variables: `config.server.port = …`. */
function heldThrough(instance: Instance, name: string, member: Evaluated | undefined): Evaluated | undefined {
  if (member?.kind !== 'instance' || instance.variables === undefined) return member;
  const inherited = instance.variables.map(({ name: outer, frame }) => ({ name: `${outer}.${name}`, frame }));
  return { ...member, variables: [...inherited, ...(member.variables ?? [])] };
}

/** `config.port = …` through a variable that holds the instance; `certain` where that surely runs. */
function setThroughVariables(
  evaluation: Evaluation,
  instance: Instance,
  name: string,
): { readonly found: Evaluated | undefined; readonly certain: boolean } {
  const possible: Evaluated[] = [];
  for (const { name: variable, frame } of instance.variables ?? []) {
    const definitions = (frame.module.definitions.get(`${variable}.${name}`) ?? []).filter(
      ({ scope, outer }) => outer === true || scope.path.join('.') === frame.path.join('.'),
    );
    const found = evaluateDefinitions(evaluation, definitions, frame);
    if (found === undefined) continue;
    const certain = definitions.some(({ scope }) => scopeHolds(evaluation, scope, frame) === true);
    if (certain) return { found: possible.length === 0 ? found : oneOf([...possible, found]), certain };
    possible.push(found);
  }
  return { found: oneOf(possible), certain: false };
}

function ownMember(evaluation: Evaluation, instance: Instance, name: string): Evaluated | undefined {
  const given = instance.arguments?.find((argument) => argument.name === name);
  const declared = instance.of.definition.members.some((member) => member.name === name);
  if (given !== undefined && declared && !hasConstructor(instance.of)) {
    return evaluate(evaluation, given.value, instance.frame);
  }
  for (const current of lineage(evaluation, instance.of)) {
    const assigned = assignedToSelf(current, name);
    const found = evaluateDefinitions(evaluation, assigned, constructorFrame(instance, current));
    if (found !== undefined) return found;
    for (const part of otherParts(evaluation, current)) {
      const elsewhere = evaluateDefinitions(evaluation, assignedToSelf(part, name), { ...part.frame, self: instance });
      if (elsewhere !== undefined) return elsewhere;
    }
  }
  if (readsEnvironment(evaluation, instance.of)) return settingsField(evaluation, instance, name);
  if (given !== undefined && declared) return evaluate(evaluation, given.value, instance.frame);
  for (const owner of lineage(evaluation, instance.of)) {
    const field = owner.definition.members.findLast((candidate) => candidate.name === name);
    if (field !== undefined && isStructField(field.value)) {
      return structField(evaluation, instance, owner, field, field.value);
    }
  }
  const member = classMember(evaluation, instance.of, name);
  return member?.kind === 'function' ? { ...member, frame: { ...member.frame, self: instance } } : member;
}

function hasConstructor(of: ClassResult): boolean {
  return constructors.some((name) => functionAt(of.frame.module, [...of.frame.path, of.name, name]) !== undefined);
}

/** `self.port = …` and `this.port = …` in any method of the class. */
function assignedToSelf(of: ClassResult, name: string): readonly Definition[] {
  const { definitions } = of.frame.module;
  const depth = of.frame.path.length;
  const candidates = [...(definitions.get(`self.${name}`) ?? []), ...(definitions.get(`this.${name}`) ?? [])];
  return candidates.filter(({ scope }) => scope.path[depth] === of.name);
}

function constructorFrame(instance: Instance, of: ClassResult): Frame {
  const body = [...of.frame.path, of.name];
  for (const name of constructors) {
    const path = [...body, name];
    const definition = functionAt(of.frame.module, path);
    if (definition === undefined) continue;
    const own: Frame = { module: of.frame.module, path, self: instance };
    if (instance.arguments === undefined) return own;
    return callFrame(own, definition.parameters, instance.arguments, instance.frame);
  }
  return { module: of.frame.module, path: body, self: instance };
}

/** The class and its base classes in view, nearest first. */
function lineage(evaluation: Evaluation, of: ClassResult): readonly ClassResult[] {
  const classes: ClassResult[] = [of];
  for (let index = 0; index < classes.length && classes.length < MOST_BASES; index++) {
    const current = classes[index];
    for (const base of current?.definition.bases ?? []) {
      const found = current && lookUp(evaluation, base, current.frame);
      if (found?.kind === 'class' && !classes.some(({ definition }) => definition === found.definition)) {
        classes.push(found);
      }
    }
  }
  return classes;
}

/** https://docs.pydantic.dev/latest/concepts/pydantic_settings/ */
function readsEnvironment(evaluation: Evaluation, of: ClassResult): boolean {
  return lineage(evaluation, of).some(({ definition }) =>
    definition.bases.some((base) => /\bBaseSettings$/.test(base)),
  );
}

function settingsField(evaluation: Evaluation, instance: Instance, name: string): Evaluated | undefined {
  const given = instance.arguments?.find((argument) => argument.name === name);
  if (given !== undefined) return evaluate(evaluation, given.value, instance.frame);
  const classes = lineage(evaluation, instance.of);
  const owner = classes.find(({ definition }) => definition.members.some((member) => member.name === name));
  const member = owner?.definition.members.findLast((candidate) => candidate.name === name);
  const method = member === undefined ? classMember(evaluation, instance.of, name) : undefined;
  if (method?.kind === 'function') return { ...method, frame: { ...method.frame, self: instance } };
  const at = member?.at ?? instance.of.definition.at;
  const field = member === undefined ? undefined : fieldCall(member.value);
  const variables = [...fieldAliases(field), settingOf(classes, 'env_prefix') + name];
  for (const variable of variables) {
    const value = readSetting(evaluation, variable, at, settingOf(classes, 'env_file'));
    if (value.kind !== 'scalar' || value.value !== null) return withHop(value, step(at, name));
  }
  if (member === undefined || owner === undefined) return readVariable(evaluation, variables[0] ?? name, at);
  const fallback = field === undefined ? member.value : fieldDefault(field);
  if (fallback === undefined) return readVariable(evaluation, variables[0] ?? name, at);
  const text = `${name} = ${printExpression(member.value, owner.frame.module.program.language)}`;
  return withHop(
    evaluate(evaluation, fallback, { ...owner.frame, path: [...owner.frame.path, owner.name] }),
    step(at, text),
  );
}

/** Names are compared without case; the usual spelling is asked first. */
function readSetting(evaluation: Evaluation, variable: string, at: Definition['at'], file: string): Evaluated {
  for (const spelling of new Set([variable.toUpperCase(), variable, variable.toLowerCase()])) {
    const value = readVariable(evaluation, spelling, at);
    if (value.kind !== 'scalar' || value.value !== null) return value;
    const fromFile = file === '' ? undefined : readFileVariable(evaluation, file, spelling);
    if (fromFile !== undefined) return fromFile;
  }
  return readVariable(evaluation, variable.toUpperCase(), at);
}

function fieldCall(value: Expression): CallExpression | undefined {
  return value.kind === 'call' && /(?:^|\.)Field$/.test(dottedName(value.callee) ?? '') ? value : undefined;
}

function fieldAliases(field: CallExpression | undefined): readonly string[] {
  const names: string[] = [];
  for (const { name, value } of field?.arguments ?? []) {
    if (name !== 'env' && name !== 'alias' && name !== 'validation_alias') continue;
    if (value.kind === 'literal' && typeof value.value === 'string') names.push(value.value);
  }
  return names;
}

function fieldDefault(field: CallExpression): Expression | undefined {
  const named = field.arguments.find(({ name }) => name === 'default');
  const value = (named ?? field.arguments.find(({ name }) => name === undefined))?.value;
  const isRequired = value?.kind === 'unknown' && value.text === '...';
  return isRequired ? undefined : value;
}

/** A text of `model_config = SettingsConfigDict(env_prefix="APP_")` or of the inner `class Config`. */
function settingOf(classes: readonly ClassResult[], key: string): string {
  for (const of of classes) {
    const config = of.definition.members.find(({ name }) => name === 'model_config')?.value;
    const named = config?.kind === 'call' ? config.arguments.find(({ name }) => name === key)?.value : undefined;
    const entry =
      config?.kind === 'object' ? config.entries.find((candidate) => candidate.key === key)?.value : undefined;
    const inner = membersDefined(of, 'Config')[0]?.value;
    const own = inner?.kind === 'class' ? inner.members.find(({ name }) => name === key)?.value : undefined;
    const value = named ?? entry ?? own;
    if (value?.kind === 'literal' && typeof value.value === 'string') return value.value;
  }
  return '';
}
