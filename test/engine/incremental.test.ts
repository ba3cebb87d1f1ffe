// Incremental equals from-scratch: after any edits the reports equal those of a fresh run. The seed is printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import { analyze, readMarked, root, settle, uriOf } from '../rules/workspace.ts';

/** A small generator of pseudo-random numbers (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const examples = rules.flatMap((rule) => [...rule.examples.bad.map((bad) => bad.files), ...rule.examples.good]);

/** Several examples side by side, each in its own folder. */
function workspace(next: () => number): Map<string, string> {
  const files = new Map<string, string>();
  for (let i = 0; i < 4; i++) {
    const example = examples[Math.floor(next() * examples.length)] ?? '';
    for (const [path, text] of readMarked(example).files) files.set(i === 0 ? path : `part${i}/${path}`, text);
  }
  return files;
}

const snippets = [
  '3000',
  '5001',
  '"',
  '}',
  '\n',
  'latest',
  '{',
  ',',
  '# steadystate-ignore image-tag-latest -- why\n',
  'é🚀',
  '',
];

function mutate(text: string, next: () => number): string {
  const start = Math.floor(next() * (text.length + 1));
  const end = Math.min(text.length, start + Math.floor(next() * 6));
  return text.slice(0, start) + (snippets[Math.floor(next() * snippets.length)] ?? '') + text.slice(end);
}

const seed = Number(process.env.SEED ?? 20261123);

for (let run = 0; run < 12; run++) {
  test(`edits with seed ${seed + run}`, async () => {
    const next = random(seed + run);
    const files = workspace(next);
    const original = new Map(files);
    const host = createAnalysisHost();
    host.apply({ folders: [root], added: [...files.keys()].map(uriOf) });
    await settle(host, files);
    for (let step = 0; step < 25; step++) {
      const paths = [...original.keys()];
      const path = paths[Math.floor(next() * paths.length)] ?? '';
      const choice = next();
      if (choice < 0.12 && files.has(path)) {
        files.delete(path);
        host.apply({ removed: [uriOf(path)] });
      } else {
        const text = choice < 0.3 ? (original.get(path) ?? '') : mutate(files.get(path) ?? '', next);
        files.set(path, text);
        host.apply({ contents: [{ uri: uriOf(path), text }] });
      }
      const compares = step % 5 === 4;
      // Sometimes the next edit comes before what the engine wants has been read.
      if (compares || next() < 0.7) await settle(host, files);
      if (!compares) continue;
      const fresh = await analyze(files);
      const plain = (from: typeof host) => from.reported.map((uri) => [uri, from.reports(uri)]);
      assert.deepEqual(plain(host), plain(fresh), `seed ${seed + run}, step ${step}`);
      const ids = (from: typeof host) => from.deployments().map((view) => view.deployment);
      assert.deepEqual(ids(host), ids(fresh), `seed ${seed + run}, step ${step}`);
    }
  });
}
