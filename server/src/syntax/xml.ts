// XML into elements with places, as far as build files and server configurations need it: names, attributes, text.
// Namespaces stay part of the names. Never fails: what is broken is left out.

import type { Span } from '../base/text.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The text directly inside, without white space around it. */
  readonly text: string;
  readonly textSpan: Span;
}

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** The inside of the quotes. */
  readonly span: Span;
}

const MAX_LENGTH = 1_000_000;
const MAX_ELEMENTS = 50_000;
/** Deeper elements are left out, so that recursion over a tree is bounded. */
const MAX_DEPTH = 100;

interface OpenElement {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  text: string;
  textSpan: Span;
}

/** The root element; undefined where there is none. */
export function parseXml(text: string): XmlElement | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const document = openElement('', [], 0);
  const stack: OpenElement[] = [document];
  let elements = 0;
  let offset = 0;
  while (offset < text.length && elements < MAX_ELEMENTS) {
    const start = text.indexOf('<', offset);
    addText(stack.at(-1), text, offset, start < 0 ? text.length : start);
    if (start < 0) break;
    const skipped = endOfSkipped(text, start);
    if (skipped !== undefined) {
      if (text.startsWith('<![CDATA[', start)) addText(stack.at(-1), text, start + 9, skipped - 3);
      offset = skipped;
    } else if (text[start + 1] === '/') {
      const end = text.indexOf('>', start);
      close(stack, text.slice(start + 2, end < 0 ? text.length : end).trim());
      offset = end < 0 ? text.length : end + 1;
    } else {
      const tag = readTag(text, start);
      elements++;
      offset = tag.end;
      if (stack.length > MAX_DEPTH) continue;
      stack.push(openElement(tag.name, tag.attributes, tag.end));
      if (tag.closed) close(stack, tag.name);
    }
  }
  while (stack.length > 1) close(stack, stack.at(-1)?.name ?? '');
  return document.children[0];
}

/** The child elements of a name. */
export function xmlChildren(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The text at a path of element names; undefined where there is no such element. */
export function xmlText(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return xmlAt(element, ...path)?.text;
}

export function xmlAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let current = element;
  for (const name of path) current = current?.children.find((child) => child.name === name);
  return current;
}

function openElement(name: string, attributes: readonly XmlAttribute[], at: number): OpenElement {
  return { name, attributes, children: [], text: '', textSpan: { start: at, end: at } };
}

function addText(element: OpenElement | undefined, text: string, start: number, end: number): void {
  const raw = text.slice(start, Math.max(start, end));
  const trimmed = raw.trim();
  if (element === undefined || trimmed === '' || element.text !== '') return;
  const from = start + raw.indexOf(trimmed);
  element.text = decoded(trimmed);
  element.textSpan = { start: from, end: from + trimmed.length };
}

/** Comments, CDATA, declarations and processing instructions. */
function endOfSkipped(text: string, start: number): number | undefined {
  const close = text.startsWith('<!--', start)
    ? '-->'
    : text.startsWith('<![CDATA[', start)
      ? ']]>'
      : text[start + 1] === '?'
        ? '?>'
        : text[start + 1] === '!'
          ? '>'
          : undefined;
  if (close === undefined) return undefined;
  const end = text.indexOf(close, start + 2);
  return end < 0 ? text.length : end + close.length;
}

/** Closes the nearest open element of that name and what was left open in it; a stray end tag closes nothing. */
function close(stack: OpenElement[], name: string): void {
  const index = stack.findLastIndex((open) => open.name === name);
  while (index > 0 && stack.length > index) {
    const element = stack.pop();
    if (element !== undefined) stack.at(-1)?.children.push(element);
  }
}

const NAME = /[^\s/>=<]+/y;
const ATTRIBUTE = /\s*([^\s/>=<]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

function readTag(text: string, start: number) {
  NAME.lastIndex = start + 1;
  const name = NAME.exec(text)?.[0] ?? '';
  let offset = start + 1 + name.length;
  const attributes: XmlAttribute[] = [];
  for (;;) {
    ATTRIBUTE.lastIndex = offset;
    const found = ATTRIBUTE.exec(text);
    if (!found) break;
    offset = ATTRIBUTE.lastIndex;
    const value = found[2] ?? found[3] ?? '';
    const end = offset - 1;
    attributes.push({ name: found[1] ?? '', value: decoded(value), span: { start: end - value.length, end } });
  }
  const end = text.indexOf('>', offset);
  const closed = end > 0 && text[end - 1] === '/';
  return { name, attributes, closed, end: end < 0 ? text.length : end + 1 };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_match, name: string) => ENTITIES[name] ?? '');
}
