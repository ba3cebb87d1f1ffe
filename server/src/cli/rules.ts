// `steadystate rules`: the table of all rules.

import { createAnalysisHost } from '../engine/index.ts';
import { severityPaint } from '../report/style.ts';
import { type Command, CommandError } from './command.ts';

export const rules: Command = {
  name: 'rules',
  usage: '',
  summary: 'Lists every rule with its severity.',
  options: [],
  async run(args, terminal) {
    if (args.positionals.length > 0)
      throw new CommandError("'rules' takes no path; 'steadystate explain <rule>' shows one rule.");
    const all = createAnalysisHost().rules;
    const width = Math.max(0, ...all.map((rule) => rule.id.length));
    const groups = [...new Set(all.map((rule) => rule.group))];
    const lines = groups.flatMap((group) => [
      terminal.style.bold(group),
      ...all
        .filter((rule) => rule.group === group)
        .map(({ id, severity, summary }) => {
          const level = severityPaint(terminal.style, severity)(severity.padEnd(7));
          return `  ${id.padEnd(width)}  ${level}  ${summary}`;
        }),
      '',
    ]);
    terminal.out(`${lines.join('\n').trimEnd()}\n`);
    return 0;
  },
};
