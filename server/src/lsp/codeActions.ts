// Offers the fixes of findings, and beside each fix the ways to live with the finding: ignore it here, change its severity.

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { FileEdit, Span } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { AnalysisHost, Report } from '../engine/index.ts';
import { fromEditorUri } from './convert.ts';
import { DIAGNOSTIC_SOURCE, shownReports } from './diagnostics.ts';
import { type EditContext, workspaceEdit } from './workspaceEdit.ts';

export const FIX_ALL = 'source.fixAll.steadystate';

export interface CodeActionContext extends EditContext {
  readonly analysis: AnalysisHost;
}

type Fix = Report['fixes'][number];

/** What `codeAction/resolve` needs to find the edit of an action again. */
type Recipe =
  | { readonly kind: 'ignore'; readonly uri: Uri; readonly rule: string; readonly start: number; readonly end: number }
  | { readonly kind: 'level'; readonly uri: Uri; readonly rule: string; readonly level: string }
  | { readonly kind: 'fixAll'; readonly uri: Uri };

const REASON = 'TODO: say why';
const REASON_PLACEHOLDER = /(TODO: say why)/g;

export function codeActions({ textDocument, range, context: asked }: CodeActionParams, context: CodeActionContext) {
  const uri = fromEditorUri(textDocument.uri);
  if (uri === undefined || !context.features.codeActionLiterals) return [];
  const wants = (kind: string): boolean => !asked.only || asked.only.some((only) => isKindOf(kind, only));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const start = context.places.offset(uri, range.start) ?? 0;
    const end = context.places.offset(uri, range.end) ?? start;
    const reports = shownReports(context.analysis, uri).filter(
      ({ at }) => at.span.start <= end && start <= at.span.end,
    );
    actions.push(...quickFixes(reports, asked.diagnostics, context));
  }
  if (wants(FIX_ALL)) actions.push(...fixAllAction(uri, context));
  return actions;
}

/** Computes the edit of an action that was offered without one. */
export function resolveCodeAction(action: CodeAction, context: CodeActionContext): CodeAction {
  const recipe = recipeOf(action.data);
  if (action.edit || !recipe) return action;
  const edit = editOf(recipe, context);
  return edit ? { ...action, edit } : action;
}

function quickFixes(
  reports: readonly Report[],
  diagnostics: readonly Diagnostic[],
  context: CodeActionContext,
): CodeAction[] {
  const fixes = new Map<string, CodeAction>();
  const others = new Map<string, CodeAction>();
  for (const report of reports) {
    const shown = diagnosticsOf(report, diagnostics, context);
    for (const fix of report.fixes) {
      const edit = workspaceEdit({ creates: undefined, edits: context.analysis.edits(fix) }, context);
      if (edit) addOnce(fixes, JSON.stringify([fix.title, edit]), fixAction(fix, edit, shown));
    }
    for (const action of waysToLiveWith(report, shown, context)) addOnce(others, action.title, action);
  }
  return [...fixes.values(), ...others.values()];
}

/** The same fix of two findings is one action for both. */
function addOnce(actions: Map<string, CodeAction>, key: string, action: CodeAction): void {
  const existing = actions.get(key);
  if (!existing) actions.set(key, action);
  else if (action.diagnostics) existing.diagnostics = [...(existing.diagnostics ?? []), ...action.diagnostics];
}

function fixAction(fix: Fix, edit: WorkspaceEdit, diagnostics: Diagnostic[]): CodeAction {
  const { title, preferred } = fix;
  return { title, kind: CodeActionKind.QuickFix, diagnostics, ...(preferred && { isPreferred: true }), edit };
}

function waysToLiveWith(report: Report, diagnostics: Diagnostic[], context: CodeActionContext): CodeAction[] {
  const { rule } = report;
  const { uri, span } = report.at;
  const ignore: Recipe = { kind: 'ignore', uri, rule, start: span.start, end: span.end };
  const levels = report.severity === 'info' ? ['off'] : ['info', 'off'];
  return [
    offer(`Ignore ${rule} here (with a reason)`, ignore, diagnostics, context),
    ...levels.map((level) => offer(levelTitle(rule, level), { kind: 'level', uri, rule, level }, diagnostics, context)),
  ].flat();
}

function levelTitle(rule: string, level: string): string {
  return level === 'off' ? `Turn ${rule} off for this folder` : `Change severity of ${rule} to ${level}`;
}

/** Nothing where the editor needs the edit at once and there is none. */
function offer(title: string, recipe: Recipe, diagnostics: Diagnostic[], context: CodeActionContext): CodeAction[] {
  const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics };
  const { features } = context;
  if (features.resolvesEdits && features.versionedEdits && features.createsFiles) return [{ ...action, data: recipe }];
  const edit = editOf(recipe, context);
  return edit ? [{ ...action, edit }] : [];
}

function fixAllAction(uri: Uri, context: CodeActionContext): CodeAction[] {
  if (!shownReports(context.analysis, uri).some((report) => report.fixes.some(isSafeAndPreferred))) return [];
  const action: CodeAction = { title: 'Fix all that Steady State can fix safely', kind: FIX_ALL };
  const recipe: Recipe = { kind: 'fixAll', uri };
  if (context.features.resolvesEdits) return [{ ...action, data: recipe }];
  const edit = editOf(recipe, context);
  return edit ? [{ ...action, edit }] : [];
}

function editOf(recipe: Recipe, context: CodeActionContext): WorkspaceEdit | undefined {
  const { analysis } = context;
  switch (recipe.kind) {
    case 'ignore': {
      const report = shownReports(analysis, recipe.uri).find(
        ({ rule, at }) => rule === recipe.rule && at.span.start === recipe.start && at.span.end === recipe.end,
      );
      return report && workspaceEdit(analysis.ignoreEdits(report, REASON), context, REASON_PLACEHOLDER);
    }
    case 'level':
      return workspaceEdit(analysis.levelEdits(recipe.uri, recipe.rule, recipe.level), context);
    case 'fixAll': {
      const fixes = shownReports(analysis, recipe.uri).flatMap((report) => report.fixes.filter(isSafeAndPreferred));
      return workspaceEdit({ creates: undefined, edits: compatibleEdits(fixes, analysis) }, context);
    }
  }
}

/** Each fix whole or not at all: one that would write where another already does waits for the next time. */
function compatibleEdits(fixes: readonly Fix[], analysis: AnalysisHost): readonly FileEdit[] {
  const accepted: FileEdit[] = [];
  for (const fix of fixes) {
    const edits = analysis.edits(fix);
    const fresh = edits.filter((edit) => !accepted.some((other) => isSameEdit(edit, other)));
    if (fresh.some((edit) => accepted.some((other) => edit.uri === other.uri && collides(edit.span, other.span))))
      continue;
    accepted.push(...fresh);
  }
  return accepted;
}

function isSameEdit(a: FileEdit, b: FileEdit): boolean {
  return a.uri === b.uri && a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** Spans that overlap or touch: two insertions at one place would depend on their order. */
function collides(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function isSafeAndPreferred(fix: Fix): boolean {
  return fix.preferred && fix.kind === 'safe';
}

function diagnosticsOf(report: Report, diagnostics: readonly Diagnostic[], context: CodeActionContext): Diagnostic[] {
  const { start } = context.places.range(report.at.uri, report.at.span);
  return diagnostics.filter(
    ({ source, code, range }) =>
      source === DIAGNOSTIC_SOURCE &&
      code === report.rule &&
      range.start.line === start.line &&
      range.start.character === start.character,
  );
}

/** Kinds are hierarchical: who asks for `source` means `source.fixAll.steadystate` too. */
function isKindOf(kind: string, asked: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}

/** The recipe came back from the editor, so it may be anything. */
function recipeOf(data: unknown): Recipe | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('uri' in data)) return undefined;
  const { kind, uri } = data;
  if (typeof uri !== 'string') return undefined;
  if (kind === 'fixAll') return { kind, uri };
  if (!('rule' in data) || typeof data.rule !== 'string') return undefined;
  const { rule } = data;
  if (kind === 'level' && 'level' in data && typeof data.level === 'string') {
    return { kind, uri, rule, level: data.level };
  }
  if (kind !== 'ignore' || !('start' in data) || !('end' in data)) return undefined;
  const { start, end } = data;
  return typeof start === 'number' && typeof end === 'number' ? { kind, uri, rule, start, end } : undefined;
}
