// `steadystate explain <rule>`: the page of one rule.

import { didYouMean } from '../config/suggest.ts';
import { createAnalysisHost } from '../engine/index.ts';
import { rulePage } from '../report/rulePage.ts';
import { terminalMarkdown } from '../report/terminalMarkdown.ts';
import { type Command, CommandError } from './command.ts';

export const explain: Command = {
  name: 'explain',
  usage: '<rule>',
  summary: 'Shows the page of one rule: what is wrong, why it matters, how to fix it.',
  options: [],
  async run(args, terminal) {
    const [id, ...more] = args.positionals;
    if (id === undefined || more.length > 0)
      throw new CommandError("Name one rule; 'steadystate rules' lists them all.");
    const { rules } = createAnalysisHost();
    const rule = rules.find((candidate) => candidate.id === id);
    if (!rule) {
      const ids = rules.map((candidate) => candidate.id);
      throw new CommandError(`There is no rule '${id}'${didYouMean(id, ids)} 'steadystate rules' lists them all.`);
    }
    terminal.out(terminalMarkdown(rulePage(rule), terminal.style, terminal.columns));
    return 0;
  },
};
