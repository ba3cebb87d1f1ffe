// Programs of the JVM that no build tool makes: `java Server.java`, classes that the Dockerfile compiles with `javac`, and
// archives that it packs with `jar`.

import type { Uri } from '../../base/uri.ts';
import { basename, dirname } from '../../base/uri.ts';
import { knownValue } from '../../facts/value.ts';
import { containerPath, workspaceFile } from '../argv.ts';
import { buildImage } from '../image.ts';
import { absolutePath } from '../imageFiles.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import type { BuildCommand } from '../launchers/buildCommands.ts';
import { buildCommands } from '../launchers/buildCommands.ts';
import { programListens } from '../program.ts';
import { step } from '../text.ts';
import type { JavaStart } from './commandLine.ts';
import { withProperties } from './jvmProgram.ts';

const sourceFolders = ['', 'src', 'src/main/java'];

interface PlainProgram {
  readonly file: Uri;
  /** The folder that packages count from. */
  readonly root: Uri;
  readonly command: BuildCommand | undefined;
}

/** The program; undefined where its source is not found. */
export function plainJava(process: ContainerProcess, start: JavaStart): Outcome | undefined {
  const program = sourceStarted(process, start) ?? compiledClass(process, start);
  if (program === undefined) return undefined;
  const { file, root, command } = program;
  const text = command?.words.map((word) => word ?? '…').join(' ') ?? '';
  const trail = command === undefined ? process.trail : [...process.trail, step(command.at, text)];
  const listens = programListens({
    process: { ...process, trail, environment: withProperties(process.environment, start) },
    entry: file,
    main: true,
    arguments: start.arguments,
    folders: [root],
    containerFolders: [],
  });
  return { kind: 'listens', listens, program: file };
}

/** https://openjdk.org/jeps/330 */
function sourceStarted(process: ContainerProcess, { target }: JavaStart): PlainProgram | undefined {
  const name = target?.kind === 'class' ? knownValue(target.name) : undefined;
  if (name === undefined || !name.endsWith('.java')) return undefined;
  const file = workspaceFile(process, name);
  return file === undefined ? undefined : { file, root: dirname(file), command: undefined };
}

function compiledClass(process: ContainerProcess, start: JavaStart): PlainProgram | undefined {
  const { build, files } = process;
  if (build === undefined) return undefined;
  const commands = buildCommands(build.dockerfile);
  const name = mainClass(process, start, commands);
  if (name === undefined) return undefined;
  const path = `${name.replace(/\$.*$/, '').replaceAll('.', '/')}.java`;
  for (const command of commands) {
    if (basename(command.words[0] ?? '') !== 'javac') continue;
    const image = buildImage(build.dockerfile, command.stage, build.context, files);
    for (const root of compiledFolders(command)) {
      const file = image.files.workspaceUri(absolutePath(path, root) ?? path);
      if (file !== undefined && files.exists(file)) return { file, root: file.slice(0, -path.length - 1), command };
    }
  }
  const file = workspaceFile(process, path);
  return file === undefined ? undefined : { file, root: file.slice(0, -path.length - 1), command: undefined };
}

/** Container folders that a compiler may find packages in: those above the files that it names, and the usual ones. */
function compiledFolders({ words, folder }: BuildCommand): readonly string[] {
  const named = words.flatMap((word) => (word?.endsWith('.java') ? [absolutePath(word, folder) ?? folder] : []));
  const above = named.flatMap((path) => {
    const parts = path.split('/').slice(1, -1);
    return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
  });
  const usual = sourceFolders.map((path) => absolutePath(path, folder) ?? folder);
  return [...new Set([...usual, ...above])];
}

function mainClass(
  process: ContainerProcess,
  { target }: JavaStart,
  commands: readonly BuildCommand[],
): string | undefined {
  if (target?.kind === 'class') return knownValue(target.name)?.replace(/^[^/]*\//, '');
  const archive = target === undefined ? undefined : knownValue(target.path);
  if (archive === undefined) return undefined;
  const name = basename(containerPath(process, archive));
  for (const { words } of commands) {
    if (basename(words[0] ?? '') !== 'jar') continue;
    const packed = packedArchive(words.slice(1));
    if (packed.file !== undefined && basename(packed.file) === name) return packed.main;
  }
  return undefined;
}

/** `jar cfe app.jar Main …`: the letters say in which order file and class follow; `jar -c -f app.jar -e Main`. */
function packedArchive(words: readonly (string | undefined)[]) {
  const after = (...names: readonly string[]) => {
    const index = words.findIndex((word) => word !== undefined && names.includes(word));
    return index < 0 ? undefined : words[index + 1];
  };
  const letters = /^-?(c[a-zA-Z0-9]+)$/.exec(words[0] ?? '')?.[1];
  if (letters === undefined) return { file: after('-f', '--file'), main: after('-e', '--main-class') };
  const operands = [...letters].filter((letter) => /[fem]/.test(letter));
  const operand = (letter: string) => {
    const index = operands.indexOf(letter);
    return index < 0 ? undefined : words[index + 1];
  };
  return { file: operand('f'), main: operand('e') };
}
