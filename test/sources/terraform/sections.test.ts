// The blocks of an edited configuration: what an edit leaves alone stays the same object at the same place, and where
// everything stands now is what a fresh reading says.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOffset } from '../../../server/src/base/layout.ts';
import { type SectionedText, sectionsOf } from '../../../server/src/sources/terraform/sections.ts';

function block(name: string, value = '1'): string {
  return `resource "aws_ecs_service" "${name}" {\n  desired_count = ${value}\n}\n`;
}

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const original = NAMES.map((name) => block(name)).join('\n');

function read(text: string, before?: SectionedText): SectionedText {
  const { sections, layout, problems } = sectionsOf(text, before);
  return { text, sections, layout, complete: problems.length === 0 };
}

/** The text of each section, as its places tell it. */
function texts({ text, sections, layout }: SectionedText): readonly string[] {
  return sections.map(({ block: { span }, base }) => {
    const [start, end] = [base, base + span.end - span.start].map((at) => (layout ? textOffset(layout, at) : at));
    return text.slice(start, end);
  });
}

const rows: readonly {
  readonly name: string;
  readonly edit: (text: string) => string;
  /** The sections of before that stay, by their names. */
  readonly stay: string;
}[] = [
  {
    name: 'a longer value',
    edit: (text) => text.replace('"c" {\n  desired_count = 1', '"c" {\n  desired_count = 10'),
    stay: 'abde',
  },
  { name: 'a shorter value', edit: (text) => text.replace('"c" {\n  desired_count = 1', '"c" {\n'), stay: 'abde' },
  {
    name: 'the first block',
    edit: (text) => text.replace('desired_count = 1', 'desired_count = var.count'),
    stay: 'bcde',
  },
  { name: 'the last block', edit: (text) => text.replace(/1(?=\n\}\n$)/, '"x"'), stay: 'abcd' },
  {
    name: 'blanks between blocks',
    edit: (text) => text.replace('}\n\nresource', '}\n\n\n# more\nresource'),
    stay: 'abcde',
  },
  { name: 'a new block', edit: (text) => text.replace(block('c'), `${block('c')}${block('x')}`), stay: 'abcde' },
  { name: 'a block goes', edit: (text) => text.replace(block('c'), ''), stay: 'abde' },
  {
    name: 'two blocks change',
    edit: (text) => text.replace(/("[bc]" \{\n {2}desired_count = )1/g, '$12'),
    stay: 'ade',
  },
  {
    name: 'an unclosed block',
    edit: (text) => text.replace('1\n}\n\nresource "aws_ecs_service" "c"', '1\n\nresource "aws_ecs_service" "c"'),
    stay: 'acde',
  },
  {
    name: 'an unclosed text',
    edit: (text) => text.replace('"c" {\n  desired_count = 1', '"c" {\n  desired_count = "1'),
    stay: 'abde',
  },
  {
    name: 'a block that no longer begins its line',
    edit: (text) => text.replace('resource "aws_ecs_service" "c"', '# resource "aws_ecs_service" "c"'),
    stay: 'abde',
  },
  { name: 'the same text', edit: (text) => text, stay: 'abcde' },
];

const nameOf = (one: SectionedText['sections'][number]): string => one.block.labels[1]?.text ?? '';

for (const { name, edit, stay } of rows) {
  test(name, () => {
    // The first edit makes room between the sections.
    const first = read(original.replace('"e" {\n  desired_count = 1', '"e" {\n  desired_count = 20'), read(original));
    const before = read(original, first);
    const after = read(edit(original), before);
    assert.deepEqual(texts(after), texts(read(edit(original))));
    const kept = after.sections.filter((section) => before.sections.includes(section));
    assert.equal(kept.map(nameOf).join(''), stay);
  });
}

test('texts that grow unit by unit, in the room that there is and beyond it', () => {
  let now = read(original);
  for (let length = 1; length < 300; length++) {
    const text = original.replace('"b" {\n  desired_count = 1', `"b" {\n  desired_count = ${'1'.repeat(length)}`);
    now = read(text, now);
    assert.deepEqual(texts(now), texts(read(text)));
  }
});

test('room for a block after block after block in one place', () => {
  let now = read(original);
  let text = original;
  for (let count = 0; count < 100; count++) {
    text = text.replace(block('c'), `${block('c')}${block(`x${count}`)}`);
    now = read(text, now);
    assert.deepEqual(texts(now), texts(read(text)));
  }
});

test('bases follow the order of the text', () => {
  let now = read(original);
  for (const text of [original.replace(block('c'), ''), original, `${block('z')}${original}`, block('d') + original]) {
    now = read(text, now);
    const bases = now.sections.map(({ base }) => base);
    assert.deepEqual(
      bases,
      bases.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(bases).size, bases.length);
  }
});
