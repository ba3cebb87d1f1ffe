// What ecspresso's templates print where nothing else is decided: the default of `{{ env `PORT` `8080` }}`. The values of
// `must_env`, `tfstate` and `ssm` are known only when ecspresso runs.
// https://github.com/kayac/ecspresso#template-syntax

import { type Location, locationOf } from '../base/text.ts';
import type { Known, Piece } from '../facts/value.ts';
import { known } from '../facts/value.ts';
import { hasTemplate } from '../syntax/template.ts';

const WITH_DEFAULT =
  /\{\{-?[ \t]{0,9}env[ \t]{1,9}(?:`[^`]{0,200}`|"[^"]{0,200}")[ \t]{1,9}(`[^`]{0,400}`|"[^"]{0,400}")[ \t]{0,9}-?\}\}/g;

/** The text with its defaults; undefined where another template stands in it. */
export function textByDefault(text: string, at: Location): Known<string> | undefined {
  const templates = [...text.matchAll(WITH_DEFAULT)];
  if (templates.length === 0) return undefined;
  const { start, end } = at.span;
  const exact = end - start === text.length;
  const place = (from: number, to: number): Location => (exact ? locationOf(at.uri, start + from, start + to) : at);
  const pieces: Piece[] = [];
  let rendered = '';
  const add = (part: string, from: number): void => {
    const piece = known(part, place(from, from + part.length));
    pieces.push({ start: rendered.length, end: rendered.length + part.length, value: piece });
    rendered += part;
  };
  let offset = 0;
  for (const match of templates) {
    const quoted = match[1] ?? '';
    add(text.slice(offset, match.index), offset);
    add(quoted.slice(1, -1), match.index + match[0].lastIndexOf(quoted) + 1);
    offset = match.index + match[0].length;
  }
  add(text.slice(offset), offset);
  if (hasTemplate(rendered)) return undefined;
  const trail = templates.map((match) => ({ at: place(match.index, match.index + match[0].length), text: match[0] }));
  const [only, ...others] = pieces.filter((piece) => piece.end > piece.start);
  if (only && others.length === 0) return known(rendered, only.value.at, trail);
  return { ...known(rendered, at, trail), pieces };
}
