// `steadystate lsp --stdio`: the language server, for editors that start it themselves.

import { type Command, CommandError } from './command.ts';

export const lsp: Command = {
  name: 'lsp',
  usage: '--stdio',
  summary: 'Runs the language server on standard input and output.',
  options: [{ name: 'stdio', description: 'Speak over standard input and output; the only way there is.' }],
  async run(args) {
    if (!args.has('stdio') || args.positionals.length > 0)
      throw new CommandError("Start the language server as 'steadystate lsp --stdio'.");
    // The entry starts by itself.
    await import('../lsp/main.ts');
    return 0;
  },
};
