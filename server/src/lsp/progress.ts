// Shows that the first scan is under way and how far it is, where the editor can show it.

import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import type { Progress } from '../host/workspace.ts';

export interface ScanProgress {
  report(progress: Progress): void;
  done(): void;
}

/** Reports more often than this are of no use to a person. */
const MILLISECONDS_BETWEEN_REPORTS = 100;

export function beginScanProgress(connection: Connection, supported: boolean): ScanProgress {
  if (!supported) return { report: () => {}, done: () => {} };
  let reporter: WorkDoneProgressServerReporter | undefined;
  let finished = false;
  let last = 0;
  connection.window.createWorkDoneProgress().then(
    (created) => {
      if (finished) return;
      reporter = created;
      reporter.begin('Steady State: reading the workspace');
    },
    () => {},
  );
  return {
    report({ listed, read }) {
      const now = Date.now();
      if (now - last < MILLISECONDS_BETWEEN_REPORTS) return;
      last = now;
      reporter?.report(`${read} of ${listed} files read`);
    },
    done() {
      finished = true;
      reporter?.done();
    },
  };
}
