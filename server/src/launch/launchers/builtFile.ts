// The source of a built JavaScript file: `dist/main.js` comes from `src/main.ts`. By tsconfig's `outDir` where it is
// read, else by the habits of the usual tools.

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri, relativePath } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { knownValue } from '../../facts/value.ts';
import { compilerOptions } from '../compilerOptions.ts';
import { buildImage } from '../image.ts';
import type { ContainerProcess } from '../launcher.ts';
import { foldersAbove, scriptFile } from '../modules/script.ts';
import { placesOf } from './buildCommands.ts';
import { bundledSource } from './bundledFile.ts';

const outputFolders = new Set(['dist', 'build', 'lib', 'out', 'output', 'compiled', 'js', '.output', 'bin', 'prod']);

/** The workspace file behind a container path: the file itself, or what it or its index was built from. */
export function sourceOfBuilt(process: ContainerProcess, containerPath: string): Uri | undefined {
  if (/\.[cm]?[jt]sx?$/.test(containerPath)) return sourceOfPath(process, containerPath);
  const main = mainOf(process, containerPath);
  const entry = main === undefined ? containerPath : joinUri(containerPath, main);
  const found = sourceOfPath(process, entry);
  // `"main": "lib"` is a folder as well.
  return found ?? (/\.[cm]?js$/.test(entry) ? undefined : sourceOfPath(process, joinUri(entry, 'index.js')));
}

/** `main` of the package that a folder is. */
function mainOf({ files, image }: ContainerProcess, folder: string): string | undefined {
  const uri = image.workspaceUri(joinUri(folder, 'package.json'));
  const manifest = uri === undefined ? undefined : factOf(files.facts(uri), 'packageManifest');
  return knownValue(manifest?.main);
}

function sourceOfPath(process: ContainerProcess, containerPath: string): Uri | undefined {
  return sourceInImage(process, containerPath) ?? sourceInStage(process, containerPath);
}

function sourceInImage(process: ContainerProcess, containerPath: string): Uri | undefined {
  const { files, image } = process;
  const target = image.workspaceUri(containerPath);
  if (target !== undefined) {
    // `bin/www` has no ending.
    if (files.exists(target)) return target;
    return scriptFile(files, target) ?? builtFrom(process, target);
  }
  // Only the output was copied, from a stage that holds the sources elsewhere: the build's folder is searched instead.
  const path = relativePath(process.workingDirectory, containerPath);
  if (process.context === undefined || path === undefined || path === '') return undefined;
  const guess = joinUri(process.context, path);
  return (
    scriptFile(files, guess) ?? builtFrom(process, guess) ?? scriptFile(files, joinUri(process.context, `src/${path}`))
  );
}

/** The source by the package that an earlier stage built: `COPY --from=build /src/backend/dist dist`. */
function sourceInStage(process: ContainerProcess, containerPath: string): Uri | undefined {
  const { build, files } = process;
  if (build === undefined) return undefined;
  for (const { stage, path } of placesOf(build.dockerfile, build.stage, containerPath)) {
    if (stage === build.stage) continue;
    const { files: stageFiles } = buildImage(build.dockerfile, stage, build.context, files);
    for (let folder = dirname(path); folder !== ''; folder = dirname(folder)) {
      const manifest = stageFiles.workspaceUri(`${folder}/package.json`);
      if (manifest === undefined || !files.exists(manifest)) continue;
      const found = builtFrom(process, joinUri(dirname(manifest), path.slice(folder.length + 1)));
      if (found !== undefined) return found;
      break;
    }
  }
  return undefined;
}

function builtFrom(process: ContainerProcess, target: Uri): Uri | undefined {
  for (const candidate of candidates(process, target)) {
    const found = scriptFile(process.files, candidate);
    if (found !== undefined) return found;
  }
  return bundledSource(process, target);
}

/** Places the source may stand at, likeliest first; without the file's ending. */
function candidates(process: ContainerProcess, target: Uri): readonly Uri[] {
  const stem = target.replace(/\.[cm]?js$/, '');
  const found: Uri[] = [];
  for (const folder of foldersAbove(target)) {
    found.push(...configuredSources(process, folder, stem));
    const rest = stem.slice(folder.length + 1).split('/');
    const [output = '', ...path] = rest;
    // https://sapper.svelte.dev/docs#server: what is built is src/server.js.
    if (output === '__sapper__') found.push(joinUri(folder, 'src/server'));
    if (!outputFolders.has(output) || path.length === 0) continue;
    const inner = path.join('/');
    found.push(joinUri(folder, `src/${inner}`), joinUri(folder, inner));
    // Monorepos of Nest and Nx: dist/apps/api/main.js comes from apps/api/src/main.ts.
    const name = path.at(-1) ?? '';
    found.push(joinUri(folder, [...path.slice(0, -1), 'src', name].join('/')));
    if (path.length > 1) found.push(joinUri(folder, `src/${path.slice(1).join('/')}`));
    // Angular renders by the application's own server: https://angular.dev/guide/ssr#configure-nodejs-server
    if (/(?:^|\/)server\/(?:server|main)$/.test(inner) && process.files.exists(joinUri(folder, 'angular.json'))) {
      found.push(joinUri(folder, 'src/server'), joinUri(folder, 'server'));
    }
  }
  return found;
}

/** Where the compiler takes a file from, by each configuration that the folder may be built with. */
function configuredSources(process: ContainerProcess, folder: Uri, stem: string): readonly Uri[] {
  const { files } = process;
  const names = [
    'tsconfig.build.json',
    'tsconfig.json',
    'tsconfig.app.json',
    'tsconfig.server.json',
    'tsconfig.prod.json',
  ];
  return names.flatMap((name) => {
    const uri = joinUri(folder, name);
    if (!files.exists(uri)) return [];
    const { outDir, rootDir } = compilerOptions(files, uri);
    if (outDir === undefined || !stem.startsWith(`${outDir}/`)) return [];
    const inner = stem.slice(outDir.length + 1);
    // Without rootDir the compiler takes the folder that all its files have in common.
    const roots = rootDir === undefined ? [joinUri(folder, 'src'), folder] : [rootDir];
    return roots.map((root) => joinUri(root, inner));
  });
}
