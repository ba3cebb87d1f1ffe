// Bundles the extension, the language server and the command line into dist/, with the grammars and the pages of the rules
// beside them.
import { cp, mkdir, rm } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';
import { RUNTIME } from './server/src/syntax/treeSitter.ts';
import { grammarFile, grammarNames } from './server/src/tools/grammars.ts';


// The command line starts the language server from its own bundle, so that no check has to load it.
const serverBesideCommandLine: Plugin = {
  name: 'server beside the command line',
  setup({ onResolve }) {
    onResolve({ filter: /\/lsp\/main\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './server.cjs', external: true } : undefined,
    );
  },
};

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
  plugins: [serverBesideCommandLine],
  // Names stay as they are: stacks in bug reports can be read, and nothing is spent on keeping them.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
});
for (const name of [RUNTIME, ...grammarNames]) await cp(grammarFile(name), `dist/grammars/${name}.wasm`);
await cp('server/docs/rules', 'dist/docs/rules', { recursive: true });
