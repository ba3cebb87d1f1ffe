// Evaluates the expressions of one root and its modules, everything at most once, and keeps account of what each result
// was made of.

import type { Uri } from '../../base/uri.ts';
import type { UnitFiles } from '../../facts/files.ts';
import { attributeOf, type HclAttribute, type HclExpression } from '../../syntax/hcl/tree.ts';
import {
  type CalledModules,
  type Context,
  type Dependencies,
  type Dependency,
  type ModuleInstance,
  placeIn,
  type Scope,
  scopeOf,
} from './context.ts';
import { type BlockDefinition, type Definition, type ModuleFolder, moduleFolder } from './definitions.ts';
import { evaluateExpression } from './evaluate.ts';
import { expandedScopes, expansionOf } from './expansion.ts';
import { printExpression } from './print.ts';
import { areEqual, choose, type TerraformValue, unknown } from './values.ts';
import { assignment, choiceName, type VariableFiles, variableFiles } from './variableFiles.ts';

const MAX_DEPTH = 150;
/** What one definition may cost, in expressions and in the sizes of what functions are called with. */
const MAX_WORK = 400_000;
const MAX_MODULE_DEPTH = 8;
const MAX_INSTANCES = 5_000;

export class Evaluator implements Context {
  readonly root: Uri;
  readonly instance: ModuleInstance;
  readonly #files: UnitFiles;
  readonly #variableFiles: VariableFiles;
  readonly #folders = new Map<Uri, ModuleFolder>();
  readonly #instances = new Map<string, ModuleInstance>();
  readonly #called = new Map<string, CalledModules & { readonly dependencies: Dependencies }>();
  readonly #once = new Map<string, { readonly value: TerraformValue; readonly dependencies: Dependencies }>();
  readonly #running = new Set<string>();
  #noted = new Map<string, Dependency>();
  #depth = 0;
  #work = 0;

  constructor(root: Uri, files: UnitFiles) {
    this.root = root;
    this.#files = files;
    this.#variableFiles = variableFiles(root, files);
    this.instance = { path: '', folder: this.#folder(root), call: undefined };
    this.#instances.set('', this.instance);
  }

  evaluate(expression: HclExpression, scope: Scope): TerraformValue {
    if (this.#depth >= MAX_DEPTH || this.#work >= MAX_WORK) {
      return unknown(printExpression(expression), placeIn(scope, expression.span), 'it takes too much to compute');
    }
    this.#depth++;
    this.#work += 5;
    const value = evaluateExpression(expression, scope, this);
    this.#depth--;
    return value;
  }

  spend(work: number): boolean {
    this.#work += work;
    return this.#work < MAX_WORK;
  }

  once(module: ModuleInstance, key: string, make: () => TerraformValue): TerraformValue {
    const id = `${module.path}|${key}`;
    const known = this.#once.get(id);
    if (known) {
      this.#noteAll(known.dependencies);
      return known.value;
    }
    if (this.#running.has(id)) {
      return unknown(key, { uri: module.folder.folder, span: { start: 0, end: 0 } }, 'it depends on itself');
    }
    this.#running.add(id);
    const made = this.tracked(make);
    this.#running.delete(id);
    this.#once.set(id, made);
    return made.value;
  }

  /** Makes something and tells what it was made of. */
  tracked<T>(make: () => T): { readonly value: T; readonly dependencies: Dependencies } {
    const [outer, work] = [this.#noted, this.#work];
    this.#noted = new Map();
    this.#work = 0;
    const value = make();
    const dependencies = this.#noted;
    this.#noted = outer;
    this.#work = work;
    this.#noteAll(dependencies);
    return { value, dependencies };
  }

  /** Whether everything that a result was made of is still the same. */
  holds(dependencies: readonly Dependency[]): boolean {
    return dependencies.every(({ kind, of, name, thing }) => this.#current(kind, of, name) === thing);
  }

  definition(module: ModuleInstance, key: string): Definition | undefined {
    return this.#note<Definition | undefined>('definition', module.path, key);
  }

  argument(module: ModuleInstance, name: string): HclExpression | undefined {
    if (!module.call) return undefined;
    this.#noteAll(module.call.dependencies);
    const call = this.#note<BlockDefinition | undefined>('call', module.path, '');
    return call && attributeOf(call.block.body, name)?.value;
  }

  textFile(uri: Uri): string | undefined {
    return this.#note<string | undefined>('text', uri, '');
  }

  assigned(name: string, fallback: () => TerraformValue | undefined): TerraformValue | undefined {
    const { loaded, chosen } = this.#variableFiles;
    const valueIn = (uri: Uri): TerraformValue | undefined => {
      const attribute = this.#note<HclAttribute | undefined>('assignment', uri, name);
      return attribute && this.evaluate(attribute.value, scopeOf({ uri, shift: 0 }, this.instance));
    };
    this.#note('variableFiles', '', '');
    const last = loaded
      .toReversed()
      .map(valueIn)
      .find((value) => value !== undefined);
    const branches = chosen.flatMap((uri) => {
      const value = valueIn(uri);
      return value ? [{ when: choiceName(uri, this.root), value }] : [];
    });
    const [first, ...others] = branches;
    const base = last ?? (branches.length < chosen.length || !first ? fallback() : undefined);
    if (!first) return base;
    const agreed = others.every(({ value }) => areEqual(first.value, value) === true);
    if (agreed && (!base || areEqual(first.value, base) === true)) return first.value;
    const all = base ? [...branches, { when: 'otherwise', value: base }] : branches;
    return choose(all, first.value.at);
  }

  called(module: ModuleInstance, definition: BlockDefinition): CalledModules {
    const id = `${module.path}|${definition.key}`;
    const known = this.#called.get(id) ?? this.#call(module, definition);
    this.#called.set(id, known);
    this.#noteAll(known.dependencies);
    return known;
  }

  #call(module: ModuleInstance, definition: BlockDefinition): CalledModules & { readonly dependencies: Dependencies } {
    const scope = scopeOf(definition, module);
    const { value: expansion, dependencies } = this.tracked(() => expansionOf(definition.block.body, scope, this));
    const instances = new Map<string, ModuleInstance>();
    const folder = definition.calls;
    if (folder !== undefined && depthOf(module) < MAX_MODULE_DEPTH && this.#instances.size < MAX_INSTANCES) {
      for (const expanded of expandedScopes(expansion, scope)) {
        const path = `${module.path}${definition.key}${expanded.suffix}.`;
        const call = { definition, scope: expanded.scope, dependencies };
        const instance = { path, folder: this.#folder(folder), call };
        instances.set(expanded.suffix, instance);
        this.#instances.set(path, instance);
      }
    }
    return { expansion, instances, dependencies };
  }

  #folder(folder: Uri): ModuleFolder {
    const known = this.#folders.get(folder) ?? moduleFolder(folder, this.#files);
    this.#folders.set(folder, known);
    return known;
  }

  #note<T>(kind: Dependency['kind'], of: string, name: string): T {
    const thing = this.#current(kind, of, name);
    this.#noted.set(`${kind} ${of} ${name}`, { kind, of, name, thing });
    return thing as T;
  }

  #noteAll(dependencies: Dependencies): void {
    for (const [key, dependency] of dependencies) this.#noted.set(key, dependency);
  }

  #current(kind: Dependency['kind'], of: string, name: string): unknown {
    switch (kind) {
      case 'definition':
        return (of === '' ? this.instance : this.#instances.get(of))?.folder.definitions.get(name);
      case 'call':
        return this.#instances.get(of)?.call?.definition;
      case 'text':
        return this.#files.text(of);
      case 'assignment':
        return assignment(of, name, this.#files);
      case 'variableFiles':
        return [...this.#variableFiles.loaded, '', ...this.#variableFiles.chosen].join();
    }
  }
}

function depthOf(module: ModuleInstance): number {
  let depth = 0;
  for (let one: ModuleInstance | undefined = module; one?.call; one = one.call.scope.module) depth++;
  return depth;
}
