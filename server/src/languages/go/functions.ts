// What a Go function takes and gives back. Its `return` statements become one expression of the tests between them.

import type { Expression } from '../../facts/expression.ts';
import type { FunctionDefinition } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { conditional, literal, nameExpression, negate, place, textOf } from '../expressions.ts';
import { isFatal } from './calls.ts';
import { equals, goExpression } from './expressions.ts';
import type { GoFile } from './names.ts';
import { argumentsOf, fullName } from './names.ts';
import { toInteger } from './types.ts';

const MOST_STATEMENTS = 60;

export function readFunction(file: GoFile, node: SyntaxNode): FunctionDefinition {
  const parameters = (childOf(node, 'parameters')?.children ?? []).flatMap((parameter) =>
    parameter.children.filter(({ field }) => field === 'name').map((name) => ({ name: textOf(file, name) })),
  );
  const body = childOf(node, 'body');
  const [result] = namedResults(node);
  const inner = result === undefined ? file : { ...file, result: textOf(file, result.name) };
  const given = body && childOf(node, 'result') ? givenBy(inner, statementsOf(body), 0) : undefined;
  const returns = given === undefined || given === 'fails' ? [] : [given];
  return { kind: 'function', parameters, returns, at: place(file, node) };
}

export interface NamedResult {
  readonly name: SyntaxNode;
  readonly type: SyntaxNode | undefined;
}

/** `func Load() (config Config, err error)` */
export function namedResults(node: SyntaxNode): readonly NamedResult[] {
  const result = childOf(node, 'result');
  return (result?.type === 'parameter_list' ? result.children : []).flatMap((parameter) =>
    parameter.children.flatMap((name) => (name.field === 'name' ? [{ name, type: childOf(parameter, 'type') }] : [])),
  );
}

export function statementsOf(block: SyntaxNode): readonly SyntaxNode[] {
  return block.children.flatMap((child) => (child.type === 'statement_list' ? child.children : [child]));
}

/** What running statements gives back; undefined where they do not return, `fails` where they end in an error. */
type Given = Expression | 'fails' | undefined;

function givenBy(file: GoFile, statements: readonly SyntaxNode[], depth: number): Given {
  if (depth > 40) return unreadable(file, statements);
  for (const [index, statement] of statements.slice(0, MOST_STATEMENTS).entries()) {
    const rest = statements.slice(index + 1);
    switch (statement.type) {
      case 'return_statement':
        return returned(file, statement);
      case 'if_statement': {
        if (!returns(statement)) continue;
        return ifValue(file, statement, statements[index - 1], rest, depth);
      }
      case 'expression_switch_statement':
        if (!returns(statement)) continue;
        return switchValue(file, statement, rest, depth);
      case 'block':
        if (returns(statement)) return givenBy(file, [...statementsOf(statement), ...rest], depth + 1);
        continue;
      case 'expression_statement': {
        const [call] = statement.children;
        if (call?.type === 'call_expression' && isFatal(file, call)) return 'fails';
        continue;
      }
      default:
        // A loop or a `select` that returns: which value that is cannot be seen.
        if (/^(?:for|select|type_switch)_statement$/.test(statement.type) && returns(statement)) {
          return unreadable(file, [statement]);
        }
    }
  }
  return undefined;
}

function unreadable(file: GoFile, [first]: readonly SyntaxNode[]): Given {
  return first && { kind: 'unknown', text: textOf(file, first).slice(0, 80), at: place(file, first) };
}

function returns(node: SyntaxNode): boolean {
  if (node.type === 'return_statement') return true;
  if (node.type === 'call_expression' || node.type === 'func_literal') return false;
  return node.children.some(returns);
}

function returned(file: GoFile, statement: SyntaxNode): Given {
  const values = statement.children[0]?.children ?? [];
  const [first] = values;
  if (!first) return file.result === undefined ? undefined : nameExpression(file.result, place(file, statement));
  const last = values.length > 1 ? values.at(-1) : undefined;
  const isError =
    (last?.type === 'identifier' && /^err/i.test(textOf(file, last))) ||
    (last?.type === 'call_expression' && /(?:^|\.)(?:Errorf|New\w*Error|New|Wrapf?)$/.test(calleeText(file, last)));
  // With a value that is not empty the error is only handed on: `return config, err`.
  if (isError && isEmpty(file, first)) return 'fails';
  return goExpression(file, first);
}

function calleeText(file: GoFile, node: SyntaxNode): string {
  return textOf(file, childOf(node, 'function')).slice(-40);
}

function isEmpty(file: GoFile, node: SyntaxNode): boolean {
  return node.type === 'nil' || /^(?:""|0|&?[\w.]+\{\})$/.test(textOf(file, node).slice(0, 60));
}

function ifValue(
  file: GoFile,
  statement: SyntaxNode,
  previous: SyntaxNode | undefined,
  rest: readonly SyntaxNode[],
  depth: number,
): Given {
  const consequence = childOf(statement, 'consequence');
  const alternative = childOf(statement, 'alternative');
  const after = givenBy(file, rest, depth + 1);
  const test = testOf(file, statement, previous);
  // A bare `return` hands the error on.
  const isFailure =
    consequence &&
    isBareReturn(consequence) &&
    /\berr\w*\s*!=\s*nil$/.test(textOf(file, childOf(statement, 'condition')));
  const then = isFailure ? 'fails' : ((consequence && givenBy(file, statementsOf(consequence), depth + 1)) ?? after);
  const other =
    alternative === undefined
      ? after
      : (givenBy(file, alternative.type === 'block' ? statementsOf(alternative) : [alternative], depth + 1) ?? after);
  if (then === undefined || then === 'fails') return other;
  if (other === undefined || other === 'fails') return then;
  return conditional(test, [then, other], place(file, statement));
}

function isBareReturn(block: SyntaxNode): boolean {
  const last = statementsOf(block).at(-1);
  return last?.type === 'return_statement' && last.children.length === 0;
}

function switchValue(file: GoFile, statement: SyntaxNode, rest: readonly SyntaxNode[], depth: number): Given {
  let value = givenBy(file, rest, depth + 1);
  const cases = switchCases(file, statement);
  for (const { test, body } of cases.toReversed()) {
    const then = givenBy(file, body, depth + 1) ?? value;
    if (test === undefined || value === undefined || value === 'fails') value = then;
    else if (then !== undefined && then !== 'fails') value = conditional(test, [then, value], place(file, statement));
  }
  return value;
}

export interface SwitchCase {
  /** Absent for `default`. */
  readonly test: Expression | undefined;
  readonly body: readonly SyntaxNode[];
}

/** The cases of a switch, `default` last. */
export function switchCases(file: GoFile, statement: SyntaxNode): readonly SwitchCase[] {
  const subject = childOf(statement, 'value');
  const cases: SwitchCase[] = [];
  const defaults: SwitchCase[] = [];
  for (const clause of statement.children) {
    if (clause.type !== 'expression_case' && clause.type !== 'default_case') continue;
    const values = childOf(clause, 'value')?.children ?? [];
    const body = clause.children.flatMap((child) => {
      if (child.field === 'value' || child.type === 'default') return [];
      return child.type === 'statement_list' ? child.children : [child];
    });
    const tests = values.map((value) => caseTest(file, subject, value));
    const [first, ...others] = tests;
    if (clause.type === 'default_case' || first === undefined) defaults.push({ test: undefined, body });
    else {
      const test: Expression =
        others.length === 0 ? first : { kind: 'fallback', skips: 'falsy', options: tests, at: place(file, clause) };
      cases.push({ test, body });
    }
  }
  return [...cases, ...defaults];
}

function caseTest(file: GoFile, subject: SyntaxNode | undefined, value: SyntaxNode): Expression {
  const right = goExpression(file, value);
  return subject === undefined ? right : equals(goExpression(file, subject), right, place(file, value));
}

/** The test of an `if`, with what is known of the second value that a call just gave: `port, ok := os.LookupEnv("PORT")`. */
export function testOf(file: GoFile, statement: SyntaxNode, previous: SyntaxNode | undefined): Expression {
  const condition = childOf(statement, 'condition');
  if (!condition) return literal(null, place(file, statement));
  const second = secondValue(file, childOf(statement, 'initializer') ?? previous);
  const known = second === undefined ? file : { ...file, known: new Map([[second.name, second.value]]) };
  return goExpression(known, condition);
}

export interface SecondValue {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly value: Expression;
}

/** `ok` of `os.LookupEnv`, `err` of a conversion: whether the variable is set, whether it is no number. */
export function secondValue(file: GoFile, statement: SyntaxNode | undefined): SecondValue | undefined {
  if (statement?.type !== 'short_var_declaration' && statement?.type !== 'assignment_statement') return undefined;
  const [, node] = childOf(statement, 'left')?.children ?? [];
  const [call, more] = childOf(statement, 'right')?.children ?? [];
  if (node?.type !== 'identifier' || call?.type !== 'call_expression' || more) return undefined;
  const full = fullName(file, childOf(call, 'function')) ?? '';
  const [first] = argumentsOf(call);
  const at = place(file, call);
  const name = textOf(file, node);
  if (!first) return undefined;
  if (/^(?:os|syscall)\.LookupEnv$/.test(full)) {
    const isSet: Expression = { kind: 'environment', name: goExpression(file, first), at };
    return { name, node, value: { kind: 'comparison', operator: '!=', left: isSet, right: literal(null, at), at } };
  }
  if (!/^strconv\.(?:Atoi|ParseInt|ParseUint)$/.test(full)) return undefined;
  const read = goExpression(file, first);
  const isNumber = negate(negate(toInteger(read, at)));
  return { name, node, value: conditional(isNumber, [literal(null, at), literal(true, at)], at) };
}
