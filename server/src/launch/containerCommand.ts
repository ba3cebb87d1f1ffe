// The argv of a container: the image's ENTRYPOINT and CMD under the task definition's `entryPoint` and `command`.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html

import type { ImageCommand } from '../facts/dockerfile.ts';
import type { Container } from '../facts/taskDefinition.ts';
import type { Step, Value } from '../facts/value.ts';
import { dynamic, known } from '../facts/value.ts';
import { step, wordText } from './text.ts';

export interface ContainerCommand {
  readonly argv: readonly Value<string>[];
  /** The instructions and keys that gave it. */
  readonly trail: readonly Step[];
}

/** What of an image's command is known without the task definition. */
export interface ImageStart {
  readonly entrypoint: ImageCommand | undefined;
  readonly cmd: ImageCommand | undefined;
  readonly shell: readonly string[];
}

/**
 * A non-empty `entryPoint` drops the image's CMD; an empty list counts as none, as Docker's merge has it:
 * https://github.com/moby/moby/blob/master/daemon/commit.go
 */
export function containerCommand(container: Container, image: ImageStart): ContainerCommand {
  const entryPoint = overridden(container.entryPoint, 'entryPoint');
  const command = overridden(container.command, 'command');
  if (entryPoint !== undefined) {
    return {
      argv: [...entryPoint.argv, ...(command?.argv ?? [])],
      trail: [...entryPoint.trail, ...(command?.trail ?? [])],
    };
  }
  const { entrypoint, cmd, shell } = image;
  const start = entrypoint && instruction(entrypoint, 'ENTRYPOINT', shell);
  // A shell-form ENTRYPOINT takes no arguments:
  // https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
  if (start !== undefined && entrypoint?.form === 'shell') return start;
  const rest = command ?? (cmd && instruction(cmd, 'CMD', shell));
  return {
    argv: [...(start?.argv ?? []), ...(rest?.argv ?? [])],
    trail: [...(start?.trail ?? []), ...(rest?.trail ?? [])],
  };
}

function overridden(value: Value<readonly Value<string>[]>, key: string): ContainerCommand | undefined {
  if (value.state === 'absent') return undefined;
  if (value.state !== 'known') {
    const text = value.state === 'dynamic' ? value.text : key;
    return { argv: [dynamic(text, value.at, `${key} of the task definition is filled in elsewhere`)], trail: [] };
  }
  if (value.value.length === 0) return undefined;
  return { argv: value.value, trail: [step(value.at, `${key} ${quoted(value.value)}`)] };
}

function instruction(command: ImageCommand, name: string, shell: readonly string[]): ContainerCommand {
  const hop = step(command.at, `${name} ${commandText(command)}`);
  if (command.form === 'exec') return { argv: command.words, trail: [hop] };
  const [first] = command.words;
  const at = first?.at ?? command.at;
  const argv = [...shell.map((word) => known(word, command.at)), ...(first === undefined ? [] : [first])];
  return { argv: argv.length === 0 ? [known('', at)] : argv, trail: [hop] };
}

function commandText({ form, words }: ImageCommand): string {
  return form === 'exec' ? quoted(words) : words.map(wordText).join(' ');
}

function quoted(words: readonly Value<string>[]): string {
  return `[${words.map((word) => JSON.stringify(wordText(word))).join(', ')}]`;
}
