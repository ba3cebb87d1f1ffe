// Runs the command line as a process: the built one where it is up to date, else from source.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const built = path.join(project, 'dist/cli.cjs');
const source = path.join(project, 'server/src/cli/main.ts');
const loader = ['--import', import.meta.resolve('tsx')];

export const command: readonly string[] = isBuilt() ? [built] : [...loader, source];

export interface RunResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  /** Closes standard output after its first chunk. */
  readonly closeEarly?: boolean;
}

export function steadystate(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { FORCE_COLOR: _forced, NO_COLOR: _no, NODE_OPTIONS: _options, ...environment } = process.env;
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: options.cwd ?? project,
    env: { ...environment, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    if (options.closeEarly) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

export function workspacePath(name: string): string {
  return path.join(project, 'test/workspaces', name);
}

/** A copy of a test workspace that a test may change. */
export function copyOfWorkspace(t: TestContext, name: string): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'steadystate-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(workspacePath(name), folder, { recursive: true });
  return folder;
}

function isBuilt(): boolean {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const folder = path.join(project, 'server/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.every((file) => statSync(path.join(folder, file)).mtimeMs <= builtAt);
}
