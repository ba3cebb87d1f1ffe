// Shells: `sh -c "…"`, `bash script.sh args`. Scripts that are called by their own path are found by `executable.ts`.

import type { Uri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { argumentsOf, containerPath, workspaceFile } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { interpretShell } from '../shell/interpret.ts';
import type { ShellText } from '../shell/state.ts';
import { textOfFile, textOfWord } from '../shell/state.ts';
import { shortened, wordText } from '../text.ts';

const shells = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh']);

export const shell: Launcher = {
  id: 'shell',
  runs: (command) => shells.has(command),
  resolve(process) {
    const words = argumentsOf(process);
    let index = 0;
    let readsText = false;
    for (; index < words.length; index++) {
      const word = words[index];
      const text = word === undefined ? '' : wordText(word);
      if (!/^[-+]/.test(text) || word?.state !== 'known') break;
      if (text === '-o' || text === '+o' || text === '-O') index++;
      if (/^-[a-z]*c[a-z]*$/.test(text)) readsText = true;
    }
    const target = words[index];
    if (target === undefined) return unknownOutcome(process, 'a shell is started without anything to run');
    if (target.state !== 'known') {
      return unknownOutcome(process, `what the shell runs, \`${shortened(wordText(target))}\`, is open`);
    }
    if (!readsText) return runScript(process, target.value, words.slice(index));
    const zero = process.argv[0] ?? target;
    const positional = words.length > index + 1 ? words.slice(index + 1) : [zero];
    return runText(process, textOfWord(target), positional);
  },
};

function runText(
  process: ContainerProcess,
  source: ShellText,
  positional: readonly Value<string>[],
  name = 'the shell text',
): Outcome {
  const branches = interpretShell(process, source, positional);
  if (branches === undefined) return unknownOutcome(process, `${name} takes too many ways to follow`);
  return { kind: 'branches', branches };
}

/** `positional` starts with the script itself. */
function runScript(process: ContainerProcess, path: string, positional: readonly Value<string>[]): Outcome {
  const uri = workspaceFile(process, path);
  if (uri === undefined) {
    const written = containerTexts(process).read(containerPath(process, path));
    if (written?.state === 'known') return runText(process, textOfWord(written), positional);
    return unknownOutcome(process, `the script ${containerPath(process, path)} is not among the files in view`);
  }
  return runScriptFile(process, uri, positional);
}

export function runScriptFile(process: ContainerProcess, uri: Uri, positional: readonly Value<string>[]): Outcome {
  const script = factOf(process.files.facts(uri, 'shellScript'), 'shellScript');
  if (script === undefined) return unknownOutcome(process, `${process.shownPath(uri)} could not be read as a script`);
  return runText(process, textOfFile(uri, script.text), positional, process.shownPath(uri));
}
