// Settings of JVM frameworks: a key is looked up in layers, the strongest first, and `${name:default}` in a value is
// looked up the same way. Which layers there are is each framework's business.

import type { ConfigEntry, ConfigFile } from '../../facts/configFile.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { step } from '../text.ts';
import type { Word } from '../words.ts';
import { joinWord, sliceWord } from '../words.ts';

/** Undefined where the layer does not say it. */
export type Layer = (key: string) => Value<string> | undefined;

export interface Settings {
  /** The value with its placeholders filled in; undefined where no layer says it. */
  get(key: string): Value<string> | undefined;
}

const DEEPEST = 8;
/** Placeholders may name each other in many ways; no honest file comes near. */
const MOST_LOOKUPS = 2_000;

/** How a framework reads placeholders where it is not as Spring does. */
export interface Placeholders {
  /** Where `${name}` is looked up, where that is not among the settings themselves. */
  readonly find: Layer;
  /** What stands between a name and its default. */
  readonly separator: string;
}

export function createSettings(layers: readonly Layer[], placeholders?: Placeholders): Settings {
  const find = (key: string): Value<string> | undefined => {
    for (const layer of layers) {
      const value = layer(key);
      if (value !== undefined && value.state !== 'absent') return value;
    }
    return undefined;
  };
  let budget = MOST_LOOKUPS;
  const separator = placeholders?.separator ?? ':';
  const get = (key: string, depth: number): Value<string> | undefined => {
    const value = budget-- > 0 ? find(key) : undefined;
    if (value?.state !== 'known') return value;
    return filled(value, { find: placeholders?.find ?? ((name) => get(name, depth + 1)), separator }, depth);
  };
  return {
    get(key) {
      budget = MOST_LOOKUPS;
      return get(key, 0);
    },
  };
}

/** Fills in `${name}` and `${name:default}`. */
function filled(word: Word, placeholders: Placeholders, depth: number): Value<string> {
  if (!word.value.includes('${')) return word;
  if (depth > DEEPEST) return dynamic(word.value, word.at, `\`${word.value}\` leads on without end`);
  const bare: Word = { ...word, trail: [] };
  const parts: Word[] = [];
  let offset = 0;
  while (offset < word.value.length) {
    const start = word.value.indexOf('${', offset);
    const end = start < 0 ? -1 : closingBrace(word.value, start + 2);
    if (end < 0) {
      parts.push(sliceWord(bare, offset));
      break;
    }
    if (start > offset) parts.push(sliceWord(bare, offset, start));
    const part = placeholder(sliceWord(bare, start + 2, end), placeholders, depth);
    if (part.state !== 'known') return part;
    parts.push(part);
    offset = end + 1;
  }
  const joined = joinWord(parts, word.at);
  return { ...joined, trail: [...(word.trail ?? []), ...(joined.trail ?? [])] };
}

/** The brace that closes a placeholder; placeholders nest. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index++) {
    if (text.startsWith('${', index)) depth++;
    else if (text[index] === '}' && --depth === 0) return index;
  }
  return -1;
}

function placeholder(word: Word, placeholders: Placeholders, depth: number): Value<string> {
  const { find, separator } = placeholders;
  const colon = word.value.indexOf(separator);
  const name = (colon < 0 ? word.value : word.value.slice(0, colon)).trim();
  const found = name.includes('${') ? undefined : find(name);
  if (found !== undefined) return found;
  if (colon >= 0) return filled(sliceWord(word, colon + separator.length), placeholders, depth + 1);
  return dynamic(`\${${word.value}}`, word.at, `nothing in view sets ${name}`);
}

/** The environment under a name as it stands, and in capitals with `_`: `server.port` is SERVER_PORT. */
export function environmentLayer(process: ContainerProcess): Layer {
  return (key) => {
    for (const name of variableNames(key)) {
      if (process.environment.named(name)) return process.environment.get(name);
    }
    // Anything that is not in view may set the usual spelling.
    const usual = variableNames(key).at(-1) ?? key;
    return process.environment.get(usual);
  };
}

/** A variable of the environment under exactly this name. */
export function environmentVariable(process: ContainerProcess): Layer {
  return (name) => process.environment.get(name);
}

function variableNames(key: string): readonly string[] {
  const underscored = key.replace(/[.[\]]+/g, '_').replace(/_$/, '');
  const names = [key, underscored, underscored.replaceAll('-', '').toUpperCase()];
  return [...new Set([...names, underscored.replaceAll('-', '_').toUpperCase()])];
}

export function propertyLayer(
  properties: ReadonlyMap<string, Value<string>>,
  open: Value<string> | undefined,
  label: string,
): Layer {
  const byKey = new Map([...properties].map(([name, value]) => [canonical(name), { name, value }]));
  return (key) => {
    const found = byKey.get(canonical(key));
    if (found === undefined) return open;
    const { name, value } = found;
    return value.state === 'known' ? { ...value, trail: [step(value.at, `${label}${name}=${value.value}`)] } : value;
  };
}

/** `--name=value` among the arguments of the program. */
export function argumentLayer(words: readonly Value<string>[]): Layer {
  const properties = new Map<string, Value<string>>();
  let open: Value<string> | undefined;
  for (const word of words) {
    if (word.state !== 'known') {
      const text = word.state === 'dynamic' ? word.text : '';
      const name = /^--([\w.[\]-]+)=/.exec(text)?.[1];
      if (name === undefined) open ??= word;
      else
        properties.set(
          name,
          dynamic(text.slice(name.length + 3), word.at, word.state === 'dynamic' ? word.reason : undefined),
        );
      continue;
    }
    const found = /^--?([\w.:[\]-]+)=/.exec(word.value);
    if (found?.[1] !== undefined) properties.set(found[1], sliceWord(word, found[0].length));
  }
  return propertyLayer(properties, open, '--');
}

/** Entries of a settings file. A later one beats an earlier one. */
export function fileLayer(
  file: ConfigFile,
  name: string,
  holds: (document: number) => boolean = () => true,
  prefix = '',
): Layer {
  const byKey = new Map<string, ConfigEntry>();
  for (const entry of file.entries) {
    if (holds(entry.document)) byKey.set(canonical(entry.key), entry);
  }
  return (key) => {
    const entry = byKey.get(canonical(prefix + key));
    if (entry === undefined) {
      return file.complete ? undefined : dynamic(key, file.at, `${name} could not be read whole`);
    }
    return explainedEntry(entry);
  };
}

export function explainedEntry({ key, value }: ConfigEntry): Value<string> {
  return value.state === 'known' ? known(value.value, value.at, [step(value.at, `${key}: ${value.value}`)]) : value;
}

/** Keys are compared as Spring and its like bind them: without case, dashes and underscores. */
export function canonical(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}
