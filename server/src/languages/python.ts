// Python: programs to facts, edit intents to program text. The parts stand in `python/`.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, moduleScope, walkTree } from './builder.ts';
import type { Language } from './language.ts';
import { editPython } from './python/edit.ts';
import { readNames } from './python/names.ts';
import { walkModule } from './python/program.ts';
import { isQuietPythonModule } from './python/quietModules.ts';
import { mayRoutePython, readPythonRouting } from './python/routing.ts';
import { readPythonCode } from './python/statements.ts';
import { readTree, textRouting } from './routing.ts';

export const python: Language = {
  id: 'python',
  extensions: ['.py'],
  grammar: () => 'python',
  comment: '#',
  extract(file) {
    const builder = createBuilder();
    walkTree('python', file, builder, (root) => walkModule(readNames(file, root), root, builder, moduleScope));
    return finishProgram(file, 'python', builder, isQuietPythonModule);
  },
  routing: (file) =>
    mayRoutePython(file.text)
      ? readTree('python', file.text, (root) => readPythonRouting(readNames(file, root), root))
      : textRouting(file.text),
  code: (file) => withTree('python', file.text, (root) => readPythonCode(readNames(file, root), root)),
  edit: (file, intent) =>
    withTree('python', file.text, (root) => editPython(readNames(file, root), root, intent)) ?? [],
};
