import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { SyntaxNode } from '../../server/src/syntax/treeSitter.ts';
import { childOf, hasGrammar, loadGrammar, RUNTIME, withTree } from '../../server/src/syntax/treeSitter.ts';
import { grammarBytes } from '../languages/programs.ts';

const names = ['javascript', 'python', 'tsx', 'typescript'];

function find(node: SyntaxNode, type: string): SyntaxNode | undefined {
  if (node.type === type) return node;
  for (const child of node.children) {
    const found = find(child, type);
    if (found) return found;
  }
  return undefined;
}

describe('tree-sitter', () => {
  before(async () => {
    assert.equal(hasGrammar(RUNTIME), false);
    assert.equal(
      withTree('python', 'x = 1', () => 1),
      undefined,
    );
    await loadGrammar(RUNTIME, grammarBytes(RUNTIME));
    for (const name of names) await loadGrammar(name, grammarBytes(name));
  });

  it('loads the runtime and every grammar, again without harm', async () => {
    for (const name of [RUNTIME, ...names]) {
      assert.ok(hasGrammar(name), name);
      await loadGrammar(name, grammarBytes(name));
    }
    assert.equal(hasGrammar('cobol'), false);
  });

  it('counts UTF-16 units', () => {
    for (const [grammar, text, type] of [
      ['python', '# 🚀é\nx = "🚀"; port = 5', 'integer'],
      ['javascript', '/* 🚀é */ f("🚀"); g(5)', 'number'],
    ] as const) {
      const found = withTree(grammar, text, (root) => find(root, type));
      assert.deepEqual([found?.start, found?.end], [text.indexOf('5'), text.indexOf('5') + 1]);
    }
  });

  it('names the field a child fills, and keeps operators', () => {
    const operator = withTree('javascript', 'a ?? b', (root) => {
      const binary = find(root, 'binary_expression');
      return binary && childOf(binary, 'operator')?.type;
    });
    assert.equal(operator, '??');
  });

  it('gives a tree of broken text, and none of a text that is too long', () => {
    assert.ok(withTree('python', 'def (:\n', (root) => find(root, 'ERROR')));
    assert.equal(
      withTree('python', 'x'.repeat(1_000_000), () => 1),
      undefined,
    );
  });

  it('bounds the depth of a tree', () => {
    const depth = (node: SyntaxNode): number => 1 + Math.max(0, ...node.children.map(depth));
    const deepest = withTree('javascript', `x = ${'('.repeat(5_000)}1${')'.repeat(5_000)}`, depth);
    assert.ok(deepest !== undefined && deepest < 1_000, String(deepest));
  });
});
