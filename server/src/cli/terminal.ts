// The process as commands see it: where text goes, whether it may have colors, and the working directory.

import { ansiStyle, plainStyle, type Style } from '../report/style.ts';

export interface Terminal {
  /** The report, and nothing else. */
  readonly out: (text: string) => void;
  /** Progress, notes and errors. */
  readonly err: (text: string) => void;
  readonly style: Style;
  readonly errorStyle: Style;
  /** Whether a person watches standard error, so that progress may be shown. */
  readonly watched: boolean;
  readonly columns: number;
  readonly workingDirectory: string;
}

export function processTerminal(): Terminal {
  // A reader that closes the pipe early (`| head`) has seen enough.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    style: hasColors(process.env, process.stdout.isTTY) ? ansiStyle : plainStyle,
    errorStyle: hasColors(process.env, process.stderr.isTTY) ? ansiStyle : plainStyle,
    watched: process.stderr.isTTY === true && process.env.TERM !== 'dumb' && !process.env.CI,
    columns: Math.min(100, process.stdout.columns ?? 80),
    workingDirectory: process.cwd(),
  };
}

/** https://force-color.org and https://no-color.org; the former wins, as in Node.js itself. */
export function hasColors(environment: NodeJS.ProcessEnv, isTerminal: boolean | undefined): boolean {
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment.NO_COLOR) return false;
  return isTerminal === true && environment.TERM !== 'dumb';
}
