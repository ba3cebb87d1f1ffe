// package.json, as far as it says what `npm start` runs: scripts, main file, dependencies. Read only when a container
// leads to it.

import { locationOf } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { PackageManifest } from '../facts/configFile.ts';
import { parseJson } from '../syntax/json.ts';
import { childOf, type ObjectNode } from '../syntax/tree.ts';
import { editJson, editJsonAll } from './jsonEdits.ts';
import type { Source } from './source.ts';
import { ownerOf, placeOf, readString, stringValue } from './treeValues.ts';

export const packageManifest: Source = {
  id: 'packageManifest',
  discovery: 'onDemand',

  claims(uri) {
    return basename(uri) === 'package.json' ? 'yes' : 'no';
  },

  extract(file) {
    const { root, problems } = parseJson(file.text);
    return {
      uri: file.uri,
      source: 'packageManifest',
      facts: root?.kind === 'object' ? [readManifest(file.uri, root)] : [],
      problems: problems.map(({ span, message }) => ({ at: locationOf(file.uri, span.start, span.end), message })),
    };
  },

  edit: editJson,
  editAll: editJsonAll,
};

function readManifest(uri: Uri, node: ObjectNode): PackageManifest {
  const scripts = childOf(node, 'scripts');
  return {
    kind: 'packageManifest',
    at: placeOf(uri, node),
    scripts: (scripts?.kind === 'object' ? scripts.entries : []).map((entry) => ({
      name: entry.key,
      // `${PORT}` and the like are for the shell that runs the script.
      command:
        entry.value.kind === 'string'
          ? stringValue({ ...entry.value, template: false }, uri)
          : stringValue(entry.value, uri),
    })),
    name: readString(ownerOf(uri, node), 'name'),
    main: readString(ownerOf(uri, node, 'name'), 'main'),
    workspaces: workspacesOf(node),
    dependencies: ['dependencies', 'devDependencies'].flatMap((key) => {
      const list = childOf(node, key);
      return list?.kind === 'object' ? list.entries.map((entry) => entry.key) : [];
    }),
  };
}

/** A list of patterns, or yarn's object with such a list in `packages`. */
function workspacesOf(node: ObjectNode): readonly string[] {
  const given = childOf(node, 'workspaces');
  const list = given?.kind === 'object' ? childOf(given, 'packages') : given;
  return list?.kind === 'array' ? list.items.flatMap((item) => (item.kind === 'string' ? [item.value] : [])) : [];
}
