// `.env` files that a command reads before it starts the program. They never change what is set already.

import { factOf } from '../facts/fileFacts.ts';
import type { Value } from '../facts/value.ts';
import { workspaceFile } from './argv.ts';
import { explained } from './environment.ts';
import type { ContainerProcess } from './launcher.ts';

/** The process with the variables of a file that it does not have yet. */
export function withVariablesOf(process: ContainerProcess, path: Value<string>): ContainerProcess {
  const uri = path.state === 'known' ? workspaceFile(process, path.value) : undefined;
  const file = uri === undefined ? undefined : factOf(process.files.facts(uri, 'environmentFile'), 'environmentFile');
  if (uri === undefined || file === undefined) return process;
  const entries = file.entries
    .filter(({ name }) => process.environment.get(name) === undefined)
    .map(({ name, value }) => ({ name, value: explained(name, value, value.at, process.shownPath(uri)) }));
  return { ...process, environment: process.environment.with(entries) };
}
