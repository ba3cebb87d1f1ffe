// Every example of every rule, also with other line ends, characters before the mark and another order of files.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Report } from '../../server/src/engine/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import {
  allReports,
  analyze,
  applyFix,
  type Files,
  type Mark,
  type MarkedFiles,
  pathOf,
  readMarked,
} from './workspace.ts';

type Variation = (text: string) => string;

const variations: Readonly<Record<string, Variation>> = {
  'as written': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with files in reverse order': (text) => `--- ${text.split(/^--- /m).slice(1).reverse().join('--- ')}`,
  'with an emoji before the marks': (text) =>
    text
      .replaceAll(/^(\{\n)/gm, '$1  // 🚀 up\n')
      .replaceAll(/^FROM /gm, '# 🚀 up\nFROM ')
      .replaceAll(/^«FROM/gm, '# 🚀 up\n«FROM'),
};

const place = (mark: Mark): string => `${mark.path}:${mark.start}-${mark.end}`;
const placeOf = ({ at }: Pick<Report, 'at'>): string => `${pathOf(at.uri)}:${at.span.start}-${at.span.end}`;

function sorted(places: readonly string[]): readonly string[] {
  return [...places].sort();
}

async function checkBad(rule: Rule, marked: MarkedFiles, message: string | undefined): Promise<void> {
  const reports = allReports(await analyze(marked.files));
  const own = reports.filter((report) => report.rule === rule.id);
  assert.deepEqual(sorted(own.map(placeOf)), sorted(marked.findings.map(place)), JSON.stringify(reports, null, 1));
  for (const report of own) {
    assert.match(report.message, /^[A-Z"].*[.?]$/s, 'a message is a sentence');
    if (message !== undefined) assert.equal(report.message, message);
  }
  const [related] = marked.firstRelated;
  const first = own[0]?.related[0];
  if (related) assert.equal(first && placeOf(first), place(related));
}

async function checkFix(rule: Rule, files: Files, fixed: Files): Promise<void> {
  const host = await analyze(files);
  const before = allReports(host);
  const fix = before.find((report) => report.rule === rule.id)?.fixes.find((one) => one.preferred);
  assert.ok(fix, 'a preferred fix');
  const after = applyFix(host, fix, files);
  for (const [path, text] of fixed) assert.equal(after.get(path), text, path);
  const remaining = allReports(await analyze(after));
  assert.deepEqual(remaining.filter((report) => report.rule === rule.id).map(placeOf), []);
  const known = new Set(before.map((report) => report.rule));
  const fresh = remaining.filter((report) => report.severity !== 'info' && !known.has(report.rule));
  assert.deepEqual(
    fresh.map((report) => report.message),
    [],
    'a fix brings nothing new',
  );
}

/** The text with each marked JSON value made a template; undefined where a mark is not a value. */
function madeDynamic(text: string): string | undefined {
  const marks = [...text.matchAll(/«(?!1:)([^»]*)»(")?(:)?/g)];
  if (marks.length === 0 || marks.some((mark) => mark[3] !== undefined || /[\s{]/.test(mark[1] ?? '')))
    return undefined;
  // A name only gives the finding a place; it is not what the rule judges.
  if (marks.some((mark) => /"(?:name|family|serviceName)": "$/.test(text.slice(0, mark.index)))) return undefined;
  if (readMarked(text).findings.some((mark) => !mark.path.endsWith('.json'))) return undefined;
  return text.replaceAll(/«(?!1:)[^»]*»/g, '{{ decided_elsewhere }}');
}

for (const rule of rules) {
  describe(rule.id, () => {
    for (const [index, example] of rule.examples.bad.entries()) {
      for (const [name, vary] of Object.entries(variations)) {
        test(`bad ${index + 1} ${name}`, () => checkBad(rule, readMarked(vary(example.files)), example.message));
      }
      const dynamic = madeDynamic(example.files);
      if (dynamic !== undefined) {
        test(`bad ${index + 1} with its value made dynamic`, async () => {
          const reports = allReports(await analyze(readMarked(dynamic).files));
          assert.deepEqual(
            reports.filter((report) => report.rule === rule.id).map((report) => report.message),
            [],
          );
        });
      }
      const { fixed } = example;
      if (fixed === undefined) continue;
      for (const name of ['as written', 'with CRLF'] as const) {
        const vary = variations[name] ?? ((text: string) => text);
        test(`bad ${index + 1} fixed ${name}`, () =>
          checkFix(rule, readMarked(vary(example.files)).files, readMarked(vary(fixed)).files));
      }
    }
    for (const [index, example] of rule.examples.good.entries()) {
      for (const [name, vary] of Object.entries(variations)) {
        test(`good ${index + 1} ${name}`, async () => {
          const reports = allReports(await analyze(readMarked(vary(example)).files));
          const wrong = reports.filter((report) => report.rule === rule.id || report.severity === 'error');
          assert.deepEqual(
            wrong.map((report) => `${report.rule}: ${report.message}`),
            [],
          );
        });
      }
    }
    test('has texts that a page can be made of', () => {
      for (const text of [rule.summary, rule.why, rule.remedy]) assert.match(text, /\S.*\.["`…)]?\)?$/s);
      for (const source of rule.sources) assert.match(source, /^https:\/\//);
    });
  });
}
