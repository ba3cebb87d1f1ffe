// Calls of a Go program that open a listening socket, with the expression of their address.

import type { Expression } from '../../facts/expression.ts';
import type { Listener, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { callExpression, literal, memberExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { goApis } from './apis.ts';
import { goExpression } from './expressions.ts';
import type { GoFile } from './names.ts';
import { argumentsOf, fullName, libraryOf, stringText, withoutVersion } from './names.ts';
import type { Signature } from './signatures.ts';
import { functionSignature, methodSignature, namedMethod } from './signatures.ts';

export function readListener(file: GoFile, node: SyntaxNode, scope: Scope): Listener | undefined {
  const callee = childOf(node, 'function');
  const full = fullName(file, callee);
  const known = full === undefined ? undefined : functionSignature(full);
  if (known) return listener(file, node, known, scope);
  const receiver = callee?.type === 'selector_expression' ? childOf(callee, 'operand') : undefined;
  if (!callee || !receiver || full?.includes('.')) return undefined;
  const name = textOf(file, childOf(callee, 'field'));
  const library = libraryOf(file, receiver);
  const method = library === undefined ? undefined : methodSignature(withoutVersion(library), name);
  if (method) return listener(file, node, method, scope);
  const values = argumentsOf(node);
  const named = namedMethod(name, values.length);
  if (!named) return undefined;
  const found = listener(file, node, named, scope);
  const { libraries, address } = named;
  const presumed = address === 'receiver' || (found?.address !== undefined && looksLikeAddress(found.address));
  return found && { ...found, method: { callee: goExpression(file, callee), libraries, presumed } };
}

function listener(file: GoFile, node: SyntaxNode, signature: Signature, scope: Scope): Listener | undefined {
  const values = argumentsOf(node);
  const network = signature.network === undefined ? undefined : stringText(file, values[signature.network]);
  if (network !== undefined && !/^tcp[46]?$/.test(network)) return undefined;
  const address = addressOf(file, node, signature, values);
  const found = { api: goApis[signature.api], at: place(file, node), scope };
  if (signature.api === 'beego' && values.length === 0) return { ...found, port: beegoPort(file, node) };
  return address === undefined ? found : { ...found, address };
}

/** https://beego.gocn.vip/beego/zh/developing/config/: conf/app.conf beside the program, unless the program sets it. */
function beegoPort(file: GoFile, node: SyntaxNode): Expression {
  if (file.text.includes('BConfig.Listen')) return unknownExpression(file, node);
  const at = place(file, node);
  const values = ['conf/app.conf', 'httpport', 'HTTPPort'].map((value) => ({ value: literal(value, at) }));
  return callExpression('settings.file', values, at);
}

function addressOf(
  file: GoFile,
  node: SyntaxNode,
  { address }: Signature,
  values: readonly SyntaxNode[],
): Expression | undefined {
  if (address === 'none') return undefined;
  if (address === 'receiver') {
    const receiver = childOf(childOf(node, 'function') ?? node, 'operand');
    return receiver && memberExpression(goExpression(file, receiver), 'Addr', place(file, receiver));
  }
  const [server] = values;
  if (address === 'server') {
    return server && memberExpression(goExpression(file, values.at(-1) ?? server), 'Addr', place(file, server));
  }
  const value = values[address];
  if (!value) return undefined;
  // `iris.Addr(":8080")`
  const inner = value.type === 'call_expression' && /\.Addr$/.test(textOf(file, childOf(value, 'function')));
  const [wrapped] = inner ? argumentsOf(value) : [];
  return goExpression(file, wrapped ?? value);
}

/** Whether an expression is an address by its looks: `":8080"`, `":" + port`, `cfg.Addr`. */
function looksLikeAddress(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' && /^[\w.[\]:-]*:\d{1,5}$/.test(expression.value);
    case 'concat':
      return expression.parts.some((part) => part.kind === 'literal' && String(part.value).includes(':'));
    case 'name':
      return /addr|port|listen|bind/i.test(expression.name);
    case 'member':
      return expression.property.kind === 'literal' && /addr|port|listen|bind/i.test(String(expression.property.value));
    case 'environment':
      return true;
    default:
      return false;
  }
}
