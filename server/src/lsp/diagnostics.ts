// Shows reports as diagnostics, of open and closed files alike, and publishes a file only when what is shown of it changed.

import {
  type Connection,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
} from 'vscode-languageserver/node';
import type { Uri } from '../base/uri.ts';
import type { AnalysisHost, Report } from '../engine/index.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { Places } from './convert.ts';
import type { Documents } from './documents.ts';
import type { Outcome } from './session.ts';

export const DIAGNOSTIC_SOURCE = 'steadystate';

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export interface Publisher {
  publish(outcome: Outcome): void;
  /** Of everything published. */
  readonly counts: Counts;
}

export interface PublisherOptions {
  readonly connection: Connection;
  readonly analysis: AnalysisHost;
  readonly documents: Documents;
  readonly places: Places;
  readonly features: ClientFeatures;
  /** The address of a rule's page. */
  readonly rulePage: (rule: string) => string | undefined;
}

interface Published {
  /** The address it was sent under. */
  readonly editorUri: string;
  /** What was sent, to compare. */
  readonly content: string;
  /** Other files whose lines it names. */
  readonly related: ReadonlySet<Uri>;
  readonly counts: Counts;
}

const severities: Readonly<Record<Report['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

export function createPublisher(options: PublisherOptions): Publisher {
  const { connection, analysis, documents, places } = options;
  const published = new Map<Uri, Published>();
  let counts: Counts = { errors: 0, warnings: 0, infos: 0 };

  function send(uri: string, diagnostics: Diagnostic[], version?: number): void {
    void connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }

  function publishFile(uri: Uri): void {
    const reports = shownReports(analysis, uri);
    const before = published.get(uri);
    if (reports.length === 0 && !before) return;
    const diagnostics = reports.map((report) => toDiagnostic(report, options));
    const content = JSON.stringify(diagnostics);
    const editorUri = places.editorUri(uri);
    if (before && before.editorUri !== editorUri) send(before.editorUri, []);
    else if (before?.content === content) return;
    const after = countsOf(reports);
    counts = difference(counts, before?.counts, after);
    if (reports.length === 0) published.delete(uri);
    else published.set(uri, { editorUri, content, related: relatedFiles(reports), counts: after });
    send(editorUri, diagnostics, documents.get(uri)?.version);
  }

  /** Lines move with the text even where a report's offsets stay, in the file itself and in those that point into it. */
  function filesNaming(touched: ReadonlySet<Uri>): Iterable<Uri> {
    if (touched.size === 0) return [];
    const naming = [...published].filter(([, { related }]) => [...touched].some((uri) => related.has(uri)));
    return [...touched, ...naming.map(([uri]) => uri)];
  }

  return {
    publish({ changed, touched }) {
      for (const uri of new Set([...changed, ...filesNaming(touched)])) publishFile(uri);
    },
    get counts() {
      return counts;
    },
  };
}

/** Those an editor shows. */
export function shownReports(analysis: AnalysisHost, uri: Uri): readonly Report[] {
  return analysis.reports(uri).filter((report) => !report.suppressed);
}

type DiagnosticOptions = Pick<PublisherOptions, 'places' | 'features' | 'rulePage'>;

function toDiagnostic(report: Report, { places, features, rulePage }: DiagnosticOptions): Diagnostic {
  const href = features.codeDescription ? rulePage(report.rule) : undefined;
  return {
    range: places.range(report.at.uri, report.at.span),
    severity: severities[report.severity],
    code: report.rule,
    ...(href !== undefined && { codeDescription: { href } }),
    source: DIAGNOSTIC_SOURCE,
    message: report.message,
    ...(features.relatedInformation &&
      report.related.length > 0 && { relatedInformation: relatedInformation(report, places) }),
    ...(features.diagnosticData && { data: { rule: report.rule, deployments: report.deployments } }),
  };
}

function relatedInformation(report: Report, places: Places): DiagnosticRelatedInformation[] {
  return report.related.map(({ at, message }) => ({ location: places.location(at), message }));
}

function relatedFiles(reports: readonly Report[]): ReadonlySet<Uri> {
  return new Set(reports.flatMap((report) => report.related.map((related) => related.at.uri)));
}

function countsOf(reports: readonly Report[]): Counts {
  const count = (severity: Report['severity']): number =>
    reports.filter((report) => report.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

function difference(total: Counts, before: Counts | undefined, after: Counts): Counts {
  return {
    errors: total.errors - (before?.errors ?? 0) + after.errors,
    warnings: total.warnings - (before?.warnings ?? 0) + after.warnings,
    infos: total.infos - (before?.infos ?? 0) + after.infos,
  };
}
