// nginx's grammar and that of line-by-line configuration: trees with places, and texts that are broken.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfigLines } from '../../server/src/syntax/configLines.ts';
import { type NginxDirective, parseNginx } from '../../server/src/syntax/nginx.ts';
import { cpuMilliseconds } from '../cpuTime.ts';

function show(directives: readonly NginxDirective[]): string {
  return directives
    .map(({ name, words, block }) => {
      const head = [name, ...words.map(({ text }) => text)].join(' ');
      return block === undefined ? head : `${head}{${show(block)}}`;
    })
    .join(';');
}

const trees: readonly (readonly [string, string])[] = [
  ['', ''],
  ['listen 80;', 'listen 80'],
  ['server{listen 80 default_server;}', 'server{listen 80 default_server}'],
  ['http {\n  # listen 1;\n  server { listen [::]:80; }\n}\n', 'http{server{listen [::]:80}}'],
  ['add_header X "a; {b}" always;', 'add_header X a; {b} always'],
  ["log_format m '$a \"$b\" \\'c\\'';", 'log_format m $a "$b" \\\'c\\\''],
  ['location ~ \\.php$ { return 1; }', 'location ~ \\.php${return 1}'],
  ['listen ${PORT};', 'listen ${PORT}'],
  ['listen {{ port }};', 'listen {{ port }}'],
  ['server { listen 80', 'server{}'],
  ['server { listen 80; } } listen 81;', 'server{listen 80};listen 81'],
  ['listen 80 }', 'listen 80'],
  ['{ ; ; }', ''],
  ['server {\r\n\tlisten 80;\r\n}\r\n', 'server{listen 80}'],
];

test('directives of nginx', () => {
  for (const [text, expected] of trees) assert.equal(show(parseNginx(text)), expected, text);
});

test('the place of a word is the inside of its quotes', () => {
  const text = 'server { listen "8080"; }';
  const [word] = parseNginx(text)[0]?.block?.[0]?.words ?? [];
  assert.ok(word);
  assert.equal(text.slice(word.span.start, word.span.end), '8080');
});

const lines: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['Listen 80 # web\n\n#Listen 81\n  Listen "82"\r\n', ['Listen 80', 'Listen 82']],
  ['Include a \\\n  b\nc', ['Include a b', 'c']],
  ['<VirtualHost *:80>\n</VirtualHost>', ['<VirtualHost *:80>', '</VirtualHost>']],
  [':8080 {\n\trespond `a "b"`\n}', [':8080 {', 'respond a "b"', '}']],
  ['a "never closed\nb', ['a never closed', 'b']],
];

test('lines of words', () => {
  for (const [text, expected] of lines) {
    const shown = parseConfigLines(text).map(({ words }) => words.map((word) => word.text).join(' '));
    assert.deepEqual(shown, expected, text);
  }
});

test('broken text is read to its end, in time that grows with its length', () => {
  const pieces = [
    'server {',
    '}',
    '"',
    "'",
    '${',
    '{{',
    ';',
    '#',
    '\\',
    'listen 80',
    '\n',
    '\r',
    '\u0000',
    '😀',
    '(',
    '`',
  ];
  const before = cpuMilliseconds();
  for (const first of pieces) {
    for (const second of pieces) {
      const text = `${first}${second} a ${second}${first}`;
      for (const directive of parseNginx(text)) assert.ok(directive.span.end <= text.length, text);
      for (const line of parseConfigLines(text)) assert.ok(line.span.end <= text.length, text);
    }
    parseNginx(first.repeat(50_000));
    parseConfigLines(first.repeat(50_000));
    parseNginx(`${first} `.repeat(50_000));
    parseConfigLines(`${first} `.repeat(50_000));
  }
  assert.ok(cpuMilliseconds() - before < 10_000);
});
