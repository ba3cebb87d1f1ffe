// Which files git ignores, by the .gitignore files met on the way down. Patterns only; which files git tracks all the
// same is read in `gitIndex.ts`.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The rules of one .gitignore; they count from its folder. `parent` is the next file up, which this one beats. */
export interface IgnoreRules {
  readonly rules: Ignore;
  /** Length of the folder's path with its slash, to cut candidates. */
  readonly prefixLength: number;
  readonly parent: IgnoreRules | undefined;
}

/** The repository that a folder is a part of. */
export interface Repository {
  readonly root: string;
  /** The rules above the folder: those of outer folders and of `.git/info/exclude`. */
  readonly rules: IgnoreRules | undefined;
}

/** Undefined where there is none, or where it ignores the folder: then it says nothing about the folder's inside. */
export function repositoryOf(folder: string): Repository | undefined {
  const root = repositoryRoot(folder);
  if (root === undefined) return undefined;
  let rules = addRules(undefined, root, readText(path.join(root, '.git', 'info', 'exclude')));
  const between = path.relative(root, folder).split(path.sep).filter(Boolean);
  let current = root;
  for (const segment of between) {
    rules = addRules(rules, current, readText(path.join(current, '.gitignore')));
    current = path.join(current, segment);
    if (isIgnored(rules, current, true)) return undefined;
  }
  return { root, rules };
}

/** Rules with those of a folder's own .gitignore on top. */
export function innerRules(parent: IgnoreRules | undefined, folder: string): IgnoreRules | undefined {
  return addRules(parent, folder, readText(path.join(folder, '.gitignore')));
}

export function isIgnored(rules: IgnoreRules | undefined, filePath: string, isFolder: boolean): boolean {
  for (let current = rules; current; current = current.parent) {
    const relative = filePath.slice(current.prefixLength);
    const portable = path.sep === '/' ? relative : relative.replaceAll(path.sep, '/');
    const result = current.rules.test(isFolder ? `${portable}/` : portable);
    if (result.ignored) return true;
    if (result.unignored) return false;
  }
  return false;
}

function addRules(parent: IgnoreRules | undefined, folder: string, text: string | undefined): IgnoreRules | undefined {
  if (text === undefined || text.trim() === '') return parent;
  const prefixLength = folder.endsWith(path.sep) ? folder.length : folder.length + 1;
  return { rules: ignore({ allowRelativePaths: true }).add(text), prefixLength, parent };
}

function repositoryRoot(folder: string): string | undefined {
  for (let current = folder; ; ) {
    if (statSync(path.join(current, '.git'), { throwIfNoEntry: false })) return current;
    const parent = path.dirname(current);
    if (parent === current) return undefined;
    current = parent;
  }
}

function readText(filePath: string): string | undefined {
  try {
    return readFileSync(filePath, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
