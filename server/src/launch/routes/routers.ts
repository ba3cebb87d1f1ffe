// The paths of programs whose application is made in one of their files: Flask, FastAPI, Express, Fastify, NestJS.

import { dottedName, type Expression } from '../../facts/expression.ts';
import type { Definition } from '../../facts/program.ts';
import type { Router, ServedRoute } from '../../facts/routing.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluation } from '../evaluated.ts';
import type { Module } from '../modules.ts';
import type { RunningProgram } from '../program.ts';
import { collect, createCollection, pathAround, routesIn } from './collect.ts';
import { DEEPEST, type FoundRouter, routerNamed } from './named.ts';
import { collectNest } from './nest.ts';

/** Undefined where not all of them can be seen. */
export function programRoutes({ evaluation, open }: RunningProgram): readonly ServedRoute[] | undefined {
  const { reached } = evaluation;
  if (!isRead(evaluation)) return undefined;
  const [application, second] = routersOf(evaluation).filter(({ router }) => router.isApplication);
  if (!application || second || open.some(({ kind }) => kind !== 'external')) return undefined;
  const { router } = application;
  if (router.name.includes('.') && reached.length > 1) return undefined;
  if (hidesRouter(evaluation)) return undefined;
  const collection = createCollection(evaluation);
  collect(collection, application, '');
  if (router.framework === 'nest' && !collectNest(collection, application)) return undefined;
  return routesIn(collection);
}

/** Whether what each file says about paths could be read: those that are too long are not. */
export function isRead({ reached, modules }: Evaluation): boolean {
  return reached.every(({ uri }) => modules.routing(uri) !== undefined);
}

export function routersOf({ reached, modules }: Evaluation): readonly FoundRouter[] {
  return reached.flatMap((module) =>
    (modules.routing(module.uri)?.routers ?? []).map((router: Router) => ({ module, router })),
  );
}

/**
 * Whether routes are added to something of the program that may be the application under another name: what a function
 * returns, a field of an object. What comes from a library is a client, a map and the like.
 */
function hidesRouter(evaluation: Evaluation): boolean {
  const { reached, modules } = evaluation;
  return reached.some((module) => {
    const { routes = [], mounts = [] } = modules.routing(module.uri) ?? {};
    const adding = routes.filter(({ path, router }) => (path ? isPath(path) : ROUTER_NAME.test(router)));
    const names = new Set([...adding, ...mounts].map(({ router }) => router));
    return [...names].some((name) => !routerNamed(modules, module, name, DEEPEST) && isOwn(evaluation, module, name));
  });
}

/** By its name it may be the application or a router; queues and clients have methods of the same names. */
const ROUTER_NAME = /(?:^|[._a-z])(?:app|application|router|routes|api|bp|blueprint|express|fastify|server|instance)$/i;
const OTHER_NAME = /celery|mcp/i;

/** `data.get('key')` reads a map. */
function isPath(path: Expression): boolean {
  return path.kind === 'literal' && String(path.value).startsWith('/');
}

function isOwn(evaluation: Evaluation, module: Module, name: string): boolean {
  const [head = ''] = name.split('.');
  const found = module.program.imports.findLast(({ local }) => local === head || local === name);
  const { language } = module.program;
  if (OTHER_NAME.test(name)) return false;
  if (found && evaluation.modules.resolve(module.uri, language, found.module).kind === 'external') return false;
  const definitions = module.definitions.get(name) ?? [];
  const at = found?.at ?? definitions[0]?.at;
  if (!at) return name.includes('.') && ROUTER_NAME.test(name);
  const isMade = definitions.some(({ value }) => value.kind === 'call');
  if (isMade && definitions.every(({ value }) => isServer(value))) return false;
  const value = evaluate(evaluation, { kind: 'name', name, at }, { module, path: pathAround(module, at) });
  if (value.kind === 'library') return /^(?:flask|fastapi|express|fastify)(?![\w-])/.test(value.name);
  return value.kind === 'unknown' || value.kind === 'instance';
}

/** `app.listen(port)`, `http.createServer(app)`: what listens, which has no routes of its own. */
function isServer(value: Definition['value']): boolean {
  if (value.kind === 'literal') return value.value === null;
  const name = value.kind === 'call' ? dottedName(value.callee) : undefined;
  return name !== undefined && /(?:^|\.)(?:listen|createServer|createSecureServer|Server)$/.test(name);
}
