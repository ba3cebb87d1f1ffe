// Tests of the shell, `[ "$ENV" = production ]`, as far as the files decide them.

import { joinUri } from '../../base/uri.ts';
import type { ShellNode, ShellTest, ShellWord } from '../../syntax/shellWords.ts';
import { literalText } from '../../syntax/shellWords.ts';
import type { ContainerProcess } from '../launcher.ts';
import { expandText } from './expand.ts';
import type { ShellState, ShellText } from './state.ts';

interface TestContext {
  readonly state: ShellState;
  readonly source: ShellText;
  readonly process: ContainerProcess;
}

/** The status of the last of some commands: true for 0. Undefined where that is open. */
export function conditionHolds(nodes: readonly ShellNode[], context: TestContext): boolean | undefined {
  const last = nodes.at(-1);
  return last && statusOf(last, context);
}

export function statusOf(node: ShellNode, context: TestContext): boolean | undefined {
  switch (node.kind) {
    case 'test':
      return testHolds(node, context);
    case 'command':
      return commandStatus(node.words);
    case 'pipeline': {
      const only = node.commands.length === 1 ? node.commands[0] : undefined;
      const status = only && statusOf(only, context);
      return status === undefined ? undefined : status !== node.negated;
    }
    case 'chain':
      return node.rest.reduce<boolean | undefined>(
        (status, { operator, node: next }) => combine(status, operator, () => statusOf(next, context)),
        statusOf(node.first, context),
      );
    case 'group':
      return conditionHolds(node.body, context);
    default:
      return undefined;
  }
}

function combine(
  left: boolean | undefined,
  operator: '&&' | '||',
  right: () => boolean | undefined,
): boolean | undefined {
  const decides = operator === '||';
  if (left === decides) return decides;
  const other = right();
  if (left === undefined) return other === decides ? decides : undefined;
  return other;
}

function commandStatus(words: readonly ShellWord[]): boolean | undefined {
  const name = words[0] && literalText(words[0]);
  if (name === 'true' || name === ':') return true;
  return name === 'false' ? false : undefined;
}

function testHolds(test: ShellTest, context: TestContext): boolean | undefined {
  return evaluateWords(test.words, context, 0);
}

function evaluateWords(words: readonly ShellWord[], context: TestContext, depth: number): boolean | undefined {
  if (depth > 8) return undefined;
  const deeper = (part: readonly ShellWord[]) => evaluateWords(part, context, depth + 1);
  for (const [symbols, operator] of [
    [['||', '-o'], '||'],
    [['&&', '-a'], '&&'],
  ] as const) {
    const index = words.findIndex((word) => isOperator(word, symbols));
    if (index > 0) return combine(deeper(words.slice(0, index)), operator, () => deeper(words.slice(index + 1)));
  }
  const [first] = words;
  if (first === undefined) return false;
  if (isOperator(first, ['!'])) {
    const inner = deeper(words.slice(1));
    return inner === undefined ? undefined : !inner;
  }
  return primary(words, context);
}

function isOperator(word: ShellWord, symbols: readonly string[]): boolean {
  const [part] = word.parts;
  return word.parts.length === 1 && part?.kind === 'literal' && !part.quoted && symbols.includes(part.text);
}

function primary(words: readonly ShellWord[], context: TestContext): boolean | undefined {
  const [first, second, third] = words;
  if (first === undefined) return undefined;
  if (second === undefined) return isNonEmpty(text(first, context));
  if (third === undefined) return unary(literalText(first), second, context);
  if (words.length > 3) return undefined;
  return binary(text(first, context), literalText(second), third, context);
}

function unary(operator: string | undefined, word: ShellWord, context: TestContext): boolean | undefined {
  const value = text(word, context);
  if (value === undefined) return undefined;
  switch (operator) {
    case '-n':
      return value !== '';
    case '-z':
      return value === '';
    case '-f':
    case '-e':
    case '-s':
    case '-r':
    case '-x': {
      const uri = context.process.image.workspaceUri(joinUri(context.state.workingDirectory, value));
      return uri !== undefined && context.process.files.exists(uri) ? true : undefined;
    }
    default:
      return undefined;
  }
}

function binary(
  left: string | undefined,
  operator: string | undefined,
  word: ShellWord,
  context: TestContext,
): boolean | undefined {
  if (word.parts.some((part) => part.kind === 'glob')) return undefined;
  const right = text(word, context);
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '-eq':
      return Number(left) === Number(right);
    case '-ne':
      return Number(left) !== Number(right);
    case '-gt':
      return Number(left) > Number(right);
    case '-ge':
      return Number(left) >= Number(right);
    case '-lt':
      return Number(left) < Number(right);
    case '-le':
      return Number(left) <= Number(right);
    default:
      return undefined;
  }
}

function text(word: ShellWord, { state, source }: TestContext): string | undefined {
  const value = expandText(word, state, source);
  return value.state === 'known' ? value.value : undefined;
}

function isNonEmpty(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value !== '';
}

/** Whether a `case` pattern fits; undefined where the pattern is open. */
export function patternFits(pattern: ShellWord, subject: string, { state, source }: TestContext): boolean | undefined {
  let expression = '';
  for (const part of pattern.parts) {
    if (part.kind === 'glob') {
      if (!/^[*?]+$/.test(part.text)) return undefined;
      expression += part.text;
      continue;
    }
    const value = expandText({ parts: [part], span: part.span }, state, source);
    if (value.state !== 'known') return undefined;
    expression += value.value.replace(/[*?\\]/g, '\\$&');
  }
  return wildcardFits(expression, subject);
}

/** Matches `*` and `?` without backtracking more than once per star. */
function wildcardFits(pattern: string, subject: string): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let mark = 0;
  while (s < subject.length) {
    const isEscaped = pattern[p] === '\\';
    const symbol = isEscaped ? pattern[p + 1] : pattern[p];
    if (p < pattern.length && !isEscaped && symbol === '*') {
      star = p++;
      mark = s;
    } else if (p < pattern.length && ((!isEscaped && symbol === '?') || symbol === subject[s])) {
      p += isEscaped ? 2 : 1;
      s++;
    } else if (star >= 0) {
      p = star + 1;
      s = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
