// The paths that config/routes.rb of a Rails application declares. https://guides.rubyonrails.org/routing.html

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { Routing } from '../../facts/routing.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, place, textOf } from '../expressions.ts';
import { createRouting, finishRouting, type RoutingReading } from '../routing.ts';

interface Walk {
  readonly reading: RoutingReading<SourceFile>;
  /** What the blocks around put before a path; undefined for what is not read. */
  readonly before: readonly (Expression | undefined)[];
  /** In a block that others take in where they want. */
  readonly anywhere: boolean;
}

export function isRoutesFile(file: SourceFile): boolean {
  return /\/config\/routes\.rb$/.test(file.uri);
}

export function readRailsRouting(file: SourceFile, root: SyntaxNode): Routing {
  const reading = createRouting(file);
  visit({ reading, before: [], anywhere: false }, root);
  return finishRouting(reading, file.text);
}

function visit(walk: Walk, node: SyntaxNode): void {
  if (node.type === 'call') visitCall(walk, node);
  else if (node.type === 'identifier') readBare(walk, node);
  else if (!/^(?:assignment|lambda|class|module|method)$/.test(node.type))
    for (const child of node.children) if (child.field !== 'condition') visit(walk, child);
}

/** A call without arguments, such as `use_doorkeeper`. */
function readBare(walk: Walk, node: SyntaxNode): void {
  if (!/^(?:private|self)$/.test(textOf(walk.reading.file, node))) declare(walk, node, [], true);
}

const VERB = /^(?:get|post|put|patch|delete|match|options|head)$/;
/** Blocks whose paths stand where the block stands. */
const THROUGH =
  /^(?:constraints|defaults|controller|with_options|authenticate|authenticated|unauthenticated|shallow|devise_scope|collection|new|then|tap|each)$/;
const QUIET = /^(?:require|require_relative|puts|concerns|direct|resolve|default_url_options|raise|extend|include)$/;

function visitCall(walk: Walk, node: SyntaxNode): void {
  const { file } = walk.reading;
  const method = textOf(file, childOf(node, 'method'));
  const receiver = childOf(node, 'receiver');
  if (receiver) {
    if (/^(?:draw|append|prepend)$/.test(method) && /\broutes$/.test(textOf(file, receiver)))
      visitBlock(walk, node, []);
    // `Sidekiq::Web.use(…)` is about another application.
    else if (method !== 'use' && method !== 'set') declare(walk, node, [], true);
    return;
  }
  if (VERB.test(method)) readVerb(walk, node);
  else if (method === 'root') declare(walk, node, [literal('', place(file, node))], false);
  else if (method === 'resources' || method === 'resource') readResources(walk, node, method === 'resources');
  else if (method === 'namespace' || method === 'scope') readScope(walk, node, method === 'namespace');
  else if (method === 'member') visitBlock(walk, node, [literal(':id', place(file, node))]);
  else if (method === 'concern') visitBlock({ ...walk, anywhere: true }, node, []);
  else if (THROUGH.test(method)) visitBlock(walk, node, []);
  else if (method === 'mount') readMount(walk, node);
  else if (method === 'devise_for') for (const path of pathsOf(walk, node)) declare(walk, node, [path], true);
  else if (!QUIET.test(method)) declare(walk, node, [], true);
}

function visitBlock(walk: Walk, node: SyntaxNode, inner: readonly (Expression | undefined)[]): void {
  const body = childOf(node, 'block');
  if (body) for (const child of body.children) visit({ ...walk, before: [...walk.before, ...inner] }, child);
}

function declare(
  { reading, before, anywhere }: Walk,
  node: SyntaxNode,
  path: readonly (Expression | undefined)[],
  below: boolean,
): void {
  const { file, declared } = reading;
  // What is not read may answer anything, where it has no path of its own.
  const parts = path.length === 0 ? [undefined] : [...before, ...path];
  declared.push({ parts, anywhere, below, at: place(file, node) });
}

function argumentNodes(node: SyntaxNode): readonly SyntaxNode[] {
  return childOf(node, 'arguments')?.children ?? [];
}

/** A string or symbol; undefined where something is put into it. */
function textExpression(file: SourceFile, node: SyntaxNode | undefined): Expression | undefined {
  if (!node || !/^(?:string|simple_symbol|bare_symbol|string_content)$/.test(node.type)) return undefined;
  if (node.children.some(({ type }) => type === 'interpolation')) return undefined;
  const isString = node.type === 'string';
  const span = isString ? { start: node.start + 1, end: node.end - 1 } : node;
  const text = textOf(file, { ...node, ...span });
  // The format at the end may be left out.
  return literal(
    (node.type === 'simple_symbol' ? text.slice(1) : text).replace(/\(\.:format\)$/, ''),
    place(file, span),
  );
}

function optionOf(file: SourceFile, node: SyntaxNode, name: string): SyntaxNode | undefined {
  const pair = argumentNodes(node).find(
    (child) => child.type === 'pair' && textOf(file, childOf(child, 'key')).replace(/^:|:$/g, '') === name,
  );
  return pair && childOf(pair, 'value');
}

/** The option `path`, else what a call names in order. */
function pathsOf({ reading: { file } }: Walk, node: SyntaxNode): readonly (Expression | undefined)[] {
  const own = optionOf(file, node, 'path');
  if (own) return [textExpression(file, own)];
  const named = argumentNodes(node).filter(({ type }) => type !== 'pair' && type !== 'hash_splat_argument');
  return named.map((name) => textExpression(file, name));
}

function readVerb(walk: Walk, node: SyntaxNode): void {
  const { file } = walk.reading;
  const nodes = argumentNodes(node);
  const named = nodes.filter(({ type }) => type !== 'pair').map((name) => textExpression(file, name));
  const keyed = nodes.flatMap((pair) => {
    const key = pair.type === 'pair' ? childOf(pair, 'key') : undefined;
    return key && key.type !== 'hash_key_symbol' ? [key] : [];
  });
  // `get "up" => "health#show"`, not `:to => "health#show"`
  const paths = [
    ...named,
    ...keyed.filter(({ type }) => type !== 'simple_symbol').map((key) => textExpression(file, key)),
  ];
  const isMember = textOf(file, optionOf(file, node, 'on')) === ':member';
  const id = isMember ? [literal(':id', place(file, node))] : [];
  for (const path of paths) declare(walk, node, [...id, path], false);
}

function readResources(walk: Walk, node: SyntaxNode, isPlural: boolean): void {
  const at = place(walk.reading.file, node);
  const id = literal(':id', at);
  for (const path of pathsOf(walk, node)) {
    declare(walk, node, [path], false);
    declare(walk, node, [path, literal('new', at)], false);
    declare(walk, node, [path, literal('edit', at)], false);
    if (isPlural) {
      declare(walk, node, [path, id], false);
      declare(walk, node, [path, id, literal('edit', at)], false);
      visitBlock(walk, node, [path, id]);
    }
    visitBlock(walk, node, [path]);
  }
}

function readScope(walk: Walk, node: SyntaxNode, isNamespace: boolean): void {
  const { file } = walk.reading;
  const paths = pathsOf(walk, node);
  const isOpen = argumentNodes(node).some(({ type }) => type === 'hash_splat_argument');
  visitBlock(walk, node, isOpen || (isNamespace && paths.length === 0) ? [undefined] : paths);
  if (optionOf(file, node, 'path')?.type === 'nil') declare(walk, node, [], true);
}

/** `mount Engine => "/admin"`, `mount Engine, at: "/admin"` */
function readMount(walk: Walk, node: SyntaxNode): void {
  const { file } = walk.reading;
  const pairs = argumentNodes(node).filter(({ type }) => type === 'pair');
  const keyed = pairs.find((pair) => childOf(pair, 'key')?.type !== 'hash_key_symbol');
  const path = textExpression(file, optionOf(file, node, 'at') ?? (keyed && childOf(keyed, 'value')));
  declare(walk, node, path ? [path] : [], true);
}
