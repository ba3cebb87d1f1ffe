// The one interface of a language's imports: which file of the workspace does an import mean.

import type { Uri } from '../../base/uri.ts';
import type { Files } from '../files.ts';
import type { ImageFiles } from '../launcher.ts';

export type Resolution =
  /** A program, or a file of settings. */
  | { readonly kind: 'file'; readonly uri: Uri }
  /** Several files that are one module: a Go package. */
  | { readonly kind: 'files'; readonly uris: readonly Uri[] }
  /** A Python package without `__init__.py`. */
  | { readonly kind: 'folder'; readonly uri: Uri }
  /** A library. */
  | { readonly kind: 'external' }
  /** The program's own, but not in view. */
  | { readonly kind: 'missing' };

export interface ModulesOptions {
  readonly files: Files;
  readonly image: ImageFiles;
  /** The file that is started as main. */
  readonly main: Uri | undefined;
  /** Folders of the workspace, then of the container, that absolute Python imports count from. */
  readonly folders: readonly Uri[];
  readonly containerFolders: readonly string[];
}

export interface ModuleResolver {
  /** Ids of the languages whose imports it follows. */
  readonly languages: readonly string[];
  resolve(options: ModulesOptions, from: Uri, specifier: string): Resolution;
  /** A submodule of a package folder, where the language has such. */
  submodule?(files: Files, folder: Uri, name: string): Resolution;
}

export const external: Resolution = { kind: 'external' };
export const missing: Resolution = { kind: 'missing' };
