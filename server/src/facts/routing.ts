// What a file of program code says about the paths that its web framework answers. Routers are known by their local names;
// `launch/routes.ts` follows these through imports.

import type { Location } from '../base/text.ts';
import type { Expression } from './expression.ts';

export type RoutingFramework = 'flask' | 'fastapi' | 'express' | 'fastify';

export interface Routing {
  readonly routers: readonly Router[];
  readonly routes: readonly Route[];
  readonly mounts: readonly Mount[];
}

/** `app = Flask(__name__)`, `const router = express.Router()`. */
export interface Router {
  readonly name: string;
  readonly framework: RoutingFramework;
  /** It answers requests itself; the others must be mounted. */
  readonly isApplication: boolean;
  /** What its own routes begin with, where a mount says nothing else. */
  readonly prefix?: Expression;
  readonly at: Location;
}

/** A path that a router answers. `router` is a local name: an own one, or one that is imported. */
export interface Route {
  readonly router: string;
  /** Absent where anything may be answered: by a use of the router that is not read. */
  readonly path?: Expression;
  /** It answers all paths that begin so: static files, a part that is not read. */
  readonly below: boolean;
  readonly at: Location;
}

/** The router that a function is given: its parameter, known by the function's place. */
export function parameterRouter(functionStart: number, parameter: string): string {
  return `${functionStart}:${parameter}`;
}

export interface Mount {
  readonly router: string;
  readonly prefix?: Expression;
  /** A dotted local name, `users.router`, or a module: `require('./users')`. */
  readonly target:
    | { readonly name: string }
    | { readonly module: string }
    /** A function that is given the router, and as which of its arguments. */
    | { readonly call: Expression; readonly argument: number };
  readonly at: Location;
}

/** One path of a running program, put together. */
export interface ServedRoute {
  /** In the framework's own spelling: `/users/<int:id>`, `/users/{id}`, `/users/:id`. */
  readonly path: string;
  readonly below: boolean;
  readonly at: Location;
}
