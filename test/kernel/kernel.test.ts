// What the tool predicts against what the kernel says: each small program really runs, with its container's argv and
// environment, and its listening sockets are compared. A program whose runtime this machine lacks is skipped by name.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { isLoopback } from '../../server/src/facts/listens.ts';
import { knownValue } from '../../server/src/facts/value.ts';
import type { LaunchResult } from '../../server/src/launch/index.ts';
import { launchWorkspace, loadGrammars, taskOf } from '../launch/helper.ts';
import type { KernelProgram } from './program.ts';
import { programs } from './programs/index.ts';
import { build, canIsolate, hasCommand, listen, type Socket } from './sockets.ts';

const isolated = canIsolate();
const runtimes = new Map([...new Set(programs.map(({ runtime }) => runtime))].map((name) => [name, hasCommand(name)]));

before(loadGrammars);

test('there are at least sixty programs over at least five runtimes', () => {
  assert.ok(programs.length >= 60, String(programs.length));
  assert.ok(runtimes.size >= 5);
});

describe('the kernel agrees', { concurrency: 4 }, () => {
  for (const program of programs) {
    const missing = isolated ? '' : 'this machine gives no network of its own';
    const skip = missing || (runtimes.get(program.runtime) ? false : `${program.runtime} is not installed`);
    test(`${program.runtime}: ${program.name}`, { skip }, () => compare(program));
  }
});

async function compare(program: KernelProgram): Promise<void> {
  const { files, environment = {} } = program;
  const task = { environment: Object.entries(environment).map(([name, value]) => ({ name, value })) };
  const result = launchWorkspace({ ...files, 'task.json': taskOf(task) });
  const predicted = predictedSockets(result);
  const folder = mkdtempSync(path.join(tmpdir(), 'steadystate-kernel-'));
  try {
    write(folder, files);
    if (program.build !== undefined) build(folder, program.build);
    const argv = result.command.map((word) => knownValue(word) ?? assert.fail('argv is open'));
    const image = imageEnvironment(files.Dockerfile ?? '');
    const { sockets, output } = await listen(folder, argv, { ...image, ...environment }, predicted.length);
    assert.deepEqual(predicted, sockets, output.slice(0, 2000));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function predictedSockets({ listens }: LaunchResult): readonly Socket[] {
  if (listens.state === 'unknown') assert.fail(`unknown: ${listens.reason}`);
  if (listens.state === 'none') return [];
  const sockets = listens.ports.map(({ port, host }) => ({
    port: port.value,
    loopback: isLoopback(knownValue(host) ?? assert.fail('the host is open')),
  }));
  return sockets.sort((a, b) => a.port - b.port);
}

function write(folder: string, files: KernelProgram['files']): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o755 });
  }
}

/** The ENV lines of a Dockerfile of this suite: `ENV NAME=value`. */
function imageEnvironment(dockerfile: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...dockerfile.matchAll(/^ENV (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
}
