// A framework of a registry, started with its defaults.

export type Registry = 'npm' | 'PyPI' | 'Go' | 'Maven';

export interface Framework {
  /** As the registry calls it; the version is asked by this name. */
  readonly package: string;
  /** What of it is started, where it has several ways. */
  readonly way: string;
  /** Further packages that it needs, and exact or extra requirements of its own. */
  readonly requires?: readonly string[];
  /** Its program, which stands in a folder with all the others of its registry. */
  readonly file: string;
  readonly text: string;
  readonly argv: readonly string[];
  /** What the tables say. Without a port of its own the program names one. */
  readonly expected: { readonly port?: number; readonly host?: string };
}

/** The port that programs name whose framework has none of its own. */
export const NAMED_PORT = 5901;
