// A root's facts, settled: its files, variable files, local modules and the texts they take in. A resource is evaluated
// again only where something it was made of has changed.

import type { Uri } from '../../base/uri.ts';
import { type Fact, factOf } from '../../facts/fileFacts.ts';
import type { UnitFiles } from '../../facts/files.ts';
import { type Dependency, type ModuleInstance, scopeOf } from './context.ts';
import type { BlockDefinition } from './definitions.ts';
import { Evaluator } from './evaluator.ts';
import { registryFacts } from './registryModules.ts';
import { resourceFacts } from './resources.ts';

/** The facts of a root. A folder that another one calls as its module says nothing by itself. */
export function resolveTerraform(unit: Uri, files: UnitFiles): readonly Fact[] {
  const root = unit.replace(/\/$/, '');
  if (isCalled(root, files)) return [];
  const evaluator = new Evaluator(root, files);
  const facts: Fact[] = [];
  for (const instance of instancesBelow(evaluator.instance, evaluator)) {
    const place = `${root}|${instance.path}`;
    for (const definition of instance.folder.blocks) {
      const own = factsOf(definition, instance, place, evaluator);
      if (own.length > 0) facts.push(...own);
    }
  }
  return facts;
}

function isCalled(root: Uri, files: UnitFiles): boolean {
  return files.filesWith('terraformModuleCalls').some((uri) => {
    const calls = factOf(files.facts(uri), 'terraformModuleCalls');
    return calls?.folders.includes(root) ?? false;
  });
}

/** All instances are made before anything is evaluated, because results of earlier times name them. */
function instancesBelow(start: ModuleInstance, evaluator: Evaluator): readonly ModuleInstance[] {
  const instances = [start];
  for (let index = 0; index < instances.length; index++) {
    const instance = instances[index];
    for (const definition of instance?.folder.blocks ?? []) {
      if (!instance || definition.block.type !== 'module') continue;
      instances.push(...evaluator.called(instance, definition).instances.values());
    }
  }
  return instances;
}

interface Result {
  readonly dependencies: readonly Dependency[];
  readonly facts: readonly Fact[];
}

/** Results by definition, which is the same object as long as its section is the same; then by root and module. */
const results = new WeakMap<BlockDefinition, Map<string, Result>>();

function factsOf(
  definition: BlockDefinition,
  instance: ModuleInstance,
  place: string,
  evaluator: Evaluator,
): readonly Fact[] {
  const { block } = definition;
  const kept = results.get(definition) ?? new Map<string, Result>();
  const before = kept.get(place);
  if (before && evaluator.holds(before.dependencies)) return before.facts;
  const scope = scopeOf(definition, instance);
  const { value: facts, dependencies } = evaluator.tracked(() =>
    block.type === 'module' ? registryFacts(definition, scope, evaluator) : resourceFacts(definition, scope, evaluator),
  );
  kept.set(place, { dependencies: [...dependencies.values()], facts });
  results.set(definition, kept);
  return facts;
}
