// Ruby: programs and configuration files in Ruby to facts, edit intents to program text. The parts stand in `ruby/`.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, walkTree } from './builder.ts';
import type { Language } from './language.ts';
import { readTree, textRouting } from './routing.ts';
import { editRuby } from './ruby/edit.ts';
import { walkRuby } from './ruby/program.ts';
import { isQuietRubyLibrary } from './ruby/quietLibraries.ts';
import { isRoutesFile, readRailsRouting } from './ruby/routing.ts';

export const ruby: Language = {
  id: 'ruby',
  extensions: ['.rb', '.ru'],
  grammar: () => 'ruby',
  comment: '#',
  extract(file) {
    const builder = createBuilder();
    walkTree('ruby', file, builder, (root) => walkRuby(file, root, builder));
    return finishProgram(file, 'ruby', builder, isQuietRubyLibrary);
  },
  routing: (file) =>
    isRoutesFile(file) ? readTree('ruby', file.text, (root) => readRailsRouting(file, root)) : textRouting(file.text),
  edit: (file, intent) => withTree('ruby', file.text, (root) => editRuby(file, root, intent)) ?? [],
};
