// The report for a terminal: each finding with the code it is about, then the port chain of every deployment, then one line
// that sums up.

import type { Report } from '../engine/analysis.ts';
import type { Fix } from '../rules/rule.ts';
import { type Chain, type ChainLink, chainsOf, type Verdict } from './chain.ts';
import { codeFrame, gutter, gutterWidth } from './codeFrame.ts';
import { placeInWords } from './places.ts';
import { bySeverity, countInWords, countReports, countsInWords, type Snapshot } from './snapshot.ts';
import { type Paint, type Style, severityPaint } from './style.ts';
import { padToWidth, textWidth, visible } from './terminalText.ts';

export interface TextReportOptions {
  readonly style: Style;
  /** Files that were read, and seconds it took; left out where reports must be the same for the same input. */
  readonly filesRead?: number;
  readonly seconds?: number;
}

const MAXIMUM_RELATED = 8;

export function textReport(snapshot: Snapshot, options: TextReportOptions): string {
  const { style } = options;
  const sections = groups(snapshot).flatMap(({ title, reports }) => [
    style.bold(visible(title)),
    '',
    ...bySeverity(reports).flatMap((report) => [...findingLines(report, snapshot, style), '']),
  ]);
  const lines = [...sections, ...deploymentLines(snapshot, style), ...summaryLines(snapshot, options)];
  return `${lines.join('\n')}\n`;
}

interface Group {
  readonly title: string;
  readonly reports: readonly Report[];
}

/** Findings by the first deployment they were found in; then those that belong to none. */
function groups(snapshot: Snapshot): readonly Group[] {
  const shown = snapshot.reports.filter((report) => !report.suppressed);
  const byDeployment = new Map<string, Report[]>();
  for (const report of shown) {
    const key = report.deployments[0] ?? '';
    byDeployment.set(key, [...(byDeployment.get(key) ?? []), report]);
  }
  const named = snapshot.deployments.flatMap(({ deployment }) => {
    const reports = byDeployment.get(deployment.id);
    byDeployment.delete(deployment.id);
    const file = (deployment.service ?? deployment.taskDefinition)?.at.uri;
    const path = file === undefined ? '' : ` · ${snapshot.places.pathOf(file)}`;
    return reports ? [{ title: `${deployment.name}${path}`, reports }] : [];
  });
  const rest = [...byDeployment.values()].flat();
  return rest.length > 0 ? [...named, { title: 'Files', reports: rest }] : named;
}

function findingLines(report: Report, snapshot: Snapshot, style: Style): readonly string[] {
  const paint = severityPaint(style, report.severity);
  const related = report.related.slice(0, MAXIMUM_RELATED);
  const width = gutterWidth([report.at, ...related.map(({ at }) => at)].map((at) => snapshot.places.of(at).start.line));
  const frameOptions = { style, gutter: width };
  const bar = gutter(frameOptions, '').trimEnd();
  const lines = [
    `${paint(style.bold(`${report.severity}[${report.rule}]`))} ${style.bold(visible(report.message))}`,
    `${' '.repeat(width)}${style.blue('-->')} ${visible(placeInWords(snapshot.places.of(report.at)))}`,
    ...frame(report.at, snapshot, { ...frameOptions, paint, context: 1, mark: '^' }),
  ];
  for (const { at, message } of related) {
    lines.push(bar, `${' '.repeat(width)}${style.blue(':::')} ${visible(placeInWords(snapshot.places.of(at)))}`);
    const framed = frame(at, snapshot, { ...frameOptions, paint: style.cyan, context: 0, mark: '-', label: message });
    lines.push(...(framed.length > 0 ? framed : [`${gutter(frameOptions, '')}${visible(message)}`]));
  }
  if (report.related.length > related.length) {
    lines.push(
      bar,
      `${gutter(frameOptions, '')}and ${countInWords(report.related.length - related.length, 'more place')}`,
    );
  }
  const fixes = offeredFixes(report).map((fix) => fixLine(fix, style, width));
  return [...lines, ...(fixes.length > 0 ? [bar, ...fixes] : [])];
}

/** The preferred one first. */
function offeredFixes(report: Report): readonly Fix[] {
  const fixes = report.fixes.filter((fix) => fix.kind !== 'asks');
  return [...fixes.filter((fix) => fix.preferred), ...fixes.filter((fix) => !fix.preferred)];
}

function frame(
  at: Report['at'],
  snapshot: Snapshot,
  options: { style: Style; gutter: number; paint: Paint; context: number; mark: '^' | '-'; label?: string },
): readonly string[] {
  const source = snapshot.places.source(at.uri);
  return source && source.text !== '' ? codeFrame(source, at.span, options) : [];
}

function fixLine(fix: Fix, style: Style, width: number): string {
  const command = fix.kind === 'safe' ? 'steadystate check --fix' : 'steadystate check --fix --unsafe';
  const [lead, how] = fix.preferred ? ['fix:', command] : ['or: ', 'quick fix in the editor'];
  return `${' '.repeat(width)} ${style.blue('=')} ${style.green(lead)} ${visible(fix.title)}${style.dim(` (${how})`)}`;
}

function deploymentLines(snapshot: Snapshot, style: Style): readonly string[] {
  if (snapshot.deployments.length === 0) return [];
  const lines = [style.bold(snapshot.deployments.length === 1 ? 'Deployment' : 'Deployments'), ''];
  for (const { deployment } of snapshot.deployments) {
    const files = [deployment.service?.at.uri, deployment.taskDefinition?.at.uri].flatMap((uri) =>
      uri === undefined ? [] : [visible(snapshot.places.pathOf(uri))],
    );
    const stale = deployment.staleBecause ? style.dim(` (stale: ${visible(deployment.staleBecause.because)})`) : '';
    const from = [...new Set(files)].join(' → ');
    lines.push(`  ${style.bold(visible(deployment.name))}  ${style.dim(from)}${stale}`);
    const chains = chainsOf(deployment);
    const nameWidth = Math.min(30, Math.max(0, ...chains.map((chain) => textWidth(visible(chain.container)))));
    for (const chain of chains) lines.push(`  ${chainLine(chain, snapshot, style, nameWidth)}`);
    lines.push('');
  }
  return lines;
}

const signs: Readonly<Record<Verdict, string>> = { agrees: '✓', differs: '✗', unknown: '?' };

/** `✗ app: python app.py → app.py:12 port=5201 → listens on 5201 │ containerPort 5001 │ health check 5001` */
export function chainLine(chain: Chain, snapshot: Snapshot, style: Style, nameWidth = 0): string {
  const paint = verdictPaint(style, chain.verdict);
  const name = padToWidth(`${visible(chain.container)}:`, nameWidth + 1);
  const start =
    chain.command || (chain.dockerfile ? snapshot.places.pathOf(chain.dockerfile.uri) : (chain.image ?? ''));
  const step = chain.listens.steps.at(-1);
  const place = step && snapshot.places.of(step.at);
  const decided =
    step && place && chain.listens.state === 'known' ? `${place.file}:${place.start.line} ${step.text}` : '';
  const reason = chain.listens.reason ?? (chain.dockerfile ? undefined : chain.unlinked);
  const open = chain.listens.state === 'unknown' && reason ? style.dim(` (${visible(withoutStop(reason))})`) : '';
  const walk = [start, decided].filter(Boolean).map(visible);
  const head = [...walk, style.bold(chain.listens.text) + open].join(style.dim(' → '));
  const links = distinct(chain.links).map((link) => `${link.label} ${linkPaint(style, link)(visible(link.value))}`);
  return `${paint(signs[chain.verdict])} ${name} ${[head, ...links].join(style.dim(' │ '))}`;
}

/** EXPOSE is documentation: that it differs breaks nothing. */
function linkPaint(style: Style, link: ChainLink): Paint {
  return link.kind === 'expose' && link.verdict === 'differs' ? style.yellow : verdictPaint(style, link.verdict);
}

function distinct(links: readonly ChainLink[]): readonly ChainLink[] {
  const seen = new Set<string>();
  return links.filter((link) => {
    const key = `${link.label} ${link.value}`;
    return !seen.has(key) && seen.add(key);
  });
}

function withoutStop(sentence: string): string {
  return sentence.endsWith('.') ? sentence.slice(0, -1) : sentence;
}

function verdictPaint(style: Style, verdict: Verdict): Paint {
  switch (verdict) {
    case 'agrees':
      return style.green;
    case 'differs':
      return style.red;
    case 'unknown':
      return style.dim;
  }
}

function summaryLines(snapshot: Snapshot, options: TextReportOptions): readonly string[] {
  const { style } = options;
  const counts = countReports(snapshot.reports);
  const details = [
    ...(options.filesRead === undefined ? [] : [`${countInWords(options.filesRead, 'file')} read`]),
    ...(options.seconds === undefined ? [] : [`${options.seconds.toFixed(2)} s`]),
    ...(counts.suppressed > 0 ? [`${counts.suppressed} ignored`] : []),
  ];
  const deployments = `in ${countInWords(snapshot.deployments.length, 'deployment')}`;
  const worst = counts.error > 0 ? style.red : counts.warning > 0 ? style.yellow : style.green;
  const tail = details.length > 0 ? ` (${details.join(', ')})` : '';
  const lines = [`${worst(style.bold(countsInWords(counts)))} ${deployments}${style.dim(tail)}`];
  if (snapshot.deployments.length === 0 && snapshot.reports.length === 0) {
    lines.unshift('No ECS task definition or service was found.', '');
  }
  return lines;
}
