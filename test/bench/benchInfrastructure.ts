// The part of the bench about infrastructure code: a Terraform root of 1,000 services, and single files over 100 KB beside a
// bare parse of the same text.

import path from 'node:path';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import { parseHcl } from '../../server/src/syntax/hcl.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import {
  CLOUDFORMATION_HEAD,
  cloudFormationService,
  type EditedFile,
  generateTerraformRoot,
  longText,
  terraformService,
} from './infrastructure.ts';
import { medianOf, percentile, timeKeystrokes, timeProcess } from './measure.ts';

const RULE = 'circuit-breaker-disabled';
const SERVICES = 1000;
const EDITS = 60;
const budgets = { keystrokeP95: 10, timesParse: 1.5 };

export async function benchInfrastructure(cli: string, scratch: string): Promise<void> {
  await benchRoot(cli, path.join(scratch, 'terraform'), scratch);
  benchFile('Terraform', 'main.tf', longText(terraformService, 130), parseHcl);
  const template = longText(cloudFormationService, 150, CLOUDFORMATION_HEAD);
  benchFile('CloudFormation', 'template.yaml', template, parseYaml);
}

async function benchRoot(cli: string, root: string, scratch: string): Promise<void> {
  const edited = generateTerraformRoot(root, SERVICES);
  const cold = await medianOf(3, () => timeProcess([cli, 'check', '--format', 'json', root], scratch));
  const { p50, p95 } = await timeKeystrokes(root, { ...edited, rule: RULE, reportedIn: edited.file });
  console.log(
    `\nTerraform root of ${SERVICES} services in ${SERVICES} files: cold ${(cold.milliseconds / 1000).toFixed(2)} s, ` +
      `${cold.megabytes.toFixed(0)} MB; keystroke p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ` +
      `budget ${budgets.keystrokeP95} ms ${p95 <= budgets.keystrokeP95 ? '✓' : '✗ over budget'}`,
  );
}

/** Edits and parses take turns, so that a busy machine slows both. */
function benchFile(format: string, name: string, edited: EditedFile, parse: (text: string) => unknown): void {
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
    `${format}, one file of ${Math.round(edited.right.length / 1000)} KB: keystroke p95 ${p95.toFixed(1)} ms, ` +
      `bare parse p95 ${bare.toFixed(1)} ms, ${(p95 / bare).toFixed(1)}×, budget ${budgets.timesParse}× ` +
      `${p95 <= budgets.timesParse * bare ? '✓' : '✗ over budget'}`,
  );
}

function timed(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}
