// XML settings of servers - server.xml, jetty.xml - as dotted keys: `Server.Service.Connector[0]@port`. Elements are
// numbered where several of a name stand side by side; attributes follow `@` and stand before the text.

import { locationOf } from '../base/text.ts';
import { extension, type Uri } from '../base/uri.ts';
import type { ConfigEntry } from '../facts/configFile.ts';
import { known } from '../facts/value.ts';
import { parseXml, type XmlElement } from '../syntax/xml.ts';
import type { Source } from './source.ts';

const MAX_ENTRIES = 20_000;

export const xmlConfig: Source = {
  id: 'xmlConfig',
  discovery: 'onDemand',
  claims: (uri) => (extension(uri) === '.xml' ? 'yes' : 'no'),
  extract(file) {
    const root = parseXml(file.text);
    const entries: ConfigEntry[] = [];
    if (root !== undefined) addElement(file.uri, root, root.name, entries);
    const at = locationOf(file.uri, 0, file.text.length);
    const complete = root !== undefined && entries.length < MAX_ENTRIES;
    return {
      uri: file.uri,
      source: 'xmlConfig',
      facts: [{ kind: 'configFile', format: 'xml', at, entries, complete }],
      problems: [],
    };
  },
  edit(file, intent) {
    if (intent.kind !== 'replace' || /[<>&"']/.test(String(intent.value))) return [];
    return file.uri === intent.at.uri ? [{ span: intent.at.span, newText: String(intent.value) }] : [];
  },
};

function addElement(uri: Uri, element: XmlElement, key: string, entries: ConfigEntry[]): void {
  if (entries.length >= MAX_ENTRIES) return;
  for (const { name, value, span } of element.attributes) {
    entries.push({ key: `${key}@${name}`, value: known(value, locationOf(uri, span.start, span.end)), document: 0 });
  }
  if (element.text !== '') {
    const { start, end } = element.textSpan;
    entries.push({ key, value: known(element.text, locationOf(uri, start, end)), document: 0 });
  }
  const counts = new Map<string, number>();
  for (const { name } of element.children) counts.set(name, (counts.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  for (const child of element.children) {
    const index = seen.get(child.name) ?? 0;
    seen.set(child.name, index + 1);
    const numbered = (counts.get(child.name) ?? 0) > 1 ? `${child.name}[${index}]` : child.name;
    addElement(uri, child, `${key}.${numbered}`, entries);
  }
}
