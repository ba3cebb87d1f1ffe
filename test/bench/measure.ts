// Times processes: how long, how much memory; and the language server: from keystroke to diagnostics.

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startClient } from '../lsp/client.ts';
import type { GeneratedService } from './generate.ts';

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
const PORT_RULE = 'container-port-not-listened-on';

/** Edits a program back and forth, as full texts, and waits for the finding in its closed task definition. */
export async function timeKeystrokes(root: string, service: GeneratedService): Promise<KeystrokeTimes> {
  const start = performance.now();
  const client = await startClient({ folders: [root] });
  await client.settled();
  const firstMilliseconds = performance.now() - start;
  const isWrong = (): boolean => client.diagnostics(service.taskDefinition).some(({ code }) => code === PORT_RULE);
  client.open(service.program, service.right);
  const times: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    const wrong = i % 2 === 0;
    await sleep(5);
    const before = performance.now();
    client.change(service.program, wrong ? service.wrong : service.right, i + 2);
    await client.until(() => isWrong() === wrong, 'diagnostics');
    times.push(performance.now() - before);
  }
  const megabytes = peakMegabytes(client.process.pid);
  await client.stop();
  times.sort((a, b) => a - b);
  const percentile = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { firstMilliseconds, p50: percentile(0.5), p95: percentile(0.95), megabytes };
}

function peakMegabytes(pid: number | undefined): number | undefined {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Number(peak) / 1024;
  } catch {
    return undefined;
  }
}
