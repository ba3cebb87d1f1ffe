// A Caddyfile as Caddy reads it: variables filled in, imports followed, lines in their blocks. What a site's address opens
// is left to `addresses.ts`. https://caddyserver.com/docs/caddyfile/concepts

import { dirname } from '../../base/uri.ts';
import type { Known } from '../../facts/value.ts';
import { parseConfigLines } from '../../syntax/configLines.ts';
import { filledText, filling } from '../envsubst.ts';
import type { FileTree } from '../fileOperations.ts';
import { matchesGlob } from '../globs.ts';
import type { ContainerProcess } from '../launcher.ts';
import { lastSegment } from '../text.ts';
import { sliceWord } from '../words.ts';

/** A line, with the lines of the block that it opens. */
export interface CaddyLine {
  readonly words: readonly Known<string>[];
  readonly body: readonly CaddyLine[] | undefined;
}

export interface Caddyfile {
  readonly options: readonly CaddyLine[];
  readonly sites: readonly CaddySite[];
}

export interface CaddySite {
  readonly addresses: readonly Known<string>[];
  readonly body: readonly CaddyLine[];
}

const MOST_IMPORTS = 300;
const MOST_DEPTH = 40;

interface Reading {
  readonly process: ContainerProcess;
  readonly texts: FileTree;
  readonly snippets: Map<string, readonly CaddyLine[]>;
  imports: number;
  problem: string | undefined;
}

/** Undefined where the file is not there. */
export function readCaddyfile(
  process: ContainerProcess,
  texts: FileTree,
  path: string,
): Caddyfile | { readonly problem: string } | undefined {
  const reading: Reading = { process, texts, snippets: new Map(), imports: 0, problem: undefined };
  const lines = fileLines(reading, path);
  if (lines === undefined) return undefined;
  const all = expanded(reading, lines, dirname(path), 0);
  if (reading.problem !== undefined) return { problem: reading.problem };
  const [first, ...rest] = all;
  const hasOptions = first?.body !== undefined && first.words.length === 0;
  const options = hasOptions ? (first.body ?? []) : [];
  return { options, sites: sitesOf(hasOptions ? rest : all) };
}

function fileLines(reading: Reading, path: string): readonly CaddyLine[] | undefined {
  const text = reading.texts.read(path);
  if (text === undefined) return undefined;
  if (text.state === 'known') return linesOf(filledIn(reading.process, text));
  reading.problem ??= (text.state === 'dynamic' ? text.reason : undefined) ?? `${path} could not be read`;
  return [];
}

/** `{$PORT}` and `{$PORT:8080}` are replaced before anything is read. */
function filledIn({ environment }: ContainerProcess, text: Known<string>): Known<string> {
  return filledText(text, /\{\$(\w+)(?::([^}\n]*))?\}/g, ([whole, name = '', otherwise], slice) => {
    const value = environment.get(name);
    if (value !== undefined) return filling(value, name);
    if (otherwise !== undefined) return slice(whole.length - 1 - otherwise.length, whole.length - 1);
    // What nothing sets is kept, so that a reason can name it.
    return undefined;
  });
}

interface Open {
  readonly words: readonly Known<string>[];
  readonly lines: CaddyLine[];
}

function linesOf(text: Known<string>): readonly CaddyLine[] {
  const root: Open = { words: [], lines: [] };
  const stack: Open[] = [root];
  let pending: readonly Known<string>[] = [];
  for (const line of parseConfigLines(text.value)) {
    const words = [...pending, ...line.words.map(({ span }) => sliceWord(text, span.start, span.end))];
    pending = [];
    const top = stack.at(-1) ?? root;
    const last = words.at(-1)?.value ?? '';
    if (last === '{' && stack.length < MOST_DEPTH) stack.push({ words: words.slice(0, -1), lines: [] });
    else if (words[0]?.value === '}') {
      const block = stack.length > 1 ? stack.pop() : undefined;
      if (block !== undefined) stack.at(-1)?.lines.push({ words: block.words, body: block.lines });
      // Addresses may go on after a comma.
    } else if (stack.length === 1 && last.endsWith(',')) pending = words;
    else top.lines.push({ words, body: undefined });
  }
  return root.lines;
}

/** The lines with every import replaced by what it names; snippets are remembered. */
function expanded(reading: Reading, lines: readonly CaddyLine[], folder: string, depth: number): readonly CaddyLine[] {
  return lines.flatMap((line): readonly CaddyLine[] => {
    const [first, second] = line.words;
    const snippet = /^\(([^()]*)\)$/.exec(first?.value ?? '')?.[1];
    if (snippet !== undefined && depth === 0) {
      reading.snippets.set(snippet, line.body ?? []);
      return [];
    }
    if (first?.value === 'import' && second !== undefined) return imported(reading, second.value, folder, depth);
    return [line.body === undefined ? line : { ...line, body: expanded(reading, line.body, folder, depth + 1) }];
  });
}

/** https://caddyserver.com/docs/caddyfile/directives/import */
function imported(reading: Reading, name: string, folder: string, depth: number): readonly CaddyLine[] {
  if (reading.problem !== undefined) return [];
  if (reading.imports++ >= MOST_IMPORTS || depth > MOST_DEPTH) {
    reading.problem = 'the Caddyfile imports more files than are followed';
    return [];
  }
  const snippet = reading.snippets.get(name);
  if (snippet !== undefined) return expanded(reading, snippet, folder, depth + 1);
  const path = name.startsWith('/') ? name : `${folder}/${name}`;
  if (!/[*?[]/.test(path)) {
    const lines = fileLines(reading, path);
    // What is missing keeps Caddy from starting; inside a site it names no address.
    if (lines === undefined && depth === 0) {
      reading.problem ??= `${name}, which the Caddyfile imports, is not among the files in view`;
    }
    return expanded(reading, lines ?? [], dirname(path), depth);
  }
  if (/[*?[]/.test(dirname(path))) {
    reading.problem ??= `\`import ${name}\` of the Caddyfile cannot be followed`;
    return [];
  }
  const files = reading.texts.list(dirname(path)).filter((file) => matchesGlob(lastSegment(path), lastSegment(file)));
  return files.flatMap((file) => expanded(reading, fileLines(reading, file) ?? [], dirname(file), depth));
}

/** Each block at the top is a site; a file without blocks is one, its first line the addresses. */
function sitesOf(all: readonly CaddyLine[]): readonly CaddySite[] {
  const set = all.filter((line) => !isUnset(line));
  const lines = set[0]?.body === undefined ? all : set;
  const isOne = lines.every(({ body }) => body === undefined) || lines[0]?.body === undefined;
  const [first, ...rest] = lines;
  if (first !== undefined && isOne) return [{ addresses: addressesOf(first), body: rest }];
  return lines.flatMap((line) => (line.body === undefined ? [] : [{ addresses: addressesOf(line), body: line.body }]));
}

/** A line of nothing but a variable that nothing sets. */
function isUnset({ words, body }: CaddyLine): boolean {
  return body === undefined && words.every(({ value }) => /^\{\$\w+\}$/.test(value));
}

function addressesOf({ words }: CaddyLine): readonly Known<string>[] {
  return words.flatMap((word) => {
    const length = word.value.replace(/,$/, '').length;
    return length === 0 ? [] : [sliceWord(word, 0, length)];
  });
}
