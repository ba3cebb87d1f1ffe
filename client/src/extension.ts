// What VS Code calls. Wires the server to the status bar, the commands, the report and the rule pages.

// First, so that loading everything else is measured.
import './startup.ts';
import { type Disposable, type ExtensionContext, commands as editorCommands, window } from 'vscode';
import { type Ask, createCheck } from './check.ts';
import { commands } from './commands.ts';
import { openPlace } from './places.ts';
import { type Status, statusNotification } from './protocol.ts';
import { createReportPanel } from './report.ts';
import { openRulePage, registerRulePages } from './rulePages.ts';
import { createClient } from './server.ts';
import { sinceLoaded } from './startup.ts';
import { createStatusBar } from './statusBar.ts';

export interface SteadyState {
  /** What starting cost the extension host, in milliseconds. */
  readonly startupMilliseconds: number;
  /** Settles when the server answers. */
  readonly started: Promise<void>;
  /** What the server told last. */
  readonly status: () => Status | undefined;
}

let stop: (() => Promise<void>) | undefined;

export function activate(context: ExtensionContext): SteadyState {
  const output = window.createOutputChannel('Steady State', { log: true });
  const statusBar = createStatusBar();
  const report = createReportPanel();
  const client = createClient(context, output);
  let status: Status | undefined;
  let started: Promise<void> = Promise.resolve();

  const start = (begin: () => Promise<void>): Promise<void> => {
    started = begin().catch((error: unknown) => {
      output.error(`The server could not be started: ${String(error)}`);
      statusBar.showStopped('The server could not be started.');
      throw error;
    });
    return started;
  };
  const ask: Ask = async (method, params, token) => {
    await started;
    return client.sendRequest(method, params, token);
  };
  const check = createCheck(ask, report);
  const register = (id: string, run: (...args: never[]) => unknown): Disposable =>
    editorCommands.registerCommand(id, run);

  context.subscriptions.push(
    output,
    statusBar,
    report,
    registerRulePages(ask),
    register(commands.check, check.run),
    register(commands.restartServer, () => start(() => client.restart())),
    register(commands.showOutput, () => output.show()),
    register(commands.openPlace, openPlace),
    register(commands.openRule, openRulePage),
    client.onNotification(statusNotification, (told: Status) => {
      status = told;
      statusBar.show(told);
      void check.refresh();
    }),
  );
  stop = () => client.stop();
  // Not awaited: the editor must not wait for the server. A failure is shown in the status bar.
  start(() => client.start()).catch(() => {});
  return { startupMilliseconds: sinceLoaded(), started, status: () => status };
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
