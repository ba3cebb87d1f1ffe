// Reads `steadystate.json`: what is right becomes settings, what is wrong becomes a sentence at its exact place. What is
// done with either is left to the engine.

import type { Json } from '../base/json.ts';
import { type Location, locationOf, type SourceFile, type Span } from '../base/text.ts';
import { parseJson } from '../syntax/json.ts';
import {
  type ArrayNode,
  type ObjectNode,
  scalarText,
  type TreeEntry,
  type TreeNode,
  tokenSpan,
} from '../syntax/tree.ts';
import type { IgnoreEntry, RuleLevel, Settings } from './settings.ts';
import { didYouMean } from './suggest.ts';
import { ruleLevels, settingsTable } from './table.ts';

export interface SettingsProblem {
  readonly at: Location;
  readonly message: string;
}

export interface ReadSettings {
  readonly settings: Partial<Settings>;
  readonly problems: readonly SettingsProblem[];
  /** The place of each entry of `settings.ignore`, in the same order. */
  readonly ignorePlaces: readonly Location[];
}

interface Context {
  readonly knownRules: ReadonlySet<string>;
  readonly report: (span: Span, message: string) => void;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const settingKeys = settingsTable.map((setting) => setting.key);

export function readSettings(file: SourceFile, knownRules: ReadonlySet<string>): ReadSettings {
  const problems: SettingsProblem[] = [];
  const at = (span: Span): Location => locationOf(file.uri, span.start, span.end);
  const context: Context = { knownRules, report: (span, message) => problems.push({ at: at(span), message }) };
  const tree = parseJson(file.text);
  for (const problem of tree.problems) context.report(problem.span, problem.message);
  const settings: Writable<Partial<Settings>> = {};
  const ignoreSpans: Span[] = [];
  const { root } = tree;
  if (root === undefined) return { settings, problems, ignorePlaces: [] };
  if (root.kind !== 'object') context.report(root.span, `Settings are an object, not ${describe(root)}.`);
  else for (const entry of root.entries) readEntry(entry, settings, ignoreSpans, context);
  return { settings, problems, ignorePlaces: ignoreSpans.map(at) };
}

/** The editor's settings: whatever is wrong in them is left out. */
export function readEditorSettings(value: unknown, knownRules: ReadonlySet<string>): Partial<Settings> {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  return readSettings({ uri: '', text: text ?? '' }, knownRules).settings;
}

function readEntry(entry: TreeEntry, settings: Writable<Partial<Settings>>, ignores: Span[], context: Context): void {
  const { key, value } = entry;
  const list = <T>(read: (item: TreeNode, context: Context) => T | undefined): readonly T[] | undefined =>
    readList(value, key, context, (item) => read(item, context));
  if (key === 'rules') assign(settings, 'rules', readRules(value, context));
  else if (key === 'ignore') {
    assign(
      settings,
      'ignore',
      list((item) => {
        const ignore = readIgnore(item, context);
        if (ignore) ignores.push(item.span);
        return ignore;
      }),
    );
  } else if (key === 'exclude') {
    assign(
      settings,
      'exclude',
      list((item) => readText(item, key, context)),
    );
  } else if (key === 'links') assign(settings, 'links', list(readLink));
  else if (key === 'listens') assign(settings, 'listens', list(readListens));
  else if (key === 'rollback') assign(settings, 'rollback', readRollback(value, context));
  else if (key !== '$schema') {
    context.report(entry.keySpan, `There is no setting '${key}'${didYouMean(key, settingKeys)}`);
  }
}

function assign<K extends keyof Settings>(
  settings: Writable<Partial<Settings>>,
  key: K,
  value: Settings[K] | undefined,
): void {
  if (value !== undefined) settings[key] = value;
}

function readRules(node: TreeNode, context: Context): Readonly<Record<string, RuleLevel>> | undefined {
  const object = objectOf(node, 'rules', context);
  if (!object) return undefined;
  const rules: Record<string, RuleLevel> = {};
  for (const { key, keySpan, value } of object.entries) {
    if (!isKnownRule(key, keySpan, context)) continue;
    const level = ruleLevels.find((candidate) => value.kind === 'string' && candidate === value.value);
    if (level) rules[key] = level;
    else {
      const written = scalarText(value);
      const what = written === undefined ? describe(value) : `'${written}'`;
      const hint = written === undefined ? '.' : didYouMean(written, ruleLevels);
      context.report(tokenSpan(value), `A rule's level is ${ruleLevels.join(', ')}, not ${what}${hint}`);
    }
  }
  return rules;
}

function readIgnore(node: TreeNode, context: Context): IgnoreEntry | undefined {
  const fields = readFields(node, 'ignore', ['rule', 'path', 'reason'], ['pointer'], context);
  if (!fields) return undefined;
  const rule = requiredText(fields, 'rule', 'ignore', context);
  const path = requiredText(fields, 'path', 'ignore', context);
  const reason = requiredText(fields, 'reason', 'ignore', context);
  const pointerNode = fields.get('pointer');
  const pointer = pointerNode && readText(pointerNode, 'pointer', context, true);
  if (pointerNode && pointer !== undefined && pointer !== '' && !pointer.startsWith('/')) {
    context.report(tokenSpan(pointerNode), `A JSON pointer starts with '/', this one is '${pointer}'.`);
    return undefined;
  }
  const ruleNode = fields.get('rule');
  if (rule === undefined || !ruleNode || !isKnownRule(rule, tokenSpan(ruleNode), context)) return undefined;
  if (path === undefined || reason === undefined || (pointerNode && pointer === undefined)) return undefined;
  return pointer === undefined ? { rule, path, reason } : { rule, path, pointer, reason };
}

function readLink(node: TreeNode, context: Context): Settings['links'][number] | undefined {
  const fields = readFields(node, 'links', ['taskDefinition', 'container', 'dockerfile'], [], context);
  if (!fields) return undefined;
  const taskDefinition = requiredText(fields, 'taskDefinition', 'links', context);
  const container = requiredText(fields, 'container', 'links', context);
  const dockerfile = requiredText(fields, 'dockerfile', 'links', context);
  if (taskDefinition === undefined || container === undefined || dockerfile === undefined) return undefined;
  return { taskDefinition, container, dockerfile };
}

function readListens(node: TreeNode, context: Context): Settings['listens'][number] | undefined {
  const fields = readFields(node, 'listens', ['dockerfile', 'ports'], [], context);
  if (!fields) return undefined;
  const dockerfile = requiredText(fields, 'dockerfile', 'listens', context);
  const portsNode = fields.get('ports');
  const ports = portsNode && readList(portsNode, 'ports', context, (item) => readPort(item, context));
  if (dockerfile === undefined || ports === undefined || portsNode?.kind !== 'array') return undefined;
  return ports.length === portsNode.items.length ? { dockerfile, ports } : undefined;
}

function readPort(node: TreeNode, context: Context): number | undefined {
  if (node.kind === 'number' && Number.isInteger(node.value) && node.value >= 1 && node.value <= 65535)
    return node.value;
  const what = node.kind === 'number' ? String(node.value) : describe(node);
  context.report(tokenSpan(node), `A port is a whole number from 1 to 65535, not ${what}.`);
  return undefined;
}

function readRollback(node: TreeNode, context: Context): Settings['rollback'] | undefined {
  const fields = readFields(node, 'rollback', [], ['slowAfterMinutes'], context);
  const minutes = fields?.get('slowAfterMinutes');
  if (!minutes) return undefined;
  if (minutes.kind === 'number' && minutes.value > 0) return { slowAfterMinutes: minutes.value };
  const what = minutes.kind === 'number' ? String(minutes.value) : describe(minutes);
  context.report(tokenSpan(minutes), `'slowAfterMinutes' is a number of minutes above 0, not ${what}.`);
  return undefined;
}

function readFields(
  node: TreeNode,
  owner: string,
  required: readonly string[],
  optional: readonly string[],
  context: Context,
): ReadonlyMap<string, TreeNode> | undefined {
  const object = objectOf(node, owner, context);
  if (!object) return undefined;
  const fields = new Map<string, TreeNode>();
  const known = [...required, ...optional];
  for (const { key, keySpan, value } of object.entries) {
    if (known.includes(key)) fields.set(key, value);
    else context.report(keySpan, `'${owner}' has no key '${key}'${didYouMean(key, known)}`);
  }
  const missing = required.filter((key) => !fields.has(key));
  if (missing.length > 0) context.report(node.span, missingMessage(owner, missing));
  return fields;
}

function missingMessage(owner: string, missing: readonly string[]): string {
  if (owner === 'ignore' && missing.includes('reason'))
    return "This entry of 'ignore' has no 'reason', so it ignores nothing.";
  return `This entry of '${owner}' has no ${missing.map((key) => `'${key}'`).join(' and no ')}.`;
}

/** Undefined where it is missing, which `readFields` has reported, or wrong. */
function requiredText(
  fields: ReadonlyMap<string, TreeNode>,
  key: string,
  owner: string,
  context: Context,
): string | undefined {
  const node = fields.get(key);
  if (!node) return undefined;
  const text = readText(node, key, context);
  if (text === undefined || text.trim() !== '') return text;
  const effect = owner === 'ignore' && key === 'reason' ? ', so it ignores nothing' : '';
  context.report(node.span, `'${key}' is empty${effect}.`);
  return undefined;
}

function readText(node: TreeNode, key: string, context: Context, mayBeEmpty = false): string | undefined {
  if (node.kind === 'string' && (mayBeEmpty || key !== 'exclude' || node.value.trim() !== '')) return node.value;
  if (node.kind === 'string') context.report(node.span, `A glob of '${key}' is empty.`);
  else context.report(node.span, `'${key}' takes text, not ${describe(node)}.`);
  return undefined;
}

function readList<T>(
  node: TreeNode,
  key: string,
  context: Context,
  read: (item: TreeNode) => T | undefined,
): readonly T[] | undefined {
  if (node.kind !== 'array') {
    context.report(tokenSpan(node), `'${key}' is a list, not ${describe(node)}.`);
    return undefined;
  }
  const list: ArrayNode = node;
  return list.items.flatMap((item) => {
    const value = read(item);
    return value === undefined ? [] : [value];
  });
}

function objectOf(node: TreeNode, owner: string, context: Context): ObjectNode | undefined {
  if (node.kind === 'object') return node;
  const what = owner === 'rules' || owner === 'rollback' ? `'${owner}'` : `An entry of '${owner}'`;
  context.report(tokenSpan(node), `${what} is an object, not ${describe(node)}.`);
  return undefined;
}

function isKnownRule(rule: string, span: Span, context: Context): boolean {
  if (context.knownRules.has(rule)) return true;
  context.report(span, `There is no rule '${rule}'${didYouMean(rule, context.knownRules)}`);
  return false;
}

const descriptions: Readonly<Record<TreeNode['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  template: 'a template',
};

function describe(node: TreeNode): string {
  const scalar: Json | undefined = node.kind === 'number' || node.kind === 'boolean' ? node.value : undefined;
  if (node.kind === 'string') return `'${node.value.length > 40 ? `${node.value.slice(0, 40)}…` : node.value}'`;
  return scalar === undefined ? descriptions[node.kind] : String(scalar);
}
