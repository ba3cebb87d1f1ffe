// Links of the report: addresses such as `file:///…#L12,5`, lines and columns from 1 as VS Code's own links count them.

import { Range, Uri, ViewColumn, window } from 'vscode';
import { commands } from './commands.ts';

const fileLink = /href="((?:file|untitled|vscode-vfs):[^"]*)"/g;

/** Links to files become calls of a command, which is the only way out of a page without scripts. */
export function withEditorLinks(html: string): string {
  return html.replace(fileLink, (_whole, address: string) => {
    const args = JSON.stringify([address.replaceAll('&amp;', '&')]);
    return `href="command:${commands.openPlace}?${encodeURIComponent(args)}"`;
  });
}

export async function openPlace(address: string): Promise<void> {
  const uri = Uri.parse(address, true);
  const [, line, column] = /^L(\d+)(?:,(\d+))?/.exec(uri.fragment) ?? [];
  const start = { line: Math.max(Number(line ?? 1) - 1, 0), character: Math.max(Number(column ?? 1) - 1, 0) };
  const selection = new Range(start.line, start.character, start.line, start.character);
  await window.showTextDocument(uri.with({ fragment: '' }), { selection, viewColumn: ViewColumn.One });
}
