// What JavaScript and TypeScript share: the same facts and edits from trees that differ by types alone. The parts stand
// in `ecmascript/`.

import { extension } from '../base/uri.ts';
import { withTree } from '../syntax/treeSitter.ts';
import { createBuilder, finishProgram, moduleScope, walkTree } from './builder.ts';
import { editScript } from './ecmascript/edit.ts';
import { readNames } from './ecmascript/names.ts';
import { walkProgram } from './ecmascript/program.ts';
import { isQuietScriptModule } from './ecmascript/quietModules.ts';
import { mayRouteScript, readScriptRouting } from './ecmascript/routing.ts';
import { readScriptCode } from './ecmascript/statements.ts';
import type { Language } from './language.ts';
import { readTree, textRouting } from './routing.ts';

export function ecmascript(
  id: string,
  extensions: readonly string[],
  grammar: (extension: string) => string,
): Language {
  return {
    id,
    extensions,
    grammar,
    comment: '//',
    extract(file) {
      const builder = createBuilder();
      walkTree(grammar(extension(file.uri)), file, builder, (root) =>
        walkProgram(readNames(file, root), root, builder, moduleScope),
      );
      return finishProgram(file, id, builder, isQuietScriptModule);
    },
    routing: (file) =>
      mayRouteScript(file.text)
        ? readTree(grammar(extension(file.uri)), file.text, (root) => readScriptRouting(readNames(file, root), root))
        : textRouting(file.text),
    code: (file) =>
      withTree(grammar(extension(file.uri)), file.text, (root) => readScriptCode(readNames(file, root), root)),
    edit: (file, intent) =>
      withTree(grammar(extension(file.uri)), file.text, (root) => editScript(readNames(file, root), root, intent)) ??
      [],
  };
}
