// What the jobs of a GitHub workflow know by name: literal `env:` of workflow, job and step, and each combination of a
// literal matrix.

import { childOf, scalarText, type TreeNode } from '../syntax/tree.ts';
import { expandExpressions, type Names } from './workflowText.ts';

/** A matrix with more combinations is not followed. */
const MAX_COMBINATIONS = 40;

/** Adds the entries of an `env:` mapping as `env.NAME`. */
export function withEnvironment(names: Names, node: TreeNode | undefined): Map<string, string> {
  const result = new Map(names);
  if (node?.kind !== 'object') return result;
  for (const entry of node.entries) {
    const text = scalarText(entry.value);
    if (text !== undefined) result.set(`env.${entry.key}`, expandExpressions(text, names));
  }
  return result;
}

/** The names that each run of a job adds; a job without a literal matrix runs once and adds none. */
export function matrixRuns(job: TreeNode): readonly Names[] {
  const matrix = childOf(childOf(job, 'strategy'), 'matrix');
  if (matrix?.kind !== 'object') return [new Map()];
  let runs: Map<string, string>[] = [new Map()];
  for (const { key, value } of matrix.entries) {
    if (key === 'include' || key === 'exclude' || value.kind !== 'array') continue;
    runs = runs.flatMap((run) => value.items.map((item) => new Map([...run, ...flatten(`matrix.${key}`, item)])));
    if (runs.length > MAX_COMBINATIONS) return [new Map()];
  }
  const include = childOf(matrix, 'include');
  return addIncluded(runs, include?.kind === 'array' ? include.items.map((item) => flatten('matrix', item)) : []);
}

/**
 * An included entry joins the runs it does not contradict, else it is a run of its own:
 * https://docs.github.com/en/actions/writing-workflows/choosing-what-your-workflow-does/running-variations-of-jobs-in-a-workflow
 */
function addIncluded(runs: Map<string, string>[], included: readonly Map<string, string>[]): readonly Names[] {
  const own = new Set(runs.flatMap((run) => [...run.keys()]));
  const extra: Map<string, string>[] = [];
  for (const entry of included.slice(0, MAX_COMBINATIONS)) {
    const joined = runs.filter(
      (run) => own.size > 0 && [...entry].every(([key, value]) => !own.has(key) || run.get(key) === value),
    );
    for (const run of joined) for (const [key, value] of entry) run.set(key, value);
    if (joined.length === 0) extra.push(entry);
  }
  const all = own.size === 0 ? extra : [...runs, ...extra];
  return all.length === 0 ? [new Map()] : all;
}

function flatten(prefix: string, node: TreeNode): Map<string, string> {
  const text = scalarText(node);
  if (text !== undefined) return new Map([[prefix, text]]);
  const result = new Map<string, string>();
  if (node.kind !== 'object') return result;
  for (const entry of node.entries) {
    const inner = scalarText(entry.value);
    if (inner !== undefined) result.set(`${prefix}.${entry.key}`, inner);
  }
  return result;
}
