// What the main class of a Spring Boot application sets before it runs: system properties, and defaults below all files.
// https://docs.spring.io/spring-boot/reference/features/external-config.html

import type { Uri } from '../../base/uri.ts';
import { dottedName } from '../../facts/expression.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Call, Definition, Program } from '../../facts/program.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { step } from '../text.ts';
import type { JavaStart } from './commandLine.ts';
import { mainClassFile } from './mainClass.ts';
import type { JavaBuild } from './projects.ts';
import type { Layer } from './settings.ts';
import { propertyLayer } from './settings.ts';

export interface SpringMain {
  /** The file of the main class, where it was found. */
  readonly file: Uri | undefined;
  /** `System.setProperty` beats the environment. */
  readonly properties: Layer;
  /** `setDefaultProperties` is beaten by everything else. */
  readonly defaults: Layer;
}

const PROPERTY = '-D';

export function springMain(process: ContainerProcess, build: JavaBuild, start: JavaStart): SpringMain {
  const file = mainClassFile(process, build, start);
  const program = file === undefined ? undefined : factOf(process.files.facts(file), 'program');
  const none: Layer = () => undefined;
  if (program === undefined) return { file, properties: none, defaults: none };
  return { file, properties: written(program), defaults: defaultsOf(program) };
}

function written({ environmentWrites }: Program): Layer {
  const properties = new Map<string, Value<string>>();
  for (const { name, value, scope } of environmentWrites) {
    if (!name.startsWith(PROPERTY)) continue;
    const text = scope.conditional ? dynamic(name, value.at, 'the program sets it under a condition') : textOf(value);
    properties.set(name.slice(PROPERTY.length), text);
  }
  return propertyLayer(properties, undefined, 'System.setProperty ');
}

/** `app.setDefaultProperties(Map.of("server.port", "8083"))`, `builder.properties("server.port=8083")`. */
function defaultsOf({ calls }: Program): Layer {
  const properties = new Map<string, Value<string>>();
  for (const call of calls) {
    const method = call.callee.slice(call.callee.lastIndexOf('.') + 1);
    if (method === 'setDefaultProperties') addPairs(call, properties);
    if (method === 'properties') addTexts(call, properties);
  }
  return propertyLayer(properties, undefined, 'default property ');
}

function addPairs(call: Call, properties: Map<string, Value<string>>): void {
  const map = call.arguments[0]?.value;
  if (map?.kind !== 'call' || !/(?:^|\.)(?:singletonMap|of|mapOf)$/.test(dottedName(map.callee) ?? '')) return;
  const values = map.arguments.map(({ value }) => value);
  for (let index = 0; index + 1 < values.length; index += 2) {
    const [key, value] = [values[index], values[index + 1]];
    if (key?.kind === 'literal' && value !== undefined) properties.set(String(key.value), textOf(value));
  }
}

function addTexts(call: Call, properties: Map<string, Value<string>>): void {
  for (const { value } of call.arguments) {
    if (value.kind !== 'literal' || typeof value.value !== 'string') continue;
    const equals = value.value.search(/[=:]/);
    if (equals < 0) continue;
    const { uri, span } = value.at;
    const at = { uri, span: { start: span.start + equals + 1, end: span.end } };
    properties.set(value.value.slice(0, equals).trim(), known(value.value.slice(equals + 1), at));
  }
}

function textOf(value: Definition['value']): Value<string> {
  if (value.kind === 'literal') {
    const text = String(value.value);
    return known(text, value.at, [step(value.at, text)]);
  }
  return dynamic('…', value.at, 'the program computes it');
}
