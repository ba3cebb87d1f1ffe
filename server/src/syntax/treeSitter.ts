// Program text to plain syntax trees, by tree-sitter. The only importer of `web-tree-sitter`; what the nodes mean is left
// to `languages/`. Bytes of the runtime and of grammars are handed in: nothing is read here.

import { Language, Parser, type TreeCursor } from 'web-tree-sitter';

/** The name under which the tree-sitter runtime itself is asked for and loaded, before any grammar. */
export const RUNTIME = 'web-tree-sitter';

/** Longer files are generated bundles; reading them would cost more than they can tell. */
const MAX_LENGTH = 500_000;

/**
 * Looks at the parser's progress, one each 100 of its steps. A written file of the greatest length takes about 3,000;
 * what takes more is minified, or so broken that recovery would take seconds. No clock: equal text gives equal facts.
 */
const MAX_PROGRESS = 8_000;

/** In pages of 64 KB, of the runtime and all its grammars. A tree of the greatest length takes about 50 MB. */
const MOST_MEMORY = 4_096;

/** Deeper nodes have no children, so that recursion over a tree is bounded. */
const MAX_DEPTH = 400;

/** A node, copied out of the parser: offsets in UTF-16 units, named children and the operators between them. */
export interface SyntaxNode {
  readonly type: string;
  /** The field of the parent that this node fills. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

interface Grammar {
  readonly parser: Parser;
  readonly fields: readonly (string | null)[];
  readonly kinds: (NodeKind | undefined)[];
  readonly kindOf: (id: number) => NodeKind;
}

interface NodeKind {
  readonly type: string;
  readonly use: 'skip' | 'leaf' | 'inner' | 'string';
}

/** Tokens without a name of their own that carry meaning. All others are punctuation. */
const keptTokens = new Set(
  '* default static ! + - || && ?? == === != !== > >= < <= % not and or in is'.split(' ').concat('not in', 'is not'),
);

/** Nodes without children, and nodes whose inside no port can depend on. Leaving them out halves the cost of a tree. */
const leaves = new Set(
  (
    'identifier property_identifier shorthand_property_identifier shorthand_property_identifier_pattern this super ' +
    'private_property_identifier statement_identifier type_identifier number integer float true false null undefined ' +
    'none string_fragment string_start string_end escape_sequence pass_statement regex type_annotation type_arguments ' +
    'type_parameters interface_declaration type_alias_declaration ambient_declaration jsx_element ' +
    'jsx_self_closing_element jsx_fragment accessibility_modifier type import hash_bang_line'
  ).split(' '),
);

/** What Node has, and the library of types that is in use does not. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => object;
  readonly RuntimeError: new () => Error;
};

const grammars = new Map<string, Grammar>();
let ready: Promise<void> | undefined;
let initialized = false;
/**
 * Whether a broken text asked for more memory than there is: recovery can take memory by the square of what stands open.
 * The runtime cannot be used or started again, so that programs stay unread from then on.
 */
let hasEnded = false;

/** Starts the runtime; once is enough, further calls wait for the first. */
export function initialize(runtimeWasm: Uint8Array): Promise<void> {
  const memory = { initial: 512, maximum: MOST_MEMORY };
  ready ??= Parser.init({ wasmBinary: runtimeWasm, wasmMemory: new WebAssembly.Memory(memory) }).then(() => {
    initialized = true;
  });
  return ready;
}

/** Loads a grammar, or the runtime under its own name. */
export async function loadGrammar(name: string, bytes: Uint8Array): Promise<void> {
  if (name === RUNTIME) return initialize(bytes);
  if (grammars.has(name)) return;
  await ready;
  const language = await Language.load(bytes);
  const parser = new Parser();
  parser.setLanguage(language);
  grammars.set(name, {
    parser,
    fields: language.fields,
    kinds: [],
    kindOf: (id) => nodeKind(name, language.nodeTypeForId(id) ?? 'ERROR', language.nodeTypeIsNamed(id)),
  });
}

export function hasGrammar(name: string): boolean {
  return name === RUNTIME ? initialized : grammars.has(name);
}

/**
 * Parses a text and lets `visit` see its tree. Undefined where the text is too long, or its grammar is not loaded; broken
 * text has a tree with `ERROR` nodes.
 */
export function withTree<T>(grammarName: string, text: string, visit: (root: SyntaxNode) => T): T | undefined {
  const grammar = grammars.get(grammarName);
  if (!grammar || hasEnded || text.length > MAX_LENGTH) return undefined;
  const before = latest?.grammar === grammar && latest.text === text ? latest.root.deref() : undefined;
  const root = before ?? copiedTree(grammar, text);
  if (!root) return undefined;
  if (!before) latest = { grammar, text, root: new WeakRef(root) };
  return visit(root);
}

/** The tree that was copied last: programs that describe infrastructure are read twice in a row. */
let latest: { readonly grammar: Grammar; readonly text: string; readonly root: WeakRef<SyntaxNode> } | undefined;

function copiedTree(grammar: Grammar, text: string): SyntaxNode | undefined {
  try {
    let progress = 0;
    const tree = grammar.parser.parse(text, null, { progressCallback: () => ++progress > MAX_PROGRESS });
    if (!tree) {
      // The parser would go on with this text in place of the next.
      grammar.parser.reset();
      return undefined;
    }
    const cursor = tree.walk();
    const root = copyNode(grammar, text, cursor, kindAt(grammar, cursor), 0);
    cursor.delete();
    tree.delete();
    return root;
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    hasEnded = true;
    return undefined;
  }
}

/** The child that fills a field. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}

function nodeKind(grammar: string, type: string, named: boolean): NodeKind {
  if (!named && type !== 'ERROR') return { type, use: keptTokens.has(type) ? 'leaf' : 'skip' };
  if (type === 'comment') return { type, use: 'skip' };
  // Ruby interpolates in strings without a prefix.
  if (type === 'string') return { type, use: grammar === 'ruby' ? 'inner' : 'string' };
  return { type, use: leaves.has(type) ? 'leaf' : 'inner' };
}

function kindAt(grammar: Grammar, cursor: TreeCursor): NodeKind {
  const id = cursor.nodeTypeId;
  let kind = grammar.kinds[id];
  if (!kind) {
    kind = grammar.kindOf(id);
    grammar.kinds[id] = kind;
  }
  return kind;
}

function copyNode(grammar: Grammar, text: string, cursor: TreeCursor, kind: NodeKind, depth: number): SyntaxNode {
  const field = grammar.fields[cursor.currentFieldId] ?? undefined;
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const children: SyntaxNode[] = [];
  const inner = kind.use === 'inner' || (kind.use === 'string' && mayInterpolate(text, start));
  if (inner && depth < MAX_DEPTH && cursor.gotoFirstChild()) {
    do {
      const childKind = kindAt(grammar, cursor);
      if (childKind.use !== 'skip') children.push(copyNode(grammar, text, cursor, childKind, depth + 1));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type: kind.type, field, start, end, children };
}

/** Python's `f"…"`, `rf"…"`; strings without that prefix have nothing inside but text. */
function mayInterpolate(text: string, start: number): boolean {
  for (let i = start; i < start + 3; i++) {
    const character = text[i];
    if (character === 'f' || character === 'F') return true;
    if (character === '"' || character === "'") return false;
  }
  return false;
}
