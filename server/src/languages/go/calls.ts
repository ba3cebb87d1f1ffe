// Calls in Go expressions: what the standard library gives back, as far as a port can depend on it. All others stay calls.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { concat, literal, place, textOf, unescapeText, unknownExpression } from '../expressions.ts';
import { flagCall } from './flags.ts';
import type { GoFile } from './names.ts';
import { argumentsOf, fullName, stringText } from './names.ts';
import { emptyStruct, toInteger } from './types.ts';

type Read = (node: SyntaxNode) => Expression;

/** Give back their first argument, for all that a port can see. */
const transparent =
  /^(?:u?int\d*|string|strings\.TrimSpace|strings\.Clone|(?:k8s\.io\/utils\/pointer|github\.com\/aws\/aws-sdk-go\/aws)\.(?:String|Int)|os\.ExpandEnv|time\.Duration)$/;
const toText = /^(?:strconv\.(?:Itoa|FormatInt|FormatUint)|fmt\.Sprint)$/;
const toNumber = /^(?:strconv\.(?:Atoi|ParseInt|ParseUint)|github\.com\/spf13\/cast\.ToInt)$/;

export function readCall(file: GoFile, node: SyntaxNode, read: Read): Expression {
  const callee = childOf(node, 'function');
  const values = argumentsOf(node);
  const [first, second] = values;
  const at = place(file, node);
  const full = fullName(file, callee) ?? '';
  const option = flagCall(file, node, read);
  if (option !== undefined) return option;
  if (full === 'new') return emptyStruct(file, first) ?? unknownExpression(file, node);
  if (!callee) return unknownExpression(file, node);
  if (first) {
    if (/^(?:os|syscall)\.(?:Getenv|LookupEnv)$/.test(full)) return { kind: 'environment', name: read(first), at };
    if (transparent.test(full)) return read(first);
    if (toText.test(full)) return { kind: 'concat', parts: values.slice(0, 1).map(read), at };
    if (toNumber.test(full)) return toInteger(read(first), at);
    if (full === 'fmt.Sprintf') return formatted(file, values, read, node) ?? unknownExpression(file, node);
    if (full === 'net.JoinHostPort' && second) {
      return concat([read(first), literal(':', at), read(second)], at);
    }
    if (full === 'cmp.Or') return { kind: 'fallback', skips: 'falsy', options: values.map(read), at };
    if (full === 'strings.Join' && second)
      return joined(read(first), read(second), at) ?? unknownExpression(file, node);
  }
  return { kind: 'call', callee: read(callee), arguments: values.map((value) => ({ value: read(value) })), at };
}

function joined(list: Expression, separator: Expression, at: Expression['at']): Expression | undefined {
  if (list.kind !== 'array') return undefined;
  const parts = list.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
  return concat(parts, at);
}

/** `fmt.Sprintf("%s:%d", host, port)`; undefined where the pattern says more than that. */
function formatted(file: GoFile, values: readonly SyntaxNode[], read: Read, node: SyntaxNode): Expression | undefined {
  const [pattern, ...rest] = values;
  const text = stringText(file, pattern);
  if (!pattern || text === undefined) return undefined;
  const hole = /%[svd]/g;
  if (text.replace(hole, '').includes('%')) return undefined;
  const parts: Expression[] = [];
  let offset = 0;
  const addText = (end: number): void => {
    const span = { start: pattern.start + 1 + offset, end: pattern.start + 1 + end };
    if (end > offset) parts.push(literal(unescapeText(text.slice(offset, end)), place(file, span)));
  };
  for (const [index, match] of [...text.matchAll(hole)].entries()) {
    addText(match.index);
    const value = rest[index];
    if (!value) return undefined;
    parts.push(read(value));
    offset = match.index + match[0].length;
  }
  addText(text.length);
  return parts.length === 0 ? undefined : concat(parts, place(file, node));
}

/** Whether a call ends the program or the function by failing: `log.Fatal(err)`, `panic(err)`. */
export function isFatal(file: GoFile, node: SyntaxNode): boolean {
  const text = textOf(file, childOf(node, 'function'));
  return /^(?:panic|os\.Exit|(?:\w+\.)*(?:Fatal\w*|Panic\w*|Exit))$/.test(text.slice(0, 80));
}
