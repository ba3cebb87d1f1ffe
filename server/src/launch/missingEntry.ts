// A script that the command names and that the image surely does not hold. Says so only where every way the file could
// come into the image is in view: no base image, no RUN and no unseen copy may bring it.

import type { Location } from '../base/text.ts';
import { joinUri } from '../base/uri.ts';
import type { Known, Step, Value } from '../facts/value.ts';
import type { ContainerProcess } from './launcher.ts';
import { lastSegment } from './text.ts';

const LONGEST_RUN = 4000;

export interface MissingEntry {
  readonly path: string;
  readonly at: Location;
  readonly because: readonly Step[];
}

const interpreters = /^(?:python[\d.]*|node|nodejs|sh|bash|ash|dash|ruby|php|perl)$/;
const wrappers = /^(?:tini|dumb-init|docker-entrypoint\.sh|exec|env)$/;
const scriptEnding = /\.(?:py|m?js|cjs|sh|bash|rb|php|pl)$/;
/** Folders that base images and package managers fill. */
const foreignFolders =
  /^\/(?:usr|bin|sbin|lib|lib64|etc|opt\/(?:venv|conda)|root\/\.local|nix|home\/linuxbrew)\/|node_modules|site-packages/;
/** Folders that a build writes. */
const builtFolders =
  /\/(?:dist|build|out|lib|output|target|bin|vendor|public|\.next|\.output|\.venv|venv|standalone)\//;

export function missingEntry(process: ContainerProcess, runs: readonly string[]): MissingEntry | undefined {
  // An image that nobody here knows may hold any file.
  if (!process.image.complete || process.base === undefined) return undefined;
  const word = scriptWord(process.argv);
  if (word === undefined) return undefined;
  const path = joinUri(process.workingDirectory, word.value);
  if (!scriptEnding.test(path) || foreignFolders.test(path) || builtFolders.test(`${path}`)) return undefined;
  const uri = process.image.workspaceUri(path);
  // A file that a folder's copy would bring may be made before the build, by a step that is not in view.
  if (uri !== undefined) return undefined;
  if (mayBeMade(runs, path)) return undefined;
  return { path, at: word.at, because: process.trail };
}

/** The first script among the leading words: `python -u app.py`, `tini -- ./start.sh`. */
function scriptWord(argv: readonly Value<string>[]): Known<string> | undefined {
  let seenInterpreter = false;
  for (const word of argv.slice(0, 6)) {
    if (word.state !== 'known') return undefined;
    const name = lastSegment(word.value);
    if (interpreters.test(name) || wrappers.test(name)) {
      seenInterpreter = true;
      continue;
    }
    if (word.value === '-u' || word.value === '--') continue;
    if (word.value.startsWith('-')) return undefined;
    return seenInterpreter || word.value.includes('/') ? word : undefined;
  }
  return undefined;
}

/** Commands that install, tidy or set rights, and write no program of the workspace's own. */
const harmless =
  /^(?:sudo |exec |set |export |cd |mkdir |chmod |chown |rm |true\b|:|pip3? (?:install|cache)|python[\d.]* -m pip |apt-get |apt |apk |yum |dnf |microdnf |update-ca-certificates|npm (?:ci|install|i|cache|config|set)\b|yarn(?: install| cache| --|$)|pnpm (?:i|install)\b|corepack |poetry (?:install|config)|uv (?:sync|pip )|pipenv (?:install|sync)|useradd |groupadd |adduser |addgroup |usermod |ln -sf? \/usr|locale-gen|dpkg|gem |bundle install)/;

/** Whether a RUN line does anything else than installing, or names the file. */
function mayBeMade(texts: readonly string[], path: string): boolean {
  const stem = lastSegment(path).replace(/\.\w+$/, '');
  return texts.some((text) => {
    if (text.includes(`${stem}.`) || text.length > LONGEST_RUN) return true;
    const commands = text.split(/&&|\|\||[;|\n]/).map((command) => command.trim());
    return commands.some((command) => command !== '' && !harmless.test(`${command} `));
  });
}
