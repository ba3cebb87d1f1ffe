// Kotlin: programs to facts, edit intents to program text. The parts stand in `kotlin/`, and in `jvm/` what it shares with
// Java.

import { locationOf } from '../base/text.ts';
import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram } from './builder.ts';
import { isQuietPackage } from './jvm/quietPackages.ts';
import { editKotlin } from './kotlin/edit.ts';
import { walkKotlin } from './kotlin/program.ts';
import type { Language } from './language.ts';

/** The grammar recovers slowly from broken lines of this length; no written file has them. */
const LONG_LINE = /[^\r\n]{2000}/;

export const kotlin: Language = {
  id: 'kotlin',
  extensions: ['.kt'],
  grammar: () => 'kotlin',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    const read =
      !LONG_LINE.test(file.text) &&
      withTree('kotlin', file.text, (root) => {
        walkKotlin(file, root, builder);
        return true;
      });
    // What is not read may listen: no quiet library has this name.
    if (!read) builder.imports.push({ module: '?', local: '?', at: locationOf(file.uri, 0, 0) });
    return finishProgram(file, 'kotlin', builder, isQuietPackage);
  },
  edit: (file, intent) => withTree('kotlin', file.text, (root) => editKotlin(root, intent)) ?? [],
};
