// Configuration files in Ruby: config/puma.rb, config/unicorn.rb. Their calls run from top to bottom; conditions are judged
// under the environment of the server.

import type { Uri } from '../../base/uri.ts';
import { dirname } from '../../base/uri.ts';
import type { Expression } from '../../facts/expression.ts';
import type { Call } from '../../facts/program.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluated, Frame } from '../evaluated.ts';
import { scopeHolds } from '../evaluateName.ts';
import type { ContainerProcess } from '../launcher.ts';
import type { RunningProgram } from '../program.ts';
import { startProgram } from '../program.ts';

/** A call of the file that runs, or may. */
export interface ConfigCall {
  readonly call: Call;
  readonly certain: boolean;
  evaluate(expression: Expression): Evaluated;
}

export interface ServerConfigFile {
  readonly uri: Uri;
  /** The calls with one of the names asked for. */
  calls(...names: readonly string[]): readonly ConfigCall[];
}

/** Undefined where the file is not read. */
export function readServerConfig(process: ContainerProcess, uri: Uri): ServerConfigFile | undefined {
  const running = startProgram({
    process,
    entry: uri,
    main: true,
    arguments: [],
    folders: [dirname(uri)],
    containerFolders: [process.workingDirectory],
  });
  return running && { uri, calls: (...names) => callsOf(running, names) };
}

function callsOf({ evaluation, entry }: RunningProgram, names: readonly string[]): readonly ConfigCall[] {
  return entry.program.calls.flatMap((call): readonly ConfigCall[] => {
    if (!names.includes(call.callee)) return [];
    const frame: Frame = { module: entry, path: call.scope.path };
    const holds = scopeHolds(evaluation, call.scope, frame);
    if (holds === false) return [];
    return [{ call, certain: holds === true, evaluate: (expression) => evaluate(evaluation, expression, frame) }];
  });
}
