// The pages of the rules in server/docs/rules and their table, from the rules' own records.

import { rulePage } from '../report/rulePage.ts';
import type { Rule } from '../rules/rule.ts';
import type { GeneratedFile } from './generated.ts';

export const RULE_PAGES = 'server/docs/rules';

export function rulePages(rules: readonly Rule[]): readonly GeneratedFile[] {
  const pages = rules.map((rule) => ({ path: `${RULE_PAGES}/${rule.id}.md`, text: rulePage(rule) }));
  return [{ path: `${RULE_PAGES}/README.md`, text: table(rules) }, ...pages];
}

/** A section for each group, in the order of the first rule of each. */
function table(rules: readonly Rule[]): string {
  const groups = [...new Set(rules.map((rule) => rule.group))];
  return `${['# Rules', ...groups.flatMap((group) => [`## ${capitalize(group)}`, section(rules, group)])].join('\n\n')}\n`;
}

function section(rules: readonly Rule[], group: Rule['group']): string {
  const rows = rules
    .filter((rule) => rule.group === group)
    .map((rule) => `| [\`${rule.id}\`](${rule.id}.md) | ${rule.severity} | ${cell(rule.summary)} | ${fixes(rule)} |`);
  return ['| rule | severity | what is wrong | fix |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function fixes(rule: Rule): string {
  return rule.fixKinds.length === 0 ? '' : rule.fixKinds.join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
