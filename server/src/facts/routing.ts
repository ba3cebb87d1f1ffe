// What a file of program code says about the paths that its web framework answers. Routers are known by their local names;
// `launch/routes/` follows these through imports.

import type { Location } from '../base/text.ts';
import type { Expression } from './expression.ts';

export type RoutingFramework =
  | 'flask'
  | 'fastapi'
  | 'django'
  | 'express'
  | 'fastify'
  | 'nest'
  | 'spring'
  | 'gin'
  | 'echo'
  | 'chi'
  | 'gorilla'
  | 'fiber'
  | 'httprouter'
  | 'net/http'
  | 'aspnet';

export interface Routing {
  readonly routers: readonly Router[];
  readonly routes: readonly Route[];
  readonly mounts: readonly Mount[];
  /** Paths that classes declare by annotations, for whichever application runs them. */
  readonly declared: readonly DeclaredRoute[];
  /** Paths in texts of the file that are no routes: a function may compare requests with them. */
  readonly mentioned: readonly string[];
  /** It uses packages of Jakarta, which Spring knows since Spring Boot 3. */
  readonly isJakarta?: true;
  /** Names of the classes that classes with such paths extend. */
  readonly bases?: readonly string[];
  /** Something in the file says what becomes of a slash at the end of a path. */
  readonly movesSlash?: true;
}

/** `@Controller('users')` with `@Get(':id')`. */
export interface DeclaredRoute {
  /** Joined by slashes. A part that is absent cannot be read. */
  readonly parts: readonly (Expression | undefined)[];
  /** Its class answers for other classes, which may put something before it. */
  readonly anywhere: boolean;
  readonly below: boolean;
  readonly at: Location;
}

/** `app = Flask(__name__)`, `const router = express.Router()`. */
export interface Router {
  readonly name: string;
  readonly framework: RoutingFramework;
  /** It answers requests itself; the others must be mounted. */
  readonly isApplication: boolean;
  /** What its own routes begin with, where a mount says nothing else. */
  readonly prefix?: Expression;
  /** Something that is not read may be put before its routes: versions, exceptions from the prefix. */
  readonly anywhere?: true;
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
  /** Something that cannot be seen may stand before it. */
  readonly anywhere?: boolean;
  /** The status by which the framework sends whoever asks with another slash at the end to the path as it is written. */
  readonly redirects?: SlashRedirect;
  readonly at: Location;
}

export interface SlashRedirect {
  readonly status: number;
  /** `missing`: only where the slash is missing. */
  readonly slash: 'missing' | 'either';
}
