// Folders for the tests: copies of the test workspaces that a test may write to, gone when the tests are done.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made: string[] = [];
process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

export interface Folder {
  readonly path: string;
  file(name: string): string;
  read(name: string): string;
  write(name: string, text: string): void;
}

export function emptyFolder(name = 'workspace'): Folder {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'steadystate-lsp-')));
  made.push(parent);
  const folder = path.join(parent, name);
  mkdirSync(folder);
  const file = (relative: string): string => path.join(folder, relative);
  return {
    path: folder,
    file,
    read: (relative) => readFileSync(file(relative), 'utf8'),
    write(relative, text) {
      mkdirSync(path.dirname(file(relative)), { recursive: true });
      writeFileSync(file(relative), text);
    },
  };
}

export function folderWith(files: Readonly<Record<string, string>>, name?: string): Folder {
  const folder = emptyFolder(name);
  for (const [relative, text] of Object.entries(files)) folder.write(relative, text);
  return folder;
}

export function copyOf(workspace: string): Folder {
  const folder = emptyFolder(workspace);
  cpSync(path.resolve(import.meta.dirname, '../workspaces', workspace), folder.path, { recursive: true });
  return folder;
}
