// `npm run generate`: writes everything generated and prints what changed. `--check` only prints, and fails where
// something is stale.

import { fileURLToPath } from 'node:url';
import { staleFiles } from './generated.ts';

const check = process.argv.includes('--check');
const root = fileURLToPath(new URL('../../..', import.meta.url));
const stale = await staleFiles(root, { write: !check });

for (const path of stale) console.log(`${check ? 'stale' : 'changed'} ${path}`);
if (stale.length === 0) console.log('Everything generated is up to date.');
if (check && stale.length > 0) {
  console.log('Run `npm run generate`.');
  process.exitCode = 1;
}
