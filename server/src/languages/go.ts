// Go: programs to facts, edit intents to program text. The parts stand in `go/`.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, moduleScope, walkTree } from './builder.ts';
import { editGo } from './go/edit.ts';
import { readNames } from './go/names.ts';
import { walkFile } from './go/program.ts';
import { isQuietGoModule } from './go/quietModules.ts';
import { mayRouteGo, readGoRouting } from './go/routing.ts';
import type { Language } from './language.ts';
import { readTree, textRouting } from './routing.ts';

export const go: Language = {
  id: 'go',
  extensions: ['.go'],
  grammar: () => 'go',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    walkTree('go', file, builder, (root) => walkFile(readNames(file, root), root, builder, moduleScope));
    return finishProgram(file, 'go', builder, isQuietGoModule);
  },
  routing: (file) =>
    mayRouteGo(file.text)
      ? readTree('go', file.text, (root) => readGoRouting(readNames(file, root), root))
      : textRouting(file.text),
  edit: (file, intent) => withTree('go', file.text, (root) => editGo(file, root, intent)) ?? [],
};
