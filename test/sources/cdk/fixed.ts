// Carries out the fix of a finding in a CDK program, and looks at what it changes.

import assert from 'node:assert/strict';
import type { SyntaxNode } from '../../../server/src/syntax/treeSitter.ts';
import { withTree } from '../../../server/src/syntax/treeSitter.ts';
import { allReports, analyze, applyFix, type Files } from '../../rules/workspace.ts';
import type { Texts } from './app.ts';

export const program: Texts = {
  'web/Dockerfile': 'FROM node:22.3.0-bookworm\nWORKDIR /app\nCOPY server.js .\nCMD ["node", "server.js"]\n',
  'web/server.js': "require('http').createServer().listen(3000);\n",
};

export interface Row {
  readonly rule: string;
  readonly what: string;
  readonly body: string;
  /** Lines that go and come, as in a patch; `!` alone where the fix is left to a person. */
  readonly change: readonly string[];
}

/** Lines that only one of two texts has, those that go first. */
function changed(before: string, after: string): readonly string[] {
  const [old, next] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((line) => !next.includes(line)).map((line) => `-${line}`);
  return [...gone, ...next.filter((line) => !old.includes(line)).map((line) => `+${line}`)];
}

function hasErrors(grammar: string, text: string): boolean {
  const visit = (node: SyntaxNode): boolean => node.type === 'ERROR' || node.children.some(visit);
  return withTree(grammar, text, visit) ?? true;
}

export async function checkFix(
  { rule, change }: Row,
  texts: Texts,
  file: string,
  indent: string,
  grammar: string,
): Promise<void> {
  const files: Files = new Map(Object.entries(texts));
  const host = await analyze(files);
  const reports = allReports(host);
  const report = reports.find((one) => one.rule === rule);
  assert(report, `${rule} among ${reports.map((one) => one.rule).join(', ')}`);
  const fix = report.fixes.find((one) => one.preferred) ?? report.fixes[0];
  if (change[0] === '!') {
    assert(!fix || host.edits(fix).length === 0);
    return;
  }
  assert(fix);
  const after = applyFix(host, fix, files);
  const lines = change.map((line) => line.charAt(0) + indent + line.slice(1));
  assert.deepEqual(changed(files.get(file) ?? '', after.get(file) ?? ''), lines);
  assert(!hasErrors(grammar, after.get(file) ?? ''));
  const left = allReports(await analyze(after));
  assert(!left.some((one) => one.rule === rule), 'the finding is gone');
  const before = new Set(reports.map((one) => one.rule));
  const worse = left.filter((one) => one.severity !== 'info' && !before.has(one.rule));
  assert.deepEqual(
    worse.map((one) => one.rule),
    [],
  );
}
