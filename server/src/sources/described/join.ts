// Texts that are put together from parts, as every format of infrastructure code does: `!Sub`, `"${a}-${b}"`, templates
// of programs.

import type { Location } from '../../base/text.ts';
import { isAddress } from '../../facts/reference.ts';
import { type Choice, dynamic, known, type Piece, type Step, type Value } from '../../facts/value.ts';

/** More branches than this are no longer told apart. */
const MAX_BRANCHES = 8;

/**
 * The text of parts in order. What cannot be resolved stays in the text as a template, so that the rest of an image's
 * name can still be read. `service/CLUSTER/SERVICE` whose service is a resource in view is that resource.
 */
export function joinedText(parts: readonly Value<string>[], at: Location, reason?: string): Value<string> {
  const index = parts.findIndex((part) => part.state === 'choice');
  const choice = parts[index];
  if (choice?.state === 'choice') return joinedBranches(parts, index, choice, at, reason);
  const service = serviceOf(parts);
  if (service?.state === 'known') return { ...service, at };
  const decided = parts.every((part) => part.state === 'known' && !isAddress(part.value));
  const text = parts.map(partText).join('');
  if (!decided) return { ...dynamic(text, at, reason ?? reasonOf(parts)), pieces: piecesOf(parts) };
  return { ...known(text, at, parts.flatMap(trailOf)), pieces: piecesOf(parts) };
}

function joinedBranches(
  parts: readonly Value<string>[],
  index: number,
  choice: Choice<string>,
  at: Location,
  reason: string | undefined,
): Value<string> {
  const total = parts.reduce((count, part) => count * branchesOf(part), 1);
  if (total > MAX_BRANCHES) return dynamic(parts.map(partText).join(''), at, 'conditions decide it');
  const branches = choice.branches.map(({ when, value }) => ({
    when,
    value: joinedText(parts.with(index, value), at, reason),
  }));
  return { state: 'choice', branches, at };
}

/** How many texts a part may be. */
function branchesOf(part: Value<string>): number {
  if (part.state !== 'choice') return 1;
  return part.branches.reduce((count, branch) => count + branchesOf(branch.value), 0);
}

function serviceOf(parts: readonly Value<string>[]): Value<string> | undefined {
  const last = parts.at(-1);
  const before = parts.slice(0, -1).map(partText).join('');
  if (!before.startsWith('service/')) return undefined;
  return last?.state === 'known' && isAddress(last.value) ? last : undefined;
}

function partText(part: Value<string>): string {
  switch (part.state) {
    case 'known':
      return isAddress(part.value) ? `\${${part.value.slice(part.value.lastIndexOf('#') + 1)}}` : part.value;
    case 'dynamic':
      return hasTemplateMark(part.text) ? part.text : `\${${part.text}}`;
    case 'choice':
      return '${condition}';
    default:
      return '';
  }
}

function hasTemplateMark(text: string): boolean {
  return /[$<{%]/.test(text);
}

/** The known ones of the parts of a text, each with what it says of it. */
export function piecesOf(parts: readonly Value<string>[]): readonly Piece[] {
  let offset = 0;
  return parts.flatMap((value) => {
    const start = offset;
    offset += partText(value).length;
    return value.state === 'known' ? [{ start, end: offset, value }] : [];
  });
}

function trailOf(part: Value<string>): readonly Step[] {
  return part.state === 'known' ? (part.trail ?? []) : [];
}

function reasonOf(parts: readonly Value<string>[]): string | undefined {
  const open = parts.find((part) => part.state === 'dynamic');
  return open?.state === 'dynamic' ? open.reason : 'it is known only after the deployment';
}
