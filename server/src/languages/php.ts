// PHP: programs that open a socket themselves (Swoole, ReactPHP, Workerman, Ratchet) to facts, edit intents to program
// text. PHP behind a web server opens none. The parts stand in `php/`.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, moduleScope, walkTree } from './builder.ts';
import type { Language } from './language.ts';
import { editPhp } from './php/edit.ts';
import { walkPhp } from './php/program.ts';

export const php: Language = {
  id: 'php',
  extensions: ['.php'],
  grammar: () => 'php',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    walkTree('php', file, builder, (root) => walkPhp(file, root, builder, moduleScope));
    // What a library of Composer opens cannot be seen.
    return finishProgram(file, 'php', builder, () => false);
  },
  edit: (file, intent) => withTree('php', file.text, (root) => editPhp(file, root, intent)) ?? [],
};
