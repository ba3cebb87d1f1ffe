// Kotlin: programs to facts, edit intents to program text. The parts stand in `kotlin/`, and in `jvm/` what it shares with
// Java.

import { withTree } from '../syntax/treeSitter.ts';
import { addUnread, createBuilder, finishProgram, walkTree } from './builder.ts';
import { isQuietPackage } from './jvm/quietPackages.ts';
import { mayRouteSpring, springRouting } from './jvm/spring.ts';
import { isTooBroken } from './kotlin/brokenText.ts';
import { editKotlin } from './kotlin/edit.ts';
import { walkKotlin } from './kotlin/program.ts';
import { annotatedClasses } from './kotlin/routing.ts';
import type { Language } from './language.ts';
import { readTree } from './routing.ts';

export const kotlin: Language = {
  id: 'kotlin',
  extensions: ['.kt'],
  grammar: () => 'kotlin',
  comment: '//',
  extract(file) {
    const builder = createBuilder();
    if (isTooBroken(file.text)) addUnread(file, builder);
    else walkTree('kotlin', file, builder, (root) => walkKotlin(file, root, builder));
    return finishProgram(file, 'kotlin', builder, isQuietPackage);
  },
  routing(file) {
    if (isTooBroken(file.text)) return undefined;
    return mayRouteSpring(file.text)
      ? readTree('kotlin', file.text, (root) => springRouting(file, annotatedClasses(file, root)))
      : springRouting(file, []);
  },
  edit(file, intent) {
    if (isTooBroken(file.text)) return [];
    return withTree('kotlin', file.text, (root) => editKotlin(root, intent)) ?? [];
  },
};
