// The connectors that XML settings of Java servers name: Tomcat's server.xml and Jetty's jetty.xml. Placeholders mean
// system properties.

import type { Uri } from '../../base/uri.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { step } from '../text.ts';
import type { Layer } from './settings.ts';
import { createSettings } from './settings.ts';

export interface Connector {
  readonly port: Value<string>;
  readonly host: Value<string> | undefined;
}

/** Undefined where the file is not read. */
export function serverFile(process: ContainerProcess, uri: Uri): ConfigFile | undefined {
  return factOf(process.files.facts(uri, 'configFile'), 'configFile');
}

/** https://tomcat.apache.org/tomcat-10.1-doc/config/http.html */
export function tomcatConnectors(file: ConfigFile, properties: Layer): readonly Connector[] {
  const groups = new Map<string, Map<string, Known<string>>>();
  for (const { key, value } of file.entries) {
    const found = /^(Server\.Service(?:\[\d+\])?\.Connector(?:\[\d+\])?)@(\w+)$/.exec(key);
    if (found?.[1] === undefined || found[2] === undefined || value.state !== 'known') continue;
    const group = groups.get(found[1]) ?? new Map<string, Known<string>>();
    groups.set(found[1], group.set(found[2], value));
  }
  return [...groups.values()].flatMap((attributes) => {
    const port = attributes.get('port');
    if (port === undefined || /^AJP/i.test(attributes.get('protocol')?.value ?? '')) return [];
    const host = attributes.get('address');
    return [{ port: expanded(port, `Connector port=${port.value}`, properties), host }];
  });
}

/** https://jetty.org/docs/jetty/12/operations-guide/xml/index.html */
export function jettyConnectors(file: ConfigFile, properties: Layer): readonly Connector[] {
  const connectors: Connector[] = [];
  let host: Value<string> | undefined;
  for (const [index, { key, value }] of file.entries.entries()) {
    const isSetter = /(?:^|\.)Set(?:\[\d+\])?@name$/.test(key) && value.state === 'known';
    if (!isSetter || value.state !== 'known' || !/^(?:port|host)$/.test(value.value)) continue;
    const found = setTo(file, key.replace(/@name$/, ''), index, properties);
    if (value.value === 'host') host = found;
    else if (found !== undefined) connectors.push({ port: found, host });
  }
  return connectors;
}

/** `<Set name="port">8080</Set>`, or a property with a default inside. */
function setTo(file: ConfigFile, key: string, from: number, properties: Layer): Value<string> | undefined {
  const inner = file.entries.slice(from + 1).filter((entry) => entry.key === key || entry.key.startsWith(`${key}.`));
  const name = inner.find((entry) => /Property(?:\[\d+\])?@name$/.test(entry.key))?.value;
  const given = name?.state === 'known' ? properties(name.value) : undefined;
  if (given !== undefined) return given;
  const fallback = inner.find((entry) => /Property(?:\[\d+\])?@default$/.test(entry.key))?.value;
  const text = fallback ?? inner.find((entry) => entry.key === key)?.value;
  return text?.state === 'known' ? expanded(text, `port ${text.value}`, properties) : text;
}

function expanded(value: Known<string>, text: string, properties: Layer): Value<string> {
  const own = known(value.value, value.at, [step(value.at, text)]);
  return createSettings([() => own], { find: properties, separator: ':' }).get('') ?? own;
}
