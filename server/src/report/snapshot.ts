// What a report is made from: the findings and deployments to show, and how to name their files. Taken from the engine
// once, so that every format of one run tells the same story.

import type { FileEdit } from '../base/text.ts';
import { basename, relativePath, type Uri } from '../base/uri.ts';
import type { AnalysisHost, DeploymentView, Report } from '../engine/analysis.ts';
import type { Fix, Severity } from '../rules/rule.ts';
import { createPlaces, type Places } from './places.ts';

export interface Snapshot {
  /** By file and place; suppressed ones included. */
  readonly reports: readonly Report[];
  readonly deployments: readonly DeploymentView[];
  readonly unlinked: readonly { readonly uri: Uri; readonly reason: string }[];
  readonly places: Places;
  edits(fix: Fix): readonly FileEdit[];
}

export interface SnapshotOptions {
  /** The analysed folders; paths are relative to theirs, with the folder's name in front where there are several. */
  readonly folders: readonly Uri[];
  /** Narrows what is shown to findings and deployments that touch these files. */
  readonly only?: (uri: Uri) => boolean;
  /** Shows suppressed findings as if nothing ignored them. */
  readonly unsuppress?: boolean;
  /** Files that are shown under another path. */
  readonly renamed?: ReadonlyMap<Uri, string>;
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly suppressed: number;
}

export const severities: readonly Severity[] = ['error', 'warning', 'info'];

export function takeSnapshot(analysis: AnalysisHost, options: SnapshotOptions): Snapshot {
  const { only } = options;
  const all = analysis.reported.flatMap((uri) => analysis.reports(uri));
  const shown = only ? all.filter((report) => touches(report, only)) : all;
  const reports = options.unsuppress ? shown.map((report) => ({ ...report, suppressed: false })) : shown;
  const named = new Set(reports.flatMap((report) => report.deployments));
  const deployments = analysis
    .deployments()
    .filter(({ deployment }) => !only || named.has(deployment.id) || filesOf({ deployment }).some(only));
  const pathOf = (uri: Uri): string => options.renamed?.get(uri) ?? pathIn(options.folders, uri);
  return {
    reports,
    deployments,
    unlinked: analysis.unlinked().filter(({ uri }) => !only || only(uri)),
    places: createPlaces((uri) => analysis.text(uri), pathOf),
    edits: (fix) => analysis.edits(fix),
  };
}

/** The files a deployment is made of: task definition, service, Dockerfiles and the programs' files. */
export function filesOf({ deployment }: Pick<DeploymentView, 'deployment'>): readonly Uri[] {
  const files = new Set<Uri>();
  if (deployment.taskDefinition) files.add(deployment.taskDefinition.at.uri);
  if (deployment.service) files.add(deployment.service.at.uri);
  for (const container of deployment.containers) {
    if (container.dockerfile) files.add(container.dockerfile.uri);
    if (container.program !== undefined) files.add(container.program);
    const { listens } = container;
    const steps = listens.state === 'known' ? listens.ports.flatMap((port) => port.because) : listens.because;
    for (const step of steps) files.add(step.at.uri);
  }
  return [...files];
}

export function countReports(reports: readonly Report[]): Counts {
  const counts = { error: 0, warning: 0, info: 0, suppressed: 0 };
  for (const report of reports) counts[report.suppressed ? 'suppressed' : report.severity]++;
  return counts;
}

/** `1 error, 2 warnings, 1 info`. */
export function countsInWords(counts: Counts): string {
  const words = severities.map((severity) => countInWords(counts[severity], severity));
  return words.join(', ');
}

export function countInWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 || noun === 'info' ? '' : 's'}`;
}

/** The one a person would apply first. */
export function preferredFix(report: Report): Fix | undefined {
  return report.fixes.find((fix) => fix.preferred && fix.kind !== 'asks');
}

/** Worst first, then in the order of the files. */
export function bySeverity(reports: readonly Report[]): readonly Report[] {
  return [...reports].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

function touches(report: Report, only: (uri: Uri) => boolean): boolean {
  return only(report.at.uri) || report.related.some((related) => only(related.at.uri));
}

function pathIn(folders: readonly Uri[], uri: Uri): string {
  for (const folder of folders) {
    const path = relativePath(folder, uri);
    if (path !== undefined) return folders.length > 1 ? `${basename(folder)}/${path}` : path;
  }
  return uri;
}
