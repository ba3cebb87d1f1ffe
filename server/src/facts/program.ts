// What a file of program code says about the sockets it opens. Every language gives this same shape.

import type { Location } from '../base/text.ts';
import type { Expression } from './expression.ts';
import type { ListenerApi } from './listenerApi.ts';

export interface Program {
  readonly kind: 'program';
  /** The language's id: `python`, `javascript`, `typescript`. */
  readonly language: string;
  readonly at: Location;
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  readonly listeners: readonly Listener[];
  /** Calls of functions that this file defines or imports: they decide which functions run. */
  readonly calls: readonly Call[];
  /** Names given to other files; the key `default` for a default export, `*` for `module.exports = …` and `export * from`. */
  readonly exports: readonly Definition[];
  /** Environment variables that the program itself sets before it listens: `os.environ["PORT"] = "80"`. */
  readonly environmentWrites: readonly Definition[];
  /** `load_dotenv()`, `require('dotenv').config({ path })`; `path` is absent for the default `.env`. */
  readonly environmentFiles: readonly { readonly path?: Expression; readonly at: Location }[];
}

/** A name bound to an expression, function or class. A name bound twice has two definitions, in order of appearance. */
export interface Definition {
  readonly name: string;
  readonly value: Expression | FunctionDefinition | ClassDefinition;
  readonly at: Location;
  readonly scope: Scope;
  /** A function that sets a variable of its file: the name is not the function's own. */
  readonly outer?: true;
}

/** Where code stands. */
export interface Scope {
  /** The enclosing functions or classes, outermost first; empty at module level. */
  readonly path: readonly string[];
  /** Under `if __name__ == "__main__":` or `if (require.main === module)`. */
  readonly main: boolean;
  /** Inside an `if`, `try`, loop or `switch` other than the main guard. */
  readonly conditional: boolean;
  /** The test of the nearest enclosing `if`, where it can be written as an expression; `negated` in its `else`. */
  readonly test?: Expression;
  readonly negated?: boolean;
}

export interface FunctionDefinition {
  readonly kind: 'function';
  readonly parameters: readonly { readonly name: string; readonly default?: Expression }[];
  readonly returns: readonly Expression[];
  readonly at: Location;
}

/** A class, mostly of settings. `bases` are dotted names: `BaseSettings`. */
export interface ClassDefinition {
  readonly kind: 'class';
  readonly bases: readonly string[];
  readonly members: readonly { readonly name: string; readonly value: Expression; readonly at: Location }[];
  readonly at: Location;
}

/** `from module import name as local`; `name` is absent for the whole module, `*` for everything, `default` as in JS. */
export interface Import {
  /** As written: `./config`, `app.settings`, `..core`, `flask`. */
  readonly module: string;
  readonly name?: string;
  readonly local: string;
  /** A library that opens no port by being used: only where a program uses no other may it be said to listen nowhere. */
  readonly quiet?: true;
  /** Its names are for this file alone: other files do not get them from here. */
  readonly private?: true;
  readonly at: Location;
}

export interface Call {
  /** Dotted name of the function called: `main`, `server.start`. */
  readonly callee: string;
  readonly arguments: readonly { readonly name?: string; readonly value: Expression }[];
  readonly at: Location;
  readonly scope: Scope;
}

/** A call that opens a listening socket when it runs. */
export interface Listener {
  /** Which call it is, and what it does without a port or a host. */
  readonly api: ListenerApi;
  /** Absent where the call leaves it to the framework's default. */
  readonly port?: Expression;
  readonly host?: Expression;
  /** `"0.0.0.0:8080"` in one argument, where the API takes host and port together. */
  readonly address?: Expression;
  /** Where the call is known by its method's name alone. */
  readonly method?: ListenerMethod;
  readonly at: Location;
  readonly scope: Scope;
}

/** `server.Run(":8080")`: whether it listens depends on whose method it is. */
export interface ListenerMethod {
  readonly callee: Expression;
  /** It listens where the receiver comes from one of these libraries. */
  readonly libraries: readonly string[];
  /** Whether it is believed to listen where the receiver stays open. */
  readonly presumed: boolean;
}
