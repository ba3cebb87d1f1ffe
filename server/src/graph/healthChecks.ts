// Which ports a container health check calls, and with which tool.

import type { Location } from '../base/text.ts';
import type { Container } from '../facts/taskDefinition.ts';
import { type Known, knownValue, placeWithin, type Value } from '../facts/value.ts';
import type { HealthCheckCall } from './deployment.ts';

const url = /(https?):\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::([^/\s"'?#)|;&]*))?/g;
const bareAddress = /(?:^|\s)(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{1,5})(?=[/\s"'|;&]|$)/g;
const netcat = /\bnc(?:at)?\s+(?:-\S+\s+)*(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\s+(\d{1,5})\b/g;
const tools = /(?:^|[\s;&|(/])(curl|wget)(?=\s|$)/;

interface Call {
  readonly port: number | undefined;
  /** The path of a URL, and where it starts. */
  readonly path?: { readonly text: string; readonly start: number };
  readonly start: number;
  readonly end: number;
}

function callsIn(text: string): readonly Call[] {
  const calls: Call[] = [];
  for (const match of text.matchAll(url)) {
    const end = match.index + match[0].length;
    const written = match[3];
    const path = pathFrom(text, end);
    if (written === undefined) calls.push({ port: match[1] === 'https' ? 443 : 80, path, start: match.index, end });
    else if (/^\d{1,5}$/.test(written)) calls.push({ port: Number(written), path, start: end - written.length, end });
    else calls.push({ port: undefined, path, start: match.index, end });
  }
  for (const pattern of [bareAddress, netcat]) {
    for (const match of text.matchAll(pattern)) {
      const digits = match[1] ?? '';
      const start = match.index + match[0].lastIndexOf(digits);
      calls.push({ port: Number(digits), start, end: start + digits.length });
    }
  }
  return calls;
}

/** What a URL asks for behind its authority, without the query. */
function pathFrom(text: string, start: number): { readonly text: string; readonly start: number } {
  const path = /^\/[^\s"'`?#|;&()<>\\]*/.exec(text.slice(start, start + 1000))?.[0] ?? '';
  return { text: path, start };
}

/** Whether a tool ends with an error where the answer is 404: curl only when it is told to. */
function failsOnStatus(text: string): boolean {
  return (
    /\bwget\b/.test(text) ||
    (/\bcurl\b/.test(text) && /\s(?:--fail(?:-with-body)?|-[A-Za-z]*f[A-Za-z]*)(?=\s|$)/.test(text))
  );
}

/** All words of the command joined, so that a tool and its URL in different words are seen together. */
function wordsOf(command: Value<readonly Value<string>[]>): readonly Known<string>[] {
  const words = knownValue(command) ?? [];
  return words.filter((word): word is Known<string> => word.state === 'known').slice(words.length > 1 ? 1 : 0);
}

export function healthCheckCalls(
  container: Container,
  imageHas: (tool: string) => boolean | undefined,
): readonly HealthCheckCall[] {
  const healthCheck = knownValue(container.healthCheck);
  if (!healthCheck) return [];
  const words = wordsOf(healthCheck.command);
  let tool: { readonly name: string; readonly at: Location } | undefined;
  for (const word of words) {
    const match = tools.exec(` ${word.value}`);
    if (!match?.[1]) continue;
    // One unit of the leading blank counts before every offset of the word.
    const start = match.index + match[0].length - match[1].length - 1;
    tool = { name: match[1], at: placeWithin(word, start, start + match[1].length) };
    break;
  }
  const toolPresent = tool === undefined ? undefined : imageHas(tool.name);
  const toolAt = tool?.at ?? healthCheck.command.at;
  const isStrict = failsOnStatus(words.map((word) => word.value).join(' '));
  const calls = words.flatMap((word) =>
    callsIn(word.value).map(({ port, path, start, end }) => {
      const portAt = placeWithin(word, start, end);
      if (!path || !isStrict || path.text.includes('$')) return { port, portAt, path: undefined, pathAt: portAt };
      const pathAt = path.text === '' ? portAt : placeWithin(word, path.start, path.start + path.text.length);
      return { port, portAt, path: path.text === '' ? '/' : path.text, pathAt };
    }),
  );
  const places = calls.length > 0 ? calls : [{ port: undefined, portAt: toolAt, path: undefined, pathAt: toolAt }];
  return tool === undefined && calls.length === 0
    ? []
    : places.map((call) => ({ tool: tool?.name, toolAt, toolPresent, ...call }));
}
