// C#: programs to facts, edit intents to program text. The parts stand in `csharp/`.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, walkTree } from './builder.ts';
import { editCsharp } from './csharp/edit.ts';
import { walkCsharp } from './csharp/program.ts';
import { isQuietCsharpNamespace } from './csharp/quietNamespaces.ts';
import { mayRouteCsharp, readCsharpRouting } from './csharp/routing.ts';
import type { Language } from './language.ts';
import { readTree, textRouting } from './routing.ts';

export const csharp: Language = {
  id: 'csharp',
  extensions: ['.cs'],
  grammar: () => 'c-sharp',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    walkTree('c-sharp', file, builder, (root) => walkCsharp(file, root, builder));
    return finishProgram(file, 'csharp', builder, isQuietCsharpNamespace);
  },
  routing: (file) =>
    mayRouteCsharp(file.text)
      ? readTree('c-sharp', file.text, (root) => readCsharpRouting(file, root))
      : textRouting(file.text),
  edit: (file, intent) => withTree('c-sharp', file.text, (root) => editCsharp(file, root, intent)) ?? [],
};
