// Which file a `require` of PHP means: one beside the file that names it, else one in the working directory.

import { dirname, joinUri, type Uri } from '../../base/uri.ts';
import { external, type ModuleResolver, type ModulesOptions, missing, type Resolution } from './resolver.ts';

export const phpModules: ModuleResolver = { languages: ['php'], resolve: resolveInclude };

function resolveInclude(options: ModulesOptions, from: Uri, path: string): Resolution {
  if (/(?:^|\/)vendor\//.test(path)) return external;
  if (!path.startsWith('./')) return missing;
  const places = [joinUri(dirname(from), path), ...options.folders.map((folder) => joinUri(folder, path))];
  const uri = places.find((place) => options.files.exists(place));
  return uri === undefined ? missing : { kind: 'file', uri };
}
