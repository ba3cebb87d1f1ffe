// The entry in the status bar: what the last analysis found. A click checks the deployment.

import { type Disposable, MarkdownString, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import { commands } from './commands.ts';
import type { Counts, Status } from './protocol.ts';

export interface StatusBar extends Disposable {
  show(status: Status): void;
  /** The server is not running. */
  showStopped(reason: string): void;
}

export function createStatusBar(): StatusBar {
  const item = window.createStatusBarItem('steadystate.status', StatusBarAlignment.Left, 0);
  item.name = 'Steady State';
  return {
    show: (status) => show(item, status),
    showStopped: (reason) => {
      item.text = '$(error) Steady State';
      item.tooltip = `${reason} Click to see the output.`;
      item.command = commands.showOutput;
      item.show();
    },
    dispose: () => item.dispose(),
  };
}

function show(item: StatusBarItem, status: Status): void {
  item.command = commands.check;
  if (status.state === 'scanning') {
    item.text = '$(sync~spin) Steady State';
    item.tooltip = 'Steady State is reading the workspace.';
    item.show();
    return;
  }
  if (status.deployments === 0) {
    // Most workspaces have nothing to do with ECS.
    item.hide();
    return;
  }
  item.text = `${icon(status)} Steady State${numbers(status)}`;
  item.tooltip = new MarkdownString(`${sentence(status)}\n\nClick to check the deployment.`);
  item.accessibilityInformation = { label: `Steady State. ${sentence(status)}` };
  item.show();
}

function icon(counts: Counts): string {
  if (counts.errors > 0) {
    return '$(error)';
  }
  return counts.warnings > 0 ? '$(warning)' : '$(pass)';
}

function numbers(counts: Counts): string {
  const problems = counts.errors + counts.warnings;
  return problems === 0 ? '' : `: ${problems}`;
}

function sentence(counts: Counts): string {
  const found = `${count(counts.errors, 'error')} and ${count(counts.warnings, 'warning')}`;
  return `${count(counts.deployments, 'deployment')}: ${found}.`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
