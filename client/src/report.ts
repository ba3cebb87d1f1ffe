// The panel with the result of a check. The server renders it as a fragment with its own style; this file frames it.

import { type Disposable, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { commands } from './commands.ts';
import { withEditorLinks } from './places.ts';
import type { CheckResult } from './protocol.ts';

export interface ReportPanel extends Disposable {
  show(result: CheckResult): void;
  /** Renews what is shown; does nothing while the panel is closed. */
  update(result: CheckResult): void;
  readonly isOpen: () => boolean;
}

export function createReportPanel(icon: Uri): ReportPanel {
  let panel: WebviewPanel | undefined;
  const fill = (target: WebviewPanel, result: CheckResult) => {
    target.title = result.title;
    target.webview.html = frame(result.html);
  };
  return {
    isOpen: () => panel !== undefined,
    show: (result) => {
      panel ??= open(icon, () => {
        panel = undefined;
      });
      fill(panel, result);
      panel.reveal(undefined, true);
    },
    update: (result) => {
      if (panel !== undefined) {
        fill(panel, result);
      }
    },
    dispose: () => panel?.dispose(),
  };
}

function open(icon: Uri, closed: () => void): WebviewPanel {
  const panel = window.createWebviewPanel(
    'steadystate.report',
    'Steady State',
    { viewColumn: ViewColumn.Beside, preserveFocus: true },
    {
      enableScripts: false,
      enableFindWidget: true,
      enableCommandUris: [commands.openPlace, commands.openRule],
      localResourceRoots: [],
    },
  );
  panel.iconPath = icon;
  panel.onDidDispose(closed);
  return panel;
}

function frame(body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
</head>
<body>${withEditorLinks(body)}</body>
</html>`;
}
