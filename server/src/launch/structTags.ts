// What libraries of Go and Rust fill the fields of a struct from, by the tags of the field: variables of the environment
// and options of the command line.

import type { CallExpression, Expression } from '../facts/expression.ts';
import type { ClassDefinition } from '../facts/program.ts';
import type { Filled } from './evaluated.ts';

type Member = ClassDefinition['members'][number];

/** Prefixes that a nested struct gives the variables of its fields. */
const prefixTags = ['envPrefix', 'env-prefix', 'envprefix'];

export function tagOf(field: CallExpression, name: string): Expression | undefined {
  return field.arguments.find((argument) => argument.name === name)?.value;
}

export function tagText(field: CallExpression, name: string): string | undefined {
  const value = tagOf(field, name);
  return value?.kind === 'literal' ? String(value.value) : undefined;
}

/** `env:"PORT,required"`, `envconfig:"PORT"`, both with the prefix of the structs around. */
export function variableOf(filled: Filled | undefined, member: Member, field: CallExpression): string | undefined {
  const prefix = filled?.variablePrefix ?? '';
  const env = tagText(field, 'env')?.split(',', 1)[0];
  if (env !== undefined && env !== '') return prefix + env;
  const named = tagText(field, 'envconfig');
  if (filled === undefined || !isEnvconfig(filled)) return named;
  return (prefix + (named ?? ownName(member, field))).toUpperCase();
}

/** The prefix of the whole struct, as the call that fills it says. */
export function prefixOfCall({ by, source }: Pick<Filled, 'by' | 'source'>): string {
  if (source?.kind === 'object') {
    const given = source.expression.entries.find(({ key }) => key === 'Prefix')?.value;
    return given?.kind === 'literal' ? String(given.value) : '';
  }
  if (!isEnvconfig({ by }) || source?.kind !== 'scalar' || !source.value) return '';
  return `${source.value}${by.startsWith('envy') ? '' : '_'}`;
}

/** What a struct inside the struct adds to it. */
export function prefixOfField(filled: Filled, member: Member, field: CallExpression): string {
  const own = prefixTags.map((name) => tagText(field, name)).find((text) => text !== undefined);
  if (own !== undefined || !isEnvconfig(filled) || filled.by.startsWith('envy')) return own ?? '';
  if (tagOf(field, 'embedded') !== undefined) return '';
  return `${tagText(field, 'envconfig') ?? ownName(member, field)}_`;
}

/** https://github.com/kelseyhightower/envconfig; Go's other library of that name reads tags alone. */
function isEnvconfig({ by }: Pick<Filled, 'by'>): boolean {
  return /^github\.com\/kelseyhightower\/envconfig\.|^envy::from_env$/.test(by);
}

function ownName(member: Member, field: CallExpression): string {
  const split = tagText(field, 'split_words') === 'true';
  return split ? member.name.replace(/([a-z0-9])([A-Z])/g, '$1_$2') : member.name;
}

/** The options of the command line that set a field: those of kong, go-flags and go-arg. */
export function optionsOf({ by }: Filled, member: Member, field: CallExpression): readonly string[] {
  const [long, short] = [tagText(field, 'long'), tagText(field, 'short')];
  const shorts = short === undefined ? [] : [`-${short}`];
  if (/\/go-flags\b/.test(by)) return long === undefined ? shorts : [`--${long}`, ...shorts];
  if (/alecthomas\/kong\b/.test(by)) {
    // The first `name` is that of the field itself.
    const tag = field.arguments.filter(({ name }) => name === 'name')[1]?.value;
    return [`--${tag?.kind === 'literal' ? String(tag.value) : kebab(member.name)}`, ...shorts];
  }
  if (!/alexflint\/go-arg\b/.test(by)) return [];
  const given = (tagText(field, 'arg') ?? '').split(',').filter((word) => /^-/.test(word));
  return given.some((word) => word.startsWith('--')) ? given : [`--${member.name.toLowerCase()}`, ...given];
}

function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
