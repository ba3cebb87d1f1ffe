// Which paths a running program answers: the routes of its files, put together through mounts and imports. Undefined
// where not all of them can be seen.

import type { Location } from '../base/text.ts';
import { dirname, type Uri } from '../base/uri.ts';
import type { Expression } from '../facts/expression.ts';
import { type Mount, parameterRouter, type Router, type ServedRoute } from '../facts/routing.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluated.ts';
import { wholeExport } from './evaluateName.ts';
import type { ContainerProcess } from './launcher.ts';
import { pythonFolders } from './launchers/programOutcome.ts';
import type { Module, Modules } from './modules.ts';
import { packageFolder } from './modules.ts';
import { type RunningProgram, startProgram } from './program.ts';

const DEEPEST = 8;
const MOST_ROUTES = 5000;

/** Paths that a framework answers by itself. https://fastapi.tiangolo.com/reference/fastapi/ */
const ownPaths: Readonly<Record<Router['framework'], readonly string[]>> = {
  flask: [],
  fastapi: ['/docs', '/redoc', '/openapi.json', '/docs/oauth2-redirect'],
  express: [],
  fastify: [],
};

interface FoundRouter {
  readonly module: Module;
  readonly router: Router;
}

interface Collection {
  readonly evaluation: Evaluation;
  readonly parts: ReadonlyMap<Router, RouterParts>;
  readonly routes: ServedRoute[];
}

/** What is added to one router, in whichever file. */
interface RouterParts {
  readonly routes: {
    readonly path: Expression | undefined;
    readonly below: boolean;
    readonly at: Location;
    readonly module: Module;
  }[];
  readonly mounts: { readonly mount: Mount; readonly module: Module }[];
}

/** Those of the program that starts from a file, if its framework is one that is read. */
export function routesOf(process: ContainerProcess, entry: Uri): readonly ServedRoute[] | undefined {
  if (!/\.(?:py|[cm]?[jt]s)$/.test(entry)) return undefined;
  const folders = [dirname(entry)];
  const containerFolders = pythonFolders(process);
  const program = startProgram({ process, entry, main: true, arguments: [], folders, containerFolders });
  return program && programRoutes(program);
}

function programRoutes({ evaluation, open }: RunningProgram): readonly ServedRoute[] | undefined {
  const { reached, modules } = evaluation;
  const applications = reached.flatMap((module) =>
    (modules.routing(module.uri)?.routers ?? [])
      .filter(({ isApplication }) => isApplication)
      .map((router) => ({ module, router })),
  );
  const [application, second] = applications;
  if (!application || second || open.some(({ kind }) => kind !== 'external')) return undefined;
  if (application.router.name.includes('.') && reached.length > 1) return undefined;
  const parts = partsOf(reached, modules);
  if (hidesRouter(evaluation)) return undefined;
  const collection: Collection = { evaluation, parts, routes: [] };
  const { router } = application;
  for (const path of ownPaths[router.framework]) collection.routes.push({ path, below: false, at: router.at });
  collect(collection, application, '', DEEPEST);
  return collection.routes.length > MOST_ROUTES ? undefined : collection.routes;
}

function partsOf(reached: readonly Module[], modules: Modules): ReadonlyMap<Router, RouterParts> {
  const parts = new Map<Router, RouterParts>();
  const partOf = (module: Module, name: string): RouterParts | undefined => {
    const found = routerNamed(modules, module, name, DEEPEST);
    if (!found) return undefined;
    const part = parts.get(found.router) ?? { routes: [], mounts: [] };
    parts.set(found.router, part);
    return part;
  };
  for (const module of reached) {
    for (const { router, path, below, at } of modules.routing(module.uri)?.routes ?? []) {
      partOf(module, router)?.routes.push({ path, below, at, module });
    }
    for (const mount of modules.routing(module.uri)?.mounts ?? [])
      partOf(module, mount.router)?.mounts.push({ mount, module });
  }
  return parts;
}

/**
 * Whether routes are added to something of the program that may be the application under another name: what a function
 * returns, a field of an object. What comes from a library is a client, a map and the like.
 */
function hidesRouter(evaluation: Evaluation): boolean {
  const { reached, modules } = evaluation;
  return reached.some((module) => {
    const { routes = [], mounts = [] } = modules.routing(module.uri) ?? {};
    const adding = routes.filter(({ path }) => path === undefined || isPath(path));
    const names = new Set([...adding, ...mounts].map(({ router }) => router));
    return [...names].some((name) => !routerNamed(modules, module, name, DEEPEST) && isOwn(evaluation, module, name));
  });
}

/** `data.get('key')` reads a map. */
function isPath(path: Expression): boolean {
  return path.kind === 'literal' && String(path.value).startsWith('/');
}

function isOwn(evaluation: Evaluation, module: Module, name: string): boolean {
  const [head = ''] = name.split('.');
  const found = module.program.imports.findLast(({ local }) => local === head || local === name);
  const { language } = module.program;
  if (found && evaluation.modules.resolve(module.uri, language, found.module).kind === 'external') return false;
  const at = found?.at ?? module.definitions.get(name)?.[0]?.at;
  if (!at) return name.includes('.');
  const value = evaluate(evaluation, { kind: 'name', name, at }, { module, path: [] });
  if (value.kind === 'library')
    return Object.keys(ownPaths).some((framework) => value.name.startsWith(`${framework}.`));
  return value.kind === 'unknown' || value.kind === 'instance';
}

function collect(collection: Collection, { router }: FoundRouter, prefix: string, depth: number): void {
  const part = collection.parts.get(router);
  const { evaluation, routes } = collection;
  if (!part || routes.length > MOST_ROUTES) return;
  for (const { path, below, at, module: own } of part.routes) {
    const text = path === undefined ? undefined : textOf(evaluation, path, own);
    routes.push({ path: `${prefix}${text ?? ''}`, below: below || text === undefined, at });
  }
  for (const { mount, module: own } of part.mounts) {
    const given = mount.prefix && textOf(evaluation, mount.prefix, own);
    const found = targetOf(evaluation, own, mount);
    if (!found || depth === 0 || (mount.prefix && given === undefined)) {
      routes.push({ path: `${prefix}${given ?? ''}`, below: true, at: mount.at });
      continue;
    }
    const { router: child } = found;
    const ownPrefix = child.prefix && textOf(evaluation, child.prefix, found.module);
    if (child.prefix && ownPrefix === undefined) routes.push({ path: prefix, below: true, at: child.at });
    // Flask's url_prefix replaces that of the blueprint: https://flask.palletsprojects.com/en/stable/api/#flask.Flask.register_blueprint
    const inner = child.framework === 'flask' && given !== undefined ? given : `${given ?? ''}${ownPrefix ?? ''}`;
    collect(collection, found, joined(prefix, inner), depth - 1);
  }
}

/** Prefixes with one slash between them. */
function joined(prefix: string, inner: string): string {
  return `${prefix.replace(/\/$/, '')}${inner === '' || inner.startsWith('/') ? inner : `/${inner}`}`.replace(
    /\/$/,
    '',
  );
}

function textOf(evaluation: Evaluation, expression: Expression, module: Module): string | undefined {
  const value = evaluate(evaluation, expression, { module, path: [] });
  return value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

function targetOf(evaluation: Evaluation, module: Module, { target }: Mount): FoundRouter | undefined {
  const { modules } = evaluation;
  if ('call' in target) return parameterOf(evaluation, module, target.call, target.argument);
  if ('name' in target) return routerNamed(modules, module, target.name, DEEPEST);
  return exportedRouter(modules, module, target.module, undefined, DEEPEST);
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

/** The router that a local name stands for: the file's own, or an imported one. */
function routerNamed(modules: Modules, module: Module, name: string, depth: number): FoundRouter | undefined {
  if (depth === 0) return undefined;
  const own = modules.routing(module.uri)?.routers.find((router) => router.name === name);
  if (own) return { module, router: own };
  const [head = '', ...rest] = name.split('.');
  const found = module.program.imports.findLast(({ local }) => local === head || local === name);
  if (!found) return undefined;
  const member = found.local === name ? undefined : rest.join('.');
  if (module.program.language !== 'python') {
    return exportedRouter(modules, module, found.module, member ?? found.name, depth - 1);
  }
  if (found.name === undefined)
    return importedRouter(modules, module, found.module, name.slice(found.local.length + 1), depth);
  const inner = member === undefined ? found.name : `${found.name}.${member}`;
  return importedRouter(modules, module, found.module, inner, depth);
}

/** `name` of a Python module, which may be a submodule's: `users.router` of `from app.api import users`. */
function importedRouter(
  modules: Modules,
  from: Module,
  specifier: string,
  name: string,
  depth: number,
): FoundRouter | undefined {
  const resolution = modules.resolve(from.uri, 'python', specifier);
  const file = resolution.kind === 'file' ? modules.load(resolution.uri) : undefined;
  const direct = file && routerNamed(modules, file, name, depth - 1);
  if (direct) return direct;
  const folder = resolution.kind === 'folder' ? resolution.uri : file && packageFolder(file.uri);
  const [head = '', ...rest] = name.split('.');
  if (folder === undefined || rest.length === 0) return undefined;
  const inner = modules.submodule(folder, head);
  const submodule = inner.kind === 'file' ? modules.load(inner.uri) : undefined;
  return submodule && routerNamed(modules, submodule, rest.join('.'), depth - 1);
}

/** What a JavaScript module exports; without a name, or as `default`, the module itself. */
function exportedRouter(
  modules: Modules,
  from: Module,
  specifier: string,
  name: string | undefined,
  depth: number,
): FoundRouter | undefined {
  const resolution = modules.resolve(from.uri, from.program.language, specifier);
  const module = resolution.kind === 'file' ? modules.load(resolution.uri) : undefined;
  if (!module || depth <= 0) return undefined;
  const isWhole = name === undefined || name === 'default' || name === '*';
  const found = module.program.exports.findLast((one) =>
    isWhole ? one.name === '*' || one.name === 'default' : one.name === name,
  );
  if (found?.value.kind === 'name') return routerNamed(modules, module, found.value.name, depth - 1);
  return isWhole ? undefined : routerNamed(modules, module, name, depth - 1);
}
