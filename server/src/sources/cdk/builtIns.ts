// What the language and its libraries do to plain values in a CDK program: lists, texts and paths of files.

import type { Location } from '../../base/text.ts';
import { dirname, joinUri, normalizePath } from '../../base/uri.ts';
import type { Given, Run } from './scope.ts';
import {
  type CdkValue,
  isNothing,
  type ListValue,
  nothing,
  type ObjectValue,
  open,
  placeOf,
  plain,
  plainOf,
  scalar,
} from './values.ts';

const MAX_TURNS = 200;
const MAX_ITEMS = 500;
const COMPUTED = 'the program computes it';

/** A call of the language or of a library that is not the CDK; undefined for any other. */
export function builtIn(run: Run, path: string, given: readonly Given[], at: Location): CdkValue | undefined {
  const [first, second] = given.map(({ value }) => value);
  switch (path) {
    case 'global.Number':
    case 'global.parseInt':
    case 'global.int':
    case 'global.float':
      return first && converted(first, at, (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined));
    case 'global.String':
    case 'global.str':
      return first && converted(first, at, String);
    case 'global.Object.entries':
      return first?.kind === 'object' ? pairs(first, at) : undefined;
    case 'global.Object.values':
      return first?.kind === 'object'
        ? { ...pairs(first, at), items: first.entries.map(({ value }) => value) }
        : undefined;
    case 'global.Object.keys':
      return first?.kind === 'object' ? keys(first, at) : undefined;
    case 'global.enumerate':
      return first?.kind === 'list' ? numbered(first) : undefined;
    case 'global.range':
      return range(plainOf(second ? first : plain(0, at)), plainOf(second ?? first), at);
    default:
      return pathCall(run, path, given, at);
  }
}

function converted(
  value: CdkValue,
  at: Location,
  convert: (value: string | number | boolean) => string | number | undefined,
): CdkValue {
  if (value.kind === 'choice') {
    return { ...value, branches: value.branches.map((one) => ({ ...one, value: converted(one.value, at, convert) })) };
  }
  if (value.kind !== 'scalar') return open('…', at, COMPUTED);
  if (value.value.state !== 'known') return value;
  const result = convert(value.value.value);
  return result === undefined
    ? open(String(value.value.value), at, COMPUTED)
    : scalar({ ...value.value, value: result });
}

function pairs(object: ObjectValue, at: Location): ListValue {
  const items = object.entries.map(
    ({ key, keyAt, value }): CdkValue => ({
      kind: 'list',
      at: keyAt,
      items: [plain(key, keyAt), value],
      complete: true,
    }),
  );
  return { kind: 'list', at, items, complete: object.unsaid === undefined };
}

function keys(object: ObjectValue, at: Location): ListValue {
  const items = object.entries.map(({ key, keyAt }) => plain(key, keyAt));
  return { kind: 'list', at, items, complete: object.unsaid === undefined };
}

function numbered(list: ListValue): ListValue {
  const items = list.items.map(
    (item, index): CdkValue => ({ kind: 'list', at: list.at, items: [plain(index, list.at), item], complete: true }),
  );
  return { ...list, items };
}

function range(from: unknown, to: unknown, at: Location): CdkValue | undefined {
  if (typeof from !== 'number' || typeof to !== 'number' || to - from > MAX_TURNS) return undefined;
  const items = Array.from({ length: Math.max(0, to - from) }, (_, index) => plain(from + index, at));
  return { kind: 'list', at, items, complete: true };
}

// Paths: those of files are addresses

const PATH =
  /^(?:node:)?path\.(?:posix\.)?(join|resolve|dirname|normalize)$|^os\.path\.(join|dirname|abspath|realpath|normpath)$/;

function pathCall(run: Run, path: string, given: readonly Given[], at: Location): CdkValue | undefined {
  if (path === 'global.process.cwd' || path === 'os.getcwd' || path === 'pathlib.Path.cwd')
    return plain(run.folder, at);
  if (path === 'url.fileURLToPath') return given[0]?.value;
  const [, node, python] = PATH.exec(path) ?? [];
  const isPath = path === 'pathlib.Path' || path === 'pathlib.PurePath';
  const method = node ?? python ?? (isPath ? 'join' : undefined);
  if (method === undefined) return undefined;
  const texts = given.map(({ value }) => plainOf(value));
  if (texts.some((text) => typeof text !== 'string')) return open('…', at, COMPUTED);
  const parts = texts.map(String);
  const joined = method === 'resolve' ? joinPaths([run.folder, ...parts]) : joinPaths(parts);
  const last = given.at(-1)?.value;
  return plain(method === 'dirname' ? dirname(joined) : joined, last ? placeOf(last, at) : at);
}

function joinPaths([first = '', ...rest]: readonly string[]): string {
  return rest.reduce((path, part) => {
    if (part.includes('://')) return part;
    return path.includes('://') ? joinUri(path, part) : part.startsWith('/') ? part : normalizePath(`${path}/${part}`);
  }, first);
}

// Methods of plain values

/** A method of a list, a text or a plain object; undefined for any other. */
export function methodOfPlain(
  run: Run,
  receiver: CdkValue,
  key: string,
  given: readonly Given[],
  at: Location,
): CdkValue | undefined {
  if (receiver.kind === 'list') return methodOfList(run, receiver, key, given, at);
  if (receiver.kind === 'object') return methodOfObject(receiver, key, given, at);
  const text = plainOf(receiver);
  if (text === undefined) return undefined;
  const [first, second] = given.map(({ value }) => plainOf(value));
  const change = (convert: (value: string) => string): CdkValue =>
    converted(receiver, at, (value) => convert(String(value)));
  switch (key) {
    case 'toString':
      return change(String);
    case 'trim':
    case 'strip':
      return change((value) => value.trim());
    case 'charAt':
      return typeof first === 'number' ? change((value) => value.charAt(first)) : undefined;
    case 'slice':
    case 'substring':
      return sliced(receiver, key, first, second, at);
    case 'startsWith':
    case 'endsWith':
    case 'includes':
      return typeof first === 'string' ? plain(String(text)[key](first), at) : undefined;
    case 'split':
      return typeof first === 'string' ? pieces(String(text), first, at) : undefined;
    case 'toLowerCase':
    case 'lower':
      return change((value) => value.toLowerCase());
    case 'toUpperCase':
    case 'upper':
      return change((value) => value.toUpperCase());
    case 'replace':
      return typeof first === 'string' && typeof second === 'string'
        ? change((value) => value.replace(first, () => second))
        : undefined;
    case 'replaceAll':
      return typeof first === 'string' && typeof second === 'string'
        ? change((value) => value.replaceAll(first, () => second))
        : undefined;
    case 'joinpath':
      return pathCall(run, 'pathlib.Path', [{ value: receiver }, ...given], at);
    case 'resolve':
    case 'absolute':
      return receiver;
    default:
      return undefined;
  }
}

function sliced(
  receiver: CdkValue,
  key: 'slice' | 'substring',
  start: unknown,
  end: unknown,
  at: Location,
): CdkValue | undefined {
  if (typeof start !== 'number' || (end !== undefined && typeof end !== 'number')) return undefined;
  return converted(receiver, at, (value) => String(value)[key](start, end));
}

function pieces(text: string, delimiter: string, at: Location): ListValue {
  const items = text.split(delimiter).slice(0, MAX_ITEMS);
  return { kind: 'list', at, items: items.map((item) => plain(item, at)), complete: true };
}

function methodOfObject(object: ObjectValue, key: string, given: readonly Given[], at: Location): CdkValue | undefined {
  switch (key) {
    case 'items':
      return pairs(object, at);
    case 'keys':
      return keys(object, at);
    case 'values':
      return { ...pairs(object, at), items: object.entries.map(({ value }) => value) };
    case 'get': {
      const name = plainOf(given[0]?.value);
      const found = object.entries.findLast((entry) => entry.key === name);
      if (found) return found.value;
      if (name === undefined || object.unsaid !== undefined) return open('…', at, object.unsaid ?? COMPUTED);
      return given[1]?.value ?? nothing(at);
    }
    default:
      return undefined;
  }
}

function methodOfList(
  run: Run,
  list: ListValue,
  key: string,
  given: readonly Given[],
  at: Location,
): CdkValue | undefined {
  const callback = given[0]?.value;
  const each = (): readonly CdkValue[] =>
    list.items
      .slice(0, MAX_TURNS)
      .map((item, index) => run.call(callback ?? nothing(at), [{ value: item }, { value: plain(index, at) }], at, at));
  switch (key) {
    case 'push':
    case 'append': {
      const hasRoom = list.items.length < MAX_ITEMS;
      if (hasRoom) list.items.push(...given.map(({ value }) => value));
      if (run.depth > 0 || !hasRoom) list.complete = false;
      return nothing(at);
    }
    case 'forEach':
      each();
      return nothing(at);
    case 'map':
      return { kind: 'list', at, items: [...each()], complete: list.complete };
    case 'concat': {
      const lists = given.map(({ value }) => value);
      const others = lists.flatMap((one) => (one.kind === 'list' ? one.items : [one]));
      const items = [...list.items, ...others];
      const isWhole = list.complete && lists.every((one) => one.kind !== 'list' || one.complete);
      return { kind: 'list', at, items: items.slice(0, MAX_ITEMS), complete: isWhole && items.length <= MAX_ITEMS };
    }
    case 'filter':
      return { ...list, items: [...list.items], complete: false };
    case 'join': {
      const parts = list.items.map(plainOf);
      const delimiter = plainOf(callback) ?? ',';
      if (!list.complete || parts.includes(undefined) || isNothing(list)) return open('…', at, COMPUTED);
      return plain(parts.join(String(delimiter)), at);
    }
    default:
      return undefined;
  }
}
