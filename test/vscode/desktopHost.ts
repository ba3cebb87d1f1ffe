// A desktop VS Code: the executable that VSCODE_EXECUTABLE names, else the one that @vscode/test-electron downloads.

import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { fetchStableVersions } from '@vscode/test-electron/out/download.js';
import { run } from './commands.ts';
import { writeHarness } from './harness.ts';
import type { EditorHost, HostOptions } from './host.ts';

const reachableWithinMilliseconds = 5_000;

/** Undefined where there is neither an executable nor a download. */
export async function desktopHost(options: HostOptions): Promise<EditorHost | undefined> {
  const executable = process.env.VSCODE_EXECUTABLE || (await download(options));
  if (executable === undefined) {
    return undefined;
  }
  const profile = [
    '--extensions-dir',
    join(options.scratch, 'extensions'),
    '--user-data-dir',
    join(options.scratch, 'user'),
  ];
  const version = await askCli(executable, [...profile, '--version']);
  await askCli(executable, [...profile, '--install-extension', options.vsix, '--force']);
  const harness = await writeHarness(options.scratch);
  return {
    name: `VS Code ${version.trim().split('\n')[0]}`,
    page: undefined,
    runSuite: async (suite, folder) => {
      await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: harness,
        extensionTestsPath: suite,
        launchArgs: [
          folder,
          ...profile,
          '--disable-workspace-trust',
          '--skip-welcome',
          '--skip-release-notes',
          '--no-sandbox',
        ],
      });
    },
    close: async () => {},
  };
}

async function download(options: HostOptions): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    options.log('There is no display for a desktop VS Code.');
    return undefined;
  }
  // Asked first, because the download itself retries for minutes where it cannot be reached.
  const version = await withinTime(fetchStableVersions(true, reachableWithinMilliseconds), reachableWithinMilliseconds);
  if (version?.[0] === undefined) {
    options.log('VS Code cannot be downloaded here.');
    return undefined;
  }
  const cachePath = join(options.cache, 'desktop');
  return downloadAndUnzipVSCode({ version: version[0], cachePath, timeout: 60_000 }).catch((error: unknown) => {
    options.log(`VS Code ${version[0]} could not be downloaded: ${String(error)}`);
    return undefined;
  });
}

async function withinTime<T>(question: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([question.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

function askCli(executable: string, args: readonly string[]): Promise<string> {
  const [cli = executable, ...own] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  return run(cli, [...own, ...args], { minutes: 2 });
}
