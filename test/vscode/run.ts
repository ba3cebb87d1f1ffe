// Tests the packaged extension in a real VS Code: inside the extension host, and by hand through the page.

import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { run } from './commands.ts';
import { type EditorHost, openHost } from './host.ts';
import { type Outcome, printed, runAll } from './outcome.ts';
import { packageTests } from './package.ts';
import { type PageContext, pageTests } from './page/index.ts';
import { stories } from './stories.ts';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface EditorTestRun {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Such as "VS Code 1.139.1 (code-server 4.139.1)". */
  readonly host: string;
}

export async function runEditorTests(): Promise<EditorTestRun> {
  await run('npm', ['run', '--silent', 'package'], { cwd: project });
  return testPackage(join(project, 'dist/steadystate.vsix'));
}

export async function testPackage(vsix: string): Promise<EditorTestRun> {
  const scratch = join(project, 'out/vscode');
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const log = (line: string) => console.log(line);
  const host = await openHost({ vsix, cache: join(project, '.cache/vscode'), scratch, log });
  try {
    log(`Editor: ${host.name}`);
    const outcomes = [
      ...(await show(runAll(packageTests, vsix))),
      ...(await show(suiteOutcomes(host, scratch, 'index', await copyWorkspace(join(scratch, 'suite-workspace'))))),
      ...(await show(suiteOutcomes(host, scratch, 'infrastructure', await copyStories(join(scratch, 'stories'))))),
      ...(await show(pageOutcomes(host, scratch))),
    ];
    const skipped = host.page === undefined ? pageTests.map((test) => test.name) : [];
    for (const name of skipped) {
      log(`- ${name} (skipped: this editor is not a page)`);
    }
    const failed = outcomes.filter((outcome) => outcome.error !== undefined).length;
    return { passed: outcomes.length - failed, failed, skipped: skipped.length, host: host.name };
  } finally {
    await host.close();
  }
}

async function show(running: Promise<readonly Outcome[]>): Promise<readonly Outcome[]> {
  const outcomes = await running;
  for (const outcome of outcomes) {
    console.log(printed(outcome));
  }
  return outcomes;
}

async function suiteOutcomes(
  host: EditorHost,
  scratch: string,
  name: string,
  folder: string,
): Promise<readonly Outcome[]> {
  const suite = join(scratch, 'suite', name, 'index.cjs');
  await build({
    entryPoints: [join(project, 'test/vscode/suite', `${name}.ts`)],
    outfile: suite,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  // A suite that ends early leaves no file, and its error is the one to show.
  const ended = await host.runSuite(suite, folder).catch((error: unknown) => error);
  try {
    return JSON.parse(await readFile(join(dirname(suite), 'outcomes.json'), 'utf8')) as readonly Outcome[];
  } catch {
    return [{ name: `the suite ${name} runs inside the extension host`, milliseconds: 0, error: String(ended) }];
  }
}

async function pageOutcomes(host: EditorHost, scratch: string): Promise<readonly Outcome[]> {
  if (host.page === undefined) {
    return [];
  }
  const screenshots = join(project, 'out/screenshots');
  await rm(screenshots, { recursive: true, force: true });
  await mkdir(screenshots, { recursive: true });
  const folder = await copyWorkspace(join(scratch, 'page-workspace/nine-am'));
  const { page, close } = await host.page(folder);
  const screenshot = async (name: string) => {
    await page.screenshot({ path: join(screenshots, `${name}.png`), animations: 'disabled' });
  };
  const context: PageContext = { page, folder, screenshot };
  try {
    return await runAll(pageTests, context, async (test) => {
      await screenshot(`failed-${test.name.replaceAll(/\W+/g, '-')}`);
      // Dialogs and menus must not hinder the next test.
      await page.keyboard.press('Escape');
    });
  } finally {
    await close();
  }
}

async function copyWorkspace(folder: string, name = 'nine-am'): Promise<string> {
  await cp(join(project, 'test/workspaces', name), folder, { recursive: true });
  return folder;
}

/** One folder with all stories side by side. */
async function copyStories(folder: string): Promise<string> {
  await Promise.all(stories.map(({ workspace }) => copyWorkspace(join(folder, workspace), workspace)));
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, skipped } = await runEditorTests();
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
