// Changes of files as a unified diff that `git apply` and `patch` take.

import { createTwoFilesPatch } from 'diff';
import type { Style } from '../report/style.ts';

export function unifiedDiff(file: string, before: string, after: string, style: Style): string {
  const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 3 });
  const lines = patch.split('\n').filter((line) => !/^={10,}$/.test(line) && !line.startsWith('Index: '));
  return lines.map((line) => paintLine(line, style)).join('\n');
}

function paintLine(line: string, style: Style): string {
  if (line.startsWith('+++') || line.startsWith('---')) return style.bold(line);
  if (line.startsWith('@@')) return style.cyan(line);
  if (line.startsWith('+')) return style.green(line);
  if (line.startsWith('-')) return style.red(line);
  return line;
}
