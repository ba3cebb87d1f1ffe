// What the numbers of the bench are compared with: a process that lists a folder and reads, with nothing but `fs`, the
// files named in a list. Prints how long the reading alone took.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [root, list] = process.argv.slice(2);
const folders = [root];
for (let folder = folders.pop(); folder; folder = folders.pop()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) folders.push(path.join(folder, entry.name));
  }
}
const start = performance.now();
const texts = readFileSync(list, 'utf8')
  .split('\n')
  .map((file) => readFileSync(file, 'utf8'));
process.stdout.write(String(performance.now() - start));
process.exitCode = texts.length > 0 ? 0 : 2;
