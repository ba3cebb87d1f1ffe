// Links of the report: places such as `file:///…#L12,5`, lines and columns from 1 as VS Code's own links count them, and
// the addresses of rule pages. Links become calls of commands, which are the only way out of a page without scripts.

import { Range, Uri, ViewColumn, window } from 'vscode';
import { commands } from './commands.ts';

const fileLink = /href="((?:file|untitled|vscode-vfs):[^"]*)"/g;
const ruleLink = /href="[^":]+:\/\/steadystate\.steadystate\/rules\/([a-z0-9-]+)"/g;

export function withEditorLinks(html: string): string {
  return html
    .replace(fileLink, (_whole, address: string) => commandLink(commands.openPlace, address.replaceAll('&amp;', '&')))
    .replace(ruleLink, (_whole, rule: string) => commandLink(commands.openRule, rule));
}

function commandLink(command: string, argument: string): string {
  return `href="command:${command}?${encodeURIComponent(JSON.stringify([argument]))}"`;
}

export async function openPlace(address: string): Promise<void> {
  const uri = Uri.parse(address, true);
  const [, line, column] = /^L(\d+)(?:,(\d+))?/.exec(uri.fragment) ?? [];
  const start = { line: Math.max(Number(line ?? 1) - 1, 0), character: Math.max(Number(column ?? 1) - 1, 0) };
  const selection = new Range(start.line, start.character, start.line, start.character);
  await window.showTextDocument(uri.with({ fragment: '' }), { selection, viewColumn: ViewColumn.One });
}
