// Whether a text is what its format's own parser accepts.

import { transformSync } from 'esbuild';
import { type ParseError, parse as parseJson } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { parseHcl } from '../../server/src/syntax/hcl.ts';
import { type SyntaxNode, withTree } from '../../server/src/syntax/treeSitter.ts';

/** ecspresso fills them in before it parses. */
const TEMPLATE = /\{\{[^{}]*\}\}/g;

/** What the parser has against the file; empty where it is right. */
export function problemsOf(path: string, text: string): readonly string[] {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  switch (extension) {
    case 'json': {
      const errors: ParseError[] = [];
      parseJson(text.replaceAll(TEMPLATE, '0'), errors, { disallowComments: true });
      return errors.map(({ error, offset }) => `${path}: ${error} at ${offset}`);
    }
    case 'yaml':
    case 'yml':
      return parseDocument(text, { strict: true }).errors.map(({ message }) => `${path}: ${message}`);
    case 'tf':
      return parseHcl(text).problems.map(({ message }) => `${path}: ${message}`);
    case 'ts':
      return inTypeScript(path, text);
    case 'py':
      return withTree('python', text, isBroken) === false ? [] : [`${path} is no Python`];
    default:
      return [];
  }
}

function inTypeScript(path: string, text: string): readonly string[] {
  try {
    transformSync(text, { loader: 'ts', logLevel: 'silent' });
    return [];
  } catch (error) {
    return [`${path}: ${String(error)}`];
  }
}

function isBroken(node: SyntaxNode): boolean {
  return node.type === 'ERROR' || node.children.some(isBroken);
}
