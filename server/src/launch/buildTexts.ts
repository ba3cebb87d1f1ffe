// What the instructions of a build do beside copying the workspace: the texts of RUN lines and the places that files
// are copied to, of a stage and the stages it starts from.

import type { Dockerfile, Instruction, Stage } from '../facts/dockerfile.ts';
import { wordText } from './text.ts';

export function buildTexts(dockerfile: Dockerfile, stage: number): readonly string[] {
  return stagesBelow(dockerfile, stage).flatMap(({ instructions }) => instructions.flatMap(textsOf));
}

/** The texts of all RUN lines, of every stage: files of any stage may be copied on. */
export function runTexts(dockerfile: Dockerfile): readonly string[] {
  return dockerfile.stages.flatMap(({ instructions }) =>
    instructions.flatMap((instruction) => (instruction.kind === 'run' ? textsOf(instruction) : [])),
  );
}

/** The stage and those it starts from, lowest first. */
function stagesBelow(dockerfile: Dockerfile, index: number): readonly Stage[] {
  const chain: Stage[] = [];
  let next: number | undefined = index;
  while (next !== undefined && chain.length <= dockerfile.stages.length) {
    const stage: Stage | undefined = dockerfile.stages[next];
    if (stage === undefined) break;
    chain.unshift(stage);
    next = stage.fromStage;
  }
  return chain;
}

function textsOf(instruction: Instruction): readonly string[] {
  switch (instruction.kind) {
    case 'run':
      return [instruction.command.words.map(wordText).join(' ')];
    case 'copy':
      return [[...instruction.sources.map(wordText), wordText(instruction.destination)].join(' ')];
    default:
      return [];
  }
}
