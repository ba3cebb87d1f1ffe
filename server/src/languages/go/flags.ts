// Flags that a Go program reads from its argv by the standard library, pflag and cobra. All become `argv.option`.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { argvOption, literal, place, textOf } from '../expressions.ts';
import type { GoFile } from './names.ts';
import { argumentsOf, libraryOf, stringText } from './names.ts';

type Read = (node: SyntaxNode) => Expression;

const DECLARES = /^(?:String|Int|Uint|Int32|Int64|Uint16|Uint32)(Var)?(P)?$/;
const READS = /^(?:Get(?:String|Int|Uint|Int32|Int64|Uint16|Uint32)|Lookup)$/;

export interface DeclaredFlag {
  /** The variable that a `…Var` call sets. */
  readonly target: SyntaxNode | undefined;
  readonly name: string;
  readonly value: Expression;
}

/** `flag.Int("port", 8080, "")`, `cmd.Flags().StringVarP(&port, "port", "p", "8080", "")`. */
export function declaredFlag(file: GoFile, node: SyntaxNode, read: Read, wanted?: string): DeclaredFlag | undefined {
  const callee = childOf(node, 'function');
  if (callee?.type !== 'selector_expression') return undefined;
  const match = DECLARES.exec(textOf(file, childOf(callee, 'field')));
  if (!match) return undefined;
  const receiver = childOf(callee, 'operand');
  const style = receiver && flagStyle(file, receiver);
  if (style === undefined) return undefined;
  const values = argumentsOf(node);
  const target = match[1] ? values[0] : undefined;
  const rest = values.slice(match[1] ? 1 : 0);
  const name = stringText(file, rest[0]);
  const short = match[2] ? stringText(file, rest[1]) : undefined;
  const fallback = rest[match[2] ? 2 : 1];
  if (name === undefined || name === '' || !fallback || (wanted !== undefined && wanted !== name)) return undefined;
  const names = style === 'standard' ? [`-${name}`, `--${name}`] : [`--${name}`, ...(short ? [`-${short}`] : [])];
  return { target, name, value: argvOption(names, read(fallback), place(file, node)) };
}

/** `viper.BindPFlags(cmd.Flags())` as the calls of BindPFlag that it stands for: one for each flag of this file. */
export function boundFlags(file: GoFile, read: Read): readonly (readonly [name: Expression, value: Expression])[] {
  return file.flags.flatMap((flag) => {
    const found = flag.type === 'call_expression' ? declaredFlag(file, flag, read) : undefined;
    return found === undefined ? [] : [[literal(found.name, place(file, flag)), found.value] as const];
  });
}

/** The value of a call that declares a flag, or that reads a flag declared in this file. */
export function flagCall(file: GoFile, node: SyntaxNode, read: Read): Expression | undefined {
  const declared = declaredFlag(file, node, read);
  if (declared !== undefined) return declared.target === undefined ? declared.value : undefined;
  const callee = childOf(node, 'function');
  if (callee?.type !== 'selector_expression') return undefined;
  const ofContext = contextFlag(file, node, callee, read);
  if (ofContext !== undefined) return ofContext;
  if (!READS.test(textOf(file, childOf(callee, 'field')))) return undefined;
  const receiver = textOf(file, childOf(callee, 'operand'));
  const name = stringText(file, argumentsOf(node)[0]);
  if (name === undefined || !/Flags\(\)$|flags$/i.test(receiver)) return undefined;
  for (const flag of file.flags) {
    const found = flag.type === 'call_expression' ? declaredFlag(file, flag, read, name) : undefined;
    if (found !== undefined) return found.value;
  }
  return undefined;
}

/** `c.String("port")` of a flag that this file declares: `&cli.StringFlag{Name: "port", Value: "8080"}`. */
function contextFlag(file: GoFile, node: SyntaxNode, callee: SyntaxNode, read: Read): Expression | undefined {
  const operand = childOf(callee, 'operand');
  const library = operand && libraryOf(file, operand);
  const [argument, more] = argumentsOf(node);
  const name = stringText(file, argument);
  if (name === undefined || more || !library?.startsWith('github.com/urfave/cli')) return undefined;
  for (const flag of file.flags) {
    const elements = childOf(flag, 'body')?.children ?? [];
    const element = (key: string) =>
      elements.find((each) => textOf(file, each.children[0]) === key)?.children[1]?.children[0];
    if (flag.type !== 'composite_literal' || stringText(file, element('Name')) !== name) continue;
    const [given, variables] = [element('Value'), element('EnvVars') ?? element('Sources') ?? element('EnvVar')];
    const fallback = given && read(given);
    const variable = variables && /"(\w{1,80})"/.exec(textOf(file, variables))?.[1];
    const at = place(file, flag);
    if (variable === undefined) return argvOption([`--${name}`, `-${name}`], fallback, at);
    const env = { kind: 'environment', name: literal(variable, at), at } as const;
    return argvOption([`--${name}`, `-${name}`], fallback === undefined ? env : { ...env, default: fallback }, at);
  }
  return undefined;
}

/** pflag wants two dashes for a long name, the standard library takes one or two. */
function flagStyle(file: GoFile, receiver: SyntaxNode): 'standard' | 'posix' | undefined {
  if (/Flags\(\)$/.test(textOf(file, receiver).slice(-40))) return 'posix';
  const library = libraryOf(file, receiver);
  if (library === 'flag') return 'standard';
  return library !== undefined && /^github\.com\/(?:spf13|ogier)\/pflag$/.test(library) ? 'posix' : undefined;
}
