// Files of program code as sources: read when a container's command or an import leads to them, never by scanning.
// What the code says is each language's business.

import type { Uri } from '../base/uri.ts';
import { extension } from '../base/uri.ts';
import { languages } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import { editConstruct } from './cdk/edits.ts';
import type { Source } from './source.ts';

/** First lines of programs without an ending: `bin/www` of Express's generator. */
const shebangs: Readonly<Record<string, RegExp>> = {
  python: /^#![^\r\n]{0,80}\bpython[\d.]*\b/,
  php: /^#![^\r\n]{0,80}\bphp[\d.]*\b/,
  ruby: /^#![^\r\n]{0,80}\bruby[\d.]*\b/,
  javascript: /^#![^\r\n]{0,80}\b(?:node|nodejs|bun)\b/,
};

function programSource(language: Language): Source {
  const shebang = shebangs[language.id];
  const claims = (uri: Uri) => {
    if (language.extensions.includes(extension(uri))) return 'yes';
    return shebang !== undefined && extension(uri) === '' ? 'maybe' : 'no';
  };
  return {
    id: language.id,
    discovery: 'onDemand',
    claims,
    recognizes: (text) => shebang?.test(text) ?? false,
    grammar: (uri) => language.grammar(extension(uri)),
    comment: language.comment,
    // A program's own syntax errors are for other tools to say.
    extract: (file) => ({ uri: file.uri, source: language.id, facts: [language.extract(file)], problems: [] }),
    ...(language.routing && { routing: language.routing }),
    edit: (file, intent) => editConstruct(file, intent, language) ?? language.edit(file, intent),
  };
}

export const programs: readonly Source[] = languages.map(programSource);
