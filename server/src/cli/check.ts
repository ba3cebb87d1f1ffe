// `steadystate check`: analyses a folder, mends what it is asked to mend, reports the rest.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Uri } from '../base/uri.ts';
import { uriToPath } from '../host/paths.ts';
import { readText } from '../host/read.ts';
import { reasonOf } from '../host/reason.ts';
import { countInWords, type Snapshot, severities, takeSnapshot } from '../report/snapshot.ts';
import { plainStyle } from '../report/style.ts';
import { visible } from '../report/terminalText.ts';
import { type Analyzed, analyze, type Target, targetOf, targetOptions } from './analyze.ts';
import { applyBaseline, baselineText } from './baseline.ts';
import { type Arguments, type Command, CommandError, oneOf } from './command.ts';
import { unifiedDiff } from './diff.ts';
import { applyFixes, type Fixed } from './fix.ts';
import { formatNames, readOutputs, render } from './formats.ts';
import type { Terminal } from './terminal.ts';
import { tool } from './tool.ts';

const levels = ['error', 'warning', 'info', 'never'] as const;
type FailOn = (typeof levels)[number];

export const check: Command = {
  name: 'check',
  usage: '[path…]',
  summary: 'Says whether the ECS deployments of a folder will reach a steady state.',
  options: [
    ...targetOptions,
    {
      name: 'format',
      value: 'FORMAT[=FILE]',
      repeatable: true,
      description: `The report's format: ${formatNames.join(', ')}. Repeat it to write several at once.`,
    },
    {
      name: 'fail-on',
      value: 'LEVEL',
      description: `The severity that makes the exit code 1: ${levels.join(', ')}. Default: error.`,
    },
    { name: 'fix', description: 'Apply the preferred fix of each finding where that is safe.' },
    { name: 'unsafe', description: 'With --fix: also fixes that change what is deployed, as their titles say.' },
    { name: 'dry-run', description: 'Print what --fix would change as a diff instead of changing it.' },
    { name: 'no-ignores', description: 'Report findings that settings or comments ignore, too.' },
    { name: 'baseline', value: 'FILE', description: 'Do not count findings that this file lists.' },
    { name: 'write-baseline', value: 'FILE', description: 'Write the present findings to this file and exit with 0.' },
  ],
  run: runCheck,
};

async function runCheck(args: Arguments, terminal: Terminal): Promise<number> {
  const outputs = readOutputs(args.values('format'));
  const failOn = oneOf('fail-on', args.value('fail-on') ?? 'error', levels);
  const dryRun = args.has('dry-run');
  if (args.has('unsafe') && !args.has('fix') && !dryRun)
    throw new CommandError("'--unsafe' needs '--fix' or '--dry-run'.");
  const target = targetOf(args, terminal);
  const baseline = await readBaselineFile(args.value('baseline'), terminal);
  const analyzed = await analyze(target.folder, args, terminal);
  const snapshotNow = (): Snapshot => {
    const snapshot = snapshotOf(analyzed, target, args);
    return baseline ? applyBaseline(snapshot, baseline.text, baseline.file) : snapshot;
  };
  let snapshot = snapshotNow();
  if (args.has('fix') || dryRun) {
    const fixed = await applyFixes(analyzed.workspace, () => snapshotNow().reports, args.has('unsafe'));
    if (dryRun) {
      for (const [uri, { before, after }] of fixed.files) {
        terminal.out(
          unifiedDiff(
            snapshot.places.pathOf(uri),
            await asOnDisk(uri, before),
            await asOnDisk(uri, after),
            terminal.style,
          ),
        );
      }
      return exitCode(snapshot, failOn);
    }
    await writeFixed(analyzed, fixed, terminal);
    snapshot = snapshotNow();
  }
  const newBaseline = args.value('write-baseline');
  if (newBaseline !== undefined) {
    writeOutput(newBaseline, baselineText(snapshot), terminal);
    return 0;
  }
  for (const { format, file } of outputs) {
    const style = file === undefined ? terminal.style : plainStyle;
    const facts = { tool, style, filesRead: analyzed.workspace.progress.read, seconds: analyzed.seconds };
    const text = render(format, snapshot, facts);
    if (file === undefined) terminal.out(text);
    else writeOutput(file, text, terminal);
  }
  return exitCode(snapshot, failOn);
}

function snapshotOf({ workspace, folder, renamed }: Analyzed, target: Target, args: Arguments): Snapshot {
  return takeSnapshot(workspace.analysis, {
    folders: [folder],
    renamed,
    unsuppress: args.has('no-ignores'),
    ...(target.only && { only: target.only }),
  });
}

function exitCode(snapshot: Snapshot, failOn: FailOn): number {
  if (failOn === 'never') return 0;
  const failing = severities.slice(0, severities.indexOf(failOn) + 1);
  return snapshot.reports.some((report) => !report.suppressed && failing.includes(report.severity)) ? 1 : 0;
}

async function writeFixed({ workspace, folder }: Analyzed, fixed: Fixed, terminal: Terminal): Promise<void> {
  const files = [...fixed.files].map(([uri, { after }]) => ({ uri, text: after }));
  try {
    await workspace.write(files);
  } catch (error) {
    throw new CommandError(`A fix could not be written: ${reasonOf(error)}.`);
  }
  if (files.length === 0) return;
  const names = files.map(({ uri }) => visible(uri.slice(folder.length + 1)));
  for (const title of fixed.titles) terminal.err(`fixed: ${visible(title)}\n`);
  terminal.err(`${countInWords(files.length, 'file')} changed: ${names.join(', ')}\n`);
}

/** A text with the byte-order mark of its file, so that the diff applies to the bytes that are there. */
async function asOnDisk(uri: Uri, text: string): Promise<string> {
  const file = uriToPath(uri);
  const result = file === undefined ? undefined : await readText(file, [path.parse(file).root]);
  return result?.kind === 'text' && result.encoding === 'utf8-bom' ? `\uFEFF${text}` : text;
}

async function readBaselineFile(
  given: string | undefined,
  terminal: Terminal,
): Promise<{ readonly file: string; readonly text: string } | undefined> {
  if (given === undefined) return undefined;
  const file = path.resolve(terminal.workingDirectory, given);
  const result = await readText(file, [path.parse(file).root], Number.POSITIVE_INFINITY);
  if (result.kind === 'text') return { file: given, text: result.text };
  if (result.kind === 'missing')
    throw new CommandError(`There is no baseline '${given}'; write one with --write-baseline ${given}.`);
  throw new CommandError(`The baseline '${given}' cannot be read: ${result.reason}.`);
}

function writeOutput(given: string, text: string, terminal: Terminal): void {
  try {
    writeFileSync(path.resolve(terminal.workingDirectory, given), text);
  } catch (error) {
    throw new CommandError(`'${given}' cannot be written: ${reasonOf(error)}.`);
  }
}
