// Collects what a file of program code says about the paths it answers. Which node says what is each language's own file.

import type { SourceFile } from '../base/text.ts';
import type { Expression } from '../facts/expression.ts';
import {
  type DeclaredRoute,
  type Mount,
  parameterRouter,
  type Route,
  type Router,
  type Routing,
  type RoutingFramework,
} from '../facts/routing.ts';
import { type SyntaxNode, withTree } from '../syntax/treeSitter.ts';
import { place } from './expressions.ts';

export interface RoutingReading<File> {
  readonly file: File;
  readonly routers: Map<string, Router>;
  /** Parameters of the functions around, by the routers that they are. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly routes: Route[];
  readonly mounts: Mount[];
  readonly declared: DeclaredRoute[];
}

export function createRouting<File>(file: File): RoutingReading<File> {
  return { file, routers: new Map(), parameters: new Map(), routes: [], mounts: [], declared: [] };
}

/** Inside a function: each of these parameters may be a router, which whoever calls the function gives it. */
export function withParameters<File extends SourceFile>(
  reading: RoutingReading<File>,
  node: SyntaxNode,
  names: readonly string[],
  framework: RoutingFramework,
): RoutingReading<File> {
  const parameters = new Map(reading.parameters);
  for (const name of names) {
    const router = parameterRouter(node.start, name);
    reading.routers.set(router, { name: router, framework, isApplication: false, at: place(reading.file, node) });
    parameters.set(name, router);
  }
  return { ...reading, parameters };
}

export function finishRouting(reading: RoutingReading<unknown>, text: string): Routing {
  const { routers, routes, mounts, declared } = reading;
  const mentioned = mentionedPaths(reading, text);
  const movesSlash = MOVES_SLASH.test(text) && { movesSlash: true as const };
  return { routers: [...routers.values()], routes, mounts, declared, mentioned, ...movesSlash };
}

/** Undefined where a part of the text is not understood, so that a path may stand in it. */
export function readTree(grammar: string, text: string, read: (root: SyntaxNode) => Routing): Routing | undefined {
  return withTree(grammar, text, (root) => (hasError(root) ? undefined : read(root)));
}

function hasError({ type, children }: SyntaxNode): boolean {
  return type === 'ERROR' || children.some(hasError);
}

/** Of a file without routes: the paths in its texts. */
export function textRouting(text: string): Routing {
  return finishRouting(createRouting(undefined), text);
}

/** Options of Flask, FastAPI, Django and gin. */
const MOVES_SLASH = /\b(?:strict_slashes|redirect_slashes|APPEND_SLASH|RedirectTrailingSlash|TrailingSlash)\b/;
const MENTIONED = /["'`](\/[\w.-]{1,40}(?:\/[\w.-]{1,40}){0,5}\/?)["'`]/g;

/** Texts of a file that look like paths and belong to no route. */
function mentionedPaths({ routes, mounts, declared }: RoutingReading<unknown>, text: string): readonly string[] {
  const used = new Set<number>();
  const use = (path: Expression | undefined) => {
    if (path?.kind === 'literal') used.add(path.at.span.start);
    else if (path?.kind === 'concat') path.parts.forEach(use);
  };
  for (const { path } of routes) use(path);
  for (const { prefix } of mounts) use(prefix);
  for (const { parts } of declared) parts.forEach(use);
  const found = [...text.matchAll(MENTIONED)].filter(({ index }) => !used.has(index + 1));
  return [...new Set(found.map(([, path = '']) => path))];
}
