// Dockerfiles, by their many names. The stages are read in `dockerfileStages.ts`.

import type { SourceFile, TextEdit } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { parseDockerfile } from '../syntax/dockerfile.ts';
import { readStages } from './dockerfileStages.ts';
import type { Source } from './source.ts';

/** `Dockerfile`, `Dockerfile.api`, `Dockerfile-x86`, `api.Dockerfile`, `FlowerDockerFile`, `Containerfile`. */
const NAME = /(?:docker|container)file$|^(?:docker|container)file[.\-_]./i;

/** Endings of files about Dockerfiles, or of old copies. */
const OTHER =
  /(?:\.(?:md|mdx|markdown|rst|adoc|txt|html?|dockerignore|sh|bash|ps1|bat|cmd|py|js|cjs|mjs|ts|tsx|jsx|rb|go|java|rs|php|ya?ml|json5?|toml|xml|lock|log|diff|patch|svg|png|jpe?g|gif|css|scss|zip|gz|old|orig|bak|backup|save|swp|tmp)|~)$/i;

const TEMPLATE = /\.(?:j2|jinja2?|tpl|tmpl|template|erb|ejs|in|mustache|hbs)$/i;

export const dockerfile: Source = {
  id: 'dockerfile',
  discovery: 'scan',
  comment: '#',
  claims(uri: Uri) {
    const name = basename(uri);
    if (!NAME.test(name) || OTHER.test(name)) return 'no';
    return TEMPLATE.test(name) ? 'maybe' : 'yes';
  },
  recognizes: (text) => /^[ \t]*FROM[ \t]/im.test(text),
  extract(file): FileFacts {
    const { dockerfile: fact, problems } = readStages(file.uri, parseDockerfile(file.text));
    return { uri: file.uri, source: 'dockerfile', facts: fact ? [fact] : [], problems };
  },
  edit: replaceToken,
};

/** Writes a value over the token at a place, with the quotes and escapes that the place needs. */
function replaceToken(file: SourceFile, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace' || intent.at.uri !== file.uri) return [];
  const { start, end } = intent.at.span;
  if (start < 0 || start > end || end > file.text.length) return [];
  const value = String(intent.value);
  if (/[\r\n]/.test(value)) return [];
  const quote = file.text[start - 1];
  if (quote === '"' && file.text[end] === '"') {
    return [{ span: intent.at.span, newText: JSON.stringify(value).slice(1, -1) }];
  }
  // Only ENV's and ARG's values follow an equals sign directly.
  const needsQuotes = quote === '=' && /[\s"']/.test(value);
  return [{ span: intent.at.span, newText: needsQuotes ? JSON.stringify(value) : value }];
}
