// Paths that a program puts together: `path.join(__dirname, 'config.json')`, `Path(__file__).parent / "config.json"`.
// What counts from a source file is a URI of the workspace, anything else a path of the container.

import type { Location } from '../base/text.ts';
import { dirname, joinUri } from '../base/uri.ts';
import type { CallExpression } from '../facts/expression.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame, ScalarResult } from './evaluated.ts';
import { scalar } from './evaluated.ts';

const joiners = /^(?:path(?:\.(?:default|posix|win32))?\.(?:join|resolve)|os\.path\.join)$/;
const parents = /^(?:path(?:\.default)?|os\.path)\.dirname$/;
/** Give back the path they are given, or the same place under another spelling. */
const same =
  /^(?:os\.path\.(?:abspath|realpath|normpath|expanduser)|path(?:\.default)?\.normalize|pathlib\.(?:Path|PurePath)|url\.fileURLToPath)$/;

/** `__file__`, `__dirname`: where a source file stands. */
export function ownPath(name: string, at: Location, frame: Frame): Evaluated | undefined {
  const { uri } = frame.module;
  if (name === '__file__' || name === '__filename' || name === 'import.meta.url' || name === 'import.meta.filename') {
    return scalar(uri, at);
  }
  return name === '__dirname' || name === 'import.meta.dirname' ? scalar(dirname(uri), at) : undefined;
}

/** What a library's function makes of paths; undefined where it is no such function or the path stays open. */
export function pathCall(
  evaluation: Evaluation,
  library: string,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  if (library === 'os.getcwd' || library === 'process.cwd' || library === 'pathlib.Path.cwd') {
    return scalar(evaluation.workingDirectory, call.at);
  }
  const isJoiner = joiners.test(library);
  if (!isJoiner && !parents.test(library) && !same.test(library)) return undefined;
  const parts = call.arguments.map(({ value }) => evaluate(evaluation, value, frame));
  const [first] = parts;
  if (isJoiner || parts.length > 1) return joined(parts);
  if (first?.kind !== 'scalar' || typeof first.value !== 'string') return first;
  return parents.test(library) ? parentPath(first) : first;
}

/** `.joinpath("x")` and `.resolve()` of a path; `.parent` is a member. */
export function pathMethod(
  evaluation: Evaluation,
  path: ScalarResult,
  name: string,
  call: CallExpression,
  frame: Frame,
): Evaluated | undefined {
  if (/^(?:resolve|absolute|expanduser|as_posix)$/.test(name)) return path;
  if (name !== 'joinpath') return undefined;
  return joined([path, ...call.arguments.map(({ value }) => evaluate(evaluation, value, frame))]);
}

export function pathMember(path: ScalarResult, name: string): Evaluated | undefined {
  return name === 'parent' && typeof path.value === 'string' ? parentPath(path) : undefined;
}

function joined(parts: readonly Evaluated[]): Evaluated | undefined {
  let result: ScalarResult | undefined;
  for (const part of parts) {
    if (part.kind === 'unknown') return part;
    if (part.kind !== 'scalar' || typeof part.value !== 'string') return undefined;
    const isAbsolute = result === undefined || part.value.includes('://');
    result = isAbsolute ? part : { ...part, value: joinUri(String(result?.value), part.value) };
  }
  return result;
}

function parentPath(path: ScalarResult): ScalarResult {
  const text = String(path.value);
  return { ...path, value: text.includes('/') ? dirname(text) : '.' };
}
