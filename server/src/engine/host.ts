// The engine: applies changes, keeps every answer current, and says what it still wants to read.

import { equalData } from '../base/equal.ts';
import type { FileEdit } from '../base/text.ts';
import { isWithin, type Uri } from '../base/uri.ts';
import { findInlineIgnores, type InlineIgnore } from '../config/inlineIgnore.ts';
import { type IgnoreEntry, type Settings, settingsUri } from '../config/settings.ts';
import type { Deployment } from '../graph/deployment.ts';
import { rules } from '../rules/index.ts';
import type { Fix, Severity } from '../rules/rule.ts';
import { sources } from '../sources/index.ts';
import { loadGrammar } from '../syntax/treeSitter.ts';
import type {
  AnalysisHost,
  Change,
  DeploymentView,
  Explanation,
  FileContent,
  IgnoreEdits,
  Report,
  Wanted,
} from './analysis.ts';
import { fixEdits, ignoreEdits, levelEdits } from './editing.ts';
import { explain } from './explain.ts';
import {
  ignoreProblems,
  settingsFindings,
  soundsLikeDeployment,
  unparseableFinding,
  unreadableFinding,
  unusedIgnore,
} from './fileFindings.ts';
import { FileStore, type Key } from './fileStore.ts';
import { folderOf } from './folders.ts';
import { judgeDeployment, judgeFile, type RawFinding } from './judge.ts';
import { Places } from './places.ts';
import { type FileReports, graver, reportsOf } from './reports.ts';
import { type FolderSettings, folderSettings, pointedSpan } from './settings.ts';
import { Units } from './units.ts';

/** Findings about texts themselves, whose places are those of the text. */
const ofText: ReadonlySet<string> = new Set(['file', 'settings', 'unused']);

export function createAnalysisHost(): AnalysisHost {
  return new Analysis();
}

class Analysis implements AnalysisHost {
  readonly rules = rules;
  #store = new FileStore(
    (uri) => this.#isSettings(uri),
    (line) => this.#log.push(line),
  );
  #units = new Units(this.#store);
  readonly #places = new Places();
  #folders: readonly Uri[] = [];
  #editorSettings: Partial<Settings> = {};
  #settingsBase: Uri | undefined;
  readonly #settings = new Map<Uri, FolderSettings>();
  /** Raw findings by file, then by the unit that found them. */
  readonly #raw = new Map<Uri, Map<string, readonly RawFinding[]>>();
  /** Files that a unit reported on. */
  readonly #reportedBy = new Map<string, ReadonlySet<Uri>>();
  readonly #reports = new Map<Uri, FileReports>();
  /** The other files that the reports of a file point into. */
  readonly #mentioned = new Map<Uri, ReadonlySet<Uri>>();
  /** What was found in deployments that are the same since. */
  #found = new WeakMap<Deployment, readonly RawFinding[]>();
  /** Whether files were still to be read after the last change. */
  #wasUnread = false;
  readonly #log: string[] = [];

  apply(change: Change): ReadonlySet<Uri> {
    if (change.settings) this.#editorSettings = change.settings;
    if (change.settingsBase) this.#settingsBase = change.settingsBase;
    if (change.folders) this.#folders = change.folders;
    for (const uri of change.removed ?? []) this.#store.remove(uri);
    for (const uri of change.added ?? []) if (!this.#isExcluded(uri)) this.#store.add(uri);
    const contents = (change.contents ?? []).filter(({ uri }) => !this.#isExcluded(uri));
    const isSettings = ({ uri }: FileContent): boolean => this.#isSettings(uri);
    // Settings first: they say which other files are read at all.
    for (const content of contents) if (isSettings(content)) this.#store.setContent(content);
    const touched = new Set<Uri>();
    const settingsChanged =
      change.settings !== undefined ||
      change.folders !== undefined ||
      contents.some(isSettings) ||
      (change.removed ?? []).some((uri) => isSettings({ uri, text: '' }));
    if (settingsChanged) this.#readSettings(touched);
    for (const content of contents)
      if (!isSettings(content) && !this.#isExcluded(content.uri)) this.#store.setContent(content);
    return this.#refresh(touched, settingsChanged);
  }

  get wanted(): Wanted {
    return this.#store.wanted;
  }

  async loadGrammar(name: string, bytes: Uint8Array): Promise<void> {
    await loadGrammar(name, bytes);
    this.#store.grammarLoaded(name);
  }

  reports(uri: Uri): readonly Report[] {
    return this.#reports.get(uri)?.reports ?? [];
  }

  get reported(): readonly Uri[] {
    return [...this.#reports.keys()].sort();
  }

  deployments(): readonly DeploymentView[] {
    const worst = new Map<string, Severity>();
    for (const { reports } of this.#reports.values()) {
      for (const report of reports) {
        if (report.suppressed) continue;
        for (const id of report.deployments) {
          const before = worst.get(id);
          worst.set(id, before ? graver(before, report.severity) : report.severity);
        }
      }
    }
    const deployments = this.#places.shown(this.#allDeployments());
    return deployments.map((deployment) => ({ deployment, worst: worst.get(deployment.id) }));
  }

  get deploymentCount(): number {
    let count = 0;
    for (const { deployments } of this.#units.all()) count += deployments.length;
    return count;
  }

  unlinked(): readonly { readonly uri: Uri; readonly reason: string }[] {
    const linked = new Set(
      this.#allDeployments().flatMap((deployment) =>
        deployment.containers.flatMap((container) => container.dockerfile?.uri ?? []),
      ),
    );
    return this.#folders.flatMap((folder) =>
      this.#store
        .filesWith('dockerfile', folder)
        .filter((uri) => !linked.has(uri))
        .map((uri) => ({ uri, reason: "No container's image, folder or build step names it." })),
    );
  }

  edits(fix: Fix): readonly FileEdit[] {
    return fixEdits(fix, this.#store);
  }

  ignoreEdits(report: Report, reason: string): IgnoreEdits {
    return ignoreEdits(report, reason, folderOf(this.#folders, report.at.uri), this.#store);
  }

  levelEdits(uri: Uri, rule: string, level: string): IgnoreEdits {
    return levelEdits(folderOf(this.#folders, uri), rule, level, this.#store);
  }

  explain(at: { readonly uri: Uri; readonly offset: number }): Explanation | undefined {
    const offset = this.#places.factOffset(at.uri, at.offset);
    return this.#places.shown(explain({ uri: at.uri, offset }, this.#allDeployments()));
  }

  text(uri: Uri): string | undefined {
    return this.#store.text(uri);
  }

  claims(uri: Uri): boolean {
    return (
      this.#folders.some((folder) => settingsUri(folder) === uri) ||
      sources.some((source) => source.claims(uri) !== 'no')
    );
  }

  takeLog(): readonly string[] {
    return this.#log.splice(0);
  }

  #allDeployments(): readonly Deployment[] {
    const all = [...this.#units.all()].flatMap((unit) => unit.deployments);
    return all.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  }

  #isSettings(uri: Uri): boolean {
    return this.#folders.some((folder) => settingsUri(folder) === uri);
  }

  #isExcluded(uri: Uri): boolean {
    if (this.#folders.length === 0) return false;
    const folder = folderOf(this.#folders, uri);
    return isWithin(folder, uri) && (this.#settings.get(folder)?.excludes(uri) ?? false);
  }

  #settingsOf = (folder: Uri): Settings => this.#folderSettings(folder).settings;

  #folderSettings(folder: Uri): FolderSettings {
    const cached = this.#settings.get(folder);
    if (cached) return cached;
    const text = this.#store.text(settingsUri(folder));
    const read = folderSettings(folder, text, this.#editorSettings, this.#settingsBase ?? folder);
    this.#settings.set(folder, read);
    return read;
  }

  /** New settings concern everything: excluded files go, all units are joined again, all reports are made again. */
  #readSettings(touched: Set<Uri>): void {
    this.#settings.clear();
    this.#found = new WeakMap();
    for (const folder of this.#folders) {
      const { read } = this.#folderSettings(folder);
      this.#setRaw('settings', settingsUri(folder), settingsFindings(read), touched);
    }
    for (const uri of [...this.#store.listed]) if (this.#isExcluded(uri)) this.#store.remove(uri);
    for (const uri of this.#raw.keys()) touched.add(uri);
    this.#units.markAll();
  }

  #refresh(touched: Set<Uri>, settingsChanged: boolean): ReadonlySet<Uri> {
    const keys = new Set(this.#store.takeTouched());
    this.#takeMoved(keys, touched);
    this.#units.touch(keys);
    for (const key of this.#units.settle(this.#folders, this.#settingsOf)) keys.add(key);
    for (const unit of this.#units.rebuild(this.#folders, this.#settingsOf)) {
      const found = unit.deployments.flatMap((deployment) => this.#judge(deployment));
      this.#setUnit(unit.id, found, touched);
    }
    for (const uri of this.#units.takeReread()) if (!keys.has(`f:${uri}`)) this.#judgeFile(uri, touched);
    for (const key of keys) if (key.startsWith('f:')) this.#judgeFile(key.slice(2), touched);
    const changed = new Set<Uri>();
    for (const uri of touched) if (this.#report(uri)) changed.add(uri);
    const isUnread = this.wanted.files.length + this.wanted.grammars.length > 0;
    if (settingsChanged || touched.size > 0 || isUnread !== this.#wasUnread)
      for (const folder of this.#folders) this.#reportUnusedEntries(folder, isUnread, changed);
    this.#wasUnread = isUnread;
    return changed;
  }

  /** Touches the files with reports that point into a text whose parts have moved. */
  #takeMoved(keys: ReadonlySet<Key>, touched: Set<Uri>): void {
    const files = [...keys].flatMap((key) => (key.startsWith('f:') ? [key.slice(2)] : []));
    const moved = files.filter((uri) => this.#places.set(uri, this.#store.layout(uri)));
    if (moved.length === 0) return;
    for (const uri of moved) touched.add(uri);
    for (const [uri, others] of this.#mentioned) if (moved.some((one) => others.has(one))) touched.add(uri);
  }

  #judge(deployment: Deployment): readonly RawFinding[] {
    const known = this.#found.get(deployment);
    if (known) return known;
    const at = (deployment.service ?? deployment.taskDefinition)?.at;
    const { rollback } = this.#settingsOf(at ? folderOf(this.#folders, at.uri) : '');
    const found = judgeDeployment(deployment, rollback, (line) => this.#log.push(line));
    this.#found.set(deployment, found);
    return found;
  }

  #judgeFile(uri: Uri, touched: Set<Uri>): void {
    const part = this.#store.part(uri);
    if (part || this.#reportedBy.has(`f:${uri}`)) {
      this.#setUnit(`f:${uri}`, part ? judgeFile(part, (line) => this.#log.push(line)) : [], touched);
      return;
    }
    const unreadable = this.#store.unreadable(uri);
    const scanned = this.#store.sourceOf(uri)?.discovery === 'scan';
    const facts = scanned ? this.#store.facts(uri) : undefined;
    const found: RawFinding[] = [];
    if (unreadable !== undefined && (this.#units.reads(uri) || soundsLikeDeployment(uri, this.#folders)))
      found.push(...unreadableFinding(uri, unreadable));
    if (facts) found.push(...unparseableFinding(facts), ...judgeFile(facts, (line) => this.#log.push(line)));
    const ignores = this.#ignoresIn(uri);
    found.push(...ignoreProblems(ignores));
    this.#setRaw('file', uri, found, touched);
    touched.add(uri);
  }

  #ignoresIn(uri: Uri): readonly InlineIgnore[] {
    const text = this.#store.text(uri);
    const source = this.#store.sourceOf(uri);
    if (text === undefined || !source || !text.includes('steadystate-ignore')) return [];
    // A program that no container runs is nobody's business.
    if (source.discovery === 'onDemand' && !this.#units.reads(uri)) return [];
    return findInlineIgnores({ uri, text }, source.id === 'dockerfile');
  }

  /** Replaces what a unit found; touches the files it reported on before and now. */
  #setUnit(unit: string, found: readonly RawFinding[], touched: Set<Uri>): void {
    const byFile = new Map<Uri, RawFinding[]>();
    for (const raw of found) {
      const others = byFile.get(raw.finding.at.uri);
      if (others) others.push(raw);
      else byFile.set(raw.finding.at.uri, [raw]);
    }
    for (const uri of this.#reportedBy.get(unit) ?? []) if (!byFile.has(uri)) this.#setRaw(unit, uri, [], touched);
    for (const [uri, raw] of byFile) this.#setRaw(unit, uri, raw, touched);
    this.#reportedBy.set(unit, new Set(byFile.keys()));
  }

  #setRaw(unit: string, uri: Uri, found: readonly RawFinding[], touched: Set<Uri>): void {
    const units = this.#raw.get(uri) ?? new Map<string, readonly RawFinding[]>();
    if (found.length === 0 && !units.has(unit)) return;
    if (found.length > 0) units.set(unit, found);
    else units.delete(unit);
    if (units.size > 0) this.#raw.set(uri, units);
    else this.#raw.delete(uri);
    touched.add(uri);
  }

  /** Makes a file's reports again; whether they changed. */
  #report(uri: Uri): boolean {
    const folder = folderOf(this.#folders, uri);
    const ignores = this.#ignoresIn(uri);
    const units = [...(this.#raw.get(uri) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const mentioned = new Set<Uri>();
    const raw = units.flatMap(([unit, found]) => (ofText.has(unit) ? found : this.#shown(found, mentioned)));
    mentioned.delete(uri);
    if (mentioned.size > 0) this.#mentioned.set(uri, mentioned);
    else this.#mentioned.delete(uri);
    const { settings, base } = this.#folderSettings(folder);
    const context = {
      base,
      settings,
      ignores,
      source: this.#store.sourceOf(uri)?.id,
      pointed: (pointer: string) => pointedSpan(this.#store.text(uri) ?? '', pointer),
    };
    const first = reportsOf(uri, raw, context);
    const unused = ignores.filter((ignore) => ignore.reason && !first.usedInline.has(ignore));
    const extra = unused.flatMap((ignore) =>
      rules.some((rule) => rule.id === ignore.rule) ? unusedIgnore(ignore.ruleAt, ignore.rule) : [],
    );
    const next =
      extra.length === 0 ? first : { ...first, reports: reportsOf(uri, [...raw, ...extra], context).reports };
    const before = this.#reports.get(uri);
    if (next.reports.length > 0) this.#reports.set(uri, next);
    else this.#reports.delete(uri);
    return !equalData(before?.reports ?? [], next.reports);
  }

  #shown(found: readonly RawFinding[], mentioned: Set<Uri>): readonly RawFinding[] {
    return found.map((raw) => {
      const finding = this.#places.pointed(raw.finding, mentioned);
      return finding === raw.finding ? raw : { ...raw, finding };
    });
  }

  #reportUnusedEntries(folder: Uri, isUnread: boolean, changed: Set<Uri>): void {
    const { settings, read } = this.#folderSettings(folder);
    const used = new Set<IgnoreEntry>();
    if (settings.ignore.length > 0)
      for (const { usedEntries } of this.#reports.values()) for (const entry of usedEntries) used.add(entry);
    // While files are still to be read nothing is known to be unused.
    const unused = settings.ignore.flatMap((entry, index) => {
      const at = read?.ignorePlaces[index];
      return used.has(entry) || !at || isUnread ? [] : unusedIgnore(at, entry.rule);
    });
    const touched = new Set<Uri>();
    this.#setRaw('unused', settingsUri(folder), unused, touched);
    for (const uri of touched) if (this.#report(uri)) changed.add(uri);
  }
}
