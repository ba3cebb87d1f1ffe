// A rule's page as Markdown, from the rule's own record. The bundled pages, the editor and `steadystate explain` all show it.

import type { Neighbor, Rule, Severity } from '../rules/rule.ts';

const severityWords: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', info: 'Information' };

const fixWords = {
  safe: 'a safe fix (`--fix`)',
  unsafe: 'a fix that changes behavior as its title says (`--fix --unsafe`)',
  asks: 'a fix in the editor that leaves the last word to you',
} as const;

export function rulePage(rule: Rule): string {
  const parts = [
    `# ${rule.id}`,
    rule.summary,
    `**${severityWords[rule.severity]}** · ${rule.group}${fixSentence(rule)}`,
    '## Why it matters',
    rule.why,
    '## How to fix it',
    rule.remedy,
    ...exampleParts(rule),
    '## Settings',
    settingsText(rule),
    ...(rule.neighbors ?? []).map(neighborText),
    ...(rule.sources.length > 0 ? ['## Sources', rule.sources.map((source) => `- <${source}>`).join('\n')] : []),
  ];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

function neighborText({ tool, id, format }: Neighbor): string {
  return `In ${format} files ${tool} reports the same as ${id}. What it reports is left to it, unless a level is set for this rule.`;
}

/** An example without the marks that only its test reads. */
export function withoutMarks(text: string): string {
  return text.replace(/«(?:\d+:)?|»/g, '');
}

function fixSentence(rule: Rule): string {
  if (rule.fixKinds.length === 0) return '';
  return ` · has ${rule.fixKinds.map((kind) => fixWords[kind]).join(' and ')}`;
}

function exampleParts(rule: Rule): readonly string[] {
  const bad = rule.examples.bad[0];
  const good = rule.examples.good[0];
  return [
    ...(bad ? ['## Example', 'This is reported:', fileBlocks(bad.files)] : []),
    ...(bad?.fixed === undefined ? [] : ['The fix makes of it:', fileBlocks(bad.fixed)]),
    ...(good === undefined ? [] : [bad ? 'This is fine:' : '## Example', fileBlocks(good)]),
  ];
}

/** Each file of an example as a code block under its path. */
function fileBlocks(example: string): string {
  const files = withoutMarks(example).split(/^--- /m).slice(1);
  return files.map(fileBlock).join('\n\n');
}

function fileBlock(file: string): string {
  const newline = file.indexOf('\n');
  const path = newline < 0 ? file : file.slice(0, newline);
  const text = newline < 0 ? '' : file.slice(newline + 1);
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `\`${path.trim()}\`\n\n${fence}${language(path.trim())}\n${text.trimEnd()}\n${fence}`;
}

const languages: Readonly<Record<string, string>> = {
  json: 'json',
  yml: 'yaml',
  yaml: 'yaml',
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  ts: 'typescript',
  sh: 'sh',
  tf: 'hcl',
};

function language(path: string): string {
  if (/dockerfile/i.test(path)) return 'dockerfile';
  return languages[path.slice(path.lastIndexOf('.') + 1)] ?? '';
}

function settingsText(rule: Rule): string {
  const off = `\`\`\`json\n{ "rules": { "${rule.id}": "off" } }\n\`\`\``;
  const level = `Another level, or none, in \`steadystate.json\` (\`off\`, \`info\`, \`warning\`, \`error\`):`;
  if (rule.group === 'settings' || rule.group === 'files') return `${level}\n\n${off}`;
  const comment = `\`\`\`\n# steadystate-ignore ${rule.id} -- the reason\n\`\`\``;
  return `${level}\n\n${off}\n\nIgnored at one place, where the format has comments:\n\n${comment}`;
}
