// `npm run bench`: how long and how much memory, for workspaces of 10, 100 and 1,000 services, each number beside what
// merely reading the same files costs in the same run, and for infrastructure code. `-- --sizes 10,100` runs some of the sizes.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { benchInfrastructure } from './benchInfrastructure.ts';
import { generateWorkspace, UNRELATED_FILES } from './generate.ts';
import { type KeystrokeTimes, medianOf, type ProcessTime, timeKeystrokes, timeProcess } from './measure.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const cli = path.join(repository, 'dist/cli.cjs');
const budgets = { exampleMilliseconds: 400, coldMilliseconds: 5000, megabytes: 400, keystrokeP95: 10 };
const BUDGET_SIZE = 1000;
const PORT_RULE = 'container-port-not-listened-on';

interface Row {
  readonly services: number;
  readonly reading: ProcessTime;
  readonly cold: ProcessTime;
  readonly keystrokes: KeystrokeTimes;
}

async function main(): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'steadystate-bench-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  process.on('SIGINT', () => process.exit(130));
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  await benchExample(scratch);
  const rows: Row[] = [];
  for (const size of sizes()) rows.push(await benchSize(size, scratch));
  printTable(rows);
  await benchInfrastructure(cli, scratch, rows.find(({ services }) => services === BUDGET_SIZE)?.cold);
}

function sizes(): readonly number[] {
  const at = process.argv.indexOf('--sizes');
  const asked = at < 0 ? undefined : process.argv[at + 1];
  return asked === undefined ? [10, 100, 1000] : asked.split(',').map(Number);
}

async function benchExample(scratch: string): Promise<void> {
  const example = path.join(repository, 'test/workspaces/nine-am');
  const time = await medianOf(5, () => timeProcess([cli, 'check', '--format', 'json', example], scratch));
  const bare = await medianOf(5, () => timeProcess(['-e', '0'], scratch));
  console.log(
    `nine-am, cold: ${seconds(time.milliseconds)} (median of 5; an empty Node program takes ${seconds(bare.milliseconds)}; budget ${seconds(budgets.exampleMilliseconds)}) ${verdict(time.milliseconds <= budgets.exampleMilliseconds)}\n`,
  );
}

async function benchSize(services: number, scratch: string): Promise<Row> {
  const root = path.join(scratch, `services-${services}`);
  mkdirSync(root);
  const generated = generateWorkspace(root, services);
  const list = path.join(scratch, 'files.txt');
  writeFileSync(list, generated.flatMap(({ files }) => files).join('\n'));
  const runs = services >= 1000 ? 3 : 5;
  const reader = path.join(import.meta.dirname, 'readFiles.mjs');
  const reading = await medianOf(runs, () => timeProcess([reader, root, list], scratch));
  const cold = await medianOf(runs, () => timeProcess([cli, 'check', '--format', 'json', root], scratch));
  checkFindings(cold.output, services);
  const service = generated[Math.floor(services / 2)];
  if (!service) throw new Error('no services');
  const { program: file, right, wrong, taskDefinition: reportedIn } = service;
  const keystrokes = await timeKeystrokes(root, { file, right, wrong, reportedIn, rule: PORT_RULE });
  rmSync(root, { recursive: true, force: true });
  return { services, reading, cold, keystrokes };
}

/** A fast answer that is wrong would be no answer: every tenth service has one error. */
function checkFindings(output: string, services: number): void {
  const { findings, deployments } = JSON.parse(output) as {
    readonly findings: readonly { readonly severity: string }[];
    readonly deployments: readonly unknown[];
  };
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const expected = Math.floor(services / 10);
  if (errors !== expected || deployments.length !== services) {
    console.log(`WRONG: ${errors} errors instead of ${expected}, ${deployments.length} deployments`);
    process.exitCode = 1;
  }
}

function printTable(rows: readonly Row[]): void {
  const header = [
    'services',
    'files',
    'cold',
    '×read',
    'peak MB',
    '×read',
    'key p50 ms',
    'p95 ms',
    'p95÷read',
    'server ready',
    'server MB',
  ];
  const lines = rows.map(({ services, reading, cold, keystrokes }) => {
    const readMilliseconds = Number(reading.output);
    return [
      String(services),
      String(services * (UNRELATED_FILES + 5)),
      seconds(cold.milliseconds),
      ratio(cold.milliseconds / reading.milliseconds),
      cold.megabytes.toFixed(0),
      ratio(cold.megabytes / reading.megabytes),
      keystrokes.p50.toFixed(1),
      keystrokes.p95.toFixed(1),
      ratio(keystrokes.p95 / readMilliseconds),
      seconds(keystrokes.firstMilliseconds),
      keystrokes.megabytes?.toFixed(0) ?? '?',
    ];
  });
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  for (const line of [header, ...lines]) console.log(line.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  '));
  console.log(
    '\ncold: `steadystate check --format json` as a process. ×read: beside a process that lists the folders and reads the\nmanifests and programs with plain fs. key: from an edit of a program to the finding in its closed task definition.\np95÷read: beside reading those files once, warm.\n',
  );
  const largest = rows.find(({ services }) => services === BUDGET_SIZE);
  if (largest) printBudgets(largest);
}

function printBudgets({ cold, keystrokes }: Row): void {
  const lines: readonly (readonly [string, number, number, (value: number) => string])[] = [
    ['cold', cold.milliseconds, budgets.coldMilliseconds, seconds],
    ['peak memory', cold.megabytes, budgets.megabytes, (value) => `${value.toFixed(0)} MB`],
    ['keystroke p95', keystrokes.p95, budgets.keystrokeP95, (value) => `${value.toFixed(1)} ms`],
  ];
  for (const [name, value, budget, show] of lines) {
    console.log(`${BUDGET_SIZE} services, ${name}: ${show(value)}, budget ${show(budget)} ${verdict(value <= budget)}`);
  }
}

function verdict(kept: boolean): string {
  return kept ? '✓' : '✗ over budget';
}

function ratio(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)}×`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

await main();
