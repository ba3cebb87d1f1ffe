// Collects what a file of program code says while its tree is walked. Which node says what is each language's own file.

import type { Location, SourceFile } from '../base/text.ts';
import { locationOf } from '../base/text.ts';
import type { Expression } from '../facts/expression.ts';
import type { Call, Definition, Import, Listener, Program, Scope } from '../facts/program.ts';
import { type SyntaxNode, withTree } from '../syntax/treeSitter.ts';

/** The parts of a `Program` as they grow. */
export interface Builder {
  readonly definitions: Definition[];
  readonly imports: Import[];
  readonly listeners: Listener[];
  readonly calls: Call[];
  readonly exports: Definition[];
  readonly environmentWrites: Definition[];
  readonly environmentFiles: { readonly path?: Expression; readonly at: Location }[];
}

export const moduleScope: Scope = { path: [], main: false, conditional: false };

export function createBuilder(): Builder {
  return {
    definitions: [],
    imports: [],
    listeners: [],
    calls: [],
    exports: [],
    environmentWrites: [],
    environmentFiles: [],
  };
}

/** `isQuiet` tells the libraries that open no port by being used. */
/** Walks the tree of a file. Where none could be made, the file may import, and so listen to, anything. */
export function walkTree<T>(
  grammar: string,
  file: SourceFile,
  builder: Builder,
  walk: (root: SyntaxNode) => T,
): T | undefined {
  let isRead = false;
  const result = withTree(grammar, file.text, (root) => {
    isRead = true;
    return walk(root);
  });
  if (!isRead) addUnread(file, builder);
  return result;
}

/** No quiet library has this name. */
export function addUnread(file: SourceFile, builder: Builder): void {
  builder.imports.push({ module: '?', local: '?', at: locationOf(file.uri, 0, 0) });
}

export function finishProgram(
  file: SourceFile,
  language: string,
  builder: Builder,
  isQuiet: (module: string, name?: string) => boolean,
): Program {
  const imports = builder.imports.map(
    (found): Import => (isQuiet(found.module, found.name) ? { ...found, quiet: true } : found),
  );
  return { kind: 'program', language, at: locationOf(file.uri, 0, file.text.length), ...builder, imports };
}

/** The scope of the body of a named function or class. Whether that body runs is decided by its calls. */
export function within(scope: Scope, name: string): Scope {
  return { path: [...scope.path, name], main: scope.main, conditional: false };
}

export function underMainGuard(scope: Scope): Scope {
  return { ...scope, main: true };
}

/** The scope of code that may or may not run. A second condition inside a first cannot be said as one test. */
export function underCondition(scope: Scope, test: Expression | undefined, negated: boolean): Scope {
  const { path, main } = scope;
  const outer = scope.conditional
    ? scope.test === undefined
      ? undefined
      : effective(scope.test, scope.negated)
    : null;
  if (test === undefined || outer === undefined) return { path, main, conditional: true };
  if (outer === null) {
    return negated ? { path, main, conditional: true, test, negated } : { path, main, conditional: true, test };
  }
  const right = effective(test, negated);
  return {
    path,
    main,
    conditional: true,
    test: { kind: 'comparison', operator: 'and', left: outer, right, at: test.at },
  };
}

function effective(test: Expression, negated: boolean | undefined): Expression {
  return negated === true ? { kind: 'comparison', operator: 'not', left: test, at: test.at } : test;
}
