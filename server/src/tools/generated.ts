// Everything generated, and the writing of it. Each generator says what its files should hold; this compares and writes.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rules } from '../rules/index.ts';
import { ecsSchemas } from './ecsSchemas.ts';
import { packageManifest } from './packageManifest.ts';
import { RULE_PAGES, rulePages } from './rulePages.ts';
import { settingsSchema } from './settingsSchema.ts';

export interface GeneratedFile {
  /** Relative to the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** What every generated file should hold. */
async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  return [...ecsSchemas(), settingsSchema(rules), ...rulePages(rules), packageManifest(manifest, rules)];
}

/** Paths of files that do not hold what they should, or should not be there. With `write` they are put right. */
export async function staleFiles(root: string, options: { readonly write: boolean }): Promise<readonly string[]> {
  const stale: string[] = [];
  const files = await generatedFiles(root);
  for (const { path, text } of files) {
    const target = join(root, path);
    if ((await currentText(target)) === text) continue;
    stale.push(path);
    if (!options.write) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  for (const path of await orphans(root, files)) {
    stale.push(path);
    if (options.write) await rm(join(root, path));
  }
  return stale;
}

/** Undefined where there is no such file. */
async function currentText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Pages of rules that are gone. */
async function orphans(root: string, files: readonly GeneratedFile[]): Promise<readonly string[]> {
  const wanted = new Set(files.map((file) => file.path));
  const names = await readdir(join(root, RULE_PAGES)).catch((): string[] => []);
  return names.map((name) => `${RULE_PAGES}/${name}`).filter((path) => path.endsWith('.md') && !wanted.has(path));
}
