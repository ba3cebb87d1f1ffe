// Whether a text is what its format's own parser accepts.

import { type ParseError, parse as parseJson } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { parseHcl } from '../../server/src/syntax/hcl.ts';

/** What the parser has against the file; empty where it is right. */
export function problemsOf(path: string, text: string): readonly string[] {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  switch (extension) {
    case 'json': {
      const errors: ParseError[] = [];
      parseJson(text, errors, { disallowComments: true });
      return errors.map(({ error, offset }) => `${path}: ${error} at ${offset}`);
    }
    case 'yaml':
    case 'yml':
      return parseDocument(text, { strict: true }).errors.map(({ message }) => `${path}: ${message}`);
    case 'tf':
      return parseHcl(text).problems.map(({ message }) => `${path}: ${message}`);
    default:
      return [];
  }
}
