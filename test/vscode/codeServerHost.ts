// VS Code as code-server delivers it: Microsoft's own server, with Debian's Chromium as its window.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type CodeServer, installCodeServer } from './codeServerInstall.ts';
import { run, stop } from './commands.ts';
import { writeHarness } from './harness.ts';
import type { EditorHost, EditorPage, HostOptions } from './host.ts';

const chromiumPath = '/usr/bin/chromium';
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const suiteWithinMilliseconds = 5 * 60_000;
const windowSize = { width: 1440, height: 900 };

const userSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
};

export async function codeServerHost(options: HostOptions): Promise<EditorHost> {
  const codeServer = await installCodeServer(options.cache, options.log);
  const data = join(options.scratch, 'server');
  await mkdir(join(data, 'data/User'), { recursive: true });
  await writeFile(join(data, 'data/User/settings.json'), JSON.stringify(userSettings, undefined, 2));
  const common = [codeServer.serverMain, '--accept-server-license-terms', '--server-data-dir', data];
  await run(codeServer.node, [...common, '--install-extension', options.vsix, '--force'], { minutes: 2 });
  const server = await startServer(codeServer, common);
  const browser = await openBrowser();
  const harness = await writeHarness(options.scratch);
  const openPage = (folder: string) => newPage(browser, `${server.address}/?folder=${encodeURIComponent(folder)}`);
  return {
    name: codeServer.name,
    page: openPage,
    runSuite: (suite, folder) => runSuite(browser, server.address, { suite, folder, harness }),
    close: async () => {
      await browser.close();
      stop(server.process);
    },
  };
}

interface RunningServer {
  readonly process: ChildProcess;
  readonly address: string;
}

function startServer(codeServer: CodeServer, common: readonly string[]): Promise<RunningServer> {
  const args = [
    ...common,
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    // Without it the built product ignores the page's wish to run a suite.
    '--enable-smoke-test-driver',
    // Without it the extension host waits for a dialog.
    '--disable-workspace-trust',
    '--telemetry-level',
    'off',
  ];
  const child = spawn(codeServer.node, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  process.once('exit', () => stop(child));
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`code-server did not start within 60 s:\n${output}`)), 60_000);
    const read = (data: Buffer) => {
      output += data.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) {
        clearTimeout(timer);
        resolve({ process: child, address: `http://127.0.0.1:${port}` });
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`code-server ended with exit code ${code}:\n${output}`));
    });
  });
}

function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
}

async function newPage(browser: Browser, address: string): Promise<EditorPage> {
  const context = await browser.newContext({ viewport: windowSize });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  return { page, close: () => context.close() };
}

interface SuiteRun {
  readonly suite: string;
  readonly folder: string;
  readonly harness: string;
}

/** The workbench takes a suite by the `payload` of its address, and tells its end to two functions of the page. */
async function runSuite(browser: Browser, address: string, suiteRun: SuiteRun): Promise<void> {
  const remote = address.replace('http:', 'vscode-remote:');
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', `${remote}${suiteRun.harness}`],
    ['extensionTestsPath', `${remote}${suiteRun.suite}`],
  ]);
  const context = await browser.newContext({ viewport: windowSize });
  try {
    const page = await context.newPage();
    const exit = await listenForExit(page);
    await page.goto(`${address}/?folder=${encodeURIComponent(suiteRun.folder)}&payload=${encodeURIComponent(payload)}`);
    const code = await exit.code;
    if (code !== 0) {
      throw new Error(`The suite ended with code ${code}.`);
    }
  } finally {
    await context.close();
  }
}

async function listenForExit(page: Page): Promise<{ readonly code: Promise<number> }> {
  let finish: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    finish = resolve;
  });
  await page.exposeFunction('codeAutomationLog', () => {});
  await page.exposeFunction('codeAutomationExit', (code: number) => finish(code));
  const late = setTimeout(() => finish(-1), suiteWithinMilliseconds);
  return { code: ended.finally(() => clearTimeout(late)) };
}
