// What VS Code calls. Wires the server to the status bar, the commands, the report and the rule pages.

// First, so that loading everything else is measured.
import './startup.ts';
import { type Disposable, type ExtensionContext, commands as editorCommands, Uri, window } from 'vscode';
import { createCheck } from './check.ts';
import { commands } from './commands.ts';
import { openPlace } from './places.ts';
import type { Status } from './protocol.ts';
import { createReportPanel } from './report.ts';
import { openRulePage, registerRulePages } from './rulePages.ts';
import { type Ask, type Server, startServer } from './server.ts';
import { loaded, processorTime, spentSince, startupCost } from './startup.ts';
import { createStatusBar } from './statusBar.ts';

export interface SteadyState {
  /** Settles when the server answers. */
  readonly started: () => Promise<void>;
  /** Milliseconds of the extension host's processor time, once started. */
  readonly startupCost: () => number;
  /** What the server told last. */
  readonly status: () => Status | undefined;
}

let server: Server | undefined;

export function activate(context: ExtensionContext): SteadyState {
  const begin = processorTime();
  const output = window.createOutputChannel('Steady State', { log: true });
  const statusBar = createStatusBar();
  const report = createReportPanel(Uri.joinPath(context.extensionUri, 'media/icon.png'));
  const ask: Ask = (...question) => running.ask(...question);
  const check = createCheck(ask, report);
  let status: Status | undefined;
  const running = startServer(context, output, {
    told: (news) => {
      status = news;
      statusBar.show(news);
      void check.refresh();
    },
    failed: statusBar.showStopped,
  });
  server = running;
  const register = (id: string, run: (...args: never[]) => unknown): Disposable =>
    editorCommands.registerCommand(id, run);
  context.subscriptions.push(
    output,
    statusBar,
    report,
    registerRulePages(ask),
    register(commands.check, check.run),
    register(commands.restartServer, running.restart),
    register(commands.showOutput, () => output.show()),
    register(commands.openPlace, openPlace),
    register(commands.openRule, openRulePage),
  );
  spentSince(begin);
  return { started: running.started, startupCost, status: () => status };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

loaded();
