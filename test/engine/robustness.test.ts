// Any bytes in any file: every example cut and scrambled gives reports, never a throw, in bounded time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { cpuMilliseconds } from '../cpuTime.ts';
import { analyze, readMarked } from '../rules/workspace.ts';

const limitMs = 2_000;

async function survives(files: ReadonlyMap<string, string>, what: string): Promise<void> {
  const started = cpuMilliseconds();
  const host = await analyze(files);
  assert.deepEqual(host.takeLog(), [], what);
  for (const uri of host.reported) {
    const length = files.get(uri.slice(uri.indexOf('workspace/') + 10))?.length ?? 0;
    for (const report of host.reports(uri)) {
      assert.ok(
        report.at.span.start >= 0 && report.at.span.end <= length,
        `${what}: ${report.message} lies in the file`,
      );
      for (const fix of report.fixes) host.edits(fix);
    }
  }
  assert.ok(cpuMilliseconds() - started < limitMs, `${what}: took longer than ${limitMs} ms`);
}

for (const rule of rules) {
  const example = rule.examples.bad[0]?.files ?? rule.examples.good[0];
  if (example === undefined) continue;
  const { files } = readMarked(example);
  test(`${rule.id}: cut at every few characters`, async () => {
    for (const [path, text] of files) {
      for (let end = 0; end < text.length; end += 11) {
        await survives(new Map([...files, [path, text.slice(0, end)]]), `${path} cut at ${end}`);
      }
    }
  });
  test(`${rule.id}: characters flipped`, async () => {
    for (const [path, text] of files) {
      for (let at = 3; at < text.length; at += 13) {
        for (const flipped of ['\u0000', '\ud800', '{']) {
          await survives(
            new Map([...files, [path, text.slice(0, at) + flipped + text.slice(at + 1)]]),
            `${path} flipped at ${at}`,
          );
        }
      }
    }
  });
}
