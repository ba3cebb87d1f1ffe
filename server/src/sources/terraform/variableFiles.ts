// Files that give a root's variables their values. Some are loaded by themselves; of the others nobody says which one a
// deployment takes, so that a value is known only where they agree.
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files

import { basename, relativePath, type Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { UnitFiles } from '../../facts/files.ts';
import { attributeOf, type HclAttribute } from '../../syntax/hcl/tree.ts';
import { isConfiguration } from './definitions.ts';

export interface VariableFiles {
  /** The later ones win. */
  readonly loaded: readonly Uri[];
  readonly chosen: readonly Uri[];
}

const VARIABLES = /\.tfvars(?:\.json)?$/;
const LOADED = /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/;
const SAMPLE = /example|sample|template/i;
const MAX_FILES = 30;

export function isVariableFile(uri: Uri): boolean {
  return VARIABLES.test(uri);
}

export function variableFiles(root: Uri, files: UnitFiles): VariableFiles {
  const own = variableFilesAmong(files.list(root));
  const loaded = own.filter((uri) => LOADED.test(basename(uri)));
  const rank = (uri: Uri): number => (basename(uri).startsWith('terraform.tfvars') ? 0 : 1);
  const others = own.filter((uri) => !LOADED.test(basename(uri)));
  const below = files.folders(root).flatMap((folder) => variableFilesBelow(folder, files, 2));
  return {
    loaded: loaded.toSorted((a, b) => rank(a) - rank(b)),
    chosen: [...others, ...below].filter((uri) => !SAMPLE.test(basename(uri))).slice(0, MAX_FILES),
  };
}

/** By listings, which are the same objects as long as no file comes or goes. */
const ofListing = new WeakMap<readonly Uri[], readonly Uri[]>();

function variableFilesAmong(listed: readonly Uri[]): readonly Uri[] {
  const known = ofListing.get(listed) ?? listed.filter(isVariableFile);
  ofListing.set(listed, known);
  return known;
}

/** Folders that are configurations of their own have variables of their own. */
function variableFilesBelow(folder: Uri, files: UnitFiles, depth: number): readonly Uri[] {
  if (basename(folder).startsWith('.') || basename(folder) === 'node_modules') return [];
  const own = files.list(folder);
  if (own.some(isConfiguration)) return [];
  const below = depth > 1 ? files.folders(folder).flatMap((inner) => variableFilesBelow(inner, files, depth - 1)) : [];
  return [...own.filter(isVariableFile), ...below];
}

export function assignment(uri: Uri, name: string, files: UnitFiles): HclAttribute | undefined {
  const file = factOf(files.facts(uri), 'terraformVariables');
  return file && attributeOf(file.body, name);
}

/** As the person who deploys would name it. */
export function choiceName(uri: Uri, root: Uri): string {
  return `with ${relativePath(root, uri) ?? basename(uri)}`;
}
