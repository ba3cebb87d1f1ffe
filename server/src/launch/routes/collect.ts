// Puts the paths of a program together: what its routers answer through mounts, and what its classes declare. Which
// router is the application is left to the files beside this one.

import type { Location } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import { dottedName, type Expression } from '../../facts/expression.ts';
import type { Definition } from '../../facts/program.ts';
import {
  type Mount,
  parameterRouter,
  type Router,
  type RoutingFramework,
  type ServedRoute,
  type SlashRedirect,
} from '../../facts/routing.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluation } from '../evaluated.ts';
import { wholeExport } from '../evaluateName.ts';
import type { Module } from '../modules.ts';
import { DEEPEST, exportedRouter, type FoundRouter, importedRouter, routerNamed } from './named.ts';

const MOST_ROUTES = 5000;

/** Paths that a framework answers by itself. https://fastapi.tiangolo.com/reference/fastapi/ */
const ownPaths: Readonly<Partial<Record<RoutingFramework, readonly string[]>>> = {
  fastapi: ['/docs', '/redoc', '/openapi.json', '/docs/oauth2-redirect'],
};

/**
 * What becomes of a path that differs by the slash at its end. https://flask.palletsprojects.com/en/stable/quickstart/#unique-urls-redirection-behavior,
 * https://fastapi.tiangolo.com/reference/apirouter/, https://docs.djangoproject.com/en/stable/ref/settings/#append-slash,
 * https://pkg.go.dev/github.com/gin-gonic/gin#Engine, https://pkg.go.dev/net/http#ServeMux
 */
const slashRedirects: Readonly<Partial<Record<RoutingFramework, SlashRedirect>>> = {
  flask: { status: 308, slash: 'missing' },
  fastapi: { status: 307, slash: 'either' },
  django: { status: 301, slash: 'missing' },
  gin: { status: 301, slash: 'either' },
  'net/http': { status: 301, slash: 'missing' },
};

/** What is added to one router, in whichever file. */
interface RouterParts {
  readonly router: FoundRouter;
  readonly routes: {
    readonly path: Expression | undefined;
    readonly below: boolean;
    readonly at: Location;
    readonly module: Module;
  }[];
  readonly mounts: { readonly mount: Mount; readonly module: Module }[];
}

export interface Collection {
  readonly evaluation: Evaluation;
  readonly modules: readonly Module[];
  readonly parts: ReadonlyMap<Router, RouterParts>;
  readonly collected: Set<Router>;
  readonly redirectsSlash: boolean;
  readonly routes: ServedRoute[];
}

/** Of the files of a program, which need not be reached by imports. */
export function createCollection(evaluation: Evaluation, modules: readonly Module[] = evaluation.reached): Collection {
  const redirectsSlash = !modules.some(({ uri }) => evaluation.modules.routing(uri)?.movesSlash);
  return { evaluation, modules, parts: partsOf(evaluation, modules), collected: new Set(), redirectsSlash, routes: [] };
}

/** Undefined where there are too many to be sure of anything. */
export function routesIn({ routes }: Collection): readonly ServedRoute[] | undefined {
  return routes.length > MOST_ROUTES ? undefined : routes;
}

function partsOf({ modules }: Evaluation, files: readonly Module[]): ReadonlyMap<Router, RouterParts> {
  const parts = new Map<Router, RouterParts>();
  const partOf = (module: Module, name: string): RouterParts | undefined => {
    const found = routerNamed(modules, module, name, DEEPEST);
    if (!found) return undefined;
    const part = parts.get(found.router) ?? { router: found, routes: [], mounts: [] };
    parts.set(found.router, part);
    return part;
  };
  for (const module of files) {
    const { routes = [], mounts = [] } = modules.routing(module.uri) ?? {};
    for (const { router, path, below, at } of routes) partOf(module, router)?.routes.push({ path, below, at, module });
    for (const mount of mounts) partOf(module, mount.router)?.mounts.push({ mount, module });
  }
  return parts;
}

/** What a router answers below a prefix; where the prefix is absent, anything may stand before it. */
export function collect(collection: Collection, found: FoundRouter, prefix: string | undefined, depth = DEEPEST): void {
  const { evaluation, routes, parts } = collection;
  const { router } = found;
  const part = parts.get(router);
  collection.collected.add(router);
  const start = prefix ?? '';
  const anywhere = prefix === undefined && { anywhere: true };
  const redirects = collection.redirectsSlash ? slashRedirects[router.framework] : undefined;
  const common = { ...anywhere, ...(redirects && { redirects }) };
  for (const path of (router.isApplication ? ownPaths[router.framework] : undefined) ?? [])
    routes.push({ path: start + path, below: false, ...anywhere, at: router.at });
  if (!part || routes.length > MOST_ROUTES) return;
  for (const { path, below, at, module: own } of part.routes) {
    const text = path === undefined ? undefined : textOf(evaluation, path, own);
    routes.push({ path: under(start, text ?? ''), below: below || text === undefined, ...common, at });
  }
  for (const { mount, module: own } of part.mounts) {
    const given = mount.prefix && textOf(evaluation, mount.prefix, own);
    const target = targetOf(evaluation, own, mount);
    if (!target && isOwnCall(evaluation, own, mount)) continue;
    if (!target || depth === 0 || (mount.prefix && given === undefined)) {
      routes.push({ path: under(start, given ?? ''), below: true, ...anywhere, at: mount.at });
      continue;
    }
    const { router: child } = target;
    const ownPrefix = child.prefix && textOf(evaluation, child.prefix, target.module);
    if (child.prefix && ownPrefix === undefined) routes.push({ path: start, below: true, ...anywhere, at: child.at });
    // Flask's url_prefix replaces that of the blueprint: https://flask.palletsprojects.com/en/stable/api/#flask.Flask.register_blueprint
    const inner = child.framework === 'flask' && given !== undefined ? given : `${given ?? ''}${ownPrefix ?? ''}`;
    collect(collection, target, prefix === undefined ? undefined : joined(prefix, inner), depth - 1);
  }
}

/** Routers that nothing was seen to mount: anything may stand before their routes. */
export function collectRest(collection: Collection): void {
  for (const [router, { router: found }] of collection.parts)
    if (!collection.collected.has(router)) collect(collection, found, undefined);
}

/** What classes declare, below a prefix; where that is absent, anything may stand before it. */
export function collectDeclared(collection: Collection, prefix: string | undefined): void {
  const { evaluation, modules, routes } = collection;
  for (const module of modules) {
    for (const { parts, anywhere, below, at } of evaluation.modules.routing(module.uri)?.declared ?? []) {
      const texts = parts.map((part) => part && textOf(evaluation, part, module));
      const open = texts.indexOf(undefined);
      // What cannot be read at the beginning may be anything; later on, everything below may be answered.
      const isOpenStart = prefix === undefined || anywhere || open === 0;
      const known =
        open < 0 ? texts : open === 0 ? texts.slice(texts.lastIndexOf(undefined) + 1) : texts.slice(0, open);
      const path = known.reduce<string>((start, text) => under(start, text ?? ''), isOpenStart ? '' : prefix);
      const isBelow = below || open > 0 || (open === 0 && known.length === 0);
      routes.push({ path, below: isBelow, ...(isOpenStart && { anywhere: true }), at });
    }
  }
}

/** Paths that something may compare requests with, so that a filter or a middleware may answer them. */
export function collectMentioned(
  { evaluation, modules, routes }: Collection,
  uris: readonly Uri[] = modules.map(({ uri }) => uri),
): void {
  for (const uri of uris) {
    for (const path of evaluation.modules.routing(uri)?.mentioned ?? [])
      routes.push({ path, below: false, anywhere: true, at: { uri, span: { start: 0, end: 0 } } });
  }
}

/** Prefixes with one slash between them. */
export function joined(prefix: string, inner: string): string {
  return under(prefix, inner).replace(/\/$/, '');
}

/** A path below a prefix, with its slash at the end where it has one. */
function under(prefix: string, path: string): string {
  return path === '' ? prefix : `${prefix.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
}

export function textOf(evaluation: Evaluation, expression: Expression, module: Module): string | undefined {
  const value = evaluate(evaluation, expression, { module, path: pathAround(module, expression.at) });
  return value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** The functions and classes around a place. */
export function pathAround({ program }: Module, { span }: Location): readonly string[] {
  let path: readonly string[] = [];
  for (const { name, value, scope } of program.definitions) {
    if (value.kind !== 'function' && value.kind !== 'class') continue;
    const { start, end } = value.at.span;
    if (start <= span.start && span.end <= end && scope.path.length >= path.length) path = [...scope.path, name];
  }
  return path;
}

function targetOf(evaluation: Evaluation, module: Module, { target }: Mount): FoundRouter | undefined {
  const { modules } = evaluation;
  if ('call' in target) return parameterOf(evaluation, module, target.call, target.argument);
  if ('name' in target) return routerNamed(modules, module, target.name, DEEPEST);
  if (module.program.language === 'python')
    return importedRouter(modules, module, target.module, 'urlpatterns', DEEPEST);
  return exportedRouter(modules, module, target.module, undefined, DEEPEST);
}

/**
 * Whether a router of Go is given to a function of the program. What that does with it stands among the routes of the
 * program, wherever it was not followed.
 */
function isOwnCall(evaluation: Evaluation, module: Module, { target }: Mount): boolean {
  if (!('call' in target) || module.program.language !== 'go') return false;
  const called = evaluate(evaluation, target.call, { module, path: pathAround(module, target.call.at) });
  if (called.kind === 'function') return true;
  const name = called.kind === 'library' ? undefined : dottedName(target.call)?.split('.').at(-1);
  return name !== undefined && evaluation.reached.some(({ definitions }) => isFunction(definitions.get(name)));
}

function isFunction(definitions: readonly Definition[] | undefined): boolean {
  return definitions?.some(({ value }) => value.kind === 'function') === true;
}

/** The router as a function knows it that is given it. */
function parameterOf(
  evaluation: Evaluation,
  module: Module,
  callee: Expression,
  argument: number,
): FoundRouter | undefined {
  const called = evaluate(evaluation, callee, { module, path: [] });
  const found = called.kind === 'module' ? wholeExport(evaluation, called.uri) : called;
  if (found?.kind !== 'function') return undefined;
  const { definition, frame } = found;
  const parameter = definition.parameters[argument]?.name ?? '';
  const name = parameterRouter(definition.at.span.start, parameter);
  const router = evaluation.modules.routing(frame.module.uri)?.routers.find((one) => one.name === name);
  return router && { module: frame.module, router };
}
