// Which file a `require` of Ruby means. Libraries are external; what lies beside the script or in a `lib` folder is the
// program's own.

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import { external, type ModuleResolver, type ModulesOptions, missing, type Resolution } from './resolver.ts';

export const rubyModules: ModuleResolver = { languages: ['ruby'], resolve: resolveRequire };

function resolveRequire(options: ModulesOptions, from: Uri, path: string): Resolution {
  const { files, image } = options;
  const name = /\.(?:rb|ru)$/.test(path) ? path : `${path}.rb`;
  const exists = (uri: Uri | undefined) => uri !== undefined && files.exists(uri);
  if (path.startsWith('.')) {
    // `require './x'` counts from the working directory, `require_relative` from the file.
    const places = [
      joinUri(dirname(from), name),
      ...options.containerFolders.map((folder) => image.workspaceUri(joinUri(folder, name))),
    ];
    const uri = places.find(exists);
    return uri === undefined ? missing : { kind: 'file', uri };
  }
  const own = [joinUri(dirname(from), `lib/${name}`), joinUri(dirname(dirname(from)), `lib/${name}`)].find(exists);
  return own === undefined ? external : { kind: 'file', uri: own };
}
