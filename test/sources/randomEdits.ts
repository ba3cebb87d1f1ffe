// Random edits of a workspace, after each of which everything that the engine tells equals what a fresh run tells.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import { analyze, root, settle, uriOf } from '../rules/workspace.ts';

const STEPS = 30;
const SNIPPETS = ['3000', '"', '}', '{', '\n', '', '[', '# x\n', 'é🚀', '${'];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function mutate(text: string, snippets: readonly string[], next: () => number): string {
  const start = Math.floor(next() * (text.length + 1));
  const end = Math.min(text.length, start + Math.floor(next() * 6));
  return text.slice(0, start) + (snippets[Math.floor(next() * snippets.length)] ?? '') + text.slice(end);
}

/** `SEED` sets the first seed; the seed of a failure is told. */
export function testEdits(original: ReadonlyMap<string, string>, runs: number, own: readonly string[]): void {
  const first = Number(process.env.SEED ?? 20261123);
  for (let seed = first; seed < first + runs; seed++)
    test(`edits with seed ${seed}`, () => checkEdits(original, seed, [...SNIPPETS, ...own]));
}

async function checkEdits(original: ReadonlyMap<string, string>, seed: number, snippets: readonly string[]) {
  const next = random(seed);
  const files = new Map(original);
  const host = createAnalysisHost();
  host.apply({ folders: [root], added: [...files.keys()].map(uriOf) });
  await settle(host, files);
  for (let step = 0; step < STEPS; step++) {
    const paths = [...original.keys()];
    const path = paths[Math.floor(next() * paths.length)] ?? '';
    const uri = uriOf(path);
    const choice = next();
    if (choice < 0.12 && files.has(path)) {
      files.delete(path);
      host.apply({ removed: [uri] });
    } else {
      const text = choice < 0.45 ? (original.get(path) ?? '') : mutate(files.get(path) ?? '', snippets, next);
      files.set(path, text);
      host.apply({ contents: [{ uri, text }] });
    }
    await settle(host, files);
    const offset = Math.floor(next() * (files.get(path) ?? '').length);
    const told = (from: typeof host): unknown => ({
      reports: from.reported.map((one) => [one, from.reports(one)]),
      deployments: from.deployments().map((view) => view.deployment),
      edits: from.reports(uri).flatMap((report) => report.fixes.map((fix) => from.edits(fix))),
      explanation: from.explain({ uri, offset }),
    });
    assert.deepEqual(told(host), told(await analyze(files)), `seed ${seed}, step ${step}`);
  }
}
