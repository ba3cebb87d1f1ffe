// Follows a command to the programs that keep running: asks the launchers one after the other, joins what runs side by
// side and compares what runs under open conditions.

import type { Uri } from '../base/uri.ts';
import { type ListenedPort, type Listens, samePorts } from '../facts/listens.ts';
import { knownCommand } from './argv.ts';
import type { Branch, ContainerProcess, Found, Outcome } from './launcher.ts';
import { unknownOutcome } from './launcher.ts';
import { executable, isOwnScript } from './launchers/executable.ts';
import { launchers } from './launchers.ts';
import { distinct } from './program.ts';
import { lastSegment, shortened, wordText } from './text.ts';

const DEEPEST = 24;

export interface Run {
  readonly listens: Listens;
  readonly program: Uri | undefined;
  readonly routes?: Found['routes'];
}

export function runProcess(process: ContainerProcess, depth = 0): Run {
  if (depth > DEEPEST) return decided(unknownOutcome(process, 'commands start each other without end'));
  const outcome = resolve(process);
  switch (outcome.kind) {
    case 'listens':
      return decided(outcome);
    case 'run':
      return runProcess(outcome.process, depth + 1);
    case 'branches':
      return runBranches(process, outcome.branches, depth + 1);
  }
}

function decided(outcome: Found): Run {
  const { listens, program, routes } = outcome;
  return { listens, program, ...(routes && { routes }) };
}

function resolve(process: ContainerProcess): Outcome {
  const [first] = process.argv;
  if (first === undefined) return unknownOutcome(process, 'nothing in view says which command the container runs');
  const path = knownCommand(process);
  if (path === undefined) {
    const text = shortened(wordText(first));
    return unknownOutcome(
      process,
      text === '' ? 'the command is filled in elsewhere' : `the command \`${text}\` is open`,
    );
  }
  const command = lastSegment(path);
  const launcher = isOwnScript(process) ? executable : launchers.find((candidate) => candidate.runs(command, process));
  return launcher?.resolve(process) ?? unknownOutcome(process, `the command \`${shortened(command)}\` is not known`);
}

function runBranches(process: ContainerProcess, branches: readonly Branch[], depth: number): Run {
  const [first, ...others] = branches.map((branch) => runTogether(process, branch, depth));
  if (first === undefined) return { listens: { state: 'none', because: process.trail }, program: undefined };
  // Where every way but one opens no port, an ending way is a refusal or a one-off.
  for (const other of others) {
    if (!samePorts(first.listens, other.listens)) {
      const unknown = [first, ...others].find(({ listens }) => listens.state === 'unknown');
      if (unknown !== undefined) return unknown;
      const text = process.trail.at(-1)?.text ?? 'the script';
      const reason = `which command \`${shortened(text)}\` starts depends on what is not in view`;
      return decided(unknownOutcome(process, reason));
    }
  }
  return first;
}

/** Processes side by side: all their ports; one that is open makes the whole open. */
function runTogether(process: ContainerProcess, { processes }: Branch, depth: number): Run {
  const runs = processes.map((started) => runProcess(started, depth));
  const open = runs.find(({ listens }) => listens.state === 'unknown');
  if (open !== undefined) return open;
  const ports: ListenedPort[] = [];
  for (const { listens } of runs) {
    if (listens.state === 'known') ports.push(...listens.ports);
  }
  const listening = runs.find(({ listens }) => listens.state === 'known') ?? runs[0];
  const listens: Listens =
    ports.length > 0
      ? { state: 'known', ports: distinct(ports) }
      : (runs[0]?.listens ?? { state: 'none', because: process.trail });
  return { listens, program: listening?.program, ...(listening?.routes && { routes: listening.routes }) };
}
