// Shell scripts that a command leads to. Their text is kept as it is; `launch/` reads it with the shell grammar.

import { locationOf, type SourceFile, type TextEdit } from '../base/text.ts';
import { basename, extension, type Uri } from '../base/uri.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { Source } from './source.ts';

const ENDINGS = new Set(['.sh', '.bash', '.ash', '.ksh']);
const SHEBANG = /^#![^\r\n]{0,80}\b(?:ba|da|a|k|z)?sh\b/;
/** Names without an ending that are never scripts. */
const OTHER =
  /^(?:LICENSE|README|Makefile|Procfile|Gemfile|Rakefile|Jenkinsfile|Vagrantfile|.*(?:docker|container)file)$/i;

export const shellScript: Source = {
  id: 'shellScript',
  discovery: 'onDemand',
  comment: '#',
  claims(uri: Uri) {
    if (ENDINGS.has(extension(uri))) return 'yes';
    const name = basename(uri);
    return name.includes('.') || OTHER.test(name) ? 'no' : 'maybe';
  },
  recognizes: (text) => SHEBANG.test(text),
  extract(file): FileFacts {
    const at = locationOf(file.uri, 0, file.text.length);
    return {
      uri: file.uri,
      source: 'shellScript',
      facts: [{ kind: 'shellScript', at, text: file.text }],
      problems: [],
    };
  },
  edit: replaceToken,
};

function replaceToken(file: SourceFile, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace' || intent.at.uri !== file.uri) return [];
  const { start, end } = intent.at.span;
  const value = String(intent.value);
  // Anything but a plain word would need quoting that depends on the quotes around it.
  if (start > end || end > file.text.length || !/^[\w.:/@%+,-]*$/.test(value)) return [];
  return [{ span: intent.at.span, newText: value }];
}
