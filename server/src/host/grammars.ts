// The bytes of the parser runtime and its grammars: beside the bundle, or from node_modules when run from source.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The name that asks for the runtime itself. */
export const RUNTIME = 'web-tree-sitter';

/** Throws where no such grammar is installed. */
export async function readGrammar(name: string): Promise<Uint8Array> {
  if (!/^[\w-]+$/.test(name)) throw new Error(`'${name}' is not the name of a grammar`);
  const found = grammarPath(name, codeFolder());
  if (found === undefined) throw new Error(`The grammar '${name}' is missing from this installation`);
  return readFile(found);
}

function grammarPath(name: string, folder: string): string | undefined {
  const bundled = path.join(folder, 'grammars', `${name}.wasm`);
  if (existsSync(bundled)) return bundled;
  const installed = packagePath(name);
  for (let current = folder; ; current = path.dirname(current)) {
    const candidate = path.join(current, 'node_modules', installed);
    if (existsSync(candidate)) return candidate;
    if (current === path.dirname(current)) return undefined;
  }
}

function packagePath(name: string): string {
  if (name === RUNTIME) return path.join('web-tree-sitter', 'web-tree-sitter.wasm');
  if (name === 'kotlin') return path.join('@tree-sitter-grammars', 'tree-sitter-kotlin', 'tree-sitter-kotlin.wasm');
  return path.join('@vscode', 'tree-sitter-wasm', 'wasm', `tree-sitter-${name}.wasm`);
}

/** Where this program lies. Never the working directory: a workspace must not bring its own grammars. */
function codeFolder(): string {
  return typeof __dirname === 'string' ? __dirname : path.dirname(process.argv[1] ?? process.execPath);
}
