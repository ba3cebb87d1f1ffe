// Installs code-server from the package registry: Microsoft's VS Code server and workbench, to be opened in a browser.
// https://github.com/coder/code-server/blob/main/docs/npm.md

import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './commands.ts';

/** The editor that the tests drive. Raise both on purpose: code-server refuses other major versions of Node. */
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** What compiling code-server's native modules needs, and the browser that opens it, as Debian names them. */
const debianPackages = [
  'build-essential',
  'python3',
  'pkg-config',
  'libkrb5-dev',
  'libsecret-1-dev',
  'libx11-dev',
  'libxkbfile-dev',
  'chromium',
];

export interface CodeServer {
  /** Such as "VS Code 1.139.1 (code-server 4.139.1)". */
  readonly name: string;
  readonly node: string;
  readonly serverMain: string;
}

export async function installCodeServer(cache: string, log: (line: string) => void): Promise<CodeServer> {
  await installDebianPackages(log);
  const home = join(cache, `code-server-${codeServerVersion}-node-${nodeVersion}`);
  if (!(await exists(home))) {
    log(`Installing code-server ${codeServerVersion}; this takes about three minutes, once.`);
    // Moved into place when complete, so that an interrupted installation is never taken for a whole one.
    const partial = `${home}.${process.pid}.partial`;
    await rm(partial, { recursive: true, force: true });
    await installPackages(partial);
    await rename(partial, home);
  }
  const vscode = join(home, 'node_modules/code-server/lib/vscode');
  const product = JSON.parse(await readFile(join(vscode, 'package.json'), 'utf8')) as { readonly version: string };
  return {
    name: `VS Code ${product.version} (code-server ${codeServerVersion})`,
    node: join(home, 'node_modules', nodePackage(), 'bin/node'),
    serverMain: join(vscode, 'out/server-main.js'),
  };
}

async function installDebianPackages(log: (line: string) => void): Promise<void> {
  const missing = await missingDebianPackages();
  if (missing.length === 0) {
    return;
  }
  if (process.getuid?.() !== 0) {
    throw new Error(`The editor tests need these packages; install them as root: apt-get install ${missing.join(' ')}`);
  }
  log(`Installing ${missing.join(', ')}.`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, minutes: 5 });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env, minutes: 15 });
}

async function missingDebianPackages(): Promise<readonly string[]> {
  const states = await Promise.all(
    debianPackages.map((name) =>
      run('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]).then(
        (status) => status.trim() === 'installed',
        (error: Error) => {
          if (error.message.includes('could not be started')) {
            // Not a Debian machine: the compiler says what it lacks.
            return true;
          }
          return false;
        },
      ),
    ),
  );
  return debianPackages.filter((_, index) => states[index] === false);
}

async function installPackages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Without it npm would install into the project around this folder.
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = [`code-server@${codeServerVersion}`, `${nodePackage()}@${nodeVersion}`];
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], { cwd: folder, minutes: 10 });
  const node = join(folder, 'node_modules', nodePackage());
  const env = {
    PATH: `${join(node, 'bin')}:${process.env.PATH ?? ''}`,
    // The script reads the version of Node from it.
    npm_config_user_agent: `npm/11 node/v${nodeVersion} ${process.platform} ${process.arch}`,
    // The headers lie in the package, so nothing is downloaded for compiling.
    npm_config_nodedir: node,
    npm_config_ignore_scripts: 'false',
  };
  await run('sh', ['./postinstall.sh'], { cwd: join(folder, 'node_modules/code-server'), env, minutes: 20 });
}

function nodePackage(): string {
  return `node-${process.platform}-${process.arch}`;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
