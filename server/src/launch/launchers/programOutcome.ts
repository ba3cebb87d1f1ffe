// A file of program code that a command starts: its listen calls are the answer.

import type { Uri } from '../../base/uri.ts';
import { dirname } from '../../base/uri.ts';
import type { Value } from '../../facts/value.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { programListens } from '../program.ts';

export interface ProgramOptions {
  readonly main: boolean;
  readonly arguments: readonly Value<string>[];
  /** Folders of the container that Python's imports count from, besides the script's own folder. */
  readonly containerFolders?: readonly string[];
  /** Whether imports count from the script's folder: `python app.py`, not `python -m app`. */
  readonly fromFolder?: boolean;
  readonly language: string | undefined;
  /** A function of the file that the command calls. */
  readonly calls?: string;
}

export function programOutcome(process: ContainerProcess, entry: Uri, options: ProgramOptions): Outcome {
  const listens = programListens({
    process,
    entry,
    main: options.main,
    arguments: options.arguments,
    folders: options.fromFolder === false ? [] : [dirname(entry)],
    containerFolders: options.containerFolders ?? pythonFolders(process),
    ...(options.calls === undefined ? {} : { calls: options.calls }),
  });
  return { kind: 'listens', listens, program: entry };
}

/** The working directory, PYTHONPATH, and `src` as projects install it. */
export function pythonFolders(process: ContainerProcess): readonly string[] {
  const path = process.environment.get('PYTHONPATH');
  const listed = path?.state === 'known' ? path.value.split(':').filter((folder) => folder.startsWith('/')) : [];
  const { workingDirectory } = process;
  return [workingDirectory, ...listed, `${workingDirectory}/src`];
}
