// The part of the bench about infrastructure code: a Terraform root of 1,000 services, and single files over 100 KB beside a
// bare parse of the same text.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import { parseHcl } from '../../server/src/syntax/hcl.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { cpuMilliseconds } from '../cpuTime.ts';
import {
  CLOUDFORMATION_HEAD,
  cloudFormationService,
  type EditedFile,
  generateTerraformRoot,
  jsonTemplate,
  longText,
  terraformService,
} from './infrastructure.ts';
import { medianOf, type ProcessTime, percentile, timeKeystrokes, timeProcess } from './measure.ts';

const RULE = 'circuit-breaker-disabled';
const SERVICES = 1000;
const EDITS = 300;
const budgets = { keystrokeP95: 10, timesParse: 1.5 };

/** `foundation`: the same number of services in files of JSON. */
export async function benchInfrastructure(
  cli: string,
  scratch: string,
  foundation: ProcessTime | undefined,
): Promise<void> {
  if (foundation) console.log(`\n${SERVICES} services in files of JSON: ${coldWords(foundation)}`);
  const run: RunCold = (root) => medianOf(3, () => timeProcess([cli, 'check', '--format', 'json', root], scratch));
  await benchRoot(path.join(scratch, 'terraform'), run);
  const files: readonly LongFile[] = [
    { format: 'Terraform', name: 'main.tf', edited: longText(terraformService, 130), parse: parseHcl },
    {
      format: 'CloudFormation in YAML',
      name: 'template.yaml',
      edited: longText(cloudFormationService, 150, CLOUDFORMATION_HEAD),
      parse: parseYaml,
    },
    { format: 'CloudFormation in JSON', name: 'template.json', edited: jsonTemplate(100), parse: parseJson },
  ];
  for (const file of files) {
    const root = path.join(scratch, `long-${file.name}`);
    mkdirSync(root);
    writeFileSync(path.join(root, file.name), file.edited.right);
    benchFile(file, await run(root));
  }
}

type RunCold = (root: string) => Promise<ProcessTime>;

function coldWords({ milliseconds, megabytes }: ProcessTime): string {
  return `cold ${(milliseconds / 1000).toFixed(2)} s, ${megabytes.toFixed(0)} MB`;
}

interface LongFile {
  readonly format: string;
  readonly name: string;
  readonly edited: EditedFile;
  readonly parse: (text: string) => unknown;
}

async function benchRoot(root: string, run: RunCold): Promise<void> {
  const edited = generateTerraformRoot(root, SERVICES);
  const cold = await run(root);
  const { p50, p95 } = await timeKeystrokes(root, { ...edited, rule: RULE, reportedIn: edited.file });
  console.log(
    `Terraform root of ${SERVICES} services in ${SERVICES} files: ${coldWords(cold)}; keystroke p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ` +
      `budget ${budgets.keystrokeP95} ms ${p95 <= budgets.keystrokeP95 ? '✓' : '✗ over budget'}`,
  );
}

/** Edits and parses take turns, in processor time, so that a busy machine tells the same. */
function benchFile({ format, name, edited, parse }: LongFile, cold: ProcessTime): void {
  const uri = `file:///bench/${name}`;
  const host = createAnalysisHost();
  host.apply({ folders: ['file:///bench'], added: [uri], contents: [{ uri, text: edited.right }] });
  const edits: number[] = [];
  const parses: number[] = [];
  for (let index = 0; index < EDITS; index++) {
    const text = index % 2 === 0 ? edited.wrong : edited.right;
    parses.push(timed(() => parse(text)));
    edits.push(timed(() => host.apply({ contents: [{ uri, text }] })));
    const isFound = host.reports(uri).some(({ rule }) => rule === RULE);
    if (isFound !== (index % 2 === 0)) throw new Error(`${name}: wrong after edit ${index}`);
  }
  const [p95, bare] = [percentile(edits, 0.95), percentile(parses, 0.95)];
  console.log(
    `${format}, one file of ${Math.round(edited.right.length / 1000)} KB: ${coldWords(cold)}; keystroke p95 ${p95.toFixed(1)} ms of processor time, ` +
      `bare parse p95 ${bare.toFixed(1)} ms, ${(p95 / bare).toFixed(1)}×, budget ${budgets.timesParse}× ` +
      `${p95 <= budgets.timesParse * bare ? '✓' : '✗ over budget'}`,
  );
}

function timed(run: () => unknown): number {
  const before = cpuMilliseconds();
  run();
  return cpuMilliseconds() - before;
}
