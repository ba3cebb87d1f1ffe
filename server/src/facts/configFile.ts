// Files that a launcher reads beside the program: package.json, .env, shell scripts and plain key-value settings.

import type { Location } from '../base/text.ts';
import type { Value } from './value.ts';

export interface PackageManifest {
  readonly kind: 'packageManifest';
  readonly at: Location;
  readonly scripts: readonly { readonly name: string; readonly command: Value<string> }[];
  readonly main: Value<string>;
  /** Names in `dependencies` and `devDependencies`. */
  readonly dependencies: readonly string[];
}

/** `.env` and its like: entries in file order. */
export interface EnvironmentFile {
  readonly kind: 'environmentFile';
  readonly at: Location;
  readonly entries: readonly { readonly name: string; readonly value: Value<string> }[];
}

/** A shell script; `launch/` reads it with the shell grammar. */
export interface ShellScript {
  readonly kind: 'shellScript';
  readonly at: Location;
  readonly text: string;
}

/** A tree of settings flattened to dotted keys: `server.port`. */
export interface ConfigFile {
  readonly kind: 'configFile';
  /** The source's id: `tsconfig`, `springProperties`. */
  readonly format: string;
  readonly at: Location;
  readonly entries: readonly { readonly key: string; readonly value: Value<string> }[];
}
