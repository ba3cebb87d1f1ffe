// `steadystate graph`: how services, task definitions, containers, Dockerfiles and programs hang together.

import { graphDot, graphJson, graphMermaid, graphText } from '../report/graphReport.ts';
import { takeSnapshot } from '../report/snapshot.ts';
import { analyze, targetOf, targetOptions } from './analyze.ts';
import { type Command, oneOf } from './command.ts';

const formats = ['text', 'json', 'mermaid', 'dot'] as const;

export const graph: Command = {
  name: 'graph',
  usage: '[path]',
  summary: 'Shows the deployment graph of a folder: what is linked to what, and because of what.',
  options: [
    ...targetOptions,
    { name: 'format', value: 'FORMAT', description: `One of ${formats.join(', ')}. Default: text.` },
  ],
  async run(args, terminal) {
    const format = oneOf('format', args.value('format') ?? 'text', formats);
    const target = targetOf(args, terminal);
    const { workspace, folder, renamed } = await analyze(target.folder, args, terminal);
    const snapshot = takeSnapshot(workspace.analysis, {
      folders: [folder],
      renamed,
      ...(target.only && { only: target.only }),
    });
    const renderers = {
      text: () => graphText(snapshot, terminal.style),
      json: graphJson,
      mermaid: graphMermaid,
      dot: graphDot,
    };
    terminal.out(renderers[format](snapshot));
    return 0;
  },
};
