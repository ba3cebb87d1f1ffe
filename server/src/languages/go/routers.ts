// The routers of a Go file: which expression is one, and what it is known by. What is added to them is left to `routing.ts`.

import type { RoutingFramework } from '../../facts/routing.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { place, textOf } from '../expressions.ts';
import type { RoutingReading } from '../routing.ts';
import { goExpression } from './expressions.ts';
import { argumentsOf, fullName, type GoFile, withoutVersion } from './names.ts';

const frameworks: Readonly<Record<string, RoutingFramework>> = {
  'github.com/gin-gonic/gin': 'gin',
  'github.com/labstack/echo': 'echo',
  'github.com/go-chi/chi': 'chi',
  'github.com/gorilla/mux': 'gorilla',
  'github.com/gofiber/fiber': 'fiber',
  'github.com/julienschmidt/httprouter': 'httprouter',
  'net/http': 'net/http',
};
const MAKER =
  /\.(?:gin\.(?:Default|New)|echo\.New|chi\.New(?:Router|Mux)|mux\.NewRouter|fiber\.New|httprouter\.New|http\.NewServeMux)$/;
const ROUTER_TYPE =
  /^\*?(?:gin\.(?:Engine|RouterGroup|IRouter|IRoutes)|echo\.(?:Echo|Group)|chi\.(?:Router|Mux)|mux\.Router|fiber\.(?:App|Router|Group)|httprouter\.Router|http\.ServeMux)$/;
export interface Walk {
  readonly reading: RoutingReading<GoFile>;
  /** Local names to routers. */
  readonly names: Map<string, string>;
  /** Functions in place that are given a router, by where they start. */
  readonly given: Map<number, string>;
  /** Fields of structs that hold routers. */
  readonly fields: ReadonlyMap<string, RoutingFramework | 'several'>;
  readonly seen: Set<number>;
}

export function findFields(file: GoFile, node: SyntaxNode, fields: Map<string, RoutingFramework | 'several'>): void {
  if (node.type === 'field_declaration') {
    const framework = typeFramework(file, childOf(node, 'type'));
    for (const child of node.children) {
      const name = textOf(file, child);
      if (child.field === 'name' && (framework || fields.has(name)))
        fields.set(name, fields.has(name) ? 'several' : (framework ?? 'several'));
    }
  }
  for (const child of node.children) findFields(file, child, fields);
}

export function typeFramework(file: GoFile, type: SyntaxNode | undefined): RoutingFramework | undefined {
  const text = textOf(file, type).slice(0, 80);
  const [, local = '', name = ''] = /^\*?(\w+)\.(\w+)$/.exec(text) ?? [];
  const path = withoutVersion(file.imports.get(local) ?? '');
  const framework = Object.hasOwn(frameworks, path) ? frameworks[path] : undefined;
  return framework && ROUTER_TYPE.test(`${path.slice(path.lastIndexOf('/') + 1)}.${name}`) ? framework : undefined;
}

export function addRouter(
  { reading }: Walk,
  name: string,
  framework: RoutingFramework,
  isApplication: boolean,
  node: SyntaxNode,
): string {
  if (!reading.routers.has(name))
    reading.routers.set(name, { name, framework, isApplication, at: place(reading.file, node) });
  return name;
}

export function frameworkOf({ reading }: Walk, router: string): RoutingFramework {
  return reading.routers.get(router)?.framework ?? 'net/http';
}

/** A field that holds a router; where several structs have it, it is not clear whose. */
export function hold(walk: Walk, field: string, router: string, node: SyntaxNode): void {
  if (walk.fields.get(field) === 'several') return;
  const target = addRouter(walk, `.${field}`, frameworkOf(walk, router), false, node);
  if (target !== router)
    walk.reading.mounts.push({ router, target: { name: target }, at: place(walk.reading.file, node) });
}

/** The router that an expression is. */
export function routerOf(walk: Walk, node: SyntaxNode | undefined): string | undefined {
  const { file } = walk.reading;
  switch (node?.type) {
    case 'identifier':
      return walk.names.get(textOf(file, node));
    case 'selector_expression': {
      if (fullName(file, node) === 'net/http.DefaultServeMux') return defaultMux(walk, node);
      const field = textOf(file, childOf(node, 'field'));
      const framework = walk.fields.get(field);
      const isKnown = walk.reading.routers.has(`.${field}`) || framework !== undefined;
      const own = framework === undefined || framework === 'several' ? 'net/http' : framework;
      return isKnown ? addRouter(walk, `.${field}`, own, false, node) : undefined;
    }
    case 'parenthesized_expression':
    case 'unary_expression':
      return routerOf(walk, node.children.at(-1));
    case 'composite_literal': {
      const framework = typeFramework(file, childOf(node, 'type'));
      return framework && addRouter(walk, `@${node.start}`, framework, true, node);
    }
    case 'call_expression':
      return madeRouter(walk, node);
    default:
      return undefined;
  }
}

const SAME =
  /^(?:With|Use|NewRoute|Methods|Host|Schemes|Headers|StrictSlash|SkipClean|UseEncodedPath|MatcherFunc|Name|Subrouter)$/;

/** `gin.Default()`, `r.Group("/v1")`, `r.PathPrefix("/v1").Subrouter()` */
export function madeRouter(walk: Walk, node: SyntaxNode): string | undefined {
  const { reading, seen } = walk;
  const { file } = reading;
  const callee = childOf(node, 'function');
  const full = fullName(file, callee) ?? '';
  const path = full.slice(0, full.lastIndexOf('.'));
  if (Object.hasOwn(frameworks, path) && MAKER.test(`.${full.slice(full.lastIndexOf('/') + 1)}`))
    return addRouter(walk, `@${node.start}:${node.end}`, frameworks[path] ?? 'net/http', true, node);
  if (callee?.type !== 'selector_expression' || path === 'net/http') return undefined;
  const base = routerOf(walk, childOf(callee, 'operand'));
  const method = textOf(file, childOf(callee, 'field'));
  if (base === undefined) return undefined;
  if (SAME.test(method)) return base;
  const [first] = argumentsOf(node);
  if (!/^(?:Group|PathPrefix)$/.test(method) || !first || first.type === 'func_literal') return undefined;
  const child = addRouter(walk, `@${node.start}:${node.end}`, frameworkOf(walk, base), false, node);
  if (!seen.has(node.end)) {
    seen.add(node.end);
    reading.mounts.push({
      router: base,
      prefix: goExpression(file, first),
      target: { name: child },
      at: place(file, node),
    });
  }
  return child;
}

/** The router that wrappers are put around. */
export function routerInside(walk: Walk, node: SyntaxNode, depth = 0): string | undefined {
  const own = routerOf(walk, node);
  if (own !== undefined || node.type !== 'call_expression' || depth > 5) return own;
  return argumentsOf(node)
    .map((value) => routerInside(walk, value, depth + 1))
    .find((found) => found !== undefined);
}

/** The mux that `http.HandleFunc` writes to. */
export function defaultMux(walk: Walk, node: SyntaxNode): string {
  return addRouter(walk, 'http.DefaultServeMux', 'net/http', true, node);
}
