// Calls in Rust expressions: reads of the environment, conversions, defaults. All others stay calls.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, nameExpression, place, textOf, unknownExpression } from '../expressions.ts';
import type { RustFile } from './names.ts';
import { argumentsOf, fullPath } from './names.ts';
import type { Read } from './paths.ts';
import { callArguments, ipAddress, joinAddress, pathExpression, tailOf, typeExpression } from './paths.ts';

const reads = /^(?:(?:std::)?env::var(?:_os)?|dotenv(?:y)?::var|dotenv_codegen::dotenv)$/;
/** Functions that give back their argument, for all that a port can see. */
const transparentPaths =
  /(?:^|::)(?:Ok|Some|String::from|Box::new|Arc::new|Rc::new|Data::new|IpAddr::(?:V4|V6|from)|SocketAddr::(?:V4|V6|from)|SocketAddrV4::from|(?:u16|u32|i32|usize|SocketAddr|IpAddr|Ipv4Addr|String)::from_str|Cow::(?:from|Borrowed|Owned)|u16::(?:from|try_from)|Secret::new)$/;
/** Methods that give back their receiver. */
const transparentMethods =
  /^(?:unwrap|expect|ok|into|to_string|to_owned|as_str|as_ref|as_deref|as_mut|clone|cloned|copied|parse|trim|into_string|to_str|to_string_lossy|into_owned|await|borrow|deref|try_into|map_err|context|with_context|wrap_err|ok_or|ok_or_else|unwrap_or_default|expose_secret|iter|next|to_socket_addrs|unwrap_or_exit|read|lock|load|by_ref|or_panic)$/;
const lazy = /(?:^|::)(?:Lazy|LazyLock|OnceCell|OnceLock)::new$/;

export function readCall(file: RustFile, node: SyntaxNode, read: Read): Expression {
  const callee = childOf(node, 'function');
  const values = argumentsOf(node);
  const [first, second] = values;
  if (!callee) return unknownExpression(file, node);
  const target = callee.type === 'generic_function' ? (childOf(callee, 'function') ?? callee) : callee;
  if (target.type === 'field_expression') return readMethod(file, node, target, read);
  const full = fullPath(file, callee);
  const at = place(file, node);
  if (first) {
    if (reads.test(full)) return { kind: 'environment', name: read(first), at };
    if (transparentPaths.test(full)) return read(first);
    if (lazy.test(full)) return closureValue(file, first, undefined, read) ?? unknownExpression(file, node);
    if (/(?:^|::)Ipv[46]Addr::new$/.test(full)) return ipAddress(file, values, at) ?? unknownExpression(file, node);
    if (/(?:^|::)SocketAddr(?:V4|V6)?::new$/.test(full) && second) return joinAddress(read(first), read(second), at);
    if (/(?:^|::)Err$/.test(full)) return literal(null, at);
  }
  if (full === 'envy::from_env') {
    const type = typeArgument(file, callee);
    return type ? filledBy(type, 'envy::from_env', '', at) : unknownExpression(file, node);
  }
  const owner = madeByDerive(file, target, full);
  if (owner && values.length === 0) return { kind: 'call', callee: owner, arguments: [], at };
  const path = pathExpression(file, target);
  if (path === undefined) return unknownExpression(file, node);
  return { kind: 'call', callee: path, arguments: callArguments(node, read), at };
}

/** `Args::parse()` of clap: the type itself, whose fields read argv. */
function madeByDerive(file: RustFile, target: SyntaxNode, full: string): Expression | undefined {
  if (!/::(?:parse|from_args|try_parse|from_env_or_exit)$/.test(full)) return undefined;
  const type = childOf(target, 'path');
  return type && pathExpression(file, type);
}

/** `Config` of `from_env::<Config>()`. */
export function typeArgument(file: RustFile, callee: SyntaxNode): Expression | undefined {
  const text = textOf(file, childOf(callee, 'type_arguments'));
  const name = /^(?:::)?<\s*(\w+)/.exec(text)?.[1];
  const node = childOf(callee, 'type_arguments');
  return name === undefined || !node ? undefined : nameExpression(name, place(file, node));
}

/** A struct that a library fills; see `CallExpression`. */
export function filledBy(type: Expression, by: string, prefix: string, at: Expression['at']): Expression {
  const made: Expression = { kind: 'call', callee: type, arguments: [], at };
  const values = [{ value: made }, { value: literal(by, at) }, { value: literal(prefix, at) }];
  return { kind: 'call', callee: nameExpression('struct.filled', at), arguments: values, at };
}

/** A struct of which the type stands beside: `let config: Config = envy::from_env()?`. */
export function typedValue(file: RustFile, value: SyntaxNode, type: SyntaxNode | undefined): Expression | undefined {
  const named = type && typeExpression(file, type);
  const text = textOf(file, value).slice(0, 200);
  if (!named) return undefined;
  const prefix = /^envy::prefixed\(\s*"(\w*)"\s*\)/.exec(text)?.[1];
  return prefix !== undefined || text.startsWith('envy::from_env')
    ? filledBy(named, 'envy::from_env', prefix ?? '', place(file, value))
    : undefined;
}

function readMethod(file: RustFile, node: SyntaxNode, target: SyntaxNode, read: Read): Expression {
  const receiver = childOf(target, 'value');
  const name = textOf(file, childOf(target, 'field'));
  const [first, second] = argumentsOf(node);
  if (!receiver) return unknownExpression(file, node);
  const at = place(file, node);
  if (transparentMethods.test(name)) return read(receiver);
  switch (name) {
    case 'unwrap_or':
    case 'or':
      if (first) return { kind: 'fallback', skips: 'missing', options: [read(receiver), read(first)], at };
      break;
    case 'unwrap_or_else':
    case 'or_else': {
      const value = first && closureValue(file, first, undefined, read);
      // A closure that ends the program gives no other value.
      if (!value) return read(receiver);
      return { kind: 'fallback', skips: 'missing', options: [read(receiver), value], at };
    }
    case 'map':
    case 'and_then':
    case 'map_or':
    case 'map_or_else': {
      const closure = name.startsWith('map_or') ? second : first;
      const value = read(receiver);
      const mapped =
        closure &&
        (closureValue(file, closure, value, read) ?? (closure.type === 'closure_expression' ? undefined : value));
      if (!mapped) return unknownExpression(file, node);
      if (!name.startsWith('map_or') || !first) return mapped;
      const fallback = name === 'map_or' ? read(first) : (closureValue(file, first, undefined, read) ?? read(first));
      return { kind: 'fallback', skips: 'missing', options: [mapped, fallback], at };
    }
    case 'get_or_init': {
      const value = first && closureValue(file, first, undefined, read);
      if (value) return value;
      break;
    }
    case 'from_env': {
      const prefix = /^envy::prefixed\(\s*"(\w*)"\s*\)$/.exec(textOf(file, receiver).slice(0, 80))?.[1];
      const callee = childOf(node, 'function');
      const type = callee && typeArgument(file, callee);
      if (prefix !== undefined && type) return filledBy(type, 'envy::from_env', prefix, at);
      break;
    }
  }
  const property = literal(name, place(file, target));
  const callee: Expression = { kind: 'member', object: read(receiver), property, at: place(file, target) };
  return { kind: 'call', callee, arguments: callArguments(node, read), at };
}

/** What a closure gives back, its parameter being `value`; undefined where it is none, or ends the program. */
export function closureValue(
  file: RustFile,
  node: SyntaxNode,
  value: Expression | undefined,
  read: Read,
): Expression | undefined {
  if (node.type === 'scoped_identifier' || node.type === 'identifier') {
    const path = pathExpression(file, node) ?? read(node);
    return value === undefined ? { kind: 'call', callee: path, arguments: [], at: place(file, node) } : undefined;
  }
  if (node.type !== 'closure_expression') return undefined;
  const body = childOf(node, 'body');
  if (!body) return undefined;
  const inner = body.type === 'block' ? tailOf(file, body) : body;
  if (!inner || /^(?:panic!|std::process::exit|process::exit|unreachable!)/.test(textOf(file, inner).slice(0, 40)))
    return undefined;
  const name = /^\|\s*&?(?:mut\s+)?(\w+)/.exec(textOf(file, childOf(node, 'parameters')))?.[1];
  const known =
    name === undefined || value === undefined ? file.known : new Map([...(file.known ?? []), [name, value]]);
  return read(inner, known);
}
