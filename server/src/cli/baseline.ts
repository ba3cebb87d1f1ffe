// A baseline: the findings that were there when somebody began, which are not to stop the build. Findings are told apart by
// rule, file and message, so that they are recognized when lines move.

import type { Report } from '../engine/analysis.ts';
import type { Snapshot } from '../report/snapshot.ts';
import { CommandError } from './command.ts';

interface Entry {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

export function baselineText(snapshot: Snapshot): string {
  const findings = snapshot.reports.filter((report) => !report.suppressed).map((report) => entryOf(report, snapshot));
  return `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`;
}

/** Findings that the baseline holds count as suppressed, each entry once. */
export function applyBaseline(snapshot: Snapshot, text: string, file: string): Snapshot {
  const left = new Map<string, number>();
  for (const entry of readBaseline(text, file)) {
    const key = keyOf(entry);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const reports = snapshot.reports.map((report) => {
    const key = keyOf(entryOf(report, snapshot));
    const count = left.get(key) ?? 0;
    if (count === 0 || report.suppressed) return report;
    left.set(key, count - 1);
    return { ...report, suppressed: true };
  });
  return { ...snapshot, reports };
}

function readBaseline(text: string, file: string): readonly Entry[] {
  const entries = findingsOf(text);
  if (entries?.every(isEntry)) return entries;
  throw new CommandError(`'${file}' is not a baseline; write one with --write-baseline ${file}.`);
}

function findingsOf(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('findings' in value)) return undefined;
    return Array.isArray(value.findings) ? value.findings : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  return ['rule', 'file', 'message'].every((key) => typeof Reflect.get(value, key) === 'string');
}

function entryOf(report: Report, snapshot: Snapshot): Entry {
  return { rule: report.rule, file: snapshot.places.pathOf(report.at.uri), message: report.message };
}

function keyOf({ rule, file, message }: Entry): string {
  return JSON.stringify([rule, file, message]);
}
