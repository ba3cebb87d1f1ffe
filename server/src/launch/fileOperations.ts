// What the commands of builds and entry scripts do to configuration files: `sed -i`, `envsubst <a >b`, `cp`, `mv`, `rm`,
// `ln`, `echo … >file`, `tee`. A command that is not known leaves doubt about the files it names.

import { joinUri, normalizePath } from '../base/uri.ts';
import type { Known, Value } from '../facts/value.ts';
import { dynamic, known } from '../facts/value.ts';
import { substituted } from './envsubst.ts';
import { matchesGlob } from './globs.ts';
import type { FileCommand } from './launcher.ts';
import { edited, readSedCommand, rewritten } from './sed.ts';
import { lastSegment, wordText } from './text.ts';
import { joinWord, sliceWord } from './words.ts';

/** Files by their absolute path; undefined where there is none in view. */
export interface FileTree {
  readonly read: (path: string) => Value<string> | undefined;
  /** The files directly in a folder, sorted. */
  readonly list: (folder: string) => readonly string[];
}

type Read = FileTree['read'];

export type FileOperation =
  /** `default`: only where the file is not there yet. */
  | {
      readonly kind: 'put';
      readonly path: string;
      readonly mode: 'replaces' | 'appends' | 'default';
      readonly content: (read: Read, before: Value<string> | undefined) => Value<string> | undefined;
    }
  /** A file or a folder; the path it comes from may end in a name with wildcards. */
  | { readonly kind: 'copy'; readonly from: string; readonly to: string; readonly moves: boolean }
  /** A symbolic link. */
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'remove'; readonly path: string }
  | {
      readonly kind: 'change';
      readonly path: string;
      readonly change: (text: Value<string>) => Value<string>;
    }
  | { readonly kind: 'doubt'; readonly concerns: (path: string) => boolean; readonly reason: string };

export function fileOperations(commands: readonly FileCommand[]): readonly FileOperation[] {
  return commands.flatMap((command, index) => operationsOf(command, commands.slice(0, index)));
}

/** Whether a path is meant by a path whose last name may have wildcards, or lies below it. */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length <= given.length && wanted.every((part, index) => matchesGlob(part, given[index] ?? ''));
}

/** Read files, or change what no server is configured by. */
const harmless = new Set(
  (
    'echo printf cat chmod chown chgrp touch mkdir ls test [ grep egrep which nginx apachectl apache2ctl a2enmod a2dismod ' +
    'caddy stat head tail wc diff find install-php-extensions docker-php-ext-install docker-php-ext-enable apk apt apt-get ' +
    'yum dnf microdnf dpkg rpm id useradd adduser usermod pip pip3 npm yarn composer curl wget gpg tar unzip pecl setcap ' +
    'service systemctl php php-fpm supervisord exec rc-update update-rc.d mkfifo true export source . crontab git dirname ' +
    'basename docker-php-ext-configure amazon-linux-extras sleep date gunicorn python python3 node'
  ).split(' '),
);

function operationsOf(command: FileCommand, before: readonly FileCommand[]): readonly FileOperation[] {
  const name = lastSegment(wordText(command.words[0] ?? nothing));
  const operations: FileOperation[] = [];
  if (command.writes !== undefined) {
    const path = pathOf(command, command.writes.path);
    // No server is configured in a home folder.
    if (path === undefined && /^(?:~|\$\{?HOME\b)/.test(wordText(command.writes.path))) return [];
    if (path === undefined) return [doubtOfAll(command)];
    operations.push(written(path, command.writes.appends, command, before));
  }
  return [...operations, ...effects(name, command, before)];
}

const nothing: Value<string> = known('', { uri: '', span: { start: 0, end: 0 } });

function effects(name: string, command: FileCommand, before: readonly FileCommand[]): readonly FileOperation[] {
  const words = plainWords(command);
  switch (name) {
    case 'sed':
      return sedOperations(command);
    case 'cp':
    case 'mv':
    case 'ln':
    case 'install':
      return copies(name, command, words);
    case 'rm':
    case 'unlink':
      return words.map((word) => {
        const path = pathOf(command, word);
        return path === undefined ? doubtOfAll(command) : { kind: 'remove', path };
      });
    case 'tee':
      return words.flatMap((word): readonly FileOperation[] => {
        const path = pathOf(command, word);
        const appends = command.words.some((flag) => wordText(flag) === '-a');
        return path === undefined ? [doubtOfAll(command)] : [written(path, appends, command, before)];
      });
    case 'a2ensite':
    case 'a2dissite':
      return words.flatMap((word) => apacheSite(name, wordText(word)));
    case 'envsubst':
    case 'awk':
      return [];
    default:
      return harmless.has(name) ? [] : [doubtOfNamed(command)];
  }
}

/** https://manpages.debian.org/a2ensite */
function apacheSite(name: string, site: string): readonly FileOperation[] {
  const file = site.endsWith('.conf') ? site : `${site}.conf`;
  const enabled = `/etc/apache2/sites-enabled/${file}`;
  if (name === 'a2dissite') return [{ kind: 'remove', path: enabled }];
  return [{ kind: 'copy', from: `/etc/apache2/sites-available/${file}`, to: enabled, moves: false }];
}

/** The words that are no options. */
function plainWords(command: FileCommand): readonly Value<string>[] {
  return command.words.slice(1).filter((word) => !/^-./.test(wordText(word)));
}

function pathOf(command: FileCommand, word: Value<string>): string | undefined {
  return word.state === 'known' ? normalizePath(joinUri(command.workingDirectory, word.value)) : undefined;
}

/** What `sed -i` does to files. */
function sedOperations(command: FileCommand): readonly FileOperation[] {
  const sed = readSedCommand(command);
  if (sed !== undefined && !sed.inPlace) return [];
  return (sed?.files ?? plainWords(command)).map((file): FileOperation => {
    const path = pathOf(command, file);
    if (path === undefined) return doubtOfAll(command);
    const change = (text: Value<string>) => (sed === undefined ? rewritten(command.step) : edited(text, sed));
    return { kind: 'change', path, change };
  });
}

function copies(name: string, command: FileCommand, words: readonly Value<string>[]): readonly FileOperation[] {
  const target = words.at(-1);
  if (target === undefined || words.length < 2) return [];
  const to = pathOf(command, target);
  if (to === undefined) return [doubtOfAll(command)];
  const folder = words.length > 2 || wordText(target).endsWith('/') ? `${to}/` : to;
  return words.slice(0, -1).map((word) => {
    const from = pathOf(command, word);
    if (from === undefined) return doubtOf(to, command);
    // A relative link counts from the folder it stands in.
    const source =
      name === 'ln' && !wordText(word).startsWith('/') ? normalizePath(`${to}/../${wordText(word)}`) : from;
    return { kind: 'copy', from: source, to: folder, moves: name === 'mv' };
  });
}

function doubtOf(path: string, command: FileCommand): FileOperation {
  return { kind: 'doubt', concerns: (asked) => matchesPath(path, asked), reason: rewrites(command) };
}

function doubtOfNamed(command: FileCommand): FileOperation {
  const text = command.words.map(wordText).join(' ');
  return { kind: 'doubt', concerns: (path) => text.includes(path), reason: rewrites(command) };
}

/** Writes to a path that is not known. */
function doubtOfAll(command: FileCommand): FileOperation {
  const text = command.step.text;
  const folders = /(?:\/[\w.-]+)+\//.exec(text)?.[0];
  return {
    kind: 'doubt',
    concerns: (path) => folders === undefined || path.startsWith(folders),
    reason: rewrites(command),
  };
}

function rewrites({ step }: FileCommand): string {
  return `\`${step.text}\` may rewrite it`;
}

function written(path: string, appends: boolean, command: FileCommand, before: readonly FileCommand[]): FileOperation {
  return {
    kind: 'put',
    path,
    mode: appends ? 'appends' : 'replaces',
    content: (read, text) => {
      const from = appends || command.reads === undefined ? undefined : pathOf(command, command.reads);
      // The shell empties the file before the command reads it: `envsubst <a >a`.
      if (from === path) return known('', command.step.at);
      const added = output(command, before, read, 0);
      if (!appends || text === undefined) return added;
      if (text.state !== 'known') return text;
      return added.state === 'known' ? joinWord([text, added], added.at) : added;
    },
  };
}

/** What a command prints. */
function output(command: FileCommand, before: readonly FileCommand[], read: Read, depth: number): Value<string> {
  const name = lastSegment(wordText(command.words[0] ?? nothing));
  const words = plainWords(command);
  const input = () => inputOf(command, before, read, depth);
  switch (name) {
    case 'cat':
    case 'tee':
      return name === 'cat' && words.length > 0 ? filesText(command, words, read) : input();
    case 'envsubst':
      return substituted(input(), command);
    case 'sed': {
      const script = readSedCommand(command);
      if (script === undefined) return unread(command);
      return edited(script.files.length > 0 ? filesText(command, script.files, read) : input(), script);
    }
    case 'echo':
    case 'printf':
      return printed(name, command);
    default:
      return unread(command);
  }
}

function unread(command: FileCommand): Value<string> {
  return dynamic(command.step.text, command.step.at, `\`${command.step.text}\` writes it`);
}

function inputOf(command: FileCommand, before: readonly FileCommand[], read: Read, depth: number): Value<string> {
  if (command.input !== undefined) return command.input;
  if (command.reads !== undefined) return filesText(command, [command.reads], read);
  const previous = before.at(-1);
  const isAlone = previous?.pipe === 'continues' || before.at(-2)?.pipe !== 'starts';
  if (command.pipe !== 'continues' || previous === undefined || previous.pipe === 'none' || !isAlone || depth > 8) {
    return unread(command);
  }
  return output(previous, before.slice(0, -1), read, depth + 1);
}

function filesText(command: FileCommand, words: readonly Value<string>[], read: Read): Value<string> {
  const texts: Known<string>[] = [];
  for (const word of words) {
    const path = pathOf(command, word);
    const text = path === undefined ? undefined : read(path);
    if (text === undefined) {
      return dynamic(wordText(word), word.at, `${wordText(word)} is not among the files in view`);
    }
    if (text.state !== 'known') return text;
    texts.push(text);
  }
  return joinWord(texts, command.step.at);
}

/** `echo "a" "b"`, `echo -e`, `printf 'a\n'`; formats with values are not read. */
function printed(name: string, command: FileCommand): Value<string> {
  const words = command.words.slice(1);
  const isPrintf = name === 'printf';
  const flags = isPrintf ? 0 : words.findIndex((word) => !/^-[neE]+$/.test(wordText(word)));
  const given = flags < 0 ? [] : words.slice(flags);
  const parts: Known<string>[] = [];
  for (const word of given) {
    if (word.state !== 'known') return word;
    if (parts.length > 0) parts.push(known(' ', word.at));
    parts.push(word);
  }
  if (isPrintf && (given.length !== 1 || /%(?!%)/.test(parts[0]?.value ?? ''))) return unread(command);
  parts.push(known('\n', command.step.at));
  const text = joinWord(parts, command.step.at);
  return unescaped(text);
}

/** `\n` and `\t`, which dash's echo reads too. */
function unescaped(text: Known<string>): Known<string> {
  if (!text.value.includes('\\')) return text;
  const parts: Known<string>[] = [];
  let offset = 0;
  for (const match of text.value.matchAll(/\\([nt])/g)) {
    if (match.index > offset) parts.push(sliceWord(text, offset, match.index));
    parts.push(known(match[1] === 'n' ? '\n' : '\t', text.at));
    offset = match.index + match[0].length;
  }
  if (offset < text.value.length) parts.push(sliceWord(text, offset));
  return joinWord(parts, text.at);
}
