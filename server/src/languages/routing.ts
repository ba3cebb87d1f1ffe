// Collects what a file of program code says about the paths it answers. Which node says what is each language's own file.

import type { Mount, Route, Router, Routing } from '../facts/routing.ts';

export interface RoutingReading<File> {
  readonly file: File;
  readonly routers: Map<string, Router>;
  /** Parameters of the functions around, by the routers that they are. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly routes: Route[];
  readonly mounts: Mount[];
}

export function createRouting<File>(file: File): RoutingReading<File> {
  return { file, routers: new Map(), parameters: new Map(), routes: [], mounts: [] };
}

/** Undefined where the file has nothing to do with routes. */
export function finishRouting({ routers, routes, mounts }: RoutingReading<unknown>): Routing | undefined {
  if (routers.size + routes.length + mounts.length === 0) return undefined;
  return { routers: [...routers.values()], routes, mounts };
}
