// Command-line arguments that a program reads itself: `argv.option('--port', '-p', default=8000)` and `argv.positional(1)`,
// which languages write for argparse, click, `sys.argv`, `process.argv` and their like.

import type { CallExpression } from '../facts/expression.ts';
import { dottedName } from '../facts/expression.ts';
import type { Known, Value } from '../facts/value.ts';
import { placeWithin } from '../facts/value.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame } from './evaluated.ts';
import { scalar, unknownResult } from './evaluated.ts';
import { step, wordText } from './text.ts';

export function evaluateArgument(evaluation: Evaluation, call: CallExpression, frame: Frame): Evaluated {
  const given =
    dottedName(call.callee) === 'argv.option' ? findOption(evaluation, call, frame) : findPositional(evaluation, call);
  if (given !== undefined) return fromWord(given, call);
  const fallback = call.arguments.find(({ name }) => name === 'default');
  return fallback === undefined ? scalar(null, call.at) : evaluate(evaluation, fallback.value, frame);
}

function fromWord(word: Value<string>, call: CallExpression): Evaluated {
  if (word.state !== 'known') return unknownResult(wordText(word), call.at, 'an argument of the command is open');
  return scalar(word.value, word.at, [...(word.trail ?? []), step(word.at, word.value)]);
}

/** The last occurrence wins, as in argparse and click. A word that is open may hold the option. */
function findOption(evaluation: Evaluation, call: CallExpression, frame: Frame): Value<string> | undefined {
  const flags: string[] = [];
  for (const { name, value } of call.arguments) {
    if (name !== undefined) continue;
    const flag = evaluate(evaluation, value, frame);
    if (flag.kind === 'scalar') flags.push(String(flag.value));
  }
  const words = evaluation.arguments;
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index];
    if (word === undefined) continue;
    if (word.state !== 'known') {
      const precededByFlag = flags.includes(wordText(words[index - 1] ?? word));
      if (!precededByFlag) return word;
      continue;
    }
    if (flags.includes(word.value)) return words[index + 1] ?? word;
    const joined = joinedValue(word, flags);
    if (joined !== undefined) return joined;
  }
  return undefined;
}

function joinedValue(word: Known<string>, flags: readonly string[]): Known<string> | undefined {
  for (const flag of flags) {
    // Go's own flags are long behind one dash.
    const separator = flag.startsWith('--') || flag.length > 2 ? '=' : '';
    const start = flag.length + separator.length;
    if (!word.value.startsWith(flag + separator) || word.value.length === start) continue;
    if (!flag.startsWith('-')) continue;
    return { ...word, value: word.value.slice(start), at: placeWithin(word, start, word.value.length) };
  }
  return undefined;
}

/** The first argument behind the script is 1. */
function findPositional(evaluation: Evaluation, call: CallExpression): Value<string> | undefined {
  const index = call.arguments[0]?.value;
  if (index?.kind !== 'literal' || typeof index.value !== 'number') return undefined;
  const before = evaluation.arguments.slice(0, index.value);
  return before.find((word) => word.state !== 'known') ?? evaluation.arguments[index.value - 1];
}
