// go.mod and go.work, as far as they say which import paths are folders of the workspace.
// https://go.dev/ref/mod#go-mod-file

import { locationOf, type SourceFile } from '../base/text.ts';
import { basename } from '../base/uri.ts';
import type { GoModule } from '../facts/goModule.ts';
import type { Source } from './source.ts';

export const goModule: Source = {
  id: 'goModule',
  discovery: 'onDemand',
  comment: '//',
  claims: (uri) => (/^go\.(?:mod|work)$/.test(basename(uri)) ? 'yes' : 'no'),
  extract(file) {
    return { uri: file.uri, source: 'goModule', facts: [readModule(file)], problems: [] };
  },
  edit: () => [],
};

function readModule(file: SourceFile): GoModule {
  let module: string | undefined;
  const replaces: GoModule['replaces'][number][] = [];
  const uses: string[] = [];
  let block: string | undefined;
  for (const line of file.text.split('\n')) {
    const words = (line.split('//', 1)[0] ?? '').split(/\s+/).filter(Boolean);
    const [first] = words;
    if (first === ')') {
      block = undefined;
      continue;
    }
    if (words.at(-1) === '(') {
      block = first;
      continue;
    }
    const directive = block ?? first;
    const values = block === undefined ? words.slice(1) : words;
    const [value = ''] = values;
    if (directive === 'module') module = unquoted(value);
    if (directive === 'use' && value !== '') uses.push(unquoted(value));
    const arrow = values.indexOf('=>');
    const target = unquoted(values[arrow + 1] ?? '');
    if (directive === 'replace' && arrow > 0 && target.startsWith('.')) {
      replaces.push({ module: unquoted(value), folder: target });
    }
  }
  const fact: GoModule = { kind: 'goModule', at: locationOf(file.uri, 0, file.text.length), replaces, uses };
  return module === undefined ? fact : { ...fact, module };
}

function unquoted(text: string): string {
  return text.replace(/^["`]|["`]$/g, '');
}
