// Commands of a script that may write the files a server is configured by: `envsubst <a >b`, `sed -i`, `cp`, `echo >`.
// They are kept as they ran; what they leave in a file is worked out in `launch/containerTexts.ts`.

import type { Value } from '../../facts/value.ts';
import type { ShellCommand, ShellRedirection } from '../../syntax/shellWords.ts';
import type { FileCommand } from '../launcher.ts';
import { step, wordText } from '../text.ts';
import { assignedValue, expandText } from './expand.ts';
import type { ShellState, ShellText } from './state.ts';

const MOST = 200;
/** Paths and texts that a server's configuration has something to do with. */
const RELEVANT =
  /nginx|apache|httpd|caddy|haproxy|envoy|traefik|lighttpd|varnish|supervisor|php|fpm|\.(?:conf|cfg|template|tmpl|tpl|vcl)\b|sites-|conf\.d|\.sh\b|entrypoint|procfile|s6|services\.d|\blisten\b|^\*?:\d+/i;

/** The state after a command that may have written such a file. */
export function recordFileCommand(
  words: readonly Value<string>[],
  command: ShellCommand,
  state: ShellState,
  source: ShellText,
): ShellState {
  if (state.changes.length >= MOST) return state;
  const redirections = command.redirections ?? [];
  const paths = redirections.map(({ target }) => expandText(target, state, source));
  const isRelevant = [...words.slice(1), ...paths].some((word) => RELEVANT.test(wordText(word)));
  if (!isRelevant && state.pipe === 'none') return state;
  const { start, end } = command.span;
  const environment =
    command.assignments.length === 0
      ? state.environment
      : state.environment.with(
          command.assignments.map(({ name, value }) => ({ name, value: assignedValue(name, value, state, source) })),
        );
  const ran: FileCommand = {
    words,
    reads: pathOf(redirections, paths, /^0?<$/),
    input: inputOf(redirections, state, source),
    writes: writesOf(redirections, paths),
    pipe: state.pipe,
    environment,
    workingDirectory: state.workingDirectory,
    step: step(source.locate({ start, end }), source.text.slice(start, end)),
  };
  return { ...state, changes: [...state.changes, ran] };
}

function pathOf(
  redirections: readonly ShellRedirection[],
  paths: readonly Value<string>[],
  operator: RegExp,
): Value<string> | undefined {
  return paths[redirections.findLastIndex((redirection) => operator.test(redirection.operator))];
}

function writesOf(redirections: readonly ShellRedirection[], paths: readonly Value<string>[]): FileCommand['writes'] {
  const index = redirections.findLastIndex(({ operator }) => /^(?:1|&)?(?:>|>>|>\|)$/.test(operator));
  const path = paths[index];
  return path && { path, appends: redirections[index]?.operator.endsWith('>>') === true };
}

/** A here-document, or `<<< "text"`. */
function inputOf(
  redirections: readonly ShellRedirection[],
  state: ShellState,
  source: ShellText,
): Value<string> | undefined {
  const given = redirections.findLast(({ operator, body }) => body !== undefined || operator === '<<<');
  if (given === undefined) return undefined;
  if (given.body === undefined) return expandText(given.target, state, source);
  const text = expandText(given.body, state, source);
  if (text.state !== 'known' || !given.operator.endsWith('-')) return text;
  return { ...text, value: text.value.replace(/^\t+/gm, '') };
}
