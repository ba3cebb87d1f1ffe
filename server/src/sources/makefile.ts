// Makefiles: the images that their recipes build and push. Every target counts as run. Make's functions and conditions
// are not evaluated.

import { locationOf, type SourceFile } from '../base/text.ts';
import { basename } from '../base/uri.ts';
import { absent } from '../facts/value.ts';
import { finishJob, noSteps, PIPELINE_CUES, partOf, pipelineOf, withVariable } from './scriptedPipeline.ts';
import type { Source } from './source.ts';
import { createJobScripts } from './workflowScript.ts';
import type { Names } from './workflowText.ts';

export const makefile: Source = {
  id: 'makefile',
  discovery: 'scan',
  comment: '#',

  claims(uri) {
    return /^(?:GNU)?makefile$|\.mk$/i.test(basename(uri)) ? 'maybe' : 'no';
  },
  recognizes: (text) => PIPELINE_CUES.test(text),

  extract(file) {
    const nothing = { uri: file.uri, source: 'makefile', facts: [], problems: [] };
    const at = locationOf(file.uri, 0, file.text.length);
    const scripts = createJobScripts();
    let names: Names = new Map();
    for (const { start, text } of logicalLines(file)) {
      const line = shellSpelling(text);
      if (line.startsWith('\t')) {
        const recipe = line.replace(/^[\t @+-]+/, '');
        const script = partOf(file, start + line.length - recipe.length, recipe);
        scripts.run({ script, names, workingDirectory: absent(at), stepId: undefined, jobNames: new Map() });
        continue;
      }
      const [, name, value] = /^(?:export[ ]+)?([A-Za-z_]\w*)[ \t]*(?::{0,3}|\?)=[ \t]*(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined)
        names = withVariable(names, name, value.replace(/[ \t]+#.*$/, '').trimEnd());
    }
    const found = noSteps();
    finishJob(scripts, found);
    const pipeline = pipelineOf(at, { origin: 'script', pathsFrom: 'file' }, found);
    return pipeline ? { ...nothing, facts: [pipeline] } : nothing;
  },

  edit: () => [],
};

/** Lines, those that end in a backslash joined with the next; the shell joins them again. */
function logicalLines({ text }: SourceFile): readonly { readonly start: number; readonly text: string }[] {
  const lines: { start: number; text: string }[] = [];
  let start = 0;
  let open = false;
  for (const line of text.split('\n')) {
    const last = lines.at(-1);
    if (open && last) last.text += `\n${line}`;
    else lines.push({ start, text: line });
    open = /\\\r?$/.test(line);
    start += line.length + 1;
  }
  return lines;
}

/** Make's `$(NAME)` is the shell's `${NAME}`, and its `$$` the shell's `$`. */
function shellSpelling(text: string): string {
  return text.replace(/\$\((\w+)\)/g, '${$1}').replace(/\$\$(?=[\w({])/g, ' $');
}
