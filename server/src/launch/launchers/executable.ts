// Files of the image that are called by their path: entry scripts and programs with a shebang. The last launcher asked.

import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Known } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, containerPath, knownCommand, runs, workspaceFile } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import type { FileTree } from '../fileOperations.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment } from '../text.ts';
import { programOutcome } from './programOutcome.ts';
import { runScriptFile } from './shell.ts';

const searchPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export const executable: Launcher = {
  id: 'executable',
  runs: (_command, process) => findFile(process) !== undefined || writtenScript(process) !== undefined,
  resolve(process) {
    const written = writtenScript(process);
    if (written !== undefined) return runs(process, [known('sh', written.at), written, ...argumentsOf(process)]);
    const uri = findFile(process);
    const path = knownCommand(process) ?? '';
    if (uri === undefined) return unknownOutcome(process, `${path} is not among the files in view`);
    const facts = process.files.facts(uri);
    if (factOf(facts, 'shellScript') !== undefined) return runScriptFile(process, uri, process.argv);
    const program = factOf(facts, 'program');
    if (program?.language === 'ruby') return runs(process, [known('ruby', program.at), ...process.argv]);
    if (program !== undefined) {
      return programOutcome(process, uri, { main: true, arguments: argumentsOf(process), language: undefined });
    }
    return unknownOutcome(process, `${process.shownPath(uri)} could not be read`);
  },
};

/** Scripts of projects that only start a tool, which is known by their name. */
const toolScripts = /^(?:mvnw|gradlew|manage\.py|artisan|console)$/;

/** Whether a path leads to a script of the project, which is read whatever server its name reminds of: `./startup.sh`. */
export function isOwnScript(process: ContainerProcess): boolean {
  const path = knownCommand(process);
  if (path === undefined || (!path.includes('/') && !path.endsWith('.sh')) || toolScripts.test(lastSegment(path))) {
    return false;
  }
  const uri = findFile(process);
  if (uri === undefined) return false;
  const facts = process.files.facts(uri);
  return factOf(facts, 'shellScript') !== undefined || factOf(facts, 'program')?.language === 'python';
}

/** The path of a shell script that stands in the Dockerfile itself. */
function writtenScript(process: ContainerProcess): Known<string> | undefined {
  const [path] = process.argv;
  if (path?.state !== 'known' || findFile(process) !== undefined) return undefined;
  if (!process.buildTexts.some((text) => text.includes(lastSegment(path.value)))) return undefined;
  const places = path.value.includes('/') ? [path.value] : searchPath.map((folder) => `${folder}/${path.value}`);
  const texts = containerTexts(process);
  const found = places.find((place) =>
    /^#!\S*(?:sh|env (?:ba|da)?sh)\b/.test(textAt(texts, containerPath(process, place))),
  );
  return found === undefined ? undefined : { ...path, value: found };
}

function textAt(texts: FileTree, path: string): string {
  const text = texts.read(path);
  return text?.state === 'known' ? text.value.trimStart() : '';
}

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
