// Templates in `addons/` beside a Copilot manifest: their outputs become variables of the containers.
// https://aws.github.io/copilot-cli/docs/developing/addons/workload/

import { locationOf } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { UnitFiles } from '../../facts/files.ts';
import type { Manifest } from './manifest.ts';

export function injectedVariables(folder: Uri, files: UnitFiles): Manifest['injected'] {
  return files.list(folder).flatMap((uri) => {
    const template = /\.ya?ml$/.test(uri) ? factOf(files.facts(uri, 'stackTemplate'), 'stackTemplate') : undefined;
    return (template?.outputs ?? []).map(({ name, value }) => ({
      name: variableName(name),
      at: locationOf(uri, value.span.start, value.span.end),
    }));
  });
}

/** `MyTableName` gives `MY_TABLE_NAME`. */
function variableName(output: string): string {
  return output
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toUpperCase();
}
