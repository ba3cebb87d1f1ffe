// An empty extension: VS Code runs a suite only beside an extension under development, and ours is to be the packaged one.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function writeHarness(scratch: string): Promise<string> {
  const folder = join(scratch, 'harness');
  await mkdir(folder, { recursive: true });
  const manifest = { name: 'harness', publisher: 'steadystate-test', version: '0.0.1', engines: { vscode: '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
