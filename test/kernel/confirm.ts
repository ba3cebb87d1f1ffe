// `npm run confirm`: installs common frameworks from their registries into a temporary folder, starts each with its
// defaults in a network of its own, and compares its sockets with what the tables of the product say. Not a part of the
// tests, because it downloads. Names behind `--` choose registries: `npm run confirm -- npm PyPI`.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isLoopback } from '../../server/src/facts/listens.ts';
import { goFrameworks, jvmFrameworks } from './confirm/compiledFrameworks.ts';
import { type Framework, NAMED_PORT, type Registry } from './confirm/framework.ts';
import { installers, writePrograms } from './confirm/install.ts';
import { nodeFrameworks } from './confirm/nodeFrameworks.ts';
import { pythonFrameworks } from './confirm/pythonFrameworks.ts';
import { canIsolate, listen, type Socket } from './sockets.ts';

const frameworks: Readonly<Record<Registry, readonly Framework[]>> = {
  npm: nodeFrameworks,
  PyPI: pythonFrameworks,
  Go: goFrameworks,
  Maven: jvmFrameworks,
};
const registries: readonly Registry[] = ['npm', 'PyPI', 'Go', 'Maven'];

function shown(sockets: readonly Socket[]): string {
  const texts = sockets.map(({ port, loopback }) => `${loopback ? 'loopback' : 'everywhere'}:${port}`);
  return texts.join(' ') || 'nothing';
}

function expectedSocket({ expected }: Framework): Socket {
  return { port: expected.port ?? NAMED_PORT, loopback: expected.host !== undefined && isLoopback(expected.host) };
}

async function confirm(registry: Registry, home: string): Promise<boolean> {
  const folder = path.join(home, registry);
  mkdirSync(folder);
  writePrograms(folder, frameworks[registry]);
  const { environment, version } = installers[registry](folder, frameworks[registry]);
  let agrees = true;
  for (const framework of frameworks[registry]) {
    const expected = shown([expectedSocket(framework)]);
    const { sockets, output } = await listen(folder, framework.argv, environment, 1);
    const same = shown(sockets) === expected;
    const name = `${framework.package} ${version(framework.package)}`;
    const verdict = same ? 'agrees' : `DIFFERS: ${shown(sockets)}`;
    console.log(`${name.padEnd(36)} ${framework.way.padEnd(30)} ${expected.padEnd(18)} ${verdict}`);
    if (!same) console.error(output.slice(-600));
    agrees = agrees && same;
  }
  return agrees;
}

if (!canIsolate()) {
  console.error('This needs a network of its own for each program: run it as root on Linux.');
  process.exit(2);
}
const wanted = registries.filter((name) => process.argv.length === 2 || process.argv.includes(name));
const home = mkdtempSync(path.join(tmpdir(), 'steadystate-confirm-'));
try {
  for (const registry of wanted) {
    if (!(await confirm(registry, home))) process.exitCode = 1;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
