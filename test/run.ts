// Runs every test: those of Node first, then the suites inside an editor. Arguments name files or folders to run only those;
// `--no-editor` leaves the editor out. The last line says how many passed and failed.

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { parseArgs } from 'node:util';

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

interface TestEvent {
  readonly name: string;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined; readonly error?: Error };
}

const notUnits = ['test/workspaces', 'test/vscode', 'test/bench'];

const { values, positionals } = parseArgs({ options: { 'no-editor': { type: 'boolean' } }, allowPositionals: true });
const started = performance.now();
const outcome = await runUnits(positionals);
console.log(`${outcome.passed} unit tests passed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
if (!values['no-editor'] && positionals.length === 0) await runEditor(outcome);
const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
console.log(`${outcome.passed} passed, ${outcome.failed} failed${skipped}`);
process.exit(outcome.failed > 0 || outcome.passed === 0 ? 1 : 0);

async function runUnits(filters: readonly string[]): Promise<Outcome> {
  const files = filters.length > 0 ? filters.flatMap(filesOf) : filesOf('test').filter(isUnit);
  const result: Outcome = { passed: 0, failed: 0, skipped: 0 };
  if (files.length === 0) {
    console.error(`No test files in ${filters.join(', ')}`);
    return { ...result, failed: 1 };
  }
  const output = new Map<string, string>();
  // The processes of the files inherit the loader that runs this file.
  const stream = run({ files: [...files], concurrency: 2 });
  for await (const event of stream) {
    if (event.type === 'test:pass') countPass(event.data, result);
    else if (event.type === 'test:fail') countFail(event.data, result);
    else if (event.type === 'test:diagnostic' && isOfTest(event.data)) console.log(event.data.message);
    else if (event.type === 'test:stderr' || event.type === 'test:stdout') {
      const { file, message } = event.data;
      output.set(file ?? '', (output.get(file ?? '') ?? '') + message);
    }
  }
  if (result.failed > 0)
    for (const [file, text] of output) console.error(`Output of ${shortName(file)}:\n${text.trimEnd()}`);
  return result;
}

/** What a test tells by itself; Node tells its counts in the same way. */
function isOfTest({ message, file }: { readonly message: string; readonly file?: string | undefined }): boolean {
  return file !== undefined && !/^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(message);
}

function countPass(event: TestEvent, result: Outcome): void {
  if (event.details.type === 'suite' || isFileItself(event)) return;
  if (event.skip !== undefined && event.skip !== false) result.skipped++;
  else result.passed++;
}

function countFail(event: TestEvent, result: Outcome): void {
  const { error } = event.details;
  const failureType = error && 'failureType' in error ? error.failureType : undefined;
  if (failureType === 'subtestsFailed') return;
  result.failed++;
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const lines = text.split('\n').filter((line) => !/^\s+at .*(?:node:internal|\(internal)/.test(line));
  console.error(`✗ ${event.name} (${shortName(event.file ?? '')})\n    ${lines.join('\n    ')}\n`);
}

/** Node reports a file as a test of its own when it holds none. */
function isFileItself(event: TestEvent): boolean {
  return event.file !== undefined && path.resolve(event.name) === path.resolve(event.file);
}

async function runEditor(result: Outcome): Promise<void> {
  try {
    const { runEditorTests } = await import('./vscode/run.ts');
    const editor = await runEditorTests();
    console.log(`Editor tests ran in ${editor.host}: ${editor.passed} passed, ${editor.failed} failed`);
    result.passed += editor.passed;
    result.failed += editor.failed;
    result.skipped += editor.skipped;
  } catch (error) {
    result.failed++;
    console.error(`✗ the editor tests could not run\n${error instanceof Error ? error.stack : String(error)}`);
  }
}

function filesOf(filter: string): readonly string[] {
  const stat = statSync(filter, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat ? [path.resolve(filter)] : [];
  const names = readdirSync(filter, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => path.resolve(filter, name));
}

function isUnit(file: string): boolean {
  const relative = shortName(file);
  return !notUnits.some((folder) => relative.startsWith(`${folder}/`));
}

function shortName(file: string): string {
  return path.relative(process.cwd(), file).replaceAll(path.sep, '/');
}
