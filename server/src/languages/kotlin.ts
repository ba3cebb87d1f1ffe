// Kotlin: programs to facts, edit intents to program text. The parts stand in `kotlin/`, and in `jvm/` what it shares with
// Java.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram } from './builder.ts';
import { isQuietPackage } from './jvm/quietPackages.ts';
import { editKotlin } from './kotlin/edit.ts';
import { walkKotlin } from './kotlin/program.ts';
import type { Language } from './language.ts';

export const kotlin: Language = {
  id: 'kotlin',
  extensions: ['.kt'],
  grammar: () => 'kotlin',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    withTree('kotlin', file.text, (root) => walkKotlin(file, root, builder));
    return finishProgram(file, 'kotlin', builder, isQuietPackage);
  },
  edit: (file, intent) => withTree('kotlin', file.text, (root) => editKotlin(root, intent)) ?? [],
};
