// Answers the requests this server adds to the protocol: the result of a check as a page, and the page of a rule.

import type { Location } from '../base/text.ts';
import { basename, isWithin, type Uri } from '../base/uri.ts';
import type { AnalysisHost } from '../engine/index.ts';
import { deploymentReportHtml, deploymentReportMarkdown } from '../report/deploymentReport.ts';
import { rulePage } from '../report/rulePage.ts';
import { countReports, filesOf, type Snapshot, takeSnapshot } from '../report/snapshot.ts';
import { fromEditorUri, type Places } from './convert.ts';
import type { CheckParams, CheckResult, RulePageParams, RulePageResult } from './protocol.ts';

export interface CheckContext {
  readonly analysis: AnalysisHost;
  readonly places: Places;
  readonly folders: readonly Uri[];
  readonly rulePageLink: (rule: string) => string | undefined;
}

export const emptyResult: CheckResult = {
  title: 'Steady State',
  html: '',
  markdown: '',
  errors: 0,
  warnings: 0,
  infos: 0,
  deployments: 0,
};

export function check(params: CheckParams | null, context: CheckContext): CheckResult {
  const uri = typeof params?.uri === 'string' ? fromEditorUri(params.uri) : undefined;
  const all = takeSnapshot(context.analysis, { folders: context.folders });
  const snapshot = typeof params?.uri === 'string' ? narrowed(all, uri, context.folders) : all;
  const counts = countReports(snapshot.reports);
  const options = { link: (at: Location) => linkTo(at, context.places), ruleLink: context.rulePageLink };
  return {
    title: title(snapshot, context.folders),
    html: deploymentReportHtml(snapshot, options),
    markdown: deploymentReportMarkdown(snapshot, options),
    errors: counts.error,
    warnings: counts.warning,
    infos: counts.info,
    deployments: snapshot.deployments.length,
  };
}

export function rulePageOf(params: RulePageParams | null, analysis: AnalysisHost): RulePageResult | null {
  const rule = analysis.rules.find(({ id }) => id === params?.rule);
  return rule ? { markdown: rulePage(rule) } : null;
}

/** The deployments a file has a part in, whole: a program's page shows what is wrong with the service that runs it. */
function narrowed(all: Snapshot, uri: Uri | undefined, folders: readonly Uri[]): Snapshot {
  const folder = folders.find((candidate) => uri !== undefined && isWithin(candidate, uri));
  // Ids are unique in a folder only, and no deployment reaches into another folder.
  const inFolder = (other: Uri): boolean => folder === undefined || isWithin(folder, other);
  const near = all.reports.filter(({ at }) => inFolder(at.uri));
  const here = near.filter(({ at, related }) => at.uri === uri || related.some((other) => other.at.uri === uri));
  const named = new Set(here.flatMap((report) => report.deployments));
  const deployments = all.deployments.filter((view) => {
    const files = filesOf(view);
    return files.some(inFolder) && (named.has(view.deployment.id) || files.some((file) => file === uri));
  });
  const ids = new Set(deployments.map(({ deployment }) => deployment.id));
  const reports = near.filter((report) => here.includes(report) || report.deployments.some((id) => ids.has(id)));
  return { ...all, reports, deployments, unlinked: all.unlinked.filter((file) => file.uri === uri) };
}

function title({ deployments }: Snapshot, folders: readonly Uri[]): string {
  const [first, ...others] = deployments;
  if (first && others.length === 0) return `Steady State: ${first.deployment.name}`;
  const [folder] = folders;
  return folder === undefined ? 'Steady State' : `Steady State: ${basename(folder)}`;
}

/** Lines and columns from 1, as editors count them for people. */
function linkTo(at: Location, places: Places): string {
  const { uri, range } = places.location(at);
  return `${uri}#L${range.start.line + 1},${range.start.character + 1}`;
}
