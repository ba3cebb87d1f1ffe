// Task definitions and services in Jsonnet, as ecspresso takes them. What they hold is read by `ecsJson.ts`; what only an
// evaluation of the program tells is open.

import { locationOf, type SourceFile, type TextEdit } from '../base/text.ts';
import { extension } from '../base/uri.ts';
import type { EditIntent } from '../facts/edit.ts';
import { parseJsonnet } from '../syntax/jsonnet.ts';
import { factsOf } from './ecsJson.ts';
import { editTreeAll } from './jsonEdits.ts';
import type { Source } from './source.ts';

const MAX_LENGTH = 1_000_000;
const CUES =
  /\b(?:containerDefinitions|portMappings|desiredCount|deploymentConfiguration|loadBalancers|launchType)["']?[ \t]*\+?:/;

export const jsonnet: Source = {
  id: 'jsonnet',
  discovery: 'scan',
  comment: '//',
  claims: (uri) => (extension(uri) === '.jsonnet' ? 'maybe' : 'no'),
  recognizes: (text) => text.length <= MAX_LENGTH && CUES.test(text),

  extract({ uri, text }) {
    const tree = parseJsonnet(text);
    const facts = factsOf(uri, tree);
    const problems = facts.length === 0 ? [] : tree.problems;
    return {
      uri,
      source: 'jsonnet',
      facts,
      problems: problems.map(({ span, message }) => ({ at: locationOf(uri, span.start, span.end), message })),
    };
  },

  edit: (file, intent) => editAll(file, [intent]),
  editAll,
};

/** JSON is Jsonnet; where the file quotes as Jsonnet's formatter does, so do new properties. */
function editAll(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  const edits = editTreeAll(file, intents, parseJsonnet);
  if (!file.text.includes("'")) return edits;
  return edits.map((edit) => (edit.newText.includes('":') ? { ...edit, newText: inJsonnet(edit.newText) } : edit));
}

function inJsonnet(json: string): string {
  return json
    .replace(/"([A-Za-z_]\w*)":/g, '$1:')
    .replace(/"((?:[^"'\\]|\\[^"])*)"/g, (_, text: string) => `'${text}'`);
}
