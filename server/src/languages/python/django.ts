// The `urlpatterns` of a Django program. What is put among them by anything else than a list may answer any path.
// https://docs.djangoproject.com/en/stable/topics/http/urls/

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, place, textOf } from '../expressions.ts';
import type { RoutingReading } from '../routing.ts';
import { pythonExpression } from './expressions.ts';
import { fullName, type PythonFile, positionalArguments, unwrap } from './names.ts';
import { plainString } from './strings.ts';

type Reading = RoutingReading<PythonFile>;

const NAME = 'urlpatterns';
/** They serve files of development, or add nothing. */
const QUIET = /^(?:django\.conf\.urls\.static\.static|django\.contrib\.staticfiles\.urls\.staticfiles_urlpatterns)$/;
/** They give the list back that they are given. */
const SAME = /\.format_suffix_patterns$/;

export function readUrlPatterns(reading: Reading, node: SyntaxNode): void {
  const { file } = reading;
  const left = /^(?:augmented_)?assignment$/.test(node.type) ? childOf(node, 'left') : undefined;
  if (left && textOf(file, left) === NAME) {
    const at = place(file, left);
    if (!reading.routers.has(NAME))
      reading.routers.set(NAME, { name: NAME, framework: 'django', isApplication: false, at });
    const right = unwrap(childOf(node, 'right'));
    if (right) readList(reading, right);
    return;
  }
  // `urlpatterns.append(…)`; `urlpatterns` in a sum is read where it is assigned.
  const isUsed = node.type === 'attribute' && textOf(file, childOf(node, 'object')) === NAME;
  if (isUsed) open(reading, node);
  for (const child of node.children) readUrlPatterns(reading, child);
}

function open({ file, routes }: Reading, node: SyntaxNode, prefix?: Expression): void {
  routes.push({ router: NAME, ...(prefix && { path: prefix }), below: true, at: place(file, node) });
}

function readList(reading: Reading, node: SyntaxNode): void {
  const { file } = reading;
  const parts =
    node.type === 'parenthesized_expression' ? node.children : node.children.filter(({ type }) => type !== '+');
  if (node.type === 'list' || node.type === 'tuple') for (const item of node.children) readPattern(reading, item);
  else if (node.type === 'binary_operator' || node.type === 'parenthesized_expression')
    for (const part of parts) readList(reading, part);
  else if (node.type === 'identifier' && textOf(file, node) === NAME) return;
  else if (node.type === 'call' && QUIET.test(fullName(file, childOf(node, 'function')) ?? '')) return;
  else if (node.type === 'call' && SAME.test(fullName(file, childOf(node, 'function')) ?? '')) {
    for (const value of positionalArguments(childOf(node, 'arguments')).slice(0, 1)) readList(reading, value);
  } else open(reading, node);
}

const PATTERN = /^django\.(?:urls|conf\.urls)\.(path|re_path|url)$/;

function readPattern(reading: Reading, node: SyntaxNode): void {
  const { file, routes, mounts } = reading;
  const callee = node.type === 'call' ? childOf(node, 'function') : undefined;
  const [, kind] = PATTERN.exec(fullName(file, callee) ?? '') ?? [];
  const [pattern, view] = positionalArguments(childOf(node, 'arguments'));
  if (kind === undefined || !pattern) {
    open(reading, node);
    return;
  }
  const { path, isWhole } =
    kind === 'path' ? { path: pythonExpression(file, pattern), isWhole: true } : fromRegex(file, pattern);
  const at = place(file, node);
  const module = view && includedModule(file, view);
  if (module !== undefined) mounts.push({ router: NAME, ...(path && { prefix: path }), target: { module }, at });
  else if (view === undefined || isSeveral(file, view)) open(reading, node, path);
  else routes.push({ router: NAME, ...(path && { path }), below: !isWhole || !path, at });
}

/** `^health/$` is a path; undefined where it may be anything. */
function fromRegex(
  file: PythonFile,
  node: SyntaxNode,
): { readonly path: Expression | undefined; readonly isWhole: boolean } {
  const text = plainString(file, node);
  if (text === undefined || !text.startsWith('^')) return { path: undefined, isWhole: false };
  const inner = text.slice(1).replace(/\$$/, '').replaceAll('\\-', '-').replaceAll('\\.', '.').replace(/\/\?$/, '');
  return { path: literal(inner, place(file, node)), isWhole: text.endsWith('$') };
}

/** `include('users.urls')`, `include(('users.urls', 'users'))` */
function includedModule(file: PythonFile, view: SyntaxNode): string | undefined {
  if (view.type !== 'call' || !/\.include$/.test(fullName(file, childOf(view, 'function')) ?? '')) return undefined;
  const [first] = positionalArguments(childOf(view, 'arguments'));
  return plainString(file, first?.type === 'tuple' ? first.children[0] : first);
}

/** `admin.site.urls`, `include(router.urls)`: more than one path. */
function isSeveral(file: PythonFile, view: SyntaxNode): boolean {
  if (view.type === 'call')
    return (
      /\.include$/.test(fullName(file, childOf(view, 'function')) ?? '') ||
      /\.urls$/.test(textOf(file, childOf(view, 'function')))
    );
  return /\.urls$/.test(textOf(file, view));
}
