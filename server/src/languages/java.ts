// Java: programs to facts, edit intents to program text. The parts stand in `java/`, and in `jvm/` what it shares with
// other languages of the JVM.

import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, walkTree } from './builder.ts';
import { editJava } from './java/edit.ts';
import { walkJava } from './java/program.ts';
import { annotatedClasses } from './java/routing.ts';
import { isQuietPackage } from './jvm/quietPackages.ts';
import { mayRouteSpring, springRouting } from './jvm/spring.ts';
import type { Language } from './language.ts';
import { readTree } from './routing.ts';

export const java: Language = {
  id: 'java',
  extensions: ['.java'],
  grammar: () => 'java',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    walkTree('java', file, builder, (root) => walkJava(file, root, builder));
    return finishProgram(file, 'java', builder, isQuietPackage);
  },
  routing: (file) =>
    mayRouteSpring(file.text)
      ? readTree('java', file.text, (root) => springRouting(file, annotatedClasses(file, root)))
      : springRouting(file, []),
  edit: (file, intent) => withTree('java', file.text, (root) => editJava(file, root, intent)) ?? [],
};
