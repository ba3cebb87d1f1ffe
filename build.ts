// Bundles the extension, the language server and the command line into dist/, with the grammars and the pages of the rules
// beside them.
import { cp, mkdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { RUNTIME } from './server/src/syntax/treeSitter.ts';
import { grammarFile, grammarNames } from './server/src/tools/grammars.ts';


await rm('dist', { recursive: true, force: true });
await mkdir('dist/grammars', { recursive: true });
await build({
  entryPoints: {
    extension: 'client/src/extension.ts',
    server: 'server/src/lsp/main.ts',
    cli: 'server/src/cli/main.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  // jsonc-parser's UMD build cannot be bundled; its ES module can.
  mainFields: ['module', 'main'],
  // web-tree-sitter's ES build needs import.meta, which CommonJS output lacks.
  alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
});
for (const name of [RUNTIME, ...grammarNames]) await cp(grammarFile(name), `dist/grammars/${name}.wasm`);
await cp('server/docs/rules', 'dist/docs/rules', { recursive: true });
