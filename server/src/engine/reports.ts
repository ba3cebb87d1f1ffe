// Raw findings become reports: equal ones of several deployments are one, settings give levels, ignores suppress.

import type { Span } from '../base/text.ts';
import { pathFrom, type Uri } from '../base/uri.ts';
import { globMatcher } from '../config/globs.ts';
import type { InlineIgnore } from '../config/inlineIgnore.ts';
import type { IgnoreEntry, Settings } from '../config/settings.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import type { Report } from './analysis.ts';
import type { RawFinding } from './judge.ts';

export interface ReportContext {
  /** The folder that the globs of the settings count from. */
  readonly base: Uri;
  readonly settings: Settings;
  readonly ignores: readonly InlineIgnore[];
  /** The id of the source that reads the file. */
  readonly source: string | undefined;
  /** The span of the value a JSON pointer names in the file; undefined where there is none. */
  readonly pointed: (pointer: string) => Span | undefined;
}

export interface FileReports {
  readonly reports: readonly Report[];
  /** Ignores that matched something. */
  readonly usedInline: ReadonlySet<InlineIgnore>;
  readonly usedEntries: ReadonlySet<IgnoreEntry>;
}

const severities: readonly Severity[] = ['info', 'warning', 'error'];

function milder(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) < severities.indexOf(b) ? a : b;
}

/** The graver of two severities. */
export function graver(a: Severity, b: Severity): Severity {
  return milder(a, b) === a ? b : a;
}

/** The severity after settings; undefined where the rule is off. Findings in stale copies are never above info. */
export function severityOf(raw: RawFinding, settings: Settings): Severity | undefined {
  const level = settings.rules[raw.rule.id];
  if (level === 'off') return undefined;
  const severity = level ?? raw.finding.severity ?? raw.rule.severity;
  return raw.deployment?.staleBecause ? milder(severity, 'info') : severity;
}

/** Whether another tool reports the finding in this format, and no setting asks for it here too. */
function isNeighbors({ rule, finding }: RawFinding, { source, settings }: ReportContext): boolean {
  if (finding.beyondNeighbors === true || settings.rules[rule.id] !== undefined) return false;
  return (rule.neighbors ?? []).some(({ format }) => source?.toLowerCase().startsWith(format.toLowerCase()) === true);
}

/** The reports of one file, sorted by place, then rule. */
export function reportsOf(uri: Uri, raw: readonly RawFinding[], context: ReportContext): FileReports {
  const usedInline = new Set<InlineIgnore>();
  const usedEntries = new Set<IgnoreEntry>();
  const merged = new Map<string, Report>();
  for (const one of raw) {
    const severity = severityOf(one, context.settings);
    if (severity === undefined || isNeighbors(one, context)) continue;
    const { at, message } = one.finding;
    const key = `${one.rule.id}:${at.span.start}:${at.span.end}:${message}`;
    const previous = merged.get(key);
    if (previous) {
      merged.set(key, mergeReports(previous, severity, one));
      continue;
    }
    const inline = context.ignores.filter((ignore) => ignoresInline(ignore, one.rule.id, at.span.start));
    const entries = context.settings.ignore.filter((entry) => ignoresEntry(entry, one, uri, context));
    for (const ignore of inline) usedInline.add(ignore);
    for (const entry of entries) usedEntries.add(entry);
    merged.set(key, toReport(one, severity, inline.length + entries.length > 0));
  }
  return { reports: [...merged.values()].sort(byPlace), usedInline, usedEntries };
}

function toReport({ rule, finding, deployment }: RawFinding, severity: Severity, suppressed: boolean): Report {
  return {
    rule: rule.id,
    severity,
    message: finding.message,
    at: finding.at,
    related: finding.related ?? [],
    fixes: finding.fixes ?? [],
    deployments: deployment ? [deployment.id] : [],
    suppressed,
  };
}

/** The same defect in another deployment: the graver severity and the places and fixes of both. */
function mergeReports(report: Report, severity: Severity, { finding, deployment }: RawFinding): Report {
  const related = [...report.related, ...(finding.related ?? [])];
  const deployments = deployment ? [...report.deployments, deployment.id] : report.deployments;
  return {
    ...report,
    severity: graver(report.severity, severity),
    related: distinctBy(related, (item) => `${item.at.uri}:${item.at.span.start}:${item.message}`),
    fixes: mergeFixes(report, finding),
    deployments: distinctBy(deployments, (id) => id).sort(),
  };
}

function mergeFixes(report: Report, finding: Finding): Report['fixes'] {
  return report.fixes.map((fix) => {
    const twin = finding.fixes?.find((other) => other.title === fix.title);
    return twin
      ? { ...fix, intents: distinctBy([...fix.intents, ...twin.intents], (intent) => JSON.stringify(intent)) }
      : fix;
  });
}

function distinctBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

function ignoresInline(ignore: InlineIgnore, rule: string, offset: number): boolean {
  const { start, end } = ignore.appliesTo;
  return !!ignore.reason && ignore.rule === rule && start <= offset && offset <= end;
}

function ignoresEntry(entry: IgnoreEntry, raw: RawFinding, uri: Uri, context: ReportContext): boolean {
  if (entry.rule !== raw.rule.id) return false;
  if (!globMatcher([entry.path])(pathFrom(context.base, uri))) return false;
  if (entry.pointer === undefined) return true;
  const span = context.pointed(entry.pointer);
  const { start, end } = raw.finding.at.span;
  return span !== undefined && span.start <= start && end <= span.end;
}

function byPlace(a: Report, b: Report): number {
  return (
    a.at.span.start - b.at.span.start ||
    a.at.span.end - b.at.span.end ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : 1)
  );
}
