// `npm run score -- <truth.jsonl> <folder of checkouts>`: compares what each container of known repositories listens on
// with what a person found, and prints what is right, wrong and unknown, by language and by what decides the port.
// `--cli FILE` scores another bundle of the command line than `dist/cli.cjs`.
//
// A line of the truth is JSON: `repo` (`owner/name`, checked out as `owner+name`), `language`, `containers` (`taskDefinition`
// file, `container` name or null, `listens`: ports, the served one first, [] for none, null where nobody can tell,
// `decidedBy`), `expect` and `mustNotExpect` (rules).

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

interface Truth {
  readonly repo: string;
  readonly language: string;
  readonly containers: readonly TrueContainer[];
  readonly expect: readonly { readonly kind: string }[];
  readonly mustNotExpect: readonly string[];
}

interface TrueContainer {
  readonly taskDefinition: string;
  readonly container: string | null;
  readonly dockerfile: string | null;
  readonly listens: readonly number[] | null;
  readonly decidedBy: string;
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

interface FoundContainer {
  readonly name: string | null;
  readonly dockerfile: { readonly file: string } | null;
  readonly listens: {
    readonly state: 'known' | 'none' | 'unknown';
    readonly ports: readonly { readonly port: number; readonly because: readonly Place[] }[];
    readonly reason: string | null;
  };
}

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly suppressed: boolean;
  }[];
  readonly deployments: readonly {
    readonly taskDefinition: { readonly file: string } | null;
    readonly service: { readonly file: string } | null;
    readonly containers: readonly FoundContainer[];
  }[];
}

const verdicts = ['right', 'wrong', 'unknown', 'no deployment', 'undecidable'] as const;
type Verdict = (typeof verdicts)[number];

interface Score {
  readonly truth: Truth;
  readonly container: TrueContainer;
  readonly verdict: Verdict;
  /** What differs, with both sides; empty where nothing does. */
  readonly difference: string;
}

const run = promisify(execFile);

async function check(cli: string, folder: string): Promise<Report> {
  const options = { maxBuffer: 1 << 28, timeout: 120_000 };
  const { stdout } = await run('node', [cli, 'check', folder, '--format', 'json', '--fail-on', 'never'], options);
  const report: Report = JSON.parse(stdout);
  return report;
}

/**
 * The container of the truth: by file and name. Where the name is an expression, one of those that nobody else names: that
 * of the same Dockerfile, else the one in the same place of their order.
 */
function containerOf(report: Report, { containers }: Truth, wanted: TrueContainer): FoundContainer | undefined {
  const found = report.deployments
    .filter(({ taskDefinition, service }) => (taskDefinition ?? service)?.file === wanted.taskDefinition)
    .flatMap((deployment) => deployment.containers);
  const named = found.find(({ name }) => name !== null && name === wanted.container);
  if (named) return named;
  const beside = containers.filter(({ taskDefinition }) => taskDefinition === wanted.taskDefinition);
  const left = found.filter(({ name }) => !beside.some(({ container }) => container !== null && container === name));
  const nameless = beside.filter(({ container }) => container === null);
  const sameFile = left.find(({ dockerfile }) => dockerfile && dockerfile.file === wanted.dockerfile);
  return sameFile ?? left[nameless.indexOf(wanted)] ?? (found.length === 1 ? found[0] : undefined);
}

function judge(truth: Truth, container: TrueContainer, report: Report): Score {
  const found = containerOf(report, truth, container);
  const score = (verdict: Verdict, difference = ''): Score => ({ truth, container, verdict, difference });
  if (!found) return score('no deployment', 'no such container was found');
  const { state, ports, reason } = found.listens;
  const told = container.listens;
  const shown = ports.map(({ port, because }) => `${port}: ${because.map(placeText).join(' → ')}`).join('; ');
  if (told === null) return state === 'unknown' ? score('undecidable') : score('wrong', shown || state);
  if (state === 'unknown') return score('unknown', `${reason ?? ''} (Dockerfile: ${found.dockerfile?.file ?? 'none'})`);
  const numbers = ports.map(({ port }) => port);
  const invented = numbers.some((port) => !told.includes(port));
  const [served] = told;
  const isRight = !invented && (served === undefined ? numbers.length === 0 : numbers.includes(served));
  return isRight ? score('right') : score('wrong', shown || state);
}

function placeText({ file, line, text }: Place): string {
  return `${file}:${line} ${text}`;
}

/** False alarms and missed findings of a repository. */
function alarms(truth: Truth, report: Report): readonly string[] {
  const findings = report.findings.filter(({ suppressed }) => !suppressed);
  const falseAlarms = findings.filter(
    ({ rule, severity }) => severity !== 'info' && truth.mustNotExpect.includes(rule),
  );
  const missed = truth.expect.filter(({ kind }) => !findings.some(({ rule }) => rule === kind));
  return [
    ...falseAlarms.map(({ rule, file, message }) => `${truth.repo}: false alarm ${rule} in ${file}: ${message}`),
    ...missed.map(({ kind }) => `${truth.repo}: missed ${kind}`),
  ];
}

function printTable(title: string, scores: readonly Score[], groupOf: (score: Score) => string): void {
  const groups = [...new Set(scores.map(groupOf))].sort();
  const width = Math.max(title.length, ...groups.map((group) => group.length));
  console.log(`\n${title.padEnd(width)}  ${verdicts.map((verdict) => verdict.padStart(verdict.length + 1)).join(' ')}`);
  for (const group of [...groups, 'all']) {
    const own = scores.filter((score) => group === 'all' || groupOf(score) === group);
    const counts = verdicts.map((verdict) => {
      const count = own.filter((score) => score.verdict === verdict).length;
      return String(count).padStart(verdict.length + 1);
    });
    console.log(`${group.padEnd(width)}  ${counts.join(' ')}`);
  }
}

const { values, positionals } = parseArgs({ options: { cli: { type: 'string' } }, allowPositionals: true });
const cli = path.resolve(values.cli ?? 'dist/cli.cjs');
const [truthFile, checkouts] = positionals;
if (truthFile === undefined || checkouts === undefined) {
  console.error('Usage: npm run score -- <truth.jsonl> <folder of checkouts> [--cli FILE]');
  process.exit(2);
}
const truths = readFileSync(truthFile, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line): Truth => JSON.parse(line));
const scores: Score[] = [];
const noted: string[] = [];
let missing = 0;
for (const truth of truths) {
  const folder = path.join(checkouts, truth.repo.replace('/', '+'));
  if (!existsSync(folder)) {
    missing++;
    continue;
  }
  try {
    const report = await check(cli, folder);
    scores.push(...truth.containers.map((container) => judge(truth, container, report)));
    noted.push(...alarms(truth, report));
  } catch (error) {
    noted.push(`${truth.repo}: failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
for (const { truth, container, verdict, difference } of scores) {
  if (difference === '') continue;
  console.log(
    `${verdict}: ${truth.repo} ${container.taskDefinition}#${container.container ?? '?'} [${truth.language}]`,
  );
  console.log(`  told: ${JSON.stringify(container.listens)} by ${container.decidedBy}`);
  console.log(`  found: ${difference}`);
}
if (noted.length > 0) console.log(`\n${noted.join('\n')}`);
printTable('language', scores, ({ truth }) => truth.language);
printTable('decided by', scores, ({ container }) => container.decidedBy);
console.log(`\n${truths.length - missing} repositories checked, ${missing} not there.`);
