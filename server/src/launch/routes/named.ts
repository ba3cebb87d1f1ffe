// Which router a local name stands for: the file's own, or one that another file of the program hands out.

import type { Router } from '../../facts/routing.ts';
import type { Module, Modules } from '../modules.ts';
import { packageFolder } from '../modules.ts';

export const DEEPEST = 8;

export interface FoundRouter {
  readonly module: Module;
  readonly router: Router;
}

/** The router that a local name stands for: the file's own, or an imported one. */
export function routerNamed(modules: Modules, module: Module, name: string, depth: number): FoundRouter | undefined {
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
export function importedRouter(
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
export function exportedRouter(
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
