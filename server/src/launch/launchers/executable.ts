// Files of the image that are called by their path: entry scripts and programs with a shebang. The last launcher asked.

import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { argumentsOf, knownCommand, workspaceFile } from '../argv.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { programOutcome } from './programOutcome.ts';
import { runScriptFile } from './shell.ts';

const searchPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export const executable: Launcher = {
  id: 'executable',
  runs: (_command, process) => findFile(process) !== undefined,
  resolve(process) {
    const uri = findFile(process);
    const path = knownCommand(process) ?? '';
    if (uri === undefined) return unknownOutcome(process, `${path} is not among the files in view`);
    const facts = process.files.facts(uri);
    if (factOf(facts, 'shellScript') !== undefined) return runScriptFile(process, uri, process.argv);
    if (factOf(facts, 'program') !== undefined) {
      return programOutcome(process, uri, { main: true, arguments: argumentsOf(process), language: undefined });
    }
    return unknownOutcome(process, `${process.shownPath(uri)} could not be read`);
  },
};

function findFile(process: ContainerProcess): Uri | undefined {
  const path = knownCommand(process);
  if (path === undefined) return undefined;
  if (path.includes('/')) return workspaceFile(process, path);
  for (const folder of searchPath) {
    const uri = workspaceFile(process, `${folder}/${path}`);
    if (uri !== undefined) return uri;
  }
  return undefined;
}
