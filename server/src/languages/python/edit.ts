// Carries out edit intents on Python programs: another value for a literal, a missing host or port for a call that listens.

import type { Json, Scalar } from '../../base/json.ts';
import type { Span, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { addEntry, digits, escapeText, nodeAt, nodesAround, usualQuote } from '../edits.ts';
import { argumentOf, listeningCall } from './listeners.ts';
import type { PythonFile } from './names.ts';
import { stringSpan } from './strings.ts';

export function editPython(file: PythonFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  switch (intent.kind) {
    case 'replace':
      return replaceLiteral(file, root, intent.at.span, intent.value);
    case 'set':
      return setArgument(file, root, intent.owner.span, intent.path, intent.value);
    case 'remove':
    case 'insertResource':
      return [];
  }
}

function replaceLiteral(file: PythonFile, root: SyntaxNode, span: Span, value: Scalar): readonly TextEdit[] {
  const path = nodesAround(root, span);
  const string = path.findLast(({ type }) => type === 'string' || type === 'interpolation');
  if (string?.type === 'string') {
    const newText = insideOf(file, string, span, value);
    return newText === undefined ? [] : [{ span, newText }];
  }
  const token = nodeAt(root, span, ['integer', 'float', 'true', 'false', 'none']);
  if (!token) return [];
  const newText = token.type === 'integer' || token.type === 'float' ? digits(value) : spell(file, value);
  return newText === undefined ? [] : [{ span, newText }];
}

/** A value as text inside of a string's quotes. */
function insideOf(file: PythonFile, node: SyntaxNode, span: Span, value: Scalar): string | undefined {
  const inside = stringSpan(file, node);
  if (!inside || span.start < inside.start || span.end > inside.end) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  if (inside.prefix.includes('r')) return /["'\\\n\r]/.test(text) ? undefined : text;
  const escaped = escapeText(text, inside.quote.charAt(0));
  return inside.prefix.includes('f') ? escaped.replace(/[{}]/g, '$&$&') : escaped;
}

function spell(file: PythonFile, value: Json): string | undefined {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const quote = usualQuote(file.text);
  return quote + escapeText(value, quote) + quote;
}

/** `host='0.0.0.0'` for a call that leaves its host to the default. */
function setArgument(
  file: PythonFile,
  root: SyntaxNode,
  owner: Span,
  path: readonly string[],
  value: Json,
): readonly TextEdit[] {
  const [key] = path;
  const call = nodeAt(root, owner, ['call']);
  const signature = call && listeningCall(file, call);
  const list = call && childOf(call, 'arguments');
  if (!signature || !list || path.length !== 1 || (key !== 'host' && key !== 'port')) return [];
  const parameter = signature[key];
  if (argumentOf(file, list, signature.address)) return [];
  const given = argumentOf(file, list, parameter);
  if (given) return replaceGiven(file, root, given, value);
  const text = spell(file, value);
  if (parameter?.keyword === undefined || text === undefined) return [];
  return [addEntry(file, list, list.children, `${parameter.keyword}=${text}`)];
}

function replaceGiven(file: PythonFile, root: SyntaxNode, given: SyntaxNode, value: Json): readonly TextEdit[] {
  if (value !== null && typeof value === 'object') return [];
  const inside = given.type === 'string' ? stringSpan(file, given) : undefined;
  return replaceLiteral(file, root, inside ?? given, value);
}
