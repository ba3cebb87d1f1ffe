// What a Rust function takes and gives back: the expression at its end, or a `return` that stands under a test before it.

import type { Expression } from '../../facts/expression.ts';
import type { FunctionDefinition } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { place, textOf, unknownExpression } from '../expressions.ts';
import { ifExpression, rustExpression } from './expressions.ts';
import type { RustFile } from './names.ts';
import { tailOf } from './paths.ts';

const MOST_TESTS = 20;

export function readFunction(file: RustFile, node: SyntaxNode): FunctionDefinition {
  const parameters = (childOf(node, 'parameters')?.children ?? []).flatMap((parameter) => {
    const pattern = childOf(parameter, 'pattern');
    return parameter.type === 'parameter' && pattern ? [{ name: textOf(file, pattern).replace(/^mut\s+/, '') }] : [];
  });
  const body = childOf(node, 'body');
  const given = body && childOf(node, 'return_type') ? givenBy(file, body) : undefined;
  return { kind: 'function', parameters, returns: given === undefined ? [] : [given], at: place(file, node) };
}

function givenBy(file: RustFile, body: SyntaxNode): Expression | undefined {
  const tail = tailOf(file, body);
  const earlier = body.children.slice(0, -1).filter((statement) => returnsValue(file, statement));
  if (earlier.length > MOST_TESTS) return unknownExpression(file, body);
  let value = tail && rustExpression(file, tail);
  for (const statement of earlier.toReversed()) {
    const [test] = statement.children;
    const consequence = test && childOf(test, 'consequence');
    const returned = consequence && tailOf(file, consequence);
    const isPlain = test?.type === 'if_expression' && !childOf(test, 'alternative') && returned !== undefined;
    if (!isPlain || value === undefined) return unknownExpression(file, statement);
    value = ifExpression(file, test, value);
  }
  return value;
}

/** Whether a statement may leave the function with a value that is no error. */
function returnsValue(file: RustFile, node: SyntaxNode): boolean {
  if (node.type === 'closure_expression' || node.type === 'async_block' || node.type === 'function_item') return false;
  if (node.type === 'return_expression') return !/^return\s*(?:Err\b|None\b|;|$)/.test(textOf(file, node).slice(0, 20));
  return node.children.some((child) => returnsValue(file, child));
}
