// A small program that the kernel suite really runs: its files, as a repository would hold them, and its container's
// environment. `/srv` is the working directory of every image, because it is there on every machine that runs the suite.

export interface KernelProgram {
  readonly name: string;
  /** The command that must be installed: `python3`, `go`. */
  readonly runtime: string;
  /** Path → text; the Dockerfile says how it starts. */
  readonly files: Readonly<Record<string, string>>;
  /** The task definition's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What the Dockerfile's RUN does, in the working directory. */
  readonly build?: string;
}

/** A Dockerfile whose image holds the whole folder; `rest` are its last lines. */
export function imageOf(base: string, rest: string): string {
  return `FROM ${base}\nWORKDIR /srv\nCOPY . .\n${rest}\n`;
}
