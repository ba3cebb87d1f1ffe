// Which real VS Code the tests run in. How each kind is obtained and driven stands in its own file.

import { codeServerHost } from './codeServerHost.ts';
import { desktopHost } from './desktopHost.ts';

/** A VS Code that the packaged extension is already installed in. */
export interface EditorHost {
  /** Such as "VS Code 1.139.1 (code-server 4.139.1)". */
  readonly name: string;
  /** Runs a suite (a CommonJS file that exports `run()`) inside the extension host, with a folder opened. */
  runSuite(suite: string, folder: string): Promise<void>;
  /** Starts the editor as a web page with a folder opened; undefined where this kind has no page. */
  readonly page: ((folder: string) => Promise<EditorPage>) | undefined;
  close(): Promise<void>;
}

export interface EditorPage {
  readonly page: import('playwright-core').Page;
  close(): Promise<void>;
}

export interface HostOptions {
  /** The packaged extension. */
  readonly vsix: string;
  /** Kept between runs. */
  readonly cache: string;
  /** Made anew for each run. */
  readonly scratch: string;
  readonly log: (line: string) => void;
}

/** The executable of VSCODE_EXECUTABLE, else a download, else the server that the package registry delivers. */
export async function openHost(options: HostOptions): Promise<EditorHost> {
  return (await desktopHost(options)) ?? (await codeServerHost(options));
}
