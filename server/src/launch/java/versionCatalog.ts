// Gradle's version catalog, `gradle/libs.versions.toml`: which library or plugin an alias means.
// https://docs.gradle.org/current/userguide/version_catalogs.html

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Known } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';

export interface VersionCatalog {
  /** The libraries behind `catalog:alias`; anything else is itself. */
  resolve(dependency: Known<string>): readonly Known<string>[];
  plugin(name: string): readonly string[];
}

const CATALOG = 'catalog:';

export function versionCatalog(process: ContainerProcess, folder: Uri): VersionCatalog {
  const file = catalogFile(process, folder);
  const libraries = new Map<string, string>();
  const bundles = new Map<string, string[]>();
  const plugins = new Map<string, string>();
  for (const { key, value } of file?.entries ?? []) {
    const [table, name = '', ...rest] = key.split('.');
    if (value.state !== 'known') continue;
    const alias = plain(name.replace(/\[\d+\]$/, ''));
    if (table === 'bundles') bundles.set(alias, [...(bundles.get(alias) ?? []), plain(value.value)]);
    if (table === 'plugins' && (rest.length === 0 || rest[0] === 'id')) plugins.set(alias, withoutVersion(value.value));
    if (table !== 'libraries') continue;
    if (rest.length === 0 || rest[0] === 'module') libraries.set(alias, value.value);
    else if (rest[0] === 'group') libraries.set(alias, `${value.value}:${libraries.get(alias) ?? ''}`);
    else if (rest[0] === 'name') libraries.set(alias, (libraries.get(alias) ?? '') + value.value);
  }
  return {
    resolve(dependency) {
      if (!dependency.value.startsWith(CATALOG)) return [dependency];
      const alias = plain(dependency.value.slice(CATALOG.length));
      const names = alias.startsWith('bundles-') ? (bundles.get(alias.slice('bundles-'.length)) ?? []) : [alias];
      return names.map((name) => ({ ...dependency, value: libraries.get(name) ?? `${CATALOG}${name}` }));
    },
    plugin: (name) => [plugins.get(plain(name)) ?? name],
  };
}

function catalogFile(process: ContainerProcess, folder: Uri): ConfigFile | undefined {
  let current = folder;
  for (let level = 0; level < 4 && current.includes('://'); level++) {
    const uri = joinUri(current, 'gradle/libs.versions.toml');
    if (process.files.exists(uri)) return factOf(process.files.facts(uri), 'configFile');
    current = dirname(current);
  }
  return undefined;
}

/** Aliases are written with dashes, dots or underscores. */
function plain(alias: string): string {
  return alias.replace(/[._]/g, '-');
}

function withoutVersion(plugin: string): string {
  return plugin.split(':', 1)[0] ?? plugin;
}
