// "Steady State: Check Deployment": the server judges what the active editor belongs to, else the whole workspace.

import { commands as editorCommands, ProgressLocation, window } from 'vscode';
import { type CheckParams, type CheckResult, checkRequest } from './protocol.ts';
import type { ReportPanel } from './report.ts';
import type { Ask } from './server.ts';

export interface Check {
  run(): Promise<CheckResult>;
  /** Renews the report that is shown. */
  refresh(): Promise<void>;
}

export function createCheck(ask: Ask, report: ReportPanel): Check {
  let shown: CheckParams = {};
  return {
    run: async () => {
      const result = await window.withProgress(
        { location: ProgressLocation.Window, title: 'Steady State: checking the deployment' },
        async () => {
          const active = activeDocument();
          const own = active === undefined ? undefined : await ask<CheckResult>(checkRequest, { uri: active });
          if (own !== undefined && own.deployments > 0) {
            shown = { uri: active ?? '' };
            return own;
          }
          shown = {};
          return ask<CheckResult>(checkRequest, shown);
        },
      );
      await editorCommands.executeCommand('workbench.actions.view.problems');
      report.show(result);
      return result;
    },
    refresh: async () => {
      if (report.isOpen()) {
        report.update(await ask<CheckResult>(checkRequest, shown));
      }
    },
  };
}

function activeDocument(): string | undefined {
  return window.activeTextEditor?.document.uri.toString();
}
