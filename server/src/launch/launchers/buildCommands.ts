// The commands that the stages of a Dockerfile run, each in its folder, and the places that a file of the image may have
// been copied from.

import { normalizePath } from '../../base/uri.ts';
import type { Copy, Dockerfile, Instruction } from '../../facts/dockerfile.ts';
import { knownValue } from '../../facts/value.ts';
import { absolutePath } from '../imageFiles.ts';
import { runCommands } from '../runCommands.ts';

export interface BuildCommand {
  readonly words: readonly (string | undefined)[];
  /** The container folder it runs in. */
  readonly folder: string;
  readonly stage: number;
  readonly at: Instruction['at'];
}

/** Every command that RUN lines execute, in order; a stage that starts from another begins in that one's folder. */
export function buildCommands(dockerfile: Dockerfile): readonly BuildCommand[] {
  const commands: BuildCommand[] = [];
  const folders: string[] = [];
  for (const [stage, { instructions, fromStage }] of dockerfile.stages.entries()) {
    // The golang image works in /go, which matters only where no WORKDIR stands.
    let folder = (fromStage === undefined ? undefined : folders[fromStage]) ?? '/';
    for (const instruction of instructions) {
      if (instruction.kind === 'workdir') folder = absolutePath(knownValue(instruction.path) ?? '', folder) ?? folder;
      if (instruction.kind !== 'run') continue;
      let inner = folder;
      for (const { words } of runCommands(instruction.command).commands) {
        const [name, path] = words;
        if (name === 'cd' && path !== undefined) inner = absolutePath(path, inner) ?? inner;
        else commands.push({ words, folder: inner, stage, at: instruction.at });
      }
    }
    folders.push(folder);
  }
  return commands;
}

export interface ImagePlace {
  readonly stage: number;
  readonly path: string;
}

const MOST_PLACES = 40;

/** A file of an image by all names it had: in its own stage, and where COPY --from took it from. */
export function placesOf(dockerfile: Dockerfile, stage: number, path: string): readonly ImagePlace[] {
  const places: ImagePlace[] = [{ stage, path: normalizePath(path) }];
  const moves = buildCommands(dockerfile).flatMap((command) => moveOf(command) ?? []);
  for (let index = 0; index < places.length && places.length < MOST_PLACES; index++) {
    const place = places[index];
    if (place === undefined) continue;
    places.push(...earlierPlaces(dockerfile, place));
    for (const { stage: at, from, to } of moves) {
      const isHere = to === place.path || `${to}/${from.slice(from.lastIndexOf('/') + 1)}` === place.path;
      if (at === place.stage && isHere && from !== place.path) places.push({ stage: at, path: from });
    }
  }
  return places;
}

/** `cp target/release/shop /server`, `mv`, `install` and `ln` of one file. */
function moveOf({ words, folder, stage }: BuildCommand) {
  const [name, ...rest] = words;
  if (name === undefined || !/^(?:cp|mv|install|ln)$/.test(name)) return undefined;
  const [source, target, more] = rest.filter((word) => word === undefined || !word.startsWith('-'));
  if (source === undefined || target === undefined || more !== undefined) return undefined;
  const [from, to] = [absolutePath(source, folder), absolutePath(target, folder)];
  return from === undefined || to === undefined ? undefined : { stage, from, to };
}

function earlierPlaces(dockerfile: Dockerfile, { stage, path }: ImagePlace): readonly ImagePlace[] {
  const found: ImagePlace[] = [];
  const own = dockerfile.stages[stage];
  if (own === undefined) return found;
  if (own.fromStage !== undefined && own.fromStage < stage) found.push({ stage: own.fromStage, path });
  let folder = '/';
  for (const instruction of own.instructions) {
    if (instruction.kind === 'workdir') folder = absolutePath(knownValue(instruction.path) ?? '', folder) ?? folder;
    if (instruction.kind === 'copy') found.push(...copiedFrom(instruction, stage, path, folder));
  }
  return found;
}

function copiedFrom(copy: Copy, stage: number, path: string, folder: string): readonly ImagePlace[] {
  const from = copy.from !== undefined && 'stage' in copy.from ? copy.from.stage : undefined;
  const destination = knownValue(copy.destination);
  const target = destination === undefined ? undefined : absolutePath(destination, folder);
  if (from === undefined || from >= stage || target === undefined) return [];
  return copy.sources.flatMap((value) => {
    const text = knownValue(value);
    if (text === undefined) return [];
    const source = normalizePath(`/${text}`);
    const name = source.slice(source.lastIndexOf('/') + 1);
    const prefix = target === '/' ? '/' : `${target}/`;
    const places: ImagePlace[] = [];
    if (path === target) places.push({ stage: from, path: source });
    if (path === prefix + name) places.push({ stage: from, path: source });
    if (path.startsWith(prefix)) {
      // A folder's contents, or the files of a wildcard.
      const parent = source.includes('*') ? source.slice(0, source.lastIndexOf('/')) : source;
      places.push({ stage: from, path: normalizePath(`${parent}/${path.slice(prefix.length)}`) });
    }
    return places;
  });
}
