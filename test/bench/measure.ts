// Times processes: how long, how much memory; and the language server: from keystroke to diagnostics.

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startClient } from '../lsp/client.ts';

export interface ProcessTime {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly output: string;
}

/** Runs a Node program once. `scratch` is a folder to write a helper to. */
export async function timeProcess(args: readonly string[], scratch: string): Promise<ProcessTime> {
  const reporter = path.join(scratch, 'report-memory.cjs');
  const report = "require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS))";
  writeFileSync(reporter, `process.on('exit', () => ${report});\n`);
  const start = performance.now();
  const child = spawn(process.execPath, ['--require', reporter, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [output, memory] = [child.stdio[1], child.stdio[3]].map(collect);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const milliseconds = performance.now() - start;
  if (code !== 0 && code !== 1) throw new Error(`${args.join(' ')} ended with ${code}`);
  return { milliseconds, megabytes: Number(memory?.() ?? 0) / 1024, output: output?.() ?? '' };
}

function collect(stream: unknown): () => string {
  const chunks: Buffer[] = [];
  (stream as NodeJS.ReadableStream).on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** The run with the median time, and the largest memory of all. */
export async function medianOf(runs: number, run: () => Promise<ProcessTime>): Promise<ProcessTime> {
  const times: ProcessTime[] = [];
  for (let i = 0; i < runs; i++) times.push(await run());
  times.sort((a, b) => a.milliseconds - b.milliseconds);
  const median = times[Math.floor(times.length / 2)];
  if (!median) throw new Error('no runs');
  return { ...median, megabytes: Math.max(...times.map(({ megabytes }) => megabytes)) };
}

export interface KeystrokeTimes {
  readonly firstMilliseconds: number;
  readonly p50: number;
  readonly p95: number;
  /** Undefined where the system does not tell. */
  readonly megabytes: number | undefined;
}

const KEYSTROKES = 200;

/** A file to edit back and forth, and the finding that comes and goes with it. */
export interface Keystroke {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  readonly rule: string;
  readonly reportedIn: string;
}

/** Edits a file as full texts, and waits for the finding. */
export async function timeKeystrokes(root: string, edited: Keystroke): Promise<KeystrokeTimes> {
  const start = performance.now();
  const client = await startClient({ folders: [root] });
  await client.settled();
  const firstMilliseconds = performance.now() - start;
  const isWrong = (): boolean => client.diagnostics(edited.reportedIn).some(({ code }) => code === edited.rule);
  client.open(edited.file, edited.right);
  const times: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    const wrong = i % 2 === 0;
    await sleep(5);
    const before = performance.now();
    client.change(edited.file, wrong ? edited.wrong : edited.right, i + 2);
    await client.until(() => isWrong() === wrong, 'diagnostics');
    times.push(performance.now() - before);
  }
  const megabytes = peakMegabytes(client.process.pid);
  await client.stop();
  return { firstMilliseconds, p50: percentile(times, 0.5), p95: percentile(times, 0.95), megabytes };
}

export function percentile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}

function peakMegabytes(pid: number | undefined): number | undefined {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Number(peak) / 1024;
  } catch {
    return undefined;
  }
}
