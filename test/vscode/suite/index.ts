// Runs inside the extension host, beside the installed extension. `run` is what VS Code calls; the outcomes go to a file.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAll } from '../outcome.ts';
import { commandTests } from './commands.ts';
import { diagnosticTests } from './diagnostics.ts';
import { openSuite } from './editor.ts';
import { fixTests } from './fixes.ts';
import { schemaTests } from './schemas.ts';

export async function run(): Promise<void> {
  const suite = await openSuite();
  const outcomes = await runAll([...diagnosticTests, ...schemaTests, ...commandTests, ...fixTests], suite);
  await writeFile(join(__dirname, 'outcomes.json'), JSON.stringify(outcomes));
  if (outcomes.some((outcome) => outcome.error !== undefined)) {
    throw new Error('Some tests failed.');
  }
}
