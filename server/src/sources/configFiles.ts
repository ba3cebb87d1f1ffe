// Settings files that programs and servers read - YAML, JSON, TOML, INI and Java properties - as dotted keys. What a key
// means, which document applies and what `${…}` expands to is for the reader of the facts.

import { locationOf, type SourceFile, type TextEdit } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { ConfigEntry, ConfigFile } from '../facts/configFile.ts';
import type { EditIntent } from '../facts/edit.ts';
import { absent, known, type Value } from '../facts/value.ts';
import { parseIni } from '../syntax/ini.ts';
import { parseJson } from '../syntax/json.ts';
import { parseProperties } from '../syntax/properties.ts';
import { dotted, MAX_SETTINGS, MAX_SETTINGS_LENGTH, type SettingsText } from '../syntax/settings.ts';
import { parseToml } from '../syntax/toml.ts';
import type { StringNode, Tree, TreeNode } from '../syntax/tree.ts';
import { parseYamlDocuments } from '../syntax/yaml.ts';
import { editJson } from './jsonEdits.ts';
import type { Source } from './source.ts';
import { keyPlace, stringValue } from './treeValues.ts';
import { editYaml } from './yamlEdits.ts';

type Format = ConfigFile['format'];
type Read = Pick<ConfigFile, 'entries' | 'complete'>;

/** Keys below this depth are not read. */
const MAX_DEPTH = 30;

export const configFiles: readonly Source[] = [
  configSource('yaml', /\.ya?ml$/i, readTrees(parseYamlDocuments), editYaml, '#'),
  configSource('json', /\.jsonc?$|^\.(?:babelrc|swcrc)$/i, readTrees(one(parseJson)), editJson),
  configSource('toml', /\.toml$|^Pipfile$/i, readSettings(parseToml), replaceText, '#'),
  configSource('ini', /\.(?:ini|cfg)$/i, readSettings(parseIni), replaceText, '#'),
  configSource('properties', /\.properties$/i, readSettings(parseProperties), replaceText, '#'),
];

function configSource(
  format: Format,
  name: RegExp,
  read: (file: SourceFile) => Read,
  edit: Source['edit'],
  comment?: '#',
): Source {
  const id = `${format}Config`;
  return {
    id,
    discovery: 'onDemand',
    ...(comment ? { comment } : {}),
    claims: (uri) => (name.test(basename(uri)) ? 'yes' : 'no'),
    extract(file) {
      const at = locationOf(file.uri, 0, file.text.length);
      const tooLong = file.text.length > MAX_SETTINGS_LENGTH;
      const fact: ConfigFile = {
        kind: 'configFile',
        format,
        at,
        ...(tooLong ? { entries: [], complete: false } : read(file)),
      };
      return { uri: file.uri, source: id, facts: [fact], problems: [] };
    },
    edit,
  };
}

function one(parse: (text: string) => Tree): (text: string) => readonly Tree[] {
  return (text) => [parse(text)];
}

function readSettings(parse: (text: string) => SettingsText): (file: SourceFile) => Read {
  return ({ uri, text }) => {
    const { entries, complete } = parse(text);
    return {
      complete,
      entries: entries.map((entry) => ({
        key: entry.key,
        value: known(entry.text, { uri, span: entry.span }),
        document: entry.document,
      })),
    };
  };
}

function readTrees(parse: (text: string) => readonly Tree[]): (file: SourceFile) => Read {
  return ({ uri, text }) => {
    const entries: ConfigEntry[] = [];
    let complete = true;
    parse(text).forEach((tree, document) => {
      if (tree.problems.length > 0) complete = false;
      if (!tree.root) return;
      complete = new Flattener(uri, tree, document, entries).flatten(tree.root, '', 0) && complete;
    });
    return { entries, complete };
  };
}

class Flattener {
  readonly #uri: Uri;
  readonly #tree: Tree;
  readonly #document: number;
  readonly #entries: ConfigEntry[];

  constructor(uri: Uri, tree: Tree, document: number, entries: ConfigEntry[]) {
    this.#uri = uri;
    this.#tree = tree;
    this.#document = document;
    this.#entries = entries;
  }

  /** Adds the scalars in and under a node; whether all of them could be added. */
  flatten(node: TreeNode, key: string, depth: number): boolean {
    if (depth > MAX_DEPTH || this.#entries.length >= MAX_SETTINGS) return false;
    if (node.kind === 'array') {
      const added = node.items.map((item, index) => this.flatten(item, `${key}[${index}]`, depth + 1));
      return node.complete && added.every(Boolean);
    }
    if (node.kind !== 'object') {
      this.#entries.push({ key, value: this.#value(node), document: this.#document });
      return true;
    }
    const added = node.entries.map((entry) => {
      const path = dotted(key, entry.key);
      if (entry.value.kind !== 'null') return this.flatten(entry.value, path, depth + 1);
      this.#entries.push({ key: path, value: absent(keyPlace(this.#uri, entry)), document: this.#document });
      return true;
    });
    return node.complete && added.every(Boolean);
  }

  #value(node: TreeNode): Value<string> {
    if (node.kind === 'string' && node.template && this.#onlyVariables(node)) {
      return stringValue({ ...node, template: false }, this.#uri);
    }
    return stringValue(node, this.#uri);
  }

  /** Whether the templates in a text are all spelled `${NAME}`: the program that reads the file expands those. */
  #onlyVariables({ inner }: StringNode): boolean {
    return this.#tree.templates.every(({ start, end, shell }) => shell || end <= inner.start || start >= inner.end);
  }
}

/** A text in place of another; what would end it early is left to a person. */
function replaceText(file: SourceFile, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const newText = String(intent.value);
  const { start, end } = intent.at.span;
  const unsafe = /["'\\\r\n;#]/.test(newText) || /[\r\n]/.test(file.text.slice(start, end));
  return unsafe ? [] : [{ span: intent.at.span, newText }];
}
