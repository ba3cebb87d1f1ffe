// The paths that routers of Go programs answer: net/http, gorilla/mux, chi, gin, echo, fiber, httprouter. A router is known
// by the function it stands in and its name there; one that comes from elsewhere is the parameter or field that holds it.

import type { Expression } from '../../facts/expression.ts';
import { parameterRouter, type Routing, type RoutingFramework } from '../../facts/routing.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, place, textOf } from '../expressions.ts';
import { createRouting, finishRouting } from '../routing.ts';
import { goExpression } from './expressions.ts';
import { answersMissing, heartbeatPath, passesOn } from './middleware.ts';
import { argumentsOf, fullName, type GoFile, stringText } from './names.ts';
import {
  addRouter,
  defaultMux,
  findFields,
  frameworkOf,
  hold,
  madeRouter,
  routerInside,
  routerOf,
  typeFramework,
  type Walk,
} from './routers.ts';

export function mayRouteGo(text: string): boolean {
  return /\b(?:HandleFunc|Handle|ServeHTTP|ListenAndServe|gin|echo|chi|mux|fiber|httprouter)\b/.test(text);
}

export function readGoRouting(file: GoFile, root: SyntaxNode): Routing {
  const reading = createRouting(file);
  const fields = new Map<string, RoutingFramework | 'several'>();
  findFields(file, root, fields);
  visit({ reading, names: new Map(), given: new Map(), fields, seen: new Set() }, root);
  return finishRouting(reading, file.text);
}

function visit(walk: Walk, node: SyntaxNode): void {
  switch (node.type) {
    case 'import_declaration':
    case 'type_declaration':
      return;
    case 'function_declaration':
    case 'method_declaration':
    case 'func_literal':
      visitFunction(walk, node);
      return;
    case 'short_var_declaration':
    case 'assignment_statement':
    case 'var_spec':
      visitAssignment(walk, node);
      break;
    case 'keyed_element':
      visitElement(walk, node);
      break;
    case 'call_expression':
      visitCall(walk, node);
      break;
  }
  for (const child of node.children) visit(walk, child);
}

function visitFunction(walk: Walk, node: SyntaxNode): void {
  const { file } = walk.reading;
  const names = new Map(walk.names);
  const given = walk.given.get(node.start);
  for (const parameter of childOf(node, 'parameters')?.children ?? []) {
    const framework = typeFramework(file, childOf(parameter, 'type'));
    for (const child of parameter.children) {
      if (child.field !== 'name') continue;
      const name = textOf(file, child);
      if (framework)
        names.set(name, given ?? addRouter(walk, parameterRouter(node.start, name), framework, false, parameter));
      else names.delete(name);
    }
  }
  const body = childOf(node, 'body');
  if (isWholeServer(file, node, body))
    walk.reading.declared.push({ parts: [], anywhere: true, below: true, at: place(file, node) });
  if (body) visit({ ...walk, names }, body);
}

/** A handler of the program's own that is put at no path in its file and gives requests to no other. */
function isWholeServer(file: GoFile, node: SyntaxNode, body: SyntaxNode | undefined): boolean {
  if (node.type !== 'method_declaration' || textOf(file, childOf(node, 'name')) !== 'ServeHTTP') return false;
  return !textOf(file, body).includes('.ServeHTTP(') && !/\bHandle\(/.test(file.text);
}

function visitAssignment(walk: Walk, node: SyntaxNode): void {
  const { file } = walk.reading;
  const isDeclared = node.type === 'var_spec';
  const targets = isDeclared
    ? node.children.filter(({ field }) => field === 'name')
    : (childOf(node, 'left')?.children ?? []);
  const values = childOf(node, isDeclared ? 'value' : 'right')?.children ?? [];
  const typed = isDeclared ? typeFramework(file, childOf(node, 'type')) : undefined;
  for (const [index, target] of targets.entries()) {
    const value = values[index];
    const router = value && routerOf(walk, value);
    const name = textOf(file, target);
    if (target.type === 'selector_expression') {
      const field = textOf(file, childOf(target, 'field'));
      const owner = routerOf(walk, childOf(target, 'operand'));
      if (owner !== undefined && /^(?:NotFoundHandler|NotFound)$/.test(field) && !answersMissing(file, value))
        open(walk, owner, node);
      if (router !== undefined) hold(walk, field, router, node);
    } else if (router !== undefined) walk.names.set(name, router);
    else if (typed) walk.names.set(name, addRouter(walk, `@${target.start}`, typed, typed === 'net/http', target));
  }
}

/** `&Server{router: r}` */
function visitElement(walk: Walk, node: SyntaxNode): void {
  const [key, value] = node.children;
  const router = value?.children[0] && routerOf(walk, value.children[0]);
  if (key && router !== undefined) hold(walk, textOf(walk.reading.file, key), router, node);
}

function open({ reading }: Walk, router: string, node: SyntaxNode): void {
  reading.routes.push({ router, below: true, at: place(reading.file, node) });
}

const ROUTE =
  /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE|Any|Get|Post|Put|Patch|Delete|Head|Options|Connect|Trace|All|HandleFunc|Handle|HandlerFunc|Handler|Method|MethodFunc|Add|Match|Path|File|StaticFile|StaticFileFS|Static|StaticFS|ServeFiles)$/;
const BELOW = /^(?:Static|StaticFS|ServeFiles)$/;
/** By these names alone a call adds routes, whatever it is called on. */
const DISTINCT = /^(?:GET|POST|Any|HandleFunc|Handle|MethodFunc|StaticFS|PathPrefix)$/;
const OPENING = /^(?:NoRoute|NotFound|NoMethod|RouteNotFound)$/;
const ADDING = /^(?:Group|PathPrefix)$/;

function visitCall(walk: Walk, node: SyntaxNode): void {
  const { file } = walk.reading;
  const callee = childOf(node, 'function');
  const values = argumentsOf(node);
  if (callee?.type === 'selector_expression') {
    const method = textOf(file, childOf(callee, 'field'));
    const router = routerOf(walk, childOf(callee, 'operand'));
    const [first, second] = values;
    if (/^net\/http\.Handle(?:Func)?$/.test(fullName(file, callee) ?? '')) {
      readRoute(walk, defaultMux(walk, node), method, node, values);
      return;
    }
    if (router !== undefined) {
      readCall(walk, router, method, node, values);
      return;
    }
    const isText = stringText(file, first)?.startsWith('/') === true;
    if (first && second && ROUTE.test(method) && (DISTINCT.test(method) || isText)) {
      addRoute(walk, addRouter(walk, `?${node.start}`, 'chi', false, node), method, node, values);
    }
  }
  for (const [argument, value] of values.entries()) {
    const router = /^(?:identifier|selector_expression|unary_expression)$/.test(value.type)
      ? routerOf(walk, value)
      : undefined;
    if (router !== undefined) handOver(walk, router, node, argument);
  }
}

const QUIET_CALL =
  /(?:^|\.)(?:ListenAndServe(?:TLS)?|Serve(?:TLS)?|NewServer|NewUnstartedServer|StripPrefix|TimeoutHandler|Handler|HandlerFunc|CORS|\w*LoggingHandler|RecoveryHandler|CompressHandler|ProxyHeaders|NewHandler|Print\w*|Fatal\w*|Info\w*|Debug\w*|Error\w*|Walk|Wrap\w*|New\w*|append|ServeHTTP)$/;

/** `routes.Register(r)`: what the function does with it is followed. */
function handOver({ reading }: Walk, router: string, call: SyntaxNode, argument: number): void {
  const { file, mounts } = reading;
  const callee = childOf(call, 'function');
  // `handlers.CORS(options)(r)` wraps it.
  if (!callee || callee.type === 'call_expression' || QUIET_CALL.test(textOf(file, callee))) return;
  mounts.push({ router, target: { call: goExpression(file, callee), argument }, at: place(file, call) });
}

function readCall(walk: Walk, router: string, method: string, node: SyntaxNode, values: readonly SyntaxNode[]): void {
  const { file } = walk.reading;
  const [first, second] = values;
  if (method === 'Use' || method === 'Pre') readMiddleware(walk, router, node, values);
  else if (method === 'Group' && first?.type === 'func_literal') walk.given.set(first.start, router);
  else if ((method === 'Route' || method === 'Group') && first && second?.type === 'func_literal') {
    walk.given.set(second.start, child(walk, router, node, goExpression(file, first)));
  } else if ((method === 'Route' || method === 'Mount') && first) readMount(walk, router, node, values);
  else if (ADDING.test(method)) madeRouter(walk, node);
  else if (OPENING.test(method)) {
    if (!values.some((value) => answersMissing(file, value))) open(walk, router, node);
  } else if (ROUTE.test(method)) readRoute(walk, router, method, node, values);
}

function readRoute(walk: Walk, router: string, method: string, node: SyntaxNode, values: readonly SyntaxNode[]): void {
  const { file, mounts } = walk.reading;
  const [first, second] = values;
  // What gorilla's `r.PathPrefix("/x").Handler(h)` answers is everything below.
  const isRest = values.length === 1 && /^(?:Handler|HandlerFunc)$/.test(method);
  // `http.Get(url)` and `c.Get("key")` are no routes.
  if (isRest) open(walk, router, node);
  else if (values.length === 1 && method !== 'Path') return;
  else {
    const inner = method === 'Handle' && second ? routerInside(walk, second) : undefined;
    if (inner === undefined || !first) addRoute(walk, router, method, node, values);
    else
      mounts.push({
        router,
        prefix: pattern(goExpression(file, first)),
        target: { name: inner },
        at: place(file, node),
      });
  }
}

function addRoute(walk: Walk, router: string, method: string, node: SyntaxNode, values: readonly SyntaxNode[]): void {
  const { file, routes } = walk.reading;
  const [first, second] = values;
  // `Handle("GET", "/x", h)`, `Add(http.MethodGet, "/x", h)`
  const isVerb =
    first !== undefined &&
    /^(?:"[A-Z]+"|http\.Method\w+|\w*\.?Method\w+|\[\]string\{[^}]*\})$/.test(textOf(file, first));
  const path = isVerb ? second : first;
  if (!path) return;
  const written = goExpression(file, path);
  const isStandard = frameworkOf(walk, router) === 'net/http';
  const text = written.kind === 'literal' ? String(written.value) : undefined;
  const isTree = isStandard && (text === undefined || text.endsWith('/'));
  routes.push({ router, path: pattern(written), below: isTree || BELOW.test(method), at: place(file, node) });
}

/** `GET example.com/x/{$}` of net/http without its method, host and end. */
function pattern(path: Expression): Expression {
  if (path.kind !== 'literal' || typeof path.value !== 'string') return path;
  const text = path.value
    .replace(/^[A-Z]+\s+/, '')
    .replace(/^[\w.-]+\.\w+(?=\/)/, '')
    .replace(/\{\$\}$/, '');
  return text === path.value ? path : literal(text, path.at);
}

function child(walk: Walk, router: string, node: SyntaxNode, prefix: Expression): string {
  const made = addRouter(walk, `@${node.start}:${node.end}`, frameworkOf(walk, router), false, node);
  walk.reading.mounts.push({ router, prefix, target: { name: made }, at: place(walk.reading.file, node) });
  return made;
}

/** `r.Mount("/admin", adminRouter())`, `r.Route("/users", users.Routes)` */
function readMount(walk: Walk, router: string, node: SyntaxNode, [first, second]: readonly SyntaxNode[]): void {
  const { file, mounts, routes } = walk.reading;
  if (!first) return;
  const prefix = goExpression(file, first);
  const name = second && routerInside(walk, second);
  if (name !== undefined) mounts.push({ router, prefix, target: { name }, at: place(file, node) });
  else routes.push({ router, path: prefix, below: true, at: place(file, node) });
}

/** What is not known to hand requests on is followed where it is the program's own. */
function readMiddleware(walk: Walk, router: string, node: SyntaxNode, values: readonly SyntaxNode[]): void {
  const { file, routes, mounts } = walk.reading;
  const at = place(file, node);
  const [first] = values;
  const prefix = first && stringText(file, first) !== undefined ? goExpression(file, first) : undefined;
  for (const value of prefix ? values.slice(1) : values) {
    const heartbeat = heartbeatPath(file, value);
    const passes = passesOn(file, value);
    const callee = value.type === 'call_expression' ? childOf(value, 'function') : value;
    const name = routerInside(walk, value);
    if (heartbeat) routes.push({ router, path: goExpression(file, heartbeat), below: false, at });
    else if (name !== undefined) mounts.push({ router, ...(prefix && { prefix }), target: { name }, at });
    else if (passes === undefined && callee)
      mounts.push({
        router,
        ...(prefix && { prefix }),
        target: { call: goExpression(file, callee), argument: -1 },
        at,
      });
    else if (passes !== true) routes.push({ router, ...(prefix && { path: prefix }), below: true, at });
  }
}
