// Runs the programs that the editor tests need. Knows nothing of what they do.

import { type ChildProcess, spawn } from 'node:child_process';

const windows = process.platform === 'win32';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly minutes?: number;
}

/** Answers what the command printed; rejects with the end of it when the command fails or takes too long. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const minutes = options.minutes ?? 5;
  return new Promise((resolve, reject) => {
    const child = spawn(shellWord(command), args.map(shellWord), {
      // Windows starts npm and VS Code's command line by scripts, which only a shell runs.
      shell: windows,
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group, so that a timeout also ends what it started.
      detached: !windows,
    });
    const output: string[] = [];
    const timer = setTimeout(() => stop(child), minutes * 60_000);
    child.stdout.on('data', (data: Buffer) => output.push(data.toString()));
    child.stderr.on('data', (data: Buffer) => output.push(data.toString()));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const text = output.join('');
      if (code === 0) {
        resolve(text);
        return;
      }
      const how = signal === null ? `exit code ${code}` : `was ended by ${signal}, limit ${minutes} minutes`;
      reject(new Error(`${command} ${args.join(' ')}: ${how}\n${text.slice(-3000)}`));
    });
  });
}

function shellWord(text: string): string {
  return windows ? `"${text}"` : text;
}

/** Ends a process that was started detached, with everything that it started. */
export function stop(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) {
    return;
  }
  try {
    if (windows) {
      child.kill();
      return;
    }
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}
