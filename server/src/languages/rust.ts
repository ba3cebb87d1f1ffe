// Rust: programs to facts, edit intents to program text. The parts stand in `rust/`.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, moduleScope, walkTree } from './builder.ts';
import type { Language } from './language.ts';
import { editRust } from './rust/edit.ts';
import { readNames } from './rust/names.ts';
import { walkFile } from './rust/program.ts';
import { isQuietCrate } from './rust/quietCrates.ts';

export const rust: Language = {
  id: 'rust',
  extensions: ['.rs'],
  grammar: () => 'rust',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    walkTree('rust', file, builder, (root) => walkFile(readNames(file, root), root, builder, moduleScope));
    return finishProgram(file, 'rust', builder, isQuietCrate);
  },
  edit: (file, intent) => withTree('rust', file.text, (root) => editRust(file, root, intent)) ?? [],
};
