// `Sub`: texts with `${Name}` in them.

import type { Location } from '../../base/text.ts';
import type { StackCall, StackExpression, StackObject } from '../../facts/stackTemplate.ts';
import { known, placeWithin, type Value } from '../../facts/value.ts';
import type { Described } from '../described/described.ts';
import { joinedText } from '../described/join.ts';
import { open, placeOf, type StackContext, scalar } from './context.ts';
import type { Evaluate } from './evaluate.ts';
import { attributeOf, fromValue, named, nameInText } from './references.ts';

export function substitute(call: StackCall, context: StackContext, inner: Evaluate): Described {
  const { argument } = call;
  const [text, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (text?.kind !== 'scalar' || text.value === null)
    return open('Sub', placeOf(context, call.span), 'its text is computed');
  const at = placeOf(context, text.span);
  const written = String(text.value);
  const map = variables?.kind === 'object' ? variables : undefined;
  const parts = partsOf(written).map((part) => {
    if (part.kind === 'text') return part;
    const place = placeWithin(known(written, at), part.start, part.end);
    return { kind: 'value' as const, value: variable(part.name, place, map, context, inner) };
  });
  const [only, second] = parts;
  // `!Sub "${Port}"` is the parameter itself.
  if (only?.kind === 'value' && !second) return only.value;
  if (!parts.some((part) => part.kind === 'value'))
    return scalar(known(parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''), at));
  const values = parts.map((part): Value<string> => {
    if (part.kind === 'value') return nameInText(part.value, context, inner);
    return known(part.text, placeWithin(known(written, at), part.start, part.end));
  });
  return fromValue(joinedText(values, at));
}

type SubPart =
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'variable'; readonly name: string; readonly start: number; readonly end: number };

/** `${!Literal}` stays `${Literal}`. */
function partsOf(text: string): readonly SubPart[] {
  const parts: SubPart[] = [];
  let offset = 0;
  for (const match of text.matchAll(/\$\{(!?)([^${}]{1,300})\}/g)) {
    const [whole, literal, name = ''] = match;
    const start = match.index;
    const end = start + whole.length;
    if (start > offset) parts.push({ kind: 'text', text: text.slice(offset, start), start: offset, end: start });
    if (literal) parts.push({ kind: 'text', text: `\${${name}}`, start, end });
    else parts.push({ kind: 'variable', name: name.trim(), start, end });
    offset = end;
  }
  const end = text.length;
  if (offset < end || parts.length === 0) parts.push({ kind: 'text', text: text.slice(offset), start: offset, end });
  return parts;
}

function variable(
  name: string,
  at: Location,
  map: StackObject | undefined,
  context: StackContext,
  inner: Evaluate,
): Described {
  const own: StackExpression | undefined = map?.entries.findLast((entry) => entry.key === name)?.value;
  if (own) return inner(own);
  return name.includes('.') && !name.startsWith('AWS::')
    ? attributeOf(name, at, context, inner)
    : named(name, at, context);
}
