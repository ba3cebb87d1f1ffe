// Which file of the workspace an import of Java or Kotlin means: packages follow folders below a source root.

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import type { Files } from '../files.ts';
import { external, type ModuleResolver, type ModulesOptions, type Resolution } from './resolver.ts';

const extensions = ['.java', '.kt'];

export const javaModules: ModuleResolver = {
  languages: ['java', 'kotlin'],
  resolve: resolveName,
};

function resolveName({ files, folders }: ModulesOptions, from: Uri, name: string): Resolution {
  if (name === '.') return filesIn(files, dirname(from), '.kt') ?? external;
  const roots = [...sourceRoots(from), ...folders];
  if (name.startsWith('./'))
    return classFile(files, [dirname(from), ...sisterFolders(from)], name.slice(2)) ?? external;
  const isPackage = name.endsWith('.*');
  const path = name.replace(/\.\*$/, '').replaceAll('.', '/');
  if (isPackage) {
    for (const root of roots) {
      const found = filesIn(files, joinUri(root, path), '.java') ?? filesIn(files, joinUri(root, path), '.kt');
      if (found !== undefined) return found;
    }
    return external;
  }
  return classFile(files, roots, path) ?? external;
}

/** `src/main/java` of the file, and `src/main/kotlin` beside it. */
function sourceRoots(from: Uri): readonly Uri[] {
  const found = /^(.*\/src\/\w+)\/(?:java|kotlin)\//.exec(from)?.[1];
  return found === undefined ? [] : [`${found}/java`, `${found}/kotlin`];
}

/** The same package in the other language's folder. */
function sisterFolders(from: Uri): readonly Uri[] {
  const folder = dirname(from);
  return [folder.replace('/src/main/java', '/src/main/kotlin'), folder.replace('/src/main/kotlin', '/src/main/java')];
}

/** The file of a class, or of the class that it is a member of. */
function classFile(files: Files, roots: readonly Uri[], path: string): Resolution | undefined {
  for (const candidate of [path, dirname(path)]) {
    if (candidate === '') continue;
    for (const root of roots) {
      for (const extension of extensions) {
        const uri = joinUri(root, candidate + extension);
        if (files.exists(uri)) return { kind: 'file', uri };
      }
    }
  }
  return undefined;
}

function filesIn(files: Files, folder: Uri, extension: string): Resolution | undefined {
  const uris = files.list(folder).filter((uri) => uri.endsWith(extension));
  return uris.length === 0 ? undefined : { kind: 'files', uris };
}
