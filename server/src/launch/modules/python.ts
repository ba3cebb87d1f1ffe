// Which file a Python import means.

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import type { Files } from '../files.ts';
import { external, type ModuleResolver, type ModulesOptions, missing, type Resolution } from './resolver.ts';

export const pythonModules: ModuleResolver = {
  languages: ['python'],
  resolve: resolvePython,
  submodule: (files, folder, name) => pythonModule(files, (path) => joinUri(folder, path), name) ?? missing,
};

function resolvePython(options: ModulesOptions, from: Uri, specifier: string): Resolution {
  const { files, image } = options;
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).split('.').filter(Boolean).join('/');
  if (dots > 0) {
    let folder = dirname(from);
    for (let level = 1; level < dots; level++) folder = dirname(folder);
    if (path === '') return packageAt(files, folder);
    return pythonModule(files, (relative) => joinUri(folder, relative), path) ?? missing;
  }
  if (path === '') return external;
  for (const folder of options.folders) {
    const found = pythonModule(files, (relative) => joinUri(folder, relative), path);
    if (found !== undefined) return found;
  }
  for (const folder of options.containerFolders) {
    const found = pythonModule(files, (relative) => image.workspaceUri(`${folder}/${relative}`), path);
    if (found !== undefined) return found;
  }
  return external;
}

function packageAt(files: Files, folder: Uri): Resolution {
  const init = joinUri(folder, '__init__.py');
  return files.exists(init) ? { kind: 'file', uri: init } : { kind: 'folder', uri: folder };
}

function pythonModule(files: Files, locate: (path: string) => Uri | undefined, path: string): Resolution | undefined {
  for (const candidate of [`${path}.py`, `${path}/__init__.py`]) {
    const uri = locate(candidate);
    if (uri !== undefined && files.exists(uri)) return { kind: 'file', uri };
  }
  const init = locate(`${path}/__init__.py`);
  const folder = init === undefined ? undefined : dirname(init);
  return folder !== undefined && files.folderExists(folder) ? { kind: 'folder', uri: folder } : undefined;
}
