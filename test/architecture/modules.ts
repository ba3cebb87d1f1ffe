// The modules of the project as the architecture test sees them: what each imports and which names it uses, read by
// tree-sitter, so that strings and comments are never taken for code.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

export interface Module {
  /** Relative to the root of the project: `server/src/base/text.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportedModule[];
  /** Names and member chains that appear in code: `Date.now`, `process.env.PORT`, `fetch`. */
  readonly names: ReadonlySet<string>;
  /** `export const ecsJson: Source = …` gives `ecsJson` → `Source`. */
  readonly exportedConstants: ReadonlyMap<string, string>;
}

export interface ImportedModule {
  /** As written. */
  readonly specifier: string;
  /** The path of a module of the project; undefined for libraries. */
  readonly path: string | undefined;
  readonly typeOnly: boolean;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

export async function readModules(folder: string): Promise<readonly Module[]> {
  const parser = await typeScriptParser();
  return typeScriptFiles(folder).map((path) => readModule(parser, path, readFileSync(join(root, path), 'utf8')));
}

export async function typeScriptParser(): Promise<Parser> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return parser;
}

function typeScriptFiles(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .sort();
}

export function readModule(parser: Parser, path: string, text: string): Module {
  const tree = parser.parse(text);
  const imports: ImportedModule[] = [];
  const names = new Set<string>();
  const exportedConstants = new Map<string, string>();
  const visit = (node: Node): void => {
    if (node.type === 'import_statement' || node.type === 'export_statement') addImport(node);
    if (node.type === 'call_expression') addCall(node);
    if (node.type === 'identifier') names.add(node.text);
    if (node.type === 'member_expression' && isChain(node)) names.add(node.text.replaceAll('?.', '.'));
    if (node.type === 'variable_declarator' && node.parent?.parent?.type === 'export_statement') addConstant(node);
    for (const child of node.namedChildren) if (child) visit(child);
  };
  const add = (specifier: string, typeOnly: boolean): void => {
    const relative = specifier.startsWith('.');
    imports.push({ specifier, typeOnly, path: relative ? posix.join(posix.dirname(path), specifier) : undefined });
  };
  const addImport = (node: Node): void => {
    const source = node.childForFieldName('source');
    if (source) add(source.text.slice(1, -1), /^(?:import|export)\s+type\b/.test(node.text));
  };
  const addCall = (node: Node): void => {
    const callee = node.childForFieldName('function');
    const [argument] = node.childForFieldName('arguments')?.namedChildren ?? [];
    if ((callee?.type === 'import' || callee?.text === 'require') && argument) add(argument.text.slice(1, -1), false);
  };
  const addConstant = (node: Node): void => {
    const type = node.childForFieldName('type')?.text.replace(/^:\s*/, '');
    const name = node.childForFieldName('name')?.text;
    if (name && type) exportedConstants.set(name, type);
  };
  if (tree) visit(tree.rootNode);
  tree?.delete();
  return { path, text, imports, names, exportedConstants };
}

/** `a.b.c`, without calls or computed access inside. */
function isChain(node: Node): boolean {
  const object = node.childForFieldName('object');
  return object?.type === 'identifier' || (object?.type === 'member_expression' && isChain(object));
}

/** Groups of keys that reach each other through `next`. */
export function findCycles(next: ReadonlyMap<string, Iterable<string>>): readonly (readonly string[])[] {
  const reachable = new Map([...next.keys()].map((key) => [key, reachableFrom(key, next)]));
  const groups = new Map<string, readonly string[]>();
  for (const [key, targets] of reachable) {
    if (!targets.has(key)) continue;
    const group = [...targets].filter((target) => reachable.get(target)?.has(key)).sort();
    groups.set(group.join(), group);
  }
  return [...groups.values()];
}

/** What following `next` from a key arrives at; the key itself only where a way leads back. */
function reachableFrom(key: string, next: ReadonlyMap<string, Iterable<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [key];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const target of next.get(current) ?? []) {
      if (found.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  }
  return found;
}
