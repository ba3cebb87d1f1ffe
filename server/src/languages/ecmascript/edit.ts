// Carries out edit intents on JavaScript and TypeScript programs: another value for a literal, a missing host or port for
// a call that listens.

import type { Json, Scalar } from '../../base/json.ts';
import type { Span, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { addEntry, digits, escapeText, nodeAt, nodesAround, usualQuote } from '../edits.ts';
import { listeningCall, partsOf } from './listeners.ts';
import type { ScriptFile } from './names.ts';
import { argumentsOf, isFunction } from './names.ts';
import type { Signature } from './signatures.ts';

export function editScript(file: ScriptFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
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

function replaceLiteral(file: ScriptFile, root: SyntaxNode, span: Span, value: Scalar): readonly TextEdit[] {
  const string = nodesAround(root, span).findLast(({ type }) =>
    /^(?:string|template_string|template_substitution)$/.test(type),
  );
  if (string && string.type !== 'template_substitution') {
    const isInside = span.start > string.start && span.end < string.end;
    if (!isInside || (typeof value !== 'string' && typeof value !== 'number')) return [];
    const quote = file.text.charAt(string.start);
    const escaped = escapeText(String(value), quote);
    return [{ span, newText: quote === '`' ? escaped.replaceAll('${', '\\${') : escaped }];
  }
  const token = nodeAt(root, span, ['number', 'true', 'false', 'null', 'undefined']);
  if (!token) return [];
  const newText = token.type === 'number' ? digits(value) : spell(file, value);
  return newText === undefined ? [] : [{ span, newText }];
}

function spell(file: ScriptFile, value: Json): string | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const quote = usualQuote(file.text);
  return quote + escapeText(value, quote) + quote;
}

/** `'0.0.0.0'` behind the port, or `host: '0.0.0.0'` in the settings, for a call that leaves its host to the default. */
function setArgument(
  file: ScriptFile,
  root: SyntaxNode,
  owner: Span,
  path: readonly string[],
  value: Json,
): readonly TextEdit[] {
  const [key] = path;
  const node = nodeAt(root, owner, ['call_expression', 'new_expression', 'object']);
  const signature = node && listeningCall(file, node);
  const text = spell(file, value);
  if (!node || !signature || text === undefined || path.length !== 1) return [];
  if ((key !== 'host' && key !== 'port') || signature.style === 'address') return [];
  const parts = partsOf(file, node, signature);
  const given = parts[key];
  if (given) return replaceGiven(file, root, given, value);
  if (parts.open) return [];
  const property = key === 'host' ? signature.host : 'port';
  if (parts.settings) {
    const padding = parts.settings.children.length === 0 ? ' ' : '';
    return [addEntry(file, parts.settings, parts.settings.children, `${property}: ${text}`, padding)];
  }
  return addArgument(file, node, signature, property, text);
}

function addArgument(
  file: ScriptFile,
  node: SyntaxNode,
  signature: Signature,
  property: string,
  text: string,
): readonly TextEdit[] {
  const list = childOf(node, 'arguments');
  if (list?.type !== 'arguments') return [];
  const values = argumentsOf(node);
  const target = values[signature.position];
  const settings =
    signature.inner === undefined ? `{ ${property}: ${text} }` : `{ ${signature.inner}: { ${property}: ${text} } }`;
  const isObject =
    signature.style === 'object' || signature.api === 'fastify.listen' || signature.api === 'apollo.listen';
  if (!target || isFunction(target)) {
    if (values.length !== signature.position && !isFunction(target)) return [];
    const entry = isObject ? settings : property === 'port' ? text : undefined;
    if (entry === undefined) return [];
    if (!target) return [addEntry(file, list, values, entry)];
    return [{ span: { start: target.start, end: target.start }, newText: `${entry}, ` }];
  }
  if (property === 'port' || signature.style === 'object') return [];
  if (signature.api === 'uws.listen')
    return [{ span: { start: target.start, end: target.start }, newText: `${text}, ` }];
  return [{ span: { start: target.end, end: target.end }, newText: `, ${text}` }];
}

function replaceGiven(file: ScriptFile, root: SyntaxNode, given: SyntaxNode, value: Json): readonly TextEdit[] {
  if (value !== null && typeof value === 'object') return [];
  const isString = given.type === 'string' || given.type === 'template_string';
  return replaceLiteral(file, root, isString ? { start: given.start + 1, end: given.end - 1 } : given, value);
}
