// Whether the image of a stage contains a command-line tool such as curl: from its base image, the packages that RUN
// installs and removes, and what COPY brings in. Undefined wherever that cannot be told.

import { baseImage } from '../aws/baseImages.ts';
import { basename, normalizePath } from '../base/uri.ts';
import { type Copy, type Dockerfile, type ImageCommand, stageChain } from '../facts/dockerfile.ts';
import { knownValue } from '../facts/value.ts';
import { type RunCommand, runCommands } from './runCommands.ts';

/** `true`, `false`, or undefined where it cannot be told. */
type Answer = boolean | undefined;

/** Packages that bring a tool of another name. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  curl: /^curl(?:-minimal|-full)?$/,
  wget: /^wget2?$/,
  nc: /^(?:nc|netcat|netcat-openbsd|netcat-traditional|nmap-ncat|netcat-gnu)$/,
};

/** Packages that need or recommend so many others that the tool may be among them; Chrome's needs wget. */
const LARGE =
  /^(?:google-chrome|chromium|microsoft-edge|texlive|libreoffice|r-base|awscli|snapd|devscripts|debhelper|task-|ubuntu-|gnome|xfce|kde-|plasma-|lxde|packagekit|calibre)/;

/** Package managers, and the words of theirs that install and remove. */
const INSTALLERS = /^(?:apt|apt-get|aptitude|apk|yum|dnf|microdnf|zypper|install_packages)$/;
const INSTALL = /^(?:install|add|in|reinstall|swap)$/;
const REMOVE = /^(?:remove|purge|del|erase|autoremove|rm)$/;

/** Commands that put no other tool on the path; all that are not named here may. */
const HARMLESS =
  /^(?:npm|npx|yarn|pnpm|corepack|node|bun|pip|pip3|python[\d.]*|pipenv|poetry|uv|go|cargo|rustup|mvn|mvnw|gradle|gradlew|java|javac|dotnet|bundle|bundler|gem|rails|rake|ruby|composer|php|pecl|docker-php-ext-[a-z]+|a2enmod|a2dismod|a2ensite|a2dissite|mix|chmod|chown|chgrp|useradd|adduser|groupadd|addgroup|usermod|passwd|chpasswd|mkdir|rm|rmdir|touch|set|export|unset|true|:|cd|ls|pwd|echo|printf|cat|test|which|head|tail|cut|tr|grep|awk|sort|sed|tee|sleep|date|find|xargs|uname|id|whoami|nproc|ldconfig|locale-gen|update-locale|update-ca-certificates|dpkg-reconfigure|dpkg|rpm|gpg|apt-key|add-apt-repository|setcap|umask|git|curl|wget|source|\.|collectstatic|tsc|vite|next|ng|webpack|nginx|strip|jlink|crontab|service)$/;

const BIN_FOLDERS = /^\/(?:usr\/|usr\/local\/)?s?bin$/;
/** The folders from which a copy takes along what packages installed. */
const PACKAGED = /^\/?(?:usr\/?)?(?:s?bin)?$/;
const ABOVE_BIN = /^\/(?:usr(?:\/local)?)?$/;

/** Whether the image that a stage builds has a tool on its path. */
export function imageHasTool(dockerfile: Dockerfile, stage: number, tool: string): boolean | undefined {
  return hasTool(stage, tool, { dockerfile, found: new Map() });
}

interface Search {
  readonly dockerfile: Dockerfile;
  /** The answers of stages asked before; a stage that asks for itself gets none. */
  readonly found: Map<number, Answer>;
}

function hasTool(stage: number, tool: string, search: Search): Answer {
  if (search.found.has(stage)) return search.found.get(stage);
  search.found.set(stage, undefined);
  const stages = stageChain(search.dockerfile, stage).toReversed();
  const reference = knownValue(stages[0]?.from);
  const base = reference === undefined ? undefined : baseImage(reference);
  let answer: Answer = base && Object.hasOwn(base.tools, tool) ? base.tools[tool] : undefined;
  const groups = new Map<string, readonly (string | undefined)[]>();
  for (const { instructions } of stages) {
    for (const instruction of instructions) {
      if (instruction.kind === 'run') answer = afterRun(instruction.command, tool, answer, groups);
      if (instruction.kind === 'copy') answer = afterCopy(instruction, tool, answer, search);
    }
  }
  search.found.set(stage, answer);
  return answer;
}

function afterRun(
  command: ImageCommand,
  tool: string,
  before: Answer,
  groups: Map<string, readonly (string | undefined)[]>,
): Answer {
  const { commands, complete } = runCommands(command);
  let answer = complete ? before : orUnknown(before);
  for (const each of commands) {
    const effect = effectOf(each, tool, groups);
    if (effect === 'installs') answer = each.conditional ? answer || undefined : true;
    else if (effect === 'removes') answer = each.conditional ? andUnknown(answer) : false;
    else if (effect === 'unsettles') answer = andUnknown(answer);
    else if (effect === 'unknown') answer = orUnknown(answer);
  }
  return answer;
}

/** A tool that is there stays there; one that is not may have come. */
function orUnknown(answer: Answer): Answer {
  return answer === true ? true : undefined;
}

/** A tool that is missing stays so; one that is there may have gone. */
function andUnknown(answer: Answer): Answer {
  return answer === false ? false : undefined;
}

/** `unsettles`: may be removed with what nothing needs any more. */
type Effect = 'installs' | 'removes' | 'unsettles' | 'unknown' | 'none';

function effectOf(
  { words, piped }: RunCommand,
  tool: string,
  groups: Map<string, readonly (string | undefined)[]>,
): Effect {
  const path = words[0];
  if (path === undefined) return 'unknown';
  const name = basename(path);
  if (INSTALLERS.test(name)) return packageEffect(name, words.slice(1), tool, groups);
  if (name === 'apt-mark') return words[1] === 'auto' ? 'unsettles' : 'none';
  // A download that is piped on is judged by the command that gets it.
  if (piped && /^(?:curl|wget)$/.test(name)) return 'none';
  if (/^(?:cp|mv|ln|install)$/.test(name)) return linkEffect(words, tool);
  if (/^(?:tar|unzip)$/.test(name))
    return words.some((word) => word === undefined || holdsTools(word)) ? 'unknown' : 'none';
  // It installs packages of the system for the browsers.
  if (words.some((word) => word === 'playwright' || word === 'puppeteer')) return 'unknown';
  const isLocalPath =
    path.includes('/') && !/^(?:\.\/)?(?:mvnw|gradlew)$/.test(path) && !/^\/(?:usr\/)?(?:local\/)?s?bin\//.test(path);
  return isLocalPath || !HARMLESS.test(name) ? 'unknown' : 'none';
}

function packageEffect(
  name: string,
  words: readonly (string | undefined)[],
  tool: string,
  groups: Map<string, readonly (string | undefined)[]>,
): Effect {
  const verbIndex = words.findIndex((word) => word !== undefined && (INSTALL.test(word) || REMOVE.test(word)));
  if (verbIndex < 0 && name !== 'install_packages') return 'none';
  const verb = words[verbIndex] ?? 'install';
  const names = words.slice(verbIndex + 1);
  if (INSTALL.test(verb)) {
    const virtual = names.findIndex((word) => word === '--virtual' || word === '-t');
    const group = virtual < 0 ? names.find((word) => word?.startsWith('--virtual='))?.slice(10) : names[virtual + 1];
    if (name === 'apk' && group !== undefined) groups.set(group, names);
    return listEffect(names, tool, 'installs');
  }
  const removed = names.flatMap((word) => [word, ...((word !== undefined && groups.get(word)) || [])]);
  const effect = listEffect(removed, tool, 'removes');
  return effect === 'unknown' ? 'none' : effect;
}

function listEffect(names: readonly (string | undefined)[], tool: string, effect: 'installs' | 'removes'): Effect {
  const wanted = Object.hasOwn(PACKAGES, tool) ? PACKAGES[tool] : undefined;
  const brings = names.some((word) => {
    // `curl=7.88.1-10`, `curl~=8`, `curl/stable`, `curl:amd64`.
    const name = word === undefined ? undefined : /^[^=~<>/:@]+/.exec(word)?.[0];
    return name !== undefined && (wanted ? wanted.test(name) : name === tool);
  });
  if (brings) return effect;
  const unsure = names.some(
    (word) => word === undefined || /\.(?:deb|rpm|apk)$/.test(word) || word.startsWith('@') || LARGE.test(word),
  );
  return unsure ? 'unknown' : 'none';
}

/** `cp`, `mv`, `ln -s` to the tool's own name, or of folders into a folder of tools. */
function linkEffect(words: readonly (string | undefined)[], tool: string): Effect {
  const target = words.at(-1);
  if (target === undefined) return 'unknown';
  if (basename(target) === tool) return 'installs';
  return holdsTools(target) ? 'unknown' : 'none';
}

function holdsTools(path: string): boolean {
  const folder = normalizePath(path);
  return BIN_FOLDERS.test(folder) || ABOVE_BIN.test(folder);
}

function afterCopy(copy: Copy, tool: string, before: Answer, search: Search): Answer {
  if (before === true) return true;
  const destination = knownValue(copy.destination);
  if (destination === undefined) return undefined;
  const target = normalizePath(destination);
  const isBin = BIN_FOLDERS.test(target);
  const renames = BIN_FOLDERS.test(target.slice(0, Math.max(0, target.lastIndexOf('/'))));
  if (!isBin && !renames && !ABOVE_BIN.test(target)) return before;
  if (renames && basename(target) === tool) return true;
  if (!isBin && renames) return before;
  if (copy.opaque) return undefined;
  let answer = before;
  for (const source of copy.sources) {
    const brought = brings(copy, knownValue(source), tool, target, search);
    if (brought === true && isBin) return true;
    if (brought !== false) answer = undefined;
  }
  return answer;
}

/** Whether one source of a COPY into a folder of tools, or above one, brings the tool. */
function brings(copy: Copy, source: string | undefined, tool: string, target: string, search: Search): Answer {
  if (source === undefined) return undefined;
  const path = normalizePath(source);
  if (basename(path) === tool) return true;
  const { from } = copy;
  if (from !== undefined && 'stage' in from) {
    // Package managers put tools nowhere else, so `/install` and `/usr/local` of another stage hold none of theirs.
    return PACKAGED.test(path) ? hasTool(from.stage, tool, search) : false;
  }
  const folder = /\/$|[*?]/.test(source) || /^s?bin$|^lib$|^usr$|^local$|^$|^\.$/.test(basename(path));
  if (from === undefined && target === '/') return false;
  return folder || !BIN_FOLDERS.test(target) ? undefined : false;
}
