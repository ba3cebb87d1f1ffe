// Files that a launcher reads beside the program: package.json, .env, shell scripts and plain key-value settings.

import type { Location } from '../base/text.ts';
import type { Value } from './value.ts';

export interface PackageManifest {
  readonly kind: 'packageManifest';
  readonly at: Location;
  readonly scripts: readonly { readonly name: string; readonly command: Value<string> }[];
  readonly name: Value<string>;
  readonly main: Value<string>;
  /** Folders of the workspace's packages, as patterns: `packages/*`. */
  readonly workspaces: readonly string[];
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

/**
 * The configuration of a server or supervisor: nginx.conf, Caddyfile, supervisord.conf. Its text is kept as it is, since
 * builds and entry scripts rewrite it (`sed`, `envsubst`) before the server reads it.
 */
export interface ServerConfig {
  readonly kind: 'serverConfig';
  readonly at: Location;
  readonly text: string;
}

/** `.dockerignore`: patterns from the context's root, in file order. */
export interface DockerIgnore {
  readonly kind: 'dockerIgnore';
  readonly at: Location;
  readonly patterns: readonly { readonly parts: readonly string[]; readonly negated: boolean }[];
}

/**
 * A tree of settings flattened to dotted keys: `server.port`, `servers[0].name`, `section.key` of INI files. Entries
 * stand in file order; where a key is repeated, most readers take the last one.
 */
export interface ConfigFile {
  readonly kind: 'configFile';
  readonly format: 'yaml' | 'json' | 'toml' | 'ini' | 'properties' | 'xml' | 'hocon';
  readonly at: Location;
  readonly entries: readonly ConfigEntry[];
  /** False where a syntax problem, a template or the file's size may hide entries. */
  readonly complete: boolean;
}

export interface ConfigEntry {
  readonly key: string;
  /** Text as the format decodes it; `${PORT:8080}` stands as it is, for the program that reads the file to expand. */
  readonly value: Value<string>;
  /** Which document of a file with several (`---` in YAML, `#---` in properties), from 0. */
  readonly document: number;
}

/** What a settings file says at a key, in any of its documents; undefined where it says nothing. */
export function settingOf(file: ConfigFile | undefined, key: string): Value<string> | undefined {
  return file?.entries.findLast((entry) => entry.key === key)?.value;
}
