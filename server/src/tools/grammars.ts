// Which grammar files are shipped, and where they come from: those that the languages and formats name, and the runtime.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { languages } from '../languages/index.ts';
import { RUNTIME } from '../syntax/treeSitter.ts';

const require = createRequire(import.meta.url);

export const grammarNames: readonly string[] = [
  ...new Set(languages.flatMap((language) => language.extensions.map((extension) => language.grammar(extension)))),
].sort();

/** The file of a grammar, or of the runtime, among the installed packages. */
export function grammarFile(name: string): string {
  if (name === RUNTIME) return join(dirname(require.resolve('web-tree-sitter')), 'web-tree-sitter.wasm');
  if (name === 'kotlin') return require.resolve('@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm');
  return require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`);
}
