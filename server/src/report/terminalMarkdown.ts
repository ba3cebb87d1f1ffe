// Markdown as this program writes it, made readable in a terminal: headings, lists, code and emphasis.

import type { Style } from './style.ts';
import { textWidth } from './terminalText.ts';

export function terminalMarkdown(markdown: string, style: Style, columns = 80): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.trimEnd().split('\n')) {
    const opened: string | undefined = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined && opened !== undefined) fence = opened;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence !== undefined) lines.push(style.cyan(`    ${line}`.trimEnd()));
    else lines.push(...block(line, style, columns));
  }
  return `${lines.join('\n')}\n`;
}

function block(line: string, style: Style, columns: number): readonly string[] {
  const heading = /^(#{1,6}) (.*)$/.exec(line);
  if (heading)
    return [heading[1] === '#' ? style.bold(style.underline(heading[2] ?? '')) : style.bold(heading[2] ?? '')];
  const marker = /^( *(?:[-*]|\d+\.) )(.*)$/.exec(line);
  if (!marker) return wrap(line, columns).map((part) => inline(part, style));
  const lead = marker[1] ?? '';
  const [first = '', ...rest] = wrap(marker[2] ?? '', columns - lead.length);
  const indent = ' '.repeat(lead.length);
  return [lead + inline(first, style), ...rest.map((part) => indent + inline(part, style))];
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  // Code and emphasis are not torn apart.
  for (const word of text.match(/(?:`[^`]{0,200}`|\*\*[^*]{0,200}\*\*|[^\s`*]|[`*])+/g) ?? []) {
    if (current !== '' && shownWidth(current) + 1 + shownWidth(word) > columns) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

function shownWidth(text: string): number {
  return textWidth(text.replace(/`|\*\*/g, ''));
}

function inline(text: string, style: Style): string {
  return text
    .replace(/`([^`]{1,300})`/g, (_, code: string) => style.cyan(code))
    .replace(/\*\*([^*]{1,300})\*\*/g, (_, strong: string) => style.bold(strong))
    .replace(/\[([^\]]{1,200})\]\(([^)\s]{1,500})\)/g, (_, label: string, href: string) => `${label} (${href})`)
    .replace(/<(https?:[^>\s]{1,500})>/g, (_, href: string) => style.underline(href));
}
