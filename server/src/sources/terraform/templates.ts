// Templates to texts of parts: interpolations, conditions and loops; files that are taken in as text.

import { type Location, locationOf, type Span } from '../../base/text.ts';
import { joinUri, type Uri } from '../../base/uri.ts';
import type { HclTemplatePart } from '../../syntax/hcl/tree.ts';
import { parseHclTemplate } from '../../syntax/hcl.ts';
import { type Context, placeIn, type Scope } from './context.ts';
import { expansionOfCollection, withNames } from './expansion.ts';
import { encodeJson } from './json.ts';
import { printExpression } from './print.ts';
import {
  choose,
  joinParts,
  knownBoolean,
  knownText,
  MAX_SIZE,
  scalar,
  type TerraformValue,
  type TextPart,
  textParts,
  unknown,
} from './values.ts';

const MAX_DEPTH = 20;

export function renderTemplate(
  parts: readonly HclTemplatePart[],
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue {
  const [only, second] = parts;
  if (only?.kind === 'interpolation' && !second) return context.evaluate(only.expression, scope);
  const rendering: Rendering = { parts, context, output: [], choice: undefined };
  render(rendering, 0, scope, true, 0);
  const { output, choice } = rendering;
  if (choice === undefined || output.length > MAX_BRANCH_PARTS) return joinParts(output, at);
  return choose(
    choice.branches.map((branch) => ({
      when: branch.when,
      value: joinParts(output.toSpliced(choice.index, 1, ...branch.parts), at),
    })),
    at,
  );
}

/** A longer text is not written out for each branch of a condition in it. */
const MAX_BRANCH_PARTS = 8;

interface Rendering {
  readonly parts: readonly HclTemplatePart[];
  readonly context: Context;
  readonly output: TextPart[];
  /** The first part of which the value is a choice. */
  choice:
    | {
        readonly index: number;
        readonly branches: readonly { readonly when: string; readonly parts: readonly TextPart[] }[];
      }
    | undefined;
}

/** Renders from an index to the directive that ends the block; answers that directive's index. */
function render(rendering: Rendering, from: number, scope: Scope, active: boolean, depth: number): number {
  const { parts } = rendering;
  let index = from;
  while (index < parts.length) {
    const part = parts[index];
    if (!part || rendering.output.length > MAX_SIZE) return parts.length;
    switch (part.kind) {
      case 'text':
        if (active) rendering.output.push({ kind: 'piece', text: part.value, at: placeIn(scope, part.span) });
        break;
      case 'interpolation':
        if (active) interpolate(rendering, part, scope);
        break;
      case 'if':
        index = renderIf(rendering, index, scope, active, depth + 1);
        break;
      case 'for':
        index = renderFor(rendering, index, scope, active, depth + 1);
        break;
      default:
        return index;
    }
    index++;
  }
  return index;
}

type InterpolationPart = Extract<HclTemplatePart, { kind: 'interpolation' }>;

function interpolate(rendering: Rendering, part: InterpolationPart, scope: Scope): void {
  const value = rendering.context.evaluate(part.expression, scope);
  const written = placeIn(scope, part.span);
  const partsOf = (one: TerraformValue): readonly TextPart[] | undefined =>
    (one.kind === 'encoded' ? encodeJson(one.value, one.at) : textParts(one))?.map((piece) => ({ ...piece, written }));
  const parts = partsOf(value);
  if (parts) {
    rendering.output.push(...parts);
    return;
  }
  const text = printExpression(part.expression);
  const open = { ...unknown(text, written, `${text} is not decided by the files`), written };
  if (value.kind === 'choice' && !rendering.choice) {
    const branches = value.branches.map((branch) => ({ when: branch.when, parts: partsOf(branch.value) ?? [open] }));
    rendering.choice = { index: rendering.output.length, branches };
  }
  rendering.output.push(open);
}

function renderIf(rendering: Rendering, start: number, scope: Scope, active: boolean, depth: number): number {
  const part = rendering.parts[start];
  if (part?.kind !== 'if' || depth > MAX_DEPTH) return rendering.parts.length;
  const value = active ? rendering.context.evaluate(part.expression, scope) : undefined;
  const condition = knownBoolean(value);
  if (active && condition === undefined) pushOpen(rendering, part, scope);
  const middle = render(rendering, start + 1, scope, active && condition === true, depth);
  if (rendering.parts[middle]?.kind !== 'else') return middle;
  return render(rendering, middle + 1, scope, active && condition === false, depth);
}

function renderFor(rendering: Rendering, start: number, scope: Scope, active: boolean, depth: number): number {
  const part = rendering.parts[start];
  if (part?.kind !== 'for' || depth > MAX_DEPTH) return rendering.parts.length;
  const end = render(rendering, start + 1, scope, false, depth);
  if (!active) return end;
  const place = placeIn(scope, part.expression.span);
  const collection = rendering.context.evaluate(part.expression, scope);
  const expansion = expansionOfCollection(collection, place);
  const members =
    collection.kind === 'list' && collection.complete
      ? collection.items.map((item, index) => [scalar(index, place), item] as const)
      : expansion.kind === 'each'
        ? expansion.entries.map((entry) => [scalar(entry.key, entry.keyAt), entry.value] as const)
        : undefined;
  if (!members) {
    pushOpen(rendering, part, scope);
    return end;
  }
  const [first = '', second] = part.names;
  for (const [key, value] of members) {
    if (rendering.output.length > MAX_SIZE) break;
    const names =
      second === undefined
        ? [[first, value] as const]
        : ([
            [first, key],
            [second, value],
          ] as const);
    render(rendering, start + 1, withNames(scope, names), true, depth);
  }
  return end;
}

function pushOpen(rendering: Rendering, part: Extract<HclTemplatePart, { kind: 'if' | 'for' }>, scope: Scope): void {
  const text = printExpression(part.expression);
  const written = placeIn(scope, part.span);
  rendering.output.push({ ...unknown(text, written, `${text} is not decided by the files`), written });
}

/** `file` and `templatefile`. */
export function renderFile(
  name: 'file' | 'templatefile',
  values: readonly TerraformValue[],
  at: Location,
  scope: Scope,
  context: Context,
): TerraformValue {
  const path = knownText(values[0]);
  if (path === undefined) return unknown(`${name}(…)`, at, 'the path of the file is not decided by the files');
  const uri = fileUri(path, context.root);
  const text = context.textFile(uri);
  if (text === undefined) return unknown(`${name}(…)`, at, `the file ${path.replace(/^.*\//, '')} is not in view`);
  const whole: Span = { start: 0, end: text.length };
  if (name === 'file') return scalar(text, locationOf(uri, whole.start, whole.end));
  const inner: Scope = { uri, shift: 0, module: scope.module, names: variableNames(values[1]), closed: true };
  return renderTemplate(parseHclTemplate(text).template.parts, placeIn(inner, whole), inner, context);
}

export function variableNames(variables: TerraformValue | undefined): ReadonlyMap<string, TerraformValue> {
  if (variables?.kind !== 'object') return new Map();
  return new Map(variables.entries.map((entry) => [entry.key, entry.value]));
}

/** Paths begin with an address where `path.module` or `path.root` stands in them; others count from the root. */
function fileUri(path: string, root: Uri): Uri {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(path)?.[0];
  return scheme === undefined ? joinUri(root, path) : joinUri(path, path.slice(scheme.length) || '/');
}
