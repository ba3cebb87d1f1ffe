// Functions of a Python file: their parameters, with what click, typer and fire put into them, and what they return.

import type { Expression } from '../../facts/expression.ts';
import type { FunctionDefinition } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { place, textOf } from '../expressions.ts';
import { pythonExpression } from './expressions.ts';
import type { PythonFile } from './names.ts';
import { fullName, keywordArgument, positionalArguments } from './names.ts';
import { clickParameters, commandParameter } from './options.ts';
import { plainString } from './strings.ts';

type Parameter = FunctionDefinition['parameters'][number];

export function readFunction(
  file: PythonFile,
  node: SyntaxNode,
  decorators: readonly SyntaxNode[],
): FunctionDefinition {
  const body = childOf(node, 'body');
  return {
    kind: 'function',
    parameters: readParameters(file, node, decorators),
    returns: body ? readReturns(file, body) : [],
    at: place(file, node),
  };
}

function readParameters(file: PythonFile, node: SyntaxNode, decorators: readonly SyntaxNode[]): readonly Parameter[] {
  const read = (child: SyntaxNode) => pythonExpression(file, child);
  const given = decorators.length > 0 ? clickParameters(file, decorators, read) : undefined;
  const isCommand = runsByOptions(file, node, decorators);
  return (childOf(node, 'parameters')?.children ?? []).flatMap((child) => {
    const name = parameterName(file, child);
    if (name === undefined) return [];
    const value = childOf(child, 'value');
    const option = given?.get(name) ?? (value && isCommand ? commandParameter(file, name, value, read) : undefined);
    const fallback: Expression | undefined = option ?? (value && read(value));
    return [fallback ? { name, default: fallback } : { name }];
  });
}

function parameterName(file: PythonFile, node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'identifier':
      return textOf(file, node);
    case 'default_parameter':
    case 'typed_default_parameter':
      return textOf(file, childOf(node, 'name'));
    case 'typed_parameter':
      return node.children[0]?.type === 'identifier' ? textOf(file, node.children[0]) : undefined;
    default:
      return undefined;
  }
}

const commandMaker = /^(?:typer\.Typer|cyclopts\.App)\(\)\.(?:command|default)(?:\(\))?$/;

function decoratorName(file: PythonFile, decorator: SyntaxNode): string {
  const call = decorator.children[0];
  return fullName(file, call?.type === 'call' ? childOf(call, 'function') : call) ?? '';
}

/** A function whose parameters are options of the command line. */
function runsByOptions(file: PythonFile, node: SyntaxNode, decorators: readonly SyntaxNode[]): boolean {
  if (decorators.some((decorator) => commandMaker.test(decoratorName(file, decorator)))) return true;
  return file.started.has(textOf(file, childOf(node, 'name')));
}

/** The only command of a typer application: running the application runs it. */
export function runsAsCommand(file: PythonFile, decorators: readonly SyntaxNode[]): boolean {
  const isCommand = decorators.some((decorator) => commandMaker.test(decoratorName(file, decorator)));
  return isCommand && file.commands === 1;
}

/** The name of a subcommand: `@cli.command("serve")` of a click group or of a typer application with several. */
export function groupCommand(file: PythonFile, decorators: readonly SyntaxNode[], name: string): string | undefined {
  if (!/@(?:\w+\.)?group\b|\bTyper\(/.test(file.text) || runsAsCommand(file, decorators)) return undefined;
  for (const decorator of decorators) {
    const call = decorator.children[0];
    const callee = call?.type === 'call' ? childOf(call, 'function') : call;
    if (!/^\w+\.command$/.test(textOf(file, callee)) || textOf(file, callee) === 'click.command') continue;
    const list = call?.type === 'call' ? childOf(call, 'arguments') : undefined;
    const given = positionalArguments(list)[0] ?? (list && keywordArgument(file, list, 'name'));
    return plainString(file, given) ?? name.replaceAll('_', '-');
  }
  return undefined;
}

/** Values of the `return` statements of one body, without those of functions inside it. */
function readReturns(file: PythonFile, body: SyntaxNode): readonly Expression[] {
  const returns: Expression[] = [];
  const visit = (node: SyntaxNode): void => {
    if (/^(?:function_definition|class_definition|lambda)$/.test(node.type)) return;
    if (node.type === 'return_statement') {
      const value = node.children[0];
      if (value) returns.push(pythonExpression(file, value));
      return;
    }
    for (const child of node.children) visit(child);
  };
  visit(body);
  return returns;
}
